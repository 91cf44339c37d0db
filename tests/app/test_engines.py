"""Both engines side by side: the same words, and the same hits for any query over any texts."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from app.db.engines import writing_engine
from app.enums import SearchKind
from app.models import SearchEntry, first_entry, table
from app.search.engines import ENGINES
from app.search.query_parsing import normalize_query
from tests.databases import Files, OfServer
from tests.postgresql import Server

LETTERS = "abAB éÉßſ\u0130\u0131 đĐ\u1e9e жЖйЙё αΆάώς \u1f7d سلام مَ 中文字 ก่ไทย देवनागरी 한국어 ⅷ²٣7"
SIGNS = "\u0301\u0300\u0345\u064e\u0327 .,-_'“”—…/\t\n\u00ad\u200d\ufeff\u2028🤝\U000e0020\ue000"
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
"""PostgreSQL has no U+0000, which no record can hold either; and neither has surrogates."""

Text = st.text(st.sampled_from(LETTERS + SIGNS) | ANY, min_size=1)
_entry = table(SearchEntry)


@dataclass(frozen=True)
class Both:
    """The same entries in a file and on a server."""

    connections: list[Connection]

    def put(self, entries: list[tuple[str, str]], kind: SearchKind = SearchKind.party) -> None:
        """Replace all entries, by others with these titles and texts."""
        rows = [
            {"key": first_entry(kind) + place, "kind": kind, "id": f"e{place}", "title": title, "text": text}
            for place, (title, text) in enumerate(entries)
        ]
        for connection in self.connections:
            connection.execute(delete(_entry))
            connection.execute(insert(_entry), rows)

    def in_order(self, q: str) -> tuple[list[str], list[str]]:
        """The ids of what a query finds, best first: in the file, then on the server."""
        values = {"q": normalize_query(q), "limit": 1000, "offset": 0}
        of_file, of_server = (
            [hit.id for hit in each.execute(STATEMENTS[each.dialect.name][0], values)] for each in self.connections
        )
        return of_file, of_server

    def found(self, q: str) -> list[str]:
        """The ids of what a query finds: all statements must agree, and those of both engines."""
        query = normalize_query(q)
        values = {"q": query, "limit": 1000, "offset": 0}
        found = []
        for connection in self.connections:
            ranked_hits, count_hits, of_kind, of_another = STATEMENTS[connection.dialect.name]
            hits = connection.execute(ranked_hits, values).all()
            found.append(sorted(hit.id for hit in hits))
            keys = connection.scalars(of_kind, values).all()
            assert connection.scalar(count_hits, values) == len(hits) == len(keys)
            assert connection.scalars(of_another, values).all() == []
            snippets = [ENGINES[connection.dialect.name].Hit(*hit).snippet(query) for hit in hits]
            assert all(hit.score > 0 for hit in hits) and all(matches for _, matches in snippets)
        of_file, of_server = found
        assert of_file == of_server, q
        return of_file


STATEMENTS = {
    name: (
        engine.ranked_hits("q", "limit", "offset"),
        engine.count_hits("q", 1000),
        engine.matching_keys(SearchKind.party, "q"),
        engine.matching_keys(SearchKind.quote, "q"),
    )
    for name, engine in ENGINES.items()
}


@pytest.fixture(scope="module")
def both(files: Files, postgresql: Server) -> Iterator[Both]:
    with ExitStack() as stack:
        databases = [stack.enter_context(kind.databases()).migrated() for kind in (files, OfServer(postgresql))]
        connections = [stack.enter_context(writing_engine(database).connect()) for database in databases]
        yield Both(connections)


@st.composite
def queries(draw: st.DrawFn, texts: list[str]) -> str:
    """Some pieces of the texts, as they are, in capitals or as phrases."""
    parts = []
    for text in draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3)):
        start = draw(st.integers(0, len(text) - 1))
        part = text[start : start + draw(st.integers(1, 12))]
        parts.append(draw(st.sampled_from([part, part.upper(), f'"{part}"'])))
    return " ".join(parts)


@settings(max_examples=150)
@given(entries=st.lists(st.tuples(Text, Text), min_size=1, max_size=3), data=st.data())
def test_both_databases_find_the_same_for_any_query_and_texts(
    both: Both, entries: list[tuple[str, str]], data: st.DataObject
) -> None:
    both.put(entries)
    both.found(data.draw(queries([text for entry in entries for text in entry])))


def test_both_databases_find_the_same_in_texts_of_any_length(both: Both) -> None:
    """Longer than a part of the index has words: phrases across its ends, and words far from each other."""
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(40)]
    texts = [chance.choices(vocabulary, k=size) for size in (254, 255, 256, 286, 287, 288, 479, 480, 900, 2000)]
    titles = [chance.choices(vocabulary, k=size) for size in (1, 2, 3, 5, 8, 13, 21, 34, 55, 300)]
    both.put([(" ".join(title), ", ".join(text)) for title, text in zip(titles, texts, strict=True)])
    for _ in range(100):
        of_one = [chance.choice(chance.choice([texts, titles])) for _ in range(chance.choice([1, 1, 2, 3]))]
        phrases = []
        for words in of_one:
            start = chance.randrange(len(words))
            phrases.append(words[start : start + chance.choice([1, 2, 3, 30 // len(of_one)])])
        both.found(" ".join(f'"{" ".join(words)}"' for words in phrases))
    for text in texts:
        for start in (0, 222, 223, 224, 225, 254, 255, 256, len(text) - 32):
            phrase = text[start : start + 32]
            assert bool(phrase) == bool(both.found(f'"{" ".join(phrase)}"'))


def test_only_sqlite_weighs_rare_words_more(both: Both) -> None:
    """What docs/decisions/0013 tells: the two put their hits in another order, though weights and lengths are alike."""
    common, rare = "the talks talks talks on visas", "the talks on visas visas visas"
    both.put([("A", common), ("B", rare), *(("Other", "the talks on something else") for _ in range(20))])
    assert both.in_order("talks visas") == (["e1", "e0"], ["e0", "e1"])


def test_both_databases_rank_titles_and_short_texts_first(both: Both) -> None:
    both.put([("A", "on visas " + "and more " * 50), ("A", "on visas"), ("Visas", "of all"), ("A", "of all")])
    assert both.in_order("visas") == (["e2", "e1", "e0"], ["e2", "e1", "e0"])
