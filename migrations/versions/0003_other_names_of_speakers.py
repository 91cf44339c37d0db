"""Quotes are found by their speakers' other names too; and PostgreSQL's functions of search are all of one time."""

import re

from alembic import op

from migrations import postgresql_search

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BLOCK = 3 << 40
"""What is added to a quote's key for that of its search entry."""

SPEAKERS = """coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(person.name, party.name, actor.described) AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key
        WHERE actor.record_key = quote.key AND actor.field = 'speakers' ORDER BY actor.position) AS names), '')"""
OTHER_NAMES = """coalesce((SELECT group_concat(' · ' || name, '') FROM (
        SELECT names.value AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key,
        json_each(coalesce(person.other_names,party.other_names)) AS names
        WHERE actor.record_key = quote.key AND actor.field = 'speakers' ORDER BY actor.position, names.key) AS own), '')"""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":  # where 0002 made slower ones first, of other forms
        postgresql_search.remake_functions()
    make_entries(f"quote.text || {OTHER_NAMES}")


def downgrade() -> None:
    make_entries("quote.text")


def make_entries(text: str) -> None:
    """Make the view of what the entries of quotes must be, with this text, and the entries from it."""
    view = f"""
        SELECT quote.key + {BLOCK} AS key, 'quote' AS kind, quote.id AS id, {SPEAKERS} AS title,
            {text} AS text, quote.key AS row_key
        FROM quote
    """
    op.execute("DROP VIEW quote_entry")
    in_sqlite = op.get_context().dialect.name == "sqlite"
    op.execute(f"CREATE VIEW quote_entry AS {view if in_sqlite else on_postgresql(view)}")
    wanted = f"(SELECT text FROM quote_entry WHERE row_key = search_entry.key - {BLOCK})"
    op.execute(f"UPDATE search_entry SET text = {wanted} WHERE kind = 'quote' AND text <> {wanted}")


def on_postgresql(select: str) -> str:
    """The same as PostgreSQL says it."""
    of_names = r"json_array_elements_text(\1) WITH ORDINALITY AS names (value, key)"
    return re.sub(r"json_each\((\S+)\) AS names", of_names, select).replace("group_concat(", "string_agg(")
