"""An article cut into paragraphs, sentences and tokens; what stands between quotation marks is one token.

All offsets are code points of the article, half open.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.enums import QuotationMarks
from seed.draft.text.reporting_verbs import REPORTING_VERBS
from seed.language.word_lists import word_set, words
from seed.proof.quotation_marks import DOUBLE_MARKS, Marks, Pair

LONGEST_SENTENCE = 400
"""In tokens. What goes on longer is not prose, and is cut, so that the work for a sentence has a bound."""

_LONGEST_HEADLINE, _SHORTEST_HEADLINE = 200, 5
"""In code points, and in words."""

_MOST_LOWER = 6
"""Of how many words of a headline one may be in lower case."""

_SMALL_WORDS = words("a an and as at but by for from in into nor of off on or over per the to up via vs with")

_LONGEST_NAME = 5
"""In tokens."""

ABBREVIATIONS = word_set("names/abbreviations")

_TOKEN = re.compile(
    r"""
    (?:[DIR]-)?(?:[^\W\d_]\.){2,}               # U.S., a.m., K.C., D-N.Y.
    | [^\W\d_]\.(?=\s+[^\W\d_a-z])             # J. Roe
    | \d+(?:[.,:]\d+)+                            # 4.5, 40,000
    | [^\W_]+(?:\.[^\W\d_]{2,})+                   # RT.com
    | [\#@]?[^\W_]+(?:[-–'’`][^\W_]+)*(?:['’](?=\s))?   # words, with their hyphens and apostrophes
    | \[…\]|\[\.\.\.\]
    | (?P<mark>[^\w\s])(?P=mark)+                # a run of one mark
    | \S
    """,
    re.VERBOSE,
)
_MARKS = re.compile(f"[{DOUBLE_MARKS}]")
_BLANK = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_BLANK_OR_BULLET = re.compile(rf"{_BLANK.pattern}|(?>\r\n|\r|\n)\s*(?=[-•*·]\s)")
_LINE_END = re.compile(r"(?>\r\n|\r|\n)\s*")
_PREFIXED = re.compile(r"(?:al|el|bin|ibn|ul)-[^\W\d_a-z]")  # al-Amr
_BULLET = re.compile(r"[-–—•*·]\s+")
_SMALL = re.compile(r"(?:^|\s)(?:the|a|an|of|to|and|in|on|for|with|by|from|at|or|The|A|An)\s*$")
_ENDS = re.compile(r"[.!?…:]['\"’”»\])]*\s*$")
_ASKS = re.compile(r"[!?]['’”\"»\])]*\s*$")
_FINAL = re.compile(r"[.!?…]['’”\"»\])]*\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or all that stands between two quotation marks (then `pair` has what they hold)."""

    start: int
    end: int
    text: str
    pair: Pair | None = None

    @property
    def is_word(self) -> bool:
        return self.pair is None and (self.text[0].isalnum() or self.text[0] in "#@")

    @property
    def is_capital(self) -> bool:
        """Whether a word begins as a name does; scripts without capitals have none."""
        return self.is_word and (self.text[0].isupper() or bool(_PREFIXED.match(self.text)))


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The text of a token; empty behind the last one."""
    return tokens[index].text if index < len(tokens) else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`number` is its place among the sentences of the article."""

    number: int
    paragraph: int
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    is_heading: bool
    """No sentence: a title, a heading or a name alone."""
    is_title_case: bool
    """Written as titles are, so that no capital in it tells a name."""
    is_bullet: bool
    """One of a list."""


class Text:
    """An article as the rules read it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotation_marks = _quotation_marks(text)
        self.paragraphs = list(_paragraphs(text))
        pairs = Marks(text, self.quotation_marks).pairs()
        self.unpaired_marks = _unpaired_marks(text, pairs)
        """Where marks stand that pair with nothing, in code points."""
        self.pairs = self._utterances(_outermost(self._whole(pairs)))
        runs = ((number, tokens) for number in range(len(self.paragraphs)) for tokens in self._sentences(number))
        self.sentences = [Sentence(index, number, tokens) for index, (number, tokens) in enumerate(runs)]

    @property
    def is_in_blocks(self) -> bool:
        """Whether blank lines divide the paragraphs, and not every line end."""
        return bool(_BLANK.search(self.text.strip()))

    def slice(self, start: int, end: int) -> str:
        return self.text[start:end]

    def words(self, start: int, end: int) -> str:
        """What stands at a place, in one line."""
        return " ".join(self.text[start:end].split())

    def _whole(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs that hold no stray mark: where two kinds meet, as in `"A,” she said. "B.”`, they pair wrongly."""
        return [
            pair
            for pair in pairs
            if bisect_left(self.unpaired_marks, pair.start) == bisect_left(self.unpaired_marks, pair.end)
        ]

    def _utterances(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs that one speaker may fill: over more than one paragraph's end, two stray marks are likelier."""
        starts = [paragraph.start for paragraph in self.paragraphs]
        return [pair for pair in pairs if bisect_left(starts, pair.end) - bisect_left(starts, pair.start) <= 1]

    def _sentences(self, number: int) -> Iterator[tuple[Token, ...]]:
        tokens = list(self._tokens(self.paragraphs[number]))
        start = 0
        for index in range(len(tokens)):
            if index - start + 1 >= LONGEST_SENTENCE or _ends_sentence(tokens, index):
                yield tuple(tokens[start : index + 1])
                start = index + 1

    def _tokens(self, paragraph: Paragraph) -> Iterator[Token]:
        """The tokens of a paragraph; of a pair that reaches over its end, those of it that it holds."""
        offset = paragraph.start
        index = bisect_left(self.pairs, paragraph.start, key=lambda pair: pair.end)
        while index < len(self.pairs) and self.pairs[index].start <= paragraph.end:
            pair, index = self.pairs[index], index + 1
            start, end = max(pair.start - 1, paragraph.start), min(pair.end + pair.closed, paragraph.end)
            if offset <= start < end:
                yield from self._words(offset, start)
                yield Token(start, end, self.text[start:end], pair)
                offset = end
        yield from self._words(offset, paragraph.end)

    def _words(self, start: int, end: int) -> Iterator[Token]:
        for found in _TOKEN.finditer(self.text, start, end):
            yield Token(*found.span(), found.group())


def _unpaired_marks(text: str, pairs: list[Pair]) -> list[int]:
    paired = {pair.start - 1 for pair in pairs} | {pair.end for pair in pairs if pair.closed}
    return [found.start() for found in _MARKS.finditer(text) if found.start() not in paired]


def _outermost(pairs: list[Pair]) -> list[Pair]:
    """The pairs that lie in no other, and hold anything."""
    outermost: list[Pair] = []
    for pair in pairs:
        if pair.end > pair.start and (not outermost or pair.start >= outermost[-1].end):
            outermost.append(pair)
    return outermost


def _quotation_marks(text: str) -> QuotationMarks:
    """Single ones quote where they hold several words more often than double ones do."""
    if not re.search(r"(?<!\w)['‘]\w", text):
        return QuotationMarks.double
    single, double = (
        sum(text.count(" ", pair.start, pair.end) >= 3 for pair in Marks(text, marks).pairs())
        for marks in (QuotationMarks.single, QuotationMarks.double)
    )
    return QuotationMarks.single if single > 2 * double else QuotationMarks.double


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs as `Marks` divides them, but lines that break within a sentence are one, and each of a list is."""
    start, last = len(text) - len(text.lstrip()), len(text.rstrip())
    first = True
    for end, following in [*_breaks(text, start, last), (last, last)]:
        is_bullet = _BULLET.match(text, start, end)
        start = is_bullet.end() if is_bullet else start
        if start < end:
            is_title_case = first and _is_titled(text, start, end)
            first = False
            is_heading = is_title_case or not _ENDS.search(text, max(start, end - 20), end)
            yield Paragraph(start, end, is_heading, is_title_case, is_bullet is not None)
        start = following


def _is_titled(text: str, start: int, end: int) -> bool:
    """Whether words are capitalized as those of a headline are, though it ends as a sentence does."""
    if end - start > _LONGEST_HEADLINE:
        return False
    told = [word for word in text[start:end].split() if word not in _SMALL_WORDS]
    lower = sum(word[0].islower() for word in told)
    return len(told) >= _SHORTEST_HEADLINE and lower * _MOST_LOWER <= len(told)


def _breaks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if _BLANK.search(text, first, last):
        return (found.span() for found in _BLANK_OR_BULLET.finditer(text, first, last))
    found = (found.span() for found in _LINE_END.finditer(text, first, last))
    return ((start, end) for start, end in found if not _goes_on(text, start, end))


def _goes_on(text: str, end: int, start: int) -> bool:
    return text[start].islower() or bool(_SMALL.search(text, max(0, end - 10), end))


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if token.pair is not None:
        says = _says(tokens, index + 1, bool(_ASKS.search(token.text[-6:])))
        return bool(_FINAL.search(token.text[-6:])) and _begins(following) and not says
    if token.text in {"!", "?", "…"}:
        return _begins(following)
    if token.text != "." or _abbreviates(tokens, index):
        return False
    return _begins(following) or (following.is_word and following.start == token.end)


def _says(tokens: list[Token], index: int, asks: bool) -> bool:
    """Whether a name and a verb of saying follow: `“Are you?” Roe asked`, or after no question only these."""
    end = index
    while end < len(tokens) and end - index < _LONGEST_NAME and tokens[end].is_capital:
        end += 1
    if not index < end < len(tokens) or tokens[end].text not in REPORTING_VERBS:
        return False
    return asks or (end + 1 < len(tokens) and tokens[end + 1].text == ".")


def _abbreviates(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1].text if index else ""
    initial = len(before) == 1 and before.isupper() and tokens[index].start == tokens[index - 1].end
    return before in ABBREVIATIONS or initial


def _begins(token: Token) -> bool:
    return not token.text[0].islower() and token.text[0] not in ",;:)]—–-―"
