"""A load that is killed at any moment leaves the dataset as it was before, or as it is after, and never a mixture."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.db.sqlite import file_of
from tests.databases import Databases, dump, kind_of, query
from tests.seed.outcomes import NEW, OLD, write_talks

KILLS = {"sqlite": 50, "postgresql": 10}
"""How many; a server undoes itself what it did for a loader that is gone."""
KILLS_OF_COMMANDS = 5
NEVER = 10**12
"""A size that no log reaches."""
ROOT = Path(__file__).parents[2]


@dataclass
class Killer:
    """A process that runs commands and kills them."""

    process: subprocess.Popen[str]

    def run(
        self, database: str, *arguments: object, seconds: float | None = None, log_size: int | None = None
    ) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        order = {"database": database, "arguments": [*map(str, arguments)]}
        print(json.dumps(order | {"seconds": seconds, "log_size": log_size}), file=self.process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment |= {"PYTHONHASHSEED": "0"}  # so that a load gives out the same keys each time
    command = [sys.executable, "-m", "tests.seed.killing"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Killer(process)


def test_a_load_that_is_killed_leaves_the_dataset_before_or_after(
    killer: Killer, tmp_path: Path, databases: Databases
) -> None:
    load = ("load", write_talks(tmp_path / "new", NEW, "The new talks"), "--prune")
    before = databases.loaded(write_talks(tmp_path / "old", OLD, "The talks"))
    after = databases.copy(before)
    whole = killer.run(after, *load, log_size=NEVER)
    assert whole["status"] == 0
    dumps = {"before": dump(before), "after": dump(after)}

    chance, outcomes = random.Random(7), []
    for number in range(KILLS[kind_of(before)]):
        killed = databases.copy(before)
        if number % 2 or not whole["log_size"]:
            ran = killer.run(killed, *load, seconds=chance.uniform(0, whole["seconds"]))
        else:
            ran = killer.run(killed, *load, log_size=chance.randint(1, whole["log_size"]))
        assert killer.run(killed, "verify")["status"] == 0, number
        outcomes.append((ran["status"], what_is_held(killed, dumps)))
    assert {held for _, held in outcomes} <= {"before", "after"}
    assert {status for status, _ in outcomes} <= {0, -9} and (-9, "before") in outcomes


@pytest.mark.sqlite
def test_a_migration_that_is_killed_leaves_the_database_before_or_after(killer: Killer, databases: Databases) -> None:
    assert_killed_leaves_before_or_after(killer, databases, databases.new(), "migrate")


@pytest.mark.sqlite
def test_a_restore_that_is_killed_leaves_the_database_before_or_after(
    killer: Killer, tmp_path: Path, databases: Databases
) -> None:
    before = databases.loaded(write_talks(tmp_path / "old", OLD, "The talks"))
    copy = databases.loaded(write_talks(tmp_path / "new", NEW, "The new talks"))
    assert_killed_leaves_before_or_after(killer, databases, before, "restore", file_of(copy))


def assert_killed_leaves_before_or_after(killer: Killer, databases: Databases, before: str, *command: object) -> None:
    """Run a command to its end, then kill it at random moments."""
    after = databases.copy(before)
    complete = killer.run(after, *command, log_size=NEVER)
    assert complete["status"] == 0
    dumps = {"before": dump(before), "after": dump(after)}
    chance, outcomes = random.Random(7), []
    for _ in range(KILLS_OF_COMMANDS):
        killed = databases.copy(before)
        ran = killer.run(killed, *command, seconds=chance.uniform(0, complete["seconds"]))
        outcomes.append((ran["status"], what_is_held(killed, dumps)))
    assert {held for _, held in outcomes} <= {"before", "after"}
    assert (-9, "before") in outcomes


def what_is_held(database: str, dumps: dict[str, list[str]]) -> str:
    """Which of the dumps a database has."""
    assert kind_of(database) == "postgresql" or query(database, "PRAGMA integrity_check") == ["ok"]
    found = dump(database)
    return next((name for name, expected in dumps.items() if found == expected), "a mixture")
