"""The names of the exported files."""

from app.exports.exported_lists import LISTS
from app.exports.link_tables import LINK_TABLES

SQLITE_FILE = "readout.sqlite"
"""The SQLite export, which contains all lists and link tables."""

NAMES = [
    *(f"{definition.name}.{form}" for definition in LISTS for form in ("csv", "ndjson")),
    *(f"{link.name}.csv" for link in LINK_TABLES),
    SQLITE_FILE,
]
"""The file names of all exports."""
