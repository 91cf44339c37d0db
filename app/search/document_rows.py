"""The rows of the database that the documents of the search index are made of, and the statements that read them."""

from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, Table, bindparam, cast, func, select

from app.db.dialect_sql import GroupConcat
from app.db.statements import ByKeys, FilterParam, RowT, Statement
from app.models import (
    Actor,
    AgendaItem,
    Agreement,
    Delegate,
    Evidence,
    Meeting,
    MeetingSource,
    Party,
    Person,
    Quote,
    Record,
    RecordTopic,
    Source,
    SourceIssuer,
    SourceText,
    Topic,
    table,
)

_meeting, _agenda, _delegate = table(Meeting), table(AgendaItem), table(Delegate)
_agreement, _quote, _evidence = table(Agreement), table(Quote), table(Evidence)
_record, _actor, _record_topic = table(Record), table(Actor), table(RecordTopic)
_person, _party, _topic = table(Person), table(Party), table(Topic)
_source, _source_text, _issuer = table(Source), table(SourceText), table(SourceIssuer)
_meeting_source = table(MeetingSource)


class MeetingRow(NamedTuple):
    key: int
    id: str
    title: str
    summary: str | None
    start_date: str | None
    first_day: str | None
    last_day: str | None
    place_city: str | None
    place_country: str | None
    host_key: int | None


class AgendaRow(NamedTuple):
    meeting_key: int
    key: int
    id: str
    title: str


class DelegateRow(NamedTuple):
    meeting_key: int
    key: int
    id: str
    person_key: int | None
    described: str | None
    party_key: int | None
    title: str | None


class AgreementRow(NamedTuple):
    meeting_key: int
    key: int
    id: str
    title: str
    text: str
    commitment: str


class QuoteRow(NamedTuple):
    meeting_key: int
    key: int
    id: str
    text: str


class ActorRow(NamedTuple):
    record_key: int
    position: int
    field: str
    person_key: int | None
    party_key: int | None
    described: str | None
    delegate_key: int | None


class TopicsRow(NamedTuple):
    record_key: int
    topics: str


class EvidenceRow(NamedTuple):
    record_key: int
    position: int
    key: int
    id: str
    source_key: int | None
    words: str | None
    note: str | None


class SourceOfMeetingRow(NamedTuple):
    meeting_key: int
    position: int
    source_key: int


class NamedRow(NamedTuple):
    """A person or a party."""

    key: int
    id: str
    name: str
    other_names: list[str]

    @property
    def names(self) -> str:
        return " ".join([self.name, *self.other_names])


class TopicRow(NamedTuple):
    key: int
    id: str


class LanguageRow(NamedTuple):
    key: int
    id: str
    language: str


class PersonRow(NamedTuple):
    key: int
    id: str
    name: str
    other_names: list[str]
    meetings: int


class PartyRow(NamedTuple):
    key: int
    id: str
    name: str
    other_names: list[str]
    meetings: int
    country: str | None


class PartyOfPersonRow(NamedTuple):
    person_key: int
    party_key: int


class MentionsRow(NamedTuple):
    key: int
    mentions: int


class LengthRow(NamedTuple):
    key: int
    length: int


class SourceRow(NamedTuple):
    key: int
    id: str
    title: str
    language: str
    publisher: str | None
    author: str | None
    published_on: str | None
    published_last_day: str | None
    access: str


class TextRow(NamedTuple):
    source_key: int
    text: str


class CitedRow(NamedTuple):
    source_key: int
    start_offset: int
    end_offset: int
    words: str


class IssuerRow(NamedTuple):
    source_key: int
    party_key: int


class FirstMeetingRow(NamedTuple):
    source_key: int
    id: str
    title: str


class KeyRow(NamedTuple):
    key: int


def _of_meetings(row: type[RowT], rows: Table) -> ByKeys[RowT]:
    columns = [rows.c[name] for name in row._fields]  # type: ignore[attr-defined]
    return ByKeys(row, lambda keys: select(*columns).where(keys.matches(rows.c.meeting_key)))


def _by_key(row: type[RowT], rows: Table, key: str = "key") -> ByKeys[RowT]:
    columns = [rows.c[name] for name in row._fields]  # type: ignore[attr-defined]
    return ByKeys(row, lambda keys: select(*columns).where(keys.matches(rows.c[key])).order_by(rows.c[key]))


