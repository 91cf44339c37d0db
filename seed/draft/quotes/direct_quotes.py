"""Direct and partial quotes: a pair of quotation marks becomes a quote with its speaker, or none.

Positions are token indexes in a sentence.
"""

from collections.abc import Iterator

from app.enums import QuoteKind
from seed.draft.people.descriptions import WRITINGS
from seed.draft.people.entities import Entities, Entity, people_in
from seed.draft.quotes.quote import Quote
from seed.draft.quotes.quoted_spans import QuotedSpan, is_name, is_title
from seed.draft.quotes.reporting_clauses import ACCORDING_TO, SIGNED, ReportingClause
from seed.draft.quotes.speakers import SpeakerResolver
from seed.draft.text.function_words import DASHES
from seed.draft.text.reporting_verbs import EVALUATIVE
from seed.draft.text.tokens import Sentence, Text, Token
from seed.language.word_lists import words
from seed.proof.quotation_marks import Pair

_INTRODUCES = words(": ,")
_DASHES = DASHES | {"―"}
_PLAIN_VERBS = words("said says reads added")
_FEW_WORDS, _WHOLE = 4, 6
"""In words: fewer are a partial quote only beside a reporting clause; more are a direct quote."""

_LONG = 20
"""In code points: a quote in a script without spaces is at least so long."""

_BACK = 3
"""How many sentences back a speaker is searched for."""


def quoted_text_only(text: Text) -> Iterator[Quote]:
    """All quoted text longer than a few words, without speakers: the only quotes found in languages but English."""
    for sentence in text.sentences:
        for token in sentence.tokens:
            inner = text.slice(token.pair.start, token.pair.end) if token.pair else ""
            content = inner.strip()
            if token.pair is not None and (len(content.split()) >= _FEW_WORDS or len(content) >= _LONG):
                start = token.pair.start + inner.index(content)
                yield Quote(QuoteKind.direct, [(start, start + len(content))], sentence.number, certain=False)


