"""Stored records that newer rules refuse: they stay served, `verify` lists them, and they block no load."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.api.serving import serving
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import dump, execute, query
from tests.seed.samples import ARTICLE, Change, another, changed, small

OLD = another(
    "vienna",
    ("start_date: 2024-05-06", "start_date: 2024-11-06"),
    ("country: SUN", "country: UTO"),
    ("words: agreed to reopen", "words: greed to reopen"),
)
"""A record that older rules proved: with another month, a country that does not exist, and half a word."""

REFUSED = [
    "meeting vienna: bad-value: `UTO` is no country code of ISO 3166: take the alpha-3 code of the country, or leave `country` out",
    "meeting vienna: date-differs: the words for `start_date` name “May”, and the date is in November: correct the date, or give fewer words",
    "meeting vienna: not-whole-words: these words begin or end inside “agreed”: give whole words",
]
ROE = "{id: jane-roe, name: Jane Roe}"


@contextmanager
def older_rules() -> Iterator[None]:
    """Prove by the rules of an earlier release."""
    with pytest.MonkeyPatch.context() as patch:
        for rule in ("whole_words", "dates_in_words", "faults_of_definitions"):
            patch.setattr(f"seed.proof.prove.{rule}", lambda *arguments: ())
        yield


@pytest.fixture
def old_record(database: str, readout: Readout, write_record: WriteRecord, tmp_path: Path) -> None:
    """Store a record that today's rules refuse."""
    write_record(tmp_path / "old/vienna", OLD, ARTICLE)
    with older_rules():
        assert readout("load", tmp_path / "old").status == 0
        assert readout("verify").status == 0
    assert readout("load", tmp_path / "old").status == 1


def verified(readout: Readout) -> list[str]:
    """The differences that `verify` lists."""
    ran = readout("verify")
    assert ran.status == (1 if ran.out.startswith("meeting") else 0)
    return [line for line in ran.out.splitlines() if ": " in line and not line.startswith("dataset version")]


@pytest.mark.usefixtures("old_record")
def test_verify_lists_why_a_stored_record_is_refused_and_nothing_that_follows(readout: Readout) -> None:
    assert sorted(verified(readout)) == REFUSED


@pytest.mark.usefixtures("old_record")
def test_verify_still_compares_the_rows_of_a_refused_record(readout: Readout, database: str) -> None:
    execute(database, "UPDATE quote SET kind = 'direct'")
    assert sorted(line for line in verified(readout) if "rows differ" in line) == [
        "quote vienna.date: its rows differ from its record",
        "quote vienna.mood: its rows differ from its record",
    ]


@pytest.mark.usefixtures("old_record")
def test_a_refused_record_is_served(database: str) -> None:
    with serving(database) as served:
        assert served.json("/meetings/vienna")["start_date"] == "2024-11-06"
        assert served.json("/parties/uto")["country"] == "UTO"


@pytest.mark.usefixtures("old_record")
def test_loads_that_share_its_definitions_are_not_blocked(
    database: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    write_record(
        tmp_path / "new/linz",
        small("linz", (ROE, "{id: jane-roe, name: Jane Roe, other_names: [Minister Roe]}")),
        "Utopia met envoys, led by Jane Roe.\n",
    )
    ran = readout("load", tmp_path / "new")
    assert ran.status == 0 and "other_names" in ran.out, ran
    assert sorted(verified(readout)) == REFUSED
    assert query(database, "SELECT country FROM party WHERE id = 'uto'") == ["UTO"]


SOURCE = """\
  - id: gazette
    file: article.txt
    title: Utopia and Ruritania meet in Vienna
    language: en
    access: full
"""
PEOPLE = "people:\n  - {id: jane-roe, name: Jane Roe}\n"
DEFINING = small(
    "linz",
    ("  - {id: ID-note, file: article.txt, title: A note, language: en}\n", SOURCE),
    ("words: Utopia met", "words: Delegations of Utopia"),
    ("words: led by Jane Roe", "words: Foreign Minister Jane Roe"),
)
"""A record that gives the person and the source that the refused one only refers to."""


@pytest.fixture
def old_reference(database: str, readout: Readout, write_record: WriteRecord, tmp_path: Path) -> None:
    """Store a record that today's rules refuse, and another one whose definitions it refers to."""
    write_record(tmp_path / "old/vienna", OLD.replace(SOURCE, "  - gazette\n").replace(PEOPLE, ""))
    write_record(tmp_path / "old/linz", DEFINING, ARTICLE)
    with older_rules():
        assert readout("load", tmp_path / "old").status == 0
    assert sorted(verified(readout)) == REFUSED


@pytest.mark.usefixtures("old_reference")
@pytest.mark.parametrize(
    ("change", "article"),
    [
        (("name: Jane Roe}", "name: Zoe Roe, other_names: [Jane Roe]}"), ARTICLE),
        (("language: en", "language: fr"), ARTICLE),
        (("language: en", "language: en"), f"Second edition.\n\n{ARTICLE}"),
    ],
    ids=["a name", "a language", "a text"],
)
def test_its_rows_follow_the_definitions_that_it_refers_to(
    change: tuple[str, str], article: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    write_record(tmp_path / "new/linz", changed(DEFINING, change), article)
    ran = readout("load", tmp_path / "new/linz")
    assert ran.status == 0 and "nothing changed" not in ran.out, ran
    found = sorted(verified(readout))
    assert found == (REFUSED[:1] if "fr" in change[1] else REFUSED)


@pytest.mark.usefixtures("old_reference")
@pytest.mark.parametrize(
    ("changes", "article", "message"),
    [
        (
            [
                ("name: Jane Roe}", "name: Ann Doe}"),
                ("says: [person, role], words: Foreign Minister Jane Roe", "says: [person, role], inferred: So."),
            ],
            ARTICLE,
            "no stated words for `person` hold “Ann Doe”, “Doe”",
        ),
        ([], ARTICLE.replace("for two\nhours", "for a while"), "no such words"),
    ],
    ids=["a name", "a text"],
)
def test_a_change_that_undoes_it_is_a_fault(
    changes: list[Change],
    article: str,
    message: str,
    database: str,
    readout: Readout,
    write_record: WriteRecord,
    tmp_path: Path,
) -> None:
    before = dump(database)
    write_record(tmp_path / "new/linz", changed(DEFINING, *changes), article)
    (fault,) = reported_faults(readout, "load", tmp_path / "new/linz")
    assert f"it undoes the stored record of vienna: {message}" in fault["message"]
    assert dump(database) == before


@pytest.mark.usefixtures("old_record")
def test_a_record_of_a_format_that_is_no_longer_valid_blocks_no_load(
    database: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    execute(database, 'UPDATE canonical_record SET content = replace(content, \'"role":"head"\', \'"role":"chief"\')')
    write_record(
        tmp_path / "new/linz",
        small("linz", (ROE, "{id: jane-roe, name: Jane Roe, other_names: [Minister Roe]}")),
        "Utopia met envoys, led by Jane Roe.\n",
    )
    ran = readout("load", tmp_path / "new")
    assert ran.status == 0 and "other_names" in ran.out, ran
    assert [line for line in verified(readout) if not line.endswith("its hash")] == [
        "meeting vienna: its record is not a valid record"
    ]
