"""Answers kept in memory, until the dataset is another: the database's own change counter is what ends them."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from app.answers import Answer
from app.database import Held, Unavailable, Version
from app.reading import Readers

ASKED_EVERY = 0.04
"""In seconds: how old what is known of the database may be. An answer may lag a load by 50 ms."""

REMEMBERED = 50_000
"""How many addresses that were asked for only once are remembered."""

Address = tuple[bytes, bytes]
"""A path and a query, as they were asked for."""


class Watch:
    """Which dataset version there is, known anew at most every 40 ms."""

    def __init__(self, readers: Readers, changed: Callable[[], None]) -> None:
        self._readers = readers
        self._changed = changed
        self._mark: tuple[int, ...] | None = None
        self._version: Version | None = None
        self._until = 0.0

    def version(self) -> Version | None:
        """The version, or None where the database cannot be used."""
        if (now := monotonic()) >= self._until:
            self._ask()
            self._until = now + ASKED_EVERY
        return self._version

    def ask_again(self) -> None:
        """Have the next request ask the database, whenever it comes."""
        self._until = 0.0

    def _ask(self) -> None:
        try:
            mark = self._readers.mark()
            if mark != self._mark:
                self._changed()
                self._mark, self._version = None, None
                with self._readers.snapshot() as (_, version):
                    self._mark, self._version = mark, version
        except Held:
            pass  # another program is about to write: what is known still holds
        except Unavailable:
            self._changed()
            self._mark, self._version = None, None


class Cache:
    """The answers of one dataset version, as many as there is room for: those that were asked for last.

    An address is kept when it is asked for the second time, so that addresses which nobody asks for again, random ones
    say, displace nothing.
    """

    def __init__(self, readers: Readers, mebibytes: int) -> None:
        self._room = mebibytes * 2**20
        self._answers: OrderedDict[Address, Answer] = OrderedDict()
        self._asked_once: set[int] = set()
        self._used = 0
        self._watch = Watch(readers, self.forget)

    def version(self) -> Version | None:
        """The dataset version that there is, if any."""
        return self._watch.version()

    def get(self, address: Address) -> Answer | None:
        """The answer that is kept for an address."""
        self._watch.version()
        answer = self._answers.get(address)
        if answer is not None:
            self._answers.move_to_end(address)
        return answer

    def offer(self, address: Address, answer: Answer) -> None:
        """Keep an answer, if it is of the version that there is, and worth it."""
        if answer.version != self.version():
            self._watch.ask_again()
        elif answer.may_be_kept and answer.version is not None and answer.size <= self._room // 8:
            if hash(address) in self._asked_once:
                self._keep(address, answer)
            else:
                self._remember(address)

    def forget(self) -> None:
        """Keep nothing of what was known."""
        self._answers.clear()
        self._asked_once.clear()
        self._used = 0

    def _remember(self, address: Address) -> None:
        if len(self._asked_once) >= REMEMBERED:
            self._asked_once.clear()
        self._asked_once.add(hash(address))

    def _keep(self, address: Address, answer: Answer) -> None:
        replaced = self._answers.pop(address, None)
        self._used += answer.size - (replaced.size if replaced else 0)
        self._answers[address] = answer
        while self._used > self._room:
            self._used -= self._answers.popitem(last=False)[1].size
