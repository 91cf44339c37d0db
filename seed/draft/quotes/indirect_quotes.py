"""Indirect quotes: reported speech in the article's own words. Positions are token indexes in a sentence."""

from collections.abc import Iterator

from app.enums import QuoteKind
from seed.draft.quotes.indirect_spans import indirect_end, indirect_start
from seed.draft.quotes.quote import Quote
from seed.draft.quotes.reporting_clauses import ACCORDING_TO, ReportingClause
from seed.draft.quotes.speakers import SpeakerResolver
from seed.draft.text.function_words import DASHES, PREPOSITIONS, TIMES, is_finite, is_subject_pronoun
from seed.draft.text.reporting_verbs import INDIRECT, UNAMBIGUOUS
from seed.draft.text.titles import Tokens, appositive
from seed.draft.text.tokens import Sentence, word_at
from seed.language.word_lists import words
from seed.proof.quotation_marks import DOUBLE_MARKS, Pair

_FEWEST_WORDS = 3
_UNAMBIGUOUS = UNAMBIGUOUS | {ACCORDING_TO}
_WRITTEN_OR_TOLD = words("tell write")
_ADDING = words("who which whose when while as after before but and citing according with although though")
_MOST_QUOTED = 0.06
"""The share of an indirect quote that may be quoted text, which is proposed as a quote as well."""

_AT_START, _AT_END = "#$£€(", "%)"
_ASKING = words("what how which than whom where everything anything")
_DENYING = words(
    "declined declines didn't didn’t don't don’t doesn't doesn’t never not refused refuses wouldn't wouldn’t"
)
_NEAR = 3


