"""The client's address for the log, also behind trusted proxies. No response depends on it."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import Scope

from app.settings import Networks

MAX_PROXIES = 20
"""How many forwarded addresses are read, from the nearest proxy on."""

MAX_ADDRESS_LENGTH = 64
"""In characters; the longest IPv6 address with a port is shorter."""


class ClientAddresses:
    """Finds the addresses of clients, by the headers of trusted proxies."""

    def __init__(self, trusted: Networks) -> None:
        self._trusted = trusted
        self._is_trusted = lru_cache(1024)(self._is_in_networks)

    def address(self, scope: Scope) -> str | None:
        """The peer's address, or, if that is a trusted proxy, the nearest forwarded address that is not one."""
        peer = scope["client"]
        if not peer:
            return None
        if not self._trusted or not self._is_trusted(peer[0]):
            return str(peer[0])
        nearest = peer[0]
        for forwarded in _forwarded(scope):
            address = _normalized(forwarded)
            if address is None:
                break
            nearest = address
            if not self._is_trusted(address):
                break
        return str(nearest)

    def _is_in_networks(self, text: str) -> bool:
        address = _parsed(text)
        return address is not None and any(address in network for network in self._trusted)


def _forwarded(scope: Scope) -> Iterator[str]:
    """The forwarded addresses, the nearest first: of `X-Forwarded-For`, or else of `Forwarded` (RFC 7239)."""
    headers: dict[bytes, list[bytes]] = {b"x-forwarded-for": [], b"forwarded": []}
    for name, value in scope["headers"]:
        if name in headers:
            headers[name].append(value)
    plain, structured = (b",".join(values).decode("latin-1") for values in headers.values())
    if plain:
        yield from reversed(plain.rsplit(",", MAX_PROXIES)[-MAX_PROXIES:])
    elif structured:
        for element in reversed(structured.rsplit(",", MAX_PROXIES)[-MAX_PROXIES:]):
            yield _for_parameter(element)


def _for_parameter(element: str) -> str:
    """The `for` parameter of an element of `Forwarded`, or an empty text."""
    for pair in element.split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() == "for":
            return value.strip().strip('"')
    return ""


def _normalized(forwarded: str) -> str | None:
    """An address in its usual form, without a port; None if it is invalid."""
    text = forwarded.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    address = _parsed(text)
    return None if address is None else str(address)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address, an IPv4-mapped one as IPv4; None if it is invalid."""
    if len(text) > MAX_ADDRESS_LENGTH or "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.version == 6 and address.ipv4_mapped) or address
