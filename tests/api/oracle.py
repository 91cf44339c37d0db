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
    has_places: bool = False
    """Whether the list can also be sorted by `place`, of one meeting."""

    @property
    def both_ways(self) -> list[str]:
        """The sorts of the whole list, ascending and descending."""
        return [sign + sort for sort in self.sorts for sign in ("", "-")]


GIVEN_ONCE = {"date_from", "date_to", "published_from", "published_to", "commitment_from"}
"""Filters that may not be repeated; an item matches any value that is up to its own, or from its own on."""

ALL_HOLD = {"with"}
"""Filters whose values must all hold."""

SPANS = [
    *("2022", "2023", "2024", "2023-12", "2024-02", "2024-03", "2024-05", "2024-02-29", "2024-05-06", "2024-05-07"),
    *("2025-01-01", "2025-02", "2025-02-18", "2025-02-19"),
]
"""Partial dates that spans begin and end with."""


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


def _actors(field: str) -> Values:
    """The ids of the people and parties in a field that has one of them or several, or is null."""
    return lambda _, item: [other["id"] for other in (item[field] if isinstance(item[field], list) else [item[field]])]


def _since(first: Key, last: Key) -> dict[str, Values]:
    """The spans that begin before the end of an item's days, and those that end after their begin."""

    def begins(_: Served, item: Json) -> Iterable[str]:
        return [span for span in SPANS if last(item) and days(last(item))[1] >= days(span)[0]]

    def ends(_: Served, item: Json) -> Iterable[str]:
        return [span for span in SPANS if first(item) and days(first(item))[0] <= days(span)[1]]

    return {"from": begins, "to": ends}


_published = _since(_by("published_on"), _by("published_on"))
_held = _since(_by("start_date"), lambda meeting: meeting["end_date"] or meeting["start_date"])


def _meeting_of(served: Served, item: Json) -> Json:
    """The meeting that an item belongs to."""
    return one(served, "/meetings", item["id"].split(".")[0])


def _of_meeting(values: Values) -> Values:
    """The values of an item's meeting."""
    return lambda served, item: values(served, _meeting_of(served, item))


def _participants(served: Served, meeting: Json) -> Iterable[str | None]:
    """The parties and the delegates' parties of a meeting, its delegates and the people who speak there."""
    yield from _ids("parties")(served, meeting)
    for delegate in served.all("/delegates"):
        if delegate["meeting"]["id"] == meeting["id"]:
            yield from (_by("party", "id")(delegate), _by("person", "id")(delegate))
    for quote in served.all("/quotes"):
        if quote["meeting"]["id"] == meeting["id"]:
            yield from (speaker["id"] for speaker in quote["speakers"] if speaker["kind"] == "person")


def _agreeing(served: Served, agreement: Json) -> Iterable[str | None]:
    """An agreement's own parties, and the delegates to its meeting."""
    yield from _ids("parties")(served, agreement)
    for delegate in served.all("/delegates"):
        if delegate["meeting"]["id"] == agreement["meeting"]["id"]:
            yield _by("person", "id")(delegate)


def _weaker(_: Served, agreement: Json) -> Iterable[str]:
    """An agreement's commitment, and those that are less firm."""
    return ENUMS["commitment"][: ENUMS["commitment"].index(agreement["commitment"]) + 1]


def _city(_: Served, meeting: Json) -> Iterable[str | None]:
    """A meeting's city, in two cases."""
    city = _by("place", "city")(meeting)
    return [city, city and city.upper()]


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
    key = f"{path} by id"
    if key not in served.known:
        served.known[key] = {item["id"]: item for item in served.all(path)}
    return served.known[key][id]


