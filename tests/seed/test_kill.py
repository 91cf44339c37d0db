"""A command that is killed at any moment leaves the old or the new database, and never a mixture."""

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
from tests.amounts import KILLS, KILLS_OF_OTHERS
from tests.databases import Databases, dump, kind_of, query
from tests.seed.outcomes import NEW, OLD, write_talks

ROOT = Path(__file__).parents[2]


@dataclass
class Killer:
    """A process that runs commands and kills them."""

    process: subprocess.Popen[str]

    def run(self, database: str, *arguments: object, **moment: float) -> dict[str, Any]:
        """Run a command, and kill it at a moment, if there is one: see `tests.seed.killing.run`."""
        assert self.process.stdin and self.process.stdout
        order = {"database": database, "arguments": [*map(str, arguments)], **moment}
        print(json.dumps(order), file=self.process.stdin, flush=True)
        result: dict[str, Any] = json.loads(self.process.stdout.readline())
        return result


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    environment = os.environ | {"PYTHONHASHSEED": "0"}  # so that a load gives out the same keys each time
    command = [sys.executable, "-m", "tests.seed.killing"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Killer(process)


@pytest.mark.long
def test_a_load_that_is_killed_leaves_the_dataset_before_or_after(
    killer: Killer, tmp_path: Path, databases: Databases
) -> None:
    load = ("load", write_talks(tmp_path / "new", NEW, "The new talks"), "--prune")
    before = databases.loaded(write_talks(tmp_path / "old", OLD, "The talks"))
    after = databases.copy(before)
    whole = killer.run(after, *load)
    assert whole["status"] == 0
    dumps = {"before": dump(before), "after": dump(after)}

    chance, outcomes = random.Random(7), []
    for number in range(KILLS[kind_of(before)]):
        killed = databases.copy(before)
        ran = killer.run(killed, *load, **moment(number, whole, chance))
        assert killer.run(killed, "verify")["status"] == 0, number
        outcomes.append((ran["status"], what_is_held(killed, dumps)))
    assert {held for _, held in outcomes} <= {"before", "after"}
    assert {status for status, _ in outcomes} <= {0, -9} and (-9, "before") in outcomes


@pytest.mark.long
@pytest.mark.sqlite
def test_a_migration_that_is_killed_leaves_the_database_before_or_after(killer: Killer, databases: Databases) -> None:
    assert_killed_leaves_before_or_after(killer, databases, databases.new(), "migrate")


@pytest.mark.long
@pytest.mark.sqlite
def test_a_restore_that_is_killed_leaves_the_database_before_or_after(
    killer: Killer, tmp_path: Path, databases: Databases
) -> None:
    before = databases.loaded(write_talks(tmp_path / "old", OLD, "The talks"))
    copy = databases.loaded(write_talks(tmp_path / "new", NEW, "The new talks"))
    assert_killed_leaves_before_or_after(killer, databases, before, "restore", file_of(copy))


def assert_killed_leaves_before_or_after(killer: Killer, databases: Databases, before: str, *command: object) -> None:
    """Run a command to its end, then kill it at several moments."""
    after = databases.copy(before)
    complete = killer.run(after, *command)
    assert complete["status"] == 0
    dumps = {"before": dump(before), "after": dump(after)}
    chance, outcomes = random.Random(7), []
    for number in range(KILLS_OF_OTHERS):
        killed = databases.copy(before)
        ran = killer.run(killed, *command, **moment(number, complete, chance))
        outcomes.append((ran["status"], what_is_held(killed, dumps)))
    assert {held for _, held in outcomes} <= {"before", "after"}
    assert {status for status, _ in outcomes} <= {0, -9} and (-9, "before") in outcomes


def moment(number: int, whole: dict[str, Any], chance: random.Random) -> dict[str, float]:
    """When to kill a command, from how a whole run of it went: each second time on the way from statement to statement."""
    if number % 2 == 0:
        return {"statement": chance.randint(1, whole["statements"])}
    if whole["log_size"]:
        return {"log_size": chance.randint(1, whole["log_size"])}
    return {"seconds": chance.uniform(0, whole["seconds"])}


def what_is_held(database: str, dumps: dict[str, list[str]]) -> str:
    """The name of the dump that a database equals."""
    assert kind_of(database) == "postgresql" or query(database, "PRAGMA integrity_check") == ["ok"]
    found = dump(database)
    return next((name for name, expected in dumps.items() if found == expected), "a mixture")
