"""The documents of the search index, from the database: one for each item, evidence excepted.

Evidence is part of the document of its fact, and has none of its own. Topics have documents for suggestions.

The stored field `hit` is JSON with everything that a hit shows: `kind`, `id`, `title`, `text` (what a snippet is taken
from), `date` (a partial date or null) and `meeting` ({id, title} or null, also for a meeting itself). Facts have
`evidence` ([{key, id, words, note, source}], where source is an id), a quote has `speakers` ([{kind, id, name}], the id
null for someone described), and a source has `access`; the text of an excerpt is its cited words alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

import orjson
from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.dates import days
from app.db.statements import ByKeys, RowT
from app.enums import Access
from app.search.document_rows import (
    ACTORS,
    AGENDA,
    AGREEMENTS,
    CITED,
    DELEGATES,
    EVIDENCE,
    FIRST_MEETINGS,
    ISSUERS,
    KEYS_OF_IDS,
    LANGUAGES,
    LENGTHS,
    MEETINGS,
    MENTIONS,
    NAMED_PARTIES,
    NAMED_PEOPLE,
    NEXT_KEYS,
    PARTIES,
    PARTIES_OF_PEOPLE,
    PEOPLE,
    QUOTES,
    SOURCES,
    SOURCES_OF_MEETINGS,
    TEXTS,
    TOPIC_IDS,
    TOPICS,
    UNITS,
    ActorRow,
    LanguageRow,
    NamedRow,
    PartyRow,
    PersonRow,
    SourceRow,
    TopicRow,
)
from app.search.document_values import (
    Document,
    beginnings,
    date_words,
    new_hit,
    ordinal,
    years,
)
from app.search.folding import fold_all, text_pairs
from app.search.meeting_documents import MeetingFacts, MeetingParts
from app.search.schema import ALL_WORDS, HIT, PAIR_FIELDS, SOURCE_WORDS, stem_field

MEETINGS_AT_ONCE, OTHERS_AT_ONCE = 200, 1000
CHARACTERS_AT_ONCE = 4_000_000
"""How many rows and characters are read at once: memory does not grow with the dataset."""

CACHED_ROWS = 50_000
"""How many people, parties, topics and sources are remembered."""


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


class DocumentReader:
    """Reads the documents of a snapshot of the database. `refers` collects the units that meetings refer to."""

    def __init__(self, connection: Connection) -> None:
        self._driver: DBAPIConnection = connection.connection.driver_connection  # type: ignore[assignment]
        self._dialect: Dialect = connection.dialect
        self.refers: set[str] = set()
        self._people: Lookup[NamedRow] = Lookup(lambda keys: self._rows(NAMED_PEOPLE, keys))
        self._parties: Lookup[NamedRow] = Lookup(lambda keys: self._rows(NAMED_PARTIES, keys))
        self._topics: Lookup[TopicRow] = Lookup(lambda keys: self._rows(TOPIC_IDS, keys))
        self._languages: Lookup[LanguageRow] = Lookup(lambda keys: self._rows(LANGUAGES, keys))

    def all(self) -> Iterator[Document]:
        """All documents, those of each kind of unit in turn.

        Tantivy has up to 10,000 of them waiting: if all were of sources, with long texts, they would need much memory.
        """
        for batches in zip_longest(*map(self._batches, UNITS), fillvalue=()):
            yield from chain.from_iterable(batches)
            self.refers.clear()

    def _batches(self, unit: str) -> Iterator[Iterator[Document]]:
        """All documents of a kind of unit, as iterators of bounded size."""
        at_once, after = MEETINGS_AT_ONCE if unit == "meeting" else OTHERS_AT_ONCE, 0
        while rows := [*NEXT_KEYS[unit].rows(self._driver, self._dialect, {"after": after, "size": at_once})]:
            keys = [row.key for row in rows]
            yield self._documents(unit, keys)
            after = keys[-1]

    def of_units(self, units: Iterable[str]) -> Iterator[Document]:
        """The documents of some units, of which some may not exist any more, and of the units that they refer to."""
        ids: dict[str, set[str]] = {unit: set() for unit in UNITS}
        for each in units:
            kind, _, id = each.partition(":")
            ids[kind].add(id)
        for unit in UNITS:
            own = sorted(ids[unit].union(each.partition(":")[2] for each in self.refers if each.startswith(f"{unit}:")))
            at_once = MEETINGS_AT_ONCE if unit == "meeting" else OTHERS_AT_ONCE
            for start in range(0, len(own), at_once):
                some = {"ids": own[start : start + at_once]}
                keys = [row.key for row in KEYS_OF_IDS[unit].rows(self._driver, self._dialect, some)]
                yield from self._documents(unit, keys) if keys else ()

    def _rows(self, statement: ByKeys[RowT], keys: list[int]) -> Iterator[RowT]:
        return statement.rows(self._driver, self._dialect, keys)

    def _grouped(self, statement: ByKeys[RowT], keys: list[int]) -> dict[int, list[RowT]]:
        """The rows of a statement by their first column, sorted by the others."""
        groups: dict[int, list[RowT]] = defaultdict(list)
        for row in self._rows(statement, keys):
            groups[row[0]].append(row)  # type: ignore[index]
        for group in groups.values():
            group.sort()
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
        parts = MeetingParts(
            {row.key: row for row in self._rows(MEETINGS, keys)},
            self._grouped(AGENDA, keys),
            self._grouped(DELEGATES, keys),
            self._grouped(AGREEMENTS, keys),
            self._grouped(QUOTES, keys),
            self._grouped(SOURCES_OF_MEETINGS, keys),
            _by_field(self._grouped(ACTORS, keys)),
            {row.record_key: [*map(int, row.topics.split(","))] for row in self._rows(TOPICS, keys)},
            self._grouped(EVIDENCE, keys),
        )
        actors = [actor for groups in parts.actors.values() for group in groups.values() for actor in group]
        delegates = [delegate for group in parts.delegates.values() for delegate in group]
        self._people.need({actor.person_key for actor in actors} | {delegate.person_key for delegate in delegates})
        hosts = {meeting.host_key for meeting in parts.meetings.values()}
        self._parties.need(hosts | {row.party_key for row in actors} | {row.party_key for row in delegates})
        self._topics.need(chain.from_iterable(parts.topics.values()))
        cited = {row.source_key for group in parts.evidence.values() for row in group}
        self._languages.need(cited | {row.source_key for group in parts.sources.values() for row in group})
        for key in keys:
            facts = MeetingFacts(parts, parts.meetings[key], self._people, self._parties, self._topics, self._languages)
            self.refers.update(facts.refers)
            yield from facts.documents()

    def _of_people(self, keys: list[int]) -> Iterator[Document]:
        parties = self._grouped(PARTIES_OF_PEOPLE, keys)
        self._parties.need(row.party_key for group in parties.values() for row in group)
        for person in self._rows(PEOPLE, keys):
            of = sorted(self._parties[row.party_key].id for row in parties.get(person.key, ()))
            yield _named("person", person, {"person": [person.id], "party": of})

    def _of_parties(self, keys: list[int]) -> Iterator[Document]:
        for party in self._rows(PARTIES, keys):
            countries = [party.country] if party.country else []
            yield _named("party", party, {"party": [party.id], "country": countries})

    def _of_topics(self, keys: list[int]) -> Iterator[Document]:
        mentions = {row.key: row.mentions for row in self._rows(MENTIONS, keys)}
        for topic in self._rows(TOPIC_IDS, keys):
            hit = new_hit("topic", topic.id, topic.id, "", None, None)
            (name,) = fold_all([topic.id])
            yield {
                "unit": f"topic:{topic.id}",
                "kind": "topic",
                "key": topic.key,
                "begins": beginnings(name),
                "topic": [topic.id],
                "mentions": mentions.get(topic.key, 0),
                HIT: orjson.dumps(hit),
            }

    def _of_sources(self, keys: list[int]) -> Iterator[Document]:
        """The documents of sources, read so many at a time that their texts are not too long."""
        some: list[int] = []
        characters = 0
        for key, length in self._rows(LENGTHS, keys):
            some.append(key)
            characters += length
            if characters >= CHARACTERS_AT_ONCE:
                yield from self._some_sources(some)
                some, characters = [], 0
        yield from self._some_sources(some) if some else ()

    def _some_sources(self, keys: list[int]) -> Iterator[Document]:
        sources = [*self._rows(SOURCES, keys)]
        full = [source.key for source in sources if source.access == Access.full]
        excerpts = [source.key for source in sources if source.access != Access.full]
        texts = {row.source_key: row.text for row in self._rows(TEXTS, full)} if full else {}
        for key, cited in (self._grouped(CITED, excerpts) if excerpts else {}).items():
            texts[key] = " … ".join(row.words for row in cited)
        issuers = self._grouped(ISSUERS, keys)
        meetings = {row.source_key: {"id": row.id, "title": row.title} for row in self._rows(FIRST_MEETINGS, keys)}
        self._parties.need(row.party_key for group in issuers.values() for row in group)
        for source in sources:
            parties = [self._parties[row.party_key].id for row in issuers.get(source.key, ())]
            yield _source_document(source, texts.get(source.key, ""), meetings.get(source.key), parties)


def _by_field(actors: Mapping[int, list[ActorRow]]) -> dict[int, dict[str, list[ActorRow]]]:
    """Actors by the key of the record, then by field, in order."""
    groups: dict[int, dict[str, list[ActorRow]]] = {}
    for record, rows in actors.items():
        by_field = groups[record] = defaultdict(list)
        for row in rows:
            by_field[row.field].append(row)
    return groups


def _named(kind: str, row: PersonRow | PartyRow, raw: dict[str, list[str]]) -> Document:
    """The document of a person or a party."""
    (names,) = fold_all([" ".join([row.name, *row.other_names])])
    return {
        "unit": f"{kind}:{row.id}",
        "kind": kind,
        "key": row.key,
        "name": names,
        "called": names,
        ALL_WORDS: names,
        PAIR_FIELDS[ALL_WORDS]: text_pairs(names),
        "begins": beginnings(names),
        "mentions": row.meetings,
        **raw,
        HIT: orjson.dumps(new_hit(kind, row.id, row.name, " · ".join(row.other_names), None, None)),
    }


def _source_document(source: SourceRow, text: str, meeting: dict[str, str] | None, parties: Sequence[str]) -> Document:
    published = source.published_on
    first_day = days(published)[0] if published else None
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
    hit = new_hit("source", source.id, source.title, text, published, meeting)
    document: Document = {
        "unit": f"source:{source.id}",
        "kind": "source",
        "key": source.key,
        "title": title,
        "text": folded,
        SOURCE_WORDS: [title, folded, context],
        PAIR_FIELDS[SOURCE_WORDS]: [*map(text_pairs, (title, folded, context))],
        "party": parties,
        "language": [source.language],
        "year": years(first_day, source.published_last_day),
        "first_day": ordinal(first_day),
        "last_day": ordinal(source.published_last_day),
        HIT: orjson.dumps(hit | {"access": source.access}),
    }
    if stem := stem_field(source.language):
        document[stem] = f"{title} {folded}"
    return document
