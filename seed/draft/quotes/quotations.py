"""Quotations: what stands in quotation marks and is said, with its speaker. Places are tokens of a sentence."""

from collections.abc import Iterator

from app.enums import QuoteKind
from seed.draft.people.descriptions import WRITINGS
from seed.draft.people.entities import Entities, Entity, people_in
from seed.draft.quotes.marked import Marked, is_name, is_title
from seed.draft.quotes.quotes import Quote
from seed.draft.quotes.sayings import ACCORDING, SIGNED, Saying
from seed.draft.quotes.speakers import Speakers
from seed.draft.text.function_words import DASHES
from seed.draft.text.reporting_verbs import EVALUATIVE
from seed.draft.text.tokens import Sentence, Text, Token
from seed.language.word_lists import words
from seed.proof.quotation_marks import Pair

_LEADS_IN = words(": ,")
_DASHES = DASHES | {"―"}
_SAYS = words("said says reads added")
_FEW_WORDS, _WHOLE = 4, 6
"""In words: less is no partial quotation unless somebody says it; more is a whole utterance."""

_LONG = 20
"""In code points: an utterance in a script that has no spaces is longer."""

_BACK = 3
"""How many sentences back a speaker is looked for."""


def marked_only(text: Text) -> Iterator[Quote]:
    """What stands in marks and is no word alone, said by nobody knows whom: all that is known in any language."""
    for sentence in text.sentences:
        for token in sentence.tokens:
            inner = text.slice(token.pair.start, token.pair.end) if token.pair else ""
            kept = inner.strip()
            if token.pair is not None and (len(kept.split()) >= _FEW_WORDS or len(kept) >= _LONG):
                start = token.pair.start + inner.index(kept)
                yield Quote(QuoteKind.direct, [(start, start + len(kept))], sentence.number, certain=False)


