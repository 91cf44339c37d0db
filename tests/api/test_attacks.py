"""What an attacker sends, or has a curator store: it does what any text does, and nothing else. See SECURITY.md."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from alembic.config import main as alembic

from app.__main__ import main as serve
from app.db.engines import display_url
from app.db.postgresql import parameters
from app.db.read_pool import read_pool
from app.exports.__main__ import main as write_exports
from app.settings import Settings
from tests.api.conftest import Serve
from tests.api.processes import running
from tests.api.serving import Served
from tests.api.test_serving import raw_response
from tests.conftest import Readout, WriteRecord
from tests.seed.samples import ARTICLE, another

INJECTED = "%0d%0aInjected:%20yes%0d%0a%0d%0a"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "address",
    [
        *(f"/{INJECTED}", f"/meetings/{INJECTED}/", f"/meetings/?{INJECTED}", f"/exports/{INJECTED}", f"//{INJECTED}/"),
        *(
            f"/quotes?limit=1&party={INJECTED}",
            f"/search?q=the&limit=1&q={INJECTED}",
            f"/search?limit=1&q=the+{INJECTED}",
        ),
        *(f"/quotes?limit=1&cursor={INJECTED}", f"/changes?limit=1&since={INJECTED}", f"/read/{INJECTED}"),
    ],
)
def test_no_url_injects_a_header(served: Served, address: str) -> None:
    sent = raw_response(served, f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head, _, _ = sent.partition(b"\r\n\r\n")
    assert sent.count(b"HTTP/1.1 ") == 1 and b" 500 " not in head.splitlines()[0]
    assert not any(line.lower().startswith(b"injected") for line in head.splitlines())


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "id", [b"a\rInjected: yes", b"a\nInjected: yes", b"a\r\n Injected: yes", b"a\x00b", b"\xe5\x98\x8a"]
)
def test_no_header_injects_another(served: Served, id: bytes) -> None:
    sent = raw_response(
        served, b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-ID: " + id + b"\r\nConnection: close\r\n\r\n"
    )
    assert not any(line.lower().startswith(b"injected") for line in sent.partition(b"\r\n\r\n")[0].splitlines())


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server that nobody may ask."""
    with socket.create_server(("127.0.0.1", 0)) as own:
        own.setblocking(False)
        yield own


@pytest.mark.sqlite
def test_no_url_of_a_record_is_ever_opened(
    serve: Serve, listening: socket.socket, write_record: WriteRecord, tmp_path: Path
) -> None:
    """Neither when it is loaded nor when it is shown, whatever shows it."""
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/secret"
    given = ("    access: full\n", f"    access: full\n    url: {address}\n")
    served = serve(write_record(tmp_path / "vienna", another("vienna", given), ARTICLE))
    served.index()
    shown = [
        served.get(path)
        for path in ("/sources/gazette", "/meetings/vienna/readout", "/read/vienna", "/search?q=utopia")
    ]
    assert address in shown[0].text and {answer.status_code for answer in shown} == {200}
    with pytest.raises(BlockingIOError):
        listening.accept()


@pytest.mark.sqlite
def test_script_in_a_record_has_a_media_type_that_no_browser_runs(
    serve: Serve, write_record: WriteRecord, tmp_path: Path
) -> None:
    hostile = another("vienna", ("title: Utopia–Ruritania talks", f"title: '{HOSTILE}'"))
    served = serve(write_record(tmp_path / "vienna", hostile, ARTICLE.replace("King", f"King {HOSTILE}")))
    served.index()
    for path in (
        "/meetings",
        "/meetings/vienna",
        "/meetings/vienna/readout",
        "/search?q=alert",
        "/changes",
        "/sources/gazette/text",
    ):
        answer = served.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] in ("application/json", "text/plain; charset=utf-8")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert served.json("/meetings/vienna")["title"] == HOSTILE
    page = served.get("/read/vienna")
    assert "alert(1)" in page.text and "<script>" not in page.text and "<img" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


WRITES = [
    "DELETE FROM meeting",
    "UPDATE meeting SET title = 'x'",
    "CREATE TABLE mine (a integer)",
    "DROP TABLE meeting",
]


@pytest.mark.parametrize("statement", WRITES)
def test_the_connections_of_the_service_are_read_only(statement: str, database: str) -> None:
    """Even where the database's owner is who connects."""
    reading = read_pool(Settings(database_url=database))
    connection = reading.connection()
    cursor = connection.cursor()
    cursor.execute(reading.begin)
    with pytest.raises(reading.engine.dialect.loaded_dbapi.Error, match=r"read-?only"):
        cursor.execute(statement)
    connection.rollback()
    reading.close()


