"""Rules that warn: what they find is proved, and often wrong all the same.

Each rule takes a part's facts and citations and returns the warnings. A warning stands at words of an entry, so that
the entry can answer it, or at a text without an entry, which gets one for that. The rules apply to stated evidence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.enums import Attendance, Outcome, QuotationMarks, QuoteKind
from seed.proof import wording
from seed.proof.citations import Citation
from seed.proof.definitions import Catalogue
from seed.proof.facts import PartFacts
from seed.proof.names import names
from seed.proof.result import Passage
from seed.proof.source_texts import SourceText, SourceTexts
from seed.proof.word_search import fold
from seed.record.faults import Code, Fault, Severity
from seed.record.models import AgendaItem, Agreement, Delegate, Quote

NEAR_PARAGRAPHS = 1
"""The largest distance of words for the speakers from the text, in paragraphs."""

Cited = tuple[Citation, Passage]
"""A citation with its passage."""


def warnings(
    part: PartFacts, citations: list[Citation], texts: SourceTexts, catalogue: Catalogue, shared_names: set[str]
) -> Iterator[Fault]:
    """All warnings of a part without faults. `shared_names` are those that several people of the record have."""
    if any(citation.unread for citation in citations):
        return
    yield from negated(part, citations, texts)
    yield from another_verb(part, citations, texts)
    yield from shared_last_name(part, citations, catalogue, shared_names)
    yield from parts_out_of_order(citations)
    if isinstance(part.model, Agreement):
        yield from commitment_outside_sentence(citations, texts)
    if isinstance(part.model, Quote):
        yield from speaker_far_from_text(citations, texts)
        yield from marks_around(part.model, citations, texts)


def negated(part: PartFacts, citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """Warnings of a negation in or before the words for a commitment, an attendance, or an outcome that is agreed."""
    field = _deniable_field(part)
    for citation, passage in _stated(citations, field):
        text = texts[passage.source]
        before = fold(text.text[max(0, passage.start - 2 * wording.REACH) : passage.start])
        if found := wording.negation(passage.folded, before, text.language):
            value = part.facts[field]
            message = f"“{found}” stands in these words or just before them: is `{field}` really `{value}`?"
            yield _warning(Code.negation, citation, message)


def _deniable_field(part: PartFacts) -> str:
    """The field of a part whose value a negation would undo; empty if there is none."""
    match part.model:
        case Agreement():
            return "commitment"
        case Delegate(attendance=Attendance.present | Attendance.remote):
            return "attendance"
        case AgendaItem(outcome=Outcome.agreed):
            return "outcome"
    return ""


def another_verb(part: PartFacts, citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """The warning of a commitment or an outcome of whose kind no words for it hold a word."""
    field = {Agreement: "commitment", AgendaItem: "outcome"}.get(type(part.model), "")
    says = wording.says_outcome if field == "outcome" else wording.says_commitment
    stated = _stated(citations, field)
    if stated and not any(
        says(part.facts[field], passage.folded, texts[passage.source].language) for _, passage in stated
    ):
        message = f"no word here says `{part.facts[field]}`: give the words that do, or is the {field} another one?"
        yield _warning(Code.another_verb, stated[0][0], message)


def shared_last_name(
    part: PartFacts, citations: list[Citation], catalogue: Catalogue, shared_names: set[str]
) -> Iterator[Fault]:
    """Warnings of people whom the words for a field name only by a name that others of the record have too."""
    for field in part.actor_fields() if shared_names else ():
        stated = _stated(citations, field)
        for actor, _ in part.actors(field):
            named_as = catalogue.forms(actor) or ()
            shared = tuple(name for name in named_as if name in shared_names)
            own = tuple(name for name in named_as if name not in shared_names)
            naming = [citation for citation, passage in stated if names(passage.folded, shared)] if shared else []
            if naming and not any(names(passage.folded, own) for _, passage in stated):
                message = f"“{shared[0]}” is the name of several people of this record: give words that say which"
                yield _warning(Code.shared_name, naming[0], message)


def shared_names(people: Iterable[str], catalogue: Catalogue) -> set[str]:
    """The names that more than one of some people has, a last name alone among them."""
    held = Counter(name for person in people for name in set(catalogue.forms(person) or ()))
    return {name for name, holders in held.items() if holders > 1}


def parts_out_of_order(citations: list[Citation]) -> Iterator[Fault]:
    """Warnings of parts of a text that stand in the article before the part that they follow in the record."""
    previous: Passage | None = None
    for citation, passage in _of_text(citations):
        if previous and previous.source == passage.source and passage.start < previous.start:
            message = "these words stand before those of the entry above: does the text say what the article says?"
            yield _warning(Code.parts_out_of_order, citation, message)
        previous = passage


def commitment_outside_sentence(citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """The warning of a commitment whose words all stand outside of the sentences of the text."""
    stated, parts = _stated(citations, "commitment"), [passage for _, passage in _of_text(citations)]
    if stated and not any(_shares_sentence(passage, parts, texts[passage.source]) for _, passage in stated):
        message = "these words stand in another sentence than the text: are they about the same agreement?"
        yield _warning(Code.another_sentence, stated[0][0], message)


def _shares_sentence(passage: Passage, parts: list[Passage], text: SourceText) -> bool:
    start, end = text.sentences(passage.start, passage.end)
    return any(part.source == passage.source and part.start < end and start < part.end for part in parts)


def speaker_far_from_text(citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """The warning of speakers whose words all stand more than a paragraph away from the text."""
    parts = [passage for _, passage in _of_text(citations)]
    sources = {part.source for part in parts}
    stated = [(citation, passage) for citation, passage in _stated(citations, "speakers") if passage.source in sources]
    near = {place for part in parts for place in _paragraphs(part, texts, NEAR_PARAGRAPHS)}
    if stated and not any(place in near for _, passage in stated for place in _paragraphs(passage, texts)):
        message = "these words stand more than a paragraph away from the text: who speaks there?"
        yield _warning(Code.speaker_far_away, stated[0][0], message)


def _paragraphs(passage: Passage, texts: SourceTexts, around: int = 0) -> Iterator[tuple[str, int]]:
    """The paragraphs of a passage, and some before and after them: of each the source and the index."""
    text = texts[passage.source]
    first, last = text.paragraph(passage.start), text.paragraph(passage.end - 1)
    return ((passage.source, index) for index in range(first - around, last + around + 1))


def marks_around(quote: Quote, citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """Warnings of quotation marks that are probably not those of the speaker, or that quote a whole utterance."""
    for citation, passage in _of_text(citations) if quote.kind is not QuoteKind.indirect else ():
        text = texts[passage.source]
        if quote.via is None and text.is_inner_quotation(passage.start, passage.end):
            message = "this is a quotation within a quotation: is the speaker the one of the inner marks?"
            yield _warning(Code.inner_quotation, citation, message)
        if _in_doubtful_single_marks(passage, text):
            message = (
                "only single marks stand around this, and the article quotes with double ones: are they apostrophes?"
            )
            yield _warning(Code.single_marks, citation, message)
        if quote.kind is QuoteKind.partial and _is_whole_utterance(passage, text):
            message = "this is all that stands between the marks, and it looks like a whole utterance: is it direct?"
            yield _warning(Code.whole_utterance, citation, message)


def _in_doubtful_single_marks(passage: Passage, text: SourceText) -> bool:
    is_single = text.quotation_marks is QuotationMarks.single
    return (
        is_single
        and text.quotes_in_single_marks_only(passage.start, passage.end)
        and text.has_double_marks_outside_of_single
    )


def _is_whole_utterance(passage: Passage, text: SourceText) -> bool:
    looks_whole = passage.folded[0].isupper() or passage.folded[-1] in ".!?"
    return looks_whole and text.marks.fills_pair(passage.start, passage.end)


def _stated(citations: list[Citation], field: str) -> list[Cited]:
    """The written citations that state a field."""
    return [
        (citation, citation.passage)
        for citation in citations
        if field in citation.fields and citation.passage and citation.written and citation.stated
    ]


def _of_text(citations: list[Citation]) -> list[Cited]:
    """The citations of a text, its own among them."""
    return [(citation, citation.passage) for citation in citations if "text" in citation.fields and citation.passage]


def _warning(code: Code, citation: Citation, message: str) -> Fault:
    return Fault(code, citation.path, message, severity=Severity.warning)
