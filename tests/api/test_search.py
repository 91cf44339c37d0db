"""Search: whatever is asked finds just what the documentation says, best first, with its words marked in their place."""

import json
import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.shared.cursors import encode_cursor
from app.models import SEARCH_BLOCK
from tests.api.conftest import Changing, Serve, World
from tests.api.oracle import LISTS, in_order, under, values
from tests.api.search_oracle import KINDS, items_with_words, searchable_texts, words
from tests.api.serving import Json, Served, problem
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress
from tests.databases import execute


def hits(served: Served, q: str, limit: int = 100) -> list[Json]:
    return served.walk(f"/search?q={quote(q)}&limit={limit}")


def found(served: Served, q: str) -> set[str]:
    """The ids of hits, without evidence."""
    return {hit["id"] for hit in hits(served, q) if hit["kind"] != "evidence"}


def disguised(word: str) -> str:
    """A word in capitals, its vowels with an accent."""
    return unicodedata.normalize("NFC", re.sub("([aeiou])", "\\1\u0301", word)).upper()


@st.composite
def some_words(draw: st.DrawFn, served: Served, paths: tuple[str, ...] = tuple(LISTS)) -> set[str]:
    """Words that one item has."""
    texts = draw(st.sampled_from([texts for path in paths for texts in searchable_texts(served, path).values()]))
    plain = sorted({word for word in words(" ".join(texts)) if word.isascii()})
    return draw(st.sets(st.sampled_from(plain or ["nothing"]), min_size=1, max_size=3))


# Hits.


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_all_items_that_have_the_words_are_found_and_no_other(served: Served, data: st.DataObject) -> None:
    wanted = data.draw(some_words(served))
    expected = {item["url"] for path in LISTS for item in items_with_words(served, path, wanted)}
    for q in (" ".join(wanted), " ".join(map(disguised, wanted))):
        assert {hit["url"] for hit in hits(served, q)} == expected


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_q_narrows_every_list_under_every_filter_sort_and_limit(served: Served, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(LISTS)))
    wanted = data.draw(some_words(served, (path,)))
    name = data.draw(st.sampled_from(list(LISTS[path].filters)))
    value = data.draw(st.sampled_from(values(served, path, name)))
    sort = data.draw(st.sampled_from(LISTS[path].both_ways))
    address = f"{path}?q={' '.join(wanted)}&sort={sort}&limit={data.draw(st.sampled_from([2, 7, 100]))}"
    both = [item for item in items_with_words(served, path, wanted) if item in under(served, path, {name: [value]})]
    assert served.ids(address) == in_order(served, path, items_with_words(served, path, wanted), sort)
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
        ("fishermen NOT smiled", set()),
        ("fisher*", set()),
        ("title:fishermen", set()),
        ('^"fishermen" (coast) +', {f"{CONGRESS}.visas", "gazette"}),
        ("fishermen 'coast' -- ; \"", {f"{CONGRESS}.visas", "gazette"}),
        ("drop-visas", {f"{CONGRESS}.visas", "gazette"}),
        ("visas-drop", set()),
        ("smiled", set()),  # of an excerpt, not cited
        ("forget", {f"{CONGRESS}.memory"}),
        *((signs, set()) for signs in (" ", '""', "*", "-", "🤝", "( ) ^ : \" '", "\x00")),
    ],
)  # fmt: skip
def test_phrases_are_in_quotes_and_operators_are_words(served: Served, q: str, expected: set[str]) -> None:
    assert found(served, q) == expected


# Hits.


@pytest.mark.parametrize("q", ["vienna", "roe", "utopia embassies", "lavrov", "zed", "it", "will not forget", "states"])
def test_a_hit_is_an_item_with_the_matches_marked_where_they_are(served: Served, q: str) -> None:
    texts = {url: each for path in LISTS for url, each in searchable_texts(served, path).items()}
    kinds = {item["url"]: (KINDS[path], item["id"]) for path in LISTS for item in served.all(path)}
    for hit in hits(served, q):
        assert list(hit) == ["kind", "id", "url", "title", "snippet", "score"]
        title, text = texts[hit["url"]][0], hit["snippet"]["text"]
        assert ((hit["kind"], hit["id"]), hit["title"]) == (kinds[hit["url"]], title)
        assert served.get(hit["url"]).status_code == 200
        assert text.strip("…") in " · ".join(texts[hit["url"]])
        ends = [0, *(end for _, end in hit["snippet"]["matches"])]
        assert len(ends) > 1
        for before, (start, end) in zip(ends, hit["snippet"]["matches"], strict=False):
            assert before <= start < end <= len(text)
            assert set(words(text[start:end])) <= set(words(q))


def test_a_match_of_the_title_alone_shows_the_text_too(served: Served) -> None:
    (snippet,) = (hit["snippet"] for hit in hits(served, "jane") if hit["id"] == f"{CONGRESS}.doors")
    assert snippet == {"text": "Jane Roe · We will open our doors again · J. Roe", "matches": [[0, 4]]}


@pytest.mark.parametrize("q", ["utopia", "riyadh", "roe", "russia"])
def test_the_best_come_first_and_pages_are_the_whole(served: Served, q: str) -> None:
    whole = hits(served, q)
    scores = [hit["score"] for hit in whole]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert len({hit["url"] for hit in whole}) == len(whole) > 5
    for limit in (3, 20):
        assert hits(served, q, limit) == whole
    page = served.json(f"/search?q={q}")
    assert page["items"] == whole[:20]
    assert page["total"] == {"value": len(whole), "relation": "eq"}


