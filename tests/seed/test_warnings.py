"""Warnings: a second kind of finding, which keeps no record from being stored, and which a record answers."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import seed
from seed.record.faults import Code
from tests.conftest import Readout, WriteRecord, reported, reported_faults, reported_warnings
from tests.databases import dump, query
from tests.seed.samples import ARTICLE, RECORD, Change, changed, marked

SUMMIT = Path(seed.__file__).parent / "summits/riyadh-2025-02-18"
RIYADH, TALKS = ((SUMMIT / name).read_text(encoding="utf-8") for name in ("record.yaml", "article.txt"))
PEACE = (
    "text: they expressed a commitment to finding a sustainable peace agreement that is acceptable to all parties "
    "involved\n    commitment: willingness"
)
RETURN = """\
    text: U.S. oil majors have done very well in Russia, and we believe that at some point they will return
    topics: [economic-cooperation, energy]
    evidence:
"""
END = "was not there."
LAST = "kind: indirect\n    text: a date is still open\n    evidence:\n      - {says: speakers, words: Roe said. She called}"
ENTRY = "\n    evidence:\n      - {says: speakers, words: Roe said. She called}\n      - {says: text, words: "


class Doubt(NamedTuple):
    """A fact that is proved: what is changed in a record and its article; ▸ is before the warning that is expected."""

    code: Code
    clause: str
    changes: list[Change]
    article: list[Change] = []  # noqa: RUF012
    record: str = RIYADH


def last_quote(code: Code, clause: str, kind: str, words: str, end: str, *more: Change) -> Doubt:
    """The sample's last quote with words of a new last paragraph."""
    quote = f"kind: {kind}\n    text: {words}{ENTRY}▸{words}}}"
    return Doubt(code, clause, [(LAST, quote), *more], [(END, f"{END} {end}")], RECORD)


