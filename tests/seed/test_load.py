"""Loads are atomic, write only the rows that differ, and merge several datasets into one."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.db.engines import reading_engine, writing_engine
from app.db.snapshots import snapshot
from seed.dataset.dataset import Dataset
from seed.store.load import load
from seed.store.load_report import LoadReport
from seed.store.verify import verify
from tests.amounts import RANDOM_DATASETS
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import Databases, Kind, dump, query, try_to_load
from tests.seed.samples import ARTICLE, RECORD, SMALL_ARTICLE, Change, changed, small

NOTE = "{id: ID-note, file: article.txt, title: A note, language: en}"
UTO = "{id: uto, kind: state, name: Utopia}"
ROE = "{id: jane-roe, name: Jane Roe}"
NO_PARTIES = (f"parties:\n  - {UTO}\n", "")
DESCRIBES: list[Change] = [NO_PARTIES, ("parties: [uto]", "parties: [{described: Utopia}]")]
OPENING = """\
    - id: opening
      title: When to open
      outcome: open
      evidence:
        - {says: outcome, words: a date is still open}
"""
DOORS = """\
  - id: doors
    speakers: [jane-roe]
    kind: direct
    text: We will open our doors again
    evidence:
      - {says: speakers, words: Roe said}
"""
UTO_TAKES_PART = """\
delegates:
  - person: uto
    role: head
    evidence:
      - {says: [person, role], words: Utopia}
"""
SHARED = "{id: shared, file: article.txt, title: A note, language: en}"
SOURCE = "    access: full\n"

LOG = (
    "SELECT change, kind, id, fields FROM change WHERE version = (SELECT max(number) FROM dataset_version) ORDER BY key"
)
STAMPED = " UNION ALL ".join(
    f"SELECT '{table}', id, changed_in FROM {table}"
    for table in ("meeting", "delegate", "agreement", "quote", "person", "party", "source", "evidence", "agenda_item")
)


def digest(url: str) -> str:
    return str(query(url, "SELECT digest FROM dataset_version ORDER BY number DESC LIMIT 1")[0])


def log(url: str) -> list[tuple[str, str, str, list[str]]]:
    """The entries of the change log for the newest version."""
    return [(change, kind, id, json.loads(fields)) for change, kind, id, fields in query(url, LOG)]


def differences(url: str) -> list[str]:
    """The differences that `verify` finds."""
    engine = reading_engine(url)
    found = verify(engine).differences
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def template(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory, write_record: WriteRecord) -> Iterator[str]:
    """A database with the sample record, to be copied."""
    with database_kind.databases() as databases:
        yield databases.loaded(write_record(tmp_path_factory.mktemp("load") / "vienna", RECORD, ARTICLE))


@pytest.fixture
def stored(template: str, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database with the sample record, as READOUT_DATABASE_URL has it."""
    url = databases.copy(template)
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


@pytest.fixture
def vienna(tmp_path: Path, write_record: WriteRecord, stored: str) -> Path:
    """The folder of the sample record, which is stored."""
    return write_record(tmp_path / "data/vienna", RECORD, ARTICLE)


@pytest.fixture
def put(tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str) -> Callable[..., Any]:
    """Write small records, `put("data/a", *changes)`, each with its own article; nothing is loaded."""

    def write(folder: str, *changes: Change, article: str | None = SMALL_ARTICLE) -> Path:
        return write_record(tmp_path / folder, small(Path(folder).name, *changes), article)

    return write


def test_the_first_load_adds_and_reports_everything(vienna: Path, stored: str, readout: Readout) -> None:
    version = f"1-{digest(stored)[:8]}"
    ran = readout("load", vienna.parent)
    assert ran.out == f"1 meeting proved; nothing changed: dataset version {version}\n"
    assert log(stored) == [
        ("added", "party", "uto", []),
        ("added", "party", "rur", []),
        ("added", "person", "jane-roe", []),
        ("added", "source", "gazette", []),
        ("added", "meeting", "vienna", []),
        ("added", "agenda_item", "vienna.opening", []),
        ("added", "delegate", "vienna.jane-roe", []),
        ("added", "delegate", "vienna.officials", []),
        ("added", "agreement", "vienna.embassies", []),
        ("added", "quote", "vienna.doors", []),
        ("added", "quote", "vienna.mood", []),
        ("added", "quote", "vienna.date", []),
    ]
    assert {changed_in for _, _, changed_in in query(stored, STAMPED)} == {1}
    assert differences(stored) == []


def test_a_load_into_an_empty_database_is_reported_line_by_line(
    tmp_path: Path, write_record: WriteRecord, database: str, readout: Readout
) -> None:
    before, folder = dump(database), write_record(tmp_path / "vienna", RECORD, ARTICLE)
    dry = readout("load", "--dry-run", folder)
    assert dry.status == 0 and dump(database) == before
    ran = readout("load", folder)
    assert dry.out.splitlines() == [*ran.out.splitlines()[:-1], "1 meeting proved; a dry run: nothing was stored"]
    assert ran.err == "" and ran.out.splitlines() == [
        "parties",
        "  + uto",
        "  + rur",
        "people",
        "  + jane-roe",
        "sources",
        "  + gazette",
        "meetings",
        "  + vienna (1 agenda item, 2 delegates, 1 agreement, 3 quotes)",
        f"1 meeting proved and stored: dataset version 1-{digest(database)[:8]}",
    ]


