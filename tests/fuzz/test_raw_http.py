"""Raw HTTP: each message has a response that RFC 9112 permits, or none and a closed connection, and the next is served."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from itertools import takewhile
from random import Random

import httpx
import pytest

from app.server.protocol import MAX_PIPELINED
from tests.api.world import write_congress
from tests.databases import Files
from tests.fuzz.fuzzing import Costs, corpus, rounds
from tests.fuzz.processes import MEMORY_OF_THE_SERVICE, SECONDS_OF_A_REQUEST, FuzzedService, fuzzed_service
from tests.fuzz.raw_http import GOOD, RawMessage, Received, Verdict, message

PATIENCE = 60
RECEIVE_BUFFER = 4096
"""In bytes, so that a response is lost if the service closes a connection before it has read all of its input."""

SILENCE = 0.05
"""In seconds: after this, twice, the server is taken to wait for more of a message that is not good."""

LAST = RawMessage("last", b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-ID: last\r\nConnection: close\r\n\r\n", GOOD)


@pytest.fixture(scope="module")
def service(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FuzzedService]:
    with files.databases() as databases:
        database = databases.loaded(write_congress(tmp_path_factory.mktemp("raw") / "congress"))
        with fuzzed_service(database, tmp_path_factory.mktemp("service")) as service:
            yield service


@pytest.mark.long
def test_any_bytes_have_a_response_that_rfc_9112_permits(service: FuzzedService, costs: Costs) -> None:
    for line in corpus("raw_http"):
        content = "".join(line["content"]).encode("latin-1")
        converse(service, [RawMessage(line["id"], content, Verdict[line["verdict"]], may_close=True)], [content], costs)
    for random in rounds():
        messages = [message(random, f"m{number}") for number in range(random.choice([1, 1, 1, 2, 3, 8, 150]))]
        converse(service, messages, pieces(random, b"".join(each.content for each in messages)), costs)
    assert service.errors() == []


@pytest.mark.long
def test_half_a_request_ends_with_its_connection(service: FuzzedService, costs: Costs) -> None:
    for random in rounds():
        whole = message(random, "half").content
        half = whole[: random.randrange(len(whole))]
        with connect(service) as connection:
            send(connection, pieces(random, half))
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            received = read(service, connection, wait=True)
        sent = RawMessage("half", half, Verdict.either, whole.startswith(b"HEAD "), may_close=True)
        assert len(Received(received, [sent, sent]).responses) <= 1
        account(service, half, costs)
    assert service.errors() == []


def converse(service: FuzzedService, messages: Sequence[RawMessage], sent: list[bytes], costs: Costs) -> None:
    """Send messages and a last good one over one connection, and check what comes back."""
    if len(messages) > MAX_PIPELINED:
        messages = [replace(each, may_close=True) for each in messages]
    good = [*takewhile(lambda each: each.verdict is GOOD and not each.may_close, messages)]
    is_good = len(good) == len(messages)
    with connect(service) as connection:
        send(connection, [*sent, LAST.content])
        received = read(service, connection, is_good, len(good))
    content = b"".join(sent)
    parsed = Received(received, [*messages, LAST])
    faults = list(parsed.faults())
    assert faults == [], f"{faults[0][:500]}\n{content[:3000]!r}"
    for response in parsed.responses:
        costs.count(str(response.status))
    account(service, content, costs)


def account(service: FuzzedService, content: bytes, costs: Costs) -> None:
    """Add what was sent to the costs, and check that the service still serves and is within its bounds."""
    assert service.client.get("/livez").status_code == 200, content[:3000]
    seconds, memory = service.spent(), service.memory()
    costs.add(seconds, memory, f"{len(content):,} bytes {content[:200]!r}")
    assert seconds < SECONDS_OF_A_REQUEST, f"{seconds:.1f} s of CPU: {content[:3000]!r}"
    assert memory < MEMORY_OF_THE_SERVICE, f"{memory:,} bytes: {content[:3000]!r}"


def pieces(random: Random, content: bytes) -> list[bytes]:
    """Bytes cut at some random places."""
    places = sorted(random.randrange(len(content) + 1) for _ in range(random.choice([0, 0, 0, 1, 2, 5])))
    return [content[start:end] for start, end in zip([0, *places], [*places, len(content)], strict=True)]


@contextmanager
def connect(service: FuzzedService) -> Iterator[socket.socket]:
    url = httpx.URL(service.address)
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(PATIENCE)
        connection.connect((url.host, url.port or 80))
        yield connection


def send(connection: socket.socket, sent: list[bytes]) -> None:
    """Send pieces, as far as the other side takes them."""
    with suppress(ConnectionError):
        for piece in sent:
            connection.sendall(piece)


def read(service: FuzzedService, connection: socket.socket, wait: bool, responses: int = 0) -> bytes:
    """The bytes until the server closes or, unless `wait`, is silent for a while after some responses.

    It is silent if it responds to another request meanwhile: on a busy machine it may only be slow.
    """
    received, waited, is_silent = b"", 0.0, False
    connection.settimeout(PATIENCE if wait else SILENCE)
    while True:
        try:
            piece = connection.recv(65536)
        except TimeoutError:
            waited += SILENCE
            assert not wait and waited < PATIENCE, f"the connection stays open: {received!r}"
            if received.count(b"x-request-id: m") < responses or not is_silent:
                is_silent = service.client.get("/livez").status_code == 200
                continue
            wait = True
            connection.settimeout(PATIENCE)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            continue
        except ConnectionError:
            return received
        if not piece:
            return received
        received += piece
        is_silent = False
