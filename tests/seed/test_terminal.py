"""What a person sees at a terminal: columns, colours, what must not reach it, progress, and a check that goes on."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from seed.cli.terminal import window
from seed.cli.watch import watched
from seed.record.display_text import visible
from tests.conftest import Readout, WriteRecord
from tests.seed.samples import ARTICLE, RECORD, SMALL_ARTICLE, Change, another, changed, small
from tests.seed.screens import Terminal

pytestmark = pytest.mark.sqlite  # what is printed does not turn on the database

HOURS = "words: for two hours"
NO_FAULT = "1 record proved, no fault"


@pytest.fixture
def put(tmp_path: Path, write_record: WriteRecord) -> Callable[..., Path]:
    """Write the sample record, changed, into a folder; the dataset's folder."""

    def write(*changes: Change, folder: str = "vienna", article: str = ARTICLE) -> Path:
        return write_record(tmp_path / "data" / folder, changed(RECORD, *changes), article).parent

    return write


def marked(terminal: Terminal, sign: str) -> list[str]:
    """What stands in the cells above the signs of each line of marks, in the order of the screen."""
    found = []
    for row, line in enumerate(terminal.screen.display):
        if "|" in line and sign in line and not set(line.partition("|")[2]) - {" ", sign}:
            below, above = terminal.cells(row), terminal.cells(row - 1)
            found.append("".join(cell for cell, mark in zip(above, below, strict=True) if mark == sign))
    return found


DIFFERENT = [
    ("It took two hours of talk.", "It took three hours of talk", "three", "two"),
    ("漢字の会談は二時間続いた。", "漢字の会談は三時間続いた", "三", "二"),
    ("Le cafe\u0301 e\u0301tait fermé hier", "Le cafe\u0301 e\u0301tait ouvert hier", "ouvert", "fermé"),
    ("One\ttwo\tthree four", "One two three five", "five", "four"),
]
"""Of a fault each: what an article says, what a record says, and what is marked in the one and the other."""


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_marks_stand_under_what_differs(columns: int, put: Callable[..., Path]) -> None:
    for number, (article, words, _, _) in enumerate(DIFFERENT):
        own = ("id: vienna", f"id: v{number}"), ("id: gazette", f"id: gazette-{number}")
        data = put(*own, (HOURS, f"words: '{words}'"), folder=f"v{number}", article=ARTICLE + article)
    with Terminal("check", data, columns=columns) as terminal:
        assert terminal.ended() == 1
        assert marked(terminal, "^") == [wrong for _, _, wrong, _ in DIFFERENT]
        assert marked(terminal, "~") == [missed for _, _, _, missed in DIFFERENT]
        assert "4 faults in 4 files" in terminal.lines


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_below_a_fault_is_wider_than_the_terminal(columns: int, put: Callable[..., Path]) -> None:
    long = "words " * 100
    with Terminal("check", put((HOURS, f"inferred: {long}, words: {long}")), columns=columns) as terminal:
        assert terminal.ended() == 1
    rows = [line for line in terminal.raw.decode().splitlines() if " | " in re.sub(r"\x1b\[[\d;]*m", "", line)]
    assert rows and all(cell_len(re.sub(r"\x1b\[[\d;]*m", "", row)) <= columns for row in rows)


def test_a_heading_that_does_not_fit_is_folded_between_words(put: Callable[..., Path]) -> None:
    data = put(("status: held", "status: over"))
    with Terminal("check", data, columns=40) as terminal:
        assert terminal.ended() == 1
        folded = [line for line in terminal.lines if line.startswith("  ") and "|" not in line]
        assert folded[0].startswith("  bad-value: ") and " ".join(" ".join(folded).split()).endswith("or `cancelled`")


@pytest.mark.parametrize(
    ("environment", "codes"),
    [
        ({}, r"\x1b\[[\d;]*3[12]m"),
        ({"NO_COLOR": "1"}, r"\x1b\[1m"),
        ({"TERM": "dumb"}, None),
    ],
    ids=str,
)
def test_colours_are_for_who_wants_them(
    environment: dict[str, str], codes: str | None, put: Callable[..., Path]
) -> None:
    with Terminal("check", put((HOURS, "words: for ten hours")), environment=environment) as terminal:
        assert terminal.ended() == 1
    raw = terminal.raw.decode()
    assert re.search(codes, raw) if codes else "\x1b" not in raw
    assert not re.search(r"\x1b\[[\d;]*3\dm", raw) or not environment


def test_forced_colours_are_printed_to_a_pipe_without_a_bar(put: Callable[..., Path]) -> None:
    program = "import seed.cli.progress; seed.cli.progress._PATIENCE = -1; from seed.__main__ import main; main()"
    command = [sys.executable, "-c", program, "check", str(put((HOURS, "words: for ten hours")))]
    ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"FORCE_COLOR": "1"}, check=False)
    assert "\x1b[" in ran.stdout and "Proving" not in ran.stderr and "\x1b[?25l" not in ran.stderr


CONTROLS = "\x1b]0;title\x07 \x1b[2J \x9b31m \x08\x7f \u202egnp.exe\u202c"


