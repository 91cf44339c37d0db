"""The search of lists, `q`: whatever is asked narrows a list to just what the documentation says."""

import csv
import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.shared import list_plan, list_search, pagination
from app.db import timeouts
from app.db.read_pool import ReadPool
from app.http import routing
from app.search.folding import fold
from app.search.queries import stems
from app.search.schema import stem_field
from tests.api.conftest import World
from tests.api.oracle import LISTS, in_order, some_of, under, values
from tests.api.search_oracle import KINDS, items_with_words, searchable_texts, words
from tests.api.serving import Json, Served, problem, serving, until
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress
from tests.databases import Databases, Kind, execute

PARTS = [path for path in LISTS if path not in ("/people", "/parties", "/evidence")]
"""Lists that find just what a search finds: a search also forgives misspelt names, and groups evidence by its fact."""


@pytest.fixture(scope="module")
def uncached(database_kind: Kind, world: World) -> Iterator[Served]:
    with (
        database_kind.databases() as databases,
        serving(databases.copy(world.database), cache_mib=0, indexed=True) as running,
    ):
        yield running


@pytest.fixture
def indexed(databases: Databases, world: World) -> Iterator[Served]:
    """A server whose index a test may leave behind."""
    with serving(databases.copy(world.database), cache_mib=0, indexed=True) as running:
        yield running


def found(served: Served, q: str) -> set[str]:
    """The ids of the items of all lists that a search finds, but evidence."""
    return {id for path in LISTS if path != "/evidence" for id in served.ids(f"{path}?q={quote(q)}&limit=100")}


def disguised(word: str) -> str:
    """A word in capitals, its vowels with an accent."""
    return unicodedata.normalize("NFC", re.sub("([aeiou])", "\\1\u0301", word)).upper()


@st.composite
def some_words(draw: st.DrawFn, served: Served, paths: tuple[str, ...] = tuple(LISTS)) -> set[str]:
    """Words that one item has."""
    texts = draw(st.sampled_from([texts for path in paths for texts in searchable_texts(served, path).values()]))
    plain = sorted({word for word in words(" ".join(texts)) if word.isascii()})
    return draw(st.sets(st.sampled_from(plain or ["nothing"]), min_size=1, max_size=3))


def matching(served: Served, path: str, q: str) -> list[Json]:
    """The items that a list finds."""
    ids = {*served.ids(f"{path}?q={quote(q)}&limit=100")}
    return [item for item in served.all(path) if item["id"] in ids]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_all_items_that_have_the_words_are_found(served: Served, data: st.DataObject) -> None:
    wanted = data.draw(some_words(served))
    path = data.draw(st.sampled_from(list(LISTS)))
    ids = served.ids(f"{path}?q={quote(' '.join(wanted))}&limit=100")
    assert {item["id"] for item in items_with_words(served, path, wanted)} <= {*ids} or path == "/evidence"
    assert served.ids(f"{path}?q={quote(' '.join(map(disguised, wanted)))}&limit=100") == ids


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_list_finds_what_a_search_finds(served: Served, data: st.DataObject) -> None:
    wanted = data.draw(some_words(served))
    path = data.draw(st.sampled_from(PARTS))
    q = " ".join(f"-{word}" if data.draw(st.integers(0, 4)) == 4 else word for word in sorted(wanted))
    hits = served.ids(f"/search?kind={KINDS[path]}&q={quote(q)}&limit=100")
    assert {*served.ids(f"{path}?q={quote(q)}&limit=100")} == {*hits}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_evidence_is_found_by_its_own_words(served: Served, data: st.DataObject) -> None:
    entries = served.all("/evidence")
    own = sorted({*fold(text(entries[data.draw(st.integers(0, len(entries) - 1))])).split()})
    wanted = {own[data.draw(st.integers(0, 1000)) % len(own)] for _ in range(data.draw(st.integers(1, 3)))}
    excluded = {"said"} if data.draw(st.booleans()) else set()
    q = " ".join([*sorted(wanted), *(f"-{word}" for word in excluded)])
    languages = stem_fields_of_articles(served)
    expected = {
        each["id"]
        for each in entries
        if all(has_word(each, word, languages) for word in wanted)
        and not any(has_word(each, word, languages) for word in excluded)
    }
    assert {*served.ids(f"/evidence?q={quote(q)}&limit=100")} == expected


def text(evidence: Json) -> str:
    return str(evidence["words"] or evidence["note"])


def stem_fields_of_articles(served: Served) -> set[str]:
    """The fields of stems of the languages that articles of the world are in."""
    return {field for source in served.all("/sources") if (field := stem_field(source["language"]))}


