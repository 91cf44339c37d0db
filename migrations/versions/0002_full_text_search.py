"""Full text search, and the sizes of the lists."""

import re

import sqlalchemy as sa
from alembic import op

from migrations import postgresql_search

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BLOCK = 1 << 40


def each(subselect: str) -> str:
    """What a select of `part`s gives, each with a divider before it."""
    return f"coalesce((SELECT group_concat(' · ' || part, '') FROM ({subselect}) AS parts), '')"


def parts(*expressions: str) -> str:
    """One text of several, divided, without those that are null."""
    divided = (e if e.startswith("coalesce(") else f"coalesce(' · ' || {e}, '')" for e in expressions)
    return f"substr({' || '.join(divided)}, 4)"


def other_names(row: str) -> str:
    return each(f"SELECT value AS part FROM json_each({row}.other_names) ORDER BY key")


def speakers(quote_key: str) -> str:
    return f"""coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(person.name, party.name, actor.described) AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key
        WHERE actor.record_key = {quote_key} AND actor.field = 'speakers' ORDER BY actor.position) AS names), '')"""


AGENDA = "SELECT title AS part FROM agenda_item WHERE meeting_key = meeting.key ORDER BY position"
TOPICS = """SELECT topic.id AS part FROM record_topic JOIN topic ON topic.key = record_topic.topic_key
    WHERE record_topic.record_key = meeting.key ORDER BY record_topic.position"""
PARTIES = """SELECT coalesce(party.name, actor.described) AS part FROM actor
    LEFT JOIN party ON party.key = actor.party_key
    WHERE actor.record_key = meeting.key AND actor.field = 'parties' ORDER BY actor.position"""
FULL_TEXT = "(SELECT text FROM source_text WHERE source_key = source.key AND source.access = 'full')"
OF_RECORD = f"""CASE evidence.record_kind
    WHEN 'meeting' THEN (SELECT title FROM meeting WHERE key = evidence.record_key)
    WHEN 'agenda_item' THEN (SELECT title FROM agenda_item WHERE key = evidence.record_key)
    WHEN 'delegate' THEN (SELECT coalesce(person.name, described) FROM delegate
        LEFT JOIN person ON person.key = person_key WHERE delegate.key = evidence.record_key)
    WHEN 'agreement' THEN (SELECT title FROM agreement WHERE key = evidence.record_key)
    ELSE {speakers("evidence.record_key")} END"""

ENTRIES = {
    "meeting": ("meeting.title", parts("summary", "place_city", each(AGENDA), each(TOPICS), each(PARTIES)), "meeting"),
    "delegate": (
        "coalesce(person.name, delegate.described)",
        parts("delegate.title", "party.name", other_names("person")),
        "delegate LEFT JOIN person ON person.key = delegate.person_key LEFT JOIN party ON party.key = delegate.party_key",
    ),
    "agreement": ("agreement.title", "agreement.text", "agreement"),
    "quote": (speakers("quote.key"), "quote.text", "quote"),
    "person": ("person.name", parts(other_names("person")), "person"),
    "party": ("party.name", parts(other_names("party")), "party"),
    "source": ("source.title", parts("publisher", "author", FULL_TEXT), "source"),
    "evidence": (OF_RECORD, "coalesce(evidence.words, evidence.note)", "evidence"),
}
"""Of each kind, in the order of their keys: an entry's title, its text, and from what."""


def upgrade() -> None:
    kinds = " OR ".join(f"(kind = '{kind}' AND key / {BLOCK} = {rank})" for rank, kind in enumerate(ENTRIES))
    op.create_table(
        "search_entry",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(kinds, name=op.f("ck_search_entry_kind")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_entry")),
    )
    op.create_table(
        "list_size",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.CheckConstraint("items >= 0", name=op.f("ck_list_size_items")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_list_size")),
    )
    lists = {f"{kind}s": kind for kind in ENTRIES} | {"people": "person", "parties": "party", "evidence": "evidence"}
    for name in ("meetings", "delegates", "agreements", "quotes", "people", "parties", "sources", "evidence"):
        op.execute(f"INSERT INTO list_size (name, items) SELECT '{name}', count(*) FROM {lists[name]}")
    in_sqlite = op.get_context().dialect.name == "sqlite"
    upgrade_sqlite() if in_sqlite else postgresql_search.upgrade()
    for rank, kind in enumerate(ENTRIES):
        view = entries(rank, kind)
        op.execute(f"CREATE VIEW {kind}_entry AS {view if in_sqlite else on_postgresql(view)}")
        op.execute(
            f"INSERT INTO search_entry (key, kind, id, title, text) SELECT key, kind, id, title, text FROM {kind}_entry"
        )


def entries(rank: int, kind: str) -> str:
    """What the entries of a kind must be, as SQLite says it."""
    title, text, rows = ENTRIES[kind]
    return f"""
        SELECT {kind}.key + {rank * BLOCK} AS key, '{kind}' AS kind, {kind}.id AS id, {title} AS title,
            {text} AS text, {kind}.key AS row_key
        FROM {rows}
    """


def on_postgresql(select: str) -> str:
    """The same as PostgreSQL says it."""
    of_names = r"json_array_elements_text(\1) WITH ORDINALITY AS names (value, key)"
    return re.sub(r"json_each\((\S+)\)", of_names, select).replace("group_concat(", "string_agg(")


def upgrade_sqlite() -> None:
    op.execute("""
        CREATE VIRTUAL TABLE search_index USING fts5(
            title, text, content = 'search_entry', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
        )
    """)
    op.execute("INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)')")
    gone = "INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', old.key, old.title, old.text)"
    come = "INSERT INTO search_index (rowid, title, text) VALUES (new.key, new.title, new.text)"
    op.execute(f"CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN {come}; END")
    op.execute(f"CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN {gone}; END")
    op.execute(f"CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN {gone}; {come}; END")


def downgrade() -> None:
    for kind in ENTRIES:
        op.execute(f"DROP VIEW {kind}_entry")
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    else:
        postgresql_search.downgrade()
    op.drop_table("list_size")
    op.drop_table("search_entry")
