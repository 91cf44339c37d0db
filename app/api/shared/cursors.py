"""Cursors of pagination: the position of a page with a checksum, and the URL of the next page."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Set
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from app.db.request_context import RequestAddress
from app.problems import Code, ParameterError, Problem, invalid


def cursor_scope(path: str, sort: str, filters: Mapping[str, Any], fields: Set[str] = frozenset()) -> str:
    """The requests that a cursor is valid for: a path, a sort, filters, and fields if not all, as one text."""
    ordered = {name: sorted(value) if isinstance(value, list) else value for name, value in filters.items()}
    return json.dumps([path, sort, ordered, *([sorted(fields)] if fields else ())], sort_keys=True)


def encode_cursor(scope: str, position: Any) -> str:
    """The cursor of a position, with a checksum over scope and position.

    The checksum finds cursors of other lists and damaged ones. It has no secret key, so a cursor is also valid after a
    restart and on every replica; whoever makes one up gets the page at that position, as anyone may.
    """
    text = json.dumps(position, ensure_ascii=False)
    checksum = sha256(f"{scope} {text}".encode()).hexdigest()[:16]
    return urlsafe_b64encode(f"{checksum}{text}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str, scope: str, *types: type) -> Any:
    """The position of a cursor, whose values must have the given types. Raises Problem for an invalid cursor.

    No list has a position with a number below -1, which sorts unknown values last, or over 31 bits, or with a NUL.
    """
    try:
        position = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[16:])
        is_valid = [type(value) for value in position] == [*types] and encode_cursor(scope, position) == cursor
        is_valid = is_valid and all(map(_is_possible, position))
    except (ValueError, TypeError, RecursionError):
        is_valid = False
    if not is_valid:
        raise invalid_cursor(cursor)
    return position


def _is_possible(value: int | str) -> bool:
    return "\0" not in value if isinstance(value, str) else -1 <= value < 2**31


NOT_FROM_NEXT = "is not from the `next` of this list with these filters, this sort and these fields"


def invalid_cursor(cursor: str, message: str = NOT_FROM_NEXT) -> Problem:
    error = ParameterError(parameter="cursor", value=cursor[:200], message=message, suggestion=None)
    return invalid([(Code.invalid_cursor, error)])


def next_url(context: RequestAddress, cursor: str | None) -> str | None:
    """The URL of the page at a cursor: the URL of the request with this cursor. None without a cursor."""
    if cursor is None:
        return None
    parameters = [(name, value) for name, value in context.parameters if name != "cursor"]
    return f"{context.settings.public_url}{context.path}?{urlencode([*parameters, ('cursor', cursor)])}"
