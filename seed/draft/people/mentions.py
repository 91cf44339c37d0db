"""Name recognition: mentions are found in runs of capitalized words, and titles are split off.

Positions are token indexes in a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from seed.draft.people.person_names import gender, is_followed_by_who, is_given_name, looks_like_person
from seed.draft.text.countries import BY_FORM, LONGEST_FORM
from seed.draft.text.name_words import LINKS, NATIONALITIES, NEVER_NAMES, ORGANIZATIONS, PARTICLES, PLACES
from seed.draft.text.reporting_verbs import REPORTING_VERBS
from seed.draft.text.titles import (
    ABBREVIATED_RANKS,
    HONORIFICS,
    Tokens,
    appositive,
    is_office,
    is_possessive,
    title_before_comma,
    title_start,
    title_with_organization,
    without_possessive,
)
from seed.draft.text.tokens import Sentence, Text, word_at
from seed.language.word_lists import words

_NO_NAME = re.compile(r"[DIR]-[A-Z]|[A-Z]\.$")
"""A party with a state, `D-Ohio`, or an initial alone."""

_FEWEST_OF_INITIALS = 3
"""The least number of words and points in a name that begins with an initial."""

_LEADS_IN = words(": - – — ― •")
_ASKING = words("Will May Can")
_MONTHS_TOO = words("May April June")
_POINTED = HONORIFICS.keys() | ABBREVIATED_RANKS
_INNER_LINKS = words("of for on &")


@dataclass(slots=True)
class Mention:
    """A mention of a name, in tokens `first` to `last` of a sentence, both counted.

    `start` is the first token of the title before it, else `first`. `title` is in code points. `is_person` is None if
    nothing shows it.
    """

    first: int
    last: int
    start: int
    name: str
    title: tuple[int, int] | None
    is_person: bool | None
    gender: str = ""
    possessive: bool = False


class MentionFinder:
    """Finds the mentions of names; how the text writes a word elsewhere helps to decide whether it is a name."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._lower: set[str] = set()
        self.alone: Counter[str] = Counter()
        """How often each capitalized word occurs without another beside it, as surnames do."""
        for sentence in text.sentences:
            self._count(sentence.tokens)

    def find(self, sentence: Sentence) -> Iterator[Mention]:
        """The mentions of a sentence in their order."""
        tokens, index = sentence.tokens, 0
        while index < len(tokens):
            end = self._run_end(tokens, index) if self._starts(tokens, index) else index
            if end > index:
                yield from self._in_run(tokens, index, end)
            index = max(end, index + 1)

    def _count(self, tokens: Tokens) -> None:
        for index, token in enumerate(tokens):
            if token.is_word and token.text[0].islower():
                self._lower.add(token.text)
            elif token.is_capital:
                before, following = tokens[index - 1] if index else None, tokens[index + 1 : index + 2]
                led = before is not None and before.is_capital and before.text not in HONORIFICS
                self.alone[without_possessive(token.text)] += not led and not (following and following[0].is_capital)

    def _starts(self, tokens: Tokens, index: int) -> bool:
        """Whether a name may begin at a token. At the start of a sentence the capital alone is not enough."""
        token = tokens[index]
        if not token.is_capital or token.text in NEVER_NAMES or _NO_NAME.match(token.text):
            return False
        if index and tokens[index - 1].text not in _LEADS_IN and tokens[index - 1].pair is None:
            return True
        word = without_possessive(token.text)
        if word in _ASKING and tokens[-1].text == "?":
            return False
        if (word.endswith("s") and is_office(word[:-1])) or word.lower() in REPORTING_VERBS:
            return False
        if is_given_name(word) or word in HONORIFICS or word in NATIONALITIES or is_office(word):
            return True
        if index + 1 < len(tokens) and tokens[index + 1].is_capital and tokens[index + 1].text not in NEVER_NAMES:
            return True
        return word.lower() not in self._lower and not word.endswith(("ing", "ly"))

    def _run_end(self, tokens: Tokens, start: int) -> int:
        """The end of the run of capitalized words that begins at a token."""
        index, named = start, False
        while index < len(tokens):
            token = tokens[index]
            if token.is_capital and (index == start or token.text not in NEVER_NAMES or _is_part(tokens, index)):
                named = named or without_possessive(token.text) in ORGANIZATIONS or is_office(token.text)
                index += 1
                if is_possessive(token.text):
                    break
            elif token.text == "." and (tokens[index - 1].text in _POINTED or len(tokens[index - 1].text) == 1):
                index += 1
            elif step := _link(tokens, index, named):
                index += step
            else:
                break
        while not tokens[index - 1].is_word and tokens[index - 1].text != ".":
            index -= 1
        return index

    def _in_run(self, tokens: Tokens, start: int, end: int) -> Iterator[Mention]:
        """The one or two names in a run, without titles; a person behind an organization is a name of its own."""
        run = [without_possessive(token.text) for token in tokens[start:end]]
        if len(run[0]) == 1 and len(run) < _FEWEST_OF_INITIALS:
            return
        office = -1 if run[-1] in ORGANIZATIONS else _last_office(run)
        person = self._person_in(run, office)
        if person is not None:
            yield from self._person(tokens, start, end, person, office)
        elif office < len(run) - 1:  # otherwise it is a title without a name
            first = start + office + 1 if office >= 0 and run[office + 1] not in LINKS else start
            title = (start, first - 1) if first > start else None
            if title or run[0] not in HONORIFICS:
                yield self._mention(tokens, first, end - 1, start, title)

    def _person(self, tokens: Tokens, start: int, end: int, person: int, office: int) -> Iterator[Mention]:
        first = start + person
        while first < end and (tokens[first].text in HONORIFICS or tokens[first].text == "."):
            first += 1
        if first == end:
            return
        end = next((index for index in range(first + 1, end) if tokens[index].text == "of"), end)  # `Roe of Ohio`
        before, title = start, None
        head = [token for token in tokens[start : start + person] if token.text not in HONORIFICS and token.text != "."]
        if head and 0 <= office < person:
            is_title_case = _behind_country(tokens, start, start + office)
            title = (is_title_case, _last_word(tokens, first - 1))
        elif head and person > 1:
            before = start
            yield self._mention(tokens, start, start + person - 1, start, None)
            begin = title_with_organization(tokens, start)
            title = (begin, start + person - 1) if begin is not None else None
        yield self._mention(tokens, first, end - 1, before, title)

    def _person_in(self, run: list[str], office: int) -> int | None:
        """The position of a person's name in a run of words, or None."""
        for index, word in enumerate(run[:-1]):
            if word in HONORIFICS:
                return index
        if run[-1] in ORGANIZATIONS:
            return None
        given = next((index for index, word in enumerate(run[:-1]) if is_given_name(word) and index > office), None)
        if given is not None and (_stands_alone(run, given, office) or self._is_titled(run, given)):
            return given
        behind = max((index for index, word in enumerate(run) if word in ORGANIZATIONS), default=-1)
        if 0 <= office < len(run) - 1 and run[office + 1] not in LINKS and office > behind:
            return office + 1
        if behind >= 0 and 2 <= len(run) - 1 - behind <= 3 and run[behind + 1] not in LINKS:
            return behind + 1
        if 0 <= office < len(run) - 1 and run[office + 1] not in LINKS:
            return office + 1
        return self._surname_in(run, given)

    def _is_titled(self, run: list[str], given: int) -> bool:
        """Whether one word, probably a title, precedes a name whose surname also occurs alone: `Chemist Mary Roe`."""
        plain = run[0] not in PLACES and not any(word in ORGANIZATIONS or word in LINKS for word in run)
        return given == 1 and len(run) > given + 1 and plain and self.alone[run[-1]] > 0

    def _surname_in(self, run: list[str], given: int | None) -> int | None:
        """The position of a person's name whose surname also occurs alone in the article, or None."""
        known = self.alone[run[-1]] > 0
        if known and len(run) >= 4 and not LINKS & set(run[-3:-1]):
            return len(run) - 2
        if given == 0:
            return 0
        plain = not any(word in ORGANIZATIONS or word in NATIONALITIES or word in LINKS for word in run)
        return 0 if known and 2 <= len(run) <= 3 and run[0] not in PLACES and plain else None

    def _mention(self, tokens: Tokens, first: int, last: int, before: int, title: tuple[int, int] | None) -> Mention:
        behind = None
        if title is None and before and is_office(tokens[before - 1].text) and tokens[before - 1].text[0].islower():
            title = (title_start(tokens, before - 1), before - 1)
            before = title[0]
        elif title is None and not is_possessive(tokens[last].text):
            behind = appositive(tokens, last) or (title_before_comma(tokens, before) if last > first else None)
        honorific = next((token.text for token in tokens[before:first] if token.text in HONORIFICS), "")
        words = [without_possessive(token.text) for token in tokens[first : last + 1]]
        is_title_case = title or behind
        span = (tokens[is_title_case[0]].start, tokens[is_title_case[1]].end) if is_title_case else None
        described = behind is not None or is_followed_by_who(tokens, last)
        return Mention(
            first,
            last,
            before,
            without_possessive(self._text.words(tokens[first].start, tokens[last].end)),
            span,
            True if honorific or title else looks_like_person(words, described, tokens, before),
            HONORIFICS.get(honorific) or gender(words, self._text.slice(*span) if span else ""),
            is_possessive(tokens[last].text),
        )


