"""Citations: parts of the text that cites a fact, and a meeting with its articles as BibTeX, RIS or CSL-JSON."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path, Response

from app.api.endpoints.readout import Readout, read_readout
from app.api.resources.meetings import Meeting, MeetingId
from app.api.resources.sources import Source
from app.db.request_context import RequestContext, RequestContextDep
from app.pages.rendering import page_router
from app.problems import not_found

router = page_router(Response)


@dataclass(frozen=True, slots=True)
class Work:
    """A citable work: a readout or an article."""

    id: str
    type: str
    """The type in CSL."""
    title: str
    author: str | None
    publisher: str | None
    date: str | None
    """A partial ISO 8601 date."""
    address: str | None
    language: str | None
    version: str | None


_CITED = ("author", "title", "publisher", "published_on", "source_url")
"""The properties of an article in the citation of a fact, in order."""


def article_citation(source: Source) -> str:
    """An article in the citations of the facts that rest on it. The page adds the fact, its words and the link."""
    article: Mapping[str, Any] = source
    return ", ".join(filter(None, [article[name] for name in _CITED]))


def meeting_citation(context: RequestContext, meeting: Meeting) -> str:
    """The end of the citations of all facts of a meeting, before the link."""
    return f"In: {meeting['title']}, Readout, dataset version {context.version}"


def _works(context: RequestContext, readout: Readout) -> Iterator[Work]:
    meeting = readout["meeting"]
    yield Work(
        id=meeting["id"],
        type="webpage",
        title=meeting["title"],
        author=None,
        publisher="Readout",
        date=context.version.loaded_at.date().isoformat(),
        address=meeting["read_url"],
        language="en",
        version=str(context.version),
    )
    for source in readout["sources"]:
        yield _article(source)


def _article(source: Source) -> Work:
    return Work(
        id=source["id"],
        type="article-newspaper",
        title=source["title"],
        author=source["author"],
        publisher=source["publisher"] or ", ".join(party["name"] for party in source["issued_by"]) or None,
        date=source["published_on"],
        address=source["source_url"],
        language=source["language"],
        version=None,
    )


def _csl(work: Work) -> dict[str, Any]:
    """A work as an item of CSL-JSON (citationstyles.org, CSL 1.0.2)."""
    values = {
        "id": work.id,
        "type": work.type,
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title": work.publisher,
        "issued": {"date-parts": [[int(part) for part in work.date.split("-")]]} if work.date else None,
        "URL": work.address,
        "language": work.language,
        "version": work.version,
    }
    return {name: value for name, value in values.items() if value is not None}


def _bibtex(work: Work) -> str:
    """A work as a BibTeX entry, in Unicode; only the characters of commands are escaped."""
    year, *month = (work.date or "").split("-")[:2]
    values = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": work.author and f"{{{_escaped(work.author)}}}",
        "howpublished": work.publisher and _escaped(work.publisher),
        "year": year,
        "month": "".join(month),
        "url": work.address and work.address.replace("{", "%7B").replace("}", "%7D"),
        "note": work.version and f"Dataset version {work.version}",
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items() if value)
    return f"@misc{{{work.id},\n{fields}}}\n"


_COMMANDS = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#_%"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def _escaped(text: str) -> str:
    return " ".join(text.translate(_COMMANDS).split())


def _ris(work: Work) -> str:
    """A work as an RIS record."""
    values = (
        ("TY", "ELEC" if work.version else "NEWS"),
        ("ID", work.id),
        ("TI", work.title),
        ("AU", work.author),
        ("PB", work.publisher),
        ("PY", work.date and work.date[:4]),
        ("DA", work.date and work.date.replace("-", "/")),
        ("UR", work.address),
        ("LA", work.language),
        ("N1", work.version and f"Dataset version {work.version}"),
    )
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in values if value]
    return "\r\n".join([*lines, "ER  - ", ""])


CitationWriter = Callable[[list[Work]], str]
CITATION_FORMATS: Mapping[str, tuple[str, str, CitationWriter]] = {
    "bib": ("BibTeX", "application/x-bibtex", lambda works: "\n".join(map(_bibtex, works))),
    "ris": ("RIS", "application/x-research-info-systems", lambda works: "".join(map(_ris, works))),
    "json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        lambda works: json.dumps([_csl(work) for work in works], ensure_ascii=False, indent=1),
    ),
}
"""Citation formats by the suffix of the URL: name, media type, and writer."""


@router.get("/read/{id}/citation.{form}")
def cite_meeting(context: RequestContextDep, id: MeetingId, form: Annotated[str, Path()]) -> Response:
    """The citation of a meeting's readout and of its articles."""
    if form not in CITATION_FORMATS:
        raise not_found("citation", form)
    _, media_type, write = CITATION_FORMATS[form]
    works = list(_works(context, read_readout(context, id)))
    return Response(write(works), media_type=media_type)
