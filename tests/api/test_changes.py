"""`/changes` lists every change of a load and nothing else: a client that follows it has the items of the lists."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.api.shared.cursors import encode_cursor
from tests.amounts import LOADS_BETWEEN_REQUESTS, RANDOM_LOADS
from tests.api.conftest import Changing, Serve
from tests.api.following import KINDS, Follower, Item, State, expected, number, of, owned, state
from tests.api.history import History
from tests.api.serving import PUBLIC_URL, Json, Served, problem, serving
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_bare, write_congress
from tests.databases import Databases, load_records, query, replace, try_to_load


def load_on(history: History, random: Random, served: Served, folder: Path) -> None:
    """Go on, and load all records or one; if what others tell is against that one, nothing is stored."""
    history.go_on()
    folders = history.write(folder)
    if random.random() < 0.8 or not query(served.database, "SELECT 1 FROM dataset_version LIMIT 1"):
        load_records(served.database, folder, prune=True)
    else:
        try_to_load(served.database, random.choice(folders))


@dataclass(frozen=True)
class Past:
    """A server with many loads behind it: all changes, and what the lists gave in each version."""

    served: Served
    changes: list[Json]
    states: dict[str, State]


@pytest.fixture(scope="module")
def past(changing: Changing) -> Past:
    # With this seed 35 loads make every kind of change to every field. The last load leaves an item of each kind removed.
    random, served, states = Random(8), changing.served, dict[str, State]()
    history = History(random)
    for count in range(1, 2 * RANDOM_LOADS):
        load_on(history, random, served, changing.folder / "data")
        version = served.newest()
        states[version] = state(served)
        removed = set().union(*states.values()) - states[version].keys()
        if count >= RANDOM_LOADS and {kind for kind, _ in removed} == set(KINDS):
            break
    return Past(served, served.walk("/changes?limit=100"), states)


@pytest.mark.long
def test_a_load_tells_just_what_it_did(past: Past) -> None:
    before: State = {}
    reported: dict[int, dict[Item, tuple[str, list[str]]]] = defaultdict(dict)
    for change in past.changes:
        assert of(change) not in reported[change["version"]], "once in a version"
        reported[change["version"]][of(change)] = (change["change"], change["fields"])
    for version, after in past.states.items():
        assert reported[number(version)] == expected(before, after), version
        before = after
    assert [change["version"] for change in past.changes] == sorted(change["version"] for change in past.changes)


@pytest.mark.long
def test_the_past_has_every_change_of_every_field(past: Past) -> None:
    reported = {(change["kind"], change["change"]) for change in past.changes}
    assert reported == set(itertools.product(KINDS, ("added", "changed", "removed")))
    fields = {kind: {"id", "url", "read_url", "meeting", "counts", "changed_in"} for kind in KINDS}
    for change in past.changes:
        fields[change["kind"]] |= set(change["fields"])
    for (kind, _), item in past.states[past.served.newest()].items():
        assert item.keys() <= fields[kind], kind


@pytest.mark.long
@pytest.mark.parametrize("limit", [100, 13])
def test_following_from_any_version_ends_with_the_lists(past: Past, limit: int) -> None:
    newest = past.states[past.served.newest()]
    for since in ["0", *Random(limit).sample(list(past.states), 3)]:
        follower = Follower(past.served, since, dict(past.states.get(since, {})), limit)
        follower.follow()
        assert owned(follower.items) == owned(newest)
        assert follower.since == past.served.newest()


@pytest.mark.long
@pytest.mark.parametrize("begin", [Follower.follow, Follower.read_lists])
def test_following_during_loads_ends_with_the_lists(
    serve: Serve, tmp_path: Path, begin: Callable[[Follower], None]
) -> None:
    """A load may commit between any two requests."""
    random, served = Random(2), serve()
    history = History(random)
    load_on(history, random, served, tmp_path / "data")

    def pause() -> None:
        if random.random() < 0.1:
            load_on(history, random, served, tmp_path / "data")

    follower = Follower(served, limit=5, pause=pause)
    begin(follower)
    while number(follower.since) < LOADS_BETWEEN_REQUESTS:
        follower.follow()
    follower.pause = served.newest
    follower.follow()
    assert owned(follower.items) == owned(state(served))


def test_a_cache_with_older_answers_does_no_harm(serve: Serve, databases: Databases, tmp_path: Path) -> None:
    """Items that a cache has as they were, has not yet or has still, as a server of an earlier version does."""
    random = Random(4)
    history = History(random)
    served = serve(*history.write(tmp_path / "data"))
    replace(older := databases.migrated(), by=served.database)
    with serving(older) as cache:
        follower = Follower(served, cache=cache)
        follower.follow()
        for _ in range(10):
            load_on(history, random, served, tmp_path / "data")
        served.newest()
        follower.follow()
    assert owned(follower.items) == owned(state(served))


@pytest.mark.long
def test_changed_in_and_changed_since_are_what_the_changes_tell(past: Past) -> None:
    last = {of(change): change["version"] for change in past.changes}
    newest = past.states[past.served.newest()]
    assert {item: value["changed_in"] for item, value in newest.items()} == {item: last[item] for item in newest}
    for since in ["0", *Random(3).sample(list(past.states), 5)]:
        for kind, path in KINDS.items():
            ids = {id for own_kind, id in newest if own_kind == kind and last[kind, id] > number(since)}
            assert set(past.served.ids(f"{path}?limit=100&changed_since={since}")) == ids


@pytest.mark.long
def test_changes_have_the_urls_of_items_and_the_evidence_is_its_records(past: Past) -> None:
    for change in past.changes:
        assert list(change) == ["version", "change", "kind", "id", "url", "fields"]
        assert change["url"] == f"{PUBLIC_URL}{KINDS[change['kind']]}/{change['id']}"


@pytest.mark.long
def test_a_removed_item_is_410_with_the_version_that_removed_it(past: Past) -> None:
    last = {of(change): change for change in past.changes}
    versions = {number(version): version for version in past.states}
    gone = [change for change in last.values() if change["change"] == "removed"]
    assert {change["kind"] for change in gone} == set(KINDS)
    for change in gone:
        more = {"meeting": ["/readout"], "source": ["/text"]}.get(change["kind"], [])
        for address in [change["url"], *(change["url"] + part for part in more)]:
            detail = problem(past.served.get(address), 410, "gone")["detail"]
            assert change["id"] in detail and f"version {versions[change['version']]}." in detail


@pytest.mark.long
def test_an_item_that_is_removed_and_added_again_is_200(past: Past) -> None:
    back = {of(change) for change in past.changes if change["change"] == "removed"}
    back &= past.states[past.served.newest()].keys()
    assert len({kind for kind, _ in back}) > 3
    for kind, id in back:
        assert past.served.json(f"{KINDS[kind]}/{id}")["id"] == id


# Removed evidence.


@pytest.mark.long
def test_removed_evidence_is_410_with_its_record_and_version_until_it_is_back(past: Past) -> None:
    before: dict[str, Item] = {}
    removed: dict[str, tuple[Item, str]] = {}
    for version, items in past.states.items():
        after = evidence_of(items)
        removed |= {id: (before[id], version) for id in before.keys() - after.keys()}
        back = removed.keys() & after.keys()
        removed = {id: removed[id] for id in removed.keys() - back}
        before = after
    assert {kind for (kind, _), _ in removed.values()} == {"meeting", "agenda_item", "delegate", "agreement", "quote"}
    for id, (record, version) in removed.items():
        assert_removed(past.served, id, record, version)
    for id in before:
        assert past.served.json(f"/evidence/{id}")["id"] == id


def evidence_of(items: State) -> dict[str, Item]:
    """The record of each piece of evidence of some items, by its id."""
    return {evidence["id"]: record for record, item in items.items() for evidence in item.get("evidence", ())}


def assert_removed(served: Served, id: str, record: Item, version: str) -> None:
    """The response names the evidence, its record and the version, and has nothing else of it."""
    kind = record[0].replace("_", " ")
    response = problem(served.get(f"/evidence/{id}"), 410, "gone")
    assert response.keys() == {"type", "title", "status", "detail", "instance", "code"}
    assert response["detail"] == (
        f"The evidence `{id}` of {kind} `{record[1]}` was removed in dataset version {version}."
    )


def evidence_with(served: Served, words: str) -> Json:
    """The one piece of evidence of a quote that has some words."""
    (evidence,) = (each for each in served.walk(f"/evidence?record={CONGRESS}.doors") if each["words"] == words)
    return evidence


def test_evidence_of_a_removed_meeting_is_gone(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"), write_bare(tmp_path / "bare"))
    removed = evidence_of({of: item for of, item in state(served).items() if of[1].startswith("bare")})
    assert len(removed) == 9
    served.load(tmp_path / "congress", prune=True)
    assert served.json("/evidence?meeting=bare")["items"] == []
    for id, record in removed.items():
        assert_removed(served, id, record, served.newest())
    served.load(write_bare(tmp_path / "bare"))
    assert all(served.json(f"/evidence/{id}")["id"] == id for id in removed), "the meeting is back"
    assert query(served.database, "SELECT count(*) FROM removed_evidence") == [0]


def test_evidence_with_other_words_is_other_evidence_and_the_old_is_gone(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    old = evidence_with(served, "Roe said")
    other = CONGRESS_RECORD.replace("words: Roe said", "words: Roe said. The word of Rudolf")
    served.load(write_congress(tmp_path / "congress", other))
    new = evidence_with(served, "Roe said. The word of Rudolf")
    assert_removed(served, old["id"], ("quote", f"{CONGRESS}.doors"), served.newest())
    assert served.json(f"/evidence/{new['id']}") == new
    served.load(write_congress(tmp_path / "congress"))
    assert served.json(f"/evidence/{old['id']}") == {**old, "changed_in": 3}
    assert_removed(served, new["id"], ("quote", f"{CONGRESS}.doors"), served.newest())


def test_evidence_of_a_removed_quote_is_gone(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    removed = served.ids(f"/evidence?record={CONGRESS}.mood")
    begin, end = (CONGRESS_RECORD.index(f"  - {{id: {id}") for id in ("mood", "stays-away"))
    served.load(write_congress(tmp_path / "congress", CONGRESS_RECORD[:begin] + CONGRESS_RECORD[end:]))
    problem(served.get(f"/quotes/{CONGRESS}.mood"), 410, "gone")
    assert len(removed) == 2
    for id in removed:
        assert_removed(served, id, ("quote", f"{CONGRESS}.mood"), served.newest())


def test_evidence_whose_words_were_corrected_in_the_article_is_not_gone(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    old = evidence_with(served, "Roe said")
    folder = write_congress(tmp_path / "congress", CONGRESS_RECORD.replace("words: Roe said", "words: Roe says"))
    article = folder / "gazette.txt"
    article.write_bytes(article.read_bytes().replace(b"Roe said", b"Roe says"))
    served.load(folder)
    assert served.json(f"/evidence/{old['id']}")["words"] == "Roe says"
    assert query(served.database, "SELECT count(*) FROM removed_evidence") == [0]


@pytest.mark.parametrize("id", [f"{CONGRESS}.doors.000000000000", f"{CONGRESS}.doors", "nothing"])
def test_evidence_that_never_was_is_404(serve: Serve, tmp_path: Path, id: str) -> None:
    served = serve(write_congress(tmp_path / "congress"), write_bare(tmp_path / "bare"))
    served.load(write_bare(tmp_path / "bare"), prune=True)
    problem(served.get(f"/evidence/{id}"), 404, "not_found")


# As a list.


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_a_walk_of_any_page_size_is_all_changes(past: Past, limit: int) -> None:
    since = list(past.states)[-10]
    changes = [change for change in past.changes if change["version"] > number(since)]
    assert past.served.walk(f"/changes?since={since}&limit={limit}") == changes
    page = past.served.json(f"/changes?since={since}&limit={limit}")
    assert page["total"] == {"value": len(changes), "relation": "eq"}


def test_after_the_newest_version_there_is_nothing(past: Past) -> None:
    page = past.served.json(f"/changes?since={past.served.newest()}")
    assert page == {"items": [], "total": {"value": 0, "relation": "eq"}, "next": None}


def test_a_page_takes_at_most_5_statements_and_one_for_its_cursor(past: Past) -> None:
    since = list(past.states)[5]
    next_page = past.served.json(f"/changes?since={since}&limit=1")["next"]
    for address, most in ((f"/changes?since={since}&limit=100", 5), (next_page, 6)):
        with past.served.statements() as sent:
            past.served.json(address)
        assert 3 <= len(sent) <= most


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("since=1-00000000", "invalid_parameter", "since"),
        *((f"since={value}", "invalid_parameter", "since") for value in ("", "1", "-1", "1-", "now", "00")),
        ("since=0&since=0", "invalid_parameter", "since"),
        *((f"limit={value}", "invalid_parameter", "limit") for value in ("0", "101", "x")),
        *((f"cursor={value}", "invalid_cursor", "cursor") for value in ("x", "W10", "🕊")),
        *((f"{name}=0", "unknown_parameter", name) for name in ("sort", "id", "changed_since", "kind")),
    ],
)
def test_invalid_parameters_are_422(served: Served, query: str, code: str, parameter: str) -> None:
    (error,) = problem(served.get(f"/changes?{query}"), 422, code)["errors"]
    assert error["parameter"] == parameter


def test_a_version_that_this_database_never_had_says_to_start_from_0(served: Served) -> None:
    (error,) = problem(served.get("/changes?since=1-00000000"), 422, "invalid_parameter")["errors"]
    assert "from 0" in error["message"] and error["suggestion"] == "0"


def test_a_cursor_is_bound_to_since_and_not_to_limit(past: Past) -> None:
    since, other = list(past.states)[:2]
    next_url = past.served.json(f"/changes?since={since}&limit=2")["next"]
    whole = [change for change in past.changes if change["version"] > number(since)]
    assert past.served.json(next_url.replace("limit=2", "limit=50"))["items"] == whole[2:52]
    problem(past.served.get(next_url.replace(since, other)), 422, "invalid_cursor")
    problem(
        past.served.get(next_url.replace("/changes", "/quotes").replace("since", "changed_since")),
        422,
        "invalid_cursor",
    )


def test_a_cursor_of_a_database_that_another_replaced_says_to_start_from_0(
    serve: Serve, databases: Databases, tmp_path: Path
) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    next_url = served.json("/changes?limit=2")["next"]
    with serving(databases.loaded(write_bare(tmp_path / "bare"))) as elsewhere:
        (error,) = problem(elsewhere.get(next_url), 422, "invalid_cursor")["errors"]
    assert "from 0" in error["message"]


@pytest.mark.parametrize("position", [[2**40, "", 1], [1, "x", 1], [-1, "", -1]], ids=str)
def test_a_cursor_that_next_did_not_give_is_refused(served: Served, position: Any) -> None:
    problem(served.get(f"/changes?cursor={encode_cursor('/changes 0', position)}"), 422, "invalid_cursor")


@pytest.mark.parametrize("key", [0, 2**31 - 1])
def test_a_position_that_no_change_has_is_refused(served: Served, key: int) -> None:
    version = served.json("/dataset")
    position = [int(version["version"].split("-")[0]), version["digest"], key]
    problem(served.get(f"/changes?cursor={encode_cursor('/changes 0', position)}"), 422, "invalid_cursor")
