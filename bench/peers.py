"""Which peer is asked what, at which size; and the proof that they say the same."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import httpx

from app.api.shared.pagination import COUNTED
from bench.crowds import crowds
from bench.datasets import Dataset
from bench.facts import Json, told_by_readout, told_by_textbook
from bench.figures import Key
from bench.questions import Question, questions
from bench.requests import cost
from bench.rounds import Measuring, Plan, Unfit
from bench.servers import Server, serving
from bench.wrk import Asked

_CHECKED = 3
_HEADERS = {"Cache-Control", "ETag", "Last-Modified", "Readout-Dataset", "Referrer-Policy", "Vary", "X-Request-ID"}
_HEADERS |= {"X-Content-Type-Options"}
"""What every answer has; one without would be too cheap."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Servers over one dataset, which run as long as the stack is open, and what is planned for them."""

    plan: Plan
    stack: ExitStack
    dataset: Dataset
    seconds: int

    def serve(self, name: str, **settings: str) -> Server:
        return self.stack.enter_context(serving(name, self.dataset, **settings))

    def ask(self, what: str, who: str, server: Server, asked: Asked) -> None:
        self.plan.add(Key(what, who, self.dataset.size), cost(server, asked, self.seconds))

    def grow(self) -> Server:
        """Plan what is measured at every size: Readout with its cache off, which is returned, and the textbook."""
        readout, textbook = self.serve("readout", READOUT_CACHE_MIB="0"), self.serve("textbook")
        for question in self.asked():
            self.ask(question.name, "readout", readout, Asked(question.readout))
            if question.textbook:
                key = Key(question.name, "textbook", self.dataset.size)
                self.plan.add(key, partial(self._textbook, question, readout, textbook))
        return readout

    def compare(self, readout: Server) -> None:
        """Plan what is measured at one size: the other peers, and Readout's cache."""
        cached, raw, datasette = (self.serve(name) for name in ("readout", "raw", "datasette"))
        for question in self.asked():
            self.plan.add(Key(question.name, "cached", self.dataset.size), partial(self._cached, question, cached))
            if question.name in ("item", "list"):
                self.ask(question.name, "raw", raw, Asked([f"/{_bytes(readout, question.readout[0])}"]))
            key = Key(question.name, "datasette", self.dataset.size)
            self.plan.add(key, partial(self._datasette, question, readout, datasette))
        (item,) = (question for question in questions(self.dataset) if question.name == "item")
        if self.plan.wants("not modified"):
            self._ask_unmodified(cached, raw, item.readout[0])
        if self.plan.wants("connections"):
            crowds(self.plan, "readout", self.dataset.size, readout, Asked(item.readout))
            crowds(self.plan, "cached", self.dataset.size, cached, Asked(item.readout))

    def _textbook(self, question: Question, readout: Server, textbook: Server) -> Measuring:
        check_facts(question, readout, textbook)
        return cost(textbook, Asked(question.textbook), self.seconds)()

    def _cached(self, question: Question, cached: Server) -> Measuring:
        check_headers(question, cached)
        return cost(cached, Asked(question.readout), self.seconds)()

    def _datasette(self, question: Question, readout: Server, datasette: Server) -> Measuring:
        check_rows(question, readout, datasette)
        return cost(datasette, Asked(question.datasette), self.seconds)()

    def asked(self) -> list[Question]:
        return [question for question in questions(self.dataset) if self.plan.wants(question.name)]

    def _ask_unmodified(self, cached: Server, raw: Server, path: str) -> None:
        etag = _get(cached, path).headers.get("ETag")
        key = Key("not modified", "cached", self.dataset.size)
        if etag is None:
            self.plan.figures.missing[key] = "sends no ETag"
        else:
            self.ask(key.what, key.who, cached, Asked([path], etag))
        self.ask(key.what, "raw", raw, Asked(["/0"], '"x"'))


def check_facts(question: Question, readout: Server, textbook: Server) -> None:
    """Raise Unfit unless both tell the same in the first answers to a question."""
    for path, other in list(zip(question.readout, question.textbook, strict=True))[:_CHECKED]:
        ours = [told_by_readout(item) for item in _items(readout, path)]
        if ours != [told_by_textbook(item) for item in _items(textbook, other)]:
            raise Unfit(f"{other} tells other than Readout's {path}")


def check_headers(question: Question, cached: Server) -> None:
    """Raise Unfit for an answer that lacks a header of the contract."""
    lacking = {name for name in _HEADERS if name not in _get(cached, question.readout[0]).headers}
    if lacking:
        raise Unfit(f"lacks {', '.join(sorted(lacking))}")


def check_rows(question: Question, readout: Server, datasette: Server) -> None:
    """Raise Unfit unless Datasette's rows are of Readout's items; of a search, whose order differs, unless as many."""
    for path, other in list(zip(question.readout, question.datasette, strict=True))[:_CHECKED]:
        answer = _get(datasette, other).json()
        if question.name == "search":
            same = min(answer["filtered_table_rows_count"], COUNTED) == _get(readout, path).json()["total"]["value"]
        else:
            same = [row[1] for row in answer["rows"]] == [item["id"] for item in _items(readout, path)]
        if not same:
            raise Unfit(f"{other} has other rows than Readout's {path}")


def _items(server: Server, path: str) -> list[Json]:
    answer = _get(server, path).json()
    return answer.get("items") or answer.get("data") or [answer]


def _bytes(server: Server, path: str) -> int:
    return len(_get(server, path).content)


def _get(server: Server, path: str) -> httpx.Response:
    answer = httpx.get(f"{server.address}{path}", timeout=60)
    if answer.status_code != 200:
        raise Unfit(f"answers {answer.status_code}")
    return answer
