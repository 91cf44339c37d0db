"""`python -m bench.scaling`: size and throughput on PostgreSQL, compared with the same rows in SQLite.

READOUT_DATABASE_URL names an empty database. The rows are copied from a database of `make bench`, so only the database
systems differ. The results are in docs/scaling.md.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from sqlmodel import SQLModel

from app.db.postgresql import parameters
from app.models import DatasetVersion, ListSize, table
from bench.datasets import Dataset, dataset
from bench.measure.wrk import Requests, ensure_wrk, run_wrk
from bench.peers.servers import Server, allow_many_connections, serving
from bench.peers.workloads import workloads
from seed.store.migration import migrate
from seed.store.row_writer import INSERT_ORDER

CONNECTIONS, SECONDS = 16, 4


@dataclass(frozen=True, slots=True)
class PostgresDataset(Dataset):
    """A dataset in PostgreSQL."""

    postgres_url: str = ""

    @property
    def url(self) -> str:
        return self.postgres_url

    @property
    def search(self) -> Path:
        return self.path.with_name(f"{self.path.stem}-postgresql.search").absolute()


def main(size: Annotated[int, typer.Option(help="Number of meetings.")] = 10_000) -> None:
    """Copy a dataset into PostgreSQL, and print its size and its throughput."""
    ensure_wrk()
    allow_many_connections()
    file = dataset(size)
    stored = PostgresDataset(file.path, file.size, file.whole, os.environ["READOUT_DATABASE_URL"])
    migrate(stored.url)
    with psycopg.connect(**parameters(stored.url), autocommit=True) as connection:
        if not is_filled(connection):
            copy(file, connection)
        print_sizes(file, connection)
    print_rates(file, stored)


def is_filled(connection: psycopg.Connection[Any]) -> bool:
    """Whether an earlier run has filled the database."""
    return connection.execute("SELECT 1 FROM dataset_version").fetchone() is not None


def copy(file: Dataset, connection: psycopg.Connection[Any]) -> None:
    """Copy all rows."""
    models: tuple[type[SQLModel], ...] = (DatasetVersion, *INSERT_ORDER, ListSize)
    with closing(sqlite3.connect(file.path)) as source, connection.transaction():
        connection.execute("TRUNCATE list_size")
        for one in map(table, models):
            names = ", ".join(f'"{column.name}"' for column in one.c)
            with connection.cursor().copy(f'COPY "{one.name}" ({names}) FROM STDIN'.encode()) as copying:
                for row in source.execute(f'SELECT {names} FROM "{one.name}"'):
                    copying.write_row(row)
    connection.execute("VACUUM ANALYZE")


def print_sizes(file: Dataset, connection: psycopg.Connection[Any]) -> None:
    """Print the disk space per meeting, in KB."""
    tables = "FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace"
    where = "WHERE nspname = 'public' AND relkind = 'r'"
    ((rows, indexes),) = connection.execute(
        f"SELECT sum(pg_table_size(pg_class.oid)), sum(pg_indexes_size(pg_class.oid)) {tables} {where}".encode()
    )
    search = sum(path.stat().st_size for path in file.search.rglob("*") if path.is_file())
    ((total,),) = connection.execute("SELECT pg_database_size(current_database())")
    print(f"| KB per meeting, of {file.size:,} | SQLite | PostgreSQL | rows | indexes | search index |")
    print("|---|---|---|---|---|---|")
    each = [size / file.size / 1000 for size in (file.path.stat().st_size, total, rows, indexes, search)]
    print("| | " + " | ".join(f"{kilobytes:.0f}" for kilobytes in each) + " |\n")


def print_rates(file: Dataset, stored: PostgresDataset) -> None:
    """Print the responses per second of one process on one core, without a cache, for each database."""
    print("| responses per second | SQLite | PostgreSQL | ratio |")
    print("|---|---|---|---|")
    with (
        serving("readout", file, READOUT_CACHE_MIB="0") as one,
        serving("readout", stored, READOUT_CACHE_MIB="0") as two,
    ):
        for workload in workloads(file):
            sqlite, postgres = (rate(server, workload.readout) for server in (one, two))
            print(f"| {workload.name} | {sqlite:,.0f} | {postgres:,.0f} | {postgres / sqlite:.2f} |")


def rate(server: Server, paths: list[str]) -> float:
    """Responses per second. Raises AssertionError for an unexpected response."""
    run_wrk(server, Requests(paths), CONNECTIONS, 1)
    run = run_wrk(server, Requests(paths), CONNECTIONS, SECONDS)
    assert not run.unexpected and not run.broken, run
    return run.completed / run.seconds


if __name__ == "__main__":
    typer.run(main)
