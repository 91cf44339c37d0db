"""A meeting's reviewers, and the reasons why warnings about evidence were answered; both are null for stored rows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("reviewed_by", sa.JSON(), nullable=True))
    op.add_column("evidence", sa.Column("despite", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("evidence", "despite")
    op.drop_column("meeting", "reviewed_by")
