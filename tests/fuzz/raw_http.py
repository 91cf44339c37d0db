"""Raw HTTP/1.1 from a grammar, and whether RFC 9112 permits what a server sends back.

Each production has a verdict: a server must take what is good, must refuse what is bad, and may do either with the rest.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import IntEnum
from random import Random


class Verdict(IntEnum):
    """The response that a message deserves; a message deserves that of its worst part."""

    good = 0
    either = 1
    bad = 2


GOOD, EITHER, BAD = Verdict.good, Verdict.either, Verdict.bad

Choice = tuple[bytes, Verdict]

METHODS: list[Choice] = [
    *[(method, GOOD) for method in (b"GET", b"GET", b"GET", b"HEAD", b"OPTIONS", b"POST", b"DELETE", b"PUT")],
    *[(method, EITHER) for method in (b"get", b"PURGE", b"BREW", b"CONNECT", b"PRI", b"G" * 9_000, b"\r\nGET")],
    *[(method, BAD) for method in (b"", b"GE\x00T", b"G@T", b"G\xc3\x89T", b" GET", b"{")],
]
TARGETS: list[Choice] = [
    *[(target, GOOD) for target in (b"/livez", b"/meetings", b"/meetings?limit=0", b"/nothing", b"/", b"/?", b"//")],
    *[(target, GOOD) for target in (b"http://x/livez", b"/%00", b"/%2e%2e/%2e%2e/etc/passwd", b"/a" * 4_000)],
    *[(target, EITHER) for target in (b"*", b"/a" * 4_097, b"/a" * 40_000, b"http://", b"x:80", b"/a#b", b"/\xc3\xa9")],
    *[(target, EITHER) for target in (b"http://[::1/livez", b"http://x:99999/livez", b"livez", b"/{", b"/\xff")],
    *[(target, BAD) for target in (b"", b"/liv ez", b"/\x00", b"/\x7f\x01", b"/a\rb")],
]
VERSIONS: list[Choice] = [
    *[(b"HTTP/1.1", GOOD)] * 12,
    (b"HTTP/1.0", GOOD),
    *[(version, BAD) for version in (b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.2", b"HTTP/3.0", b"http/1.1", b"HTTP/11")],
    *[
        (version, BAD)
        for version in (b"", b"HTTP/1.1x", b"HTTP/1.10", b"HTP/1.1", b"HTTP/1,1", b"HTTP/-1.1", b"ICE/1.0")
    ],
]
HOSTS: list[Choice] = [
    *[(b"Host: x\r\n", GOOD)] * 12,
    *[(line, GOOD) for line in (b"host:x:80\r\n", b"HOST: \t[::1]:80 \r\n", b"Host: 127.0.0.1\r\n", b"Host: a%41\r\n")],
    (b"Host:\r\n", EITHER),  # right only if the target has no authority
    (b"Host: x:99999\r\n", EITHER),
    (b"Host: x,y\r\n", EITHER),
    *[(line, BAD) for line in (b"", b"Host: x\r\nHost: x\r\n", b"Host: x\r\nhost: y\r\n", b"Host: a b\r\n")],
    *[(line, BAD) for line in (b"Host : x\r\n", b"Host: [::1\r\n", b"Host: x/y\r\n", b"Host: u@x\r\n")],
    *[(line, BAD) for line in (b"Host: x:y\r\n", b"Host: \xc3\xa9\r\n", b"Host: <x>\r\n", b" Host: x\r\n")],
]
HEADERS: list[Choice] = [
    *[
        (line, GOOD)
        for line in (b"A:\r\n", b"A: b\tc\r\n", b"a!#$%&'*+-.^_`|~: b\r\n", b"A: \xe9\r\n", b"A: b \t \r\n")
    ],
    *[(line, GOOD) for line in (b"Accept: */*\r\n", b"Range: bytes=0-\r\n", b"Accept-Encoding: gzip\r\n")],
    *[
        (line, GOOD)
        for line in (b"a: b\r\n" * 80, b"A: " + b"b" * 30_000 + b"\r\n", b"Cookie: " + b"a=b;" * 9_000 + b"\r\n")
    ],
    *[(line, EITHER) for line in (b"a: b\r\n" * 101, b"a:b\r\n" * 12_000, b"A: " + b"b" * 70_000 + b"\r\n", b"A: b\n")],
    *[
        (line, EITHER)
        for line in (b"A: b\r\n c\r\n", b"A: \x01\r\n", b"A: \x7f\r\n", b"B" * 65_000 + b": c\r\n", b"A: b\r\r\n")
    ],
    *[(line, BAD) for line in (b"A b: c\r\n", b": b\r\n", b"A\r\n", b"A\x00: b\r\n", b"A: b\x00c\r\n", b"A : b\r\n")],
    *[(line, BAD) for line in (b"A\xc3\x89: b\r\n", b"(A): b\r\n", b"\x00\r\n", b"A: b\rc: d\r\n", b'"A": b\r\n')],
]
CLOSING: list[bytes] = [
    b"Connection: close\r\n",
    b"Upgrade: h2c\r\nConnection: upgrade\r\n",
    b"Connection: x, close\r\n",
]
CLOSING += [b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n", b"Expect: 100-continue\r\n"]

CHUNKED = b"Transfer-Encoding: chunked\r\n"
WHOLE = b"5\r\nhello\r\n0\r\n\r\n"
INNER = b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-ID: inner\r\n\r\n"
"""A request within the body of another: no server must respond to it."""

BODIES: list[tuple[bytes, bytes, Verdict]] = [
    *[(b"", b"", GOOD)] * 12,
    (b"Content-Length: 0\r\n", b"", GOOD),
    (b"Content-Length: 5\r\n", b"hello", GOOD),
    (b"Content-Length: %d\r\n" % len(INNER), INNER, GOOD),
    (CHUNKED, WHOLE, GOOD),
    (CHUNKED, b"%x\r\n%b\r\n0\r\n\r\n" % (len(INNER), INNER), GOOD),
    (b"transfer-encoding: \tCHUNKED\r\n", WHOLE, GOOD),
    (CHUNKED, b'5;a=b;c="d"\r\nhello\r\n000\r\nTrailer: x\r\n\r\n', GOOD),
    (b"Content-Length: 70000\r\n", b"a" * 70_000, EITHER),
    (b"Content-Length: 5, 5\r\n", b"hello", EITHER),
    (b"Content-Length: 5\r\nContent-Length: 5\r\n", b"hello", EITHER),
    (CHUNKED + b"Content-Length: 5\r\n", WHOLE, EITHER),
    (b"Content-Length: 5\r\n" + CHUNKED, WHOLE, EITHER),
    (b"Transfer-Encoding: gzip, chunked\r\n", WHOLE, EITHER),
    (b"Transfer-Encoding: ,chunked\r\n", WHOLE, EITHER),
    (CHUNKED, b"5;" + b"a" * 20_000 + b"\r\nhello\r\n0\r\n\r\n", EITHER),
    (CHUNKED, b"1\r\na\r\n" * 20_000 + b"0\r\n\r\n", EITHER),
    (CHUNKED, b"0\r\n" + b"T: x\r\n" * 20_000 + b"\r\n", EITHER),
    (CHUNKED, b"5\nhello\n0\n\n", EITHER),
    *[
        (b"Content-Length: %b\r\n" % length, INNER, BAD)
        for length in (b"+5", b"-1", b"0x5", b"5 5", b"", b"5, 6", b"a")
    ],
    (b"Content-Length: " + b"9" * 30 + b"\r\n", INNER, BAD),
    (b"Content-Length: 5\r\nContent-Length: 6\r\n", b"hello", BAD),
    *[(b"Transfer-Encoding: %b\r\n" % coding, WHOLE, BAD) for coding in (b"identity", b"gzip", b"chunked, gzip", b"x")],
    *[
        (b"Transfer-Encoding: %b\r\n" % coding, WHOLE, BAD)
        for coding in (b"xchunked", b"chunked, identity", b"chunke\x01d")
    ],
    (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", WHOLE, BAD),
    (b"Transfer-Encoding : chunked\r\n", WHOLE, BAD),
    *[
        (CHUNKED, size + b"\r\nhello\r\n0\r\n\r\n", BAD)
        for size in (b"g", b"-5", b"0x5", b"", b" 5", b"F" * 17, b"5\x00")
    ],
    (CHUNKED, b"5\r\nhelloX\r\n0\r\n\r\n", BAD),
]
REFUSALS = {400, 411, 413, 414, 417, 426, 431, 501, 503, 505}
"""Statuses that a server may refuse a message with, before an application sees it."""


@dataclass
class RawMessage:
    """A message as it is sent, with its id, and what the server has to do with it."""

    id: str
    content: bytes
    verdict: Verdict
    is_head: bool = False
    may_close: bool = False
    """Whether the server may close the connection after its response to the message."""
    body: Verdict = Verdict.good
    """That of the body: the server may find out after its response, and may then refuse what follows."""


def message(random: Random, id: str) -> RawMessage:
    """A random message, most of whose parts are good."""

    def pick(choices: list[Choice]) -> Choice:
        good = [choice for choice in choices if choice[1] is GOOD]
        return random.choice(good if random.random() < 0.85 else choices)

    headers, body, framing = random.choice(BODIES if random.random() < 0.3 else BODIES[:1])
    method, target, version = pick(METHODS), pick(TARGETS), pick(VERSIONS)
    host = pick(HOSTS)
    if version[0] == b"HTTP/1.0":  # RFC 9112, 3.2 and 6.1
        host = (host[0], min(host[1], EITHER))
        framing = EITHER if b"ransfer" in headers else framing
    others = [pick(HEADERS) for _ in range(random.choice([0, 0, 1, 2, 4]))]
    closing = random.choice(CLOSING) if random.random() < 0.05 else b""
    lines = [host[0], headers, *(line for line, _ in others), closing, f"X-Request-ID: {id}\r\n".encode()]
    space = random.choice([(b" ", GOOD)] * 30 + [(b"  ", EITHER), (b"\t", EITHER)])
    first = space[0].join([method[0], target[0], version[0]])
    content = first + b"\r\n" + b"".join(lines) + b"\r\n" + body
    verdict = max(method[1], target[1], version[1], host[1], framing, space[1], *[GOOD, *(each for _, each in others)])
    if verdict is GOOD and (len(content) > 60_000 or content.count(b"\r\n") > 100):
        verdict = EITHER
    may_close = bool(closing) or version[0] != b"HTTP/1.1" or verdict is not GOOD
    if headers == CHUNKED and framing is BAD:  # only the body is
        return RawMessage(id, content, min(verdict, EITHER), method[0] == b"HEAD", True, framing)
    return RawMessage(id, content, verdict, method[0] == b"HEAD", may_close, framing)


@dataclass
class Response:
    """A response as received."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers.get("x-request-id", "")

    @property
    def closes(self) -> bool:
        return "close" in self.headers.get("connection", "")


