"""What an index holds and finds, to be compared with that of another."""

from pathlib import Path
from typing import Any

import orjson
from tantivy import Query

from app.db.engines import reading_engine
from app.search.folder import OpenIndex, SearchFolder
from app.search.following import Outcome, bring_up_to_date
from app.search.schema import PAIR_FIELDS, RAW_FIELDS, STEM_FIELDS, WORD_FIELDS, stored_hit

TERM_FIELDS = (
    "unit",
    "refers",
    "called",
    "begins",
    "title_begins",
    *RAW_FIELDS,
    *WORD_FIELDS,
    *PAIR_FIELDS.values(),
    *STEM_FIELDS,
)

Item = tuple[str, str]
"""A kind and an id."""


def follow(database: str, folder: Path) -> Outcome:
    """Bring the index in a folder up to date, as the command does."""
    return bring_up_to_date(reading_engine(database), SearchFolder(folder))


def documents(opened: OpenIndex) -> dict[Item, dict[str, Any]]:
    """The hits of all documents, by kind and id."""
    searcher = opened.searcher
    found = searcher.search(Query.all_query(), searcher.num_docs, count=False).hits
    hits = [orjson.loads(stored_hit(searcher, address)) for _, address in found]
    items = {(hit["kind"], hit["id"]): hit for hit in hits if "kind" in hit}
    assert len(items) == len(hits) - 1, "each item has one document, and the version has one"
    return items


def found(opened: OpenIndex, field: str, term: str) -> set[Item]:
    """The items that a term of a field finds."""
    query = Query.term_query(opened.index.schema, field, term)
    hits = opened.searcher.search(query, opened.searcher.num_docs, count=False).hits
    stored = [orjson.loads(stored_hit(opened.searcher, address)) for _, address in hits]
    return {(hit.get("kind", ""), hit.get("id", "")) for hit in stored}


def findings(opened: OpenIndex) -> dict[tuple[str, str], set[Item]]:
    """What each term of each field finds, if anything."""
    terms = [(field, term) for field in TERM_FIELDS for term, _ in opened.searcher.terms_with_prefix(field, "")]
    return {key: items for key in terms if (items := found(opened, *key))}


def numbers(opened: OpenIndex) -> dict[Item, list[Any]]:
    """The values of the fields of numbers, by item."""
    searcher = opened.searcher
    addresses = [address for _, address in searcher.search(Query.all_query(), searcher.num_docs, count=False).hits]
    columns = [searcher.fast_field_values(name, addresses) for name in ("first_day", "last_day", "mentions")]
    hits = [orjson.loads(stored_hit(searcher, address)) for address in addresses]
    rows = zip(hits, *columns, strict=True)
    return {(hit["kind"], hit["id"]): values for hit, *values in rows if "kind" in hit}


def assert_same(opened: OpenIndex, other: OpenIndex) -> None:
    """Two indexes of one version hold the same documents, and find the same items by every term.

    The keys of rows are compared too: they are in no hit but those of evidence.
    """
    assert str(opened.version) == str(other.version)
    assert documents(opened) == documents(other)
    assert findings(opened) == findings(other)
    assert numbers(opened) == numbers(other)


def assert_as_new(database: str, folder: Path, new: Path) -> None:
    """The index in a folder is as one that is made anew from the database."""
    outcome = follow(database, new)
    assert outcome.units is None
    assert_same(SearchFolder(folder).open(), SearchFolder(new).open())
