"""Content negotiation: which media type and content coding a request accepts (RFC 9110, 12.5)."""

import re
from functools import lru_cache

from app.problems import Code, Problem

CODINGS = ("zstd", "br", "gzip")
"""The content codings of responses, the preferred one first."""

MAX_HEADER_LENGTH = 1000
"""In bytes. Browsers send some hundred; what is parsed is remembered, so it must not be long."""


def require_acceptable(headers: list[tuple[bytes, bytes]], media_type: str) -> None:
    """Raise the 406 problem if a request's `Accept` headers rule out the media type of the response."""
    accept = b",".join(value for name, value in headers if name == b"accept").decode("latin-1")
    if accept and not accepts(accept, media_type):
        raise Problem(Code.not_acceptable, f"This address returns {media_type}, which `Accept` rules out.")


def accepts(accept: str, media_type: str) -> bool:
    """Whether an `Accept` header accepts a media type. One that is too long is disregarded (12.5.1)."""
    return len(accept) > MAX_HEADER_LENGTH or _accepts(accept, media_type)


@lru_cache(maxsize=256)
def _accepts(accept: str, media_type: str) -> bool:
    """Whether the most specific range that matches has a weight above 0."""
    own, most_specific, accepted = media_type.split("/"), -1, False
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        kind, _, subtype = media_range.partition("/")
        if (kind, subtype) == ("*", "*") or (kind == own[0] and subtype in ("*", own[1])):
            specificity = (kind != "*") + (subtype != "*")
            if specificity > most_specific:
                most_specific, accepted = specificity, not any(_is_zero(parameter) for parameter in parameters)
    return accepted or not accept.strip()


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in ("0.", "", "0") and value.strip() != ""


def preferred_coding(accept_encoding: bytes) -> str:
    """The content coding for an `Accept-Encoding` header; for one that is too long, none (12.5.3)."""
    return _preferred_coding(accept_encoding) if len(accept_encoding) <= MAX_HEADER_LENGTH else "identity"


@lru_cache(maxsize=256)
def _preferred_coding(accept_encoding: bytes) -> str:
    """Of the codings with the highest weight our first."""
    weights: dict[str, float] = {}
    for part in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameter = (piece.strip() for piece in part.partition(";"))
        weights[name] = _weight(parameter)
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in CODINGS}
    best = max(offered, key=lambda name: offered[name])
    identity = weights.get("identity", 0.0)
    return best if offered[best] > 0 and offered[best] >= identity else "identity"


def _weight(parameter: str) -> float:
    match = re.fullmatch(r"q\s*=\s*([01](?:\.[0-9]{0,3})?)", parameter)
    return min(1.0, float(match[1])) if match else 0.0 if parameter else 1.0
