"""Full text search by both engines: any text is a query, and what matches is found, marked and counted."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.db.engines import reading_engine
from app.enums import SearchKind
from app.models import AgendaItem, Delegate, Meeting, Party, table
from app.search.engine_snippets import Snippet
from app.search.engines import ENGINES, Engine, MatchesSearch
from app.search.query_parsing import MAX_QUERY_WORDS, normalize_query
from app.search.sqlite import ranges
from tests.conftest import WriteRecord
from tests.databases import Kind
from tests.seed.samples import ARTICLE, RECORD, changed

OPEN, CLOSE = "\ufdd0", "\ufdd1"


@pytest.fixture(scope="module")
def connection(
    database_kind: Kind, tmp_path_factory: pytest.TempPathFactory, write_record: WriteRecord
) -> Iterator[Connection]:
    record = changed(
        RECORD,
        ("title: Utopia–Ruritania talks", "title: Tälks of Đình Thống"),
        ("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: Jane Roe, other_names: [Jeanne Roé]}"),
    )
    with database_kind.databases() as databases:
        reading = reading_engine(
            databases.loaded(write_record(tmp_path_factory.mktemp("searching") / "record", record, ARTICLE))
        )
        with reading.connect() as opened:
            yield opened
        reading.dispose()


def engine(connection: Connection) -> Engine:
    return ENGINES[connection.dialect.name]


def hits(connection: Connection, q: str, limit: int = 100, offset: int = 0) -> list[Any]:
    """The hits of a query."""
    values = {"q": normalize_query(q), "limit": limit, "offset": offset}
    return list(connection.execute(engine(connection).ranked_hits("q", "limit", "offset"), values))


def snippet(connection: Connection, q: str, hit: Any) -> Snippet:
    return engine(connection).Hit(*hit).snippet(normalize_query(q))


def ids(connection: Connection, q: str) -> set[str]:
    return {hit.id for hit in hits(connection, q) if hit.kind != "evidence"}


NAMED_ROE = {"jane-roe", *(f"vienna.{id}" for id in ("jane-roe", "doors", "mood", "date"))}
"""The person, her part in the meeting, and what she said."""


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("embassies reopen", {"vienna.embassies", "gazette"}),
        ("EMBASSIES\treopen", {"vienna.embassies", "gazette"}),
        ('"reopen embassies"', {"vienna.embassies", "gazette"}),
        ('"embassies reopen"', set()),
        ("reopen-embassies", {"vienna.embassies", "gazette"}),
        ("embassies-reopen", set()),
        ("embassies OR jeanne", set()),
        ("embassies NOT jeanne", set()),
        ("embass*", set()),
        ("title:embassies", set()),
        ("embassies - ( ] ^ *", {"vienna.embassies", "gazette"}),
        ('embassies ""', {"vienna.embassies", "gazette"}),
        ("embassies \U0001f91d \ue000", {"vienna.embassies", "gazette"}),
        ('"embassies', {"vienna.embassies", "gazette"}),
        ('embas"sies', set()),
        ("talks", {"vienna", "gazette"}),
        ("tälks", {"vienna", "gazette"}),
        ("ta\u0308lks thong", {"vienna"}),
        ("jeanne", NAMED_ROE),
        ("JEANNE ROE", NAMED_ROE),
        ("utopian", {"uto", "gazette"}),
        ("jeanne\x00roe", NAMED_ROE),
        ("", set()),
        ("   ", set()),
        ('""', set()),
        ("-", set()),
        ("*** ' \" ( ", set()),
        ("\x00\ud800", set()),
    ],
)
def test_found_entries(q: str, found: set[str], connection: Connection) -> None:
    assert ids(connection, q) == found


@given(st.text() | st.text("\"*-+:^(){}'\x00 ANDORNOTEARaé,\ud800", max_size=60))
@example('NEAR("a" "b", 5) AND {title text}: ^a* + "')
@example('"' * 4001)
def test_any_text_is_a_query(connection: Connection, q: str) -> None:
    try:
        query = normalize_query(q)
    except ValueError:
        query = '""'  # as has its own test
    values = {"q": query, "limit": 5, "offset": 0}
    found = list(connection.execute(engine(connection).ranked_hits("q", "limit", "offset"), values))
    assert connection.scalar(engine(connection).count_hits("q", 5), values) == len(found)


def test_the_number_of_words_is_bounded() -> None:
    most = [f"w{number}" for number in range(MAX_QUERY_WORDS)]
    assert normalize_query(" ".join([*most, *most, *map(str.upper, most)])).count(" ") == MAX_QUERY_WORDS - 1
    assert normalize_query(" ".join(f"e\u0301{word}" for word in most))
    for q in (" ".join([*most, "other"]), ".".join([*most, "other"]), f'"{" ".join(most)}" other'):
        with pytest.raises(ValueError, match="more than 32 words"):
            normalize_query(q)


@pytest.mark.parametrize(
    ("kind", "model", "q", "found"),
    [
        (SearchKind.meeting, Meeting, "opEn vienna", ["vienna"]),
        (SearchKind.delegate, Delegate, "ruritania", ["vienna.officials"]),
        (SearchKind.delegate, Delegate, "jeanne utopia", ["vienna.jane-roe"]),
        (SearchKind.agenda_item, AgendaItem, "open date", ["vienna.opening"]),
        (SearchKind.agenda_item, AgendaItem, "vienna", []),
        (SearchKind.party, Party, "ruritania", ["rur"]),
        (SearchKind.party, Party, "vienna", []),
    ],
)
def test_the_keys_of_a_kind_that_match(
    kind: SearchKind, model: type[Any], q: str, found: list[str], connection: Connection
) -> None:
    rows = table(model)
    statement = select(rows.c.id).where(MatchesSearch(rows.c.key, kind, "words"))
    assert list(connection.scalars(statement, {"words": normalize_query(q)})) == found


def test_hits_come_best_first_and_page_by_page_the_same(connection: Connection) -> None:
    whole = hits(connection, "utopia")
    assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)
    assert whole[0].id == "uto" and whole[-1].score > 0
    assert [hit for offset in range(len(whole)) for hit in hits(connection, "utopia", 1, offset)] == whole
    assert hits(connection, "utopia", 20, len(whole)) == []
    values = {"q": normalize_query("utopia")}
    assert connection.scalar(engine(connection).count_hits("q", 1000), values) == len(whole)
    assert connection.scalar(engine(connection).count_hits("q", 2), values) == 2


def test_a_snippet_has_its_matches_marked(connection: Connection) -> None:
    (hit,) = (hit for hit in hits(connection, '"reopen embassies"') if hit.kind == "agreement")
    assert (hit.id, hit.title) == ("vienna.embassies", "Reopen embassies")
    text, matches = snippet(connection, '"reopen embassies"', hit)
    assert [text[start:end].lower() for start, end in matches] == ["reopen embassies"]
    for hit in hits(connection, "utopia open"):
        text, matches = snippet(connection, "utopia open", hit)
        assert {text[start:end].lower() for start, end in matches} <= {"utopia", "open"} and matches
        assert len(text) < 400


@given(st.text(f"a\U0001f600é{OPEN}{CLOSE}"))
@example(f"a{OPEN}b{CLOSE}")
def test_ranges_stand_in_the_text_whatever_is_marked(marked: str) -> None:
    text, found = ranges(marked)
    assert text == marked.replace(OPEN, "").replace(CLOSE, "")
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end <= len(text) for before, (start, end) in zip(ends, found, strict=False))


@given(st.lists(st.tuples(st.text("a é😀"), st.text("bü😀", min_size=1))))
def test_ranges_count_code_points(pieces: list[tuple[str, str]]) -> None:
    text, found = ranges("".join(f"{plain}{OPEN}{match}{CLOSE}" for plain, match in pieces))
    assert text == "".join(plain + match for plain, match in pieces)
    assert [text[start:end] for start, end in found] == [match for _, match in pieces]
