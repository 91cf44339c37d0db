"""Without full-text search in the database: the search index is a folder beside it.

A downgrade makes no search entries: the index is made from the other tables.
"""

from migrations import full_text_search

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    full_text_search.drop()


def downgrade() -> None:
    pass