def has_word(evidence: Json, word: str, languages: set[str]) -> bool:
    """Whether evidence has a word in any form that is one in some languages."""
    own = fold(text(evidence)).split()
    return word in own or any({*stems(name, own)} & {*stems(name, [word])} for name in languages)


@pytest.mark.parametrize(
    ("q", "form"),
    [
        ("ambassador", "ambassadors"),
        ("agrees", "agreed"),
        ("russian", "russian"),  # in Spanish, which no article is in, a form of the same word as Russia
        ("not", "not"),  # likewise of noted
    ],
)
def test_evidence_is_found_by_all_forms_of_a_word_in_the_language_of_the_articles(
    served: Served, q: str, form: str
) -> None:
    expected = [each for each in served.all("/evidence") if form in fold(text(each)).split()]
    assert {*served.ids(f"/evidence?q={q}&limit=100")} == {each["id"] for each in expected} != set()
    facts = {(each["record"]["kind"], each["record"]["id"]) for each in expected}
    assert served.json(f"/search?kind=evidence&q={q}")["total"]["value"] == len(facts)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_q_narrows_every_list_under_every_filter_sort_and_limit(served: Served, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(LISTS)))
    wanted = data.draw(some_words(served, (path,)))
    name = data.draw(st.sampled_from(list(LISTS[path].filters)))
    value = data.draw(st.sampled_from(values(served, path, name)))
    sort = data.draw(st.sampled_from(LISTS[path].both_ways))
    address = f"{path}?q={' '.join(wanted)}&sort={sort}&limit={data.draw(st.sampled_from([2, 7, 100]))}"
    items = matching(served, path, " ".join(wanted))
    both = [item for item in items if item in under(served, path, {name: [value]})]
    assert served.ids(address) == in_order(served, path, items, sort)
    assert served.ids(f"{address}&{name}={value}") == in_order(served, path, both, sort)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ('"two sides agreed"', {f"{CONGRESS}.embassies", "gazette"}),
        ('"agreed sides two"', set()),
        ('looked "neighbouring states"', {"gazette"}),
        ('"J. Roe"', {"jane-roe", *(f"{CONGRESS}.{id}" for id in ("jane-roe", "a-chair", "doors"))}),
        ("roe AND smiled", set()),
        ("fishermen OR smiled", set()),
        ("fisher*", set()),
        ("title:fishermen", set()),
        ('^"fishermen" (coast) +', {f"{CONGRESS}.visas", "gazette"}),
        ("fishermen 'coast' -- ; \"", {f"{CONGRESS}.visas", "gazette"}),
        ("drop-visas", {f"{CONGRESS}.visas", "gazette"}),
        ("visas-drop", set()),
        ("smiled", set()),  # of an excerpt, not cited
        *((signs, set()) for signs in (" ", '""', "*", "-", "🤝", "( ) ^ : \" '", "\x00")),
    ],
)
def test_phrases_are_in_quotes_and_operators_are_words(served: Served, q: str, expected: set[str]) -> None:
    assert found(served, q) & {"gazette", "jane-roe", *facts(served)} >= expected
    assert expected or not found(served, q)


def facts(served: Served) -> set[str]:
    return {item["id"] for path in ("/agreements", "/quotes", "/delegates") for item in served.all(path)}


def test_a_renamed_item_is_found_by_its_new_name_alone(indexed: Served, tmp_path: Any) -> None:
    def load(*changes: tuple[str, str]) -> None:
        record = CONGRESS_RECORD
        for old, new in changes:
            assert old in record
            record = record.replace(old, new)
        indexed.load(write_congress(tmp_path / "congress", record), prune=True)

    load()
    person = {"jane-roe", *(f"{CONGRESS}.{id}" for id in ("jane-roe", "a-chair", "doors"))}
    assert found(indexed, "roe") >= person and "gazette" in found(indexed, "looked")
    load(
        ("name: Jane Roe, other_names: [J. Roe]", "name: Jane Marie Roe, other_names: [Jane Roe, Janette]"),
        ("access: full, quotation", "access: excerpt, quotation"),
    )
    assert found(indexed, "marie") == found(indexed, "janette") == person | {CONGRESS, f"{CONGRESS}.visas"}
    assert found(indexed, '"J. Roe"') == found(indexed, "looked") == set()
    load()
    assert found(indexed, "marie") == found(indexed, "janette") == set()