@pytest.mark.parametrize("command", ["check", "load"])
def test_control_sequences_do_not_reach_the_terminal(
    command: str, put: Callable[..., Path], readout: Readout, database: str
) -> None:
    data = put((HOURS, f"words: took ten {CONTROLS} hours"))
    put((HOURS, "words: ten hours"), folder="\x1b[31mred\x9b\nline:1:1: bad-value: none")
    put(article=f"{ARTICLE}took two {CONTROLS} hours\n", folder="clean")
    text, lines = (readout(command, data, data / CONTROLS, "--format", format) for format in ("text", "json"))
    for ran in (text, lines):
        assert ran.status == 1
        assert [char for char in ran.out + ran.err if visible(char) != char and char != "\n"] == []
    faults = [json.loads(line) for line in lines.out.splitlines()]
    assert sum("ESCAPE (U+001B)" in fault["message"] for fault in faults) == 2
    heads = [line for line in text.out.splitlines() if re.match(r"\S.*:\d+:\d+: [a-z-]+: ", line)]
    assert len(heads) == len(faults), "no name makes a line of its own"


def test_lines_and_names_are_told_without_their_controls(
    put: Callable[..., Path], readout: Readout, database: str
) -> None:
    title = "title: Utopia–Ruritania talks"
    assert readout("load", put()).status == 0
    ran = readout("load", put((title, "title: \x1b[2JTalks")))
    assert ran.status == 1 and "title: ␛[2JTalks\n" in ran.out
    assert "\x1b" not in ran.out + readout("load", put().parent / "\x1b[2J", "--prune").err


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 20), st.integers(8, 40))
def test_a_window_fits_and_shows_the_place(line: str, start: int, length: int, room: int) -> None:
    line = visible(line)
    start = min(start, len(line))
    end = min(len(line), start + length)
    shown, shift = window(line, start, end, room)
    assert cell_len(shown) <= room
    assert shown == line if cell_len(line) <= room else "…" in shown
    if cell_len(line[start:end]) <= room // 2 and cell_len(line[start:end]) and line.isascii():
        assert shown[start - shift : end - shift] == line[start:end]


