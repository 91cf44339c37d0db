"""A file as an answer: whole, in parts, or only that it is still the same (RFC 9110, 13 and 14)."""

import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from secrets import token_hex

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.http.representations import names_one_of
from app.problems import Code, Problem

CHUNK = 256 * 1024
"""How many bytes of a file are in memory at once, for each answer."""

MOST_RANGES = 100
"""Who asks for more gets the whole: each costs more than its bytes."""

_RANGE = re.compile("([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18})")


def answer_with(request: Request, path: Path, size: int, headers: Mapping[str, str]) -> Response:
    """The answer to a request for a file. `headers` have its Content-Type, and its ETag, a strong one.

    Raises Problem where the request is for parts that the file does not have, FileNotFoundError where there is none.
    """
    tag, asked = headers["ETag"], request.headers
    if names_one_of({tag.encode()}, ", ".join(asked.getlist("If-None-Match")).encode()):
        return Response(status_code=304, headers={name: headers[name] for name in headers if name != "Content-Type"})
    ranges: list[range] = []
    if request.method == "GET" and asked.get("If-Range", tag) == tag:
        ranges = ranges_of(asked.get("Range", ""), size)
    if not ranges:
        return RangedFileResponse(path, [range(size)], 200, headers)
    if len(ranges) == 1:
        return RangedFileResponse(path, ranges, 206, {**headers, "Content-Range": _content_range(ranges[0], size)})
    boundary = token_hex(16)
    parts = _multipart(ranges, size, headers["Content-Type"], boundary)
    return RangedFileResponse(
        path, parts, 206, {**headers, "Content-Type": f"multipart/byteranges; boundary={boundary}"}
    )


class RangedFileResponse(StreamingResponse):
    """Parts of a file, and bytes between them. It is opened at once, so that it may be removed meanwhile."""

    def __init__(
        self, path: Path, parts: Sequence[range | bytes], status_code: int, headers: Mapping[str, str]
    ) -> None:
        self._file, self._parts = path.open("rb"), parts
        of_file = {"Accept-Ranges": "bytes", "Content-Length": str(sum(map(len, parts)))}
        super().__init__(self._read(), status_code, {**headers, **of_file})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            if scope["method"] == "HEAD":
                self._parts = []
            await super().__call__(scope, receive, send)

    async def _read(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
            else:
                for start in part[::CHUNK]:
                    size = min(CHUNK, part.stop - start)
                    yield await run_in_threadpool(os.pread, self._file.fileno(), size, start)


def ranges_of(header: str, size: int) -> list[range]:
    """The bytes that a `Range` header asks for; none: all, as where it is not understood (RFC 9110, 14.2).

    Raises Problem where the file has none of them.
    """
    unit, _, given = header.partition("=")
    matches = [_RANGE.fullmatch(part.strip()) for part in given.split(",") if part.strip()]
    wanted = [_bytes(match, size) for match in matches if match]
    if unit.strip().lower() != "bytes" or not wanted or None in wanted or len(wanted) < len(matches):
        return []
    there = [each for each in wanted if each]
    if not there:
        detail = f"The file has {size:,} bytes, and none in the range that `Range` asks for."
        raise Problem(Code.range_not_satisfiable, detail, headers={"Content-Range": f"bytes */{size}"})
    return there if len(there) <= MOST_RANGES and sum(map(len, there)) <= size else []


def _bytes(match: re.Match[str], size: int) -> range | None:
    """One range; None for one that ends before it begins."""
    first, last, suffix = match.groups()
    if suffix:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _content_range(part: range, size: int) -> str:
    return f"bytes {part.start}-{part.stop - 1}/{size}"


def _multipart(ranges: list[range], size: int, media_type: str, boundary: str) -> list[range | bytes]:
    """Several ranges in one body (RFC 9110, 14.6)."""
    parts: list[range | bytes] = []
    for each in ranges:
        head = f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {_content_range(each, size)}\r\n\r\n"
        parts += [head.encode(), each, b"\r\n"]
    return [*parts, f"--{boundary}--\r\n".encode()]
