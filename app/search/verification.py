"""Compares the search index with the database."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import orjson
from sqlalchemy import Connection
from tantivy import Query

from app.db.snapshots import Version
from app.search.document_values import Document
from app.search.documents import DocumentReader
from app.search.folder import NoIndex, OpenIndex, SearchFolder
from app.search.following import history
from app.search.schema import HIT, stored_hit

Item = tuple[str, str]
"""A kind and an id."""


def compare(connection: Connection, version: Version, folder: SearchFolder) -> tuple[list[str], str | None]:
    """A sentence for each document that differs from the rows, is missing or left over; or why nothing was compared.

    An index of another version, or of another database such as the original of a backup, cannot be compared.
    """
    if not folder.has_index():
        return [], None
    try:
        opened = folder.open()
    except NoIndex as error:
        return [error.for_operators], None
    if opened.indexed.history != history(connection, version.number):
        return [], f"The search index was not compared: it holds dataset version {opened.version} of another load."
    return [*_differences(connection, opened)], None


def _differences(connection: Connection, opened: OpenIndex) -> Iterator[str]:
    count = 0
    for unit, documents in groupby(DocumentReader(connection).all(), key=itemgetter("unit")):
        expected = _by_item(documents)
        count += len(expected)
        yield from _of_unit(opened, unit, expected)
    if count != opened.searcher.num_docs - 1:  # one names the version
        yield f"The search index has {opened.searcher.num_docs - 1} documents, and the database {count} for it."


def _by_item(documents: Iterable[Document]) -> dict[Item, tuple[bytes, int]]:
    return {_item(document[HIT]): (document[HIT], document["key"]) for document in documents}


def _of_unit(opened: OpenIndex, unit: str, expected: dict[Item, tuple[bytes, int]]) -> Iterator[str]:
    query = Query.term_query(opened.index.schema, "unit", unit)
    addresses = [address for _, address in opened.searcher.search(query, 1_000_000, count=False).hits]
    hits = [stored_hit(opened.searcher, address) for address in addresses]
    keys = opened.searcher.fast_field_values("key", addresses)
    stored = {_item(hit): (hit, key) for hit, key in zip(hits, keys, strict=True)}
    for kind, id in expected.keys() | stored.keys():
        if (kind, id) not in stored:
            yield f"{kind} {id}: it is not in the search index"
        elif (kind, id) not in expected:
            yield f"{kind} {id}: it is in the search index, and does not exist"
        elif expected[kind, id] != stored[kind, id]:
            yield f"{kind} {id}: its document in the search index differs from its rows"


def _item(hit: bytes) -> Item:
    values = orjson.loads(hit)
    return values["kind"], values["id"]
