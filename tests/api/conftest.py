"""What the tests over HTTP share: the world, loaded and served once, and servers that a test may change."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.exports.__main__ import export
from tests.api.serving import Served, copy_database, load_records, serving
from tests.api.world import write_world

Serve = Callable[..., Served]


@dataclass(frozen=True)
class World:
    """A database with all records of the world, in three loads; to be read, or copied."""

    database: Path
    versions: list[str]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> World:
    folder = tmp_path_factory.mktemp("world")
    database = Path(shutil.copy(empty_database, folder / "world.db"))
    riyadh, congress, bare, *plans = write_world(folder / "records")
    loads = ([riyadh], [congress, bare], plans)
    return World(database, [load_records(database, *folders).version for folders in loads])


@pytest.fixture(scope="session")
def served(world: World) -> Iterator[Served]:
    """The world as it is served, with its exports; no test changes it."""
    with serving(world.database, licence="CC0-1.0", contact="facts@example.org") as running:
        export(running.app.state.readers)
        yield running


@pytest.fixture
def serve(tmp_path: Path, empty_database: Path) -> Iterator[Serve]:
    """Serve a database of the test's own, with some records or as a copy of another: `serve(*folders, of=database)`."""
    with ExitStack() as stack:

        def start(*folders: Path, of: Path | None = None) -> Served:
            database = copy_database(of or empty_database, tmp_path / "own.db")
            if folders:
                load_records(database, *folders)
            return stack.enter_context(serving(database))

        yield start


@dataclass(frozen=True)
class Changing:
    """A server whose database a test loads anew again and again, and a folder for records."""

    served: Served
    folder: Path


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Changing]:
    folder = tmp_path_factory.mktemp("changing")
    with serving(copy_database(empty_database, folder / "own.db")) as running:
        yield Changing(running, folder)
