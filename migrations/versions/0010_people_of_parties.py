"""The people of each party, in the order of each sort of people."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COPIES = ("id", "name_sort", "changed_in")
INDEXES = {
    "ix_party_person_key": ("key",),
    "ix_party_person_party_key_id": ("party_key", "id"),
    "ix_party_person_party_key_name_sort_id": ("party_key", "name_sort", "id"),
    "ix_party_person_party_key_name_sort_desc_id": ("party_key", "name_sort DESC", "id"),
    "ix_party_person_party_key_changed_in_id": ("party_key", "changed_in", "id"),
    "ix_party_person_party_key_changed_in_desc_id": ("party_key", "changed_in DESC", "id"),
}


def upgrade() -> None:
    in_sqlite = op.get_context().dialect.name == "sqlite"
    key = sa.Integer() if in_sqlite else sa.BigInteger()
    ordered = sa.String() if in_sqlite else sa.String(collation="C")
    op.create_table(
        "party_person",
        sa.Column("party_key", key, nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("id", ordered, nullable=False),
        sa.Column("name_sort", ordered, nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_party_person_changed_in")),
        sa.ForeignKeyConstraint(["key"], ["person.key"], name=op.f("fk_party_person_key")),
        sa.ForeignKeyConstraint(["party_key"], ["party.key"], name=op.f("fk_party_person_party_key")),
        sa.PrimaryKeyConstraint("party_key", "key", name=op.f("pk_party_person")),
        sqlite_with_rowid=False,
    )
    copies = ", ".join(COPIES)
    op.execute(
        f"INSERT INTO party_person (party_key, key, {copies}) SELECT found.party_key, person.key, {copies}"
        " FROM (SELECT DISTINCT person_key, party_key FROM delegate) AS found"
        " JOIN person ON person.key = found.person_key WHERE found.party_key IS NOT NULL"
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "party_person", [sa.text(column) for column in columns])


def downgrade() -> None:
    op.drop_table("party_person")
