"""Databases of a thousand, a hundred thousand and a million meetings, made once and cached in `.bench`."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import seed
from app.db.engines import reading_engine, writing_engine
from app.db.snapshots import SCHEMA
from app.search.folder import SearchFolder
from app.search.following import bring_up_to_date
from bench.clones import MEETING, add_copies
from seed.dataset.dataset import Dataset as Records
from seed.store.load import load
from seed.store.load_report import LoadReport
from seed.store.migration import migrate

FOLDER = Path(".bench")
RECORD = Path(seed.__file__).parent / "summits" / MEETING
ALL_WHOLE_UP_TO, WHOLE_BEYOND = 100_000, 50_000
"""Up to `ALL_WHOLE_UP_TO` meetings have their whole record each; in a larger database, `WHOLE_BEYOND` have it."""

WHOLE_BYTES, OTHER_BYTES = 92_000, 18_000
"""Approximate bytes of a meeting with its whole record, and of one without."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A database with `size` meetings; one in `whole` has its whole record."""

    path: Path
    size: int
    whole: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path.absolute()}"

    @property
    def search(self) -> Path:
        """The folder of the search index."""
        return self.path.with_suffix(".search").absolute()


def dataset(size: int) -> Dataset:
    """The database with `size` meetings, and its search index. They are made if they do not exist; delete the file to
    make it again."""
    whole = 1 if size <= ALL_WHOLE_UP_TO else size // WHOLE_BEYOND
    made = Dataset(FOLDER / f"{SCHEMA}-{size}.db", size, whole)
    if not made.path.exists():
        make(made)
    index(made)
    return made


def index(made: Dataset) -> None:
    """Bring the search index of a database up to date."""
    outcome = bring_up_to_date(reading_engine(made.url), SearchFolder(made.search))
    print(f"{made.size:,} meetings: {outcome}", file=sys.stderr)


def make(wanted: Dataset) -> None:
    """Make a database, under another name until it is complete. Exits if the disk has too little space."""
    wanted.path.parent.mkdir(exist_ok=True)
    _check_space(wanted)
    path = wanted.path.with_suffix(".part")
    path.unlink(missing_ok=True)
    load_shipped(path)
    begun = monotonic()
    with _writing(path) as connection:
        for step in add_copies(connection, wanted.size, wanted.whole):
            print(f"{wanted.size:,} meetings: {step} ({monotonic() - begun:.0f} s)", file=sys.stderr)
    path.rename(wanted.path)


def load_shipped(path: Path) -> None:
    """Load the shipped record into a new database, as the command line does."""
    url = f"sqlite:///{path}"
    migrate(url)
    engine = writing_engine(url)
    report = load(engine, Records.of([RECORD]))
    assert isinstance(report, LoadReport), report


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without crash safety, for speed; afterwards the file is in WAL mode, as after a load."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
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
            " make room, or give smaller --sizes."
        )