class IndirectQuoteFinder:
    """Finds the indirect quotes of a sentence by its reporting clauses."""

    def __init__(self, speakers: SpeakerResolver) -> None:
        self._clauses = speakers.of_sentence

    def find(self, sentence: Sentence, quoted_pairs: set[Pair]) -> Iterator[Quote]:
        """The indirect quotes of a sentence; `quoted_pairs` are the quotation marks that already are quotes."""
        clauses = self._clauses[sentence.number]
        for clause in clauses:
            reported = (_trimmed(sentence.tokens, *span) for span in _reported_spans(sentence.tokens, clause, clauses))
            spans = [
                span for span in reported if span[0] <= span[1] and not _is_beside_unpaired_mark(sentence.tokens, *span)
            ]
            parts = [(sentence.tokens[first].start, sentence.tokens[last].end) for first, last in spans]
            if (
                parts
                and _has_enough_words(sentence.tokens, parts)
                and not _is_quoted(sentence.tokens, spans, quoted_pairs)
            ):
                clear = _is_clear(clause)
                yield Quote(
                    QuoteKind.indirect, parts, sentence.number, clause, list(clause.speakers), clause.certain, clear
                )


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The first and last token of a span without punctuation at its ends."""
    while first <= last and not (tokens[first].is_word or tokens[first].pair or tokens[first].text in _AT_START):
        first += 1
    while last >= first and not (tokens[last].is_word or tokens[last].pair or tokens[last].text in _AT_END):
        last -= 1
    return first, last


def _is_beside_unpaired_mark(tokens: Tokens, first: int, last: int) -> bool:
    """Whether an unpaired quotation mark is next to the span, which then may be a direct quote."""
    beside = (*tokens[max(0, first - 1) : first], *tokens[last + 1 : last + 3])
    return any(token.text in DOUBLE_MARKS for token in beside)


def _has_enough_words(tokens: Tokens, parts: list[tuple[int, int]]) -> bool:
    """Whether the parts have enough words for a quote."""
    inside = (token for token in tokens if any(start <= token.start < end for start, end in parts))
    return sum(token.is_word for token in inside) >= _FEWEST_WORDS


def _is_quoted(tokens: Tokens, spans: list[tuple[int, int]], quoted_pairs: set[Pair]) -> bool:
    """Whether more than a few words are quoted text. Then the direct quote is proposed instead."""
    inside = [token for first, last in spans for token in tokens[first : last + 1]]
    quoted = sum(len(token.text.split()) for token in inside if token.pair in quoted_pairs)
    return quoted > _MOST_QUOTED * (quoted + sum(token.is_word for token in inside))


def _is_clear(clause: ReportingClause) -> bool:
    """Whether a person is the speaker and the verb is unambiguous, so that the span is nearly always right."""
    return clause.verb in _UNAMBIGUOUS and any(speaker.is_person for speaker in clause.speakers)


def _reported_spans(tokens: Tokens, clause: ReportingClause, clauses: list[ReportingClause]) -> list[tuple[int, int]]:
    """The spans that a reporting clause reports: behind it, before it up to a comma, or both."""
    if clause.verb == ACCORDING_TO:
        behind = clause.last + 1
        if _is_aside(tokens, clause):
            return [(behind, indirect_end(tokens, behind, clause, clauses))]
        return [(behind, indirect_end(tokens, behind, clause, clauses)) if clause.first == 0 else (0, clause.first - 1)]
    if clause.verb not in INDIRECT or clause.subject in {"that", "which"} or _is_embedded(tokens, clause):
        return []
    if clause.first == 1 and tokens[0].text == "As":
        return _behind_comma(tokens, clause, clauses)
    index = (clause.last if clause.inverted else clause.index) + 1
    if (
        clause.inverted
        or index >= len(tokens) - 1
        or tokens[index].text in {",", "."}
        or _is_final(tokens, index, clause)
    ):
        return _around(tokens, index, clause, clauses)
    start = indirect_start(tokens, index, clause)
    return [(start, indirect_end(tokens, start, clause, clauses))] if start is not None else []


def _behind_comma(tokens: Tokens, clause: ReportingClause, clauses: list[ReportingClause]) -> list[tuple[int, int]]:
    """The span behind the comma in `As Roe told the paper, talks go on.`"""
    commas = (index for index in range(clause.index + 1, len(tokens)) if tokens[index].text == ",")
    start = next(commas, len(tokens)) + 1
    return [(start, indirect_end(tokens, start, clause, clauses))]


def _is_aside(tokens: Tokens, clause: ReportingClause) -> bool:
    """Whether `according to` is an aside in a relative clause: `boats which, according to the paper, had left`."""
    before = [token.text for token in tokens[max(0, clause.first - 2) : clause.first]]
    return len(before) == 2 and before[0] in {"that", "which", "who"} and before[1] == ","


def _is_embedded(tokens: Tokens, clause: ReportingClause) -> bool:
    """Whether the clause reports nothing: `what he says he did`, `all that he says is true`, `he would not say`."""
    if clause.inverted:
        return False
    following = word_at(tokens, clause.index + 1)
    acts = is_finite(following) and not is_subject_pronoun(following)
    denied = any(token.text in _DENYING for token in tokens[max(0, clause.index - _NEAR) : clause.index])
    before = tokens[clause.first - 1].text.lower() if clause.first else ""
    return acts or denied or bool({before, clause.subject.split()[0].lower()} & _ASKING)


def _is_final(tokens: Tokens, index: int, clause: ReportingClause) -> bool:
    """Whether a reporting clause ends the sentence, without a clause behind its verb: `…, he said in a letter.`"""
    after_clause = clause.first > 1 and tokens[clause.first - 1].text == "," and not clause.shared
    word = tokens[index].text
    continues = word in PREPOSITIONS or word in TIMES or (clause.verb in _WRITTEN_OR_TOLD and tokens[index].is_capital)
    return after_clause and continues and not any(token.pair or is_finite(token.text) for token in tokens[index:])


def _around(
    tokens: Tokens, behind: int, clause: ReportingClause, clauses: list[ReportingClause]
) -> list[tuple[int, int]]:
    """The span before a reporting clause, or those on both sides: `Talks go on, he said.`, `Talks, he said, go on.`"""
    first = 0 if clause.shared else clause.first
    ahead = tokens[:first]
    if first < 2 or tokens[first - 1].text != "," or any(token.pair is not None for token in ahead):
        return []
    if ahead[0].text.lower() in PREPOSITIONS and not any(is_finite(token.text) for token in ahead):
        return []
    before = (_clause_start(tokens, first - 2), first - 2)
    if clause.inverted and (described := appositive(tokens, clause.last)) is not None:
        behind = described[1] + 1
    if behind + 1 >= len(tokens) or tokens[behind].text != ",":
        return [before]
    if tokens[behind + 1].pair is not None:
        return []
    return (
        [before, (behind + 1, indirect_end(tokens, behind + 1, clause, clauses))]
        if _resumes(tokens, behind + 1)
        else [before]
    )


def _clause_start(tokens: Tokens, last: int) -> int:
    """The first token of the clause that ends at `last`: behind the last dash, semicolon or colon."""
    divided = (index + 1 for index in range(last, 0, -1) if tokens[index].text in DASHES | {";", ":"})
    start = next(divided, 0)
    return start + 1 if start and tokens[start].text in {"and", "but"} else start


def _resumes(tokens: Tokens, index: int) -> bool:
    """Whether the clause before a reporting clause continues at `index`, instead of an addition to the latter."""
    word = tokens[index].text.lower()
    return word not in _ADDING and not word.endswith("ing") and len(tokens) - index > _FEWEST_WORDS
