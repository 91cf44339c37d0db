"""The image: the same bytes from the same build, an earlier image's versions gone on from, and a stop that loses nothing."""

import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx

from app.db.sqlite import BUSY_SECONDS, file_of
from seed.cli.commands import SUMMITS
from tests.api.processes import running
from tests.api.serving import serving
from tests.deploy.dockerfile import ROOT, Image, bake, unbaked
from tests.deploy.proxies import PUBLIC_URL

RECORDS = SUMMITS.relative_to(ROOT)


def test_what_is_built_twice_has_the_same_bytes(image: Image, tmp_path: Path) -> None:
    """However Python orders its sets, which it does anew in each process."""
    settings = {"READOUT_PUBLIC_URL": PUBLIC_URL, "SOURCE_DATE_EPOCH": "1740000000", "PYTHONHASHSEED": "1"}
    again = bake(unbaked(tmp_path / "again"), settings)
    assert again.files().keys() == image.files().keys()
    assert [name for name in image.files() if again.files()[name] != image.files()[name]] == []


def test_the_dataset_is_of_the_time_of_the_build(image: Image) -> None:
    with serving(image.database) as served:
        assert served.json("/dataset")["loaded_at"] == "2025-02-19T21:20:00Z"


def test_versions_and_changes_go_on_from_the_image_before(image: Image, tmp_path: Path) -> None:
    """The dataset is what the records say: what they have no longer goes, and that is told too."""
    following = unbaked(tmp_path / "following")
    record = (following.folder / RECORDS / "riyadh-2025-02-18").rename(following.folder / RECORDS / "riyadh")
    text = (record / "record.yaml").read_text()
    (record / "record.yaml").write_text(text.replace("id: riyadh-2025-02-18", "id: riyadh"))
    bake(following, {}, previous=image.folder)
    with serving(image.database) as served:
        told = served.walk("/changes")
    with serving(following.database) as served:
        assert served.json("/dataset")["version"].startswith("2-")
        assert served.walk("/changes")[: len(told)] == told
        assert served.ids("/meetings") == ["riyadh"]
        assert served.get("/meetings/riyadh-2025-02-18").status_code == 410


@contextmanager
def stopping(image: Image) -> Iterator[tuple[subprocess.Popen[str], sqlite3.Connection, BinaryIO]]:
    """A service that was told to stop while a request waits for the database, which another holds: with the answer."""
    with (
        running(database=image.database) as (process, address),
        closing(sqlite3.connect(file_of(image.database))) as other,
    ):
        server = (httpx.URL(address).host, httpx.URL(address).port or 80)
        other.execute("BEGIN EXCLUSIVE")
        with socket.create_connection(server, timeout=30) as asking, asking.makefile("rb") as answer:
            asking.sendall(b"GET /search?q=talks HTTP/1.1\r\nHost: x\r\n\r\n")
            assert httpx.get(f"{address}/livez").status_code == 200  # so the server has read what came before
            process.send_signal(signal.SIGTERM)
            wait_until_refused(server)
            yield process, other, answer


def test_what_is_in_flight_is_finished_before_it_stops(image: Image) -> None:
    with stopping(image) as (process, other, answer):
        other.rollback()
        received = answer.read()
        assert received.startswith(b"HTTP/1.1 200 ") and received.endswith(b"}")
        assert process.wait(timeout=30) == 0


def test_what_does_not_end_is_not_waited_for(image: Image) -> None:
    with stopping(image) as (process, _, answer):
        assert process.wait(timeout=BUSY_SECONDS - 1) == 0, "it does not wait for the database any more"
        assert b"200" not in answer.read()


def wait_until_refused(server: tuple[str, int]) -> None:
    while True:
        try:
            socket.create_connection(server).close()
        except ConnectionResetError:
            continue  # its socket was closed in the moment between the two: the next is refused
        except ConnectionRefusedError:
            return