@settings(max_examples=100, deadline=None)
@given(
    q=st.one_of(st.text(min_size=1), st.text("\"*-+:^(){}'\x00 ANDORNOTEARé,ï\u0301🤝", min_size=1)),
    path=st.sampled_from(list(LISTS)),
)
def test_any_text_is_a_query(served: Served, q: str, path: str) -> None:
    response = served.client.get(path, params={"q": q})
    if response.status_code != 200:
        (error,) = problem(response, 422, "invalid_parameter")["errors"]
        assert "more than 32 words" in error["message"]


LONG = {
    **{"one word": "a" * 8000, "a word again and again": "roe " * 2000, "a word and signs": "roe-." * 1500},
    **{"quotes": '"' * 2700, "phrases": '"roe roe" ' * 500, "nested": "(" * 1300 + "roe" + ")" * 1300},
    **{"operators": "roe AND NOT " * 600, "signs": " ".join("!" * length for length in range(1, 72))},
    **{"private use": " ".join(chr(0xE000 + number) for number in range(800)), "marks": "e\u0301" * 1100},
    **{"prefixes": " ".join(f"{chr(97 + number % 26)}*" for number in range(1600))},
}


@pytest.mark.parametrize("what", LONG)
def test_a_query_as_long_as_an_address_can_be_is_answered(served: Served, what: str) -> None:
    response = served.client.get("/evidence", params={"q": LONG[what]})
    assert response.status_code in (200, 422)


# Many items match.

MANY = {"MAX_KEYS": 1}
BLOCKS = {**MANY, "SHORTEST_BLOCK": 2, "LONGEST_BLOCK": 8}


