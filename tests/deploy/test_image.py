"""The image: a reproducible build, a history continued from the previous image, and a graceful shutdown."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest

from app.db.sqlite import BUSY_SECONDS, file_of
from app.server.server import EXIT_SECONDS, SHUTDOWN_SECONDS
from seed.cli.commands import SUMMITS
from tests.api.processes import PATIENCE, complete_lines, running, until
from tests.api.serving import serving
from tests.deploy.dockerfile import DOCKERFILE, ROOT, Image, bake, build_context
from tests.deploy.proxies import PUBLIC_URL
from tests.forked import Process

RECORDS = SUMMITS.relative_to(ROOT)


def test_the_build_is_reproducible(image: Image, tmp_path: Path) -> None:
    """PYTHONHASHSEED changes the order of sets, which must not reach the files."""
    settings = {"READOUT_PUBLIC_URL": PUBLIC_URL, "SOURCE_DATE_EPOCH": "1740000000", "PYTHONHASHSEED": "1"}
    again = bake(build_context(tmp_path / "again"), settings)
    assert again.files().keys() == image.files().keys()
    assert [name for name in image.files() if again.files()[name] != image.files()[name]] == []


def test_the_load_time_is_source_date_epoch(image: Image) -> None:
    with serving(image.database) as served:
        assert served.json("/dataset")["loaded_at"] == "2025-02-19T21:20:00Z"


def test_versions_and_changes_continue_from_the_previous_image(image: Image, tmp_path: Path) -> None:
    """A meeting that the records no longer contain is removed, and `/changes` lists the removal."""
    following = build_context(tmp_path / "following")
    record = (following.folder / RECORDS / "riyadh-2025-02-18").rename(following.folder / RECORDS / "riyadh")
    text = (record / "record.yaml").read_text()
    (record / "record.yaml").write_text(text.replace("id: riyadh-2025-02-18", "id: riyadh"))
    bake(following, {}, previous=image.folder)
    with serving(image.database) as served:
        before = served.walk("/changes")
    with serving(following.database) as served:
        assert served.json("/dataset")["version"].startswith("2-")
        assert served.walk("/changes")[: len(before)] == before
        assert served.ids("/meetings") == ["riyadh"]
        assert served.get("/meetings/riyadh-2025-02-18").status_code == 410


def test_the_labels_are_those_of_the_project() -> None:
    """Keys are of the OCI image specification, annotations."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = re.findall(r'org\.opencontainers\.image\.([\w.]+)=(?:"([^"]*)"|(\S+))', DOCKERFILE)
    labels = {key: quoted or bare for key, quoted, bare in found}
    assert labels.pop("revision") == "$READOUT_REVISION"
    assert labels == {
        "title": "Readout",
        "description": project["description"],
        "version": project["version"],
        "base.name": f"docker.io/library/{re.findall('^FROM (.*)', DOCKERFILE, re.MULTILINE)[-1]}",
    }


LIMITED_SERVICE = """
from app.db import sqlite
from app.server import server
sqlite.BUSY_SECONDS, server.SHUTDOWN_SECONDS, server.EXIT_SECONDS = {busy}, {shutdown}, {exit}
from app.__main__ import main
main()
"""
"""The service with limits that a busy machine does not reach."""

NEVER = 600


@contextmanager
def stopping(image: Image, shutdown: float, exit: float) -> Iterator[tuple[Process, sqlite3.Connection, BinaryIO]]:
    """A service that stops while a request waits for a database that another connection holds, and the response."""
    program = LIMITED_SERVICE.format(busy=NEVER, shutdown=shutdown, exit=exit)
    with (
        running(sys.executable, "-c", program, database=image.database) as (process, address),
        closing(sqlite3.connect(file_of(image.database))) as other,
    ):
        server = (httpx.URL(address).host, httpx.URL(address).port or 80)
        other.execute("BEGIN EXCLUSIVE")
        with socket.create_connection(server) as asking, asking.makefile("rb") as answer:
            asking.sendall(b"GET /people?party=rus HTTP/1.1\r\nHost: x\r\n\r\n")
            assert httpx.get(f"{address}/livez", timeout=PATIENCE).status_code == 200  # it has read what came before
            process.send_signal(signal.SIGTERM)
            wait_until_refused(server)
            yield process, other, answer


def test_requests_in_flight_finish_before_it_stops(image: Image) -> None:
    with stopping(image, shutdown=NEVER, exit=NEVER) as (process, other, answer):
        other.rollback()
        received = answer.read()
        assert received.startswith(b"HTTP/1.1 200 ") and received.endswith(b"}")
        assert process.wait(timeout=PATIENCE) == 0


def test_an_endless_request_does_not_delay_the_stop(image: Image) -> None:
    assert SHUTDOWN_SECONDS < EXIT_SECONDS < BUSY_SECONDS, "it stops before a request has waited as long as it may"
    with stopping(image, shutdown=0.1, exit=0.2) as (process, _, answer):
        assert process.wait(timeout=PATIENCE) == 0
        assert b"200" not in answer.read()


def wait_until_refused(server: tuple[str, int]) -> None:
    while True:
        try:
            socket.create_connection(server).close()
        except ConnectionResetError:
            continue  # the socket was closed just then: the next attempt is refused
        except ConnectionRefusedError:
            return


@pytest.mark.parametrize("metrics_port", ["0", ""])
def test_the_health_check_asks_whether_all_processes_are_ready(image: Image, tmp_path: Path, metrics_port: str) -> None:
    """At the metrics port if there is one, else at the port of the service."""
    (command,) = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    python, *arguments = json.loads(command)
    assert python == "python"
    own, log = Image(Path(shutil.copytree(image.folder, tmp_path / "image"))), tmp_path / "log"
    with running(database=own.database, log=log, READOUT_METRICS_PORT=metrics_port) as (_, address):
        (serving,) = (line for line in complete_lines(log) if line["event"] == "serving")
        ports = {"PORT": str(httpx.URL(address).port)}
        if metrics_port:
            ports = {"PORT": "1", "READOUT_METRICS_PORT": str(httpx.URL(serving["metrics"]).port)}

        def status() -> int:
            return subprocess.run([sys.executable, *arguments], env=os.environ | ports, check=False).returncode

        assert until(lambda: status() == 0)
        file_of(own.database).rename(tmp_path / "away.db")
        until(lambda: status() == 1)
        (tmp_path / "away.db").rename(file_of(own.database))
        until(lambda: status() == 0)