class Quotations:
    """Finds the quotations of an article, which is read in its order."""

    def __init__(self, text: Text, cast: Entities, speakers: Speakers) -> None:
        self._text, self._cast = text, cast
        self._sayings, self._acting = speakers.of_sentence, speakers.acting
        self._last: Quote | None = None
        self._last_sentence = -1
        self._last_pair: Pair | None = None
        self.said: set[Pair] = set()
        """The pairs of marks that hold what somebody says, as far as the article is read."""

    def found(self, sentence: Sentence) -> Iterator[Quote]:
        """The quotations that a sentence begins; what it adds to an earlier one is put there."""
        for place, token in enumerate(sentence.tokens):
            if token.pair is not None and (marked := self._marked(sentence, place, token)) is not None:
                yield from self._read(marked)

    def _marked(self, sentence: Sentence, place: int, token: Token) -> Marked | None:
        """Without marks, space, and the comma before a verb of saying."""
        start, end = token.start, token.end
        if token.pair is not None:
            start, end = max(token.pair.start, start), min(token.pair.end, end)
        inner = self._text.slice(start, end)
        kept = inner.strip().rstrip(",; \t\n")
        start += len(inner) - len(inner.lstrip())
        return Marked(sentence, place, start, start + len(kept), kept) if kept else None

    def _read(self, marked: Marked) -> Iterator[Quote]:
        saying = self._saying(marked)
        if self._last is not None and marked.pair is self._last_pair:
            self._complete(self._last, marked, saying)
            return
        kind = self._kind(marked)
        unsaid = kind is QuoteKind.partial and saying is None and len(marked.text.split()) < _FEW_WORDS
        if kind is None or unsaid:
            return
        if marked.pair is not None:
            self.said.add(marked.pair)
        before = self._last
        quote = self._added(marked, kind, saying)
        self._last_sentence, self._last_pair = marked.sentence.number, marked.pair
        if quote is not None and quote is not before:
            self._last = quote
            yield quote

    def _kind(self, marked: Marked) -> QuoteKind | None:
        """None for a name, a title of a work or a word used in irony."""
        said = bool(self._sayings[marked.sentence.number])
        if is_name(marked) or (is_title(marked) and marked.opens and not self._is_attributed(marked)):
            return None
        if marked.words <= 2 and not marked.ends and not marked.opens:
            return QuoteKind.partial if said else None
        if self._is_whole(marked):
            return QuoteKind.direct
        return None if not said and is_title(marked) and not marked.ends else QuoteKind.partial

    def _is_whole(self, marked: Marked) -> bool:
        """Whether it is an utterance of its own."""
        long = marked.words > _FEW_WORDS
        if (marked.opens and (marked.begins or (marked.ends and long))) or (marked.begins and marked.ends and long):
            return True
        if marked.before is None:
            return marked.words > _WHOLE
        says = marked.before.text in _SAYS
        return self._follows_verb(marked) and ((marked.begins and marked.words > 2) or (says and marked.words > _WHOLE))

    def _is_attributed(self, marked: Marked) -> bool:
        """Whether a colon or a saying is just beside it."""
        if (marked.before is not None and marked.before.text == ":") or self._follows_verb(marked):
            return True
        behind = (saying for saying in self._sayings[marked.sentence.number] if saying.first > marked.place)
        return any(_is_just_behind(marked, saying) for saying in behind)

    def _follows_verb(self, marked: Marked) -> bool:
        """Whether the words of a saying are just before it: `he said “…”`."""
        return any(
            saying.place <= marked.place - 1 <= saying.last and saying.verb not in EVALUATIVE
            for saying in self._sayings[marked.sentence.number]
        )

    def _saying(self, marked: Marked) -> Saying | None:
        """The saying in its sentence that a quotation belongs to."""
        if (signed := self._signed(marked)) is not None:
            return signed
        sayings = self._sayings[marked.sentence.number]
        behind = next((saying for saying in sayings if saying.first > marked.place), None)
        after = behind if behind is not None and _is_just_behind(marked, behind) else None
        before = _last_before(sayings, marked.place)
        if after is not None and not after.shared and not _is_led_in(marked, before, after):
            return after
        if before is not None or after is not None:
            return before or after
        return next((saying for saying in sayings if saying.place > marked.place), None)

    def _signed(self, marked: Marked) -> Saying | None:
        """A name with a dash between, as a signature behind a quotation or at the head of one."""
        number, tokens, place = marked.sentence.number, marked.sentence.tokens, marked.place
        behind = place + 2 if place + 2 < len(tokens) and tokens[place + 1].text in _DASHES else None
        headed = place > 1 and tokens[place - 1].text in _DASHES | {":"} and not self._sayings[number]
        written = headed and tokens[place - 2].text in WRITINGS
        for mention in self._cast.mentions[number]:
            one = self._cast.who(mention)
            heads = headed and mention.before == 0 and mention.last < place and not mention.possessive
            owns = written and mention.possessive and mention.last < place
            if one.is_person and (mention.before == behind or heads or owns):
                span = (tokens[mention.before].start, tokens[mention.last].end)
                name = mention.before
                return Saying(number, name, SIGNED, name, mention.last, mention.name, span, mention, speakers=[one])
        return None

    def _added(self, marked: Marked, kind: QuoteKind, saying: Saying | None) -> Quote | None:
        """The quote that this begins, or that it goes on with."""
        last, part = self._last, (marked.start, marked.end)
        if last is not None and self._goes_on(marked, kind, saying, last):
            last.parts.append(part)
            return last
        if saying is None and last is not None and self._continues(marked):
            return Quote(kind, [part], marked.sentence.number, last.saying, last.speakers, last.certain)
        saying, own = saying or self._led_in(marked.sentence), saying
        if saying is None:
            return Quote(kind, [part], marked.sentence.number, None, self._nearby(marked.sentence), certain=False)
        judged = own is None and saying.verb in EVALUATIVE
        certain = saying.certain and not judged and (kind is QuoteKind.direct or _is_told(marked, saying))
        return Quote(kind, [part], marked.sentence.number, saying, list(saying.speakers), certain)

    def _goes_on(self, marked: Marked, kind: QuoteKind, saying: Saying | None, last: Quote) -> bool:
        if last.kind is not kind:
            return False
        return self._continues(marked) if saying is None else last.saying is saying

    def _continues(self, marked: Marked) -> bool:
        """Whether a quotation that is a sentence of its own follows the last one."""
        alone = not marked.place and not any(token.is_word for token in marked.sentence.tokens[1:])
        return alone and self._is_still_speaking(marked.sentence)

    def _is_still_speaking(self, sentence: Sentence) -> bool:
        """Whether a sentence follows the last quotation at once, or in its paragraph while nobody else acts."""
        between = range(self._last_sentence + 1, sentence.number)
        if not between:
            return True
        speakers = self._last.speakers if self._last else []
        same = self._text.sentences[self._last_sentence].paragraph == sentence.paragraph
        return same and not any(
            self._sayings[number] or self._acting[number] not in (None, *speakers) for number in between
        )

    def _complete(self, last: Quote, marked: Marked, saying: Saying | None) -> None:
        """Take in the next paragraph of a quotation that goes over its end within one pair of marks."""
        start, _ = last.parts.pop()
        last.parts.append((start, marked.end))
        self._last_sentence = marked.sentence.number
        if saying is not None and last.saying is None:
            last.saying, last.speakers, last.certain = saying, list(saying.speakers), saying.certain

    def _led_in(self, sentence: Sentence) -> Saying | None:
        """The saying in the sentence before: `Obama tweeted:`, or `Wilkins said he was both.`"""
        before = self._text.sentences[sentence.number - 1] if sentence.number else None
        if before is None or not self._sayings[before.number]:
            return None
        near = before.paragraph == sentence.paragraph or before.tokens[-1].text == ":"
        return self._sayings[before.number][-1] if near else None

    def _nearby(self, sentence: Sentence) -> list[Entity]:
        """Who is named in the sentence, else who spoke, acted or was named just before it."""
        acting = self._acting[sentence.number]
        if acting is not None:
            return [acting]
        for _, one in people_in(self._cast, sentence.number):
            return [one]
        for number in range(sentence.number - 1, max(-1, sentence.number - _BACK - 1), -1):
            if self._text.sentences[number].paragraph < sentence.paragraph - 1:
                break
            speakers = [saying.speakers for saying in reversed(self._sayings[number]) if saying.speakers]
            speakers += [[one] for one in (self._acting[number],) if one is not None]
            speakers += [[one] for _, one in people_in(self._cast, number)]
            if speakers:
                return list(speakers[0])
        return []