def limit(monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(list_search, name, value)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_the_same_if_more_items_match_than_are_a_parameter(
    uncached: Served, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = {"/people": "roe", "/parties": "uto", "/sources": "the", "/evidence": "the"}.get(path, "2024")
    for number, sort in enumerate(LISTS[path].both_ways):
        name = [*LISTS[path].filters][number % len(LISTS[path].filters)]
        chosen = "&".join(f"{name}={each}" for each in some_of(name, values(uncached, path, name)))
        for filters in ("", f"&{chosen}"):
            size = (40 if path == "/evidence" else 8) + number
            address = f"{path}?q={word}&sort={sort}{filters}&limit="
            expected = uncached.ids(f"{address}100")
            for limits, test_cost in ((MANY, 0), (BLOCKS, 0), (BLOCKS, 1), (BLOCKS, 1000)):
                with monkeypatch.context() as patch:
                    limit(patch, limits)
                    patch.setattr("app.search.matching.TEST_COST", test_cost)
                    assert uncached.ids(f"{address}{size}") == expected, (address, limits, test_cost)


def test_a_total_is_a_least_number_only_if_both_the_query_and_the_other_filters_match_many(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = "/quotes?q=2024&limit=1"
    of_some = f"{every}&kind=direct"
    exact = {address: uncached.json(address)["total"] for address in (every, of_some)}
    assert all(total["relation"] == "eq" and total["value"] > 3 for total in exact.values())
    monkeypatch.setattr(list_search, "MAX_KEYS", exact[every]["value"] - 1)
    assert uncached.json(every)["total"] == {"value": list_plan.COUNT_LIMIT, "relation": "gte"}
    assert uncached.json(of_some)["total"] == exact[of_some]
    monkeypatch.setattr(list_search, "MAX_KEYS", 1)
    monkeypatch.setattr(list_search, "MAX_TESTS", 5)
    counted = uncached.json(of_some)["total"]
    assert counted["relation"] == "gte" and 0 < counted["value"] <= 5


def test_a_walk_that_is_too_long_goes_on_in_a_thread_for_dear_requests_and_ends_there(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, {**BLOCKS, "MAX_WALK_STEPS": 3})
    pool: ReadPool = uncached.app.state.read_pool
    threads: list[str] = []
    walk = list_search.SearchedList._walk

    def spied(searched: list_search.SearchedList, size: int) -> Any:
        threads.append(threading.current_thread().name.rpartition("_")[0])
        return walk(searched, size)

    monkeypatch.setattr(list_search.SearchedList, "_walk", spied)
    assert uncached.json("/quotes?q=2024&sort=-id&limit=100")["items"]
    assert threads == [pool.read_queue.name, pool.search_queue.name]
    monkeypatch.setattr(list_search, "MAX_LONG_WALK_STEPS", 6)
    refused = problem(uncached.get("/quotes?q=2024&kind=direct&sort=-id&limit=100"), 503, "unavailable")
    assert refused["detail"] == (
        "The page was not found in time: narrow the filters `q`, `kind`: each matches many items, and few match all."
    )


@pytest.mark.parametrize("limits", [{}, BLOCKS])
def test_tables_and_feeds_have_what_the_list_has(
    uncached: Served, limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, limits)
    for path in ("/meetings", "/quotes", "/evidence"):
        ids = uncached.ids(f"{path}?q=2024&sort=-id&limit=100")
        assert ids or path == "/evidence"
        table = uncached.get(f"{path}.csv?q=2024&sort=-id").content.decode("utf-8-sig")
        assert [row["id"] for row in csv.DictReader(table.splitlines())] == ids
    ids = uncached.ids("/meetings?q=2024&limit=100")
    feed = uncached.get("/meetings.atom?q=2024").text
    assert {id.rpartition("/")[2] for id in re.findall("<id>(tag:[^?]*?)</id>", feed)} == {*ids}
    calendar = uncached.get("/meetings.ics?q=2024").text.replace("\r\n ", "")
    assert {*re.findall("UID:(.*)@", calendar)} <= {*ids} and "UID" in calendar


def test_the_meetings_of_a_calendar_are_counted_if_the_query_and_the_other_filters_match_more(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/meetings?q=2024&date_to=2024-12-31&limit=100"
    ids = uncached.ids(address)
    monkeypatch.setattr(list_search, "MAX_KEYS", 1)
    monkeypatch.setattr(pagination, "COUNT_LIMIT", len(ids))
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", len(ids))
    assert len(ids) > 1 and uncached.get("/meetings.ics?q=2024&date_to=2024-12-31").status_code == 200
    monkeypatch.setattr(pagination, "COUNT_LIMIT", len(ids) - 1)
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", len(ids) - 1)
    problem(uncached.get("/meetings.ics?q=2024&date_to=2024-12-31"), 422, "invalid_parameter")


# The index has another version, or there is none.


def leave_behind(served: Served) -> None:
    """Load another version, and leave the index as it is."""
    execute(
        served.database,
        "INSERT INTO dataset_version (number, digest, loaded_at)"
        " SELECT number + 1, digest, loaded_at FROM dataset_version ORDER BY number DESC LIMIT 1",
    )
    served.newest()


@pytest.mark.parametrize(
    "address", ["/quotes?q=roe", "/quotes.csv?q=roe", "/meetings.atom?q=roe", "/meetings.ics?q=roe"]
)
def test_a_list_does_not_mix_versions(indexed: Served, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "INDEX_WAIT_SECONDS", 0.1)
    assert indexed.get(address).status_code == 200
    leave_behind(indexed)
    response = indexed.get(address)
    refused = problem(response, 503, "search_behind")
    assert "without `q`" in refused["detail"] and response.headers["Retry-After"] == "5"
    assert indexed.get(address.partition("?")[0]).status_code == 200, "a list without a query needs no index"
    assert indexed.client.head(address).status_code == 503
    indexed.index()
    assert indexed.get(address).status_code == 200


def test_a_list_waits_for_the_index_in_no_thread_of_a_reader(indexed: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "INDEX_WAIT_SECONDS", 60)
    expected = indexed.ids("/quotes?q=roe")
    leave_behind(indexed)
    pool: ReadPool = indexed.app.state.read_pool
    responses: list[httpx.Response] = []
    clients = [threading.Thread(target=lambda: responses.append(indexed.get("/quotes?q=roe"))) for _ in range(5)]
    for client in clients:
        client.start()
    until(lambda: pool.index_queue.busy + pool.index_queue.waiting == 5)
    assert [queue.busy for queue in pool.queues if queue is not pool.index_queue] == [0] * (len(pool.queues) - 1)
    indexed.index()
    for client in clients:
        client.join()
    assert [[item["id"] for item in response.json()["items"]] for response in responses] == [expected] * 5
    assert {response.headers["Readout-Dataset"] for response in responses} == {indexed.newest()}


def test_an_index_of_another_database_with_an_equal_dataset_is_not_used(
    indexed: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its keys are others."""
    monkeypatch.setattr(routing, "INDEX_WAIT_SECONDS", 0.1)
    execute(indexed.database, "UPDATE dataset_version SET loaded_at = '2020-01-01 00:00:00.000000'")
    problem(indexed.get("/quotes?q=roe"), 503, "search_behind")


def test_without_an_index_only_searches_fail(databases: Databases, world: World) -> None:
    with serving(databases.copy(world.database)) as running:
        for address in ("/quotes?q=roe", "/quotes.ndjson?q=roe", "/meetings.ics?q=roe"):
            refused = problem(running.get(address), 503, "unavailable")
            assert refused["detail"].startswith("There is no search index that can be read")
        assert running.json("/quotes")["items"]


def test_a_wait_is_at_most_a_second() -> None:
    assert timeouts.INDEX_WAIT_SECONDS == 1
