"""Full-text search on PostgreSQL: the tokenizer, texts of any length, and query plans."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from sqlalchemy import Connection, insert, select

from app.db.engines import writing_engine
from app.enums import SearchKind
from app.models import Party, SearchEntry, first_entry, table
from app.search import postgresql
from app.search.engines import MatchesSearch
from app.search.query_parsing import normalize_query
from migrations.unicode61 import DIVIDERS, MARKS, SAME
from tests.amounts import LONGEST_TEXT

CHARACTERS = [
    *map(chr, (*range(1, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200), *range(0x20000, 0x110000, 257)))
]
"""Every character of the planes that FTS5 distinguishes, and some of the other planes."""

MARK = "\u0300"
pytestmark = pytest.mark.postgresql


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    """A connection to a migrated database without a row."""
    engine = writing_engine(database)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def read_by_fts5(characters: Sequence[str]) -> list[str]:
    """The reading of each character by FTS5: a letter, a space for a separator, or a mark for an ignored character."""
    with closing(sqlite3.connect(":memory:")) as fts5:
        fts5.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'unicode61 remove_diacritics 2')")
        fts5.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
        rows = ((place, f"x{character}x") for place, character in enumerate(characters))
        fts5.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", rows)
        read = [MARK] * len(characters)
        for place, term in fts5.execute("SELECT doc, term FROM v"):
            if term != "xx":
                read[place] = term[1:-1] or " "
        return read


def points(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def test_each_character_is_read_as_fts5_reads_it(connection: Connection) -> None:
    expected = read_by_fts5(CHARACTERS)
    replaced = {letter: group[0] for group in SAME.split() for letter in group}
    replaced |= {chr(point): " " for point in points(DIVIDERS)} | {chr(point): MARK for point in points(MARKS)}
    assert [replaced.get(character, character) for character in CHARACTERS] == expected
    for start in range(0, len(CHARACTERS), 1000):
        text = "".join(CHARACTERS[start : start + 1000])
        read = connection.exec_driver_sql("SELECT search_letters(%s)", (text,)).scalar()
        assert read == "".join(expected[start : start + 1000])


def put(connection: Connection, *entries: tuple[str, str]) -> None:
    first = first_entry(SearchKind.source)
    values = [
        {"key": first + place, "kind": "source", "id": f"e{place}", "title": title, "text": text}
        for place, (title, text) in enumerate(entries)
    ]
    connection.execute(insert(table(SearchEntry)), values)


def hits(connection: Connection, q: str) -> list[tuple[str, str]]:
    """The ids and the snippets of the hits."""
    values = {"q": normalize_query(q), "limit": 100, "offset": 0}
    ranked_hits = connection.execute(postgresql.ranked_hits("q", "limit", "offset"), values)
    return [(hit.id, postgresql.Hit(*hit).snippet(normalize_query(q))[0]) for hit in ranked_hits]


@pytest.mark.long
def test_an_article_is_indexed_whatever_it_holds(connection: Connection) -> None:
    """The longest text, then texts that a `tsvector` of a whole text or of a word would refuse."""
    size = LONGEST_TEXT
    numbers = [f"{number:012}" for number in range(size // 13)]
    ideographs = "".join(chr(0x4E00 + number * 7919 % 0x5000) + "，" * (number % 9 == 8) for number in range(size // 9))
    texts = [" ".join(numbers), ideographs, "x" * size, "!" * (size // 4), "word " * (size // 5)]
    put(connection, *((f"Title {place}", f"first {text}last") for place, text in enumerate(texts)))
    assert {id for id, _ in hits(connection, "first title")} == {"e0", "e1", "e2", "e3", "e4"}
    assert hits(connection, '"word last"') == [("e4", "…" + "word " * 31 + "last")]
    ((_, snippet),) = hits(connection, f'"{numbers[50_000]} {numbers[50_001]}" first')
    assert snippet.startswith("…0000000499") and f"{numbers[50_000]} {numbers[50_001]}" in snippet
    assert snippet.endswith("…")


def test_narrowing_and_searching_can_use_the_index(connection: Connection) -> None:
    """PostgreSQL may still scan a small table."""
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    parties = table(Party)
    narrowed = select(parties.c.key).where(MatchesSearch(parties.c.key, SearchKind.party, "q"))
    for statement in (narrowed, postgresql.ranked_hits("q", "limit", "offset"), postgresql.count_hits("q", 10)):
        compiled = statement.compile(dialect=connection.dialect)
        values = {"q": '"roe"', "limit": 20, "offset": 0}
        arguments = tuple(values.get(name, compiled.params[name]) for name in compiled.positiontup or ())
        plan = connection.exec_driver_sql(f"EXPLAIN {compiled}", arguments).scalars().all()
        assert any("Index Scan on ix_search_index_words " in line for line in plan), plan
        assert not any("Seq Scan on search_" in line for line in plan), plan
