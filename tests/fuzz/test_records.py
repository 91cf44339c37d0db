"""Records changed at random places: `check` ends, with faults or without, and never with a traceback."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tests.conftest import Readout, WriteRecord
from tests.fuzz.fuzzing import ODD, rounds
from tests.seed.samples import ARTICLE, RECORD

Node = Any


@pytest.mark.long
def test_any_changed_record_is_checked_to_the_end(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    for random in rounds():
        record = yaml.load(RECORD, yaml.CSafeLoader)
        for _ in range(random.choice([1, 1, 2, 4])):
            change(random, record)
        text = yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        write_record(tmp_path / "vienna", text, random_article(random))
        ran = readout("check", tmp_path, "--format", "json")
        faults = [line for line in ran.out.splitlines() if line.startswith("{")]
        assert (ran.status, ran.err) == (1 if faults else 0, ""), f"{text}\n{ran}"


def change(random: Random, record: Node) -> None:
    """Remove, replace, repeat or rename one node, anywhere in a record."""
    parent, key = random.choice(places(record))
    match random.randrange(5):
        case 0:
            del parent[key]
        case 1:
            parent[key] = random.choice(ODD)
        case 2:
            other, at = random.choice(places(record))
            parent[key] = yaml.load(yaml.dump(other[at]), yaml.CSafeLoader)
        case 3:
            parent[key] = random.choice([None, [], {}, [parent[key]], {"id": parent[key]}, [parent[key]] * 2])
        case _ if isinstance(parent, dict):
            parent[random.choice(ODD)] = parent.pop(key)
        case _:
            parent.append(parent[key])


def places(node: Node) -> list[tuple[Node, Any]]:
    """Every place in a tree: the mapping or sequence that holds a node, and the node's key."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [place for key in keys for place in [(node, key), *places(node[key])]]


def random_article(random: Random) -> str:
    """The article, as it is or with some of it replaced by an odd text."""
    if random.random() < 0.7:
        return ARTICLE
    start = random.randrange(len(ARTICLE))
    return ARTICLE[:start] + str(random.choice(ODD)) + ARTICLE[start + random.randrange(200) :]
