"""Cursors: sealed positions in a walk, and the address of what follows them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from app.db.request_context import RequestContext
from app.problems import Code, ParameterError, Problem, invalid


def cursor_scope(path: str, sort: str, values: Mapping[str, Any]) -> str:
    """What a cursor holds for: the path, the sort and the filters."""
    same = {name: sorted(value) if isinstance(value, list) else value for name, value in values.items()}
    return json.dumps([path, sort, same], sort_keys=True)


def encode_cursor(scope: str, position: Any) -> str:
    """A cursor to a position, sealed: a cursor is what `next` gave, or none."""
    told = json.dumps(position, ensure_ascii=False)
    mark = sha256(f"{scope} {told}".encode()).hexdigest()[:16]
    return urlsafe_b64encode(f"{mark}{told}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str, scope: str, *types: type) -> Any:
    """The position that a cursor stands for, values of some types. Raises Problem for any other."""
    try:
        position = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[16:])
        fits = [type(value) for value in position] == [*types] and encode_cursor(scope, position) == cursor
        fits = fits and not any(isinstance(value, int) and abs(value) >= 2**31 for value in position)
    except (ValueError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise invalid_cursor(cursor, "is not from the `next` of this list with these filters and this sort")
    return position


def invalid_cursor(cursor: str, message: str) -> Problem:
    """The problem that a cursor leads nowhere."""
    error = ParameterError(parameter="cursor", value=cursor[:200], message=message, suggestion=None)
    return invalid([(Code.invalid_cursor, error)])


def next_url(context: RequestContext, cursor: str | None) -> str | None:
    """The address of the page at a cursor."""
    if cursor is None:
        return None
    given = [(name, value) for name, value in context.parameters if name != "cursor"]
    return f"{context.settings.public_url}{context.path}?{urlencode([*given, ('cursor', cursor)])}"
