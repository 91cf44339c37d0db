"""The mix of searches that is measured: drawn from the index, and the same each time."""

from collections import Counter

import pytest

from app.enums import SearchKind
from app.search.folder import OpenIndex, SearchFolder
from app.search.queries import Filters
from app.search.query_parsing import parse_query
from app.search.searching import Search
from bench.datasets import Dataset
from bench.measure import search_mix
from bench.measure.search_mix import QueryMix


@pytest.fixture
def opened(dataset: Dataset) -> OpenIndex:
    return SearchFolder(dataset.search).open()


def test_the_mix_has_all_kinds_of_queries_and_is_the_same_for_a_seed(opened: OpenIndex) -> None:
    queries = QueryMix(opened).queries()
    assert Counter(query.kind for query in queries) == dict.fromkeys(
        ("one word", "phrase", "three words", "misspelt name", "filtered"), 40
    )
    assert QueryMix(opened).queries() == queries != QueryMix(opened, 1).queries()
    every = Filters(kinds=tuple(kind for kind in SearchKind if kind != SearchKind.evidence))
    for query in queries:
        assert (query.filters != Filters()) == (query.kind == "filtered")
        assert Search(opened, parse_query(query.q), every).total or query.kind == "misspelt name", query


def test_the_figures_of_each_kind_are_printed(
    opened: OpenIndex, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_mix, "REPETITIONS", 1)
    search_mix.print_figures(search_mix.measure(opened))
    rows = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows == ["one word", "phrase", "three words", "misspelt name", "filtered", "all"]
