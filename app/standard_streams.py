"""Standard output and standard error that cannot be written, for example because a disk is full."""

import os
from typing import TextIO


def unwritable_output(error: OSError) -> str:
    """The sentence for a command whose standard output cannot be written."""
    return f"The output cannot be written ({error.strerror or error}): make room, and run it again."


def discard_unwritten(stream: TextIO) -> None:
    """Discard what a standard stream could not write, or the interpreter tries again at exit, with status 120."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