C = Code
FALSE_FACTS = [
    Doubt(
        C.negation,
        "agreed, when a consensus has yet to be reached",
        [
            (PEACE, "text: the sides have yet to reach a consensus on specific terms\n    commitment: agreed"),
            (
                "words: expressed a commitment to finding a sustainable peace agreement",
                "words: ▸the sides have yet to reach a consensus",
            ),
        ],
    ),
    Doubt(
        C.negation,
        "an outcome that is agreed, when a consensus has yet to be reached",
        [("outcome: open", "outcome: agreed"), ("words: the sides have yet", "words: ▸the sides have yet")],
    ),
    Doubt(
        C.negation,
        "agree, after did not",
        [
            ("The two sides agreed to reopen embassies\n", "agree to reopen embassies\n"),
            ("words: agreed to reopen}", "words: ▸agree to reopen}"),
        ],
        [("The two sides agreed to reopen embassies", "The two sides did not in the end agree to reopen embassies")],
        RECORD,
    ),
    Doubt(
        C.negation,
        "present, from was not there",
        [
            (
                "    role: head\n",
                "    role: head\n    attendance: present\n",
            ),
            (
                "      - {says: [person, party, title, role], words: The Utopian",
                "      - {says: attendance, words: ▸was not there}\n"
                "      - {says: [person, party, title, role], words: The Utopian",
            ),
        ],
        [],
        RECORD,
    ),
    Doubt(
        C.another_verb,
        "signed, from agreed to",
        [
            (
                "commitment: agreed\n    form: reported\n    parties: [usa, rus]\n    asserted_by: []\n    agenda: ending",
                "commitment: signed\n    form: reported\n    parties: [usa, rus]\n    asserted_by: []\n    agenda: ending",
            ),
            ("{says: [commitment, parties], words: The U.S.", "{says: [commitment, parties], words: ▸The U.S."),
        ],
    ),
    Doubt(
        C.another_verb,
        "implemented, from a promise",
        [
            ("commitment: pledged", "commitment: implemented"),
            ("{says: commitment, words: both", "{says: commitment, words: ▸both"),
        ],
    ),
    Doubt(
        C.another_verb,
        "implemented, from a word that says nothing",
        [
            ("commitment: pledged", "commitment: implemented"),
            (
                "{says: commitment, words: both countries will work to remove",
                "{says: commitment, words: ▸both countries",
            ),
        ],
    ),
    Doubt(
        C.another_verb,
        "an outcome that is agreed, from talks",
        [
            ("outcome: open", "outcome: agreed"),
            ("words: a date is still open}\ndelegates", "words: ▸a date is still open}\ndelegates"),
        ],
        [],
        RECORD,
    ),
    Doubt(
        C.another_verb,
        "only discussed, when it was agreed",
        [
            ("outcome: open", "outcome: discussed"),
            ("words: a date is still open}\ndelegates", "words: ▸agreed to reopen embassies}\ndelegates"),
        ],
        [],
        RECORD,
    ),
    Doubt(
        C.another_sentence,
        "a commitment from another sentence than the text",
        [
            (
                "{says: commitment, words: the agreement to restore the normal functioning of diplomatic missions}",
                "{says: commitment, words: ▸Both sides agreed to restore diplomatic missions}",
            )
        ],
    ),
    Doubt(
        C.shared_name,
        "another person of the same last name",
        [
            ("wikidata: Q324546}\n", "wikidata: Q324546}\n  - {id: ann-rubio, name: Ann Rubio}\n"),
            (
                "quotes:\n",
                "quotes:\n"
                "  - id: position\n    speakers: [ann-rubio]\n    kind: indirect\n"
                "    text: the need for a comprehensive approach\n    evidence:\n"
                "      - {says: speakers, words: ▸Marco Rubio acknowledged}\n",
            ),
        ],
    ),
    Doubt(
        C.speaker_far_away,
        "a speaker who is named paragraphs away",
        [
            (
                "speakers: [kirill-dmitriev]\n    speaker_title: head of the Russian Direct Investment Fund\n    kind: direct",
                "speakers: [sergey-lavrov]\n    kind: direct",
            ),
            (
                "      - {says: speakers, words: Dmitriev said}\n"
                '      - {says: speaker_title, words: "Kirill Dmitriev, head of the Russian Direct Investment Fund"}\n',
                "      - {says: speakers, words: ▸Lavrov emphasized}\n",
            ),
        ],
    ),
    last_quote(
        C.inner_quotation,
        "the words of another, told by the speaker",
        "partial",
        "never again",
        "“The King told me, ‘never again’, and I left,” said Roe.",
    ),
    last_quote(
        C.inner_quotation,
        "the words of another, in marks of another kind",
        "direct",
        "never again",
        'She went on: «The King told me, "never again", and I left.»',
    ),
    last_quote(
        C.inner_quotation,
        "the words of another, in marks of the same kind",
        "partial",
        "never again",
        "“The King told me “never again” and left,” said Roe.",
    ),
    last_quote(
        C.single_marks,
        "what stands between two possessives",
        "partial",
        "plan and the ministers",
        "Roe praised the states' plan and the ministers' work.",
        ("    access: full\n", "    access: full\n    quotation_marks: single\n"),
    ),
    Doubt(
        C.whole_utterance,
        "a whole utterance as a part",
        [
            ("kind: direct\n    text: U.S. oil", "kind: partial\n    text: U.S. oil"),
            (
                RETURN,
                f'{RETURN}      - {{says: text, words: ▸"U.S. oil majors have done very well in Russia, and we believe that at some point they will return"}}\n',
            ),
        ],
    ),
    last_quote(
        C.whole_utterance, "a whole utterance in lower case", "partial", "never again!", "“never again!” said Roe."
    ),
    Doubt(
        C.parts_out_of_order,
        "a part that is stitched in reverse",
        [
            (
                f"kind: direct\n{RETURN}",
                "kind: partial\n    text: they will return well in Russia\n    evidence:\n"
                "      - {says: text, words: they will return}\n"
                "      - {says: text, words: ▸well in Russia}\n",
            )
        ],
    ),
]


