"""What tests share: databases of both kinds, records on the disk, and the command line."""

import gc
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

import app.db.postgresql
import app.db.sqlite
from seed.cli.commands import main
from tests.amounts import LONG
from tests.databases import KINDS, Databases, Files, Kind, of_server
from tests.disks import use_memory
from tests.forked import NOT_FORKED
from tests.packages import need
from tests.postgresql import Server, server

use_memory()  # before the first temporary file
structlog.configure(logger_factory=structlog.ReturnLoggerFactory())  # services here would log into a command's output
gc.set_threshold(50_000, 20, 100)  # a full collection looks at all that 6,000 collected tests are made of

# No test is a matter of time; and CI draws the same examples each time, so that a change is judged by what it changes.
settings.register_profile("readout", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("readout")

collect_ignore = [] if LONG else ["api/test_schemathesis.py", "deploy/test_upgrade.py"]
collect_ignore += [] if sys.platform == "linux" else ["bench"]  # it asks Linux what a process has cost


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Readout = Callable[..., Ran]
WriteRecord = Callable[..., Path]


def reported_faults(readout: Readout, *arguments: object) -> list[dict[str, Any]]:
    """The faults that a command reports, as its JSON has them; it exits with status 1 if there are any, else with 0."""
    return [found for found in reported(readout, *arguments) if found["severity"] == "fault"]


def reported_warnings(readout: Readout, *arguments: object) -> list[dict[str, Any]]:
    """The warnings that a command reports, as its JSON has them."""
    return [found for found in reported(readout, *arguments) if found["severity"] == "warning"]


def reported(readout: Readout, *arguments: object) -> list[dict[str, Any]]:
    """The faults and warnings that a command reports: standard output has nothing else, and with a fault it is all."""
    ran = readout(*arguments, "--format", "json")
    found: list[dict[str, Any]] = [json.loads(line) for line in ran.out.splitlines()]
    has_fault = any(one["severity"] == "fault" for one in found)
    assert ran.status == (1 if has_fault else 0) and not (has_fault and ran.err)
    return found


@pytest.fixture(scope="session")
def write_record() -> WriteRecord:
    """Write a record's folder: `write_record(folder, record, article)`; None leaves a file out."""

    def write(folder: Path, record: str | bytes | None, article: str | bytes | None = None) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("record.yaml", record), ("article.txt", article)):
            if content is not None:
                (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture(scope="session", autouse=True)
def _compiled_statements() -> Iterator[None]:
    """Engines of one kind share the SQL that SQLAlchemy has compiled: to compile it again takes half of a small load."""
    with pytest.MonkeyPatch.context() as patch:
        for module, dialect in ((app.db.sqlite, SQLiteDialect_pysqlite), (app.db.postgresql, PGDialect_psycopg)):
            options: dict[str, Any] = {"compiled_cache": LRUCache(1000)}
            patch.setattr(module, "create_engine", partial(create_engine, execution_options=options))
            patch.setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))  # it is part of the key
            patch.setattr(dialect, "__hash__", lambda self: hash(type(self)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test takes a setting from whoever runs it, writes the database of the checkout, or trusts any server."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("READOUT_")]:
            patch.delenv(name)
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("certificates")))  # every client would read them all
        patch.setenv("READOUT_DATABASE_URL", "sqlite:////proc/none/readout.db")
        yield


@pytest.fixture(scope="session")
def _search_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths in an empty folder: a search index is made where a test needs one."""
    root = tmp_path_factory.mktemp("search")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def _search(_search_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a search index of its own."""
    monkeypatch.setenv("READOUT_SEARCH", str(next(_search_folders)))


@pytest.fixture
def not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that the test starts are not forked: a forked one takes more memory than an operator's."""
    monkeypatch.setenv(NOT_FORKED, "1")


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many open files as this process may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def pytest_configure(config: pytest.Config) -> None:
    for kind in KINDS:
        config.addinivalue_line("markers", f"{kind}: a test that is about this one kind of database by nature")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a database on each kind of them, or on those that its marks name."""
    if "database_kind" in metafunc.fixturenames:
        marked = [kind for kind in KINDS if metafunc.definition.get_closest_marker(kind)]
        metafunc.parametrize("database_kind", marked or KINDS, indirect=True, scope="session")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server to make databases in; a test that stops or kills one starts its own."""
    need("postgresql")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """SQLite alone: for what is shown over a database, and does not turn on its kind."""
    return Files(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> Kind:
    """SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        files: Files = request.getfixturevalue("files")
        return files
    return of_server(request.getfixturevalue("postgresql"))


@pytest.fixture
def databases(database_kind: Kind) -> Iterator[Databases]:
    """Makes databases of the test's own."""
    with database_kind.databases() as own:
        yield own


@pytest.fixture
def database(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a migrated database without a row, as READOUT_DATABASE_URL has it."""
    url = databases.migrated()
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


@pytest.fixture
def readout(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Readout]:
    """Run the command line in this process: `readout("check", path)`."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["readout", *map(str, arguments)])
        capsys.readouterr()
        status: object = 0
        try:
            main()
        except SystemExit as exit:
            status = exit.code
        printed = capsys.readouterr()
        return Ran(status if isinstance(status, int) else 0, printed.out, printed.err)

    threshold = gc.get_threshold()
    yield run
    gc.set_threshold(*threshold)
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests report besides their outcome, such as the seed of a fuzzer, and the cost of its inputs."""
    for report in terminalreporter.getreports(""):  # those of what follows a test
        for name, lines in getattr(report, "user_properties", ()):
            if name == "printed" and report.when == "teardown":
                terminalreporter.section(report.nodeid)
                terminalreporter.write("".join(f"{line}\n" for line in lines if line))
