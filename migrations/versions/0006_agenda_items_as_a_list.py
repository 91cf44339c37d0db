"""Agenda items as a list of their own: sort columns, search entries, and their place in the change log.

Every stored item is logged as added, in a dataset version of its own with the digest of the version before it: the
records are the same, and clients that follow the change log learn of the items.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

from migrations import batches, search_views, sqlite_search

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OLD_CHANGE_KINDS = ("meeting", "delegate", "agreement", "quote", "person", "party", "source")
CHANGE_KINDS = ("meeting", "agenda_item", *OLD_CHANGE_KINDS[1:])
OLD_SEARCH_KINDS = (*OLD_CHANGE_KINDS, "evidence")
SEARCH_KINDS = (*OLD_SEARCH_KINDS, "agenda_item")
OUTCOMES = ("agreed", "discussed", "open", "no_agreement", "deferred")

INDEXES: dict[str, list[str | sa.TextClause]] = {
    "ix_agenda_item_changed_in_desc_id": [sa.text("changed_in DESC"), "id"],
    "ix_agenda_item_changed_in_id": ["changed_in", "id"],
    "ix_agenda_item_meeting_key_id": ["meeting_key", "id"],
    "ix_agenda_item_outcome_id": ["outcome", "id"],
    "ix_agenda_item_outcome_rank_desc_id": [sa.text("outcome_rank DESC"), "id"],
    "ix_agenda_item_outcome_rank_id": ["outcome_rank", "id"],
    "ix_agenda_item_title_sort_desc_id": [sa.text("title_sort DESC"), "id"],
    "ix_agenda_item_title_sort_id": ["title_sort", "id"],
}
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BATCH = 10_000


def upgrade() -> None:
    search_views.drop(OLD_SEARCH_KINDS)
    set_kinds(CHANGE_KINDS, SEARCH_KINDS)
    add_columns()
    search_views.create(SEARCH_KINDS)
    op.execute("INSERT INTO list_size (name, items) SELECT 'agenda', count(*) FROM agenda_item")
    op.execute(
        "INSERT INTO search_entry (key, kind, id, title, text) SELECT key, kind, id, title, text FROM agenda_item_entry"
    )


def downgrade() -> None:
    search_views.drop(SEARCH_KINDS)
    for table in ("change", "search_entry"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'agenda_item'")
    op.execute("DELETE FROM list_size WHERE name = 'agenda'")
    for name in INDEXES:
        op.drop_index(name, "agenda_item")
    with batches.altered("agenda_item") as batch:
        batch.drop_constraint("fk_agenda_item_changed_in", type_="foreignkey")
        for column in ("title_sort", "outcome_rank", "changed_in"):
            batch.drop_column(column)
    set_kinds(OLD_CHANGE_KINDS, OLD_SEARCH_KINDS)
    search_views.create(OLD_SEARCH_KINDS)


def add_columns() -> None:
    """Add and fill the columns, and log the items as added."""
    op.add_column("agenda_item", sa.Column("title_sort", ORDERED, nullable=True))
    op.add_column("agenda_item", sa.Column("outcome_rank", sa.Integer(), nullable=True))
    op.add_column("agenda_item", sa.Column("changed_in", sa.Integer(), nullable=True))
    fill_title_sort()
    ranks = " ".join(f"WHEN '{outcome}' THEN {rank}" for rank, outcome in enumerate(OUTCOMES))
    op.execute(f"UPDATE agenda_item SET outcome_rank = CASE outcome {ranks} END")
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM agenda_item")):
        log_added_items()
    with batches.altered("agenda_item") as batch:
        batch.alter_column("title_sort", existing_type=ORDERED, nullable=False)
        batch.alter_column("outcome_rank", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("changed_in", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_agenda_item_changed_in"), "dataset_version", ["changed_in"], ["number"])
    for name, columns in INDEXES.items():
        op.create_index(name, "agenda_item", columns)


def fill_title_sort() -> None:
    """Titles are case-folded here, because no database folds case as Python does."""
    connection, after = op.get_bind(), 0
    some = sa.text("SELECT key, title FROM agenda_item WHERE key > :after ORDER BY key LIMIT :batch")
    update = sa.text("UPDATE agenda_item SET title_sort = :title WHERE key = :key")
    while rows := connection.execute(some, {"after": after, "batch": BATCH}).all():
        connection.execute(update, [{"key": row.key, "title": row.title.casefold()} for row in rows])
        after = rows[-1].key


def log_added_items() -> None:
    connection = op.get_bind()
    versions = sa.table(
        "dataset_version",
        *(sa.column("number", sa.Integer), sa.column("digest", sa.String), sa.column("loaded_at", UTCDateTime())),
    )
    newest = connection.execute(sa.select(versions).order_by(versions.c.number.desc()).limit(1)).one()
    added = {"number": newest.number + 1, "digest": newest.digest, "loaded_at": datetime.now(UTC)}
    connection.execute(sa.insert(versions), [added])
    connection.execute(sa.text("UPDATE agenda_item SET changed_in = :number"), {"number": added["number"]})
    connection.execute(
        sa.text(
            "INSERT INTO change (key, version, change, kind, id, fields)"
            " SELECT (SELECT coalesce(max(change.key), 0) FROM change) + row_number() OVER (ORDER BY agenda_item.key),"
            " changed_in, 'added', 'agenda_item', id, '[]' FROM agenda_item"
        )
    )


def set_kinds(change_kinds: Iterable[str], search_kinds: Iterable[str]) -> None:
    """Exchange the constraints on the kinds of changes and of search entries. No view may refer to their tables."""
    kinds = " OR ".join(f"kind = '{kind}'" for kind in change_kinds)
    blocks = (f"(kind = '{kind}' AND key / {search_views.BLOCK} = {rank})" for rank, kind in enumerate(search_kinds))
    for table, condition in (("change", kinds), ("search_entry", " OR ".join(blocks))):
        with batches.altered(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_kind"), sa.text(condition))
    if op.get_context().dialect.name == "sqlite":
        sqlite_search.create_triggers()  # they went with the table that was made anew; the index stays as it is
