"""Rules that cited words must follow besides being in the article: whole words, and a name or the text in them.

Each rule takes a part's facts and citations and returns the faults. The rules on names, dates and places apply to
stated evidence; one citation that follows a rule is enough.
"""

import re
from collections.abc import Iterator
from itertools import islice

from app.enums import QuoteKind
from seed.language.word_lists import ENGLISH, main_language
from seed.proof.citations import Citation, stated_passages, way_out
from seed.proof.definitions import Catalogue
from seed.proof.facts import ACTORS, TITLES, PartFacts
from seed.proof.names import names
from seed.proof.quotation_marks import QUOTATION_MARKS, Marks
from seed.proof.result import Passage
from seed.proof.source_texts import SourceTexts
from seed.proof.whole_words import cut_word, has_word
from seed.proof.word_search import fold
from seed.record.faults import Code, Fault, Severity
from seed.record.models import Described, Entry, Quote

_PLACES_OF_TITLE = 20
"""In a passage, of which one must be whole words: so that the work is bounded."""


def whole_words(citations: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """Faults of words without a letter or digit, and of words that begin or end inside a word.

    The latter is a warning in languages other than English: some attach prepositions, articles and particles to words.
    """
    for citation in citations:
        if passage := citation.passage:
            text = texts[passage.source]
            cut = cut_word(text.text, passage.start, passage.end, text.language)
            if not has_word(passage.words):
                message = f"“{passage.words}” says nothing: give words with a letter or a digit"
                yield Fault(Code.not_whole_words, citation.path, message)
            elif cut:
                message = f"these words begin or end inside “{cut}”: give whole words"
                yield Fault(Code.not_whole_words, citation.path, message, severity=_severity_of_cut(text.language))


def _severity_of_cut(language: str) -> Severity:
    return Severity.fault if main_language(language) == ENGLISH else Severity.warning


def evidence_for_no_field(part: PartFacts) -> Iterator[Fault]:
    """Faults of entries for a field that is unknown, null or a label."""
    for index, entry in enumerate(part.model.evidence):
        for at, field in enumerate(entry.says):
            if field not in part.facts:
                path = (*part.path, "evidence", index, "says", at)
                yield Fault(Code.evidence_for_no_field, path, _why_no_field(part, field, entry))


def _why_no_field(part: PartFacts, field: str, entry: Entry) -> str:
    kind = part.kind.replace("_", " ")
    if field not in type(part.model).model_fields:
        return f"there is no field `{field}` of the {kind}; it takes evidence for {', '.join(part.facts)}"
    if getattr(part.model, field) in (None, ()):
        return f"the {kind}'s `{field}` is empty: give it a value, or take it out of `says`"
    return f"`{field}` is the curator's label and takes no evidence"


def fact_without_evidence(part: PartFacts, citations: list[Citation]) -> Iterator[Fault]:
    """Faults of facts without an entry; a description and a text are their own words and need none."""
    said = {field for citation in citations if citation.written for field in citation.fields}
    for field in part.facts:
        if field == "text" or field in said:
            continue
        actors = part.actors(field) if field in ACTORS else []
        if not actors or any(not isinstance(actor, Described) for actor, _ in actors):
            message = f"no evidence says the {part.kind.replace('_', ' ')}'s `{field}`"
            yield Fault(Code.fact_without_evidence, (*part.path, field), message)


def names_in_words(part: PartFacts, citations: list[Citation], catalogue: Catalogue) -> Iterator[Fault]:
    """Faults of actors whom no stated words for their field name."""
    for field in part.actor_fields():
        stated = _stated_words(citations, field)
        own = [words for citation in citations if field in citation.fields and (words := citation.own_words)]
        for actor, path in part.actors(field) if stated else ():
            named_as = catalogue.forms(actor)
            if named_as and not any(names(words, named_as) for words in (*stated, *own)):
                yield Fault(Code.name_not_in_words, path, _not_named(field, named_as, way_out(citations, field)))


def _not_named(field: str, named_as: tuple[str, ...], otherwise: str) -> str:
    forms = ", ".join(f"“{form}”" for form in dict.fromkeys(named_as))
    return f"no stated words for `{field}` hold {forms}; give words that do, another name of theirs, or {otherwise}"


def place_in_words(part: PartFacts, citations: list[Citation]) -> Iterator[Fault]:
    """The fault of a place whose city is not in stated words."""
    stated = _stated_words(citations, "place") if "place" in part.facts else []
    if stated:
        city = part.facts["place"].city
        if not any(names(words, (city,)) for words in stated):
            message = f"no stated words for `place` hold “{city}”; give words that do, or {way_out(citations, 'place')}"
            yield Fault(Code.name_not_in_words, (*part.path, "place", "city"), message)


def titles_in_words(
    part: PartFacts, citations: list[Citation], texts: SourceTexts, catalogue: Catalogue
) -> Iterator[Fault]:
    """Faults of titles: words for a title must contain it and, if they are stated, name its holder too."""
    for field in TITLES:
        cited = [citation for citation in citations if field in citation.fields]
        if not cited or not all(citation.known for citation in cited):
            continue
        title = fold(part.facts[field])
        holding = [citation for citation in cited if citation.passage and title in citation.passage.folded]
        if not holding:
            message = f"no words for `{field}` hold “{part.facts[field]}”"
            yield Fault(Code.text_not_in_words, (*part.path, field), message)
            continue
        yield from _cut_title(part, field, holding, texts)
        named_as = catalogue.forms(part.holder(field))
        if named_as and not any(
            not citation.stated or (citation.passage and names(citation.passage.folded, named_as))
            for citation in holding
        ):
            message = f"the words for `{field}` do not name its holder, {named_as[0]}: give words that do, or "
            message += way_out(citations, field)
            yield Fault(Code.name_not_in_words, holding[0].path, message)


def _cut_title(part: PartFacts, field: str, holding: list[Citation], texts: SourceTexts) -> Iterator[Fault]:
    """The fault of a title that begins or ends inside a word in all words that contain it; a warning as above."""
    title, first = part.facts[field], holding[0]
    passages = [citation.passage for citation in holding if citation.passage]
    cut = [_cut_in(passage, fold(title), texts[passage.source].language) for passage in passages]
    if all(cut):
        severity = _severity_of_cut(texts[passages[0].source].language)
        path = first.path if severity is Severity.warning else (*part.path, field)  # `despite` answers at an entry
        message = f"“{title}” begins or ends inside “{cut[0]}”: give the title in whole words, as the article writes it"
        yield Fault(Code.not_whole_words, path, message, severity=severity)


def _cut_in(passage: Passage, words: str, language: str) -> str | None:
    """The word that folded words are cut out of in a passage; None if one of the first places has them whole."""
    places = islice(re.finditer(f"(?={re.escape(words)})", passage.folded), _PLACES_OF_TITLE)
    cut = [cut_word(passage.folded, found.start(), found.start() + len(words), language) for found in places]
    return cut[0] if all(cut) else None


def text_in_words(part: PartFacts, citations: list[Citation]) -> Iterator[Fault]:
    """The fault of a text that is not the words of its entries, in order, joined by a space."""
    cited = _of_text(citations)
    if not all(citation.known for citation in cited):
        return
    passages = [citation.passage for citation in cited if citation.passage]
    words = " ".join(passage.folded for passage in passages)
    if cited and (words != fold(part.facts["text"]) or len(set(passages)) < len(passages)):
        message = "the text is not the words of its entries, in their order, joined by a space"
        yield Fault(Code.text_not_in_words, (*part.path, "text"), message)


def quotation_marks(
    quote: Quote, citations: list[Citation], texts: SourceTexts, catalogue: Catalogue
) -> Iterator[Fault]:
    """Faults of a quote whose kind does not fit the quotation marks around each part of its text."""
    for citation in _of_text(citations):
        if passage := citation.passage:
            if catalogue.source(passage.source) is None and passage.source in catalogue.unknown:
                continue
            marks = texts[passage.source].marks
            if _copies_marks(quote, passage.words) and not marks.inside_pair(passage.start, passage.end):
                yield Fault(Code.quotation_marks, citation.path, MARKS_COPIED)
            elif wrong := _wrong_marks(quote, marks, passage.start, passage.end):
                yield Fault(Code.quotation_marks, citation.path, wrong)


MARKS_COPIED = "the text is what stands between the quotation marks: leave the marks out"


def _copies_marks(quote: Quote, words: str) -> bool:
    return quote.kind is not QuoteKind.indirect and words[0] in QUOTATION_MARKS and words[-1] in QUOTATION_MARKS


def _wrong_marks(quote: Quote, marks: Marks, start: int, end: int) -> str | None:
    inside, mixed = marks.inside_pair(start, end), marks.are_mixed(start, end)
    match quote.kind:
        case QuoteKind.direct | QuoteKind.partial if mixed:
            return "around these words a mark is closed by one of another kind: give words between marks of one kind"
        case QuoteKind.direct if not inside:
            return "a direct quote stands in quotation marks, and these words do not: is it indirect?"
        case QuoteKind.direct if not marks.fills_pair(start, end):
            return "a direct quote is all that stands between its marks: give the rest, or is it partial?"
        case QuoteKind.partial if not inside:
            return "a partial quote stands between quotation marks, and these words do not: is it indirect?"
        case QuoteKind.indirect if quote.via is None and inside and not mixed:
            return (
                "an indirect quote is a paraphrase, and these words stand in quotation marks: is it partial or direct?"
            )
        case QuoteKind.indirect if quote.via is None and marks.cuts_pair(start, end):
            return "an indirect quote holds both quotation marks of a pair, or none: take in the other one"
    return None


def _of_text(citations: list[Citation]) -> list[Citation]:
    return [citation for citation in citations if "text" in citation.fields]


def _stated_words(citations: list[Citation], field: str) -> list[str]:
    """The folded words that state a field."""
    return [passage.folded for passage in stated_passages(citations, field)]