def _last_before(sayings: list[Saying], place: int) -> Saying | None:
    """The last saying whose verb is before a place; `according to` only where there is no verb."""
    before = [saying for saying in sayings if saying.place < place]
    verbs = [saying for number, saying in enumerate(before) if saying.verb != ACCORDING or not number]
    return verbs[-1] if verbs else None


def _is_told(marked: Marked, saying: Saying) -> bool:
    """Whether a fragment follows its saying: one before it, or in a later sentence, may be anybody's words."""
    return saying.sentence == marked.sentence.number and saying.place < marked.place


def _is_just_behind(marked: Marked, saying: Saying) -> bool:
    """Whether nothing but a mark is between, or a few words behind a quotation that begins the sentence."""
    between = marked.sentence.tokens[marked.place + 1 : saying.first]
    if any(token.pair is not None or token.text == ";" for token in between):
        return False
    no_words = not any(token.is_word or token.text == "." for token in between)
    return no_words or (marked.place == 0 and len(between) <= _WHOLE)


def _is_led_in(marked: Marked, before: Saying | None, after: Saying) -> bool:
    """`She said: “…”, he added`: the saying before has the quotation."""
    if before is None or after.inverted or marked.before is None:
        return False
    return marked.before.text in _LEADS_IN and before.last >= marked.place - 3
