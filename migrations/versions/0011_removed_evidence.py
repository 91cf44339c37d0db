"""The ids of removed evidence, but for what earlier loads removed, which is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ordered = sa.String() if op.get_context().dialect.name == "sqlite" else sa.String(collation="C")
    op.create_table(
        "removed_evidence",
        sa.Column("id", ordered, nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", ordered, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate'"
            " OR record_kind = 'agreement' OR record_kind = 'quote'",
            name=op.f("ck_removed_evidence_record_kind"),
        ),
        sa.ForeignKeyConstraint(["version"], ["dataset_version.number"], name=op.f("fk_removed_evidence_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_evidence")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("removed_evidence")
