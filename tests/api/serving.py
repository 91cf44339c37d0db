"""A real server in a thread, over a database that a test loads."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import httpx
import orjson
import uvicorn.server
from fastapi import FastAPI
from sqlalchemy import Dialect

from app.db.snapshots import Version
from app.db.statements import Statement
from app.db.version_watcher import SqliteVersionWatcher
from app.exports.__main__ import export
from app.main import create_app
from app.search.folder import SearchFolder
from app.server.protocol import BoundedServer, uvicorn_config
from app.settings import Settings
from seed.store.load_report import LoadReport
from tests.api.connections import Connections, is_plain
from tests.databases import load_records, query
from tests.search.indexes import follow

PUBLIC_URL = "https://facts.example/read/out"
"""Neither the address nor the paths that the server itself has."""

PREFIX = "/read/out"

Json = Any


class _Asyncio(ModuleType):
    """asyncio as uvicorn uses it, with shorter pauses: a server of the tests stops after 40 ms instead of 150."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 4)


vars(uvicorn.server)["asyncio"] = _Asyncio("asyncio")


@dataclass
class Served:
    """A server that runs, with its database's address."""

    app: FastAPI
    database: str
    client: httpx.Client
    connections: Connections
    known: dict[str, Json] = field(default_factory=dict, repr=False)
    """Whole lists that were read already, by path; only of a database that does not change."""

    def get(self, address: str, **options: Any) -> httpx.Response:
        """Ask for a path, or for a public address as an answer gives it."""
        target = address.removeprefix(self.app.state.settings.public_url)
        if not options and is_plain(target):
            return self.connections.get(target)
        return self.client.get(target, **options)

    def json(self, address: str) -> Json:
        answer = self._identity(address)
        assert answer.status_code == 200, f"{address[:200]}: {answer.status_code} {answer.text[:500]}"
        return orjson.loads(answer.content)

    def _identity(self, address: str) -> httpx.Response:
        """A response without a content coding, which would be most of its cost and adds nothing to its JSON."""
        target = address.removeprefix(self.app.state.settings.public_url)
        if is_plain(target):
            return self.connections.get(target, codings="identity")
        return self.client.get(target, headers={"Accept-Encoding": "identity"})

    def walk(self, address: str) -> list[Json]:
        """All items of a list, page after page, each as the contract says."""
        items: list[Json] = []
        next_url: str | None = address
        while next_url:
            answer = self._identity(next_url)
            assert answer.status_code == 200, answer.text[:500]
            page = orjson.loads(answer.content)
            of_search = ["others", "did_you_mean", "facets"] if "/search?" in next_url else []
            assert list(page) == ["items", "total", "next", *of_search]
            next_url = page["next"]
            assert answer.headers.get("Link") == (f'<{next_url}>; rel="next"' if next_url else None)
            assert page["items"] or next_url is None, "an empty page that is not the last"
            items += page["items"]
        return items

    def ids(self, address: str) -> list[str]:
        return [item["id"] for item in self.walk(address)]

    def all(self, path: str) -> list[Json]:
        """A whole list by id, read once."""
        if path not in self.known:
            self.known[path] = self.walk(f"{path}?limit=100&sort=id")
        return self.known[path]  # type: ignore[no-any-return]

    def load(self, *folders: Path, prune: bool = False) -> LoadReport:
        """Load records, and wait until the service tells their version, as it does within 50 ms."""
        report = load_records(self.database, *folders, prune=prune)
        self._told(report.version)
        if self.app.state.search_folder.has_index():
            self.index()
        return report

    def index(self) -> None:
        """Bring the search index up to date."""
        folder: SearchFolder = self.app.state.search_folder
        follow(self.database, folder.path)

    def newest(self) -> str:
        """The version that is in the database, once the service tells it."""
        number, digest = query(
            self.database, "SELECT number, digest FROM dataset_version ORDER BY number DESC LIMIT 1"
        )[0]
        return self._told(f"{number}-{digest[:8]}")

    def _told(self, version: str) -> str:
        until(lambda: self.get("/problems/gone").headers.get("Readout-Dataset") == version, pause=0.005)
        return version

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The statements that the service sends to its database meanwhile, without those around a transaction."""
        sent: list[str] = []
        with before_statements(sent.append):
            yield sent


@contextmanager
def before_statements(do: Callable[[str], object]) -> Iterator[None]:
    """Call `do` with the SQL of each statement of a request, in its thread, before it runs."""
    run, version = Statement.rows, SqliteVersionWatcher.version
    watching: set[int] = set()  # threads: the watcher runs while others read

    def rows(statement: Statement[Any], connection: Any, dialect: Dialect, values: Any) -> Iterator[Any]:
        if threading.get_ident() not in watching and threading.current_thread().name != "readiness":
            do(statement._compile(dialect)._sql)  # compiled once, as the service does
        return run(statement, connection, dialect, values)

    def watch(self: SqliteVersionWatcher) -> Version | None:
        watching.add(threading.get_ident())
        try:
            return version(self)
        finally:
            watching.discard(threading.get_ident())

    Statement.rows, SqliteVersionWatcher.version = rows, watch  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Statement.rows, SqliteVersionWatcher.version = run, version  # type: ignore[method-assign]


@contextmanager
def serving(
    database: str, public_url: str = PUBLIC_URL, exported: bool = False, indexed: bool = False, **settings: Any
) -> Iterator[Served]:
    """Serve a database on a port that the system chooses.

    Exports and the search index are written first: a service that runs clears its cache at some moment after that.
    """
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listening:
        settings = {"exports": Path(folder, "exports"), "search": Path(folder, "search"), **settings}
        given = Settings(database_url=database, public_url=public_url, **settings)
        app = create_app(given)
        if indexed:
            follow(database, given.search)
        if exported:
            export(app.state.read_pool)
        config = uvicorn_config(app, log_config=None, timeout_graceful_shutdown=5)
        server = BoundedServer(config, given.max_connections)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            host, port = listening.getsockname()
            with (
                closing(Connections(host, port)) as connections,
                httpx.Client(base_url=f"http://{host}:{port}", timeout=60) as client,
            ):
                connections.get("/livez")  # waits in the socket's queue until the server runs
                yield Served(app, database, client, connections)
        finally:
            server.should_exit = True
            thread.join()


def until(condition: Callable[[], bool], seconds: float = 60, pause: float = 0.001) -> None:
    """Wait for a condition."""
    late = monotonic() + seconds
    while not condition():
        assert monotonic() < late, "it did not come to pass"
        sleep(pause)


def problem(answer: httpx.Response, status: int, code: str) -> Json:
    """A problem document (RFC 9457), checked for its form."""
    assert answer.status_code == status, f"{answer.url}: {answer.status_code} {answer.text[:500]}"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    document = answer.json()
    fields = ["type", "title", "status", "detail", "instance", "code", *(["errors"] if status == 422 else [])]
    assert list(document) == fields
    assert document["type"] == f"{PUBLIC_URL}/problems/{code}"
    assert (document["status"], document["code"]) == (status, code)
    assert document["title"] and document["detail"].endswith(".")
    path = unquote(answer.url.raw_path.decode().partition("?")[0])
    assert unquote(document["instance"]) == PREFIX + (path if status != 414 else path[:200])
    for error in document.get("errors", []):
        assert list(error) == ["parameter", "value", "message", "suggestion"]
    return document
