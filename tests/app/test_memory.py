"""Memory that a process frees returns to the system."""

import subprocess
import sys

import pytest

LARGE_BLOCKS = """
import ctypes
from app.server.memory import bound_fragmentation

class Statistics(ctypes.Structure):
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]

bound_fragmentation()
mallinfo2 = ctypes.CDLL(None).mallinfo2
mallinfo2.restype = Statistics
before = mallinfo2().hblkhd
for _ in range(2):
    block = bytes(2**22)
    mapped = mallinfo2().hblkhd - before
    del block
print(mapped >= 2**22, mallinfo2().hblkhd == before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_a_large_block_leaves_no_hole_even_after_another_was_freed() -> None:
    printed = subprocess.run([sys.executable, "-c", LARGE_BLOCKS], check=True, capture_output=True, text=True).stdout
    assert printed.split() == ["True", "True"]