class Malformed(Exception):
    """The received bytes are no response, for the given reason."""


@dataclass
class Received:
    """Bytes from a server as responses to some messages, in order (RFC 9112, 4 to 6)."""

    content: bytes
    messages: Sequence[RawMessage]
    responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        rest = self.content
        heads = {each.id for each in self.messages if each.is_head}
        while rest:
            number = len(self.responses)
            is_head = number < len(self.messages) and self.messages[number].is_head
            response, rest = _response(rest, is_head, heads)
            if response.status >= 200:
                self.responses.append(response)

    def faults(self) -> Iterator[str]:
        """A sentence for each thing that RFC 9112 does not permit."""
        for number, response in enumerate(self.responses):
            is_last = number == len(self.responses) - 1
            sent = self.messages[number] if number < len(self.messages) else None
            if is_last and number and self.messages[number - 1].body is not GOOD and response.status in REFUSALS:
                return
            if sent is None:
                yield f"there are more responses than messages: {response}"
            elif response.status == 500 or (response.status not in REFUSALS and response.id != sent.id):
                yield f"the response to {sent.id} is {response}"
            elif sent.verdict is BAD and response.status not in REFUSALS:
                yield f"{sent.id} is bad, and the response is {response.status}"
            elif sent.verdict is GOOD and response.id != sent.id:
                yield f"{sent.id} is good, and was refused: {response}"
            if (response.closes or (sent and sent.verdict is BAD)) and not is_last:
                yield f"there is a response after {response}"
        yield from self._faults_of_end()

    def _faults_of_end(self) -> Iterator[str]:
        """A good message that was sent after a close, or before it and with more behind, may have no response."""
        number = len(self.responses)
        around = self.messages[max(number - 1, 0) : number + 1]
        if number < len(self.messages) and all(each.verdict is GOOD and not each.may_close for each in around):
            yield f"there is no response to {self.messages[number].id}"


def _response(received: bytes, is_head: bool, heads: Set[str]) -> tuple[Response, bytes]:
    """The first response of what was received, and the rest; `heads` are the ids of HEAD requests. Raises Malformed."""
    head, end, rest = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not end or not re.fullmatch(r"HTTP/1\.1 [1-5]\d\d [ -~]*", first):
        raise Malformed(f"no status line: {received[:200]!r}")
    headers: dict[str, str] = {}
    for line in lines:
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\t -~\x80-\xff]*", line):
            raise Malformed(f"no header: {line[:200]!r}")
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    status = int(first.split()[1])
    is_head = is_head or headers.get("x-request-id") in heads  # an earlier request may have no response
    if status < 200 or status in (204, 304) or (is_head and (not rest or rest.startswith(b"HTTP/1.1 "))):
        return Response(status, headers, b""), rest
    length = headers.get("content-length", "")
    if not length.isdecimal() or len(rest) < int(length):
        raise Malformed(f"a body without its length, or not whole: {head[:300]!r}")
    return Response(status, headers, rest[: int(length)]), rest[int(length) :]
