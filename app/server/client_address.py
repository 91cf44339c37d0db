"""Who asks: the client's address, for the log alone. No answer depends on it."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import Scope

from app.settings import Networks

FARTHEST = 20
"""How many proxies are followed at most."""

LONGEST_ADDRESS = 64
"""In characters; the longest address of IPv6 with a port has fewer."""


class ClientAddresses:
    """Finds clients' addresses, behind the proxies that are trusted to tell them."""

    def __init__(self, trusted: Networks) -> None:
        self._trusted = trusted
        self._is_trusted = lru_cache(1024)(self._belongs)

    def address(self, scope: Scope) -> str | None:
        """The peer's address; or, where the peer is a trusted proxy, the nearest that it tells and is none."""
        peer = scope["client"]
        if not peer:
            return None
        if not self._trusted or not self._is_trusted(peer[0]):
            return str(peer[0])
        nearest = peer[0]
        for told in _told(scope):
            address = _address(told)
            if address is None:
                break
            nearest = address
            if not self._is_trusted(address):
                break
        return str(nearest)

    def _belongs(self, text: str) -> bool:
        address = _parsed(text)
        return address is not None and any(address in network for network in self._trusted)


def _told(scope: Scope) -> Iterator[str]:
    """What the proxies say, the nearest first: `X-Forwarded-For`, or without one `Forwarded` (RFC 7239)."""
    headers: dict[bytes, list[bytes]] = {b"x-forwarded-for": [], b"forwarded": []}
    for name, value in scope["headers"]:
        if name in headers:
            headers[name].append(value)
    plain, structured = (b",".join(values).decode("latin-1") for values in headers.values())
    if plain:
        yield from reversed(plain.rsplit(",", FARTHEST)[-FARTHEST:])
    elif structured:
        for element in reversed(structured.rsplit(",", FARTHEST)[-FARTHEST:]):
            yield _for(element)


def _for(element: str) -> str:
    """Whom an element of `Forwarded` is for."""
    for pair in element.split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() == "for":
            return value.strip().strip('"')
    return ""


def _address(told: str) -> str | None:
    """An address as it is usually written, without a port; None for what is none."""
    text = told.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    address = _parsed(text)
    return None if address is None else str(address)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that is written as one of IPv6 is the former."""
    if len(text) > LONGEST_ADDRESS or "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.version == 6 and address.ipv4_mapped) or address
