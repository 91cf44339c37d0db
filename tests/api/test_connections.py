"""Connections that take more than they may, by accident or on purpose: they end, and nobody else notices."""

import json
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from itertools import cycle, permutations, product
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

import httpx
import pytest

from app.settings import Settings
from tests.amounts import CONNECTIONS, WORST_INPUT
from tests.api.processes import peak_resident_mib, resident_mib
from tests.api.raw_connections import (
    GET,
    INPUT,
    PATIENCE,
    Service,
    parse_responses,
    read_to_end,
    send_from_4096_connections,
    service,
)
from tests.api.serving import Json, until
from tests.api.world import write_congress
from tests.databases import Files


@pytest.fixture(scope="module")
def database(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with files.databases() as databases:
        yield databases.loaded(write_congress(tmp_path_factory.mktemp("connections") / "congress"))


@pytest.fixture(scope="module")
def short_timeouts(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A process that gives a connection half a second for everything but its next request."""
    change = "p.HEAD_TIMEOUT_SECONDS = p.WRITE_TIMEOUT_SECONDS = 0.5; p.KEEP_ALIVE_SECONDS = 1000"
    with service(database, tmp_path_factory.mktemp("hasty"), change) as running:
        yield running


@pytest.fixture(scope="module")
def defaults(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with service(database, tmp_path_factory.mktemp("usual")) as running:
        yield running


def problem(received: bytes, status: int, code: str) -> Json:
    """The problem that a connection ends with, with all that every answer has."""
    actual, headers, body = parse_responses(received)[-1]
    assert (actual, headers["content-type"]) == (status, "application/problem+json"), received[:500]
    assert headers["connection"] == "close" and headers["cache-control"] == "no-store"
    assert headers["access-control-allow-origin"] == "*" and headers["x-request-id"] and headers["readout-dataset"]
    document = json.loads(body)
    assert (document["status"], document["code"]) == (status, code)
    return document


# What takes too long.


INCOMPLETE = [b"", b"GET /livez HTTP", GET, GET + b"\r\n" + GET, b"\r\n"]


def test_200_incomplete_requests_time_out_and_delay_no_other(short_timeouts: Service) -> None:
    with httpx.Client(base_url=short_timeouts.address, timeout=PATIENCE) as other, ExitStack() as stack:
        assert other.get("/livez").status_code == 200  # then it is slow to nothing, on however busy a machine
        connections = [stack.enter_context(short_timeouts.connect()) for _ in range(200)]
        for connection, sent in zip(connections, cycle(INCOMPLETE), strict=False):
            connection.sendall(sent)
        assert other.get("/livez").status_code == 200
        for connection in connections:
            read_to_end(connection)
    assert "head_too_slow" in short_timeouts.refusals()


def test_a_head_sent_byte_by_byte_times_out(short_timeouts: Service) -> None:
    with short_timeouts.connect() as connection, DefaultSelector() as selector:
        connection.sendall(GET + b"X: ")
        selector.register(connection, EVENT_READ)

        def is_ended() -> bool:
            connection.sendall(b"x")
            return bool(selector.select(0.05))

        until(is_ended)


def test_an_incomplete_second_request_times_out(short_timeouts: Service) -> None:
    with short_timeouts.connect() as connection:
        connection.sendall(GET + b"\r\n")
        assert first(connection) == b"HTTP/1.1 200"
        connection.sendall(GET)
        read_to_end(connection)


def test_an_idle_connection_times_out(database: str, tmp_path: Path) -> None:
    with service(database, tmp_path, "p.KEEP_ALIVE_SECONDS = 0.5") as brief:
        for sent, then in ((GET + b"\r\n", b""), (GET + b"Content-Length: 9\r\n\r\n", b"half")):
            with brief.connect() as connection:
                connection.sendall(sent)
                assert first(connection) == b"HTTP/1.1 200"
                connection.sendall(then)
                assert b"connection: close" not in read_to_end(connection)


def test_a_client_that_reads_no_response_is_disconnected(short_timeouts: Service) -> None:
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(short_timeouts.at)
        connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        until(lambda: "answer_not_taken" in short_timeouts.refusals())
        until(lambda: short_timeouts.get() == 200)


# What is too much.


@pytest.mark.parametrize(
    "head",
    [
        *(["X: ", "x" * 70_000], [f"X-{number}: {'x' * 1000}\r\n" for number in range(70)]),
        *(["X: ", *["x" * 50_000] * 20], ["x" * 70_000, ": 1"]),
    ],
    ids=["a long one", "many", "one without an end", "a long name"],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_headers_of_over_64_kib_are_431(defaults: Service, head: list[str], at_once: bool) -> None:
    pieces = [GET, *(piece.encode() for piece in head), b"\r\n\r\n"]
    received = defaults.exchange(*([b"".join(pieces)] if at_once else pieces))
    assert "65,536" in problem(received, 431, "headers_too_long")["detail"]
    assert "head_too_long" in defaults.refusals()


@pytest.mark.parametrize("at_once", [True, False])
def test_more_than_100_header_lines_are_431(defaults: Service, at_once: bool) -> None:
    most, more = GET + b"a:\r\n" * 98 + b"Connection: close\r\n\r\n", GET + b"a:\r\n" * 15_000
    assert parse_responses(defaults.exchange(most))[0][0] == 200
    received = defaults.exchange(*([more] if at_once else [more[start : start + 500] for start in range(0, 5000, 500)]))
    assert "100 header lines" in problem(received, 431, "headers_too_long")["detail"]
    assert "head_too_long" in defaults.refusals()


@pytest.mark.usefixtures("not_forked")
def test_15000_header_lines_on_400_connections_take_no_memory(database: str, tmp_path: Path) -> None:
    with service(database, tmp_path) as own, ExitStack() as stack:
        assert own.get() == 200
        before = resident_mib(own.process.pid)
        for _ in range(400):
            connection = stack.enter_context(own.connect())
            with suppress(ConnectionError):
                connection.sendall(GET + b"a:\r\n" * 15_000)
        assert own.get() == 200
        assert resident_mib(own.process.pid) < before + 60


def test_shorter_headers_are_accepted(defaults: Service) -> None:
    head = GET + b"X: " + b"x" * 65_000 + b"\r\nConnection: close\r\n\r\n"
    for pieces in ([head], [head[:1000], head[1000:]], [GET + b"\r\n", head]):
        assert {status for status, _, _ in parse_responses(defaults.exchange(*pieces))} == {200}


def test_an_endless_url_is_414(defaults: Service) -> None:
    problem(defaults.exchange(b"GET /", *[b"x" * 50_000] * 20), 414, "uri_too_long")


@pytest.mark.parametrize("follows", [False, True], ids=["at first", "after a request"])
@pytest.mark.parametrize(
    "sent",
    [
        *(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"nonsense\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        *(GET + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", GET + b"no header\r\n\r\n"),
        *(GET.replace(b"1.1", version) + b"\r\n" for version in (b"0.9", b"1.2", b"2.0", b"3.0")),
        *(b"GET /livez\r\n\r\n", b"GET /livez HTTP/1.1\r\n\r\n", GET + GET[-9:] + b"\r\n", GET + b"Host: y\r\n\r\n"),
        *(
            GET.replace(b"Host: x", b"Host: " + host) + b"\r\n"
            for host in (b"a b", b"a/b", b"a@b", b"a:b", b"[::1", b"[::g]", b"%zz", b"x?y", b"\xe4", b"x" * 301)
        ),
        *(
            GET.replace(b"1.1", version) + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + GET
            for version, coding in (
                *(
                    (b"1.1", coding)
                    for coding in (b"identity", b"gzip", b"xchunked", b"chunked, gzip", b"", b"identity, chunked")
                ),
                (b"1.1", b"chunked\r\nTransfer-Encoding: gzip"),
                (b"1.0", b"chunked"),
            )
        ),
        *(b"GET \xff HTTP/1.1\r\n\r\n", b"CONNECT evil.example:443 HTTP/1.1\r\n\r\n", b"GET http:// HTTP/1.1\r\n\r\n"),
    ],
    ids=lambda sent: sent.replace(GET, b"")[:60].decode("latin-1") if isinstance(sent, bytes) else None,
)
def test_malformed_requests_are_400(defaults: Service, sent: bytes, follows: bool) -> None:
    received = defaults.exchange(GET + b"\r\n" + sent if follows else sent)
    problem(received, 400, "bad_request")
    assert [status for status, _, _ in parse_responses(received)] == ([200, 400] if follows else [400])
    assert "malformed" in defaults.refusals()


@pytest.mark.parametrize(
    "host", ["", "x:", "x:80", "x:80 ", "\tx\t ", "a_b.example", "[::1]:80", "1.2.3.4", "a%41", "x" * 253]
)
def test_a_valid_host_is_accepted(defaults: Service, host: str) -> None:
    received = defaults.exchange(f"GET /livez HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert parse_responses(received)[0][0] == 200


def test_whitespace_around_the_value_of_a_header_is_no_part_of_it(defaults: Service) -> None:
    """RFC 9112, 5.1."""
    received = defaults.exchange(
        b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-ID: \t mine\t \r\nConnection: close\r\n\r\n"
    )
    (_, headers, _), *_ = parse_responses(received)
    assert headers["x-request-id"] == "mine"


def test_http_1_0_needs_no_host(defaults: Service) -> None:
    assert parse_responses(defaults.exchange(b"GET /livez HTTP/1.0\r\n\r\n"))[0][0] == 200


def test_a_refused_request_has_its_own_path_and_no_successor(defaults: Service) -> None:
    smuggled = b"POST /people HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n" + GET + b"\r\n" + GET
    received = defaults.exchange(smuggled)
    assert problem(received, 400, "bad_request")["instance"] == "/people"
    assert len(parse_responses(received)) == 1


def test_a_request_body_is_ignored(defaults: Service) -> None:
    post = b"POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"x" * 60_000
    received = defaults.exchange(post, GET + b"Connection: close\r\n\r\n")
    assert [status for status, _, _ in parse_responses(received)] == [405, 200]


@pytest.mark.parametrize(
    ("kind", "begin", "more"),
    [
        ("Content-Length: 1000000000", b"", b"x" * 10_000),
        ("Transfer-Encoding: chunked", b"", b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
        ("Transfer-Encoding: chunked", b"1;", b"x" * 10_000),
        ("Transfer-Encoding: chunked", b"0\r\nX: ", b"x" * 10_000),
        ("Transfer-Encoding: chunked", b"0\r\n", b"X: x\r\n" * 2000),
    ],
    ids=["length", "chunks", "chunk extension", "trailer", "trailers"],
)
def test_an_endless_body_closes_the_connection(short_timeouts: Service, kind: str, begin: bytes, more: bytes) -> None:
    with short_timeouts.connect() as connection:
        connection.sendall(f"POST /livez HTTP/1.1\r\nHost: x\r\n{kind}\r\n\r\n".encode() + begin)
        assert connection.recv(12) == b"HTTP/1.1 405"
        with pytest.raises(ConnectionError):
            while True:
                connection.sendall(more)
    assert "body_too_long" in short_timeouts.refusals()


def test_up_to_100_pipelined_requests_get_a_response(defaults: Service) -> None:
    statuses = [status for status, _, _ in parse_responses(defaults.exchange((GET + b"\r\n") * 5000))]
    assert 100 <= len(statuses) <= 102 and set(statuses) == {200}
    assert "too_many_pipelined" in defaults.refusals()


LONG_URL = b"GET /" + b"a" * 8000 + b" HTTP/1.1\r\nHost: x\r\n"
WITH_BODY = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n"


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (LONG_URL + b"X: " + b"x" * 70_000 + b"\r\n\r\n", {431}),
        (LONG_URL + b"a:\r\n" * 200, {431}),
        (LONG_URL + b"no header\r\n\r\n", {400}),
        (LONG_URL + b"Host: y\r\n\r\n", {400}),
        (b"GET /" + b"a" * 100_000, {414}),
        (GET + b"Connection: upgrade\r\nUpgrade: h2c\r\n\r\n", {200}),
        (WITH_BODY + b"\r\n", {200}),
        (WITH_BODY + b"Connection: close\r\n\r\n", {200}),
        (b"GET /openapi.json HTTP/1.0\r\n\r\n", {200}),
        ((GET + b"\r\n") * 200, {200}),
    ],
    ids=[
        *("a long head", "header lines", "malformed", "two hosts", "a long URL", "upgrade"),
        *("body", "body of the last request", "HTTP/1.0", "pipelined"),
    ],
)
def test_a_client_that_still_sends_gets_its_whole_response(defaults: Service, sent: bytes, statuses: set[int]) -> None:
    """RFC 9112, 9.6: a connection that is closed with unread input is reset, and loses what the client has not read."""
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(PATIENCE)
        connection.connect(defaults.at)
        connection.sendall(sent + b"x" * 3_000_000)
        received = parse_responses(read_to_end(connection))
    assert {status for status, _, _ in received} == statuses
    assert all(len(body) == int(headers["content-length"]) for _, headers, body in received)


def test_a_malformed_request_after_a_late_body_is_400(defaults: Service) -> None:
    with defaults.connect() as connection:
        connection.sendall(b"HEAD /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")  # all of it: it has no body
        connection.sendall(b"hello")
        connection.sendall(b"nonsense\r\n\r\n")
        problem(read_to_end(connection), 400, "bad_request")


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_an_upgrade_is_ignored(defaults: Service, protocol: str) -> None:
    received = defaults.exchange(GET + f"Connection: Upgrade\r\nUpgrade: {protocol}\r\n\r\nwhatever".encode())
    ((status, headers, _),) = parse_responses(received)
    assert status == 200 and headers["connection"] == "close"


# Too many connections.


def test_connections_beyond_the_limit_get_503(database: str, tmp_path: Path) -> None:
    with service(database, tmp_path, READOUT_MAX_CONNECTIONS="5") as few, ExitStack() as stack:
        kept = [stack.enter_context(few.connect()) for _ in range(5)]
        document = problem(few.exchange(GET + b"\r\n"), 503, "unavailable")
        assert "connections" in document["detail"] and document["instance"] == "/livez"
        kept[0].sendall(GET + b"Connection: close\r\n\r\n")
        assert parse_responses(read_to_end(kept[0]))[0][0] == 200, "those that are there are served"
        kept[0].close()
        until(lambda: few.get() == 200)
        beyond = [stack.enter_context(few.connect()) for _ in range(70)]
        with suppress(ConnectionError):
            beyond[-1].sendall(GET + b"\r\n")
        assert first(beyond[-1]) == b""
    assert "too_many_connections" in few.refusals()


def first(connection: socket.socket) -> bytes:
    """Protocol and status of an answer, or nothing where the connection is closed without one."""
    try:
        return connection.recv(12)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    ("change", "statuses"),
    [("pass", {b"200", b"503"}), ("p.MAX_REFUSED_CONNECTIONS = p.RESERVED_FILES = 0", {b"200"})],
    ids=["with files to spare", "without"],
)
def test_it_survives_the_limit_of_open_files(database: str, tmp_path: Path, change: str, statuses: set[bytes]) -> None:
    """Without files to spare it is the system that refuses connections, and files of the database."""
    with service(database, tmp_path, change, files=200) as poor:
        with ExitStack() as stack:
            connections = [stack.enter_context(poor.connect()) for _ in range(300)]
            for connection in connections:
                with suppress(ConnectionError):
                    connection.sendall(GET + b"\r\n")
            assert {first(connection)[9:] for connection in connections} - {b""} == statuses
        until(lambda: poor.get("/people?party=uto") == 200)
    assert "Traceback" not in poor.log.read_text()


@pytest.mark.long
@pytest.mark.usefixtures("many_files")
def test_10000_connections_at_once(database: str, tmp_path: Path) -> None:
    """All are open, and then all ask."""
    change = "p.HEAD_TIMEOUT_SECONDS = 1000"
    with service(database, tmp_path, change, READOUT_MAX_CONNECTIONS="16384") as many, ExitStack() as stack:
        connections = [stack.enter_context(many.connect()) for _ in range(CONNECTIONS)]
        for connection in connections:
            connection.sendall(b"GET /people/jane-roe HTTP/1.1\r\nHost: x\r\n\r\n")
        assert {first(connection) for connection in connections} == {b"HTTP/1.1 200"}


# Requests that wait, because others begin in the same turn of the event loop.


CLOSING_GET = GET + b"Connection: close\r\n\r\n"


def with_turn_limit(requests: int, change: str = "pass") -> str:
    """The code that lets only so many requests begin in one turn of the event loop."""
    return f"import app.server.turn_limit as t; t.REQUESTS_PER_TURN = {requests}; {change}"


@pytest.mark.parametrize("ends_input", [False, True])
def test_requests_that_come_in_one_turn_all_get_their_response(database: str, tmp_path: Path, ends_input: bool) -> None:
    """Also in pieces, and if the client ends its half of the connection meanwhile."""
    with service(database, tmp_path, with_turn_limit(1)) as own, ExitStack() as stack:
        connections = [stack.enter_context(own.connect()) for _ in range(50)]
        own.process.send_signal(signal.SIGSTOP)
        for connection in connections[::2]:
            connection.sendall(CLOSING_GET)
        for connection in connections[1::2]:
            connection.sendall(CLOSING_GET[:20])
        own.process.send_signal(signal.SIGCONT)
        for connection in connections[1::2]:
            connection.sendall(CLOSING_GET[20:])
        for connection in connections if ends_input else []:
            connection.shutdown(socket.SHUT_WR)
        assert [statuses(read_to_end(connection)) for connection in connections] == [[200]] * 50


def statuses(received: bytes) -> list[int]:
    return [status for status, _, _ in parse_responses(received)]


def test_a_request_that_waits_does_not_time_out_and_gets_its_response_if_the_service_stops(
    database: str, tmp_path: Path
) -> None:
    change = with_turn_limit(0, "p.HEAD_TIMEOUT_SECONDS = 0.5")
    with service(database, tmp_path, change) as own, own.connect() as waiting:
        for piece in (GET, b"\r\n"):
            waiting.sendall(piece)
            own.exchange()  # a connection that sends nothing has timed out
        own.process.send_signal(signal.SIGTERM)
        ((status, headers, _),) = parse_responses(read_to_end(waiting))
    assert (status, headers["connection"]) == (200, "close")


def test_a_new_connection_does_not_wait_behind_others(database: str, tmp_path: Path) -> None:
    change = (
        "init = p.BoundedServerState.__init__;"
        "p.BoundedServerState.__init__ = lambda state, most: (init(state, most), setattr(state.further_requests, '_left', 0))[0]"
    )
    with service(database, tmp_path, change) as own, own.connect() as busy:
        busy.sendall(GET + b"\r\n")
        received = b""
        while not received.endswith(b"}"):
            received += busy.recv(65536)
        busy.sendall(CLOSING_GET)  # it waits until the service stops
        assert own.get() == 200
        own.process.send_signal(signal.SIGTERM)
        assert statuses(received + read_to_end(busy)) == [200, 200]


def test_more_input_than_may_wait_is_parsed_at_once(database: str, tmp_path: Path) -> None:
    with service(database, tmp_path, with_turn_limit(0)) as own:
        assert statuses(own.exchange(GET, b"Connection: close\r\nX: " + b"x" * 3000 + b"\r\n\r\n")) == [200]


# Memory.


@pytest.mark.long
@pytest.mark.usefixtures("not_forked", "many_files")
@pytest.mark.parametrize("kind", WORST_INPUT or INPUT)
def test_a_process_stays_under_256_mb_whatever_4096_connections_send(database: str, tmp_path: Path, kind: str) -> None:
    with service(database, tmp_path) as own:
        if kind == "pipelined":  # it takes the most memory
            fill_cache(own)
        send_from_4096_connections(own, kind)
        assert peak_resident_mib(own.process.pid) < 256


def fill_cache(own: Service) -> None:
    """Request more than the cache holds, each page twice: the key of a response is its address as it was sent."""
    received = 0
    with httpx.Client(base_url=own.address, timeout=PATIENCE) as client:
        for limit, sort in product(range(100, 0, -1), ("id", "-id", "changed_in", "-changed_in")):
            for query in permutations([f"limit={limit}", f"sort={sort}", "changed_since=0"]):
                address = f"/evidence?{'&'.join(query)}"
                received += len({client.get(address).content for _ in range(2)}.pop())
                if received > Settings().cache_mib * 2**20:
                    return
    pytest.fail(f"all pages together are {received:,} bytes")


@pytest.mark.parametrize("waits", [False, True])
def test_a_connection_that_was_reset_is_not_held(database: str, tmp_path: Path, waits: bool) -> None:
    """Idle ones have a timer of 75 seconds, which would hold them, and others wait for a turn of the event loop."""
    file = tmp_path / "held"
    change = (
        "import gc; tick = p.BoundedServer.on_tick;"
        "held = lambda: (gc.collect(), sum(isinstance(each, p.BoundedHttpProtocol) for each in gc.get_objects()))[1];"
        "waiting = lambda server: len(server.server_state.first_requests._waiting);"
        f"count = lambda server: open({str(file)!r}, 'w').write(f'{{held()}}, {{waiting(server)}}.');"
        "p.BoundedServer.on_tick = lambda server, number: (count(server), tick(server, number))[1]"
    )

    def held(number: int, waiting: int) -> bool:
        return file.exists() and file.read_text() == f"{number}, {waiting}."

    change = with_turn_limit(0, change) if waits else change
    with service(database, tmp_path, change) as own, ExitStack() as stack:
        connections = [stack.enter_context(own.connect()) for _ in range(10)]
        for connection in connections:
            connection.sendall(GET + b"\r\n")
            assert waits or first(connection) == b"HTTP/1.1 200"
        until(lambda: held(10, 10 if waits else 0))
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        until(lambda: held(0, 0))


def test_what_start_up_made_is_out_of_the_garbage_collector_s_sight(database: str, tmp_path: Path) -> None:
    file = tmp_path / "frozen"
    count = f"open({str(file)!r}, 'w').write(str(gc.get_freeze_count()))"
    change = (
        f"import gc; tick = p.BoundedServer.on_tick; p.BoundedServer.on_tick = lambda s, n: ({count}, tick(s, n))[1]"
    )
    with service(database, tmp_path, change) as own:
        assert own.get() == 200
        until(lambda: file.exists() and file.read_text() != "")
        assert int(file.read_text()) > 100_000