def _behind_country(tokens: Tokens, start: int, office: int) -> int:
    """The first token of a title behind its country, as in `Czech Republic Prime Minister`."""
    for end in range(min(start + LONGEST_FORM, office), start, -1):
        form = " ".join(without_possessive(token.text) for token in tokens[start:end])
        if form in BY_FORM or form in NATIONALITIES:
            return end
    return start


def _is_part(tokens: Tokens, index: int) -> bool:
    """Whether a word that alone is no name is part of one: `Theresa May`, `Athens Police Department`."""
    following = word_at(tokens, index + 1)
    return tokens[index].text in _MONTHS_TOO or without_possessive(following) in ORGANIZATIONS


def _link(tokens: Tokens, index: int, named: bool) -> int:
    """The number of tokens in lower case that link two parts of a name; 0 if the name ends before them.

    `named` says that the name contains a word of an organization or an office so far.
    """
    word, following = tokens[index].text, tokens[index + 1 : index + 3]
    if not following:
        return 0
    continues = following[0].is_capital and following[0].text not in NEVER_NAMES
    if continues and (word in PARTICLES or (named and word in _INNER_LINKS)):
        return 1
    behind_article = following[0].text == "the" and len(following) > 1 and following[1].is_capital
    return 2 if named and word in {"of", "for", "on"} and behind_article else 0


def _last_office(run: list[str]) -> int:
    return max(
        (index for index, word in enumerate(run) if is_office(word) or is_office(word.removesuffix("s"))), default=-1
    )


def _last_word(tokens: Tokens, index: int) -> int:
    """The last token up to `index` that is neither a form of address nor its point: `Secretary Mr. Roe`."""
    while tokens[index].text == "." or tokens[index].text in HONORIFICS:
        index -= 1
    return index


def _stands_alone(run: list[str], given: int, office: int) -> bool:
    """Whether a name begins at a given name, which is not part of an organization's name."""
    if any(word in ORGANIZATIONS or word in {"of", "for"} for word in run[given:]):
        return False
    known = any(word in ORGANIZATIONS or word in NATIONALITIES for word in run[:given])
    return given == 0 or office >= 0 or known