SECRET = "s3cret"
UNREACHABLE = [f"postgresql://me:{SECRET}@127.0.0.1:1/db", f"postgresql://127.0.0.1:1/db?user=me&password={SECRET}"]
NO_ADDRESS = {
    f"postgresql://me:a@{SECRET}@127.0.0.1:1/db": "escape `@` in the password as %40",
    f"postgresql://me@home:{SECRET}@127.0.0.1:1/db": "escape `@` in the password as %40",
    f"postgresql://me:{SECRET}@{SECRET}/{SECRET}@127.0.0.1:1/db": "escape `@` in the password as %40",
    f"postgresql://me:{SECRET}/{SECRET}@127.0.0.1:1/db": "`/` as %2F",
    f"postgresql://me:{SECRET}%zz@127.0.0.1:1/db": "`%` as %25",
    f"postgresql://me:{SECRET} {SECRET}@127.0.0.1:1/db": "escape everything but letters and digits",
    f"postgresql://me:a?{SECRET}/{SECRET}@127.0.0.1:1/db": "escape everything but letters and digits",
    f"postgresql://me:{SECRET}/db": "postgresql://user:password@host/readout",
    f"postgresql://me:{SECRET}@[::1/db": "postgresql://user:password@host/readout",
    f"postgresql://me:a:{SECRET}@h/db?nonsense=1": "postgresql://user:password@host/readout",
    f"postgresql://127.0.0.1:1/db?user=me&password=a&{SECRET}": "escape everything but letters and digits",
    f"postgresql://127.0.0.1:1/db?password={SECRET}%zz": "`%` as %25",
    f"mysql://me:{SECRET}@h/db": "sqlite:///",
    f"mysql://me:{SECRET}/db": "sqlite:///",
    f"postgresql+psycopg://me:a@{SECRET}@h/db": "sqlite:///",
    f"host=h user=me password={SECRET}": "sqlite:///",
}
"""Invalid URLs, and what the message says to do."""


@pytest.mark.parametrize("url", UNREACHABLE)
def test_no_response_names_the_database_and_no_log_its_password(url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(database=url, log=log) as (process, address):
        for path in ("/meetings", "/dataset", "/readyz", "/search?q=a"):
            answer = httpx.get(f"{address}{path}")
            assert answer.status_code == 503
            assert not re.search(f"{SECRET}|127.0.0.1|psycopg", answer.text.replace(address, ""))
        process.terminate()
        process.wait()
    assert SECRET not in log.read_text()


@pytest.mark.parametrize("url", [*UNREACHABLE, *NO_ADDRESS])
def test_no_command_prints_the_database_s_password(
    url: str, readout: Readout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    for command in (["migrate"], ["load"], ["verify"], ["backup", "copy"], ["restore", "copy"]):
        ran = readout(*command)
        assert ran.status == 2 and ran.err.count("\n") == 1
        assert SECRET not in ran.out + ran.err
        assert NO_ADDRESS.get(url, "") in ran.err or command[0] in ("backup", "restore")
    others = [write_exports, lambda: alembic(["upgrade", "head"]), *([serve] if url in NO_ADDRESS else [])]
    for run in others:
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = capsys.readouterr()
        assert ended.value.code == 2 and err.startswith("readout: ") and err.count("\n") == 1
        assert SECRET not in out + err and NO_ADDRESS.get(url, "") in err


def test_a_password_with_any_character_is_taken_escaped() -> None:
    password = "@/%:?#&= [é]'\\"
    url = f"postgresql://me:{quote(password, safe='')}@[::1]:5432,h/db?password=x%3D&target_session_attrs=any&sslpassword=x"
    assert parameters(url.replace("password=x%3D&", ""))["password"] == password
    assert display_url(url) == "postgresql://me@[::1]:5432,h/db?target_session_attrs=any"
    assert password not in repr(Settings(database_url=url)) and quote(password) not in repr(Settings(database_url=url))


@pytest.mark.parametrize(
    "url", [f"https://me:{SECRET}@facts.example", f"https://me:a@{SECRET}/x@b", f"https://{SECRET}@h"]
)
def test_a_public_url_with_a_user_or_a_password_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be in every response."""
    monkeypatch.setenv("READOUT_PUBLIC_URL", url)
    with pytest.raises(SystemExit):
        serve()
    out, err = capsys.readouterr()
    assert err.startswith("readout: READOUT_PUBLIC_URL: it ") and SECRET not in out + err
