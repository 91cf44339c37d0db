"""Every table. `docs/decisions/0002-database-schema.md` explains how they relate, and why.

Keys are integers that the loader assigns; `id` is always the public id. Sort columns are never null: an unknown value
is stored as one that sorts last. If that differs between ascending and descending order, there is a column for each.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import JSON, Field, Index, SQLModel, desc

from app import enums

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Ordered(TypeDecorator[str]):
    """Text that is compared and sorted by code points, independent of the database's locale."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(collation="C") if dialect.name == "postgresql" else String()


class Key(TypeDecorator[int]):
    """The key of a row: the rowid on SQLite, a 64-bit integer on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Integer() if dialect.name == "sqlite" else BigInteger()


FIRST_DATE, LAST_DATE = "", "9999-99-99"
"""Values that sort before and after all dates."""

FIRST_OFFSET, LAST_OFFSET = -1, 2**31 - 1
"""Values that sort before and after all offsets, and after all places."""

KEY: Any = Field(sa_type=Key, primary_key=True, sa_column_kwargs={"autoincrement": False})
PUBLIC_ID: Any = Field(sa_type=Ordered, unique=True)
ORDERED: Any = Field(sa_type=Ordered)
LONG_TEXT: Any = Field(sa_type=Text)
NAMES: Any = Field(sa_type=JSON)
CHANGED_IN: Any = Field(foreign_key="dataset_version.number")


def reference(column: str, primary_key: bool = False) -> Any:
    return Field(sa_type=Key, foreign_key=column, primary_key=primary_key)


def optional_reference(column: str) -> Any:
    return Field(default=None, sa_type=Key, foreign_key=column, nullable=True)


def sort_column(unknown: str | int) -> Any:
    """A sort column that a later migration added: to a table with rows, SQLite adds it only with a default."""
    of_text = isinstance(unknown, str)
    return Field(
        sa_type=Ordered if of_text else Integer,
        sa_column_kwargs={"server_default": unknown if of_text else text(str(unknown))},
    )


def one_of(column: str, values: type[StrEnum], optional: bool = False) -> CheckConstraint:
    """Check that a column has one of the values. SQLite would build an index for `IN (…)` at every insert."""
    checks = [f"{column} IS NULL"] if optional else []
    checks += [f"{column} = '{value}'" for value in values]
    return CheckConstraint(" OR ".join(checks), name=column)


def either(*columns: str) -> CheckConstraint:
    """Check that exactly one of the columns is not null."""
    given = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    return CheckConstraint(f"{given} = 1", name="either")


def sorted_by(table: str, *columns: str, among: str = "") -> Iterable[Index]:
    """Two indexes for each sort column, one for each direction; ties are sorted by ascending id in both.

    They may be of the rows that have the same value in another column, `among`.
    """
    first = [among] if among else []
    for column in columns:
        name = "_".join(["ix", table, *first, column])
        if not column.endswith("_descending"):
            yield Index(f"{name}_id", *first, column, "id")
        if not column.endswith("_ascending"):
            yield Index(f"{name}_desc_id", *first, desc(column), "id")


def sorted_by_meeting(table: str) -> Iterable[Index]:
    """The indexes of the columns of `MeetingPart`."""
    yield from sorted_by(table, "date_ascending", "date_descending")
    yield Index(f"ix_{table}_last_day", "last_day")
    yield Index(f"ix_{table}_meeting_key_place", "meeting_key", "place")


def filtered_by_meeting(table: str) -> Iterable[Index]:
    """The indexes of the columns of `MeetingItem`."""
    yield from sorted_by_meeting(table)
    for column in ("meeting_country", "meeting_status", "meeting_format"):
        yield Index(f"ix_{table}_{column}", column)


class MeetingPart(SQLModel):
    """Columns of what belongs to a meeting, which lists are sorted and filtered by. The loader keeps them.

    Dates are copies of the meeting's. `place` is the position of the item's text in the articles of the meeting, or of
    the first words of its evidence if it has no text: the position of the source times PLACES, plus the offset.
    """

    date_ascending: str = sort_column(LAST_DATE)
    date_descending: str = sort_column(FIRST_DATE)
    last_day: str | None = Field(sa_type=Ordered)
    place: int = sort_column(LAST_OFFSET)


class MeetingItem(MeetingPart):
    """Columns of agenda items, delegates, agreements and quotes, which their lists are filtered by: the meeting's."""

    meeting_country: str | None
    meeting_status: str | None
    meeting_format: str | None


