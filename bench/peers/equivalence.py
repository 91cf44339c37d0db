"""Checks before a measurement: the peers return the same data for a workload, and send every header.

The textbook server leaves some things out: the URLs of an item and of its references, the kind of a party, and the
counts and the precision of the date of a meeting. It names offsets and values by their columns. All other data must be
the same.
"""

from typing import Any

import httpx

from app.api.shared.list_plan import COUNT_LIMIT
from bench.measure.rounds import InvalidMeasurement
from bench.peers.servers import Server
from bench.peers.workloads import Workload

Json = Any

_CHECKED = 3
"""How many requests of a workload are compared."""

_HEADERS = {"Cache-Control", "ETag", "Last-Modified", "Readout-Dataset", "Referrer-Policy", "Vary", "X-Request-ID"}
_HEADERS |= {"X-Content-Type-Options"}
"""The headers of every cacheable response; a server that leaves them out would look too fast."""


def check_facts(workload: Workload, readout: Server, textbook: Server) -> None:
    """Raise InvalidMeasurement unless both return the same facts for the first requests of a workload."""
    for path, other in list(zip(workload.readout, workload.textbook, strict=True))[:_CHECKED]:
        expected = [readout_facts(item) for item in _items(readout, path)]
        if expected != [textbook_facts(item) for item in _items(textbook, other)]:
            raise InvalidMeasurement(f"{other} returns other data than Readout's {path}")


def check_headers(workload: Workload, cached: Server) -> None:
    """Raise InvalidMeasurement if a response lacks a header of the contract."""
    lacking = {name for name in _HEADERS if name not in get(cached, workload.readout[0]).headers}
    if lacking:
        raise InvalidMeasurement(f"lacks {', '.join(sorted(lacking))}")


def check_rows(workload: Workload, readout: Server, datasette: Server) -> None:
    """Raise InvalidMeasurement unless Datasette returns the rows of Readout's items.

    Datasette sorts search results in another order, so only their number is compared.
    """
    for path, other in list(zip(workload.readout, workload.datasette, strict=True))[:_CHECKED]:
        response = get(datasette, other).json()
        if workload.name == "search":
            same = (
                min(response["filtered_table_rows_count"], COUNT_LIMIT) == get(readout, path).json()["total"]["value"]
            )
        else:
            same = [row[1] for row in response["rows"]] == [item["id"] for item in _items(readout, path)]
        if not same:
            raise InvalidMeasurement(f"{other} returns other rows than Readout's {path}")


def get(server: Server, path: str) -> httpx.Response:
    """The response to a GET request. Raises InvalidMeasurement unless its status is 200."""
    response = httpx.get(f"{server.address}{path}", timeout=60)
    if response.status_code != 200:
        raise InvalidMeasurement(f"responds with status {response.status_code}")
    return response


def _items(server: Server, path: str) -> list[Json]:
    body = get(server, path).json()
    return body.get("items") or body.get("data") or [body]


def readout_facts(item: Json) -> Json:
    """A delegate or a meeting from Readout, without the data that the textbook server leaves out."""
    facts = _without_urls(item)
    for name in ("counts", "date_precision"):
        facts.pop(name, None)
    for party in facts.get("parties", ()):
        del party["kind"]
    return facts


def textbook_facts(item: Json) -> Json:
    """A delegate or a meeting from the textbook server, in the shape of Readout's JSON."""
    facts = {**item, "evidence": _evidence(item)}
    if "agenda" in facts:
        facts |= _meeting(facts)
    else:
        names = {"place_country": "country"}
        facts["meeting"] = {names.get(name, name): value for name, value in facts["meeting"].items()}
    return {name: value for name, value in facts.items() if not name.startswith(("duration_", "place_"))}


def _without_urls(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _without_urls(part) for name, part in value.items() if name not in {"url", "read_url"}}
    return [_without_urls(part) for part in value] if isinstance(value, list) else value


def _evidence(item: Json) -> Json:
    names = {"start_offset": "start", "end_offset": "end"}
    return [
        {names.get(name, name): value for name, value in one.items()}
        | {"fields": [field["field"] for field in one["fields"]]}
        for one in item["evidence"]
    ]


def _meeting(item: Json) -> Json:
    return {
        "duration": _parts(item, "duration_value", "duration_approximate"),
        "place": _parts(item, "place_city", "place_country", "place_wikidata"),
        "parties": [_actor(actor) for actor in item["parties"]],
        "topics": [topic["id"] for topic in item["topics"]],
        "agenda": [{**agenda, "evidence": _evidence(agenda)} for agenda in item["agenda"]],
    }


def _parts(item: Json, first: str, *others: str) -> Json:
    if item[first] is None:
        return None
    return {name.partition("_")[2]: item[name] for name in (first, *others)}


def _actor(actor: Json) -> Json:
    party = actor["party"] or {"id": None, "name": actor["described"]}
    return {**party, "role": actor["role"]}