def agreed(clause: str, sentence: str, words: str) -> Doubt:
    """The sample's agreement in a sentence of its own, with its words."""
    changes = [
        ("text: The two sides agreed to reopen embassies", f"text: {words}"),
        ("words: agreed to reopen}", f"words: {words}}}"),
    ]
    return Doubt(C.negation, clause, changes, [("The two sides agreed to reopen embassies.", sentence)], RECORD)


HONEST_FACTS = [
    agreed(
        "a sentence before", "They did not wait. Both agreed to reopen embassies.", "Both agreed to reopen embassies"
    ),
    agreed(
        "five words before", "They did not say just when, but both agreed to reopen embassies.", "both agreed to reopen"
    ),
    agreed("behind the words", "Both agreed not to wait.", "Both agreed"),
    agreed("the beginning of a word", "Nobles agreed to northern embassies.", "Nobles agreed to northern"),
    Doubt(
        C.negation,
        "absent, from was not there",
        [
            ("    role: head\n", "    role: head\n    attendance: absent\n"),
            (
                "      - {says: [person, party, title, role], words: The Utopian",
                "      - {says: attendance, words: was not there}\n"
                "      - {says: [person, party, title, role], words: The Utopian",
            ),
        ],
        [],
        RECORD,
    ),
    Doubt(
        C.another_sentence,
        "abbreviations between the text and the words",
        [
            ("text: The two sides agreed to reopen embassies", "text: in the U.S. and of Mr. Low"),
            ("words: agreed to reopen}", "words: The two sides agreed}"),
        ],
        [
            (
                "agreed to reopen embassies",
                "agreed, said Dr. Who of the U.S. Senate, to reopen embassies in the U.S. and of Mr. Low",
            )
        ],
        RECORD,
    ),
    Doubt(
        C.shared_name,
        "the full name of one of two",
        [
            ("wikidata: Q324546}\n", "wikidata: Q324546}\n  - {id: ann-rubio, name: Ann Rubio}\n"),
            (
                "quotes:\n",
                "quotes:\n"
                "  - id: need\n    speakers: [ann-rubio]\n    kind: indirect\n"
                "    text: the need for a comprehensive approach\n    evidence:\n"
                "      - {says: speakers, words: Marco Rubio acknowledged, inferred: So.}\n",
            ),
        ],
    ),
    Doubt(
        C.speaker_far_away,
        "a speaker in the paragraph before, and a name far away",
        [
            (
                "speakers: [kirill-dmitriev]\n    speaker_title: head of the Russian Direct Investment Fund\n    kind: direct",
                "speakers: [sergey-lavrov]\n    kind: direct",
            ),
            (
                "      - {says: speakers, words: Dmitriev said}\n"
                '      - {says: speaker_title, words: "Kirill Dmitriev, head of the Russian Direct Investment Fund"}\n',
                "      - {says: speakers, words: Lavrov emphasized}\n"
                "      - {says: speakers, words: highlighting the mutual benefits}\n",
            ),
        ],
    ),
    last_quote(
        C.inner_quotation,
        "relayed by the outer speaker",
        "partial",
        "never again",
        "“The King told me, ‘never again’, and I left,” said Roe.",
        (
            "  - id: date\n    speakers: [jane-roe]\n",
            "  - id: date\n    speakers: [jane-roe]\n    via: {described: The King}\n",
        ),
    ),
    last_quote(
        C.inner_quotation,
        "possessives within marks",
        "partial",
        "new plan",
        "“The states' new plan for the states' sake”, said Roe.",
    ),
    last_quote(
        C.inner_quotation,
        "the second of two quotations in a paragraph",
        "partial",
        "never again",
        "“No,” said Roe, “never again, ever.” “So be it,” said the King.",
    ),
    Doubt(
        C.single_marks,
        "a publisher that quotes in single marks, and in double ones within",
        [("    access: full\n", "    access: full\n    quotation_marks: single\n")],
        [
            ("“We will open our doors again,”", "‘We will open our doors again,’"),
            ("“frank and friendly”", "‘frank and friendly’"),
            (END, f"{END} ‘The “old” King is not here,’ said Roe."),
        ],
        RECORD,
    ),
    last_quote(C.whole_utterance, "a fragment", "partial", "never again", "It is “never again”, said Roe."),
    last_quote(
        C.whole_utterance, "a name in a longer quotation", "partial", "The King", "“We know The King,” said Roe."
    ),
]
"""Facts of which no rule warns, although they look like the false ones."""

