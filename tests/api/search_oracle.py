"""The searchable texts of items, by the documentation, and the items that match some words."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from tests.api.oracle import one
from tests.api.serving import Json, Served

KINDS = {
    **{"/meetings": "meeting", "/delegates": "delegate", "/agreements": "agreement", "/quotes": "quote"},
    "/agenda": "agenda_item",
    **{"/people": "person", "/parties": "party", "/sources": "source", "/evidence": "evidence"},
}
"""The kind of a list's items in search."""

Texts = list[str]
"""Of an item its name or title, then what else it is found by; null where it is unknown, until `searchable_texts` leaves that out."""


def _meeting(_: Served, meeting: Json) -> Texts:
    city = meeting["place"] and meeting["place"]["city"]
    agenda, parties = ([each["title"] for each in meeting["agenda"]], [each["name"] for each in meeting["parties"]])
    return [meeting["title"], meeting["summary"], city, *agenda, *meeting["topics"], *parties]


def _delegate(served: Served, delegate: Json) -> Texts:
    person = delegate["person"] and one(served, "/people", delegate["person"]["id"])
    name, *other_names = [person["name"], *person["other_names"]] if person else [delegate["described"]]
    return [name, delegate["title"], delegate["party"] and delegate["party"]["name"], *other_names]


def _quote(served: Served, quote: Json) -> Texts:
    paths = {"person": "/people", "party": "/parties"}
    known = [speaker for speaker in quote["speakers"] if speaker["kind"] in paths]
    other_names = [one(served, paths[speaker["kind"]], speaker["id"])["other_names"] for speaker in known]
    return [", ".join(speaker["name"] for speaker in quote["speakers"]), quote["text"], *chain(*other_names)]


def _named(_: Served, named: Json) -> Texts:
    return [named["name"], *named["other_names"]]


def _source(served: Served, source: Json) -> Texts:
    text = served.get(source["text_url"]).text if source["access"] == "full" else None
    return [source["title"], source["publisher"], source["author"], text]


def _evidence(served: Served, evidence: Json) -> Texts:
    kind, id = evidence["record"]["kind"], evidence["record"]["id"]
    path = next(path for path, of_path in KINDS.items() if of_path == kind)
    title, *_ = SEARCHABLE_TEXTS[path](served, one(served, path, id))
    return [title, evidence["words"] or evidence["note"]]


SEARCHABLE_TEXTS: Mapping[str, Callable[[Served, Json], Texts]] = {
    "/meetings": _meeting,
    "/agenda": lambda _, item: [item["title"], *(evidence["words"] for evidence in item["evidence"])],
    "/delegates": _delegate,
    "/agreements": lambda _, agreement: [agreement["title"], agreement["text"]],
    "/quotes": _quote,
    "/people": _named,
    "/parties": _named,
    "/sources": _source,
    "/evidence": _evidence,
}


def searchable_texts(served: Served, path: str) -> dict[str, Texts]:
    """The searchable texts of a list's items by URL, the title first."""
    known = f"said of {path}"
    if known not in served.known:
        texts = {item["url"]: SEARCHABLE_TEXTS[path](served, item) for item in served.all(path)}
        served.known[known] = {url: [text for text in each if text is not None] for url, each in texts.items()}
    return served.known[known]  # type: ignore[no-any-return]


def words(text: str) -> Iterator[str]:
    """The words of a text, in lower case and without diacritics."""
    plain = "".join(each for each in unicodedata.normalize("NFD", text) if not "\u0300" <= each <= "\u036f")
    return (word.lower() for word in re.findall(r"[^\W_]+", plain))


def items_with_words(served: Served, path: str, wanted: set[str]) -> list[Json]:
    """The items of a list that contain all of some words."""
    texts = searchable_texts(served, path)
    return [item for item in served.all(path) if wanted <= set(words(" ".join(texts[item["url"]])))]
