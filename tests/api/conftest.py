"""What the tests over HTTP share: the world, loaded and served once, and servers that a test may change."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.serving import Served, serving
from tests.api.world import write_world
from tests.databases import Databases, Kind, load_records

Serve = Callable[..., Served]


@dataclass(frozen=True)
class World:
    """A database with all records of the world, in three loads; to be copied."""

    database: str
    versions: list[str]


@pytest.fixture(scope="session")
def world(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    riyadh, congress, bare, *plans = write_world(tmp_path_factory.mktemp("world"))
    loads = ([riyadh], [congress, bare], plans)
    with database_kind.databases() as databases:
        database = databases.migrated()
        yield World(database, [load_records(database, *folders).version for folders in loads])


@pytest.fixture(scope="session")
def served(database_kind: Kind, world: World) -> Iterator[Served]:
    """The world as it is served, with its exports; no test changes it."""
    with (
        database_kind.databases() as databases,
        serving(
            databases.copy(world.database), exported=True, indexed=True, licence="CC0-1.0", contact="facts@example.org"
        ) as running,
    ):
        yield running


@pytest.fixture
def serve(databases: Databases) -> Iterator[Serve]:
    """Serve a database of the test's own, with some records or as a copy of another: `serve(*folders, of=database)`."""
    with ExitStack() as stack:

        def start(*folders: Path, of: str | None = None) -> Served:
            return stack.enter_context(serving(databases.copy(of) if of else databases.loaded(*folders)))

        yield start


@pytest.fixture
def quick_readiness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Services in this process read for `/readyz` every 20 ms instead of every second."""
    monkeypatch.setattr("app.db.readiness.PAUSE_SECONDS", 0.02)


@dataclass(frozen=True)
class Changing:
    """A server whose database a test loads anew again and again, and a folder for records."""

    served: Served
    folder: Path


@pytest.fixture(scope="module")
def changing(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    with database_kind.databases() as databases, serving(databases.migrated()) as running:
        yield Changing(running, tmp_path_factory.mktemp("changing"))
