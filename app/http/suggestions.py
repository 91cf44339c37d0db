"""Suggestions: the parameter or the value that a client probably meant, or None."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

MAX_LENGTH = 100
"""In characters. Nothing is suggested for a longer text."""

_SYNONYMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("person", "people", "author", "delegate"), ("person", "speaker")),
    "parties": ("party",),
    "countries": ("country",),
    "place": ("city", "country"),
    **dict.fromkeys(("between", "participant", "participants"), ("with",)),
    "type": ("kind", "record_kind"),
    **dict.fromkeys(("after", "offset", "page", "start"), ("cursor",)),
    **dict.fromkeys(("count", "page_size", "per_page", "size"), ("limit",)),
    **dict.fromkeys(("order", "order_by", "ordering", "sort_by"), ("sort",)),
    **dict.fromkeys(("query", "search", "text"), ("q",)),
    **dict.fromkeys(("date", "from", "start_date"), ("date_from", "published_from")),
    **dict.fromkeys(("end_date", "until"), ("date_to", "published_to")),
    **dict.fromkeys(("attributes", "columns", "exclude", "include", "only", "properties", "select"), ("fields",)),
    "lang": ("language",),
    **dict.fromkeys(("modified_since", "since", "updated_since"), ("changed_since",)),
}
"""Names that this API does not use, or not everywhere, and the parameters of the same meaning; the first one that an
address takes is suggested."""


def suggest_parameter(name: str, known: Sequence[str]) -> str | None:
    """The known parameter that a name probably means."""
    meant = next((each for each in _SYNONYMS.get(_folded(name), ()) if each in known), None)
    return meant or _nearest(name, known)


def suggest_value(value: str, known: Sequence[str]) -> str | None:
    """The known value that a value, or what stands before its dot, probably means.

    A descending sort is suggested for a descending one only.
    """
    alike = [each for each in known if each.startswith("-") == value.startswith("-")]
    return _nearest(value, alike) or _nearest(value.partition(".")[0], alike)


def suggest_form(value: str, pattern: str) -> str | None:
    """The value as the pattern of a parameter has it, if only case, spaces or underscores are wrong."""
    if len(value) > MAX_LENGTH:
        return None
    text = value.strip()
    forms = (text, text.upper(), text.lower(), re.sub(r"[\s_]+", "-", text.lower()))
    return next((form for form in forms if re.fullmatch(pattern, form)), None)


def _nearest(text: str, known: Iterable[str]) -> str | None:
    """The known text that differs in at most a third of its characters, or the only one that has it as a word."""
    wanted = _folded(text)
    if not 0 < len(wanted) <= MAX_LENGTH:
        return None
    by_folded = {_folded(each): each for each in known}
    distances = {each: OSA.distance(wanted, each) for each in by_folded}
    closest = min(distances, key=lambda each: distances[each], default=None)
    if closest is not None and distances[closest] <= min(len(wanted), len(closest)) // 3:
        return by_folded[closest]
    having_it = [each for each in by_folded if wanted in each.split("_")]
    return by_folded[having_it[0]] if len(having_it) == 1 else None


def _folded(text: str) -> str:
    """A text without case, sign and surrounding space, its words joined by underscores."""
    return re.sub(r"[\s-]+", "_", text.casefold().strip(" -"))
