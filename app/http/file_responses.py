"""Files as responses: whole, byte ranges, or "not modified" (RFC 9110, 13 and 14)."""

import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from secrets import token_hex

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.http.conditional_requests import matches_etag
from app.problems import Code, Problem

CHUNK_BYTES = 256 * 1024
"""How much of a file each response reads into memory at once."""

MAX_READS = 2
"""How many of them are read at once: each turn of the event loop sends few of them, and has time for all else."""

MAX_RANGES = 100
"""With more ranges, the whole file is sent, and they are not parsed: each range costs more than its bytes."""

_READS = CapacityLimiter(MAX_READS)
_RANGE = re.compile("([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18})")


def file_response(request: Request, path: Path, size: int, headers: Mapping[str, str]) -> Response:
    """The response to a request for a file. `headers` have its Content-Type and its strong ETag.

    Raises Problem if no requested range lies in the file, and FileNotFoundError if there is no file.
    """
    etag, requested = headers["ETag"], request.headers
    if matches_etag(", ".join(requested.getlist("If-None-Match")).encode(), {etag.encode()}):
        return Response(status_code=304, headers={name: headers[name] for name in headers if name != "Content-Type"})
    ranges: list[range] = []
    if request.method == "GET" and requested.get("If-Range", etag) == etag:
        ranges = parse_ranges(requested.get("Range", ""), size)
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
    """Ranges of a file, with bytes between them. The file is opened at once, so it may be deleted meanwhile."""

    def __init__(
        self, path: Path, parts: Sequence[range | bytes], status_code: int, headers: Mapping[str, str]
    ) -> None:
        self._file, self._parts = path.open("rb"), parts
        file_headers = {"Accept-Ranges": "bytes", "Content-Length": str(sum(map(len, parts)))}
        super().__init__(self._read(), status_code, {**headers, **file_headers})

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
                for start in part[::CHUNK_BYTES]:
                    size = min(CHUNK_BYTES, part.stop - start)
                    yield await to_thread.run_sync(os.pread, self._file.fileno(), size, start, limiter=_READS)


def parse_ranges(header: str, size: int) -> list[range]:
    """The byte ranges of a `Range` header; none means the whole file, as for a header that is invalid (14.2).

    Raises Problem if none of them lies in the file.
    """
    if header.count(",") > MAX_RANGES:
        return []
    unit, _, value = header.partition("=")
    matches = [_RANGE.fullmatch(part.strip()) for part in value.split(",") if part.strip()]
    ranges = [_byte_range(match, size) for match in matches if match]
    if unit.strip().lower() != "bytes" or not ranges or None in ranges or len(ranges) < len(matches):
        return []
    satisfiable = [each for each in ranges if each]
    if not satisfiable:
        detail = f"The file has {size:,} bytes, and none in the range that `Range` asks for."
        raise Problem(Code.range_not_satisfiable, detail, headers={"Content-Range": f"bytes */{size}"})
    return satisfiable if len(satisfiable) <= MAX_RANGES and sum(map(len, satisfiable)) <= size else []


def _byte_range(match: re.Match[str], size: int) -> range | None:
    """One range, cut at the end of the file; None if it ends before it begins."""
    first, last, suffix = match.groups()
    if suffix:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _content_range(part: range, size: int) -> str:
    return f"bytes {part.start}-{part.stop - 1}/{size}"


def _multipart(ranges: list[range], size: int, media_type: str, boundary: str) -> list[range | bytes]:
    """The body of a response with several ranges (14.6)."""
    parts: list[range | bytes] = []
    for each in ranges:
        content_range = _content_range(each, size)
        head = f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {content_range}\r\n\r\n"
        parts += [head.encode(), each, b"\r\n"]
    return [*parts, f"--{boundary}--\r\n".encode()]
