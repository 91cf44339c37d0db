"""The documents of the search index, from the database: one for each item, evidence excepted.

Evidence is part of the document of its fact, and has none of its own. Topics have documents for suggestions.

The stored field `hit` is JSON with everything that a hit shows: `kind`, `id`, `title`, `text` (what a snippet is taken
from), `date` (a partial date or null) and `meeting` ({id, title} or null, also for a meeting itself). Facts have
`evidence` ([{key, id, words, note, source}], where source is an id), a quote has `speakers` ([{kind, id, name}], the id
null for someone described), and a source has `access`; the text of an excerpt is its cited words alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Dialect, Integer, Select, String, Table, bindparam, cast, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.db.dialect_sql import GroupConcat
from app.db.statements import ByKeys, FilterParam, RowT, Statement
from app.enums import Access, ActorField, ActorKind
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
from app.search.folding import fold_all
from app.search.schema import ALL_WORDS, HIT, LONGEST_BEGINNING, stem_field

Document = dict[str, Any]
"""The values of a document by field."""

MEETINGS_AT_ONCE, OTHERS_AT_ONCE = 200, 1000
CHARACTERS_AT_ONCE = 4_000_000
"""How many rows and characters are read at once: memory does not grow with the dataset."""

CACHED_ROWS = 50_000
"""How many people, parties, topics and sources are remembered."""

LONGEST_SPAN = 12
"""Of how many months of a long meeting the names are indexed."""

_MONTHS = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sep", "october oct", "november nov", "december dec"),
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
    published_ascending: str
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


_MEETINGS = _by_key(MeetingRow, _meeting)
_AGENDA = _of_meetings(AgendaRow, _agenda)
_DELEGATES = _of_meetings(DelegateRow, _delegate)
_AGREEMENTS = _of_meetings(AgreementRow, _agreement)
_QUOTES = _of_meetings(QuoteRow, _quote)
_EVIDENCE = ByKeys(
    EvidenceRow,
    lambda keys: select(*(_evidence.c[name] for name in EvidenceRow._fields)).where(
        keys.matches(_evidence.c.meeting_key)
    ),
)
_SOURCES_OF_MEETINGS = _of_meetings(SourceOfMeetingRow, _meeting_source)
_ACTORS = ByKeys(ActorRow, _actors)
_TOPICS = ByKeys(TopicsRow, _topics)
_NAMED_PEOPLE, _NAMED_PARTIES = _by_key(NamedRow, _person), _by_key(NamedRow, _party)
_TOPIC_IDS, _LANGUAGES = _by_key(TopicRow, _topic), _by_key(LanguageRow, _source)
_PEOPLE, _PARTIES = _by_key(PersonRow, _person), _by_key(PartyRow, _party)
_PARTIES_OF_PEOPLE = ByKeys(PartyOfPersonRow, _parties_of_people)
_MENTIONS = ByKeys(MentionsRow, _mentions)
_LENGTHS = _by_key(LengthRow, _source)
_SOURCES = _by_key(SourceRow, _source)
_TEXTS = _by_key(TextRow, _source_text, "source_key")
_CITED = ByKeys(CitedRow, _cited)
_ISSUERS = _by_key(IssuerRow, _issuer, "source_key")
_FIRST_MEETINGS = ByKeys(FirstMeetingRow, _first_meetings)

_UNITS = {"meeting": _meeting, "person": _person, "party": _party, "source": _source, "topic": _topic}
"""The tables of the units, in the order in which their documents are made."""


def _next_keys(rows: Table) -> Statement[KeyRow]:
    some = select(rows.c.key).where(rows.c.key > bindparam("after")).order_by(rows.c.key)
    return Statement(KeyRow, some.limit(bindparam("size", type_=Integer)))


_NEXT_KEYS = {unit: _next_keys(rows) for unit, rows in _UNITS.items()}
_KEYS_OF_IDS = {
    unit: Statement(
        KeyRow, select(rows.c.key).where(FilterParam("ids", is_list=True).matches(rows.c.id)).order_by(rows.c.key)
    )
    for unit, rows in _UNITS.items()
}


class Lookup(dict[int, RowT]):
    """Rows by key, which are read as they are needed, some at a time, and forgotten when they are many."""

    def __init__(self, read: Callable[[list[int]], Iterable[RowT]]) -> None:
        super().__init__()
        self._read = read

    def need(self, keys: Iterable[int | None]) -> None:
        """Read the rows with some keys."""
        if len(self) > CACHED_ROWS:
            self.clear()
        missing = sorted({key for key in keys if key is not None and key not in self})
        for start in range(0, len(missing), OTHERS_AT_ONCE):
            for row in self._read(missing[start : start + OTHERS_AT_ONCE]):
                self[row[0]] = row  # type: ignore[index]


@dataclass(slots=True)
class Fact:
    """A fact, or a meeting, on its way to a document. Its texts are folded with all others of its meeting."""

    kind: str
    key: int
    id: str
    title: str
    text: str
    name: str = ""
    indexed_title: str = ""
    context: str = ""
    begins: str = ""
    raw: dict[str, Sequence[str]] = field(default_factory=dict)
    hit: dict[str, Any] = field(default_factory=dict)
    language: str = ""


class DocumentReader:
    """Reads the documents of a snapshot of the database. `refers` collects the units that meetings refer to."""

    def __init__(self, connection: Connection) -> None:
        self._driver: DBAPIConnection = connection.connection.driver_connection  # type: ignore[assignment]
        self._dialect: Dialect = connection.dialect
        self.refers: set[str] = set()
        self._people: Lookup[NamedRow] = Lookup(lambda keys: self._rows(_NAMED_PEOPLE, keys))
        self._parties: Lookup[NamedRow] = Lookup(lambda keys: self._rows(_NAMED_PARTIES, keys))
        self._topics: Lookup[TopicRow] = Lookup(lambda keys: self._rows(_TOPIC_IDS, keys))
        self._languages: Lookup[LanguageRow] = Lookup(lambda keys: self._rows(_LANGUAGES, keys))

    def all(self) -> Iterator[Document]:
        """All documents."""
        for unit in _UNITS:
            at_once, after = MEETINGS_AT_ONCE if unit == "meeting" else OTHERS_AT_ONCE, 0
            while rows := [*_NEXT_KEYS[unit].rows(self._driver, self._dialect, {"after": after, "size": at_once})]:
                keys = [row.key for row in rows]
                yield from self._documents(unit, keys)
                after = keys[-1]
                self.refers.clear()

    def of_units(self, units: Iterable[str]) -> Iterator[Document]:
        """The documents of some units, of which some may not exist any more, and of the units that they refer to."""
        ids: dict[str, set[str]] = {unit: set() for unit in _UNITS}
        for each in units:
            kind, _, id = each.partition(":")
            ids[kind].add(id)
        for unit in _UNITS:
            own = sorted(ids[unit].union(each.partition(":")[2] for each in self.refers if each.startswith(f"{unit}:")))
            at_once = MEETINGS_AT_ONCE if unit == "meeting" else OTHERS_AT_ONCE
            for start in range(0, len(own), at_once):
                some = {"ids": own[start : start + at_once]}
                keys = [row.key for row in _KEYS_OF_IDS[unit].rows(self._driver, self._dialect, some)]
                yield from self._documents(unit, keys) if keys else ()

    def _rows(self, statement: ByKeys[RowT], keys: list[int]) -> Iterator[RowT]:
        return statement.rows(self._driver, self._dialect, keys)

    def _grouped(self, statement: ByKeys[RowT], keys: list[int]) -> dict[int, list[RowT]]:
        """The rows of a statement by their first column, sorted by the others."""
        groups: dict[int, list[RowT]] = defaultdict(list)
        for row in self._rows(statement, keys):
            groups[row[0]].append(row)  # type: ignore[index]
        return groups

    def _documents(self, unit: str, keys: list[int]) -> Iterator[Document]:
        match unit:
            case "meeting":
                return self._meetings(keys)
            case "person":
                return self._of_people(keys)
            case "party":
                return self._of_parties(keys)
            case "topic":
                return self._of_topics(keys)
        return self._of_sources(keys)

    def _meetings(self, keys: list[int]) -> Iterator[Document]:
        """The documents of some meetings: of each itself and of its facts."""
        parts = _Parts(
            {row.key: row for row in self._rows(_MEETINGS, keys)},
            self._grouped(_AGENDA, keys),
            self._grouped(_DELEGATES, keys),
            self._grouped(_AGREEMENTS, keys),
            self._grouped(_QUOTES, keys),
            self._grouped(_SOURCES_OF_MEETINGS, keys),
            self._grouped(_ACTORS, keys),
            {row.record_key: [*map(int, row.topics.split(","))] for row in self._rows(_TOPICS, keys)},
            self._grouped(_EVIDENCE, keys),
        )
        for group in chain(parts.actors.values(), parts.evidence.values(), parts.sources.values()):
            group.sort()  # type: ignore[attr-defined]
        actors = [actor for group in parts.actors.values() for actor in group]
        delegates = [delegate for group in parts.delegates.values() for delegate in group]
        self._people.need({actor.person_key for actor in actors} | {delegate.person_key for delegate in delegates})
        hosts = {meeting.host_key for meeting in parts.meetings.values()}
        self._parties.need(hosts | {row.party_key for row in actors} | {row.party_key for row in delegates})
        self._topics.need(chain.from_iterable(parts.topics.values()))
        cited = {row.source_key for group in parts.evidence.values() for row in group}
        self._languages.need(cited | {row.source_key for group in parts.sources.values() for row in group})
        for key in keys:
            facts = _MeetingFacts(
                parts, parts.meetings[key], self._people, self._parties, self._topics, self._languages
            )
            self.refers.update(facts.refers)
            yield from facts.documents()

    def _of_people(self, keys: list[int]) -> Iterator[Document]:
        parties = self._grouped(_PARTIES_OF_PEOPLE, keys)
        self._parties.need(row.party_key for group in parties.values() for row in group)
        for person in self._rows(_PEOPLE, keys):
            of = sorted(self._parties[row.party_key].id for row in parties.get(person.key, ()))
            yield _named("person", person, {"person": [person.id], "party": of})

    def _of_parties(self, keys: list[int]) -> Iterator[Document]:
        for party in self._rows(_PARTIES, keys):
            countries = [party.country] if party.country else []
            yield _named("party", party, {"party": [party.id], "country": countries})

    def _of_topics(self, keys: list[int]) -> Iterator[Document]:
        mentions = {row.key: row.mentions for row in self._rows(_MENTIONS, keys)}
        for topic in self._rows(_TOPIC_IDS, keys):
            hit = _hit("topic", topic.id, topic.id, "", None, None)
            (name,) = fold_all([topic.id])
            yield {
                "unit": f"topic:{topic.id}",
                "kind": "topic",
                "key": topic.key,
                "begins": _beginnings(name),
                "topic": [topic.id],
                "first_day": 0,
                "last_day": 0,
                "mentions": mentions.get(topic.key, 0),
                HIT: orjson.dumps(hit),
            }

    def _of_sources(self, keys: list[int]) -> Iterator[Document]:
        """The documents of sources, read so many at a time that their texts are not too long."""
        some: list[int] = []
        characters = 0
        for key, length in self._rows(_LENGTHS, keys):
            some.append(key)
            characters += length
            if characters >= CHARACTERS_AT_ONCE:
                yield from self._some_sources(some)
                some, characters = [], 0
        yield from self._some_sources(some) if some else ()

    def _some_sources(self, keys: list[int]) -> Iterator[Document]:
        sources = [*self._rows(_SOURCES, keys)]
        full = [source.key for source in sources if source.access == Access.full]
        excerpts = [source.key for source in sources if source.access != Access.full]
        texts = {row.source_key: row.text for row in self._rows(_TEXTS, full)} if full else {}
        for key, cited in (self._grouped(_CITED, excerpts) if excerpts else {}).items():
            texts[key] = " … ".join(row.words for row in cited)
        issuers = self._grouped(_ISSUERS, keys)
        meetings = {row.source_key: {"id": row.id, "title": row.title} for row in self._rows(_FIRST_MEETINGS, keys)}
        self._parties.need(row.party_key for group in issuers.values() for row in group)
        for source in sources:
            parties = [self._parties[row.party_key].id for row in issuers.get(source.key, ())]
            yield _source_document(source, texts.get(source.key, ""), meetings.get(source.key), parties)


@dataclass(slots=True)
class _Parts:
    """Rows of some meetings: by the key of the meeting, then by the key of the record."""

    meetings: dict[int, MeetingRow]
    agenda: Mapping[int, list[AgendaRow]]
    delegates: Mapping[int, list[DelegateRow]]
    agreements: Mapping[int, list[AgreementRow]]
    quotes: Mapping[int, list[QuoteRow]]
    sources: Mapping[int, list[SourceOfMeetingRow]]
    actors: Mapping[int, list[ActorRow]]
    topics: Mapping[int, list[int]]
    evidence: Mapping[int, list[EvidenceRow]]


class _MeetingFacts:
    """Makes the documents of one meeting."""

    def __init__(
        self,
        parts: _Parts,
        meeting: MeetingRow,
        people: Mapping[int, NamedRow],
        parties: Mapping[int, NamedRow],
        topics: Mapping[int, TopicRow],
        sources: Mapping[int, LanguageRow],
    ) -> None:
        self._parts, self._meeting = parts, meeting
        self._people, self._parties, self._topics, self._sources = people, parties, topics, sources
        self._unit = f"meeting:{meeting.id}"
        self._reference = {"id": meeting.id, "title": meeting.title}
        self._participants = [*self._actors(meeting.key, ActorField.parties)]
        self._delegates = parts.delegates.get(meeting.key, [])
        own_sources = [sources[row.source_key] for row in parts.sources.get(meeting.key, ())]
        self._languages = [source.language for source in own_sources] or [""]
        speakers = [
            actor
            for quote in parts.quotes.get(meeting.key, ())
            for actor in self._actors(quote.key, ActorField.speakers)
        ]
        self._named_people = {row.person_key: people[row.person_key] for row in self._delegates if row.person_key}
        self._named_people |= {row.person_key: people[row.person_key] for row in speakers if row.person_key}
        self._named_parties = {row.party_key: parties[row.party_key] for row in self._participants if row.party_key}
        with_parties = {row.party_key: parties[row.party_key] for row in self._delegates if row.party_key}
        self._with = sorted(
            {row.id for row in (self._named_parties | with_parties).values()}
            | {row.id for row in self._named_people.values()}
        )
        self._dates = date_words(meeting.start_date, meeting.first_day, meeting.last_day)
        self._days = _ordinal(meeting.first_day), _ordinal(meeting.last_day)
        self._years = _years(meeting.first_day, meeting.last_day)
        self._country = [meeting.place_country] if meeting.place_country else []
        names = [row.names for row in self._named_parties.values()]
        names += [row.described for row in self._participants if row.described]
        place = [meeting.place_city or "", self._dates]
        self._party_names = names
        self._context = "\n".join([meeting.title, *place, *names])
        self.refers = {self._unit, *self._others()}

    def _others(self) -> Iterator[str]:
        """The other units that depend on the meeting."""
        parts, key = self._parts, self._meeting.key
        records = [key]
        for group in (parts.agenda, parts.delegates, parts.agreements, parts.quotes):
            records += [row.key for row in group.get(key, ())]
        actors = [row for record in records for row in parts.actors.get(record, ())]
        people = {row.person_key for row in actors} | {row.person_key for row in self._delegates}
        parties = {row.party_key for row in actors} | {row.party_key for row in self._delegates}
        parties.add(self._meeting.host_key)
        topics = {topic for record in records for topic in parts.topics.get(record, ())}
        sources: set[int | None] = {row.source_key for record in records for row in parts.evidence.get(record, ())}
        sources.update(row.source_key for row in parts.sources.get(key, ()))
        yield from (f"person:{self._people[each].id}" for each in people if each is not None)
        yield from (f"party:{self._parties[each].id}" for each in parties if each is not None)
        yield from (f"topic:{self._topics[each].id}" for each in topics)
        yield from (f"source:{self._sources[each].id}" for each in sources if each is not None)

    def documents(self) -> Iterator[Document]:
        """The documents of the meeting and of its facts."""
        facts = [*self._facts()]
        texts: list[str] = []
        for fact in facts:
            texts += (fact.name, fact.indexed_title, fact.text, fact.context)
            texts += [entry["words"] or entry["note"] for entry in fact.hit["evidence"]]
        texts += (self._context, facts[0].title)
        folded = fold_all(texts)
        context, begins = folded[-2], _beginnings(folded[-1])
        parts = iter(folded)
        for number, fact in enumerate(facts):
            name, title, text, own_context = islice(parts, 4)
            evidence = [*islice(parts, len(fact.hit["evidence"]))]
            document = self._document(fact)
            if number == 0:
                document["begins"] = begins
                document["refers"] = sorted(self.refers - {self._unit})
                document["context"] = own_context
            else:
                document["context"] = f"{context} {own_context}" if own_context else context
            for field_name, value in (("name", name), ("title", title), ("text", text), ("evidence", evidence)):
                if value:
                    document[field_name] = value
            document[ALL_WORDS] = [name, title, text, document["context"], *evidence]
            if stem := stem_field(fact.language):
                document[stem] = " ".join((title, text, *evidence))
            yield document

    def _document(self, fact: Fact) -> Document:
        first_day, last_day = self._days
        return {
            "unit": self._unit,
            "kind": fact.kind,
            "key": fact.key,
            "first_day": first_day,
            "last_day": last_day,
            "mentions": 0,
            "with": self._with,
            "country": self._country,
            "year": self._years,
            "language": [fact.language] if fact.language else [],
            **fact.raw,
            HIT: orjson.dumps(fact.hit),
        }

    def _facts(self) -> Iterator[Fact]:
        parts, key = self._parts, self._meeting.key
        yield self._of_meeting()
        yield from map(self._of_agenda_item, parts.agenda.get(key, ()))
        yield from map(self._of_delegate, self._delegates)
        yield from map(self._of_agreement, parts.agreements.get(key, ()))
        yield from map(self._of_quote, parts.quotes.get(key, ()))

    def _fact(self, kind: str, key: int, id: str, title: str, text: str, **values: Any) -> Fact:
        """A fact with its evidence. Its language is that of the first source that its evidence cites."""
        meeting, sources = self._meeting, self._sources
        rows = self._parts.evidence.get(key, ())
        hit = _hit(kind, id, title, text, meeting.start_date, self._reference)
        hit["evidence"] = [
            {
                "key": row.key,
                "id": row.id,
                "words": row.words,
                "note": row.note,
                "source": None if row.source_key is None else sources[row.source_key].id,
            }
            for row in rows
        ]
        cited = next((row.source_key for row in rows if row.source_key is not None), None)
        language = self._languages[0] if cited is None else sources[cited].language
        return Fact(kind, key, id, title, text, hit=hit, language=language, **values)

    def _of_meeting(self) -> Fact:
        meeting = self._meeting
        agenda = [row.title for row in self._parts.agenda.get(meeting.key, ())]
        topics = self._topic_ids(meeting.key)
        people = [row.names for row in self._named_people.values()]
        people += [row.described for row in self._delegates if row.described]
        host = [self._parties[meeting.host_key].names] if meeting.host_key is not None else []
        context = [meeting.place_city or "", self._dates, *self._party_names, *people, *agenda, *topics, *host]
        fact = self._fact(
            "meeting",
            meeting.key,
            meeting.id,
            meeting.title,
            meeting.summary or "",
            indexed_title=meeting.title,
            context="\n".join(context),
            raw={
                "party": sorted(row.id for row in self._named_parties.values()),
                "person": sorted(row.id for row in self._named_people.values()),
                "topic": topics,
                "language": sorted({*self._languages} - {""}),
            },
        )
        fact.language = self._languages[0]
        return fact

    def _of_agenda_item(self, row: AgendaRow) -> Fact:
        words = (evidence.words for evidence in self._parts.evidence.get(row.key, ()) if evidence.words)
        raw = {"topic": self._topic_ids(row.key)}
        fact = self._fact("agenda_item", row.key, row.id, row.title, "", indexed_title=row.title, raw=raw)
        fact.hit["text"] = " … ".join(words)
        return fact

    def _of_delegate(self, row: DelegateRow) -> Fact:
        person = self._people[row.person_key] if row.person_key is not None else None
        party = self._parties[row.party_key] if row.party_key is not None else None
        title = person.name if person else str(row.described)
        text = " · ".join(part for part in (row.title, party and party.name) if part)
        raw = {"person": [person.id] if person else [], "party": [party.id] if party else []}
        name = person.names if person else title
        context = party.names if party else ""
        fact = self._fact("delegate", row.key, row.id, title, row.title or "", name=name, context=context, raw=raw)
        fact.hit["text"] = text
        return fact

    def _of_agreement(self, row: AgreementRow) -> Fact:
        actors = [*self._actors(row.key, ActorField.asserted_by)]
        parties = [
            self._parties[each.party_key].id for each in self._actors(row.key, ActorField.parties) if each.party_key
        ]
        people = [self._people[each.person_key].id for each in actors if each.person_key]
        raw = {
            "party": parties,
            "person": people,
            "topic": self._topic_ids(row.key),
            "commitment": [row.commitment],
        }
        names = "\n".join(self._name(each) for each in actors)
        return self._fact(
            "agreement", row.key, row.id, row.title, row.text, indexed_title=row.title, context=names, raw=raw
        )

    def _of_quote(self, row: QuoteRow) -> Fact:
        speakers = [*self._actors(row.key, ActorField.speakers)]
        parties_of_delegates = {each.key: each.party_key for each in self._delegates}
        parties = {each.party_key or parties_of_delegates.get(each.delegate_key or 0) for each in speakers}
        raw = {
            "party": sorted(self._parties[key].id for key in parties if key),
            "person": [self._people[each.person_key].id for each in speakers if each.person_key],
            "topic": self._topic_ids(row.key),
        }
        shown = [self._speaker(each) for each in speakers]
        title = ", ".join(each["name"] for each in shown)
        name = "\n".join(self._name(each) for each in speakers)
        via = "\n".join(self._name(each) for each in self._actors(row.key, ActorField.via))
        fact = self._fact("quote", row.key, row.id, title, row.text, name=name, context=via, raw=raw)
        fact.hit["speakers"] = shown
        return fact

    def _actors(self, record_key: int, field: ActorField) -> Iterator[ActorRow]:
        return (row for row in self._parts.actors.get(record_key, ()) if row.field == field)

    def _topic_ids(self, record_key: int) -> list[str]:
        return sorted(self._topics[key].id for key in self._parts.topics.get(record_key, ()))

    def _name(self, actor: ActorRow) -> str:
        """The name and the other names of an actor."""
        if actor.person_key is not None:
            return self._people[actor.person_key].names
        return self._parties[actor.party_key].names if actor.party_key is not None else str(actor.described)

    def _speaker(self, actor: ActorRow) -> dict[str, Any]:
        if actor.person_key is not None:
            return {"kind": ActorKind.person, "id": (row := self._people[actor.person_key]).id, "name": row.name}
        if actor.party_key is not None:
            return {"kind": ActorKind.party, "id": (row := self._parties[actor.party_key]).id, "name": row.name}
        return {"kind": ActorKind.described, "id": None, "name": actor.described}


def date_words(start_date: str | None, first_day: str | None, last_day: str | None) -> str:
    """The words of a date: its day, the names of its months, its years, and the date in digits."""
    if first_day is None or last_day is None:
        return ""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    words = [start_date or ""]
    if months <= LONGEST_SPAN and len(start_date or "") != 4:
        words += [_MONTHS[(first.month - 1 + number) % 12] for number in range(months)]
    if len(start_date or "") == 10:
        words += sorted({str(first.day), str(last.day)})
    return " ".join([*words, *_years(first_day, last_day)])


def _years(first_day: str | None, last_day: str | None) -> list[str]:
    """The years of a span of days: all of a short one, the first and the last of a long one."""
    if first_day is None or last_day is None:
        return []
    first, last = int(first_day[:4]), int(last_day[:4])
    years = range(first, last + 1) if last - first <= LONGEST_SPAN else (first, last)
    return [f"{year:04}" for year in years]


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _beginnings(folded: str) -> str:
    words = {*folded.split()}
    return " ".join({word[:length] for word in words for length in range(1, min(len(word), LONGEST_BEGINNING) + 1)})


def _hit(kind: str, id: str, title: str, text: str, date: str | None, meeting: dict[str, str] | None) -> dict[str, Any]:
    return {"kind": kind, "id": id, "title": title, "text": text, "date": date, "meeting": meeting}


def _named(kind: str, row: PersonRow | PartyRow, raw: dict[str, list[str]]) -> Document:
    """The document of a person or a party."""
    (names,) = fold_all([" ".join([row.name, *row.other_names])])
    return {
        "unit": f"{kind}:{row.id}",
        "kind": kind,
        "key": row.key,
        "name": names,
        ALL_WORDS: names,
        "begins": _beginnings(names),
        "first_day": 0,
        "last_day": 0,
        "mentions": row.meetings,
        **raw,
        HIT: orjson.dumps(_hit(kind, row.id, row.name, " · ".join(row.other_names), None, None)),
    }


def _source_document(source: SourceRow, text: str, meeting: dict[str, str] | None, parties: Sequence[str]) -> Document:
    published = source.published_on
    first_day = _first_day(published)
    title, folded, context = fold_all(
        [
            source.title,
            text,
            " ".join(
                [
                    source.publisher or "",
                    source.author or "",
                    date_words(published, first_day, source.published_last_day),
                ]
            ),
        ]
    )
    hit = _hit("source", source.id, source.title, text, published, meeting)
    document: Document = {
        "unit": f"source:{source.id}",
        "kind": "source",
        "key": source.key,
        "title": title,
        "text": folded,
        "context": context,
        ALL_WORDS: [title, folded, context],
        "party": parties,
        "language": [source.language],
        "year": _years(first_day, source.published_last_day),
        "first_day": _ordinal(first_day),
        "last_day": _ordinal(source.published_last_day),
        "mentions": 0,
        HIT: orjson.dumps(hit | {"access": source.access}),
    }
    if stem := stem_field(source.language):
        document[stem] = f"{title} {folded}"
    return document


def _first_day(partial_date: str | None) -> str | None:
    return partial_date and (partial_date + "-01-01")[:10]
