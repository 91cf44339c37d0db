"""`python -m bench.scaling`: what meetings cost in PostgreSQL, beside the same rows in a file.

READOUT_DATABASE_URL names an empty database. Its rows are those of a dataset that `make bench` knows, copied; so that
what is compared are the databases alone. What a meeting takes is told in docs/scaling.md.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Annotated, Any

import psycopg
import typer
from sqlmodel import SQLModel

from app.db.postgresql import parameters
from app.enums import SearchKind
from app.models import DatasetVersion, ListSize, SearchEntry, table
from bench.datasets import Dataset, dataset
from bench.questions import questions
from bench.servers import Server, allow_many_connections, serving
from bench.wrk import Asked, fire, make_sure_of_wrk
from seed.store.migration import migrate
from seed.store.writer import INSERT_ORDER

CONNECTIONS, SECONDS = 16, 4


@dataclass(frozen=True, slots=True)
class Stored(Dataset):
    """A dataset in PostgreSQL."""

    address: str = ""

    @property
    def url(self) -> str:
        return self.address


def main(size: Annotated[int, typer.Option(help="How many meetings.")] = 10_000) -> None:
    """Copy a dataset into PostgreSQL, and tell what it takes there and how fast it is read."""
    make_sure_of_wrk()
    allow_many_connections()
    file = dataset(size)
    stored = Stored(file.path, file.size, file.whole, os.environ["READOUT_DATABASE_URL"])
    migrate(stored.url)
    with psycopg.connect(**parameters(stored.url), autocommit=True) as connection:
        if not copied(connection):
            copy(file, connection)
        print_sizes(file, connection)
    print_rates(file, stored)


def copied(connection: psycopg.Connection[Any]) -> bool:
    """Whether an earlier run has filled the database."""
    return connection.execute("SELECT 1 FROM dataset_version").fetchone() is not None


def copy(file: Dataset, connection: psycopg.Connection[Any]) -> None:
    """Copy all rows, and have the search entries made as the loader has them made."""
    models: tuple[type[SQLModel], ...] = (DatasetVersion, *INSERT_ORDER, ListSize)
    with closing(sqlite3.connect(file.path)) as source, connection.transaction():
        connection.execute("TRUNCATE list_size")
        for one in map(table, models):
            names = ", ".join(f'"{column.name}"' for column in one.c)
            with connection.cursor().copy(f'COPY "{one.name}" ({names}) FROM STDIN'.encode()) as copying:
                for row in source.execute(f'SELECT {names} FROM "{one.name}"'):
                    copying.write_row(row)
        names = ", ".join(column.name for column in table(SearchEntry).c)
        for kind in SearchKind:
            entries = f"INSERT INTO search_entry ({names}) SELECT {names} FROM {kind}_entry"
            connection.execute(entries.encode())
    connection.execute("VACUUM ANALYZE")


def print_sizes(file: Dataset, connection: psycopg.Connection[Any]) -> None:
    """Print what a meeting takes of the disk, in KB."""
    tables = "FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace"
    of_ours = "WHERE nspname = 'public' AND relkind = 'r'"
    ((rows, indexes, search),) = connection.execute(
        f"SELECT sum(pg_table_size(pg_class.oid)), sum(pg_indexes_size(pg_class.oid)),"
        f" pg_total_relation_size('search_entry') + pg_total_relation_size('search_index') {tables} {of_ours}".encode()
    )
    ((total,),) = connection.execute("SELECT pg_database_size(current_database())")
    print(f"| KB a meeting, of {file.size:,} | file | PostgreSQL | its rows | its indexes | of both, search |")
    print("|---|---|---|---|---|---|")
    each = [size / file.size / 1000 for size in (file.path.stat().st_size, total, rows, indexes, search)]
    print("| | " + " | ".join(f"{kilobytes:.0f}" for kilobytes in each) + " |\n")


def print_rates(file: Dataset, stored: Stored) -> None:
    """Print how many answers a second one process gives from each, with nothing kept, on one core."""
    print("| answers a second | file | PostgreSQL | of the file's |")
    print("|---|---|---|---|")
    with (
        serving("readout", file, READOUT_CACHE_MIB="0") as one,
        serving("readout", stored, READOUT_CACHE_MIB="0") as two,
    ):
        for question in questions(file):
            of_file, of_server = (rate(server, question.readout) for server in (one, two))
            print(f"| {question.name} | {of_file:,.0f} | {of_server:,.0f} | {of_server / of_file:.2f} |")


def rate(server: Server, paths: list[str]) -> float:
    """Answers a second; ends the program where one is not as it must be."""
    fire(server, Asked(paths), CONNECTIONS, 1)
    shot = fire(server, Asked(paths), CONNECTIONS, SECONDS)
    assert not shot.unexpected and not shot.broken, shot
    return shot.answered / shot.seconds


if __name__ == "__main__":
    typer.run(main)
