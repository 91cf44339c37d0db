"""Text in quotation marks, and whether it is only a name or a title. Positions are token indexes in a sentence."""

from dataclasses import dataclass

from seed.draft.text.function_words import DETERMINERS, PREPOSITIONS
from seed.draft.text.titles import is_possessive
from seed.draft.text.tokens import Sentence, Token
from seed.language.word_lists import word_set, words
from seed.proof.quotation_marks import Pair

_SEPARATORS = words(", : ; — – -")
_NAMING = word_set("nouns/before_titles_of_works")
"""Words before a name, a title or a term in quotation marks, which is no quote."""

_BEFORE_NAMES = DETERMINERS | PREPOSITIONS
_LONGEST_NICKNAME, _LONGEST_WORK, _LONGEST_TITLE = 3, 4, 7
"""In words."""


@dataclass(slots=True)
class QuotedSpan:
    """The quoted text at token `index` of a sentence; `start` to `end` in code points, without marks and whitespace."""

    sentence: Sentence
    index: int
    start: int
    end: int
    text: str

    @property
    def pair(self) -> Pair | None:
        return self.sentence.tokens[self.index].pair

    @property
    def before(self) -> Token | None:
        return self.sentence.tokens[self.index - 1] if self.index else None

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def ends(self) -> bool:
        """Whether it ends like a sentence or a clause."""
        return self.text[-1:] in ".!?…" or self.sentence.tokens[self.index].text[-2:-1] in ",.!?"

    @property
    def begins(self) -> bool:
        """Whether it begins like a sentence."""
        first = self.text.split()[0].strip("[.…'‘]")
        return self.text[:1].isupper() or (self.text[:1] in "[.…'‘" and (first[:1].isupper() or not first))

    @property
    def is_separate(self) -> bool:
        """Whether a sentence, a clause or another quotation ends before it."""
        return self.before is None or self.before.text in _SEPARATORS or self.before.pair is not None


def is_title(quoted: QuotedSpan) -> bool:
    """Whether it is capitalized like the title of a work: `Face of the Nation`."""
    title = quoted.text.strip(".,!?").split()
    if not title or len(title) >= _LONGEST_TITLE or not title[0][:1].isupper():
        return False
    capitals = sum(word[:1].isupper() for word in title)
    return capitals > 1 and all(word[:1].isupper() or len(word) < 4 for word in title)


def is_name(quoted: QuotedSpan) -> bool:
    """Whether the words around it show that it is the name of a thing or a person."""
    return _is_called(quoted) or _is_nickname(quoted) or _is_in_apposition(quoted)


def _is_called(quoted: QuotedSpan) -> bool:
    """Whether a word before it introduces a name: `the film “Eclipse”`, `on the paper's “Morning Talk”`."""
    if quoted.before is None:
        return False
    word = quoted.before.text.lower()
    if word in _NAMING:
        return not quoted.ends or is_title(quoted)
    if is_possessive(word) and quoted.words == 1 and not quoted.ends:
        return quoted.begins
    return (word in _BEFORE_NAMES or is_possessive(word)) and is_title(quoted)


def _is_nickname(quoted: QuotedSpan) -> bool:
    """Whether a name follows, as in `“Buddy” Roe`."""
    following = quoted.sentence.tokens[quoted.index + 1 : quoted.index + 2]
    return quoted.words <= _LONGEST_NICKNAME and not quoted.ends and bool(following) and following[0].is_capital


def _is_in_apposition(quoted: QuotedSpan) -> bool:
    """Whether it is the name in `the play, “Eclipse”`."""
    before = [token.text for token in quoted.sentence.tokens[max(0, quoted.index - 2) : quoted.index]]
    return quoted.words <= _LONGEST_WORK and quoted.begins and before[1:] == [","] and before[0] in _NAMING
