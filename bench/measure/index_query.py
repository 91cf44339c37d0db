"""The CPU time of the query in the search index alone, in this process: the least that a search can cost."""

from time import process_time

from app.search.folder import NoIndex, SearchFolder
from app.search.queries import Filters
from app.search.query_parsing import parse_query
from app.search.searching import Search
from bench.clones import WORD
from bench.datasets import Dataset
from bench.measure.rounds import InvalidMeasurement, Measurement

REPETITIONS = 50


def query(dataset: Dataset) -> Measurement:
    """The measurement, in microseconds. Raises InvalidMeasurement without an index, or if the word is not found."""
    try:
        opened = SearchFolder(dataset.search).open()
    except NoIndex as error:
        raise InvalidMeasurement(str(error)) from None
    parsed = parse_query(WORD)
    if not Search(opened, parsed, Filters()).total:
        raise InvalidMeasurement("finds nothing")

    def measure() -> float:
        begun = process_time()
        for _ in range(REPETITIONS):
            Search(opened, parsed, Filters()).page(0, 20)
        return (process_time() - begun) / REPETITIONS * 1e6

    return measure
