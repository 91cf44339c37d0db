"""The full-text search in the database that releases up to schema 0008 had. Only databases of such releases have it."""

from alembic import op

KINDS = ("meeting", "agenda_item", "delegate", "agreement", "quote", "person", "party", "source", "evidence")
FUNCTIONS = ("index_follow", "any", "all", "phrases", "parts", "words", "letters")


def drop() -> None:
    """Drop it if it is there: its views and triggers refer to tables that migrations make anew."""
    for kind in KINDS:
        op.execute(f"DROP VIEW IF EXISTS {kind}_entry")
    for table in ("search_entry", "search_index"):  # the triggers go with the first
        op.execute(f"DROP TABLE IF EXISTS {table}")
    if op.get_context().dialect.name == "postgresql":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION IF EXISTS search_{function}")
