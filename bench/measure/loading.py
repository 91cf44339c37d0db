"""Loading speed: rows stored per CPU second by the loader, compared with `executemany` for the same rows."""

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import process_time

from sqlmodel import SQLModel

from app.db.engines import writing_engine
from app.db.sqlite import CACHE_KIB
from app.models import DatasetVersion, table
from bench.clones import MEETING, SOURCE
from bench.datasets import RECORD
from seed.dataset.dataset import Dataset, Outcome
from seed.store.load import load
from seed.store.migration import migrate
from seed.store.row_writer import INSERT_ORDER

RECORDS = 200
_MODELS: tuple[type[SQLModel], ...] = (DatasetVersion, *INSERT_ORDER)
_TABLES = [table(model).name for model in _MODELS]


class _Proved(Dataset):
    """A dataset whose records are proved already, so that a load only stores them."""

    outcomes: list[Outcome]

    def prove(self) -> Iterator[Outcome]:
        return iter(self.outcomes)


class LoadingSpeed:
    """Both ways, in rows per CPU second; each run fills a new database that has all indexes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        migrate(f"sqlite:///{folder / 'empty.db'}")
        _write_records(folder / "records")
        self._load()
        with closing(sqlite3.connect(folder / "own.db")) as connection:
            self.rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
        self.count = sum(map(len, self.rows.values()))

    def by_loader(self) -> float:
        return self.count / self._load()

    def by_executemany(self) -> float:
        with closing(sqlite3.connect(self._new_database(), isolation_level=None)) as connection:
            for pragma in ("foreign_keys = ON", f"cache_size = -{CACHE_KIB}"):
                connection.execute(f"PRAGMA {pragma}")
            return self.count / _cpu_seconds(lambda: self._insert(connection))

    def _load(self) -> float:
        """The CPU seconds of a load without the proof; a proof caches what it found, so each load has a new one."""
        engine = writing_engine(f"sqlite:///{self._new_database()}")
        dataset = _Proved.of([self.folder / "records"])
        assert isinstance(dataset, _Proved)
        dataset.outcomes = list(Dataset.prove(dataset))
        seconds = _cpu_seconds(lambda: load(engine, dataset))
        engine.dispose()
        return seconds

    def _insert(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in self.rows.items():
            if rows:
                placeholders = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({placeholders})", rows)
        connection.execute("COMMIT")

    def _new_database(self) -> Path:
        for leftover in self.folder.glob("own.db*"):
            leftover.unlink()
        return Path(shutil.copy(self.folder / "empty.db", self.folder / "own.db"))


def _cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU seconds of some work, with the garbage collector set as `readout load` sets it."""
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    begun = process_time()
    outcome = work()
    seconds = process_time() - begun
    gc.set_threshold(*threshold)
    gc.unfreeze()
    assert not isinstance(outcome, list), outcome
    return seconds


def _write_records(folder: Path) -> None:
    """Write copies of the shipped record, each with ids of its own."""
    record, article = (RECORD / "record.yaml").read_text(), (RECORD / "article.txt").read_bytes()
    for n in range(RECORDS):
        copy = folder / f"m-{n}"
        copy.mkdir(parents=True)
        (copy / "record.yaml").write_text(record.replace(MEETING, f"m-{n}").replace(SOURCE, f"s-{n}"))
        (copy / "article.txt").write_bytes(article)