class DirectQuoteFinder:
    """Finds the direct and partial quotes of an article; sentences must be passed in their order."""

    def __init__(self, text: Text, entities: Entities, speakers: SpeakerResolver) -> None:
        self._text, self._entities = text, entities
        self._clauses, self._sentence_subjects = speakers.of_sentence, speakers.sentence_subjects
        self._last: Quote | None = None
        self._last_sentence = -1
        self._last_pair: Pair | None = None
        self.quoted_pairs: set[Pair] = set()
        """The pairs of quotation marks that are quotes, in the sentences so far."""

    def find(self, sentence: Sentence) -> Iterator[Quote]:
        """The quotes that begin in a sentence; what continues an earlier quote is added to it."""
        for index, token in enumerate(sentence.tokens):
            if token.pair is not None and (quoted := self._quoted_span(sentence, index, token)) is not None:
                yield from self._process(quoted)

    def _quoted_span(self, sentence: Sentence, index: int, token: Token) -> QuotedSpan | None:
        """The quoted text without its marks, whitespace and the comma before a reporting verb; None if it is empty."""
        start, end = token.start, token.end
        if token.pair is not None:
            start, end = max(token.pair.start, start), min(token.pair.end, end)
        inner = self._text.slice(start, end)
        content = inner.strip().rstrip(",; \t\n")
        start += len(inner) - len(inner.lstrip())
        return QuotedSpan(sentence, index, start, start + len(content), content) if content else None

    def _process(self, quoted: QuotedSpan) -> Iterator[Quote]:
        clause = self._clause_of(quoted)
        if self._last is not None and quoted.pair is self._last_pair:
            self._extend_over_paragraph(self._last, quoted, clause)
            return
        kind = self._kind(quoted)
        is_unattributed = kind is QuoteKind.partial and clause is None and len(quoted.text.split()) < _FEW_WORDS
        if kind is None or is_unattributed:
            return
        if quoted.pair is not None:
            self.quoted_pairs.add(quoted.pair)
        before = self._last
        quote = self._new_or_extended(quoted, kind, clause)
        self._last_sentence, self._last_pair = quoted.sentence.number, quoted.pair
        if quote is not None and quote is not before:
            self._last = quote
            yield quote

    def _kind(self, quoted: QuotedSpan) -> QuoteKind | None:
        """The kind of a quote, or None for a name, the title of a work or a word used ironically."""
        reported = bool(self._clauses[quoted.sentence.number])
        if is_name(quoted) or (is_title(quoted) and quoted.is_separate and not self._is_attributed(quoted)):
            return None
        if quoted.words <= 2 and not quoted.ends and not quoted.is_separate:
            return QuoteKind.partial if reported else None
        if self._is_whole(quoted):
            return QuoteKind.direct
        return None if not reported and is_title(quoted) and not quoted.ends else QuoteKind.partial

    def _is_whole(self, quoted: QuotedSpan) -> bool:
        """Whether the quoted text is a direct quote and not a fragment."""
        long = quoted.words > _FEW_WORDS
        if (quoted.is_separate and (quoted.begins or (quoted.ends and long))) or (
            quoted.begins and quoted.ends and long
        ):
            return True
        if quoted.before is None:
            return quoted.words > _WHOLE
        is_plain = quoted.before.text in _PLAIN_VERBS
        return self._follows_verb(quoted) and (
            (quoted.begins and quoted.words > 2) or (is_plain and quoted.words > _WHOLE)
        )

    def _is_attributed(self, quoted: QuotedSpan) -> bool:
        """Whether a colon or a reporting clause is next to the quoted text."""
        if (quoted.before is not None and quoted.before.text == ":") or self._follows_verb(quoted):
            return True
        behind = (clause for clause in self._clauses[quoted.sentence.number] if clause.first > quoted.index)
        return any(_is_just_behind(quoted, clause) for clause in behind)

    def _follows_verb(self, quoted: QuotedSpan) -> bool:
        """Whether a reporting clause directly precedes the quoted text: `he said “…”`."""
        return any(
            clause.index <= quoted.index - 1 <= clause.last and clause.verb not in EVALUATIVE
            for clause in self._clauses[quoted.sentence.number]
        )

    def _clause_of(self, quoted: QuotedSpan) -> ReportingClause | None:
        """The reporting clause in the same sentence that introduces the quoted text, or None."""
        if (signature := self._signature(quoted)) is not None:
            return signature
        clauses = self._clauses[quoted.sentence.number]
        behind = next((clause for clause in clauses if clause.first > quoted.index), None)
        after = behind if behind is not None and _is_just_behind(quoted, behind) else None
        before = _last_before(clauses, quoted.index)
        if after is not None and not after.shared and not _is_introduced_before(quoted, before, after):
            return after
        if before is not None or after is not None:
            return before or after
        return next((clause for clause in clauses if clause.index > quoted.index), None)

    def _signature(self, quoted: QuotedSpan) -> ReportingClause | None:
        """A name beside the quoted text with a dash or colon between, as a signature behind it or before it."""
        number, tokens, index = quoted.sentence.number, quoted.sentence.tokens, quoted.index
        behind = index + 2 if index + 2 < len(tokens) and tokens[index + 1].text in _DASHES else None
        headed = index > 1 and tokens[index - 1].text in _DASHES | {":"} and not self._clauses[number]
        written = headed and tokens[index - 2].text in WRITINGS
        for mention in self._entities.mentions[number]:
            entity = self._entities.of(mention)
            heads = headed and mention.start == 0 and mention.last < index and not mention.possessive
            owns = written and mention.possessive and mention.last < index
            if entity.is_person and (mention.start == behind or heads or owns):
                span = (tokens[mention.start].start, tokens[mention.last].end)
                name = mention.start
                return ReportingClause(
                    number, name, SIGNED, name, mention.last, mention.name, span, mention, speakers=[entity]
                )
        return None

    def _new_or_extended(self, quoted: QuotedSpan, kind: QuoteKind, clause: ReportingClause | None) -> Quote | None:
        """The new quote, or the last quote if the quoted text continues it."""
        last, part = self._last, (quoted.start, quoted.end)
        if last is not None and self._extends(quoted, kind, clause, last):
            last.parts.append(part)
            return last
        if clause is None and last is not None and self._continues(quoted):
            return Quote(kind, [part], quoted.sentence.number, last.clause, last.speakers, last.certain)
        clause, own = clause or self._clause_before(quoted.sentence), clause
        if clause is None:
            return Quote(kind, [part], quoted.sentence.number, None, self._nearby(quoted.sentence), certain=False)
        is_evaluative = own is None and clause.verb in EVALUATIVE
        certain = clause.certain and not is_evaluative and (kind is QuoteKind.direct or _follows_clause(quoted, clause))
        return Quote(kind, [part], quoted.sentence.number, clause, list(clause.speakers), certain)

    def _extends(self, quoted: QuotedSpan, kind: QuoteKind, clause: ReportingClause | None, last: Quote) -> bool:
        if last.kind is not kind:
            return False
        return self._continues(quoted) if clause is None else last.clause is clause

    def _continues(self, quoted: QuotedSpan) -> bool:
        """Whether the quoted text is a sentence of its own and the last speaker is still speaking."""
        alone = not quoted.index and not any(token.is_word for token in quoted.sentence.tokens[1:])
        return alone and self._is_still_speaking(quoted.sentence)

    def _is_still_speaking(self, sentence: Sentence) -> bool:
        """Whether since the last quote there are only sentences of its paragraph without another subject, or none."""
        between = range(self._last_sentence + 1, sentence.number)
        if not between:
            return True
        speakers = self._last.speakers if self._last else []
        same = self._text.sentences[self._last_sentence].paragraph == sentence.paragraph
        return same and not any(
            self._clauses[number] or self._sentence_subjects[number] not in (None, *speakers) for number in between
        )

    def _extend_over_paragraph(self, last: Quote, quoted: QuotedSpan, clause: ReportingClause | None) -> None:
        """Extend the last quote by the next paragraph within the same pair of marks."""
        start, _ = last.parts.pop()
        last.parts.append((start, quoted.end))
        self._last_sentence = quoted.sentence.number
        if clause is not None and last.clause is None:
            last.clause, last.speakers, last.certain = clause, list(clause.speakers), clause.certain

    def _clause_before(self, sentence: Sentence) -> ReportingClause | None:
        """The last reporting clause of the sentence before: `Obama tweeted:`, or `Wilkins said he was both.`"""
        before = self._text.sentences[sentence.number - 1] if sentence.number else None
        if before is None or not self._clauses[before.number]:
            return None
        near = before.paragraph == sentence.paragraph or before.tokens[-1].text == ":"
        return self._clauses[before.number][-1] if near else None

    def _nearby(self, sentence: Sentence) -> list[Entity]:
        """The subject or first person of the sentence, else the speaker, subject or person just before it."""
        subject = self._sentence_subjects[sentence.number]
        if subject is not None:
            return [subject]
        for _, entity in people_in(self._entities, sentence.number):
            return [entity]
        for number in range(sentence.number - 1, max(-1, sentence.number - _BACK - 1), -1):
            if self._text.sentences[number].paragraph < sentence.paragraph - 1:
                break
            speakers = [clause.speakers for clause in reversed(self._clauses[number]) if clause.speakers]
            speakers += [[entity] for entity in (self._sentence_subjects[number],) if entity is not None]
            speakers += [[entity] for _, entity in people_in(self._entities, number)]
            if speakers:
                return list(speakers[0])
        return []


