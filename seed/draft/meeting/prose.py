"""An article's prose: sentences as rules search them, with countries and what names stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from seed.draft.parsed_article import ParsedArticle
from seed.draft.people.names import Mention
from seed.draft.text.countries import BY_FORM, LONGEST_FORM, Country
from seed.draft.text.titles import Tokens, bare
from seed.draft.text.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Named:
    """A country where it stands: tokens `first` to `last` of a sentence, both counted."""

    country: Country
    first: int
    last: int

    def form(self, sentence: Sentence) -> str:
        """The form by which it is named there."""
        return _form(sentence.tokens[self.first : self.last + 1])


class Prose:
    """The sentences of an article that tell something: first those of the body, then those of the summary above it.

    Where both say a thing, the body decides; headlines and headings say nothing that the body does not.
    """

    def __init__(self, reading: ParsedArticle) -> None:
        self.text, self.cast = reading.text, reading.cast
        paragraphs = self.text.paragraphs
        prose = (place for place, one in enumerate(paragraphs) if not one.heading and not one.bullet)
        begin = next(prose, 0)
        told = [one for one in self.text.sentences if not paragraphs[one.paragraph].heading]
        self.body = [one for one in told if one.paragraph >= begin]
        self.summary = [one for one in told if one.paragraph < begin]
        self.sentences = [*self.body, *self.summary]

    def mentions(self, sentence: Sentence) -> list[Mention]:
        return self.cast.mentions[sentence.number]

    def listed_after(self, sentence: Sentence) -> Iterator[Sentence]:
        """The items of the list that a sentence leads in with a colon."""
        paragraph = sentence.paragraph + 1
        number = sentence.number + 1
        while sentence.tokens[-1].text == ":" and number < len(self.text.sentences):
            item = self.text.sentences[number]
            if item.paragraph > paragraph or not self.text.paragraphs[item.paragraph].bullet:
                return
            yield item
            number, paragraph = number + 1, item.paragraph + 1


def countries(sentence: Sentence, first: int = 0, last: int | None = None) -> Iterator[Named]:
    """The countries that are named between two tokens of a sentence, the longest form of each."""
    tokens = sentence.tokens[: None if last is None else last + 1]
    place = first
    while place < len(tokens):
        ends = range(min(place + LONGEST_FORM, len(tokens)), place, -1) if tokens[place].is_capital else ()
        end = next((end for end in ends if _form(tokens[place:end]) in BY_FORM), None)
        if end is not None:
            yield Named(BY_FORM[_form(tokens[place:end])], place, end - 1)
        place = end or place + 1


def _form(tokens: Tokens) -> str:
    return bare(" ".join(token.text for token in tokens))
