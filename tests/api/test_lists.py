"""Lists: every sort in both directions under every filter, totals, and pages that are walked by their cursors."""

import base64
import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from app.api.shared.cursors import cursor_scope, encode_cursor
from app.db.engines import writing_engine
from app.models import ListSize, Party, table
from tests.amounts import RANDOM_FILTERS
from tests.api.conftest import Serve, World
from tests.api.oracle import (
    ALL_HOLD,
    GIVEN_ONCE,
    LISTS,
    SPANS,
    in_order,
    in_place_order,
    some_of,
    under,
    values,
    values_by_id,
)
from tests.api.serving import Served, problem
from tests.api.world import PLANS, RIYADH, days, write_plan

SORTS = [(path, sort) for path, rules in LISTS.items() for sort in rules.both_ways]
LIMITS = (1, 2, 3, 7, 100)
NOBODY = {"country": "XXX", "wikidata": "Q999", "language": "tlh"}
"""A value that no item has, of filters that take no id."""


def query(filters: Mapping[str, Any], **more: object) -> str:
    pairs = [(name, value) for name, wanted in filters.items() for value in wanted]
    return "&".join(f"{name}={value}" for name, value in [*pairs, *more.items()])


@pytest.mark.parametrize("path", LISTS)
def test_the_first_sort_is_the_default(served: Served, path: str) -> None:
    assert served.ids(path) == in_order(served, path, served.all(path), LISTS[path].default)


@pytest.mark.parametrize(("path", "sort"), SORTS)
def test_a_sort_puts_null_last_and_ties_by_id_under_every_filter(served: Served, path: str, sort: str) -> None:
    assert served.ids(f"{path}?sort={sort}&limit=100") == in_order(served, path, served.all(path), sort)
    for name in LISTS[path].filters:
        filters = {name: some_of(name, values(served, path, name))}
        expected = in_order(served, path, under(served, path, filters), sort)
        assert served.ids(f"{path}?{query(filters, sort=sort, limit=100)}") == expected, filters


@pytest.mark.parametrize("path", LISTS)
def test_each_filter_can_leave_some_items_and_take_others(served: Served, path: str) -> None:
    """So that the comparisons above compare something."""
    for name in LISTS[path].filters:
        sizes = {len(under(served, path, {name: [value]})) for value in values(served, path, name)}
        assert any(0 < size < len(served.all(path)) for size in sizes), name


OF_WORDS = [
    "status",
    "format",
    "mode",
    "outcome",
    "role",
    "commitment",
    "asserted",
    "form",
    "kind",
    "access",
    "record_kind",
    "basis",
]
"""Filters by the values of an enumeration."""


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, rules in LISTS.items() for name in rules.filters])
def test_an_id_that_nobody_has_gives_an_empty_list(served: Served, path: str, name: str) -> None:
    if name in GIVEN_ONCE or name in OF_WORDS:
        unused = served.json(f"{path}?{name}={values(served, path, name)[0]}&id=nobody-has-this")
    else:
        unused = served.json(f"{path}?{name}={NOBODY.get(name, 'nobody-has-this.one')}")
    assert unused == {"items": [], "total": {"value": 0, "relation": "eq"}, "next": None}


@pytest.mark.long
@settings(max_examples=RANDOM_FILTERS, deadline=None)
@given(data=st.data())
def test_filters_given_twice_mean_either_and_different_ones_all_hold(served: Served, data: st.DataObject) -> None:
    """Of `with` all values hold."""
    path = data.draw(st.sampled_from(list(LISTS)))
    filters = draw_filters(data, served, path)
    sort = data.draw(st.sampled_from([sort for listed, sort in SORTS if listed == path]))
    expected = in_order(served, path, under(served, path, filters), sort)
    limit = data.draw(st.integers(4, 100))
    assert served.ids(f"{path}?{query(filters, sort=sort, limit=limit)}") == expected