def _last_before(clauses: list[ReportingClause], index: int) -> ReportingClause | None:
    """The last reporting clause whose verb precedes `index`; `according to` only if there is no other."""
    before = [clause for clause in clauses if clause.index < index]
    verbs = [clause for number, clause in enumerate(before) if clause.verb != ACCORDING_TO or not number]
    return verbs[-1] if verbs else None


def _follows_clause(quoted: QuotedSpan, clause: ReportingClause) -> bool:
    """Whether a fragment follows its reporting clause in the same sentence. Otherwise the speaker is uncertain."""
    return clause.sentence == quoted.sentence.number and clause.index < quoted.index


def _is_just_behind(quoted: QuotedSpan, clause: ReportingClause) -> bool:
    """Whether only punctuation separates the two, or a few words if the quoted text begins the sentence."""
    between = quoted.sentence.tokens[quoted.index + 1 : clause.first]
    if any(token.pair is not None or token.text == ";" for token in between):
        return False
    no_words = not any(token.is_word or token.text == "." for token in between)
    return no_words or (quoted.index == 0 and len(between) <= _WHOLE)


def _is_introduced_before(quoted: QuotedSpan, before: ReportingClause | None, after: ReportingClause) -> bool:
    """Whether the clause before introduces the quoted text and not the one behind: `She said: “…”, he added`."""
    if before is None or after.inverted or quoted.before is None:
        return False
    return quoted.before.text in _INTRODUCES and before.last >= quoted.index - 3
