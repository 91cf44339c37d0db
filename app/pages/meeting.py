"""`/read/{meeting}`: the article beside its facts, every fact beside the words that say it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi.responses import HTMLResponse
from sqlalchemy import bindparam, select

from app.api.endpoints.readout import Readout, get_readout
from app.api.resources.meetings import MeetingId
from app.api.resources.sources import Source
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.enums import Access, Basis, Paragraphs
from app.models import Meeting, MeetingSource, SourceText, table
from app.models import Source as StoredSource
from app.pages.annotated_text import Cited, Paragraph, Passage, excerpts, passages, whole
from app.pages.citations import FORMS, fact_citation
from app.pages.fact_cards import Card, Fact, Facts, Note, facts_of
from app.pages.rendering import page, page_router
from app.pages.table_diagram import seating

router = page_router()

_meeting, _listed, _source, _text = table(Meeting), table(MeetingSource), table(StoredSource), table(SourceText)


@dataclass(slots=True)
class TextRow:
    id: str
    text: str


_TEXTS = Statement(
    TextRow,
    select(_source.c.id, _text.c.text)
    .join(_listed, _listed.c.source_key == _source.c.key)
    .join(_meeting, _meeting.c.key == _listed.c.meeting_key)
    .join(_text, _text.c.source_key == _source.c.key)
    .where(_meeting.c.id == bindparam("meeting")),
)


@dataclass(frozen=True, slots=True)
class Article:
    """A source as it is set: all of it, or the cited words alone."""

    source: Source
    paragraphs: Sequence[Paragraph]
    passages: Sequence[Passage]

    @property
    def is_whole(self) -> bool:
        """Whether all of the text may be shown."""
        return self.source["access"] == Access.full


@dataclass(frozen=True, slots=True)
class Carried:
    """What rests on a passage."""

    words: str
    facts: Sequence[tuple[Fact, Card, Note]]


@router.get("/read/{id}")
def read_meeting(context: RequestContextDep, id: MeetingId) -> HTMLResponse:
    """A meeting's articles beside its facts."""
    readout = get_readout(context, id)
    facts = facts_of(readout)
    notes = [note for card in facts.cards for note in card.notes]
    articles = list(_articles(context, readout, notes))
    return page(
        "meeting.html",
        context.settings.public_url,
        meeting=readout["meeting"],
        facts=facts,
        articles=articles,
        by_source={article.source["id"]: article.source for article in articles},
        carried=_carried(facts),
        seating=seating(readout),
        forms=FORMS,
        cite=partial(fact_citation, context, readout["meeting"]),
        version=str(context.version),
    )


def _articles(context: RequestContext, readout: Readout, notes: Sequence[Note]) -> Iterator[Article]:
    """The meeting's sources in their order; the notes get the numbers of their passages."""
    texts = {row.id: row.text for row in context.rows(_TEXTS, meeting=readout["meeting"]["id"])}
    first = 1
    for source in readout["sources"]:
        marked = passages([_cited(note) for note in notes if _stands_in(note, source)], first)
        first += len(marked)
        numbers = {cited.mark: passage.number for passage in marked for cited in passage.cited}
        for note in notes:
            note.number = numbers.get(note.mark, note.number)
        yield Article(source, _set(source, texts[source["id"]], marked), marked)


def _stands_in(note: Note, source: Source) -> bool:
    reference = note.evidence["source"]
    return reference is not None and reference["id"] == source["id"]


def _cited(note: Note) -> Cited:
    start, end = note.evidence["start"], note.evidence["end"]
    assert start is not None and end is not None, "evidence with a source has a place there"
    return Cited(note.mark, note.evidence["id"], Basis(note.evidence["basis"]), start, end)


def _set(source: Source, text: str, marked: Sequence[Passage]) -> list[Paragraph]:
    if source["access"] != Access.full:
        return excerpts(text, marked)
    divided_by = source["paragraphs"]
    return whole(text, marked, divided_by and Paragraphs(divided_by), source["title"])


def _carried(facts: Facts) -> dict[int, Carried]:
    """What rests on each passage, by its number."""
    by_number: dict[int, list[tuple[Fact, Card, Note]]] = defaultdict(list)
    for card in facts.cards:
        for fact in card.facts:
            for note in fact.notes:
                if note.number is not None:
                    by_number[note.number].append((fact, card, note))
    return {number: Carried(str(carried[0][2].evidence["words"]), carried) for number, carried in by_number.items()}
