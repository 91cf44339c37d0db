"""Columns and indexes that lists are sorted and filtered by: meetings' dates, places in articles, and single values."""

from calendar import monthrange
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
PARTS = ("agenda_item", "delegate", "agreement", "quote", "evidence")
PLACES = 1 << 23
"""The first words of a part: the position of their source in the record, times this, plus their offset."""

Indexes = Mapping[str, tuple[str, ...]]

INDEXES: Indexes = {
    "ix_source_language": ("source", "language"),
    "ix_source_publisher": ("source", "publisher"),
    "ix_source_access": ("source", "access"),
    "ix_source_published_last_day": ("source", "published_last_day"),
    "ix_person_wikidata": ("person", "wikidata"),
    "ix_party_wikidata": ("party", "wikidata"),
    "ix_meeting_mode": ("meeting", "mode"),
    "ix_meeting_last_day": ("meeting", "last_day"),
    "ix_meeting_city_folded": ("meeting", "city_folded"),
    "ix_meeting_place_wikidata": ("meeting", "place_wikidata"),
    "ix_agreement_asserted": ("agreement", "asserted"),
    "ix_agreement_form": ("agreement", "form"),
    "ix_delegate_party_key": ("delegate", "party_key"),
    "ix_delegate_person_key": ("delegate", "person_key"),
    "ix_evidence_basis_record_kind": ("evidence", "basis", "record_kind"),
    "ix_evidence_record_kind": ("evidence", "record_kind"),
    "ix_evidence_source_key": ("evidence", "source_key"),
    **{f"ix_{part}_date_ascending_id": (part, "date_ascending", "id") for part in PARTS},
    **{f"ix_{part}_date_descending_desc_id": (part, "date_descending DESC", "id") for part in PARTS},
    **{f"ix_{part}_last_day": (part, "last_day") for part in PARTS},
    **{f"ix_{part}_meeting_key_place": (part, "meeting_key", "place") for part in PARTS},
}
"""The table and the columns of each index."""

REPLACED: Indexes = {
    "ix_agenda_item_outcome_id": ("agenda_item", "outcome", "id"),
    "ix_agreement_form_id": ("agreement", "form", "id"),
    "ix_delegate_party_key_id": ("delegate", "party_key", "id"),
    "ix_delegate_person_key_id": ("delegate", "person_key", "id"),
    "ix_evidence_basis_id": ("evidence", "basis", "id"),
    "ix_evidence_record_kind_id": ("evidence", "record_kind", "id"),
    "ix_evidence_source_key_id": ("evidence", "source_key", "id"),
    **{f"ix_{part}_meeting_key_id": (part, "meeting_key", "id") for part in PARTS},
}
"""Indexes of filters that are dropped: what a filter matches is sorted, or found by the index of the sort."""


def upgrade() -> None:
    op.add_column("source", sa.Column("published_last_day", ORDERED, nullable=True))
    op.add_column("meeting", sa.Column("city_folded", ORDERED, nullable=True))
    op.add_column("agreement", sa.Column("asserted", sa.Boolean(), server_default=sa.false(), nullable=False))
    for part in PARTS:
        op.add_column(part, sa.Column("date_ascending", ORDERED, server_default="9999-99-99", nullable=False))
        op.add_column(part, sa.Column("date_descending", ORDERED, server_default="", nullable=False))
        op.add_column(part, sa.Column("last_day", ORDERED, nullable=True))
        op.add_column(part, sa.Column("place", sa.Integer(), server_default=sa.text("2147483647"), nullable=False))
    fill("source", "published_last_day", "published_on", last_day)
    fill("meeting", "city_folded", "place_city", str.casefold)
    fill_parts()
    replace_indexes(REPLACED, INDEXES)


def downgrade() -> None:
    replace_indexes(INDEXES, REPLACED)
    for part in PARTS:
        for column in ("place", "last_day", "date_descending", "date_ascending"):
            op.drop_column(part, column)
    op.drop_column("agreement", "asserted")
    op.drop_column("meeting", "city_folded")
    op.drop_column("source", "published_last_day")


def replace_indexes(old: Indexes, new: Indexes) -> None:
    for name, (table, *_) in old.items():
        op.drop_index(name, table)
    for name, (table, *columns) in new.items():
        op.create_index(name, table, [sa.text(column) for column in columns])


def fill(table: str, column: str, original: str, value: Callable[[str], str]) -> None:
    """Fill a column with values that are computed from another one."""
    connection = op.get_bind()
    originals = connection.scalars(sa.text(f"SELECT DISTINCT {original} FROM {table} WHERE {original} IS NOT NULL"))
    rows = [{"original": each, "value": value(each)} for each in originals]
    if rows:
        connection.execute(sa.text(f"UPDATE {table} SET {column} = :value WHERE {original} = :original"), rows)


def last_day(date: str) -> str:
    """The last day of a partial date."""
    if len(date) == 10:
        return date
    year, month = int(date[:4]), int(date[5:7] or 12)
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def fill_parts() -> None:
    """Fill the columns of what belongs to a meeting."""
    op.execute(
        f"UPDATE evidence SET place = meeting_source.position * {PLACES} + start_offset FROM meeting_source WHERE"
        " meeting_source.meeting_key = evidence.meeting_key AND meeting_source.source_key = evidence.source_key"
    )
    op.execute(
        "UPDATE agreement SET asserted = true"
        " WHERE EXISTS (SELECT 1 FROM actor WHERE record_key = agreement.key AND field = 'asserted_by')"
    )
    for part in PARTS:
        op.execute(
            f"UPDATE {part} SET date_ascending = meeting.start_ascending, date_descending = meeting.start_descending,"
            f" last_day = meeting.last_day FROM meeting WHERE meeting.key = {part}.meeting_key"
        )
        if part != "evidence":
            first = f"SELECT min(evidence.place) FROM evidence WHERE record_key = {part}.key"
            is_text = "EXISTS (SELECT 1 FROM evidence_field WHERE evidence_key = evidence.key AND field = 'text')"
            op.execute(f"UPDATE {part} SET place = coalesce(({first} AND {is_text}), ({first}), place)")