def draw_filters(data: st.DataObject, served: Served, path: str) -> dict[str, list[str]]:
    """Up to three filters of a list, with values that may be given together."""
    names = data.draw(st.lists(st.sampled_from(list(LISTS[path].filters)), max_size=3, unique=True))
    filters = {name: data.draw(values_together(served, path, name)) for name in names}
    assume(all(days(filters[f"{of}_from"][0]) <= days(filters[f"{of}_to"][0]) for of in spans_of(filters)))
    return filters


def values_together(served: Served, path: str, name: str) -> st.SearchStrategy[list[str]]:
    """Values of a filter that may be given together, whether or not an item has them all."""
    max_size = 1 if name in GIVEN_ONCE else 5
    return st.lists(st.sampled_from(values(served, path, name)), min_size=1, max_size=max_size)


def spans_of(filters: Mapping[str, Any]) -> list[str]:
    """The dates that have both bounds among some filters."""
    return [of for of in ("date", "published") if {f"{of}_from", f"{of}_to"} <= filters.keys()]


@pytest.mark.parametrize("path", LISTS)
def test_all_parties_and_people_of_with_take_part(served: Served, path: str) -> None:
    if "with" not in LISTS[path].filters:
        problem(served.get(f"{path}?with=rus"), 422, "unknown_parameter")
        return
    compared = 0
    for item in served.all(path)[:40]:
        own = sorted({id for id in values_by_id(served, path, "with")[item["id"]] if id})
        for wanted in (own[:2], own[:10], [*own[:2], own[0]], [*own[:1], "nobody"]) if own else ():
            expected = [each["id"] for each in under(served, path, {"with": wanted})]
            assert served.ids(f"{path}?sort=id&limit=100&{query({'with': wanted})}") == expected
            compared += len(wanted) > 1 and 0 < len(expected) < len(served.all(path))
    assert compared


PLACED = [path for path, rules in LISTS.items() if rules.has_places]


@pytest.mark.parametrize("path", PLACED)
def test_the_place_is_the_order_of_a_meetings_articles(served: Served, path: str) -> None:
    for meeting in served.all("/meetings"):
        expected = in_place_order(served, under(served, path, {"meeting": [meeting["id"]]}), meeting)
        for limit in (2, 100):
            assert served.ids(f"{path}?sort=place&limit={limit}&meeting={meeting['id']}") == expected


def test_a_changed_date_moves_what_belongs_to_the_meeting_and_changes_nothing_else(
    serve: Serve, tmp_path: Path
) -> None:
    moved, *others = PLANS[:4]
    served = serve(*(write_plan(tmp_path / plan.id, plan) for plan in (moved, *others)))
    before = {path: {item["id"]: item["changed_in"] for item in served.walk(f"{path}?limit=100")} for path in PLACED}
    version = served.load(write_plan(tmp_path / moved.id, replace(moved, start_date="2026", end_date=None))).version
    dated = f"{moved.id}."
    for path in PLACED:
        items = served.walk(f"{path}?limit=100")
        for sort in ("date", "-date"):
            assert served.ids(f"{path}?sort={sort}&limit=3") == in_order(served, path, items, sort)
        found = served.walk(f"{path}?date_from=2026-12-31&limit=100")
        assert {item["id"] for item in found} == {item["id"] for item in items if item["id"].startswith(dated)}
        if path != "/evidence":
            assert all(item["meeting"]["start_date"] == "2026" for item in found)
            assert {item["id"]: item["changed_in"] for item in items} == before[path]
    assert [change["id"] for change in served.walk("/changes") if f"{change['version']}-" == version[:2]] == [moved.id]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("meetings", ["", "&meeting=bare&meeting=meeting-1"])
def test_the_place_needs_exactly_one_meeting(served: Served, path: str, meetings: str) -> None:
    if path == "/meetings":
        meetings = ""  # it has no such filter
    (error,) = problem(served.get(f"{path}?sort=place{meetings}"), 422, "invalid_parameter")["errors"]
    assert (error["parameter"], error["value"]) == ("sort", "place")
    assert ("exactly one `meeting`" in error["message"]) == (path in PLACED)


