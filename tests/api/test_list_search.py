"""The search of lists, `q`: whatever is asked narrows a list to just what the documentation says."""

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.conftest import Changing
from tests.api.oracle import LISTS, in_order, under, values
from tests.api.search_oracle import items_with_words, searchable_texts, words
from tests.api.serving import Served, problem
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress


def found(served: Served, q: str) -> set[str]:
    """The ids of the items of all lists that a search finds."""
    return {id for path in LISTS if path != "/evidence" for id in served.ids(f"{path}?q={quote(q)}")}


def disguised(word: str) -> str:
    """A word in capitals, its vowels with an accent."""
    return unicodedata.normalize("NFC", re.sub("([aeiou])", "\\1\u0301", word)).upper()


@st.composite
def some_words(draw: st.DrawFn, served: Served, paths: tuple[str, ...] = tuple(LISTS)) -> set[str]:
    """Words that one item has."""
    texts = draw(st.sampled_from([texts for path in paths for texts in searchable_texts(served, path).values()]))
    plain = sorted({word for word in words(" ".join(texts)) if word.isascii()})
    return draw(st.sets(st.sampled_from(plain or ["nothing"]), min_size=1, max_size=3))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_all_items_that_have_the_words_are_found_and_no_other(served: Served, data: st.DataObject) -> None:
    wanted = data.draw(some_words(served))
    path = data.draw(st.sampled_from(list(LISTS)))
    expected = {item["id"] for item in items_with_words(served, path, wanted)}
    for q in (" ".join(wanted), " ".join(map(disguised, wanted))):
        assert {*served.ids(f"{path}?q={quote(q)}")} == expected


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
    load(
        ("name: Jane Roe, other_names: [J. Roe]", "name: Jane Marie Roe, other_names: [Jane Roe, Janette]"),
        ("access: full, quotation", "access: excerpt, quotation"),
    )
    assert found(changing.served, "marie") == found(changing.served, "janette") == person
    assert found(changing.served, '"J. Roe"') == found(changing.served, "looked") == set()
    load()
    assert found(changing.served, "marie") == found(changing.served, "janette") == set()


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
