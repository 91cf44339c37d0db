"""The tables and indexes of the first release, without its full-text search, which schema 0009 drops."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0004"
down_revision = None  # 0001 to 0003 were schemas of pre-releases
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LISTS = ("meetings", "delegates", "agreements", "quotes", "people", "parties", "sources", "evidence")


def upgrade() -> None:
    create_tables()
    create_indexes()
    for name in LISTS:
        op.execute(f"INSERT INTO list_size (name, items) VALUES ('{name}', 0)")


def downgrade() -> None:
    drop_tables()


def create_tables() -> None:
    op.create_table(
        "canonical_record",
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canonical_record")),
    )
    op.create_table(
        "dataset_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("loaded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_dataset_version_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dataset_version")),
    )
    op.create_table(
        "record",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.CheckConstraint("kind <> 'meeting' OR meeting_key = key", name=op.f("ck_record_own_meeting")),
        sa.CheckConstraint(
            "kind = 'meeting' OR kind = 'agenda_item' OR kind = 'delegate' OR kind = 'agreement' OR kind = 'quote'",
            name=op.f("ck_record_kind"),
        ),
        sa.ForeignKeyConstraint(["meeting_key"], ["record.key"], name=op.f("fk_record_meeting_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_record")),
        sa.UniqueConstraint("kind", "id", name=op.f("uq_record_kind_id")),
    )
    op.create_table(
        "topic",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_topic")),
        sa.UniqueConstraint("id", name=op.f("uq_topic_id")),
    )
    op.create_table(
        "change",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "change = 'added' OR change = 'changed' OR change = 'removed'", name=op.f("ck_change_change")
        ),
        sa.CheckConstraint(
            "kind = 'meeting' OR kind = 'delegate' OR kind = 'agreement' OR kind = 'quote' OR kind = 'person' OR kind = 'party' OR kind = 'source'",
            name=op.f("ck_change_kind"),
        ),
        sa.ForeignKeyConstraint(["version"], ["dataset_version.number"], name=op.f("fk_change_version")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_change")),
    )
    op.create_table(
        "definition",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_id", ORDERED, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'source' OR kind = 'party' OR kind = 'person'",
            name=op.f("ck_definition_kind"),
        ),
        sa.PrimaryKeyConstraint("kind", "id", "meeting_id", name=op.f("pk_definition")),
    )
    op.create_table(
        "party",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kind_rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_sort", ORDERED, nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("delegates", sa.Integer(), nullable=False),
        sa.Column("agreements", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind = 'state' OR kind = 'organization' OR kind = 'fund' OR kind = 'armed_group' OR kind = 'company'",
            name=op.f("ck_party_kind"),
        ),
        sa.CheckConstraint(
            "meetings >= 0 AND delegates >= 0 AND agreements >= 0 AND quotes >= 0", name=op.f("ck_party_counts")
        ),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_party_changed_in")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_party")),
        sa.UniqueConstraint("id", name=op.f("uq_party_id")),
    )
    op.create_table(
        "person",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_sort", ORDERED, nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("delegates", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint("meetings >= 0 AND delegates >= 0 AND quotes >= 0", name=op.f("ck_person_counts")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_person_changed_in")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person")),
        sa.UniqueConstraint("id", name=op.f("uq_person_id")),
    )
    op.create_table(
        "record_topic",
        sa.Column("record_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["record_key"], ["record.key"], name=op.f("fk_record_topic_record_key")),
        sa.ForeignKeyConstraint(["topic_key"], ["topic.key"], name=op.f("fk_record_topic_topic_key")),
        sa.PrimaryKeyConstraint("record_key", "position", name=op.f("pk_record_topic")),
        sa.UniqueConstraint("topic_key", "record_key", name=op.f("uq_record_topic_topic_key_record_key")),
    )
    op.create_table(
        "source",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_sort", ORDERED, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published_on", sa.String(), nullable=True),
        sa.Column("published_ascending", ORDERED, nullable=False),
        sa.Column("published_descending", ORDERED, nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("quotation_marks", sa.String(), nullable=False),
        sa.Column("paragraphs", sa.String(), nullable=True),
        sa.Column("cites", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint("access = 'excerpt' OR access = 'full'", name=op.f("ck_source_access")),
        sa.CheckConstraint(
            "paragraphs IS NULL OR paragraphs = 'blocks' OR paragraphs = 'lines'", name=op.f("ck_source_paragraphs")
        ),
        sa.CheckConstraint(
            "quotation_marks = 'double' OR quotation_marks = 'single'", name=op.f("ck_source_quotation_marks")
        ),
        sa.CheckConstraint("length > 0", name=op.f("ck_source_length")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_source_changed_in")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
        sa.UniqueConstraint("id", name=op.f("uq_source_id")),
    )
    op.create_table(
        "meeting",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_sort", ORDERED, nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("start_date", sa.String(), nullable=True),
        sa.Column("start_ascending", ORDERED, nullable=False),
        sa.Column("start_descending", ORDERED, nullable=False),
        sa.Column("end_date", sa.String(), nullable=True),
        sa.Column("first_day", ORDERED, nullable=True),
        sa.Column("last_day", ORDERED, nullable=True),
        sa.Column("duration_value", sa.String(), nullable=True),
        sa.Column("duration_approximate", sa.Boolean(), nullable=True),
        sa.Column("place_city", sa.String(), nullable=True),
        sa.Column("place_country", sa.String(), nullable=True),
        sa.Column("place_wikidata", sa.String(), nullable=True),
        sa.Column("host_key", KEY, nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "format = 'bilateral' OR format = 'multilateral' OR format = 'mediated'", name=op.f("ck_meeting_format")
        ),
        sa.CheckConstraint(
            "mode IS NULL OR mode = 'in_person' OR mode = 'remote' OR mode = 'hybrid'", name=op.f("ck_meeting_mode")
        ),
        sa.CheckConstraint(
            "status = 'planned' OR status = 'ongoing' OR status = 'held' OR status = 'cancelled'",
            name=op.f("ck_meeting_status"),
        ),
        sa.CheckConstraint(
            "(duration_value IS NULL) = (duration_approximate IS NULL)", name=op.f("ck_meeting_duration")
        ),
        sa.CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name=op.f("ck_meeting_both_days")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_meeting_days")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_meeting_changed_in")),
        sa.ForeignKeyConstraint(["host_key"], ["party.key"], name=op.f("fk_meeting_host_key")),
        sa.ForeignKeyConstraint(["key"], ["record.key"], name=op.f("fk_meeting_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meeting")),
        sa.UniqueConstraint("id", name=op.f("uq_meeting_id")),
    )
    op.create_table(
        "source_issuer",
        sa.Column("source_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["party_key"], ["party.key"], name=op.f("fk_source_issuer_party_key")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_source_issuer_source_key")),
        sa.PrimaryKeyConstraint("source_key", "position", name=op.f("pk_source_issuer")),
        sa.UniqueConstraint("source_key", "party_key", name=op.f("uq_source_issuer_source_key_party_key")),
    )
    op.create_table(
        "source_text",
        sa.Column("source_key", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_source_text_source_key")),
        sa.PrimaryKeyConstraint("source_key", name=op.f("pk_source_text")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome = 'agreed' OR outcome = 'discussed' OR outcome = 'open' OR outcome = 'no_agreement' OR outcome = 'deferred'",
            name=op.f("ck_agenda_item_outcome"),
        ),
        sa.ForeignKeyConstraint(["key"], ["record.key"], name=op.f("fk_agenda_item_key")),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_agenda_item_meeting_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("id", name=op.f("uq_agenda_item_id")),
    )
    op.create_table(
        "delegate",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("person_key", KEY, nullable=True),
        sa.Column("described", sa.String(), nullable=True),
        sa.Column("name_sort", ORDERED, nullable=False),
        sa.Column("party_key", KEY, nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("role_rank", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.String(), nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "attendance IS NULL OR attendance = 'present' OR attendance = 'remote' OR attendance = 'absent'",
            name=op.f("ck_delegate_attendance"),
        ),
        sa.CheckConstraint(
            "role = 'head' OR role = 'member' OR role = 'adviser' OR role = 'interpreter' OR role = 'mediator' OR role = 'guarantor' OR role = 'observer' OR role = 'witness' OR role = 'host'",
            name=op.f("ck_delegate_role"),
        ),
        sa.CheckConstraint(
            "CASE WHEN person_key IS NULL THEN 0 ELSE 1 END + CASE WHEN described IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_delegate_either"),
        ),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_delegate_changed_in")),
        sa.ForeignKeyConstraint(["key"], ["record.key"], name=op.f("fk_delegate_key")),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_delegate_meeting_key")),
        sa.ForeignKeyConstraint(["party_key"], ["party.key"], name=op.f("fk_delegate_party_key")),
        sa.ForeignKeyConstraint(["person_key"], ["person.key"], name=op.f("fk_delegate_person_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_delegate")),
        sa.UniqueConstraint("id", name=op.f("uq_delegate_id")),
    )
    op.create_table(
        "actor",
        sa.Column("record_key", KEY, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_key", KEY, nullable=True),
        sa.Column("party_key", KEY, nullable=True),
        sa.Column("described", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("delegate_key", KEY, nullable=True),
        sa.CheckConstraint("field <> 'parties' OR person_key IS NULL", name=op.f("ck_actor_party_field")),
        sa.CheckConstraint(
            "field = 'parties' OR field = 'asserted_by' OR field = 'speakers' OR field = 'via'",
            name=op.f("ck_actor_field"),
        ),
        sa.CheckConstraint(
            "role IS NULL OR role = 'principal' OR role = 'mediator' OR role = 'guarantor' OR role = 'observer' OR role = 'witness'",
            name=op.f("ck_actor_role"),
        ),
        sa.CheckConstraint(
            "CASE WHEN person_key IS NULL THEN 0 ELSE 1 END + CASE WHEN party_key IS NULL THEN 0 ELSE 1 END + CASE WHEN described IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_actor_either"),
        ),
        sa.CheckConstraint(
            "delegate_key IS NULL OR (field = 'speakers' AND person_key IS NOT NULL)", name=op.f("ck_actor_delegate")
        ),
        sa.ForeignKeyConstraint(["delegate_key"], ["delegate.key"], name=op.f("fk_actor_delegate_key")),
        sa.ForeignKeyConstraint(["party_key"], ["party.key"], name=op.f("fk_actor_party_key")),
        sa.ForeignKeyConstraint(["person_key"], ["person.key"], name=op.f("fk_actor_person_key")),
        sa.ForeignKeyConstraint(["record_key"], ["record.key"], name=op.f("fk_actor_record_key")),
        sa.PrimaryKeyConstraint("record_key", "field", "position", name=op.f("pk_actor")),
    )
    op.create_table(
        "evidence",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("record_key", KEY, nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("source_key", KEY, nullable=True),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("start_ascending", sa.Integer(), nullable=False),
        sa.Column("start_descending", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(basis = 'stated' AND words IS NOT NULL AND note IS NULL) OR (basis = 'inferred' AND note IS NOT NULL)",
            name=op.f("ck_evidence_reason"),
        ),
        sa.CheckConstraint("basis = 'stated' OR basis = 'inferred'", name=op.f("ck_evidence_basis")),
        sa.CheckConstraint(
            "record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate' OR record_kind = 'agreement' OR record_kind = 'quote'",
            name=op.f("ck_evidence_record_kind"),
        ),
        sa.CheckConstraint(
            "(source_key IS NULL) = (words IS NULL) AND (source_key IS NULL) = (start_offset IS NULL) AND (source_key IS NULL) = (end_offset IS NULL)",
            name=op.f("ck_evidence_place"),
        ),
        sa.CheckConstraint("start_offset >= 0 AND start_offset < end_offset", name=op.f("ck_evidence_offsets")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_evidence_changed_in")),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_evidence_meeting_key")),
        sa.ForeignKeyConstraint(["record_key"], ["record.key"], name=op.f("fk_evidence_record_key")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_evidence_source_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_evidence")),
        sa.UniqueConstraint("id", name=op.f("uq_evidence_id")),
    )
    op.create_table(
        "meeting_source",
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_meeting_source_meeting_key")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_meeting_source_source_key")),
        sa.PrimaryKeyConstraint("meeting_key", "position", name=op.f("pk_meeting_source")),
        sa.UniqueConstraint("source_key", "meeting_key", name=op.f("uq_meeting_source_source_key_meeting_key")),
    )
    op.create_table(
        "quote",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kind_rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("speaker_title", sa.String(), nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind = 'direct' OR kind = 'partial' OR kind = 'indirect'", name=op.f("ck_quote_kind")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_quote_changed_in")),
        sa.ForeignKeyConstraint(["key"], ["record.key"], name=op.f("fk_quote_key")),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_quote_meeting_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_quote")),
        sa.UniqueConstraint("id", name=op.f("uq_quote_id")),
    )
    op.create_table(
        "agreement",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", ORDERED, nullable=False),
        sa.Column("meeting_key", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_sort", ORDERED, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("commitment_rank", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("agenda_key", KEY, nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "commitment = 'willingness' OR commitment = 'pledged' OR commitment = 'in_principle' OR commitment = 'agreed' OR commitment = 'signed' OR commitment = 'implemented'",
            name=op.f("ck_agreement_commitment"),
        ),
        sa.CheckConstraint(
            "form = 'document' OR form = 'joint_statement' OR form = 'announcement' OR form = 'reported'",
            name=op.f("ck_agreement_form"),
        ),
        sa.ForeignKeyConstraint(["agenda_key"], ["agenda_item.key"], name=op.f("fk_agreement_agenda_key")),
        sa.ForeignKeyConstraint(["changed_in"], ["dataset_version.number"], name=op.f("fk_agreement_changed_in")),
        sa.ForeignKeyConstraint(["key"], ["record.key"], name=op.f("fk_agreement_key")),
        sa.ForeignKeyConstraint(["meeting_key"], ["meeting.key"], name=op.f("fk_agreement_meeting_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_agreement")),
        sa.UniqueConstraint("id", name=op.f("uq_agreement_id")),
    )
    op.create_table(
        "evidence_field",
        sa.Column("evidence_key", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_key"], ["evidence.key"], name=op.f("fk_evidence_field_evidence_key")),
        sa.PrimaryKeyConstraint("evidence_key", "position", name=op.f("pk_evidence_field")),
    )
    op.create_table(
        "list_size",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.CheckConstraint("items >= 0", name=op.f("ck_list_size_items")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_list_size")),
    )


def create_indexes() -> None:
    op.create_index("ix_record_id", "record", ["id"])
    op.create_index("ix_record_meeting_key", "record", ["meeting_key"])
    op.create_index("ix_change_kind_id_key", "change", ["kind", "id", "key"])
    op.create_index("ix_change_version_key", "change", ["version", "key"])
    op.create_index("ix_definition_meeting_id", "definition", ["meeting_id"])
    op.create_index("ix_party_changed_in_desc_id", "party", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_party_changed_in_id", "party", ["changed_in", "id"])
    op.create_index("ix_party_kind_rank_desc_id", "party", [sa.text("kind_rank DESC"), "id"])
    op.create_index("ix_party_kind_rank_id", "party", ["kind_rank", "id"])
    op.create_index("ix_party_name_sort_desc_id", "party", [sa.text("name_sort DESC"), "id"])
    op.create_index("ix_party_name_sort_id", "party", ["name_sort", "id"])
    op.create_index("ix_person_changed_in_desc_id", "person", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_person_changed_in_id", "person", ["changed_in", "id"])
    op.create_index("ix_person_name_sort_desc_id", "person", [sa.text("name_sort DESC"), "id"])
    op.create_index("ix_person_name_sort_id", "person", ["name_sort", "id"])
    op.create_index("ix_source_changed_in_desc_id", "source", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_source_changed_in_id", "source", ["changed_in", "id"])
    op.create_index("ix_source_published_ascending_id", "source", ["published_ascending", "id"])
    op.create_index("ix_source_published_descending_desc_id", "source", [sa.text("published_descending DESC"), "id"])
    op.create_index("ix_source_title_sort_desc_id", "source", [sa.text("title_sort DESC"), "id"])
    op.create_index("ix_source_title_sort_id", "source", ["title_sort", "id"])
    op.create_index("ix_actor_delegate_key_record_key", "actor", ["delegate_key", "record_key"])
    op.create_index("ix_actor_party_key_field_record_key", "actor", ["party_key", "field", "record_key"])
    op.create_index("ix_actor_person_key_field_record_key", "actor", ["person_key", "field", "record_key"])
    op.create_index("ix_meeting_changed_in_desc_id", "meeting", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_meeting_changed_in_id", "meeting", ["changed_in", "id"])
    op.create_index("ix_meeting_first_day_last_day", "meeting", ["first_day", "last_day"])
    op.create_index("ix_meeting_format", "meeting", ["format"])
    op.create_index("ix_meeting_host_key", "meeting", ["host_key"])
    op.create_index("ix_meeting_place_country", "meeting", ["place_country"])
    op.create_index("ix_meeting_start_ascending_id", "meeting", ["start_ascending", "id"])
    op.create_index("ix_meeting_start_descending_desc_id", "meeting", [sa.text("start_descending DESC"), "id"])
    op.create_index("ix_meeting_status", "meeting", ["status"])
    op.create_index("ix_meeting_title_sort_desc_id", "meeting", [sa.text("title_sort DESC"), "id"])
    op.create_index("ix_meeting_title_sort_id", "meeting", ["title_sort", "id"])
    op.create_index("ix_source_issuer_party_key", "source_issuer", ["party_key"])
    op.create_index("ix_agenda_item_meeting_key_position", "agenda_item", ["meeting_key", "position"])
    op.create_index("ix_delegate_changed_in_desc_id", "delegate", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_delegate_changed_in_id", "delegate", ["changed_in", "id"])
    op.create_index("ix_delegate_meeting_key_id", "delegate", ["meeting_key", "id"])
    op.create_index("ix_delegate_name_sort_desc_id", "delegate", [sa.text("name_sort DESC"), "id"])
    op.create_index("ix_delegate_name_sort_id", "delegate", ["name_sort", "id"])
    op.create_index("ix_delegate_party_key_id", "delegate", ["party_key", "id"])
    op.create_index("ix_delegate_person_key_id", "delegate", ["person_key", "id"])
    op.create_index("ix_delegate_role_rank_desc_id", "delegate", [sa.text("role_rank DESC"), "id"])
    op.create_index("ix_delegate_role_rank_id", "delegate", ["role_rank", "id"])
    op.create_index("ix_evidence_basis_id", "evidence", ["basis", "id"])
    op.create_index("ix_evidence_changed_in_desc_id", "evidence", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_evidence_changed_in_id", "evidence", ["changed_in", "id"])
    op.create_index("ix_evidence_meeting_key_id", "evidence", ["meeting_key", "id"])
    op.create_index("ix_evidence_record_key_position", "evidence", ["record_key", "position"])
    op.create_index("ix_evidence_record_kind_id", "evidence", ["record_kind", "id"])
    op.create_index("ix_evidence_source_key_id", "evidence", ["source_key", "id"])
    op.create_index("ix_evidence_start_ascending_id", "evidence", ["start_ascending", "id"])
    op.create_index("ix_evidence_start_descending_desc_id", "evidence", [sa.text("start_descending DESC"), "id"])
    op.create_index("ix_quote_changed_in_desc_id", "quote", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_quote_changed_in_id", "quote", ["changed_in", "id"])
    op.create_index("ix_quote_kind_rank_desc_id", "quote", [sa.text("kind_rank DESC"), "id"])
    op.create_index("ix_quote_kind_rank_id", "quote", ["kind_rank", "id"])
    op.create_index("ix_quote_meeting_key_id", "quote", ["meeting_key", "id"])
    op.create_index("ix_agreement_agenda_key", "agreement", ["agenda_key"])
    op.create_index("ix_agreement_changed_in_desc_id", "agreement", [sa.text("changed_in DESC"), "id"])
    op.create_index("ix_agreement_changed_in_id", "agreement", ["changed_in", "id"])
    op.create_index("ix_agreement_commitment_rank_desc_id", "agreement", [sa.text("commitment_rank DESC"), "id"])
    op.create_index("ix_agreement_commitment_rank_id", "agreement", ["commitment_rank", "id"])
    op.create_index("ix_agreement_form_id", "agreement", ["form", "id"])
    op.create_index("ix_agreement_meeting_key_id", "agreement", ["meeting_key", "id"])
    op.create_index("ix_agreement_title_sort_desc_id", "agreement", [sa.text("title_sort DESC"), "id"])
    op.create_index("ix_agreement_title_sort_id", "agreement", ["title_sort", "id"])


def drop_tables() -> None:
    op.drop_table("list_size")
    op.drop_table("evidence_field")
    op.drop_table("agreement")
    op.drop_table("quote")
    op.drop_table("meeting_source")
    op.drop_table("evidence")
    op.drop_table("actor")
    op.drop_table("delegate")
    op.drop_table("agenda_item")
    op.drop_table("source_text")
    op.drop_table("source_issuer")
    op.drop_table("meeting")
    op.drop_table("source")
    op.drop_table("record_topic")
    op.drop_table("person")
    op.drop_table("party")
    op.drop_table("definition")
    op.drop_table("change")
    op.drop_table("topic")
    op.drop_table("record")
    op.drop_table("dataset_version")
    op.drop_table("canonical_record")
