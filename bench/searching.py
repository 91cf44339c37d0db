"""The bare full-text statement, in this process: what a search costs the database."""

import sqlite3
from time import process_time

from bench.clones import WORD
from bench.datasets import Dataset
from bench.rounds import Measuring, Unfit

STATEMENT = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 20"
TIMES = 50


def statement(dataset: Dataset) -> Measuring:
    """How to measure the CPU time of the statement in microseconds. Raises Unfit where there is no such table."""
    connection = sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)
    try:
        hits = len(connection.execute(STATEMENT, (WORD,)).fetchall())
    except sqlite3.OperationalError as error:
        raise Unfit(str(error)) from None
    if not hits:
        raise Unfit("finds nothing")

    def measure() -> float:
        begun = process_time()
        for _ in range(TIMES):
            connection.execute(STATEMENT, (WORD,)).fetchall()
        return (process_time() - begun) / TIMES * 1e6

    return measure