def test_with_is_given_at_most_ten_times(served: Served) -> None:
    address = "/meetings?with=Party-0&" + "&".join(f"with=party-{number}" for number in range(10))
    first, second = problem(served.get(f"{address}&limit=0"), 422, "invalid_parameter")["errors"]
    assert (first["parameter"], first["value"]) == ("with", "party-9")
    assert first["message"] == "may be given at most 10 times"
    assert second["parameter"] == "limit"


@pytest.mark.parametrize("path", LISTS)
def test_changed_since_leaves_what_changed_after_a_version(served: Served, world: World, path: str) -> None:
    for number, version in enumerate(["0", *world.versions]):
        expected = [item["id"] for item in served.all(path) if item["changed_in"] > number]
        assert served.ids(f"{path}?sort=id&limit=100&changed_since={version}") == expected


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "version",
    ["1-00000000", "99-{digest}", "2147483648-{digest}", "3-{digest}x", "1-{DIGEST}", "01-{digest}", "1", "latest"],
)
def test_a_version_that_this_database_never_had_says_to_start_from_0(
    served: Served, world: World, path: str, version: str
) -> None:
    digest = world.versions[0].split("-")[1]
    given = version.replace("{digest}", digest).replace("{DIGEST}", "ABCDEF12")
    (error,) = problem(served.get(f"{path}?changed_since={given}"), 422, "invalid_parameter")["errors"]
    assert error["parameter"] == "changed_since"
    if version in ("1-00000000", "99-{digest}", "2147483648-{digest}"):
        assert "start again from 0" in error["message"]


# Dates.


def meeting_days(meeting: Any) -> tuple[str, str] | None:
    """The first and the last day that a meeting can have taken: from its start, or to its end if that is known."""
    if not meeting["start_date"]:
        return None
    return days(meeting["start_date"])[0], days(meeting["end_date"] or meeting["start_date"])[1]


@pytest.mark.parametrize("sort", ["start_date", "-start_date"])
def test_dates_match_where_the_days_of_a_meeting_overlap_the_span(served: Served, sort: str) -> None:
    for start, end in itertools.product([None, *SPANS], [None, *SPANS]):
        if start and end and days(start)[0] > days(end)[1]:
            continue
        span = {**({"date_from": [start]} if start else {}), **({"date_to": [end]} if end else {})}
        overlapping = [
            meeting
            for meeting in served.all("/meetings")
            if not span
            or (
                (known := meeting_days(meeting))
                and (not start or known[1] >= days(start)[0])
                and (not end or known[0] <= days(end)[1])
            )
        ]
        expected = in_order(served, "/meetings", overlapping, sort)
        assert served.ids(f"/meetings?{query(span, sort=sort, limit=100)}") == expected, span


@pytest.mark.parametrize(
    ("span", "matches"),
    [
        ("date_from=2025-02-18", True),
        ("date_from=2025-02-19", False),
        ("date_to=2025-02-18", True),
        ("date_to=2025-02-17", False),
        ("date_from=2025-02&date_to=2025-02", True),
        ("date_from=2025&date_to=2025", True),
        ("date_to=2025-01", False),
        ("date_from=2025-03", False),
        ("date_from=2025-02-18&date_to=2025-02-18&country=AUT", False),
    ],
)
def test_a_span_is_inclusive_and_a_partial_date_its_whole_span(served: Served, span: str, matches: bool) -> None:
    assert (RIYADH in served.ids(f"/meetings?{span}")) == matches


def test_an_unknown_date_never_matches(served: Served) -> None:
    undated = {meeting["id"] for meeting in served.all("/meetings") if meeting["start_date"] is None}
    assert undated
    for span in ("date_from=0001", "date_to=9999", "date_from=0001&date_to=9999-12-31"):
        assert not undated & set(served.ids(f"/meetings?{span}"))


# Totals.


@pytest.mark.parametrize(("path", "limit"), [*itertools.product(LISTS, (1, 100))])
def test_the_total_is_of_the_whole_list_on_every_page(served: Served, path: str, limit: int) -> None:
    page = served.json(f"{path}?limit={limit}")
    for _ in range(3):
        assert page["total"] == {"value": len(served.all(path)), "relation": "eq"}
        assert len(page["items"]) <= limit
        page = served.json(page["next"]) if page["next"] else page