def test_the_same_load_twice_changes_nothing(vienna: Path, stored: str, readout: Readout) -> None:
    whole, stamp = dump(stored), query(stored, "SELECT loaded_at FROM dataset_version")
    (vienna / "record.yaml").write_text("# a comment changes nothing\n" + RECORD.replace("[uto, rur]", "[ uto,rur ]"))
    for _ in range(2):
        assert "nothing changed" in readout("load", vienna.parent).out
    assert dump(stored) == whole
    assert query(stored, "SELECT loaded_at FROM dataset_version") == stamp


M, G, D, A, Q = (f"vienna{suffix}" for suffix in ("", ".opening", ".jane-roe", ".embassies", ".doors"))
CHANGES: dict[str, tuple[list[Change], list[tuple[str, str, str, list[str]]]]] = {
    "a label": ([("title: Utopia–Ruritania talks", "title: The talks")], [("changed", "meeting", M, ["title"])]),
    "a summary": ([("topics: [peace]", "topics: [peace]\n  summary: So.")], [("changed", "meeting", M, ["summary"])]),
    "a reviewer": ([("on: 2024-05-07", "on: 2024-05-08")], [("changed", "meeting", M, ["reviewed_by"])]),
    "no reviewer": (
        [("reviewed_by: [{name: Ana Ito, on: 2024-05-07}]\n", "")],
        [("changed", "meeting", M, ["reviewed_by"])],
    ),
    "topics": ([("topics: [peace]", "topics: [war, peace]")], [("changed", "meeting", M, ["topics"])]),
    "a date": (
        [("start_date: 2024-05-06", "start_date: 2024")],
        [("changed", "meeting", M, ["date_precision", "first_day", "last_day", "start_date"])],
    ),
    "a place": ([("country: AUT", "country: null")], [("changed", "meeting", M, ["place"])]),
    "a duration": ([("{value: PT2H}", "{value: PT2H, approximate: true}")], [("changed", "meeting", M, ["duration"])]),
    "an end": (
        [
            ("duration: {value: PT2H}", "mode: in_person"),
            ("{says: duration, words: for two hours}", "{says: mode, inferred: So.}"),
        ],
        [("changed", "meeting", M, ["duration", "evidence", "mode"])],
    ),
    "a role": (
        [("[uto, rur]\n  topics", "[uto, {party: rur, role: observer}]\n  topics")],
        [("changed", "meeting", M, ["parties"])],
    ),
    "the order of actors": (
        [("[uto, rur]\n  topics", "[rur, uto]\n  topics")],
        [("changed", "meeting", M, ["parties"])],
    ),
    "an agenda item": (
        [("outcome: open", "outcome: deferred")],
        [("changed", "meeting", M, ["agenda"]), ("changed", "agenda_item", G, ["outcome"])],
    ),
    "an agenda item's topics": (
        [("      outcome: open\n", "      outcome: open\n      topics: [doors]\n")],
        [("changed", "agenda_item", G, ["topics"])],
    ),
    "an agenda item before another": (
        [
            (
                "  agenda:\n",
                "  agenda:\n    - {id: end, title: End, outcome: open, evidence: [{says: outcome, inferred: So.}]}\n",
            )
        ],
        [("changed", "meeting", M, ["agenda"]), ("added", "agenda_item", "vienna.end", [])],
    ),
    "an agreement's agenda item": (
        [("    agenda: opening\n", "")],
        [("changed", "agenda_item", G, ["agreements"]), ("changed", "agreement", A, ["agenda"])],
    ),
    "an agenda item's evidence": (
        [("words: a date is still open", "words: date is still open")],
        [("changed", "meeting", M, ["agenda"]), ("changed", "agenda_item", G, ["evidence"])],
    ),
    "an agenda item's id": (
        [("id: opening", "id: closing"), ("agenda: opening", "agenda: closing")],
        [
            ("changed", "meeting", M, ["agenda"]),
            ("added", "agenda_item", "vienna.closing", []),
            ("changed", "agreement", A, ["agenda"]),
            ("removed", "agenda_item", G, []),
        ],
    ),
    "an agenda item that goes": (
        [
            (
                OPENING,
                "    []\n",
            ),
            ("    agenda: opening\n", ""),
        ],
        [
            ("changed", "meeting", M, ["agenda"]),
            ("changed", "agreement", A, ["agenda"]),
            ("removed", "agenda_item", G, []),
        ],
    ),
    "words of evidence": ([("words: for two hours", "words: two hours")], [("changed", "meeting", M, ["evidence"])]),
    "a reason": ([("Two delegations.", "Two of them.")], [("changed", "meeting", M, ["evidence"])]),
    "what an entry says": (
        [
            ("says: [status, parties]", "says: [status, parties, format]"),
            ("    - {says: format, inferred: Two delegations.}\n", ""),
        ],
        [("changed", "meeting", M, ["evidence"])],
    ),
    "a delegate": ([("role: head", "role: member")], [("changed", "delegate", D, ["role"])]),
    "a delegate's title": (
        [("title: Foreign Minister\n    role", "title: Minister\n    role")],
        [("changed", "delegate", D, ["title"])],
    ),
    "a delegate's id": (
        [("  - id: officials", "  - id: staff")],
        [("added", "delegate", "vienna.staff", []), ("removed", "delegate", "vienna.officials", [])],
    ),
    "an agreement": ([("commitment: agreed", "commitment: pledged")], [("changed", "agreement", A, ["commitment"])]),
    "a text": (
        [("text: The two sides agreed", "text: two sides agreed")],
        [("changed", "agreement", A, ["evidence", "text"])],
    ),
    "a kind of quote": ([("kind: direct", "kind: partial")], [("changed", "quote", Q, ["kind"])]),
    "a speaker": (
        [("[jane-roe]\n    kind: direct", "[{described: Roe said}]\n    kind: direct")],
        [("changed", "quote", Q, ["speakers"])],
    ),
    "a quote that goes": (
        [
            (
                DOORS,
                "",
            )
        ],
        [("removed", "quote", Q, [])],
    ),
    "a party's country": ([("country: SUN", "country: DDR")], [("changed", "party", "uto", ["country"])]),
    "a party's other names": (
        [("other_names: [Utopian]", "other_names: [Utopian, U.]")],
        [("changed", "party", "uto", ["other_names"])],
    ),
    "a person's name": ([(ROE, "{id: jane-roe, name: Jane A. Roe}")], [("changed", "person", "jane-roe", ["name"])]),
    "a source's title": (
        [("title: Utopia and Ruritania meet in Vienna", "title: A title")],
        [("changed", "source", "gazette", ["title"])],
    ),
    "a source's address": (
        [(SOURCE, SOURCE + "    url: http://a.org\n")],
        [("changed", "source", "gazette", ["source_url"])],
    ),
    "a source's issuer": (
        [(SOURCE, SOURCE + "    issued_by: [uto]\n")],
        [("changed", "source", "gazette", ["issued_by"])],
    ),
    "a source's cites": ([(SOURCE, SOURCE + "    cites: [Reuters]\n")], [("changed", "source", "gazette", ["cites"])]),
    "a source's access": ([(SOURCE, "")], [("changed", "source", "gazette", ["access", "text_url"])]),
    "a party more": (
        [
            ("parties:\n  - {id: uto", "parties:\n  - {id: eur, kind: fund, name: Utopia}\n  - {id: uto"),
            ("[uto, rur]\n  topics", "[uto, rur, eur]\n  topics"),
        ],
        [("added", "party", "eur", []), ("changed", "meeting", M, ["parties"])],
    ),
    "where the reviewer's hash is given": ([(SOURCE, SOURCE + "    quotation_marks: double\n")], []),
}