WARNINGS = {case.code for case in FALSE_FACTS} | {Code.answers_nothing}

IDLE: Change = ("words: Roe said}", "words: Roe said, despite: So.}")
"""An answer to no warning, which is a warning by itself."""


@pytest.fixture
def doubtful(tmp_path: Path, write_record: WriteRecord) -> Path:
    return write_record(tmp_path / "data/vienna", changed(RECORD, IDLE), ARTICLE)


def test_a_warning_is_reported_like_a_fault_and_ends_a_check_with_0(doubtful: Path, readout: Readout) -> None:
    ran = readout("check", doubtful)
    line = (doubtful / "record.yaml").read_text().splitlines().index("      - {says: speakers, " + IDLE[1]) + 1
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{doubtful}/record.yaml:{line}:52: warning: answers-nothing: "
        "`despite` answers a warning, and there is none about this entry: take it out\n"
        f"  {line} |       - {{says: speakers, words: Roe said, despite: So.}}\n"
        "     |                                                    ^^^\n"
        "\n"
        "1 record proved, no fault, 1 warning (correct the record, or answer with `despite`)\n"
        "2 of 13 entries inferred (15%)\n"
    )


@pytest.mark.parametrize("command", ["check", "load"])
def test_json_has_the_severity_and_nothing_but_json_is_printed(
    command: str, doubtful: Path, readout: Readout, database: str
) -> None:
    ran = readout(command, doubtful, "--format", "json")
    (line,) = [json.loads(line) for line in ran.out.splitlines()]
    assert (line["severity"], line["code"], ran.status) == ("warning", "answers-nothing", 0)


def test_a_load_reports_warnings_and_stores_the_record(doubtful: Path, readout: Readout, database: str) -> None:
    ran = readout("load", doubtful)
    assert (ran.status, ran.err) == (0, "1 warning in 1 file\n")
    assert ": warning: answers-nothing: " in ran.out.splitlines()[0]
    assert ran.out.splitlines()[-1].startswith("1 meeting proved and stored: ")
    assert readout("verify").status == 0


@pytest.mark.parametrize("command", ["check", "load"])
def test_strict_makes_a_warning_a_fault(command: str, doubtful: Path, readout: Readout, database: str) -> None:
    before = dump(database)
    ran = readout(command, doubtful, "--strict")
    assert (ran.status, ran.err) == (1, "1 fault in 1 file\n")
    assert ": answers-nothing: " in ran.out and "warning: " not in ran.out
    assert [fault["code"] for fault in reported_faults(readout, command, doubtful, "--strict")] == ["answers-nothing"]
    assert dump(database) == before


