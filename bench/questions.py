"""What the servers are asked, each in its own addresses."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from bench.clones import MEETING, WORD
from bench.cursors import delegates_after
from bench.datasets import Dataset

QUESTIONS = {
    "item": "One delegate, of 500 in turn",
    "list": "The first page of delegates",
    "filtered": "Delegates of a meeting, of a person, of a party, in turn; parties from two delegates to all meetings",
    "deep": "Delegates from 90% on, ten pages in turn",
    "meetings": "The newest meetings",
    "search": f"The best hits for a word that is in the summary of every tenth meeting, `{WORD}`",
}
"""Every question by its name, with what it asks for; of lists, 20 items."""

_ITEMS, _PAGES, _LIMIT = 500, 10, 20


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the addresses of each peer that can answer it."""

    name: str
    readout: list[str]
    textbook: list[str]
    datasette: list[str]

    def of(self, peer: str) -> list[str]:
        paths: list[str] = getattr(self, peer)
        return paths


def questions(dataset: Dataset) -> list[Question]:
    """All questions about a dataset."""
    with closing(sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)) as connection:
        asking = _Asking(connection, dataset)
        return [
            asking.item(),
            asking.first("list", "delegates", "delegate", "_sort=id"),
            asking.filtered(),
            asking.deep(),
            asking.first("meetings", "meetings", "meeting", "_sort_desc=start_descending"),
            asking.search(),
        ]


class _Asking:
    def __init__(self, connection: sqlite3.Connection, dataset: Dataset) -> None:
        self.connection = connection
        self.size = dataset.size
        self.database = dataset.path.stem

    def item(self) -> Question:
        rows = self._delegates()
        paths = [f"/delegates/{id}" for _, id, *_ in rows]
        return Question("item", paths, paths, [f"/{self.database}/delegate/{key}.json" for key, *_ in rows])

    def first(self, name: str, path: str, table: str, sort: str) -> Question:
        paths = [f"/{path}?limit={_LIMIT}"]
        return Question(name, paths, paths, [self._rows(table, sort)])

    def filtered(self) -> Question:
        parties = self.connection.execute("SELECT key, id FROM party ORDER BY key").fetchall()
        filters = []
        for party, (_, _, *of_delegate) in zip(parties, self._delegates(), strict=False):
            meeting, person = of_delegate[:2], of_delegate[2:]
            filters += [("meeting", *meeting), ("person", *person), ("party", *party)]
        paths = [f"/delegates?limit={_LIMIT}&{name}={id}" for name, _, id in filters]
        rows = [self._rows("delegate", f"_sort=id&{name}_key={key}") for name, key, _ in filters]
        return Question("filtered", paths, paths, rows)

    def deep(self) -> Question:
        (total,) = self.connection.execute("SELECT count(*) FROM delegate").fetchone()
        begin = total * 9 // 10
        rows = "SELECT key, id FROM delegate ORDER BY id LIMIT ? OFFSET ?"
        found = self.connection.execute(rows, (_PAGES * _LIMIT, begin - 1)).fetchall()
        last = found[::_LIMIT]  # the last delegates of the pages before
        return Question(
            "deep",
            [f"/delegates?limit={_LIMIT}&cursor={delegates_after(id)}" for _, id in last],
            [f"/delegates?limit={_LIMIT}&offset={begin + page * _LIMIT}" for page in range(len(last))],
            [self._rows("delegate", f"_sort=id&_next={id.replace('.', '~2E')},{key}") for key, id in last],
        )

    def search(self) -> Question:
        paths = [f"/search?limit={_LIMIT}&q={WORD}"]
        return Question("search", paths, [], [self._rows("search_entry", f"_search={WORD}")])

    def _delegates(self) -> list[tuple[int, str, int, str, int, str]]:
        """Delegates from all over the table: key and id, their own, the meeting's, the person's."""
        of_one = f"SELECT id FROM delegate WHERE id LIKE '{MEETING}.%' ORDER BY key"
        suffixes = [id.removeprefix(MEETING) for (id,) in self.connection.execute(of_one)]
        count = min(_ITEMS, self.size - 1)
        numbers = ((self.size - 1) * place // count + 1 for place in range(count))
        ids = (f"m-{n:07}{suffixes[place % len(suffixes)]}" for place, n in enumerate(numbers))
        return [self._delegate(id) for id in ids]

    def _delegate(self, id: str) -> tuple[int, str, int, str, int, str]:
        found: Iterable[tuple[int, str, int, str, int, str]] = self.connection.execute(
            "SELECT delegate.key, delegate.id, meeting.key, meeting.id, person.key, person.id FROM delegate"
            " JOIN meeting ON meeting.key = meeting_key JOIN person ON person.key = person_key WHERE delegate.id = ?",
            (id,),
        )
        return next(iter(found))

    def _rows(self, table: str, rest: str) -> str:
        """An address of Datasette's, which need not look for facets to suggest."""
        return f"/{self.database}/{table}.json?_size={_LIMIT}&_nosuggest=1&{rest}"