_OF_ALL: dict[str, Values] = {"id": _at("id")}
_SORTS_OF_ALL: dict[str, Key] = {"id": _by("id"), "changed_in": _by("changed_in")}
_SORTS_OF_PARTS: dict[str, Key] = {**_SORTS_OF_ALL, "date": lambda item: _first_day("start_date")(item["meeting"])}
_DATES_OF_PARTS: dict[str, Values] = {f"date_{bound}": _of_meeting(values) for bound, values in _held.items()}
_OF_PARTS: dict[str, Values] = {
    **_OF_ALL,
    **_DATES_OF_PARTS,
    "meeting": _at("meeting", "id"),
    "with": _of_meeting(_participants),
    "country": _of_meeting(_at("place", "country")),
    "status": _of_meeting(_at("status")),
    "format": _of_meeting(_at("format")),
    "meeting_topic": _of_meeting(lambda _, meeting: meeting["topics"]),
}

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
            "mode": _at("mode"),
            "host": _at("host", "id"),
            "city": _city,
            "wikidata": _at("place", "wikidata"),
            "with": _participants,
            "source": _ids("sources"),
            **{f"date_{bound}": values for bound, values in _held.items()},
            **_OF_ALL,
        },
    ),
    "/agenda": ListRules(
        "id",
        {"outcome": _rank("outcome", "outcome"), "title": _by("title", fold=True), **_SORTS_OF_PARTS},
        {**_OF_PARTS, "topic": lambda _, item: item["topics"], "outcome": _at("outcome")},
        has_places=True,
    ),
    "/delegates": ListRules(
        "id",
        {"name": _name, "role": _rank("role", "delegate role"), **_SORTS_OF_PARTS},
        {**_OF_PARTS, "person": _at("person", "id"), "party": _at("party", "id"), "role": _at("role")},
        has_places=True,
    ),
    "/agreements": ListRules(
        "id",
        {"commitment": _rank("commitment", "commitment"), "title": _by("title", fold=True), **_SORTS_OF_PARTS},
        {
            **_OF_PARTS,
            "with": _agreeing,
            "party": _ids("parties"),
            "topic": lambda _, agreement: agreement["topics"],
            "commitment": _at("commitment"),
            "commitment_from": _weaker,
            "asserted": lambda _, agreement: ["true" if agreement["asserted_by"] else "false"],
            "asserted_by": _actors("asserted_by"),
            "form": _at("form"),
        },
        has_places=True,
    ),
    "/quotes": ListRules(
        "id",
        {"kind": _rank("kind", "quote kind"), **_SORTS_OF_PARTS},
        {
            **_OF_PARTS,
            "speaker": _ids("speakers"),
            "party": _of_party,
            "via": _at("via", "id"),
            "topic": lambda _, quote: quote["topics"],
            "kind": _at("kind"),
        },
        has_places=True,
    ),
    "/people": ListRules(
        "id",
        {"name": _by("name", fold=True), **_SORTS_OF_ALL},
        {"meeting": _meetings_of_person, "party": _parties_of_person, "wikidata": _at("wikidata"), **_OF_ALL},
    ),
    "/parties": ListRules(
        "id",
        {"name": _by("name", fold=True), "kind": _rank("kind", "party kind"), **_SORTS_OF_ALL},
        {"meeting": _meetings_of_party, "kind": _at("kind"), "wikidata": _at("wikidata"), **_OF_ALL},
    ),
    "/sources": ListRules(
        "id",
        {"published_on": _first_day("published_on"), "title": _by("title", fold=True), **_SORTS_OF_ALL},
        {
            "meeting": lambda served, source: [
                meeting["id"] for meeting in served.all("/meetings") if source["id"] in _ids("sources")(served, meeting)
            ],
            "language": _at("language"),
            "publisher": _at("publisher"),
            "issued_by": _ids("issued_by"),
            "access": _at("access"),
            **{f"published_{bound}": values for bound, values in _published.items()},
            **_OF_ALL,
        },
    ),
    "/evidence": ListRules(
        "id",
        {"start": _by("start"), **_SORTS_OF_PARTS},
        {
            **_DATES_OF_PARTS,
            "meeting": _of_meeting(_at("id")),
            "source": _at("source", "id"),
            "record": _at("record", "id"),
            "record_kind": _at("record", "kind"),
            "basis": _at("basis"),
            **_OF_ALL,
        },
        has_places=True,
    ),
}


def in_order(served: Served, path: str, items: Iterable[Json], sort: str) -> list[str]:
    """The ids of sorted items: null last, ties by ascending id."""
    key = LISTS[path].sorts[sort.removeprefix("-")]
    if path == "/evidence" and "date" in sort:  # evidence does not refer to its meeting
        does_not_change = path in served.known
        listed = served.all("/meetings") if does_not_change else served.walk("/meetings?limit=100")
        meetings = {meeting["id"]: meeting for meeting in listed}
        items = [{**item, "meeting": meetings[item["id"].split(".")[0]]} for item in items]
    by_id = sorted(items, key=lambda item: str(item["id"]))
    known = sorted((item for item in by_id if key(item) is not None), key=key, reverse=sort.startswith("-"))
    return [item["id"] for item in [*known, *(item for item in by_id if key(item) is None)]]


def under(served: Served, path: str, filters: Mapping[str, Iterable[str]]) -> list[Json]:
    """The items that match all filters, each with one of its values, or with all of them."""

    def matches(item: Json, name: str, wanted: set[str]) -> bool:
        own = values_by_id(served, path, name)[item["id"]]
        return wanted <= own if name in ALL_HOLD else bool(wanted & own)

    return [
        item for item in served.all(path) if all(matches(item, name, set(wanted)) for name, wanted in filters.items())
    ]


def in_place_order(served: Served, items: Iterable[Json], meeting: Json) -> list[str]:
    """The ids of a meeting's items in the order of its articles: the text or the first of all words, no words last."""
    articles = [source["id"] for source in meeting["sources"]]

    def place(item: Json) -> tuple[int, int]:
        evidence = item.get("evidence", [item])
        texts = [each for each in evidence if "text" in each["fields"]] if "evidence" in item else []
        words = [(articles.index(each["source"]["id"]), each["start"]) for each in texts or evidence if each["source"]]
        return min(words, default=(len(articles), 0))

    return [item["id"] for item in sorted(items, key=lambda item: (place(item), item["id"]))]


def some_of(name: str, known: list[str]) -> list[str]:
    """Values of a filter that may be given together."""
    return known[:1] if name in GIVEN_ONCE else known[:2] if name in ALL_HOLD else known[:100:2]


def values(served: Served, path: str, name: str) -> list[str]:
    """All values of a filter among the items of a list, sorted."""
    found = set[str | None]().union(*values_by_id(served, path, name).values())
    return sorted(value for value in found if value is not None)


def values_by_id(served: Served, path: str, name: str) -> dict[str, set[str | None]]:
    """The values of a filter that each item of a list has."""
    key = f"{name} of {path}"
    if key not in served.known:
        of_item = LISTS[path].filters[name]
        served.known[key] = {item["id"]: set(of_item(served, item)) for item in served.all(path)}
    return served.known[key]  # type: ignore[no-any-return]
