"""The parsed article: its text, the entities in it, and its quotes."""

from dataclasses import dataclass

from seed.draft.people.entities import Entities
from seed.draft.quotes.direct_quotes import DirectQuoteFinder, quoted_text_only
from seed.draft.quotes.indirect_quotes import IndirectQuoteFinder
from seed.draft.quotes.quote import Quote
from seed.draft.quotes.reporting_clauses import ReportingClauseFinder
from seed.draft.quotes.speakers import SpeakerResolver
from seed.draft.quotes.subjects import SubjectFinder
from seed.draft.text.language_detection import is_english
from seed.draft.text.tokens import Text


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    text: Text
    entities: Entities
    quotes: list[Quote]
    language: str | None
    """`en`, or None for another language, of which only text in quotation marks is found."""


def parse_article(article: str) -> ParsedArticle:
    """Parse an article; the quotes are in its order."""
    text = Text(article)
    if not is_english(text):
        return ParsedArticle(text, Entities(text), list(quoted_text_only(text)), None)
    entities = Entities(text)
    speakers = SpeakerResolver(text, entities, ReportingClauseFinder(text, entities, SubjectFinder(text, entities)))
    direct_quotes, indirect_quotes = DirectQuoteFinder(text, entities, speakers), IndirectQuoteFinder(speakers)
    headed = len(text.paragraphs) > 1 and text.paragraphs[0].is_heading
    quotes: list[Quote] = []
    for sentence in text.sentences:
        if not headed or sentence.paragraph:  # quotation marks in a headline rarely enclose a quote
            quotes += direct_quotes.find(sentence)
            quotes += indirect_quotes.find(sentence, direct_quotes.quoted_pairs)
    return ParsedArticle(text, entities, sorted(quotes, key=lambda quote: quote.parts[0]), "en")
