"""What bounds the counts and the walks of lists: the kind of a link's record, how many days a date spans, and what an
item has from its meeting."""

import sqlalchemy as sa
from alembic import op

from migrations import batches, full_text_search

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RECORD_KINDS = ("meeting", "agenda_item", "delegate", "agreement", "quote")
IS_RECORD_KIND = " OR ".join(f"record_kind = '{kind}'" for kind in RECORD_KINDS)
SPANS = {
    "meeting": ("span", "first_day", "last_day"),
    "source": ("published_span", "published_ascending", "published_last_day"),
}
"""The column of each table that is filled with the number of days from the first to the last."""

MEETING_ITEMS = ("agenda_item", "delegate", "agreement", "quote")
COPIES = {"meeting_country": "place_country", "meeting_status": "status", "meeting_format": "format"}
"""The columns of items that are copies, each with the column of the meeting."""

INDEXES = {
    "ix_actor_person_key_field_record_kind_delegate_key_record_key": (
        *("actor", "person_key", "field", "record_kind", "delegate_key", "record_key"),
    ),
    "ix_actor_party_key_field_record_kind_record_key": ("actor", "party_key", "field", "record_kind", "record_key"),
    "ix_delegate_person_key_meeting_key": ("delegate", "person_key", "meeting_key"),
    "ix_delegate_party_key_person_key_meeting_key": ("delegate", "party_key", "person_key", "meeting_key"),
    **{f"ix_{item}_{column}": (item, column) for item in MEETING_ITEMS for column in COPIES},
    "ix_delegate_person_key_name_sort_id": ("delegate", "person_key", "name_sort", "id"),
    "ix_delegate_person_key_name_sort_desc_id": ("delegate", "person_key", "name_sort DESC", "id"),
    "ix_delegate_party_key_name_sort_id": ("delegate", "party_key", "name_sort", "id"),
    "ix_delegate_party_key_name_sort_desc_id": ("delegate", "party_key", "name_sort DESC", "id"),
    "ix_evidence_record_kind_start_ascending_id": ("evidence", "record_kind", "start_ascending", "id"),
    "ix_evidence_record_kind_start_descending_desc_id": ("evidence", "record_kind", "start_descending DESC", "id"),
    "ix_meeting_span": ("meeting", "span"),
    "ix_source_published_span": ("source", "published_span"),
    "ix_source_published_ascending_published_last_day": ("source", "published_ascending", "published_last_day"),
}
REPLACED = {
    "ix_actor_person_key_field_record_key": ("actor", "person_key", "field", "record_key"),
    "ix_actor_party_key_field_record_key": ("actor", "party_key", "field", "record_key"),
    "ix_delegate_person_key": ("delegate", "person_key"),
    "ix_delegate_party_key": ("delegate", "party_key"),
    "ix_evidence_record_kind": ("evidence", "record_kind"),
}
"""The table and the columns of each index."""

UNIQUE = ("topic_key", "record_kind", "record_key")
REPLACED_UNIQUE = ("topic_key", "record_key")


def upgrade() -> None:
    full_text_search.drop()
    for table, (span, _, _) in SPANS.items():
        op.add_column(table, sa.Column(span, sa.Integer(), nullable=True))
    fill_spans()
    for item in MEETING_ITEMS:
        add_copies(item)
    drop_indexes(REPLACED)
    for table in ("actor", "record_topic"):
        add_record_kind(table)
    replace_unique(REPLACED_UNIQUE, UNIQUE)
    create_indexes(INDEXES)


def downgrade() -> None:
    drop_indexes(INDEXES)
    replace_unique(UNIQUE, REPLACED_UNIQUE)
    for table in ("actor", "record_topic"):
        with batches.altered(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_record_kind"), type_="check")
            batch.drop_column("record_kind")
    for table, (span, _, _) in SPANS.items():
        op.drop_column(table, span)
    for item in MEETING_ITEMS:
        for column in COPIES:
            op.drop_column(item, column)
    create_indexes(REPLACED)


def fill_spans() -> None:
    in_sqlite = op.get_context().dialect.name == "sqlite"
    for table, (span, first, last) in SPANS.items():
        days = f"julianday({last}) - julianday({first})" if in_sqlite else f"{last}::date - {first}::date"
        op.execute(f"UPDATE {table} SET {span} = {days} WHERE {last} IS NOT NULL")


def add_copies(item: str) -> None:
    for column in COPIES:
        op.add_column(item, sa.Column(column, sa.String(), nullable=True))
    copied = ", ".join(f"{column} = meeting.{original}" for column, original in COPIES.items())
    op.execute(f"UPDATE {item} SET {copied} FROM meeting WHERE meeting.key = {item}.meeting_key")


def add_record_kind(table: str) -> None:
    op.add_column(table, sa.Column("record_kind", sa.String(), nullable=True))
    op.execute(f"UPDATE {table} SET record_kind = record.kind FROM record WHERE record.key = {table}.record_key")
    with batches.altered(table) as batch:
        batch.alter_column("record_kind", existing_type=sa.String(), nullable=False)
        batch.create_check_constraint(op.f(f"ck_{table}_record_kind"), sa.text(IS_RECORD_KIND))


def replace_unique(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Replace the unique constraint of record topics, which finds the records with a topic."""
    with batches.altered("record_topic") as batch:
        batch.drop_constraint(op.f(f"uq_record_topic_{'_'.join(old)}"), type_="unique")
        batch.create_unique_constraint(op.f(f"uq_record_topic_{'_'.join(new)}"), [*new])


def drop_indexes(indexes: dict[str, tuple[str, ...]]) -> None:
    for name, (table, *_) in indexes.items():
        op.drop_index(name, table)


def create_indexes(indexes: dict[str, tuple[str, ...]]) -> None:
    for name, (table, *columns) in indexes.items():
        op.create_index(name, table, [sa.text(column) for column in columns])
