"""Expected filter results and sort orders, computed from whole lists by the contract."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.api.serving import Json, Served
from tests.api.world import ENUMS, days

Key = Callable[[Json], Any]
Values = Callable[[Served, Json], Iterable[str | None]]


@dataclass(frozen=True)
class ListRules:
    """The sorts of a list, the default first, and the function for an item's values of each filter."""

    default: str
    sorts: Mapping[str, Key]
    filters: Mapping[str, Values]


def _by(*path: str, fold: bool = False) -> Key:
    def key(item: Json) -> Any:
        value = item
        for name in path:
            value = value and value[name]
        return value.casefold() if fold and value is not None else value

    return key


def _name(delegate: Json) -> Any:
    return (delegate["person"]["name"] if delegate["person"] else delegate["described"]).casefold()


def _first_day(field: str) -> Key:
    return lambda item: days(item[field])[0] if item[field] else None


def _rank(field: str, enum: str) -> Key:
    return lambda item: ENUMS[enum].index(item[field])


def _at(*path: str) -> Values:
    return lambda _, item: [_by(*path)(item)]


def _ids(field: str) -> Values:
    return lambda _, item: [other["id"] for other in item[field]]


def _of_party(served: Served, quote: Json) -> Iterable[str | None]:
    for speaker in quote["speakers"]:
        if speaker["kind"] == "party":
            yield speaker["id"]
        elif speaker["delegate"]:
            delegate = one(served, "/delegates", speaker["delegate"]["id"])
            yield _by("party", "id")(delegate)


def _people_of_meeting(served: Served, meeting: Json) -> Iterable[str | None]:
    return [person["id"] for person in served.all("/people") if meeting["id"] in _meetings_of_person(served, person)]


def _meetings_of_person(served: Served, person: Json) -> Iterable[str]:
    for delegate in served.all("/delegates"):
        if _by("person", "id")(delegate) == person["id"]:
            yield delegate["meeting"]["id"]
    for quote in served.all("/quotes"):
        if any((who["kind"], who["id"]) == ("person", person["id"]) for who in quote["speakers"]):
            yield quote["meeting"]["id"]


def _parties_of_person(served: Served, person: Json) -> Iterable[str | None]:
    delegates = served.all("/delegates")
    return [_by("party", "id")(one) for one in delegates if _by("person", "id")(one) == person["id"]]


def _meetings_of_party(served: Served, party: Json) -> Iterable[str]:
    return [meeting["id"] for meeting in served.all("/meetings") if party["url"] in readout_urls(served, meeting["id"])]


def readout_urls(served: Served, meeting_id: str) -> set[str]:
    """All URLs in a meeting's readout, among them those of its parties."""
    key = f"urls of {meeting_id}"
    if key not in served.known:
        served.known[key] = set(urls(served.json(f"/meetings/{meeting_id}/readout")))
    return served.known[key]  # type: ignore[no-any-return]


def urls(value: Json) -> Iterable[str]:
    """Every URL of the service in a answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and (name in ("url", "next", "type") or name == "text_url"):
                yield inner
            else:
                yield from urls(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from urls(inner)


def one(served: Served, path: str, id: str) -> Json:
    return next(item for item in served.all(path) if item["id"] == id)


def _meeting_of_evidence(served: Served, evidence: Json) -> Iterable[str]:
    return [evidence["id"].split(".")[0]]


_OF_ALL: dict[str, Values] = {"id": _at("id")}
_SORTS_OF_ALL: dict[str, Key] = {"id": _by("id"), "changed_in": _by("changed_in")}

LISTS = {
    "/meetings": ListRules(
        "-start_date",
        {"start_date": _first_day("start_date"), "title": _by("title", fold=True), **_SORTS_OF_ALL},
        {
            "party": _ids("parties"),
            "person": _people_of_meeting,
            "country": _at("place", "country"),
            "topic": lambda _, meeting: meeting["topics"],
            "status": _at("status"),
            "format": _at("format"),
            "source": _ids("sources"),
            **_OF_ALL,
        },
    ),
    "/agenda": ListRules(
        "id",
        {"outcome": _rank("outcome", "outcome"), "title": _by("title", fold=True), **_SORTS_OF_ALL},
        {"meeting": _at("meeting", "id"), "outcome": _at("outcome"), **_OF_ALL},
    ),
    "/delegates": ListRules(
        "id",
        {"name": _name, "role": _rank("role", "delegate role"), **_SORTS_OF_ALL},
        {
            "meeting": _at("meeting", "id"),
            "person": _at("person", "id"),
            "party": _at("party", "id"),
            "role": _at("role"),
            **_OF_ALL,
        },
    ),
    "/agreements": ListRules(
        "id",
        {"commitment": _rank("commitment", "commitment"), "title": _by("title", fold=True), **_SORTS_OF_ALL},
        {
            "meeting": _at("meeting", "id"),
            "party": _ids("parties"),
            "topic": lambda _, agreement: agreement["topics"],
            "commitment": _at("commitment"),
            "form": _at("form"),
            **_OF_ALL,
        },
    ),
    "/quotes": ListRules(
        "id",
        {"kind": _rank("kind", "quote kind"), **_SORTS_OF_ALL},
        {
            "meeting": _at("meeting", "id"),
            "speaker": _ids("speakers"),
            "party": _of_party,
            "topic": lambda _, quote: quote["topics"],
            "kind": _at("kind"),
            **_OF_ALL,
        },
    ),
    "/people": ListRules(
        "id",
        {"name": _by("name", fold=True), **_SORTS_OF_ALL},
        {"meeting": _meetings_of_person, "party": _parties_of_person, **_OF_ALL},
    ),
    "/parties": ListRules(
        "id",
        {"name": _by("name", fold=True), "kind": _rank("kind", "party kind"), **_SORTS_OF_ALL},
        {"meeting": _meetings_of_party, "kind": _at("kind"), **_OF_ALL},
    ),
    "/sources": ListRules(
        "id",
        {"published_on": _first_day("published_on"), "title": _by("title", fold=True), **_SORTS_OF_ALL},
        {
            "meeting": lambda served, source: [
                meeting["id"] for meeting in served.all("/meetings") if source["id"] in _ids("sources")(served, meeting)
            ],
            **_OF_ALL,
        },
    ),
    "/evidence": ListRules(
        "id",
        {"start": _by("start"), **_SORTS_OF_ALL},
        {
            "meeting": _meeting_of_evidence,
            "source": _at("source", "id"),
            "record": _at("record", "id"),
            "record_kind": _at("record", "kind"),
            "basis": _at("basis"),
            **_OF_ALL,
        },
    ),
}


def in_order(path: str, items: Iterable[Json], sort: str) -> list[str]:
    """The ids of sorted items: null last, ties by ascending id."""
    key = LISTS[path].sorts[sort.removeprefix("-")]
    by_id = sorted(items, key=lambda item: str(item["id"]))
    known = sorted((item for item in by_id if key(item) is not None), key=key, reverse=sort.startswith("-"))
    return [item["id"] for item in [*known, *(item for item in by_id if key(item) is None)]]


def under(served: Served, path: str, filters: Mapping[str, Iterable[str]]) -> list[Json]:
    """The items that match all filters, each with one of its values."""
    return [
        item
        for item in served.all(path)
        if all(set(wanted) & set(LISTS[path].filters[name](served, item)) for name, wanted in filters.items())
    ]


def values(served: Served, path: str, name: str) -> list[str]:
    """All values of a filter among the items of a list, sorted."""
    found = {value for item in served.all(path) for value in LISTS[path].filters[name](served, item)}
    return sorted(value for value in found if value is not None)