CHANGES_OF_SEVERAL_TABLES = [
    "an agenda item's topics",
    "an agenda item before another",
    "an agenda item that goes",
    "a delegate's id",
    "a quote that goes",
    "a party more",
    "a source's issuer",
    "where the reviewer's hash is given",
]
"""Changes that differ in the tables in which they insert, update or delete rows."""


@pytest.mark.sqlite
@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_record_changes_just_its_rows_and_logs_their_fields(
    what: str, vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    changes, logged = CHANGES[what]
    before = {(table, id): changed_in for table, id, changed_in in query(stored, STAMPED)}
    write_record(vienna, changed(RECORD, *changes))
    assert readout("load", vienna.parent).status == 0
    assert (log(stored) if query(stored, "SELECT max(number) FROM dataset_version") == [2] else []) == logged
    after = {(table, id): changed_in for table, id, changed_in in query(stored, STAMPED)}
    stamped = {key for key, changed_in in after.items() if changed_in == 2 and key[0] != "evidence"}
    assert stamped == {(kind, id) for change, kind, id, _ in logged if change != "removed"}
    shows_text = any(set(fields) & {"source_url", "access", "sha256"} for _, _, _, fields in logged)
    for (table, id), changed_in in after.items():
        if table == "evidence" and not shows_text:
            assert changed_in == before.get((table, id), 2), "evidence keeps its id and its version as long as the fact"
    assert differences(stored) == []


COPIES = "SELECT date_ascending, date_descending, last_day FROM {}"
PARTS = ("agenda_item", "delegate", "agreement", "quote", "evidence")


def dated(**dates: str) -> str:
    """The sample with other dates, which are inferred."""
    facts = [f"{name}: {date}" for name, date in dates.items()]
    evidence = [f"    - {{says: [{', '.join(dates)}], inferred: So.}}"] if dates else []
    return changed(
        RECORD,
        ("  start_date: 2024-05-06\n", "".join(f"  {fact}\n" for fact in facts)),
        ("[place, start_date]", "place"),
        ("    - {says: format,", "\n".join([*evidence, "    - {says: format,"])),
    )


@pytest.mark.parametrize(
    ("record", "copies"),
    [
        (dated(start_date="2023-12-31", end_date="2024-01"), ("2023-12-31", "2023-12-31", "2024-01-31")),
        (dated(start_date="2024-02"), ("2024-02-01", "2024-02-01", "2024-02-29")),
        (dated(), ("9999-99-99", "", None)),
    ],
)
def test_the_date_of_a_meeting_is_copied_to_its_parts_which_do_not_change(
    record: str, copies: Any, vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    before = {row for row in query(stored, STAMPED) if row[0] != "meeting"}
    write_record(vienna, record)
    assert readout("load", vienna.parent).status == 0
    assert {row for part in PARTS for row in query(stored, COPIES.format(part))} == {copies}
    assert [(kind, id) for _, kind, id, _ in log(stored)] == [("meeting", "vienna")]
    gone = before - set(query(stored, STAMPED))
    assert {kind for kind, *_ in gone} <= {"evidence"} and len(gone) == 1, "the evidence of the date"
    assert differences(stored) == []


def test_the_country_status_and_format_of_a_meeting_are_copied_to_its_items_which_do_not_change(
    vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    changes = [
        ("country: AUT", "country: null"),
        ("format: bilateral", "format: mediated"),
        ("status: held", "status: ongoing"),
    ]
    write_record(vienna, changed(RECORD, *changes))
    assert readout("load", vienna.parent).status == 0
    copies = "SELECT meeting_country, meeting_status, meeting_format FROM {}"
    items = ("agenda_item", "delegate", "agreement", "quote")
    assert {row for item in items for row in query(stored, copies.format(item))} == {(None, "ongoing", "mediated")}
    assert [(kind, id) for _, kind, id, _ in log(stored)] == [("meeting", "vienna")]
    assert differences(stored) == []


SEVERAL_ARTICLES = """\
status: reviewed
sources:
  - {id: one, file: one.txt, title: One, language: en}
  - {id: two, file: two.txt, title: Two, language: en}
  - {id: six, file: six.txt, title: Six, language: en}
meeting:
  {id: linz, title: Talks, status: held, format: bilateral, parties: [{described: Both}],
   evidence: [{says: [status, format, parties], words: Both met}], agenda: [
   {id: a, title: A, outcome: open, evidence: [{says: outcome, words: not closed, source: six}]},
   {id: b, title: B, outcome: open, evidence: [{says: outcome, words: not closed, source: two}]},
   {id: c, title: C, outcome: open, evidence: [
      {says: outcome, words: still open, source: six}, {says: outcome, words: was open}]},
   {id: d, title: D, outcome: open, evidence: [{says: outcome, words: to be seen}]},
   {id: e, title: E, outcome: open, evidence: [{says: outcome, inferred: So.}]}]}
"""


def test_places_follow_the_order_of_the_articles_without_a_change_of_their_items(
    tmp_path: Path, database: str, readout: Readout, write_record: WriteRecord
) -> None:
    folder = write_record(tmp_path / "linz", SEVERAL_ARTICLES)
    texts = {
        "one": "Both met. That is to be seen, and this was open.",
        "two": "It was not closed.",
        "six": "It was not closed, and is still open.",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    by_place = "SELECT id FROM agenda_item ORDER BY place, id"
    assert readout("load", folder).status == 0
    assert query(database, by_place) == ["linz.d", "linz.c", "linz.b", "linz.a", "linz.e"]
    two, six = (line for line in SEVERAL_ARTICLES.splitlines() if line.startswith(("  - {id: two", "  - {id: six")))
    write_record(folder, changed(SEVERAL_ARTICLES, (f"{two}\n{six}", f"{six}\n{two}")))
    assert readout("load", folder).status == 0
    assert query(database, by_place) == ["linz.d", "linz.c", "linz.a", "linz.b", "linz.e"]
    assert log(database) == [("changed", "meeting", "linz", ["sources"])]
    assert set(query(database, "SELECT changed_in FROM evidence")) == {1}
    assert differences(database) == []


@pytest.mark.postgresql
@pytest.mark.parametrize("what", CHANGES_OF_SEVERAL_TABLES)
def test_a_changed_record_changes_just_its_rows_on_a_server_too(
    what: str, vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    test_a_changed_record_changes_just_its_rows_and_logs_their_fields(what, vienna, stored, readout, write_record)


@pytest.mark.parametrize("what", CHANGES_OF_SEVERAL_TABLES)
def test_a_dry_run_stores_nothing_and_reports_what_the_load_reports(
    what: str, vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    write_record(vienna, changed(RECORD, *CHANGES[what][0]))
    before = dump(stored)
    dry = readout("load", vienna.parent, "--dry-run")
    assert dump(stored) == before
    ran = readout("load", vienna.parent)
    assert ran.status == dry.status == 0 and ran.out.splitlines()[:-1] == dry.out.splitlines()[:-1]
    assert dry.out.endswith("a dry run: nothing was stored\n") or dry.out == ran.out
    assert "nothing changed" in readout("load", vienna.parent).out


def test_changes_are_reported_field_by_field(
    vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    changes = [
        ("outcome: open", "outcome: discussed"),
        ("topics: [peace]", "topics: [peace, war]\n  summary: In short."),
        ("words: for two hours", "words: two hours"),
        ("commitment: agreed", "commitment: in_principle"),
        ("[uto, rur]\n  topics", "[uto]\n  topics"),
        ("text: frank and friendly", "text: frank and"),
        (", country: SUN", ""),
        ("  - id: officials", "  - id: staff"),
        ("[{name: Ana Ito, on: 2024-05-07}]", "[{name: Ana Ito, on: 2024-05-07}, {name: Ben Sato, on: 2024-06}]"),
    ]
    write_record(vienna, changed(RECORD, *changes))
    lines = readout("load", vienna.parent).out.splitlines()
    assert lines[lines.index("parties") : -1] == [  # below a warning
        "parties",
        "  ~ uto",
        "      country: SUN → nothing",
        "meetings",
        "  ~ vienna",
        "      agenda",
        "      evidence: for two hours → two hours",
        "      parties: uto | rur → uto",
        "      reviewed_by: Ana Ito (2024-05-07) → Ana Ito (2024-05-07) | Ben Sato (2024-06)",
        "      summary: nothing → In short.",
        "      topics: peace → peace | war",
        "      - delegate officials",
        "      ~ agenda item opening",
        "          outcome: open → discussed",
        "      ~ agreement embassies",
        "          commitment: agreed → in_principle",
        "      ~ quote mood",
        "          evidence: frank and friendly → frank and",
        "          text: frank and friendly → frank and",
        "      + delegate staff",
    ]


def test_a_changed_text_moves_the_evidence(
    vienna: Path, stored: str, readout: Readout, write_record: WriteRecord
) -> None:
    write_record(vienna, RECORD, "A new first line.\n\n" + ARTICLE)
    assert readout("load", vienna.parent).status == 0
    assert ("changed", "source", "gazette", ["length", "sha256"]) in [
        (change, kind, id, sorted({*fields, "length"})) for change, kind, id, fields in log(stored)
    ]
    assert differences(stored) == []


def test_prune_removes_the_meetings_that_the_paths_do_not_contain(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("data/a", (UTO, "{id: uto, kind: state, name: Utopia, other_names: [They]}"))
    put("data/b", ("title: Talks", "title: Talks\n  topics: [rare]"))
    put("other/c", *DESCRIBES)
    assert readout("load", tmp_path / "data", tmp_path / "other").status == 0
    shutil.rmtree(tmp_path / "data/b")
    assert "nothing changed" in readout("load", tmp_path / "data").out
    assert "  - b (0 agenda items, 1 delegate" in readout("load", tmp_path / "data", "--prune", "--dry-run").out
    ran = readout("load", tmp_path / "data", tmp_path / "other", "--prune")
    assert ran.out.splitlines()[:-1] == [
        "sources",
        "  - b-note",
        "meetings",
        "  - b (0 agenda items, 1 delegate, 0 agreements, 0 quotes)",
    ]
    assert query(database, "SELECT id FROM meeting ORDER BY id") == ["a", "c"]
    assert query(database, "SELECT id FROM topic") == []
    assert log(database) == [
        ("removed", "delegate", "b.jane-roe", []),
        ("removed", "meeting", "b", []),
        ("removed", "source", "b-note", []),
    ]
    assert differences(database) == []


def test_prune_is_refused_with_a_records_folder(vienna: Path, stored: str, readout: Readout) -> None:
    before = dump(stored)
    ran = readout("load", vienna, "--prune")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"readout: --prune takes datasets only, and {vienna} is a record's folder.\n"
    assert dump(stored) == before


def test_a_meeting_that_is_removed_and_added_again_is_as_before(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("data/a")
    put("data/b")
    readout("load", tmp_path / "data")
    first = digest(database)
    (tmp_path / "data/b").rename(tmp_path / "b")
    readout("load", tmp_path / "data", "--prune")
    assert digest(database) != first
    (tmp_path / "b").rename(tmp_path / "data/b")
    readout("load", tmp_path / "data", "--prune")
    assert digest(database) == first and differences(database) == []


ORDERS: list[list[list[str]]] = [
    [["one", "two"]],
    [["two", "one"]],
    [["one"], ["two"]],
    [["two"], ["one"]],
    [["one"], ["two"], ["one"]],
    [["one/a"], ["one/b"], ["two/c"]],
    [["two/c"], ["one/a"], ["one/b"]],
    [["one/a"], ["one"], ["two"]],
]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_datasets_loaded_one_after_the_other_are_one_in_any_order(
    order: list[list[str]],
    put: Callable[..., Path],
    database: str,
    databases: Databases,
    readout: Readout,
    tmp_path: Path,
) -> None:
    put("one/a", (UTO, "{id: uto, kind: state, name: Utopia, other_names: [They, U.]}"))
    put("one/b", (UTO, "{id: uto, kind: state, name: Utopia, country: SUN}"), (NOTE, "a-note"), article=None)
    put("two/c", (UTO, "{id: uto, kind: state, name: Utopia, other_names: [Them, They], wikidata: Q5}"))
    for paths in order:
        assert readout("load", *(tmp_path / path for path in paths)).status == 0
    assert query(database, "SELECT other_names, country, wikidata FROM party") == [
        ('["Them", "They", "U."]', "SUN", "Q5")
    ]
    assert differences(database) == []
    at_once = databases.loaded(tmp_path / "one", tmp_path / "two")
    assert digest(at_once) == digest(database) and len(dump(at_once)) <= len(dump(database))


def test_a_name_from_one_record_is_removed_with_that_record(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("data/a", (UTO, "{id: uto, kind: state, name: Utopia, other_names: [They], country: SUN}"))
    put("data/b")
    readout("load", tmp_path / "data")
    put("data/a")
    ran = readout("load", tmp_path / "data")
    assert ran.out.splitlines()[:4] == [
        "parties",
        "  ~ uto",
        "      country: SUN → nothing",
        "      other_names: They → nothing",
    ]
    assert query(database, "SELECT other_names, country FROM party") == [("[]", None)]
    assert differences(database) == []


STORED_CONFLICTS: dict[str, tuple[list[Change], list[Change], str, str]] = {
    # what the stored record and the later one hold, where in the later the fault is reported, and what it says
    "a name": ([], [(UTO, "{id: uto, kind: state, name: They, other_names: [Utopia]}")], "5:34", "name"),
    "a country": ([(UTO, UTO[:-1] + ", country: SUN}")], [(UTO, UTO[:-1] + ", country: AUT}")], "5:51", "country"),
    "a text": ([(NOTE, SHARED)], [(NOTE, SHARED)], "3:5", "its text differs"),
    "a person for a party": (
        [],
        [
            NO_PARTIES,
            (ROE, f"{ROE}\n  - {{id: uto, name: Utopia}}"),
            ("[uto]", "[{described: Utopia}]"),
            (
                "delegates:\n",
                UTO_TAKES_PART,
            ),
        ],
        "6:10",
        "party",
    ),
}


@pytest.mark.parametrize("what", STORED_CONFLICTS)
def test_a_conflict_with_a_stored_record_is_a_fault(
    what: str, put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    stored, later, place, said = STORED_CONFLICTS[what]
    put("one/a", *stored)
    readout("load", tmp_path / "one")
    before = dump(database)
    folder = put("two/b", *later, article=SMALL_ARTICLE + "More.\n" if what == "a text" else SMALL_ARTICLE)
    assert reported_faults(readout, "check", folder.parent) == []
    (fault,) = reported_faults(readout, "load", folder.parent)
    assert (fault["path"], fault["code"]) == (f"{folder}/record.yaml", "conflicting-definition")
    assert f"{fault['line']}:{fault['column']}" == place
    assert said in fault["message"] and " a" in fault["message"]
    assert dump(database) == before
    if what == "a name":
        put("one/a", *later)
        assert readout("load", tmp_path / "one", folder.parent).status == 0  # both are changed at once


def test_a_definition_cannot_be_removed_while_a_stored_record_uses_it(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a")
    put("one/b", NO_PARTIES)
    readout("load", tmp_path / "one")
    before = dump(database)
    (tmp_path / "one/b").rename(tmp_path / "b")
    put("one/a", *DESCRIBES)
    (fault,) = reported_faults(readout, "load", tmp_path / "one")
    assert fault["code"] == "conflicting-definition" and "`uto`" in fault["message"] and " b " in fault["message"]
    assert fault["path"] == f"{tmp_path}/one/a/record.yaml"
    assert dump(database) == before
    ran = readout("load", tmp_path / "one", "--prune")
    assert ran.status == 0 and "  - uto\n" in ran.out and differences(database) == []


def test_a_stored_record_is_proved_again_with_changed_definitions(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a", (UTO, "{id: uto, kind: state, name: Utopia, other_names: [They]}"))
    put("one/b", NO_PARTIES)
    readout("load", tmp_path / "one")
    before = dump(database)
    put("one/a", (UTO, "{id: uto, kind: state, name: Utopian State, other_names: [Utopia]}"))
    assert readout("load", tmp_path / "one/a").status == 0  # b is proved with it
    put("one/a", (UTO, "{id: uto, kind: state, name: envoys}"), ("words: Utopia met", "words: Utopia met envoys"))
    after = dump(database)
    faults = reported_faults(readout, "load", tmp_path / "one/a")
    assert [(fault["code"], fault["line"], fault["column"]) for fault in faults] == [("conflicting-definition", 5, 5)]
    assert "stored record of b" in faults[0]["message"]
    assert dump(database) == after != before
    assert differences(database) == []


def test_a_renamed_person_is_renamed_everywhere(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a")
    put("one/b", (f"people:\n  - {ROE}\n", ""))
    readout("load", tmp_path / "one")
    put("one/a", (ROE, "{id: jane-roe, name: A. Jane Roe}"))
    assert readout("load", tmp_path / "one/a").status == 0
    assert query(database, "SELECT name_sort FROM delegate") == ["a. jane roe", "a. jane roe"]
    assert differences(database) == []


def test_the_people_of_a_party_are_those_of_its_delegates(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    def loaded(*arguments: str) -> list[str]:
        assert readout("load", *arguments, tmp_path / "one").status == 0
        assert differences(database) == []
        return query(database, "SELECT party.id FROM party_person JOIN party ON party.key = party_key")

    of_utopia = (
        ("role: head\n", "role: head\n    party: uto\n"),
        ("led by Jane Roe}", "led by Jane Roe}\n      - {says: party, inferred: Utopia sent her.}"),
    )
    nobody_new = (f"people:\n  - {ROE}\n", "")
    put("one/a", *of_utopia)
    put("one/b", *of_utopia, nobody_new)
    assert loaded() == ["uto"]
    put("one/a")
    assert loaded() == ["uto"], "another record has her as a delegate of the party"
    put("one/b", nobody_new)
    assert loaded() == []
    put("one/b", *of_utopia, nobody_new)
    assert loaded() == ["uto"]
    put("one/a", (ROE, "{id: jane-roe, name: Jane Roe, wikidata: Q1}"))
    assert loaded() == ["uto"], "what it copies is that of the changed person"
    put("one/a", (ROE, "{id: jane-roe, name: A. Jane Roe}"), *of_utopia)
    assert loaded() == ["uto"]
    put("one/a")
    shutil.rmtree(tmp_path / "one/b")
    assert loaded("--prune") == []


def test_a_source_that_another_record_defines_is_shared(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a", (NOTE, SHARED))
    put("one/b", (NOTE, "shared"), article=None)
    readout("load", tmp_path / "one")
    assert query(database, "SELECT id FROM source") == ["shared"]
    assert query(database, "SELECT count(*) FROM meeting_source") == [2]
    offsets = query(database, "SELECT start_offset FROM evidence WHERE id LIKE 'b.%' ORDER BY 1")
    put("one/a", (NOTE, SHARED), article="Once more:\n" + SMALL_ARTICLE)
    ran = readout("load", tmp_path / "one/a")
    assert ran.status == 0 and "  ~ b\n" in ran.out
    moved = query(database, "SELECT start_offset FROM evidence WHERE id LIKE 'b.%' ORDER BY 1")
    assert moved == [offset + 11 for offset in offsets]
    put("one/a", (NOTE, SHARED), ("led by Jane Roe", "led by J. Roe"), article="Utopia met envoys, led by J. Roe.")
    (fault,) = reported_faults(readout, "load", tmp_path / "one/a")
    assert fault["code"] == "conflicting-definition" and "stored record of b" in fault["message"]
    assert differences(database) == []


def test_a_record_alone_uses_the_definitions_of_stored_records(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a", (NOTE, SHARED), ("name: Jane Roe}", "name: Jane Roe, wikidata: Q5}"))
    put("one/b", (NOTE, "shared"), NO_PARTIES, (f"people:\n  - {ROE}\n", ""), article=None)
    (fault, *more) = reported_faults(readout, "load", tmp_path / "one/b")
    assert [each["code"] for each in (fault, *more)] == ["unknown-reference"] * 3
    assert (fault["line"], fault["column"]) == (3, 5) and f"load {tmp_path}/one/a too" in fault["message"]
    assert readout("load", tmp_path / "one/a").status == readout("load", tmp_path / "one/b").status == 0
    assert query(database, "SELECT id FROM meeting ORDER BY id") == ["a", "b"]
    assert query(database, "SELECT meeting_id FROM definition WHERE id = 'uto'") == ["a"]
    assert differences(database) == []
    before = dump(database)
    shutil.rmtree(tmp_path / "one/a")
    assert "nothing changed" in readout("load", tmp_path / "one/b").out
    put("one/b", (NOTE, "shared"), NO_PARTIES, (ROE, "{id: jane-roe, name: Joan Roe}"), article=None)
    (fault,) = reported_faults(readout, "load", tmp_path / "one/b")
    assert (fault["code"], fault["line"]) == ("conflicting-definition", 5) and "record of a" in fault["message"]
    assert dump(database) == before


def test_a_stored_record_may_use_what_only_another_defines(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a")
    readout("load", tmp_path / "one")
    put("two/b", NO_PARTIES)
    assert readout("load", tmp_path / "two").status == 0
    put("one/a", ("[uto]", "[{described: Utopia}]"))
    assert readout("load", tmp_path / "one").status == 0  # b uses the party
    put("one/a", *DESCRIBES)
    (fault,) = reported_faults(readout, "load", tmp_path / "one")
    assert fault["code"] == "conflicting-definition" and "stored record of b" in fault["message"]
    assert differences(database) == []


def test_a_record_alone_does_not_use_changes_of_its_sibling(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    put("one/a")
    put("one/b", NO_PARTIES)
    readout("load", tmp_path / "one")
    before = dump(database)
    put("one/a", (UTO, UTO[:-1] + ", country: SUN}"))
    assert "nothing changed" in readout("load", tmp_path / "one/b").out
    assert dump(database) == before
    assert "    country: nothing → SUN" in readout("load", tmp_path / "one/a").out and differences(database) == []


def test_a_fault_in_the_last_record_stores_nothing(
    put: Callable[..., Path], database: str, readout: Readout, tmp_path: Path
) -> None:
    before = dump(database)
    for name in "abc":
        put(f"data/{name}")
    put("data/d", ("words: led by", "words: lead by"))
    assert [fault["code"] for fault in reported_faults(readout, "load", tmp_path / "data")] == ["words-not-found"]
    assert dump(database) == before


def test_readers_see_the_old_dataset_until_the_load_is_committed(
    put: Callable[..., Path], database: str, tmp_path: Path
) -> None:
    for name in "ab":
        put(f"data/{name}")
    writer, reader = writing_engine(database), reading_engine(database)
    assert isinstance(load(writer, Dataset.of([tmp_path / "data"])), LoadReport)
    for name in "abcd":
        put(f"data/{name}", ("title: Talks", "title: New talks"))

    def seen() -> tuple[str, list[str]]:
        with snapshot(reader) as (connection, version):
            titles = connection.exec_driver_sql("SELECT title FROM meeting ORDER BY id").scalars().all()
            return str(version), list(titles)

    old, meanwhile = seen(), []
    with snapshot(reader) as (connection, version):
        load(writer, Dataset.of([tmp_path / "data"]), progress=lambda done: meanwhile.append(seen()))
        new = seen()
        assert str(version) == old[0]
        assert connection.exec_driver_sql("SELECT count(*) FROM meeting").scalar() == 2
    assert meanwhile and set(map(str, meanwhile)) == {str(old)}
    assert old[1] == ["Talks"] * 2 and new[1] == ["New talks"] * 4 and new[0].startswith("2-")
    writer.dispose()
    reader.dispose()


Drawn = tuple[str, str, list[str], str, str, str, str]
"""What is drawn of a record: how it uses the party, what else and which other names it gives of it, its name, how it
uses the source, and its own title and text."""

PLAIN: Drawn = ("defines", "", [], "Utopia", "own", "Talks", "")
VALUES: list[list[Any]] = [
    ["defines", "refers", "describes"],
    ["", ", country: SUN", ", wikidata: Q5"],
    [[], ["They"], ["Them", "They"]],
    ["Utopia", "Utopia State"],
    ["own", "shared", "listed"],
    ["Talks", "Talks again"],
    ["", "Once more. "],
]
Load = tuple[dict[str, Drawn], str, bool]
"""A dataset's records, whether all of it is loaded or which one alone, and whether with --prune."""

DATASETS = st.fixed_dictionaries({}, optional={name: st.tuples(*map(st.sampled_from, VALUES)) for name in "abc"})
LOADS = st.lists(st.tuples(DATASETS, st.sampled_from(["all", "a", "b", "c"]), st.booleans()), max_size=4)


def drawn(**changes: Any) -> Drawn:
    names = ("uses", "more", "others", "name", "source", "title", "text")
    uses, more, others, name, source, title, text = (changes.get(key, PLAIN[at]) for at, key in enumerate(names))
    return uses, more, others, name, source, title, text


def write_drawn(root: Path, records: dict[str, Drawn]) -> None:
    """Replace the previous dataset by a generated one."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for id, (uses, more, others, name, source, title, text) in records.items():
        uto = f"{{id: uto, kind: state, name: {name}, other_names: [{', '.join([*others, 'Utopia'])}]{more}}}"
        changes: list[Change] = [("title: Talks", f"title: {title}")]
        changes += {"defines": [(UTO, uto)], "refers": [NO_PARTIES], "describes": DESCRIBES}[uses]
        changes += {"own": [], "shared": [(NOTE, SHARED)], "listed": [(NOTE, "shared")]}[source]
        (root / id).mkdir()
        (root / id / "record.yaml").write_text(small(id, *changes), encoding="utf-8")
        (root / id / "article.txt").write_text(text + SMALL_ARTICLE, encoding="utf-8")


def load_drawn(url: str, root: Path, load_: Load) -> bool:
    """Load a generated dataset; returns whether it was stored. A refused load must change nothing."""
    records, only, prune = load_
    write_drawn(root, records)
    before, alone = dump(url), only in records
    outcome = try_to_load(url, root / only if alone else root, prune=prune and not alone)
    assert isinstance(outcome, LoadReport) or dump(url) == before
    return isinstance(outcome, LoadReport)


HISTORIES: dict[str, list[Load]] = {
    "only the sibling's new version defines a source": [
        ({"a": drawn()}, "all", False),
        ({"a": drawn(source="shared"), "b": drawn(source="listed")}, "b", False),
    ],
    "a sibling that was never stored stops defining a party": [
        ({"a": drawn(), "b": drawn(uses="refers")}, "b", False),
        ({"a": drawn(uses="describes")}, "all", False),
    ],
    "a sibling that was never stored stops defining a source": [
        ({"a": drawn(source="shared"), "b": drawn(source="listed")}, "b", False),
        ({"a": drawn()}, "all", False),
    ],
    "the record that uses a definition now gives it": [
        ({"a": drawn(uses="refers"), "b": drawn()}, "all", False),
        ({"a": drawn(), "b": drawn(uses="refers")}, "b", False),
    ],
    "a source is stored, and two siblings define it otherwise": [
        ({"a": drawn(source="shared", text="Once more. ")}, "all", False),
        ({"b": drawn(source="listed"), "c": drawn(others=["Them", "They"], source="shared")}, "b", False),
    ],
    "a sibling's definition conflicts with a stored one": [
        ({"b": drawn()}, "all", False),
        (
            {
                "a": drawn(uses="describes", source="shared"),
                "b": drawn(name="Utopia State"),
                "c": drawn(uses="refers", source="listed"),
            },
            "c",
            False,
        ),
    ],
    "a sibling that gave a country is pruned": [
        ({"a": drawn(), "b": drawn(more=", country: SUN")}, "a", False),
        ({"a": drawn()}, "all", True),
    ],
}


def prove_history(loads: list[Load], root: Path, databases: Databases) -> None:
    """After each load `verify` finds nothing; after a last load with --prune all rows are as in a new database."""
    url, new = databases.migrated(), databases.migrated()
    for each in loads:
        if load_drawn(url, root, each) and query(url, "SELECT number FROM dataset_version"):
            assert differences(url) == []
    records = loads[-1][0] if loads else {}
    if records and load_drawn(new, root, (records, "all", False)):
        assert load_drawn(url, root, (records, "all", True))
        assert differences(url) == []
        tables = (
            "id, name, other_names, country, wikidata FROM party",
            "id, name FROM person",
            "id, sha256 FROM source",
        )
        for table in tables:
            assert query(url, f"SELECT {table} ORDER BY id") == query(new, f"SELECT {table} ORDER BY id")
        assert query(url, "SELECT kind, id, meeting_id, content FROM definition ORDER BY 1,2,3") == query(
            new, "SELECT kind, id, meeting_id, content FROM definition ORDER BY 1,2,3"
        )
        assert digest(url) == digest(new)
        before = dump(url)
        assert load_drawn(url, root, (records, "all", True)) and dump(url) == before


@pytest.mark.parametrize("history", HISTORIES)
def test_these_loads_give_the_same_rows_as_a_new_database(history: str, tmp_path: Path, databases: Databases) -> None:
    prove_history(HISTORIES[history], tmp_path / "data", databases)


@pytest.mark.long
@settings(
    max_examples=RANDOM_DATASETS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a history takes minutes
)
@given(loads=LOADS)
def test_random_loads_give_the_same_rows_as_a_new_database(
    loads: list[Load], tmp_path: Path, database_kind: Kind
) -> None:
    with database_kind.databases() as databases:
        prove_history(loads, tmp_path / "data", databases)


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ("start_date: 2024", ("2024-01-01", "2024-12-31")),
        ("end_date: 2024-03", ("2024-03-01", "2024-03-31")),
        ("start_date: 2024\n  end_date: 2024-03", ("2024-01-01", "2024-03-31")),  # what is said of the end decides
    ],
)
def test_the_days_of_a_meeting_end_with_its_end(
    dates: str, days: tuple[str, str], tmp_path: Path, database: str, readout: Readout, write_record: WriteRecord
) -> None:
    says = "end_date" if "end" in dates and "start" not in dates else "start_date"
    says = f"[{says}, end_date]" if "\n" in dates else says
    entry = f"  evidence:\n    - {{says: {says}, inferred: It is known.}}\n    - {{says: [status"
    changes = [("  status: held\n", f"  status: held\n  {dates}\n"), ("  evidence:\n    - {says: [status", entry)]
    assert readout("load", write_record(tmp_path / "a", small("a", *changes), SMALL_ARTICLE)).status == 0
    assert query(database, "SELECT first_day, last_day FROM meeting") == [days]