COPIED_FROM_MEETING = {
    "date_ascending": "start_ascending",
    "date_descending": "start_descending",
    "last_day": "last_day",
    "meeting_country": "place_country",
    "meeting_status": "status",
    "meeting_format": "format",
}
"""The columns of MeetingPart and MeetingItem that are copies, each with the column of the meeting."""


def copied_from_meeting(rows: Table) -> dict[str, str]:
    """The columns of a table that are copies, each with the column of the meeting."""
    return {name: original for name, original in COPIED_FROM_MEETING.items() if name in rows.c}


PLACES = 1 << 23
"""More than the offsets of a source: a record's articles have at most 5 MiB, and a record at most 100 sources."""


def table(model: type[SQLModel]) -> Table:
    """The table of a model, for statements that return rows instead of objects."""
    return model.__table__  # type: ignore[attr-defined, no-any-return]


class DatasetVersion(SQLModel, table=True):
    """A load that changed something. The digest is the SHA-256, in hex, of everything that was stored then."""

    __tablename__ = "dataset_version"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str
    loaded_at: datetime


class LoggedChange(SQLModel, table=True):
    """An entry of the change log: an item that a load added, changed or removed."""

    __tablename__ = "change"
    __table_args__ = (
        one_of("change", enums.Change),
        one_of("kind", enums.ChangeKind),
        Index("ix_change_version_key", "version", "key"),
        Index("ix_change_kind_id_key", "kind", "id", "key"),
    )

    key: int = KEY
    version: int = Field(foreign_key="dataset_version.number")
    change: str
    kind: str
    id: str = ORDERED
    fields: list[str] = Field(sa_type=JSON)


class CanonicalRecord(SQLModel, table=True):
    """A proved record in canonical form: loads compare with it, the digest covers it, and `verify` proves it."""

    __tablename__ = "canonical_record"

    id: str = Field(sa_type=Ordered, primary_key=True)
    content: str = LONG_TEXT
    sha256: str


class Definition(SQLModel, table=True):
    """The definition of a person, a party or a source by one meeting's record."""

    __table_args__ = (one_of("kind", enums.DefinitionKind), Index("ix_definition_meeting_id", "meeting_id"))

    kind: str = Field(primary_key=True)
    id: str = Field(sa_type=Ordered, primary_key=True)
    meeting_id: str = Field(sa_type=Ordered, primary_key=True)
    content: str = LONG_TEXT


class Source(SQLModel, table=True):
    """An article. Its text is in a separate table, so that a list of sources does not read it.

    `published_span` is how many days `published_last_day` is after the first; both are null without a date.
    """

    __table_args__ = (
        one_of("access", enums.Access),
        one_of("quotation_marks", enums.QuotationMarks),
        one_of("paragraphs", enums.Paragraphs, optional=True),
        CheckConstraint("length > 0", name="length"),
        *sorted_by("source", "published_ascending", "published_descending", "title_sort", "changed_in"),
        Index("ix_source_language", "language"),
        Index("ix_source_publisher", "publisher"),
        Index("ix_source_access", "access"),
        Index("ix_source_published_last_day", "published_last_day"),
        Index("ix_source_published_ascending_published_last_day", "published_ascending", "published_last_day"),
        Index("ix_source_published_span", "published_span"),
    )

    key: int = KEY
    id: str = PUBLIC_ID
    title: str
    title_sort: str = ORDERED
    language: str
    publisher: str | None
    author: str | None
    url: str | None
    published_on: str | None
    published_ascending: str = ORDERED
    published_descending: str = ORDERED
    published_last_day: str | None = Field(sa_type=Ordered)
    published_span: int | None
    licence: str | None
    access: str
    quotation_marks: str
    paragraphs: str | None
    cites: list[str] = NAMES
    sha256: str
    length: int
    changed_in: int = CHANGED_IN


class SourceText(SQLModel, table=True):
    """The decoded text of a source; offsets of evidence count its code points."""

    __tablename__ = "source_text"

    source_key: int = reference("source.key", primary_key=True)
    text: str = LONG_TEXT


class Person(SQLModel, table=True):
    """A person. The loader stores how many items each list has for them, so that requests need not count."""

    __table_args__ = (
        CheckConstraint("meetings >= 0 AND delegates >= 0 AND quotes >= 0", name="counts"),
        *sorted_by("person", "name_sort", "changed_in"),
        Index("ix_person_wikidata", "wikidata"),
    )

    key: int = KEY
    id: str = PUBLIC_ID
    name: str
    name_sort: str = ORDERED
    other_names: list[str] = NAMES
    wikidata: str | None
    meetings: int
    delegates: int
    quotes: int
    changed_in: int = CHANGED_IN


