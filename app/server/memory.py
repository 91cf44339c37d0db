"""Settings of the C library's allocator (glibc's), so that a process returns the memory that it frees."""

import ctypes
from contextlib import suppress

MMAP_THRESHOLD, TRIM_THRESHOLD, ARENAS = 2**20, 4 * 2**20, 2
"""How many bytes a block has that is mapped on its own, how many free bytes stay at the end of a heap, and how many
heaps there are. By default, glibc raises the first with each larger block that is freed, to 32 MiB at most, and has up
to eight heaps for each CPU. After 20,000 requests of all kinds, a third of the heaps was holes then."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # the names of these parameters in malloc.h, without `M_`


def bound_fragmentation() -> None:
    """Set the allocator's thresholds; other C libraries have none. To be called before threads are started."""
    with suppress(AttributeError):
        set_parameter = ctypes.CDLL(None).mallopt
        set_parameter(_MMAP_THRESHOLD, MMAP_THRESHOLD)
        set_parameter(_TRIM_THRESHOLD, TRIM_THRESHOLD)
        set_parameter(_ARENA_MAX, ARENAS)