def test_a_thousand_faults_are_told_by_file_too(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    for number in range(20):
        entries = "".join(f"\n      - {{says: person, words: nothing {n}}}" for n in range(5 * number))
        record = small(f"m{number:02}") + entries.removeprefix("\n") + "\n"
        write_record(tmp_path / f"m{number:02}", record, SMALL_ARTICLE)
    ran = readout("check", tmp_path)
    *heads, more = ran.err.splitlines()
    assert heads[0] == "950 faults in 19 files"
    assert heads[1] == f"      95  {tmp_path}/m19/record.yaml" and len(heads) == 13
    assert more == "       …  and 7 more files"
    assert ran.out.count("words-not-found: ") == 950


def test_twelve_of_many_changes_are_shown(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    for number in range(15):
        write_record(tmp_path / f"m{number:02}", small(f"m{number:02}"), SMALL_ARTICLE)
    lines = readout("load", tmp_path).out.splitlines()
    assert lines[:5] == ["parties", "  + uto", "people", "  + jane-roe", "sources"]
    assert lines[-3:-1] == ["  + m11 (0 agenda items, 1 delegate, 0 agreements, 0 quotes)", "  … and 3 more"]
    for number in (1, 14):
        write_record(tmp_path / f"m{number:02}", small(f"m{number:02}", ("role: head", "role: member")), None)
    shutil.rmtree(tmp_path / "m07")
    tree = readout("load", tmp_path, "--prune").out.splitlines()
    assert tree[tree.index("meetings") + 1 :][:4] == [
        "  - m07 (0 agenda items, 1 delegate, 0 agreements, 0 quotes)",
        "  ~ m01",
        "      ~ delegate jane-roe",
        "          role: head → member",
    ]


def test_a_long_value_is_shown_where_it_changed(put: Callable[..., Path], readout: Readout, database: str) -> None:
    summary = f"topics: [peace]\n  summary: {'so they say ' * 20}WORD{' and so on' * 20}"
    readout("load", put(("topics: [peace]", summary.replace("WORD", "before"))))
    ran = readout("load", put(("topics: [peace]", summary.replace("WORD", "after"))))
    (line,) = [line for line in ran.out.splitlines() if "summary" in line]
    assert "before and" in line and "after and" in line and len(line) <= 120


@pytest.mark.parametrize("columns", [40, 100])
def test_on_a_terminal_long_work_shows_a_bar_and_leaves_nothing_of_it(columns: int, put: Callable[..., Path]) -> None:
    for id in ("b", "c"):
        (put(folder=id) / id / "record.yaml").write_text(another(id))
    patience = "import seed.cli.progress; seed.cli.progress._PATIENCE = -1"
    with Terminal("check", put(), columns=columns, before=patience) as terminal:
        assert terminal.ended() == 0
        assert "Proving" in terminal.raw.decode() and "3/3" in terminal.raw.decode()
        assert terminal.lines == ["3 records proved, no fault", "6 of 39 entries inferred (15%)"]


def test_fast_work_shows_no_progress_bar(put: Callable[..., Path]) -> None:
    with Terminal("check", put(), before="import seed.cli.progress; seed.cli.progress._PATIENCE = 1e9") as terminal:
        assert terminal.ended() == 0
    assert (
        re.sub(rb"\x1b\[[\d;]*m", b"", terminal.raw)
        == b"1 record proved, no fault\r\n2 of 13 entries inferred (15%)\r\n"
    )


ATTENTIVE = "import seed.cli.watch; seed.cli.watch._PAUSE = 0.02"


def test_a_watch_checks_again_whatever_changes(put: Callable[..., Path], tmp_path: Path) -> None:
    data = put()
    record = data / "vienna/record.yaml"

    def shows(*passages: str) -> Callable[[], bool]:
        return lambda: all(any(passage in line for line in terminal.lines) for passage in (*passages, "until Ctrl-C"))

    with Terminal("check", "--watch", data, columns=200, before=ATTENTIVE) as terminal:
        terminal.until(shows(NO_FAULT))
        assert re.match(r"\d\d:\d\d:\d\d: watching", terminal.lines[-1])
        record.write_text(changed(RECORD, (HOURS, "words: for ten hours")))
        terminal.until(shows("words-not-found: ", "1 fault in 1 file"))
        assert terminal.lines[0].startswith(f"{record}:"), "the screen has just the last check"
        record.write_text("status: [reviewed")
        terminal.until(shows("unreadable: not YAML"))
        replacement = tmp_path / "record.yaml~"
        replacement.write_text(RECORD)
        replacement.rename(record)
        terminal.until(shows(NO_FAULT))
        (data / "vienna/article.txt").write_text(ARTICLE.replace("two hours", "three hours").replace("hours", "days"))
        terminal.until(shows("words-not-found: "))
        (data / "vienna/article.txt").write_text(ARTICLE)
        terminal.until(shows(NO_FAULT))
        shutil.copytree(data / "vienna", data / "linz")
        terminal.until(shows("duplicate-id: "))
        shutil.rmtree(data / "linz")
        terminal.until(shows(NO_FAULT))
        data.rename(tmp_path / "elsewhere")
        terminal.until(shows("unreadable: no such folder"))
        (tmp_path / "elsewhere").rename(data)
        terminal.until(shows(NO_FAULT))
        terminal.type("\x03")
        assert terminal.ended() == 130 and b"Traceback" not in terminal.raw


def test_a_watch_of_a_record_sees_those_beside_it(put: Callable[..., Path], write_record: WriteRecord) -> None:
    data = put()
    write_record(data / "b", another("b"), ARTICLE)
    with Terminal("check", "--watch", data / "vienna", columns=200, before=ATTENTIVE) as terminal:
        terminal.until(lambda: any("until Ctrl-C" in line for line in terminal.lines))
        assert NO_FAULT in terminal.lines
        (data / "b/record.yaml").write_text(another("b", ("name: Jane Roe", "name: Jane Doe")))
        terminal.until(lambda: any("conflicting-definition: " in line for line in terminal.lines))


def test_a_watch_takes_no_moment_in_which_files_change(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor does to save, step by step in the pauses between two looks, and a change while records are read."""
    data, seen = put(), list[str]()
    record = data / "vienna/record.yaml"
    pauses: list[Callable[[], object]] = [
        lambda: None,
        record.unlink,
        lambda: record.write_text(""),
        lambda: record.write_text(RECORD),
    ]
    coming = iter(pauses)
    monkeypatch.setattr("seed.cli.watch.sleep", lambda seconds: next(coming, lambda: None)())

    def work() -> str:
        seen.append(record.read_text())
        if len(seen) == 2:
            record.write_text("status: draft\n")
        return seen[-1]

    outcomes = watched([data], work)
    assert [next(outcomes), next(outcomes)] == [RECORD, "status: draft\n"]
    assert seen == [RECORD, RECORD, "status: draft\n"]


def test_a_watch_shows_as_many_faults_as_the_screen_has_room_for(tmp_path: Path, write_record: WriteRecord) -> None:
    entries = "".join(f"      - {{says: person, words: nothing {n}}}\n" for n in range(50))
    folder = write_record(tmp_path / "a", small("a") + entries, SMALL_ARTICLE)
    with Terminal("check", "--watch", folder, columns=200, rows=24) as terminal:
        terminal.until(lambda: "until Ctrl-C" in terminal.screen.display[-1] or "until Ctrl-C" in terminal.lines[-1])
        assert terminal.lines[0].startswith(f"{folder}/record.yaml:")
        assert terminal.lines[-2] == "50 faults in 1 file"
        shown = sum("words-not-found: " in line for line in terminal.lines)
        assert f", the first {shown} shown: watching" in terminal.lines[-1] and 1 < shown < 10


def test_a_watch_gives_no_lines_of_json(put: Callable[..., Path], readout: Readout) -> None:
    ran = readout("check", put(), "--watch", "--format", "json")
    assert (ran.status, ran.out) == (2, "") and ran.err.startswith("readout: --watch is for people")
