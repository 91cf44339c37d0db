"""The prose of an article, without headings: the sentences of body and summary, and the countries in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from seed.draft.parsed_article import ParsedArticle
from seed.draft.people.mentions import Mention
from seed.draft.text.countries import BY_FORM, LONGEST_FORM, Country
from seed.draft.text.titles import Tokens, without_possessive
from seed.draft.text.tokens import Sentence


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A mention of a country in tokens `first` to `last` of a sentence, both counted."""

    country: Country
    first: int
    last: int

    def form(self, sentence: Sentence) -> str:
        """The name or adjective in the sentence."""
        return _form(sentence.tokens[self.first : self.last + 1])


class Prose:
    """The sentences of an article without headlines and headings: the body first, then the summary above it.

    If both contain a fact, the body decides.
    """

    def __init__(self, parsed: ParsedArticle) -> None:
        self.text, self.entities = parsed.text, parsed.entities
        paragraphs = self.text.paragraphs
        prose = (
            index for index, paragraph in enumerate(paragraphs) if not paragraph.is_heading and not paragraph.is_bullet
        )
        begin = next(prose, 0)
        sentences = [sentence for sentence in self.text.sentences if not paragraphs[sentence.paragraph].is_heading]
        self.body = [sentence for sentence in sentences if sentence.paragraph >= begin]
        self.summary = [sentence for sentence in sentences if sentence.paragraph < begin]
        self.sentences = [*self.body, *self.summary]

    def mentions(self, sentence: Sentence) -> list[Mention]:
        return self.entities.mentions[sentence.number]

    def listed_after(self, sentence: Sentence) -> Iterator[Sentence]:
        """The items of the list that a sentence with a colon introduces."""
        paragraph = sentence.paragraph + 1
        number = sentence.number + 1
        while sentence.tokens[-1].text == ":" and number < len(self.text.sentences):
            item = self.text.sentences[number]
            if item.paragraph > paragraph or not self.text.paragraphs[item.paragraph].is_bullet:
                return
            yield item
            number, paragraph = number + 1, item.paragraph + 1


def countries(sentence: Sentence, first: int = 0, last: int | None = None) -> Iterator[CountryMention]:
    """The mentions of countries between two tokens of a sentence, the longest form of each."""
    tokens = sentence.tokens[: None if last is None else last + 1]
    index = first
    while index < len(tokens):
        ends = range(min(index + LONGEST_FORM, len(tokens)), index, -1) if tokens[index].is_capital else ()
        end = next((end for end in ends if _form(tokens[index:end]) in BY_FORM), None)
        if end is not None:
            yield CountryMention(BY_FORM[_form(tokens[index:end])], index, end - 1)
        index = end or index + 1


def _form(tokens: Tokens) -> str:
    return without_possessive(" ".join(token.text for token in tokens))
