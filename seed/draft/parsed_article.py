"""An article read by the rules: who is in it, and what they say."""

from dataclasses import dataclass

from seed.draft.people.entities import Entities
from seed.draft.quotes.quotations import Quotations, marked_only
from seed.draft.quotes.quotes import Quote
from seed.draft.quotes.sayings import Sayings
from seed.draft.quotes.speakers import Speakers
from seed.draft.quotes.statements import Statements
from seed.draft.quotes.subjects import Subjects
from seed.draft.text.language import is_english
from seed.draft.text.tokens import Text


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    text: Text
    cast: Entities
    quotes: list[Quote]
    language: str | None
    """`en`; None for any other, of which only the marks are read."""


def read(article: str) -> ParsedArticle:
    """Read an article; its quotes stand in its order."""
    text = Text(article)
    if not is_english(text):
        return ParsedArticle(text, Entities(text), list(marked_only(text)), None)
    cast = Entities(text)
    speakers = Speakers(text, cast, Sayings(text, cast, Subjects(text, cast)))
    quotations, statements = Quotations(text, cast, speakers), Statements(speakers)
    headed = len(text.paragraphs) > 1 and text.paragraphs[0].heading
    quotes: list[Quote] = []
    for sentence in text.sentences:
        if not headed or sentence.paragraph:  # in a headline a pair of marks is rarely an utterance
            quotes += quotations.found(sentence)
            quotes += statements.found(sentence, quotations.said)
    return ParsedArticle(text, cast, sorted(quotes, key=lambda quote: quote.parts[0]), "en")
