"""Segmentation of an article into paragraphs, sentences and tokens. Quoted text is one token with its marks.

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
"""In tokens. Longer sentences are cut, so that the work for a sentence is bounded."""

_LONGEST_HEADLINE, _SHORTEST_HEADLINE = 200, 5
"""In code points and in words."""

_WORDS_PER_LOWERCASE = 6
"""In title case, at most one of so many words is in lower case."""

_LOWERCASE_IN_TITLES = words("a an and as at but by for from in into nor of off on or over per the to up via vs with")

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
    """A word, a punctuation mark, or quoted text with its marks, whose inside is `pair`."""

    start: int
    end: int
    text: str
    pair: Pair | None = None

    @property
    def is_word(self) -> bool:
        return self.pair is None and (self.text[0].isalnum() or self.text[0] in "#@")

    @property
    def is_capital(self) -> bool:
        """Whether a word begins with a capital, as names do."""
        return self.is_word and (self.text[0].isupper() or bool(_PREFIXED.match(self.text)))


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The text of a token; empty past the end."""
    return tokens[index].text if index < len(tokens) else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `number` is its index among all sentences, `paragraph` the index of its paragraph."""

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
    """A paragraph, from `start` to `end`."""

    start: int
    end: int
    is_heading: bool
    """Whether it is no sentence but a title, a heading or a name alone."""
    is_title_case: bool
    """Whether its words are capitalized as in a headline, so that a capital does not indicate a name."""
    is_bullet: bool
    """Whether it is an item of a list."""


class Text:
    """An article with its paragraphs, sentences and pairs of quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotation_marks = _quotation_marks(text)
        self.paragraphs = list(_paragraphs(text))
        pairs = Marks(text, self.quotation_marks).pairs()
        self.unpaired_marks = _unpaired_marks(text, pairs)
        """The offsets of quotation marks without a partner."""
        self.pairs = self._within_two_paragraphs(_outermost(self._without_unpaired(pairs)))
        runs = ((number, tokens) for number in range(len(self.paragraphs)) for tokens in self._sentences(number))
        self.sentences = [Sentence(index, number, tokens) for index, (number, tokens) in enumerate(runs)]

    @property
    def is_in_blocks(self) -> bool:
        """Whether blank lines separate the paragraphs, instead of each line being one."""
        return bool(_BLANK.search(self.text.strip()))

    def slice(self, start: int, end: int) -> str:
        return self.text[start:end]

    def words(self, start: int, end: int) -> str:
        """The text from `start` to `end` with all whitespace as single spaces."""
        return " ".join(self.text[start:end].split())

    def _without_unpaired(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs that contain no unpaired mark. Mixed kinds, as in `"A,” she said. "B.”`, pair wrongly."""
        return [
            pair
            for pair in pairs
            if bisect_left(self.unpaired_marks, pair.start) == bisect_left(self.unpaired_marks, pair.end)
        ]

    def _within_two_paragraphs(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs over at most one end of a paragraph: longer ones are more probably two unpaired marks."""
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
        """The tokens of a paragraph; a pair over its end is cut there."""
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
    """The pairs that are not nested in another, without empty ones."""
    outermost: list[Pair] = []
    for pair in pairs:
        if pair.end > pair.start and (not outermost or pair.start >= outermost[-1].end):
            outermost.append(pair)
    return outermost


def _quotation_marks(text: str) -> QuotationMarks:
    """Single if single marks enclose several words more than twice as often as double ones, else double."""
    if not re.search(r"(?<!\w)['‘]\w", text):
        return QuotationMarks.double
    single, double = (
        sum(text.count(" ", pair.start, pair.end) >= 3 for pair in Marks(text, marks).pairs())
        for marks in (QuotationMarks.single, QuotationMarks.double)
    )
    return QuotationMarks.single if single > 2 * double else QuotationMarks.double


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs, divided as `Marks` divides them, with lines broken within a sentence joined and lists split."""
    start, last = len(text) - len(text.lstrip()), len(text.rstrip())
    first = True
    for end, following in [*_breaks(text, start, last), (last, last)]:
        is_bullet = _BULLET.match(text, start, end)
        start = is_bullet.end() if is_bullet else start
        if start < end:
            is_title_case = first and _is_in_title_case(text, start, end)
            first = False
            is_heading = is_title_case or not _ENDS.search(text, max(start, end - 20), end)
            yield Paragraph(start, end, is_heading, is_title_case, is_bullet is not None)
        start = following


def _is_in_title_case(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is capitalized like a headline, even if it ends like a sentence."""
    if end - start > _LONGEST_HEADLINE:
        return False
    content = [word for word in text[start:end].split() if word not in _LOWERCASE_IN_TITLES]
    lower = sum(word[0].islower() for word in content)
    return len(content) >= _SHORTEST_HEADLINE and lower * _WORDS_PER_LOWERCASE <= len(content)


def _breaks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if _BLANK.search(text, first, last):
        return (found.span() for found in _BLANK_OR_BULLET.finditer(text, first, last))
    found = (found.span() for found in _LINE_END.finditer(text, first, last))
    return ((start, end) for start, end in found if not _is_same_paragraph(text, start, end))


def _is_same_paragraph(text: str, end: int, start: int) -> bool:
    return text[start].islower() or bool(_SMALL.search(text, max(0, end - 10), end))


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if token.pair is not None:
        attributed = _is_attributed(tokens, index + 1, bool(_ASKS.search(token.text[-6:])))
        return bool(_FINAL.search(token.text[-6:])) and _begins(following) and not attributed
    if token.text in {"!", "?", "…"}:
        return _begins(following)
    if token.text != "." or _abbreviates(tokens, index):
        return False
    return _begins(following) or (following.is_word and following.start == token.end)


def _is_attributed(tokens: list[Token], index: int, asks: bool) -> bool:
    """Whether a name and a reporting verb follow a quotation, as in `“Are you?” Roe asked`.

    Behind a question or an exclamation (`asks`) the sentence may go on after the verb, otherwise it must end.
    """
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
