"""Answers kept in memory, until the dataset is another."""

from collections import OrderedDict

from app.db.read_pool import ReadPool
from app.db.snapshots import Version
from app.db.version_watcher import watch
from app.http.representations import BufferedResponse

REMEMBERED = 50_000
"""How many addresses that were asked for only once are remembered."""

Address = tuple[bytes, bytes]
"""A path and a query, as they were asked for."""


class ResponseCache:
    """The answers of one dataset version, as many as there is room for: those that were asked for last.

    An address is kept when it is asked for the second time, so that addresses which nobody asks for again, random ones
    say, displace nothing.
    """

    def __init__(self, read_pool: ReadPool, mebibytes: int) -> None:
        self.room, self.used = mebibytes * 2**20, 0
        """In bytes."""
        self._answers: OrderedDict[Address, BufferedResponse] = OrderedDict()
        self._asked_once: set[int] = set()
        self.watch = watch(read_pool, self.forget)

    @property
    def kept(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def version(self) -> Version | None:
        """The dataset version that there is, if any."""
        return self.watch.version()

    def get(self, address: Address) -> BufferedResponse | None:
        """The answer that is kept for an address."""
        self.watch.version()
        answer = self._answers.get(address)
        if answer is not None:
            self._answers.move_to_end(address)
        return answer

    def offer(self, address: Address, answer: BufferedResponse) -> None:
        """Keep an answer, if it is of the version that there is, and worth it."""
        is_newest = answer.version is not None and answer.version == self.version()
        if is_newest and answer.may_be_kept and answer.size <= self.room // 8:
            if hash(address) in self._asked_once:
                self._keep(address, answer)
            else:
                self._remember(address)

    def forget(self) -> None:
        """Keep nothing of what was known."""
        self._answers.clear()
        self._asked_once.clear()
        self.used = 0

    def _remember(self, address: Address) -> None:
        if len(self._asked_once) >= REMEMBERED:
            self._asked_once.clear()
        self._asked_once.add(hash(address))

    def _keep(self, address: Address, answer: BufferedResponse) -> None:
        replaced = self._answers.pop(address, None)
        self.used += answer.size - (replaced.size if replaced else 0)
        self._answers[address] = answer
        while self.used > self.room:
            self.used -= self._answers.popitem(last=False)[1].size
