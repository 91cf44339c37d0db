"""Dataset versions: what they are named, and which item a load moves to which."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.api.conftest import Changing, Serve, World
from tests.api.oracle import LISTS
from tests.api.serving import Json, Served, problem, serving
from tests.api.world import CONGRESS, CONGRESS_RECORD, PLANS, RIYADH, write_bare, write_congress, write_plan
from tests.databases import Databases, load_records

FROM_THE_DATASET = [*LISTS, *(f"{path}/nobody" for path in LISTS), "/dataset", "/readyz", f"/meetings/{RIYADH}/readout"]


@pytest.mark.parametrize(
    "address", [*FROM_THE_DATASET, "/sources/gazette/text", "/sources/wire/text", "/quotes?cursor=x"]
)
def test_every_response_from_the_dataset_names_its_version(served: Served, world: World, address: str) -> None:
    assert served.get(address).headers["Readout-Dataset"] == world.versions[-1]


def test_a_version_is_the_number_of_loads_and_the_digests_beginning(served: Served, world: World) -> None:
    dataset = served.json("/dataset")
    assert re.fullmatch("[0-9a-f]{64}", dataset["digest"])
    assert dataset["version"] == f"3-{dataset['digest'][:8]}" == world.versions[-1]


def test_the_dataset_tells_its_load_counts_licence_and_contact(served: Served) -> None:
    dataset = served.json("/dataset")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", dataset["loaded_at"]), "RFC 3339 in UTC"
    assert dataset["counts"] == {path[1:]: len(served.all(path)) for path in LISTS}
    assert (dataset["licence"], dataset["contact"]) == ("CC0-1.0", "facts@example.org")


def test_licence_and_contact_are_null_where_not_set(serve: Serve, world: World) -> None:
    served = serve(of=world.database)
    with serving(served.database, licence="", contact="") as empty:
        for dataset in (served.json("/dataset"), empty.json("/dataset")):
            assert dataset["licence"] is dataset["contact"] is None


def test_the_digest_is_the_same_whatever_order_records_were_loaded_in(databases: Databases, tmp_path: Path) -> None:
    folders = [
        write_congress(tmp_path / "congress"),
        write_bare(tmp_path / "bare"),
        write_plan(tmp_path / "plan", PLANS[0]),
    ]
    versions = []
    for order in ([0, 1, 2], [2, 0, 1]):
        database = databases.migrated()
        versions += [load_records(database, folders[place]).version for place in order][-1:]
    assert versions[0] == versions[1]


def test_a_load_that_changes_nothing_makes_no_version(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    before = served.get("/meetings")
    served.load(tmp_path / "congress")
    assert served.get("/meetings").headers["Readout-Dataset"] == before.headers["Readout-Dataset"]
    assert served.get("/meetings").json() == before.json()


JANE_HEAD = "{person: jane-roe, party: uto, title: Foreign Minister, role: head"

AGENDA = CONGRESS_RECORD.partition("  agenda:\n")[2].partition("delegates:\n")[0]
VISAS, EMBASSIES = AGENDA.splitlines(keepends=True)[0], "".join(AGENDA.splitlines(keepends=True)[1:])

MOVES = {
    "an own field": (JANE_HEAD, JANE_HEAD.replace("head", "member"), {f"/delegates/{CONGRESS}.jane-roe"}),
    "a label": ("title: Drop visas", "title: No visas", {f"/agreements/{CONGRESS}.visas"}),
    "a topic": ("topics: [trade, embassies]", "topics: [trade]", {f"/meetings/{CONGRESS}"}),
    "an agenda item": (
        "title: Visas, outcome: discussed",
        "title: Visas, outcome: deferred",
        {f"/meetings/{CONGRESS}", f"/agenda/{CONGRESS}.visas"},
    ),
    "the order of the agenda": (
        VISAS + EMBASSIES,
        EMBASSIES + VISAS,
        {f"/meetings/{CONGRESS}"},
    ),
    "an id it refers to": (
        "form: reported, parties: [uto, rur], agenda: embassies",
        "form: reported, parties: [uto, rur], agenda: visas",
        {f"/agreements/{CONGRESS}.embassies", f"/agenda/{CONGRESS}.embassies", f"/agenda/{CONGRESS}.visas"},
    ),
    "its evidence": (
        "inferred: She was seen on a screen.",
        "inferred: She spoke from a screen.",
        {f"/delegates/{CONGRESS}.jane-roe"},
    ),
    "a name, of which references hold copies": ("name: Ann Speaker}", "name: Speaker}", {"/people/ann-speaker"}),
    "a title, of which references hold copies": (
        "title: Congress of Vienna",
        "title: The Congress",
        {f"/meetings/{CONGRESS}"},
    ),
    "a person's other names": ("other_names: [J. Roe]", "other_names: [J. Roe, Ms Roe]", {"/people/jane-roe"}),
    "a wikidata id": ("wikidata: Q7}", "wikidata: Q77}", {"/parties/uto"}),
    "a source's licence": ("licence: CC0-1.0", "licence: null", {"/sources/gazette"}),
    "a part that takes counts and a speaker's delegate with it": (
        "- {id: a-chair, person: jane-roe, party: league",
        "- {id: z-chair, person: jane-roe, party: league",
        {f"/delegates/{CONGRESS}.z-chair"},
    ),
}


@pytest.mark.parametrize(("before", "after", "moved"), MOVES.values(), ids=MOVES)
def test_changed_in_moves_for_what_is_the_items_own_and_for_nothing_else(
    changing: Changing, before: str, after: str, moved: set[str]
) -> None:
    assert CONGRESS_RECORD.count(before) == 1
    changing.served.load(write_congress(changing.folder / "congress"))
    first = everything(changing.served)
    version = changing.served.load(
        write_congress(changing.folder / "congress", CONGRESS_RECORD.replace(before, after))
    ).version
    items = everything(changing.served)
    newest = {address for address, item in items.items() if item["changed_in"] == int(version.split("-")[0])}
    assert {address for address in newest if not address.startswith("/evidence")} == moved
    assert newest - moved == items.keys() - first.keys() - moved, "evidence moves when it is new"


def everything(served: Served) -> dict[str, Json]:
    """All items by their own address."""
    items = [(path, item) for path in LISTS for item in served.walk(f"{path}?limit=100")]
    return {f"{path}/{item['id']}": item for path, item in items}


def test_evidence_keeps_its_id_as_long_as_the_fact_does(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    first = {evidence["id"] for evidence in served.walk("/evidence?limit=100")}
    record = CONGRESS_RECORD.replace("title: Foreign Minister, role: head", "title: Foreign Minister, role: adviser")
    served.load(write_congress(tmp_path / "congress", record.replace("title: Visas,", "title: On visas,")))
    assert {evidence["id"] for evidence in served.walk("/evidence?limit=100")} == first


def test_a_changed_source_moves_the_evidence_that_shows_it(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    record = CONGRESS_RECORD.replace('url: "https://wire.example/1"', 'url: "https://wire.example/2"')
    served.load(write_congress(tmp_path / "congress", record))
    assert {evidence["changed_in"] for evidence in served.walk("/evidence?source=wire")} == {2}
    assert {evidence["changed_in"] for evidence in served.walk("/evidence?source=gazette")} == {1}


def test_a_removed_item_is_not_found_and_references_to_it_are_gone(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"), write_bare(tmp_path / "bare"))
    served.load(tmp_path / "bare", prune=True)
    assert served.ids("/meetings") == ["bare"]
    assert served.ids("/people") == served.ids("/parties") == []
    assert served.json("/dataset")["version"].startswith("2-")
    assert served.ids("/evidence?changed_since=" + served.json("/dataset")["version"]) == []


def test_a_version_is_this_databases_own(serve: Serve, databases: Databases, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    other = databases.migrated()
    version = load_records(other, write_bare(tmp_path / "bare")).version
    with serving(other) as elsewhere:
        assert elsewhere.ids(f"/meetings?changed_since={version}") == []
    problem(served.get(f"/meetings?changed_since={version}"), 422, "invalid_parameter")


def test_the_hash_of_a_text_is_of_the_utf_8_that_is_served(served: Served) -> None:
    for source in served.all("/sources"):
        if source["text_url"]:
            assert sha256(served.get(source["text_url"]).content).hexdigest() == source["sha256"]