class Party(SQLModel, table=True):
    """A party to meetings: a state, an organization, a fund, an armed group or a company; with counts as for people."""

    __table_args__ = (
        one_of("kind", enums.PartyKind),
        CheckConstraint("meetings >= 0 AND delegates >= 0 AND agreements >= 0 AND quotes >= 0", name="counts"),
        *sorted_by("party", "name_sort", "kind_rank", "changed_in"),
        Index("ix_party_wikidata", "wikidata"),
    )

    key: int = KEY
    id: str = PUBLIC_ID
    kind: str
    kind_rank: int
    name: str
    name_sort: str = ORDERED
    other_names: list[str] = NAMES
    country: str | None
    wikidata: str | None
    meetings: int
    delegates: int
    agreements: int
    quotes: int
    changed_in: int = CHANGED_IN


class SourceIssuer(SQLModel, table=True):
    """A party that issued a source: the text is its own statement."""

    __tablename__ = "source_issuer"
    __table_args__ = (
        UniqueConstraint("source_key", "party_key"),
        Index("ix_source_issuer_party_key", "party_key"),
    )

    source_key: int = reference("source.key", primary_key=True)
    position: int = Field(primary_key=True)
    party_key: int = reference("party.key")


class Record(SQLModel, table=True):
    """The parent row of each meeting, agenda item, delegate, agreement and quote.

    Evidence, actors and topics refer to it. For a meeting, `meeting_key` is its own key.
    """

    __table_args__ = (
        one_of("kind", enums.RecordKind),
        UniqueConstraint("kind", "id"),
        CheckConstraint("kind <> 'meeting' OR meeting_key = key", name="own_meeting"),
        Index("ix_record_meeting_key", "meeting_key"),
        Index("ix_record_id", "id"),
    )

    key: int = KEY
    kind: str
    id: str = ORDERED
    meeting_key: int = reference("record.key")


class Meeting(SQLModel, table=True):
    """A meeting. `first_day` and `last_day` bound its date; `span` is how many days the last is after the first. All
    are null if no date is known.

    `city_folded` is the case-folded city.
    """

    __table_args__ = (
        one_of("status", enums.MeetingStatus),
        one_of("format", enums.MeetingFormat),
        one_of("mode", enums.MeetingMode, optional=True),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="both_days"),
        CheckConstraint("(duration_value IS NULL) = (duration_approximate IS NULL)", name="duration"),
        *sorted_by("meeting", "start_ascending", "start_descending", "title_sort", "changed_in"),
        Index("ix_meeting_place_country", "place_country"),
        Index("ix_meeting_status", "status"),
        Index("ix_meeting_format", "format"),
        Index("ix_meeting_mode", "mode"),
        Index("ix_meeting_first_day_last_day", "first_day", "last_day"),
        Index("ix_meeting_last_day", "last_day"),
        Index("ix_meeting_span", "span"),
        Index("ix_meeting_city_folded", "city_folded"),
        Index("ix_meeting_place_wikidata", "place_wikidata"),
        Index("ix_meeting_host_key", "host_key"),
    )

    key: int = reference("record.key", primary_key=True)
    id: str = PUBLIC_ID
    title: str
    title_sort: str = ORDERED
    summary: str | None
    status: str
    format: str
    mode: str | None
    start_date: str | None
    start_ascending: str = ORDERED
    start_descending: str = ORDERED
    end_date: str | None
    first_day: str | None = Field(sa_type=Ordered)
    last_day: str | None = Field(sa_type=Ordered)
    span: int | None
    duration_value: str | None
    duration_approximate: bool | None
    place_city: str | None
    city_folded: str | None = Field(sa_type=Ordered)
    place_country: str | None
    place_wikidata: str | None
    host_key: int | None = optional_reference("party.key")
    reviewed_by: list[dict[str, str]] | None = Field(sa_type=JSON(none_as_null=True))
    changed_in: int = CHANGED_IN


class MeetingSource(SQLModel, table=True):
    """A source in the list of a meeting's record."""

    __tablename__ = "meeting_source"
    __table_args__ = (UniqueConstraint("source_key", "meeting_key"),)

    meeting_key: int = reference("meeting.key", primary_key=True)
    position: int = Field(primary_key=True)
    source_key: int = reference("source.key")