def test_faults_and_warnings_are_counted_apart(
    doubtful: Path, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    other = changed(RECORD, ("  id: vienna", "  id: linz"), ("status: held", "status: over"))
    write_record(tmp_path / "data/linz", other, ARTICLE)
    ran = readout("check", doubtful.parent)
    assert (ran.status, ran.err) == (1, "1 fault and 1 warning in 2 files\n")


def test_beside_a_fault_no_answer_is_judged(doubtful: Path, write_record: WriteRecord, readout: Readout) -> None:
    write_record(doubtful, changed(RECORD, IDLE, ("words: for two hours", "words: for ten hours")), ARTICLE)
    assert [fault["code"] for fault in reported_faults(readout, "check", doubtful)] == ["words-not-found"]
    assert reported_warnings(readout, "check", doubtful) == []


@pytest.mark.parametrize("fact", FALSE_FACTS, ids=lambda fact: f"{fact.code} {fact.clause}")
def test_a_false_fact_gets_a_warning_until_the_record_answers(
    fact: Doubt, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record, line, column = marked(changed(fact.record, *fact.changes))
    article = changed(TALKS if fact.record is RIYADH else ARTICLE, *fact.article)
    found = reported(readout, "check", write_record(tmp_path / "data", without_hash(record), article))
    assert [(one["severity"], one["code"], one["line"], one["column"]) for one in found] == [
        ("warning", fact.code, line, column)
    ], found
    lines = record.splitlines()
    assert lines[line - 1].endswith("}")
    lines[line - 1] = lines[line - 1][:-1] + ", despite: So it is.}"
    write_record(tmp_path / "data", without_hash("\n".join(lines)), article)
    assert reported(readout, "check", "--strict", tmp_path / "data") == []


@pytest.mark.parametrize("fact", HONEST_FACTS, ids=lambda fact: f"{fact.code} {fact.clause}")
def test_an_honest_fact_gets_no_warning(
    fact: Doubt, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record = without_hash(marked(changed(fact.record, *fact.changes))[0])
    article = changed(TALKS if fact.record is RIYADH else ARTICLE, *fact.article)
    assert reported(readout, "check", write_record(tmp_path / "data", record, article)) == []


def without_hash(record: str) -> str:
    """A record that pins no text, with as many lines."""
    return re.sub(r"(?m)^    sha256: .*$", "", record)


def test_a_text_without_an_entry_gets_one_for_the_answer(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    partial = changed(RECORD, ("kind: direct\n", "kind: partial\n"))
    folder = write_record(tmp_path / "vienna", partial, ARTICLE)
    (warning,) = reported_warnings(readout, "check", folder)
    line = partial.splitlines()[warning["line"] - 1]
    assert (warning["code"], line.strip()) == ("whole-utterance", "text: We will open our doors again")
    entry = "      - {says: text, words: We will open our doors again, despite: The article breaks it off.}\n"
    answered = changed(
        partial, ("      - {says: speakers, words: Roe said}\n", "      - {says: speakers, words: Roe said}\n" + entry)
    )
    write_record(folder, answered, ARTICLE)
    assert reported(readout, "check", folder) == []


@pytest.mark.parametrize("folder", sorted(SUMMIT.parent.iterdir()), ids=lambda folder: folder.name)
def test_the_shipped_records_have_no_warning(folder: Path, readout: Readout) -> None:
    assert reported(readout, "check", "--strict", folder) == []


def test_without_word_lists_of_the_language_rules_that_need_them_are_silent(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    signed = changed(RECORD, ("commitment: agreed", "commitment: signed"))
    assert len(reported_warnings(readout, "check", write_record(tmp_path / "en", signed, ARTICLE))) == 1
    german = changed(signed, ("language: en", "language: de"))
    assert reported(readout, "check", write_record(tmp_path / "de", german, ARTICLE)) == []


def test_an_answer_is_stored_with_its_evidence_and_the_id_of_the_evidence_stays(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    def stored(record: str) -> tuple[str, list[Any]]:
        """The digest of the dataset, and the ids of its evidence, each with its `despite`."""
        assert readout("load", write_record(tmp_path / "vienna", record, ARTICLE)).status == 0
        assert readout("verify").status == 0
        (digest,) = query(database, "SELECT digest FROM dataset_version ORDER BY number DESC LIMIT 1")
        return digest, query(database, "SELECT id, despite FROM evidence ORDER BY id")

    digest, evidence = stored(RECORD)
    assert {despite for _, despite in evidence} == {None}
    answered_digest, answered = stored(changed(RECORD, IDLE))
    assert [id for id, _ in answered] == [id for id, _ in evidence]
    assert [despite for _, despite in answered if despite] == ["So."] and answered_digest != digest
    assert stored(RECORD) == (digest, evidence)


def test_of_two_equal_entries_one_may_have_the_answer(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    entry = "{says: speakers, words: Roe said}"
    twice = changed(RECORD, (entry, f"{entry}\n      - {entry[:-1]}, despite: So.}}"))
    assert readout("load", write_record(tmp_path / "vienna", twice, ARTICLE)).status == 0
    assert query(database, "SELECT despite FROM evidence WHERE despite IS NOT NULL") == ["So."]
    assert readout("verify").status == 0
