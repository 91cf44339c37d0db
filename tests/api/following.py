"""A client that keeps a copy of all items by following `/changes`, and what its copy must be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.api.serving import Json, Served, problem

KINDS = {
    "meeting": "/meetings",
    "agenda_item": "/agenda",
    "delegate": "/delegates",
    "agreement": "/agreements",
    "quote": "/quotes",
    "person": "/people",
    "party": "/parties",
    "source": "/sources",
}
Item = tuple[str, str]
"""A kind and an id."""
State = dict[Item, Json]


def state(served: Served) -> State:
    """All items that the lists give."""
    return {
        (kind, item["id"]): item for kind, path in KINDS.items() for item in served.walk(f"{path}?limit=100&sort=id")
    }


def own(item: Json) -> Json:
    """An item without what it repeats from elsewhere, which moves no `changed_in` and may stay behind in a copy.

    That is what references have besides ids and URLs, `counts`, and a speaker's `delegate`.
    """
    return {name: _own(value) for name, value in item.items() if name != "counts"}


def _own(value: Any) -> Any:
    if isinstance(value, list):
        return [_own(each) for each in value]
    if not isinstance(value, dict):
        return value
    copies = COPIES if value.get("id") and value.keys() <= OF_REFERENCES else set()
    return {name: _own(each) for name, each in value.items() if name not in {*copies, "delegate"}}


COPIES = {"name", "title", "start_date", "country"}
OF_REFERENCES = {"id", "url", "kind", "role", "delegate", *COPIES}


def owned(state: State) -> State:
    return {item: own(value) for item, value in state.items()}


def expected(before: State, after: State) -> dict[Item, tuple[str, list[str]]]:
    """What the changes between two states must be."""
    old, new = owned(before), owned(after)
    changes: dict[Item, tuple[str, list[str]]] = {item: ("removed", []) for item in old.keys() - new.keys()}
    changes |= {item: ("added", []) for item in new.keys() - old.keys()}
    for item in old.keys() & new.keys():
        fields = [name for name in new[item] if name != "changed_in" and new[item][name] != old[item][name]]
        if fields:
            changes[item] = ("changed", sorted(fields))
    return changes


def of(change: Json) -> Item:
    return change["kind"], change["id"]


def number(version: str) -> int:
    return int(version.partition("-")[0])


@dataclass
class Follower:
    """A client that keeps a copy as the documentation says.

    `pause` is what happens before each of its requests; `cache`, if there is one, has older answers for items.
    """

    served: Served
    since: str = "0"
    items: State = field(default_factory=dict)
    limit: int = 100
    pause: Callable[[], object] = lambda: None
    cache: Served | None = None

    def follow(self) -> None:
        """Take what has changed since the last time."""
        next_url: str | None = f"/changes?since={self.since}&limit={self.limit}"
        while next_url:
            page = self._get(next_url)
            for change in page.json()["items"]:
                self._take(change)
            next_url = page.json()["next"]
        self.since = page.headers["Readout-Dataset"]

    def read_lists(self) -> None:
        """Begin with what the lists give."""
        pages: list[httpx.Response] = []
        for kind, path in KINDS.items():
            next_url: str | None = f"{path}?sort=id&limit={self.limit}"
            while next_url:
                pages.append(self._get(next_url))
                self.items |= {(kind, item["id"]): item for item in pages[-1].json()["items"]}
                next_url = pages[-1].json()["next"]
        self.since = pages[0].headers["Readout-Dataset"]

    def _take(self, change: Json) -> None:
        if change["change"] != "removed":
            answer = self.cache.get(change["url"]) if self.cache else self._get(change["url"])
            while number(answer.headers["Readout-Dataset"]) < change["version"]:
                answer = self._get(change["url"], headers={"Cache-Control": "no-cache"})
            if answer.status_code == 200:
                self.items[of(change)] = answer.json()
                return
            problem(answer, 410, "gone")
        self.items.pop(of(change), None)

    def _get(self, address: str, **options: Any) -> httpx.Response:
        self.pause()
        return self.served.get(address, **options)
