"""The workloads: requests for the same data, as paths of each peer."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from app.api.shared.cursors import cursor_scope, encode_cursor
from bench.clones import MEETING, WORD
from bench.datasets import Dataset

WORKLOADS = {
    "item": "One delegate; 500 delegates in turn",
    "list": "The first page of delegates",
    "filtered": "Delegates of a meeting, of a person and of a party, in turn; a party is in one to all meetings",
    "deep": "Ten pages of delegates in turn, from 90% of the list on",
    "meetings": "The newest meetings",
    "fields": "The newest meetings, of which only ids and titles are requested",
    "search": f"The first page of hits for `{WORD}`, a word in the summary of every tenth meeting",
}
"""Description of each workload by its name; a page of a list has 20 items."""

_ITEMS, _PAGES, _LIMIT = 500, 10, 20


@dataclass(frozen=True, slots=True)
class Workload:
    """The paths of a workload for each peer; none for a peer that cannot serve it."""

    name: str
    readout: list[str]
    textbook: list[str]
    datasette: list[str]


def workloads(dataset: Dataset) -> list[Workload]:
    """All workloads for a dataset."""
    with closing(sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)) as connection:
        builder = _Builder(connection, dataset)
        return [
            builder.item(),
            builder.first("list", "delegates", "delegate", "_sort=id"),
            builder.filtered(),
            builder.deep(),
            builder.first("meetings", "meetings", "meeting", "_sort_desc=start_descending"),
            builder.fields(),
            builder.search(),
        ]


class _Builder:
    def __init__(self, connection: sqlite3.Connection, dataset: Dataset) -> None:
        self.connection = connection
        self.size = dataset.size
        self.database = dataset.path.stem

    def item(self) -> Workload:
        rows = self._delegates()
        paths = [f"/delegates/{id}" for _, id, *_ in rows]
        return Workload("item", paths, paths, [f"/{self.database}/delegate/{key}.json" for key, *_ in rows])

    def first(self, name: str, path: str, table: str, sort: str) -> Workload:
        paths = [f"/{path}?limit={_LIMIT}"]
        return Workload(name, paths, paths, [self._rows(table, sort)])

    def fields(self) -> Workload:
        rows = self._rows("meeting", "_sort_desc=start_descending&_col=id&_col=title")
        return Workload("fields", [f"/meetings?limit={_LIMIT}&fields=id,title"], [], [rows])

    def filtered(self) -> Workload:
        parties = self.connection.execute("SELECT key, id FROM party ORDER BY key").fetchall()
        filters = []
        for party, (_, _, *of_delegate) in zip(parties, self._delegates(), strict=False):
            meeting, person = of_delegate[:2], of_delegate[2:]
            filters += [("meeting", *meeting), ("person", *person), ("party", *party)]
        paths = [f"/delegates?limit={_LIMIT}&{name}={id}" for name, _, id in filters]
        rows = [self._rows("delegate", f"_sort=id&{name}_key={key}") for name, key, _ in filters]
        return Workload("filtered", paths, paths, rows)

    def deep(self) -> Workload:
        (total,) = self.connection.execute("SELECT count(*) FROM delegate").fetchone()
        begin = total * 9 // 10
        rows = "SELECT key, id FROM delegate ORDER BY id LIMIT ? OFFSET ?"
        found = self.connection.execute(rows, (_PAGES * _LIMIT, begin - 1)).fetchall()
        last = found[::_LIMIT]  # the last delegate of each preceding page
        return Workload(
            "deep",
            [f"/delegates?limit={_LIMIT}&cursor={_cursor_after(id)}" for _, id in last],
            [f"/delegates?limit={_LIMIT}&offset={begin + page * _LIMIT}" for page in range(len(last))],
            [self._rows("delegate", f"_sort=id&_next={id.replace('.', '~2E')},{key}") for key, id in last],
        )

    def search(self) -> Workload:
        paths = [f"/search?limit={_LIMIT}&q={WORD}"]
        return Workload("search", paths, [], [])

    def _delegates(self) -> list[tuple[int, str, int, str, int, str]]:
        """Delegates spread over the table, each as key and id of the delegate, its meeting and its person."""
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
        """A path of Datasette; `_nosuggest` saves it the search for facets."""
        return f"/{self.database}/{table}.json?_size={_LIMIT}&_nosuggest=1&{rest}"


def _cursor_after(id: str) -> str:
    """The cursor of the page of `/delegates`, sorted by id, that follows a delegate."""
    return encode_cursor(cursor_scope("/delegates", "id", {}), [id, id])