def test_meetings_rank_first_and_evidence_after_its_fact(served: Served) -> None:
    for path in ("/meetings", "/people", "/parties"):
        for item in served.all(path)[:3]:
            name = searchable_texts(served, path)[item["url"]][0]
            assert hits(served, f'"{name}"')[0]["title"] == name
    for q in ("vienna", "utopia", "roe", "lavrov", "agreed", "visas"):
        place = {hit["url"]: at for at, hit in enumerate(hits(served, q))}
        for evidence in served.all("/evidence"):
            of = evidence["record"]["url"].partition("#")[0]
            assert evidence["url"] not in place or place.get(of, -1) < place[evidence["url"]]


# Loads.


def test_a_renamed_item_is_found_by_its_new_name_alone(changing: Changing) -> None:
    def load(*changes: tuple[str, str]) -> None:
        record = CONGRESS_RECORD
        for old, new in changes:
            assert old in record
            record = record.replace(old, new)
        changing.served.load(write_congress(changing.folder / "congress", record), prune=True)

    load()
    person = {"jane-roe", *(f"{CONGRESS}.{id}" for id in ("jane-roe", "a-chair", "doors"))}
    assert found(changing.served, "roe") >= person and "gazette" in found(changing.served, "looked")
    cursor = changing.served.json("/search?q=roe&limit=1")["next"]
    assert changing.served.get(cursor).status_code == 200
    load(
        ("name: Jane Roe, other_names: [J. Roe]", "name: Jane Marie Roe, other_names: [Jane Roe, Janette]"),
        ("access: full, quotation", "access: excerpt, quotation"),
    )
    assert found(changing.served, "marie") == found(changing.served, "janette") == person
    assert found(changing.served, '"J. Roe"') == found(changing.served, "looked") == set()
    (error,) = problem(changing.served.get(cursor), 422, "invalid_cursor")["errors"]
    assert "search again" in error["message"]
    load()
    assert found(changing.served, "marie") == found(changing.served, "janette") == set()


def test_the_first_10_000_hits_can_be_reached_and_are_counted(serve: Serve, world: World) -> None:
    served = serve(of=world.database)
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 10001)"
    text = "CASE WHEN i > 10000 THEN 'last' ELSE 'uncounted' END"
    entry = f"CAST(5 AS bigint) * {SEARCH_BLOCK} + 100000 + i, 'party', 'p' || i, 'Crowd', {text}"
    rows = f"{numbers} SELECT {entry} FROM n"
    execute(served.database, f"INSERT INTO search_entry (key, kind, id, title, text) {rows}")
    assert served.json("/search?q=uncounted")["total"] == {"value": 10_000, "relation": "eq"}
    assert served.json("/search?q=crowd")["total"] == {"value": 10_000, "relation": "gte"}
    assert len({hit["id"] for hit in hits(served, "crowd")}) == 10_000
    beyond = encode_cursor(json.dumps(["/search", '"crowd"']), [10_001, world.versions[-1]])
    problem(served.get(f"/search?q=crowd&cursor={beyond}"), 422, "invalid_cursor")


# Queries.


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "is missing"),
        ("?q=", "is empty"),
        ("?q=one&q=two", "only once"),
        ("?q=" + " ".join(f"w{number}" for number in range(33)), "more than 32 words"),
        ("?q=" + ".".join(f"w{number}" for number in range(33)), "more than 32 words"),
    ],
)
def test_a_query_is_some_text_given_once(served: Served, query: str, message: str) -> None:
    (error,) = problem(served.get(f"/search{query}"), 422, "invalid_parameter")["errors"]
    assert message in error["message"] and error["parameter"] == "q"


@pytest.mark.parametrize("query", ["sort=id", "kind=person", "changed_since=0"])
def test_search_has_no_sort_and_no_filter(served: Served, query: str) -> None:
    problem(served.get(f"/search?q=roe&{query}"), 422, "unknown_parameter")


@pytest.mark.parametrize("start", [0, -1, 10_000, 2**31 - 1])
def test_a_position_that_no_hit_has_is_422(served: Served, world: World, start: int) -> None:
    cursor = encode_cursor(json.dumps(["/search", '"roe"']), [start, world.versions[-1]])
    problem(served.get(f"/search?q=roe&cursor={cursor}"), 422, "invalid_cursor")


def test_a_cursor_is_bound_to_the_query_and_not_to_the_limit(served: Served) -> None:
    cursor = served.json("/search?q=roe&limit=1")["next"].split("cursor=")[1]
    assert served.json(f"/search?q=roe&limit=3&cursor={cursor}")["items"] == hits(served, "roe")[1:4]
    for address in (f"/search?q=vienna&cursor={cursor}", f"/quotes?q=roe&cursor={cursor}", "/search?q=roe&cursor=x"):
        problem(served.get(address), 422, "invalid_cursor")


@settings(max_examples=100, deadline=None)
@given(
    q=st.one_of(st.text(min_size=1), st.text("\"*-+:^(){}'\x00 ANDORNOTEARé,ï\u0301🤝", min_size=1)),
    path=st.sampled_from(["/search", *LISTS]),
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
    for path in ("/search", "/evidence"):
        response = served.client.get(path, params={"q": LONG[what]})
        assert response.status_code in (200, 422)
