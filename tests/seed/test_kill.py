"""A load that is killed at any moment leaves the dataset as it was before, or as it is after, and never a mixture."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from app.database import reading_engine
from seed.store.verify import verify
from tests.conftest import Ran
from tests.seed.samples import ARTICLE, another, dump, query

KILLS = 50
OLD, NEW = range(6), range(2, 8)
ROOT = Path(__file__).parents[2]

Moment = Callable[[subprocess.Popen[bytes], Path], None]
"""Waits for the moment at which a load is killed, or for its end."""


@dataclass(frozen=True)
class Loads:
    """Two datasets, a database that holds the first, how the dumps of either look, and what a load takes."""

    folder: Path
    before: list[str]
    after: list[str]
    seconds: float
    log_size: int


def write(folder: Path, meetings: range, title: str) -> None:
    for number in meetings:
        record = another(f"vienna-{number}", ("title: Utopia–Ruritania talks", f"title: {title} {number}"))
        own = folder / f"vienna-{number}"
        own.mkdir(parents=True)
        (own / "record.yaml").write_text(record.replace("id: gazette", f"id: gazette-{number}"), encoding="utf-8")
        (own / "article.txt").write_text(f"{title}.\n\n{ARTICLE}", encoding="utf-8")


def start(database: Path, *arguments: object) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment |= {"READOUT_DATABASE_URL": f"sqlite:///{database}", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "seed", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def until_open(process: subprocess.Popen[bytes], database: Path) -> None:
    """Wait until the process has opened the database, which is when its work begins."""
    while process.poll() is None and not log_of(database).exists():
        pass


def after_a_while(seconds: float) -> Moment:
    def wait(process: subprocess.Popen[bytes], database: Path) -> None:
        until_open(process, database)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    return wait


def at_a_size_of_the_log(wanted: int) -> Moment:
    def wait(process: subprocess.Popen[bytes], database: Path) -> None:
        while process.poll() is None and size(log_of(database)) < wanted:
            pass

    return wait


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Loads:
    folder = tmp_path_factory.mktemp("kill")
    write(folder / "old", OLD, "The talks")
    write(folder / "new", NEW, "The new talks")
    before, after = folder / "before.db", folder / "after.db"
    shutil.copy(empty_database, before)
    with start(before, "load", folder / "old") as process:
        assert process.communicate()[1] == b"" and process.returncode == 0
    shutil.copy(before, after)
    with start(after, "load", folder / "new", "--prune") as process:
        until_open(process, after)
        began, largest = monotonic(), 0
        while process.poll() is None:
            largest = max(largest, size(log_of(after)))
        seconds = monotonic() - began
        assert process.communicate()[1] == b"" and process.returncode == 0 and largest > 0
    dumps = dump(f"sqlite:///{before}"), dump(f"sqlite:///{after}")
    return Loads(folder, *dumps, seconds, largest)


def kill(loads: Loads, number: int, moment: Moment) -> tuple[bool, str]:
    """Kill a load; whether it was still running, and which of the two datasets the database then holds."""
    database = loads.folder / f"{number}/readout.db"
    database.parent.mkdir()
    shutil.copy(loads.folder / "before.db", database)
    with start(database, "load", loads.folder / "new", "--prune") as process:
        moment(process, database)
        process.kill()
        process.communicate()
    url = f"sqlite:///{database}"
    engine = reading_engine(url, connections=1)
    differences = verify(engine).differences
    engine.dispose()
    assert differences == [], number
    assert query(url, "PRAGMA integrity_check") == ["ok"]
    held = {True: "before", False: "a mixture"}[(found := dump(url)) == loads.before]
    return process.returncode != 0, "after" if found == loads.after else held


def test_a_load_that_is_killed_leaves_the_dataset_before_or_after(loads: Loads) -> None:
    chance = random.Random(7)
    moments = [
        after_a_while(chance.uniform(0, loads.seconds))
        if number % 2
        else at_a_size_of_the_log(chance.randint(1, loads.log_size))
        for number in range(KILLS)
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda each: kill(loads, *each), enumerate(moments)))
    assert {held for _, held in outcomes} <= {"before", "after"}
    assert any(killed and held == "before" for killed, held in outcomes)


def test_what_takes_longer_than_a_second_tells_its_progress_in_plain_lines(
    tmp_path: Path, empty_database: Path
) -> None:
    write(tmp_path / "many", range(400), "The talks")
    shutil.copy(empty_database, tmp_path / "readout.db")
    with start(tmp_path / "readout.db", "load", tmp_path / "many") as process:
        out, err = process.communicate()
    ran = Ran(process.returncode, out.decode(), err.decode())
    assert ran.status == 0 and len(ran.out.splitlines()) == 400 * 2 + 4
    assert re.search(r"\d", ran.err) and not re.search("[\r\x1b]", ran.err)