def test_a_total_is_counted_to_10_000(serve: Serve, world: World) -> None:
    served = serve(of=world.database)
    engine = writing_engine(served.database)

    def add_parties(start: int, stop: int) -> None:
        with engine.begin() as connection:
            like = connection.execute(select(table(Party)).where(table(Party).c.kind == "fund")).mappings().first()
            assert like is not None
            connection.execute(
                insert(table(Party)), [{**like, "key": key, "id": f"p{key}"} for key in range(start, stop)]
            )
            sizes = table(ListSize)
            more = {"items": sizes.c["items"] + stop - start}
            connection.execute(update(sizes).where(sizes.c.name == "parties").values(more))

    before = len(served.all("/parties"))
    add_parties(100_000, 110_000 - before)
    assert served.json("/parties?limit=1")["total"] == {"value": 10_000, "relation": "eq"}
    add_parties(200_000, 200_001)
    assert served.json("/parties?limit=1")["total"] == {"value": 10_000, "relation": "gte"}
    second = served.json(served.json("/parties?limit=100&kind=fund")["next"])
    assert second["total"] == {
        "value": 10_000 - before + 1 + sum(p["kind"] == "fund" for p in served.all("/parties")),
        "relation": "eq",
    }
    assert served.json("/parties?id=p200000")["total"] == {"value": 1, "relation": "eq"}
    engine.dispose()


# Pages.


@pytest.mark.parametrize(("path", "sort"), SORTS)
def test_a_walk_of_any_page_size_is_the_whole_list(served: Served, path: str, sort: str) -> None:
    whole = in_order(served, path, served.all(path), sort)
    address = f"{path}?sort={sort}"
    if len(whole) > 15:
        assert served.ids(f"{address}&limit=70") == whole
        address += "&meeting=bare" if path == "/evidence" else "&meeting=meeting-1&meeting=meeting-5"
        whole = served.ids(f"{address}&limit=100")
        assert len(whole) > 1
    for limit in LIMITS if sort == LISTS[path].default else (2, 100):
        assert served.ids(f"{address}&limit={limit}") == whole


def test_a_page_has_20_items_unless_limit_says_otherwise(served: Served) -> None:
    assert len(served.json("/evidence")["items"]) == 20
    assert len(served.json("/evidence?limit=100")["items"]) == 100


@pytest.mark.parametrize("path", LISTS)
def test_next_keeps_the_filters_the_sort_and_the_limit(served: Served, path: str) -> None:
    given = f"sort=-id&limit=2&changed_since=0&{query({'id': values(served, path, 'id')[:5]})}"
    next_url = served.json(f"{path}?{given}")["next"]
    assert next_url.startswith(f"https://facts.example/read/out{path}?{given}&cursor=")
    assert len(served.json(next_url)["items"]) == 2


def cursor_of(served: Served, address: str) -> str:
    return str(served.json(address)["next"].split("cursor=")[1])


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_not_bound_to_the_limit_nor_to_the_order_of_parameters(served: Served, path: str) -> None:
    first, second, third, *_ = ids = in_order(served, path, served.all(path), LISTS[path].default)
    cursor = cursor_of(served, f"{path}?limit=1")
    for again in (f"limit=3&cursor={cursor}", f"cursor={cursor}&limit=3&sort={LISTS[path].default}"):
        assert [item["id"] for item in served.json(f"{path}?{again}")["items"]] == ids[1:4]
    cursor = cursor_of(served, f"{path}?limit=1&id={first}&id={second}&id={third}")
    assert served.ids(f"{path}?cursor={cursor}&id={third}&id={first}&id={second}") == [second, third]


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_bound_to_path_filters_and_sort(served: Served, path: str) -> None:
    whole = f"{path}?sort=id&limit=1"
    cursor = cursor_of(served, whole)
    for other in LISTS:
        if other != path:
            problem(served.get(f"{other}?sort=id&limit=1&cursor={cursor}"), 422, "invalid_cursor")
    changes = ["sort=-id", "sort=changed_in", "sort=id&changed_since=0", "sort=id&q=vienna"]
    changes += [f"sort=id&{name}={values(served, path, name)[0]}" for name in LISTS[path].filters]
    for change in changes:
        problem(served.get(f"{path}?{change}&limit=1&cursor={cursor}"), 422, "invalid_cursor")
    name = next(name for name in LISTS[path].filters if name not in GIVEN_ONCE | ALL_HOLD)
    one, two = f"{name}={values(served, path, name)[0]}", f"{name}={values(served, path, name)[1]}"
    both = f"{path}?{one}&{two}&limit=1"
    if served.json(both)["next"]:
        problem(served.get(f"{path}?{one}&limit=1&cursor={cursor_of(served, both)}"), 422, "invalid_cursor")