def _actors(keys: FilterParam) -> Select[Any]:
    columns = [_actor.c[name] for name in ActorRow._fields]
    of_record = _record.c.key == _actor.c.record_key
    return select(*columns).join(_record, of_record).where(keys.matches(_record.c.meeting_key))


def _topics(keys: FilterParam) -> Select[Any]:
    topics = GroupConcat(cast(_record_topic.c.topic_key, String)).label("topics")
    of_record = _record.c.key == _record_topic.c.record_key
    some = select(_record_topic.c.record_key, topics).join(_record, of_record)
    return some.where(keys.matches(_record.c.meeting_key)).group_by(_record_topic.c.record_key)


def _cited(keys: FilterParam) -> Select[Any]:
    columns = [_evidence.c[name] for name in CitedRow._fields]
    return select(*columns).where(keys.matches(_evidence.c.source_key)).distinct().order_by(*columns[:3])


def _first_meetings(keys: FilterParam) -> Select[Any]:
    first = func.min(_meeting_source.c.meeting_key).label("meeting_key")
    some = select(_meeting_source.c.source_key, first).where(keys.matches(_meeting_source.c.source_key))
    firsts = some.group_by(_meeting_source.c.source_key).subquery()
    return select(firsts.c.source_key, _meeting.c.id, _meeting.c.title).join(
        _meeting, _meeting.c.key == firsts.c.meeting_key
    )


def _parties_of_people(keys: FilterParam) -> Select[Any]:
    pairs = select(_delegate.c.person_key, _delegate.c.party_key).distinct()
    return pairs.where(keys.matches(_delegate.c.person_key), _delegate.c.party_key.is_not(None))


def _mentions(keys: FilterParam) -> Select[Any]:
    mentions = func.count().label("mentions")
    key = _record_topic.c.topic_key.label("key")
    return select(key, mentions).where(keys.matches(_record_topic.c.topic_key)).group_by(_record_topic.c.topic_key)


MEETINGS = _by_key(MeetingRow, _meeting)
AGENDA = _of_meetings(AgendaRow, _agenda)
DELEGATES = _of_meetings(DelegateRow, _delegate)
AGREEMENTS = _of_meetings(AgreementRow, _agreement)
QUOTES = _of_meetings(QuoteRow, _quote)
EVIDENCE = _of_meetings(EvidenceRow, _evidence)
SOURCES_OF_MEETINGS = _of_meetings(SourceOfMeetingRow, _meeting_source)
ACTORS = ByKeys(ActorRow, _actors)
TOPICS = ByKeys(TopicsRow, _topics)
NAMED_PEOPLE, NAMED_PARTIES = _by_key(NamedRow, _person), _by_key(NamedRow, _party)
TOPIC_IDS, LANGUAGES = _by_key(TopicRow, _topic), _by_key(LanguageRow, _source)
PEOPLE, PARTIES = _by_key(PersonRow, _person), _by_key(PartyRow, _party)
PARTIES_OF_PEOPLE = ByKeys(PartyOfPersonRow, _parties_of_people)
MENTIONS = ByKeys(MentionsRow, _mentions)
LENGTHS = _by_key(LengthRow, _source)
SOURCES = _by_key(SourceRow, _source)
TEXTS = _by_key(TextRow, _source_text, "source_key")
CITED = ByKeys(CitedRow, _cited)
ISSUERS = _by_key(IssuerRow, _issuer, "source_key")
FIRST_MEETINGS = ByKeys(FirstMeetingRow, _first_meetings)

UNITS = {"meeting": _meeting, "person": _person, "party": _party, "source": _source, "topic": _topic}
"""The tables of the units, in the order in which their documents are made."""


def _next_keys(rows: Table) -> Statement[KeyRow]:
    some = select(rows.c.key).where(rows.c.key > bindparam("after")).order_by(rows.c.key)
    return Statement(KeyRow, some.limit(bindparam("size", type_=Integer)))


NEXT_KEYS = {unit: _next_keys(rows) for unit, rows in UNITS.items()}
KEYS_OF_IDS = {
    unit: Statement(
        KeyRow, select(rows.c.key).where(FilterParam("ids", is_list=True).matches(rows.c.id)).order_by(rows.c.key)
    )
    for unit, rows in UNITS.items()
}
