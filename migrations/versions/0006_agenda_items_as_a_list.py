"""Agenda items as a list of their own: sort columns, and their place in the change log.

Every stored item is logged as added, in a dataset version of its own with the digest of the version before it: the
records are the same, and clients that follow the change log learn of the items.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

from migrations import batches, full_text_search

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OLD_CHANGE_KINDS = ("meeting", "delegate", "agreement", "quote", "person", "party", "source")
CHANGE_KINDS = ("meeting", "agenda_item", *OLD_CHANGE_KINDS[1:])
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
    full_text_search.drop()
    set_kinds(CHANGE_KINDS)
    add_columns()
    op.execute("INSERT INTO list_size (name, items) SELECT 'agenda', count(*) FROM agenda_item")


def downgrade() -> None:
    op.execute("DELETE FROM change WHERE kind = 'agenda_item'")
    op.execute("DELETE FROM list_size WHERE name = 'agenda'")
    for name in INDEXES:
        op.drop_index(name, "agenda_item")
    with batches.altered("agenda_item") as batch:
        batch.drop_constraint("fk_agenda_item_changed_in", type_="foreignkey")
        for column in ("title_sort", "outcome_rank", "changed_in"):
            batch.drop_column(column)
    set_kinds(OLD_CHANGE_KINDS)


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


def set_kinds(change_kinds: Iterable[str]) -> None:
    """Exchange the constraint on the kinds of changes."""
    condition = " OR ".join(f"kind = '{kind}'" for kind in change_kinds)
    with batches.altered("change") as batch:
        batch.drop_constraint(op.f("ck_change_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_change_kind"), sa.text(condition))
