"""The schema of the search index: its fields, and the analyzers that divide them into words.

All words are folded (`app/search/folding.py`) before they come here, so analyzers divide at spaces, and stem.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import tantivy
from tantivy import (
    DocAddress,
    Document,
    Filter,
    Index,
    SchemaBuilder,
    Searcher,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from app.db import snapshots
from app.version import VERSION

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""The stemmers by language tag (ISO 639-1), as in the `language` of a source."""

ALL_WORDS, SOURCE_WORDS = "words", "source_words"

EVIDENCE = "evidence"

WORD_FIELDS = ("name", "title", "text", EVIDENCE, ALL_WORDS, SOURCE_WORDS)
"""Fields of folded words.

- `name`: the names of a person or party with the other names, of a delegate, or of a quote's speakers.
- `title`: the title of a meeting, an agenda item, an agreement or a source.
- `text`: the item's own text: an agreement's, a quote's, an article's, the summary of a meeting, a delegate's title.
- `evidence`: the words or the note of each piece of a fact's evidence.
- `words`: all of these, and what else an item is found by. For a meeting these are its city, parties, delegates,
  topics, agenda and date; for a fact the meeting's title, city, parties and date. Whether an item has a word is one
  look-up. Sources, which are no hits of most searches, have none.
- `source_words`: all words of a source, with its publisher and author.
"""

PAIR_FIELDS = {ALL_WORDS: "pairs", SOURCE_WORDS: "source_pairs", EVIDENCE: "evidence_pairs"}
"""By fields of words, the fields of their pairs: each word with the next one in the same text (`text_pairs`).

A phrase of two words is one look-up. Only pairs have positions, for longer phrases: to read those of a common word, for
every document that has it, takes up to a hundred times as long.
"""

COUNTED_FIELDS = ("kind", "party", "person", "country", "topic", "language", "commitment", "year")
"""Fields of values as they are, as many as apply, to filter and to count by. Items are named by their ids.

What is counted is the set of a document's values, as one text, since Tantivy counts by a field with exactly one value
in each document many times faster than by any other.
"""

RAW_FIELDS = (*COUNTED_FIELDS, "with")
"""All fields of values as they are."""

NUMBER_FIELDS = ("key", "first_day", "last_day", "mentions")
"""Fields of integers.

- `key`: the key of the item's row, which identifies it together with `kind`.
- `first_day`, `last_day`: the days of the item's date, the first of January of the year 1 being 1; 0 if unknown.
- `mentions`: the number of meetings of a person or party, or of records with a topic; 0 for all others.
"""


@lru_cache(maxsize=1 << 8)
def stem_field(language: str) -> str | None:
    """The field for the stems of words in a language, which a tag such as en-GB names; None without a stemmer."""
    stemmer = STEMMERS.get(language.partition("-")[0].lower())
    return stemmer and f"stem_{stemmer}"


STEM_FIELDS = tuple(dict.fromkeys(f"stem_{stemmer}" for stemmer in STEMMERS.values()))
"""Fields with the stems of the words in `title`, `text` and `evidence`, one for each stemmer."""

_WORDS, _VALUES = "words", "values"
_TEXT_FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("unit", {"tokenizer_name": "raw", "index_option": "basic"}),
    ("refers", {"tokenizer_name": "raw", "index_option": "basic", "stored": True}),
    *((name, {"tokenizer_name": _WORDS, "index_option": "basic"}) for name in ("called", "begins", "title_begins")),
    *((name, {"tokenizer_name": _WORDS, "index_option": "freq"}) for name in WORD_FIELDS),
    *((name, {"tokenizer_name": _WORDS, "index_option": "position"}) for name in PAIR_FIELDS.values()),
    *((name, {"tokenizer_name": name, "index_option": "freq"}) for name in STEM_FIELDS),
    *(
        (name, {"tokenizer_name": _VALUES, "index_option": "basic", "fast": name in COUNTED_FIELDS})
        for name in RAW_FIELDS
    ),
]
"""The other fields are about documents and not for queries of words.

- `unit`: what is made anew together, `meeting:ID`, `person:ID`, `party:ID`, `source:ID` or `topic:ID`. All facts of a
  meeting are of its unit.
- `refers`: for a meeting, the other units that depend on it.
- `called`: the names of a person or party, for names that are similar to them.
- `begins`: every beginning of the words in the name of a person, party or topic, up to LONGEST_BEGINNING characters,
  for suggestions; `title_begins`: those of the words in the title of a meeting.
"""

LONGEST_BEGINNING = 20

HIT = "hit"
"""The stored field: JSON with everything that a hit shows (`app/search/documents.py`)."""

VERSION_UNIT = "version"
"""The unit of the document that names the dataset version of a commit, in its `hit`. It has no kind."""

_ANALYZERS = {_WORDS: None, _VALUES: None} | {stem_field(language): stemmer for language, stemmer in STEMMERS.items()}

SCHEMA = sha256(
    json.dumps(
        [VERSION, snapshots.SCHEMA, version("tantivy"), _TEXT_FIELDS, NUMBER_FIELDS, HIT, LONGEST_BEGINNING]
    ).encode()
).hexdigest()[:16]
"""Names the schema, the release and the schema of the database: an index of another one is made anew."""


def stored_hit(searcher: Searcher, address: DocAddress) -> bytes:
    """The stored field of a document."""
    return bytes(searcher.doc(address)[HIT][0])


def build_schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    for name, options in _TEXT_FIELDS:
        builder.add_text_field(name, **options)
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=name == "key", fast=True)
    builder.add_bytes_field(HIT, stored=True)
    return builder.build()


def register_analyzers(index: Index) -> None:
    """Give an opened index its analyzers, which are not stored with it."""
    for name, stemmer in _ANALYZERS.items():
        index.register_tokenizer(str(name), _analyzer(stemmer))
    index.register_fast_field_tokenizer(_VALUES, TextAnalyzerBuilder(Tokenizer.raw()).build())


_ONE_VALUE = {**dict.fromkeys(NUMBER_FIELDS, 0), **dict.fromkeys(RAW_FIELDS, "")}


def to_document(values: Mapping[str, Any], schema: tantivy.Schema) -> Document:
    """A document with some values by field, and with exactly one in each field that is counted or sorted by.

    A set of values is a sequence, or already one text.
    """
    sets = {name: value_set(values[name]) for name in RAW_FIELDS if type(values.get(name, "")) is not str}
    return Document.from_dict({**_ONE_VALUE, **values, **sets}, schema)


def value_set(values: Sequence[str]) -> str:
    """Some values as one text, the same in any order."""
    return " ".join(sorted({*values})) if len(values) > 1 else "".join(values)


def analyzer(field: str) -> TextAnalyzer:
    """The analyzer of a field of words or stems: `analyze(fold(text))` returns the terms that the index has."""
    return _analyzer(_ANALYZERS.get(field))


def _analyzer(stemmer: str | None) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    return (builder.filter(Filter.stemmer(stemmer)) if stemmer else builder).build()
