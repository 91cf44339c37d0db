"""Commands and their output in the documents are exact: the README, the HTTP API, and a fault for every code."""

import shutil
from pathlib import Path

import pytest

from seed.record.faults import Code
from tests.api.serving import Served
from tests.conftest import Readout
from tests.docs.markdown import DOCS, README, Block, blocks, code, sections
from tests.docs.terminal import Terminal, file_of

RECORD = Path("my-summits/linz-2026-03-12/record.yaml")
CODES = sections((DOCS / "record-format.md").read_text(), 2)
FAULTS = sections(CODES["Fault codes"], 3)
WARNINGS = sections(CODES["Warnings"], 3)


def write(block: Block, folder: Path) -> None:
    """Write a block to its file; a diff without one changes the record."""
    path = folder / (file_of(block) or RECORD)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.applied_to(path.read_text()) if block.info == "diff" else block.text)


def test_readme(terminal: Terminal, tmp_path: Path) -> None:
    for block in blocks(README.read_text()):
        if block.info == "console":
            terminal.follow(block)
        else:
            write(block, tmp_path)
    assert [ran.status for ran in terminal.ran] == [1, 0, 0]  # the fault, the mended record, the load


def test_loading_the_example_again_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    write_example(tmp_path)
    first, second = (terminal.run(".venv/bin/readout load my-summits").splitlines()[-1] for _ in range(2))
    assert first == second.replace("; nothing changed:", " and stored:")


def test_api(served: Served) -> None:
    consoles = [block for block in blocks((DOCS / "http-api.md").read_text()) if block.info == "console"]
    assert consoles
    for block in consoles:
        Terminal(served).follow(block)


@pytest.mark.parametrize(
    "heading",
    [heading for heading in [*FAULTS, *WARNINGS] if code(heading)[0] not in (Code.more_faults, Code.internal_error)],
)
def test_fault_or_warning(heading: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path)
    *changes, output = blocks((FAULTS | WARNINGS)[heading])
    for change in changes:
        faulty = tmp_path / (file_of(change) or RECORD)
        if not faulty.exists():
            shutil.copytree(tmp_path / RECORD.parent, faulty.parent)
            faulty.write_text(faulty.read_text().replace(RECORD.parent.name, faulty.parent.name))
        write(change, tmp_path)
    ran = readout("check", "my-summits")
    assert ran.out + ran.err == output.text
    assert f": {'warning: ' if heading in WARNINGS else ''}{code(heading)[0]}: " in ran.out
    assert ran.status == (0 if heading in WARNINGS else 1)


def test_an_utterance_in_two_parts(readout: Readout, tmp_path: Path) -> None:
    """The example of an interrupted utterance in the record format is proved."""
    passage = (DOCS / "record-format.md").read_text().partition("article interrupts: in *")[2]
    sentence, text = passage.partition("*")[0], code(passage)[0]
    write_example(tmp_path)
    with (tmp_path / RECORD.parent / "article.txt").open("a") as article:
        article.write(f"\n{sentence} and laughed.\n")
    record = tmp_path / RECORD
    record.write_text(
        record.read_text()
        + f"""\
  - id: again
    speakers: [ada-moreau]
    kind: direct
    text: {text}
    evidence:
      - {{says: speakers, words: Moreau said}}
      - {{says: text, words: "The sea,"}}
      - {{says: text, words: should join us again, nth: 2}}
"""
    )
    assert readout("check", tmp_path / "my-summits").out.startswith("1 record proved, no fault\n")


def write_example(folder: Path) -> None:
    """Write the README's article and its corrected record."""
    for block in blocks(README.read_text()):
        if block.info != "console":
            write(block, folder)