class AgendaItem(MeetingItem, table=True):
    """A matter that a meeting discussed, with its outcome."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        one_of("outcome", enums.Outcome),
        *sorted_by("agenda_item", "outcome_rank", "title_sort", "changed_in"),
        *filtered_by_meeting("agenda_item"),
        Index("ix_agenda_item_meeting_key_position", "meeting_key", "position"),
    )

    key: int = reference("record.key", primary_key=True)
    id: str = PUBLIC_ID
    meeting_key: int = reference("meeting.key")
    position: int
    title: str
    title_sort: str = ORDERED
    outcome: str
    outcome_rank: int
    changed_in: int = CHANGED_IN


class Delegate(MeetingItem, table=True):
    """A person's part in a meeting. `name_sort` is the person's name, or the article's words for them, case-folded."""

    __table_args__ = (
        one_of("role", enums.DelegateRole),
        one_of("attendance", enums.Attendance, optional=True),
        either("person_key", "described"),
        *sorted_by("delegate", "name_sort", "role_rank", "changed_in"),
        *filtered_by_meeting("delegate"),
        *sorted_by("delegate", "name_sort", among="person_key"),
        *sorted_by("delegate", "name_sort", among="party_key"),
        Index("ix_delegate_person_key_meeting_key", "person_key", "meeting_key"),
        Index("ix_delegate_party_key_person_key_meeting_key", "party_key", "person_key", "meeting_key"),
    )

    key: int = reference("record.key", primary_key=True)
    id: str = PUBLIC_ID
    meeting_key: int = reference("meeting.key")
    person_key: int | None = optional_reference("person.key")
    described: str | None
    name_sort: str = ORDERED
    party_key: int | None = optional_reference("party.key")
    title: str | None
    role: str
    role_rank: int
    attendance: str | None
    changed_in: int = CHANGED_IN


class PartyPerson(SQLModel, table=True):
    """A person who was a delegate of a party, once however often that was. `key` is the person's.

    The loader keeps it, so that lists of a party's people are read in the order of each sort: the other columns are
    copies of the person's.
    """

    __tablename__ = "party_person"
    __table_args__ = (
        Index("ix_party_person_key", "key"),
        Index("ix_party_person_party_key_id", "party_key", "id"),
        *sorted_by("party_person", "name_sort", "changed_in", among="party_key"),
        {"sqlite_with_rowid": False},  # so each index has the person's key
    )

    party_key: int = reference("party.key", primary_key=True)
    key: int = reference("person.key", primary_key=True)
    id: str = ORDERED
    name_sort: str = ORDERED
    changed_in: int = CHANGED_IN


class Agreement(MeetingItem, table=True):
    """An agreement or a commitment, in the article's words; `asserted` if the article cites somebody for it."""

    __table_args__ = (
        one_of("commitment", enums.Commitment),
        one_of("form", enums.AgreementForm),
        *sorted_by("agreement", "commitment_rank", "title_sort", "changed_in"),
        *filtered_by_meeting("agreement"),
        Index("ix_agreement_form", "form"),
        Index("ix_agreement_asserted", "asserted"),
        Index("ix_agreement_agenda_key", "agenda_key"),
    )

    key: int = reference("record.key", primary_key=True)
    id: str = PUBLIC_ID
    meeting_key: int = reference("meeting.key")
    title: str
    title_sort: str = ORDERED
    text: str = LONG_TEXT
    commitment: str
    commitment_rank: int
    form: str
    asserted: bool = Field(sa_column_kwargs={"server_default": false()})
    agenda_key: int | None = optional_reference("agenda_item.key")
    changed_in: int = CHANGED_IN


class Quote(MeetingItem, table=True):
    """A quotation or a paraphrase, in the article's words."""

    __table_args__ = (
        one_of("kind", enums.QuoteKind),
        *sorted_by("quote", "kind_rank", "changed_in"),
        *filtered_by_meeting("quote"),
    )

    key: int = reference("record.key", primary_key=True)
    id: str = PUBLIC_ID
    meeting_key: int = reference("meeting.key")
    kind: str
    kind_rank: int
    text: str = LONG_TEXT
    speaker_title: str | None
    changed_in: int = CHANGED_IN