@pytest.mark.parametrize("address", ["/people?limit=7&sort=name", "/evidence?limit=2&sort=start"])
def test_a_cursor_that_next_did_not_give_is_refused(served: Served, address: str) -> None:
    cursor = cursor_of(served, address)
    changed = [cursor[:-1], cursor + "A", cursor + "%0A", "A" + cursor, cursor.swapcase()]
    for one in changed:
        (error,) = problem(served.get(f"{address}&cursor={one}"), 422, "invalid_cursor")["errors"]
        assert (error["parameter"], error["value"]) == ("cursor", one.replace("%0A", "\n")[:200])


@pytest.mark.parametrize(
    "content", [b"[" * 2900, b'["\\ud800","\\ud800"]', b"\xff\xfe"], ids=lambda content: content[:20].decode("latin-1")
)
def test_a_cursor_may_hold_anything_and_is_only_refused(served: Served, content: bytes) -> None:
    cursor = base64.urlsafe_b64encode(bytes(16) + content).decode().rstrip("=")
    for path in ("/people", "/evidence", "/changes"):
        problem(served.get(f"{path}?cursor={cursor}"), 422, "invalid_cursor")


@pytest.mark.parametrize("path", LISTS)
def test_a_position_that_cannot_be_is_refused(served: Served, path: str) -> None:
    """Positions whose checksum is right, which anybody can compute."""
    positions: list[tuple[str, list[Any]]] = [
        ("changed_in", [value, id]) for value, id in ((-2, "a"), (2**31, "a"), ("1", "a"), (1, "a\0"))
    ]
    positions += [("changed_in", [1, id]) for id in ("", "A", "a b", "ä", "a--b", "\n", "' OR 1=1 --")]
    positions += [("id", position) for position in (["a", "b"], ["a\0", "a\0"], [1, "a"], ["a"], ["a", "a", "a"])]
    for sort, position in positions:
        cursor = encode_cursor(cursor_scope(path, sort, {}), position)
        problem(served.get(f"{path}?sort={sort}&cursor={cursor}"), 422, "invalid_cursor")


@pytest.mark.parametrize("path", LISTS)
def test_a_position_whose_item_is_gone_is_still_one(served: Served, path: str) -> None:
    cursor = encode_cursor(cursor_scope(path, "id", {}), ["a-b", "a-b"])
    assert served.ids(f"{path}?sort=id&limit=100&cursor={cursor}") == [
        item["id"] for item in served.all(path) if item["id"] > "a-b"
    ]


# Counts.


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/people", {"meetings": "/meetings?person=", "delegates": "/delegates?person=", "quotes": "/quotes?speaker="}),
        (
            "/parties",
            {
                **{"meetings": "/meetings?party=", "delegates": "/delegates?party="},
                **{"agreements": "/agreements?party=", "quotes": "/quotes?party="},
            },
        ),
        (
            "/meetings",
            {"delegates": "/delegates?meeting=", "agreements": "/agreements?meeting=", "quotes": "/quotes?meeting="},
        ),
    ],
)
def test_counts_are_what_the_filters_of_those_lists_give(served: Served, path: str, counts: dict[str, str]) -> None:
    for item in served.all(path):
        found = {
            name: served.json(f"{address}{item['id']}&limit=1")["total"]["value"] for name, address in counts.items()
        }
        assert item["counts"] == found, item["id"]
