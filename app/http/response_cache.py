"""Responses cached in memory, until the dataset changes."""

from collections import OrderedDict

from app.db.read_pool import ReadPool
from app.db.snapshots import Version
from app.db.version_watcher import version_watcher
from app.http.representations import BufferedResponse

MAX_REQUESTED_ONCE = 50_000
"""How many URLs that were requested once are remembered."""

CacheKey = tuple[bytes, bytes]
"""A path and a query string, as they were requested."""


class ResponseCache:
    """An LRU cache of the responses of one dataset version, bounded in bytes.

    A response is cached on its second request, so one-off URLs evict nothing.
    """

    def __init__(self, read_pool: ReadPool, mebibytes: int) -> None:
        self.max_bytes, self.used_bytes = mebibytes * 2**20, 0
        self._responses: OrderedDict[CacheKey, BufferedResponse] = OrderedDict()
        self._requested_once: set[int] = set()
        self.watcher = version_watcher(read_pool, self.clear)

    def __len__(self) -> int:
        return len(self._responses)

    def version(self) -> Version | None:
        """The current dataset version, or None if there is none."""
        return self.watcher.version()

    def get(self, key: CacheKey, coding: str) -> BufferedResponse | None:
        """The cached response for a key, if it is of the current dataset version and ready in a content coding.

        If it is not, the request makes it once more, in a thread: to compress it here may take too long.
        """
        self.watcher.version()  # clears the cache if the dataset has changed
        response = self._responses.get(key)
        if response is None or not response.is_ready(coding):
            return None
        self._responses.move_to_end(key)
        return response

    def offer(self, key: CacheKey, response: BufferedResponse) -> None:
        """Cache a response if it is cacheable, current, small enough, and requested for the second time."""
        is_current = response.version is not None and response.version == self.version()
        is_small = response.size <= self.max_bytes // 8 and not response.is_large
        if is_current and response.cacheable and is_small:
            if hash(key) in self._requested_once:
                self._add(key, response)
            else:
                self._remember(key)

    def clear(self) -> None:
        """Clear the cache."""
        self._responses.clear()
        self._requested_once.clear()
        self.used_bytes = 0

    def _remember(self, key: CacheKey) -> None:
        if len(self._requested_once) >= MAX_REQUESTED_ONCE:
            self._requested_once.clear()
        self._requested_once.add(hash(key))

    def _add(self, key: CacheKey, response: BufferedResponse) -> None:
        replaced = self._responses.pop(key, None)
        if replaced is not None:
            response.adopt(replaced)
        self.used_bytes += response.size - (replaced.size if replaced else 0)
        self._responses[key] = response
        while self.used_bytes > self.max_bytes:
            self.used_bytes -= self._responses.popitem(last=False)[1].size