class Actor(SQLModel, table=True):
    """An actor in a field of a record: a person, a party, or a description. `record_kind` is the record's kind.

    Only participants have a role. A speaker who took part in the meeting has a delegate: the first by id.
    """

    __table_args__ = (
        one_of("record_kind", enums.RecordKind),
        one_of("field", enums.ActorField),
        one_of("role", enums.PartyRole, optional=True),
        either("person_key", "party_key", "described"),
        CheckConstraint("field <> 'parties' OR person_key IS NULL", name="party_field"),
        CheckConstraint("delegate_key IS NULL OR (field = 'speakers' AND person_key IS NOT NULL)", name="delegate"),
        Index(
            "ix_actor_person_key_field_record_kind_delegate_key_record_key",
            *("person_key", "field", "record_kind", "delegate_key", "record_key"),
        ),
        Index("ix_actor_party_key_field_record_kind_record_key", "party_key", "field", "record_kind", "record_key"),
        Index("ix_actor_delegate_key_record_key", "delegate_key", "record_key"),
    )

    record_key: int = reference("record.key", primary_key=True)
    field: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    record_kind: str
    person_key: int | None = optional_reference("person.key")
    party_key: int | None = optional_reference("party.key")
    described: str | None
    role: str | None
    delegate_key: int | None = optional_reference("delegate.key")


class Topic(SQLModel, table=True):
    key: int = KEY
    id: str = PUBLIC_ID


class RecordTopic(SQLModel, table=True):
    """A topic that the curator assigned to a meeting, an agenda item, an agreement or a quote, the record's kind."""

    __tablename__ = "record_topic"
    __table_args__ = (
        one_of("record_kind", enums.RecordKind),
        UniqueConstraint("topic_key", "record_kind", "record_key"),
    )

    record_key: int = reference("record.key", primary_key=True)
    position: int = Field(primary_key=True)
    record_kind: str
    topic_key: int = reference("topic.key")


class Evidence(MeetingPart, table=True):
    """The evidence for fields of a record: words at offsets of a source, or the reason for an inference.

    `despite` is the reason why a warning about the evidence does not apply.
    """

    __table_args__ = (
        one_of("record_kind", enums.RecordKind),
        one_of("basis", enums.Basis),
        CheckConstraint("start_offset >= 0 AND start_offset < end_offset", name="offsets"),
        CheckConstraint(
            "(source_key IS NULL) = (words IS NULL) AND (source_key IS NULL) = (start_offset IS NULL)"
            " AND (source_key IS NULL) = (end_offset IS NULL)",
            name="place",
        ),
        CheckConstraint(
            "(basis = 'stated' AND words IS NOT NULL AND note IS NULL) OR (basis = 'inferred' AND note IS NOT NULL)",
            name="reason",
        ),
        *sorted_by("evidence", "start_ascending", "start_descending", "changed_in"),
        *sorted_by_meeting("evidence"),
        Index("ix_evidence_record_key_position", "record_key", "position"),
        Index("ix_evidence_source_key", "source_key"),
        *sorted_by("evidence", "start_ascending", "start_descending", among="record_kind"),
        Index("ix_evidence_basis_record_kind", "basis", "record_kind"),
    )

    key: int = KEY
    id: str = PUBLIC_ID
    record_key: int = reference("record.key")
    record_kind: str
    meeting_key: int = reference("meeting.key")
    position: int
    basis: str
    source_key: int | None = optional_reference("source.key")
    start_offset: int | None
    start_ascending: int
    start_descending: int
    end_offset: int | None
    words: str | None = Field(sa_type=Text)
    note: str | None = Field(sa_type=Text)
    despite: str | None = Field(sa_type=Text)
    changed_in: int = CHANGED_IN


class EvidenceField(SQLModel, table=True):
    """A field that a piece of evidence supports."""

    __tablename__ = "evidence_field"

    evidence_key: int = reference("evidence.key", primary_key=True)
    position: int = Field(primary_key=True)
    field: str


class RemovedEvidence(SQLModel, table=True):
    """Evidence that a load removed, with its record: the change log has only the records. Its words are not stored.

    Evidence that is added again is in `evidence` only.
    """

    __tablename__ = "removed_evidence"
    __table_args__ = (
        one_of("record_kind", enums.RecordKind),
        {"sqlite_with_rowid": False},  # so each id is stored once
    )

    id: str = Field(sa_type=Ordered, primary_key=True)
    record_kind: str
    record_id: str = ORDERED
    version: int = Field(foreign_key="dataset_version.number")


class ListSize(SQLModel, table=True):
    """The number of items of a list without filters. The loader stores it: counting a million rows takes too long."""

    __tablename__ = "list_size"
    __table_args__ = (CheckConstraint("items >= 0", name="items"),)

    name: str = Field(primary_key=True)
    items: int
