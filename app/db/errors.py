"""How a database refuses: one sentence that says what is wrong and what to do."""

import re


class Unavailable(Exception):
    """The database cannot be used as it is: what is wrong and what to do, in one sentence.

    `reason` has the driver's own words where those tell more: for whoever runs the service, since they name its hosts.
    """

    def __init__(self, sentence: str, reason: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason


class Held(Unavailable):
    """The database can be used again when another program has finished with it."""


class Interrupted(Unavailable):
    """The database broke off what it had begun, or the connection to it broke: the same can be tried again at once."""


class TookTooLong(Unavailable):
    """The database was told to stop, since others wait."""


LONGEST_READ_SECONDS = 10
"""How long a request may read: a search that takes longer holds up others, and nobody waits for it any more."""


def without_password(text: str) -> str:
    """A database's address, or a text that quotes it, as it may be shown."""
    return re.sub(r"(//[^:/@]*:)[^/@]*(?=@)|(password=)[^&\s\"]*", r"\1\2***", text)


NEW = "point READOUT_DATABASE_URL to another, or, if it is new, run `python -m seed migrate`"
NO_TABLES = f"The database is not one of Readout's: {NEW}."
OTHER_SCHEMA = "The database has another schema than this version reads: run `python -m seed migrate`."
HELD = "The database is held by another program: try again when that has finished."
DISK_FULL = "The disk is full, and the database is as it was: make room and try again."
TOO_LONG = "The database took too long, and was told to stop: ask for less, or try again when it has less to do."
BROKEN = "The connection to the database broke off: try again; a load is stored whole, or not at all."
