"""`/read/{meeting}`: the page of a meeting, with its articles beside its facts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, islice

from fastapi.responses import HTMLResponse
from sqlalchemy import bindparam, select

from app.api.endpoints.readout import Readout, read_readout
from app.api.resources.evidence import publisher_url
from app.api.resources.meetings import MeetingId
from app.api.resources.sources import Source
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.enums import Access, Basis, Paragraphs, PartyRole
from app.models import Meeting, MeetingSource, SourceText, table
from app.models import Source as StoredSource
from app.pages import linked_data
from app.pages.annotated_text import (
    MAX_SHOWN_BYTES,
    Citation,
    Paragraph,
    Passage,
    cited_passages,
    excerpts,
    text_around,
    whole_text,
)
from app.pages.citations import CITATION_FORMATS, article_citation, meeting_citation
from app.pages.dossier import pairs
from app.pages.fact_cards import Card, Fact, MeetingFacts, Note, facts_of
from app.pages.markup import FactWriter
from app.pages.outcome_board import outcome_board
from app.pages.rendering import base_path, page_router, render_page

router = page_router()

MAX_PAIRS = 6
"""The number of dossiers of two parties that a meeting's page links to."""

_meeting, _meeting_source, _source, _text = table(Meeting), table(MeetingSource), table(StoredSource), table(SourceText)


@dataclass(slots=True)
class TextRow:
    id: str
    text: str


_TEXTS = Statement(
    TextRow,
    select(_source.c.id, _text.c.text)
    .join(_meeting_source, _meeting_source.c.source_key == _source.c.key)
    .join(_meeting, _meeting.c.key == _meeting_source.c.meeting_key)
    .join(_text, _text.c.source_key == _source.c.key)
    .where(_meeting.c.id == bindparam("meeting")),
)

NO_BREAK_SPACES = "\u00a0\u2007\u202f"
"""Pages show them as spaces: a search in the page for words with spaces between them would not find them."""


@dataclass(frozen=True, slots=True)
class Article:
    """A source with its annotated text: the whole text, or the cited words only."""

    source: Source
    paragraphs: Sequence[Paragraph]
    passages: Sequence[Passage]
    hidden: Set[int]
    """The numbers of the passages that the paragraphs do not show."""
    is_whole: bool
    """Whether the whole text is shown."""
    is_one_sided: bool = False
    """Whether it is the own account of some parties, and other parties have none here."""

    @property
    def citation(self) -> str:
        return article_citation(self.source)

    @property
    def groups(self) -> Iterator[tuple[bool, list[Paragraph]]]:
        """The paragraphs in runs: the points of a list together, and all others together."""
        for is_list, run in groupby(self.paragraphs, lambda each: each.kind == "point" and not each.follows_gap):
            yield is_list, list(run)


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """The words of a passage, where they stand at the publisher, and the facts that they prove."""

    words: str
    source_url: str | None
    facts: Sequence[tuple[Fact, Card, Note]]


@router.get("/read/{id}")
def read_meeting(context: RequestContextDep, id: MeetingId) -> HTMLResponse:
    readout = read_readout(context, id)
    facts = facts_of(readout)
    notes = [note for card in facts.cards for note in card.notes]
    articles = list(_articles(context, readout, notes))
    by_source = {article.source["id"]: article.source for article in articles}
    return render_page(
        "meeting.html",
        context.settings.public_url,
        meeting=readout["meeting"],
        facts=facts,
        articles=articles,
        by_source=by_source,
        cited_passages=_facts_by_passage(facts, articles),
        participants=facts.participants,
        board=outcome_board(readout),
        forms=CITATION_FORMATS,
        writer=FactWriter(
            base_path(context.settings.public_url),
            by_source,
        ),
        cited_in=meeting_citation(context, readout["meeting"]),
        version=str(context.version),
        pairs=list(islice(pairs(readout["meeting"]["parties"]), MAX_PAIRS)),
        linked_data=linked_data.event(readout),
    )


def _articles(context: RequestContext, readout: Readout, notes: Sequence[Note]) -> Iterator[Article]:
    """The articles of a meeting, in order. Sets the passage number of each note."""
    texts = {row.id: _with_spaces(row.text) for row in context.rows(_TEXTS, meeting=readout["meeting"]["id"])}
    issuers = {party["id"] for source in readout["sources"] for party in source["issued_by"]}
    sides = [party["id"] for party in readout["meeting"]["parties"] if party["role"] == PartyRole.principal]
    silent = not issuers.issuperset(sides)
    first = 1
    for source in readout["sources"]:
        passages = cited_passages([_citation(note) for note in notes if _is_from(note, source)], first)
        first += len(passages)
        numbers = {citation.mark: passage.number for passage in passages for citation in passage.citations}
        for note in notes:
            note.number = numbers.get(note.mark, note.number)
        yield _article(source, texts[source["id"]], passages, is_one_sided=bool(source["issued_by"]) and silent)


def _with_spaces(text: str) -> str:
    for space in NO_BREAK_SPACES:
        text = text.replace(space, " ")
    return text


def _is_from(note: Note, source: Source) -> bool:
    reference = note.evidence["source"]
    return reference is not None and reference["id"] == source["id"]


def _citation(note: Note) -> Citation:
    start, end = note.evidence["start"], note.evidence["end"]
    assert start is not None and end is not None, "evidence with a source has a position in it"
    return Citation(note.mark, note.evidence["id"], Basis(note.evidence["basis"]), start, end)


def _article(source: Source, text: str, passages: Sequence[Passage], is_one_sided: bool) -> Article:
    if source["access"] != Access.full:
        return Article(source, excerpts(text, passages), passages, set(), False, is_one_sided)
    divided_by = source["paragraphs"] and Paragraphs(source["paragraphs"])
    if len(text.encode()) > MAX_SHOWN_BYTES:
        paragraphs, hidden = text_around(text, passages, divided_by, source["title"])
        return Article(source, paragraphs, passages, hidden, False, is_one_sided)
    return Article(source, whole_text(text, passages, divided_by, source["title"]), passages, set(), True, is_one_sided)


def _facts_by_passage(facts: MeetingFacts, articles: Sequence[Article]) -> dict[int, CitedPassage]:
    """The words of each passage and the facts that they prove, by the passage's number."""
    by_number: dict[int, list[tuple[Fact, Card, Note]]] = defaultdict(list)
    for card in facts.cards:
        for fact in card.facts:
            for note in fact.notes:
                if note.number is not None:
                    by_number[note.number].append((fact, card, note))
    sources = {passage.number: article.source for article in articles for passage in article.passages}
    return {
        number: CitedPassage(
            words := str(proved[0][2].evidence["words"]), publisher_url(sources[number]["source_url"], words), proved
        )
        for number, proved in by_number.items()
    }
