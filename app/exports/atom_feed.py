"""Items as an Atom feed (RFC 4287), the last changed first, in pages (RFC 5005, 3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.db.request_context import RequestContext

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_TAG_YEAR = "2026"
"""The year in tag URIs, in which the host of the public URL had its owner (RFC 4151). It never changes, like ids."""


@dataclass(frozen=True, slots=True)
class Words:
    """The title of an entry, and the words that it shows."""

    title: str
    summary: str | None


Item = Mapping[str, Any]


def meeting_words(meeting: Item) -> Words:
    """A meeting by its title, with its summary or else the words that prove it."""
    words = (entry["words"] for entry in meeting["evidence"])
    return Words(meeting["title"], meeting["summary"] or next(filter(None, words), None))


def agreement_words(agreement: Item) -> Words:
    """An agreement by its title, with the article's words."""
    return Words(agreement["title"], agreement["text"])


def quote_words(quote: Item) -> Words:
    """A quote by its speakers and its meeting, with the article's words."""
    speakers = ", ".join(speaker["name"] for speaker in quote["speakers"])
    return Words(f"{speakers}: {quote['meeting']['title']}", quote["text"])


def atom_feed(
    context: RequestContext,
    name: str,
    items: Sequence[Item],
    next_page: str | None,
    words_of: Callable[[Item], Words],
    load_times: Mapping[int, datetime],
) -> bytes:
    """A page of a feed. `name` is that of the list, `load_times` are the times of the versions in `changed_in`."""
    settings = context.settings
    pairs = [(key, value) for key, value in context.parameters if key not in ("cursor", "limit")]
    query = f"?{urlencode(pairs)}" if pairs else ""
    feed = Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", tag_uri(settings.public_url, f"{context.path}{query}"))
    _add(feed, "title", f"{name.capitalize()} – Readout")
    newest = max((item["changed_in"] for item in items), default=None)
    _add(feed, "updated", _time(context.version.loaded_at if newest is None else load_times[newest]))
    author = SubElement(feed, "author")
    _add(author, "name", "Readout")
    _add(author, "uri", settings.public_url)
    if settings.licence:
        _add(feed, "rights", settings.licence)
    _link(feed, "self", MEDIA_TYPE, _request_url(context))
    _link(feed, "alternate", "application/json", f"{settings.public_url}/{name}{query}")
    if next_page:
        _link(feed, "next", MEDIA_TYPE, next_page)
    for item in items:
        _add_entry(feed, item, words_of(item), tag_uri(settings.public_url, f"/{name}/{item['id']}"), load_times)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def tag_uri(public_url: str, path: str) -> str:
    """The tag URI (RFC 4151) of a path of the service. It stays the same when the scheme changes."""
    url = urlsplit(public_url)
    host = (url.hostname or "").strip("[]").replace(":", "-")
    port = f":{url.port}" if url.port else ""
    return f"tag:{host.strip('-') or 'localhost'},{_TAG_YEAR}:{port}{url.path}{path}"


def _add_entry(feed: Element, item: Item, words: Words, id: str, load_times: Mapping[int, datetime]) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", id)
    _add(entry, "title", words.title)
    _add(entry, "updated", _time(load_times[item["changed_in"]]))
    _link(entry, "alternate", "text/html", item["read_url"])
    _link(entry, "alternate", "application/json", item["url"])
    for topic in item["topics"]:
        SubElement(entry, "category", term=topic)
    if words.summary:
        _add(entry, "summary", words.summary)


def _add(above: Element, name: str, text: str) -> None:
    SubElement(above, name).text = text


def _link(above: Element, relation: str, media_type: str, url: str) -> None:
    SubElement(above, "link", rel=relation, type=media_type, href=url)


def _time(time: datetime) -> str:
    """A time in UTC as RFC 3339 has it."""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def _request_url(context: RequestContext) -> str:
    query = f"?{urlencode(context.parameters)}" if context.parameters else ""
    return f"{context.settings.public_url}{context.path}{query}"
