"""What answers say, without how they say it: so that only those are compared that tell the same.

The textbook's way leaves out of an item its own addresses and those of what it refers to, the kind of an actor, and a
meeting's counts; it names offsets and values by their columns. All else must be the same.
"""

from typing import Any

Json = Any


def told_by_readout(item: Json) -> Json:
    """A delegate or a meeting as Readout tells of it, without what the textbook leaves out."""
    facts = _without_addresses(item)
    facts.pop("counts", None)
    for party in facts.get("parties", ()):
        del party["kind"]
    return facts


def told_by_textbook(item: Json) -> Json:
    """A delegate or a meeting as the textbook tells of it, in Readout's words."""
    facts = {**item, "evidence": _evidence(item)}
    if "agenda" in facts:
        facts |= _meeting(facts)
    return {name: value for name, value in facts.items() if not name.startswith(("duration_", "place_"))}


def _without_addresses(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _without_addresses(part) for name, part in value.items() if name not in {"url", "read_url"}}
    return [_without_addresses(part) for part in value] if isinstance(value, list) else value


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
