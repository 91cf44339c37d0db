"""The CPU time of the full-text statement alone, in this process: the least that a search can cost."""

import sqlite3
from time import process_time

from bench.clones import WORD
from bench.datasets import Dataset
from bench.measure.rounds import InvalidMeasurement, Measurement

STATEMENT = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 20"
REPETITIONS = 50


def statement(dataset: Dataset) -> Measurement:
    """The measurement, in microseconds. Raises InvalidMeasurement if the table is missing or the word is not found."""
    connection = sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)
    try:
        hits = len(connection.execute(STATEMENT, (WORD,)).fetchall())
    except sqlite3.OperationalError as error:
        raise InvalidMeasurement(str(error)) from None
    if not hits:
        raise InvalidMeasurement("finds nothing")

    def measure() -> float:
        begun = process_time()
        for _ in range(REPETITIONS):
            connection.execute(STATEMENT, (WORD,)).fetchall()
        return (process_time() - begun) / REPETITIONS * 1e6

    return measure
