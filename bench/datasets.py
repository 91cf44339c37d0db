"""Databases of a thousand, a hundred thousand and a million meetings, made once and kept in `.bench`."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import seed
from app.db.engines import writing_engine
from app.db.snapshots import SCHEMA
from bench.clones import MEETING, clone
from seed.dataset.dataset import Dataset as Records
from seed.store.load import load
from seed.store.load_report import Account
from seed.store.migration import migrate

FOLDER = Path(".bench")
RECORD = Path(seed.__file__).parent / "summits" / MEETING
MOST_WHOLE, WHOLE_OF_MORE = 100_000, 50_000
"""Up to how many meetings each is copied whole, and how many are where there are more, for the disk and the time."""

WHOLE_BYTES, OTHER_BYTES = 92_000, 18_000
"""About what the database grows by for a meeting with its whole record, and for one without."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A database with some number of meetings, one in `whole` of them with its whole record."""

    path: Path
    size: int
    whole: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path.absolute()}"


def dataset(size: int) -> Dataset:
    """The database with so many meetings, which is made if it is not there; delete it to have it made anew."""
    whole = 1 if size <= MOST_WHOLE else size // WHOLE_OF_MORE
    made = Dataset(FOLDER / f"{SCHEMA}-{size}.db", size, whole)
    if not made.path.exists():
        make(made)
    return made


def make(wanted: Dataset) -> None:
    """Make a database, under another name until it is whole. Ends the program where the disk is too full."""
    wanted.path.parent.mkdir(exist_ok=True)
    _check_space(wanted)
    path = wanted.path.with_suffix(".part")
    path.unlink(missing_ok=True)
    load_shipped(path)
    begun = monotonic()
    with _writing(path) as connection:
        for step in clone(connection, wanted.size, wanted.whole):
            print(f"{wanted.size:,} meetings: {step} ({monotonic() - begun:.0f} s)", file=sys.stderr)
    path.rename(wanted.path)


def load_shipped(path: Path) -> None:
    """Load the shipped record into a new database, as the command line does."""
    url = f"sqlite:///{path}"
    migrate(url)
    engine = writing_engine(url)
    account = load(engine, Records.of([RECORD]))
    engine.dispose()
    assert isinstance(account, Account), account


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes fast and not safely; the file is then as the loader leaves one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _check_space(wanted: Dataset) -> None:
    whole = wanted.size // wanted.whole
    needed = whole * WHOLE_BYTES + (wanted.size - whole) * OTHER_BYTES
    free = shutil.disk_usage(wanted.path.parent).free
    if needed > free:
        sys.exit(
            f"bench: {wanted.size:,} meetings take about {needed / 1e9:.0f} GB, and {free / 1e9:.0f} GB are free:"
            " make room, or name smaller --sizes."
        )
