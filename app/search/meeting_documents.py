"""The documents of a meeting: of itself, and of its agenda items, delegates, agreements and quotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import orjson

from app.enums import ActorField, ActorKind
from app.search.document_rows import (
    ActorRow,
    AgendaRow,
    AgreementRow,
    DelegateRow,
    EvidenceRow,
    LanguageRow,
    MeetingRow,
    NamedRow,
    QuoteRow,
    SourceOfMeetingRow,
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
from app.search.schema import ALL_WORDS, EVIDENCE, HIT, PAIR_FIELDS, stem_field, value_set


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
    raw: dict[str, Sequence[str]] = field(default_factory=dict)
    hit: dict[str, Any] = field(default_factory=dict)
    language: str = ""


@dataclass(slots=True)
class MeetingParts:
    """Rows of some meetings: by the key of the meeting, or else of the record."""

    meetings: dict[int, MeetingRow]
    agenda: Mapping[int, list[AgendaRow]]
    delegates: Mapping[int, list[DelegateRow]]
    agreements: Mapping[int, list[AgreementRow]]
    quotes: Mapping[int, list[QuoteRow]]
    sources: Mapping[int, list[SourceOfMeetingRow]]
    actors: Mapping[int, Mapping[str, list[ActorRow]]]
    """By the key of the record, then by field."""

    topics: Mapping[int, list[int]]
    evidence: Mapping[int, list[EvidenceRow]]


class MeetingFacts:
    """Makes the documents of one meeting."""

    def __init__(
        self,
        parts: MeetingParts,
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
        self._participants = self._actors(meeting.key, ActorField.parties)
        self._delegates = parts.delegates.get(meeting.key, [])
        self._parties_of_delegates = {row.key: row.party_key for row in self._delegates}
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
        everyone = chain(self._named_parties.values(), with_parties.values(), self._named_people.values())
        self._with = value_set([row.id for row in everyone])
        self._dates = date_words(meeting.start_date, meeting.first_day, meeting.last_day)
        self._days = ordinal(meeting.first_day), ordinal(meeting.last_day)
        self._years = value_set(years(meeting.first_day, meeting.last_day))
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
        by_field = (rows for record in records if record in parts.actors for rows in parts.actors[record].values())
        actors = [*chain.from_iterable(by_field)]
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
        context, begins = folded[-2], beginnings(folded[-1])
        pairs = {text: text_pairs(text) for text in dict.fromkeys(folded)}
        parts = iter(folded)
        for number, fact in enumerate(facts):
            name, title, text, own_context = islice(parts, 4)
            evidence = [*dict.fromkeys(islice(parts, len(fact.hit["evidence"])))]
            document = self._document(fact)
            if number == 0:
                document["title_begins"] = begins
                document["refers"] = sorted(self.refers - {self._unit})
            contexts = [context, own_context] if number else [own_context]
            own = {"name": name, "title": title, "text": text}
            document.update({field_name: value for field_name, value in own.items() if value})
            if evidence:
                document[EVIDENCE] = evidence
                document[PAIR_FIELDS[EVIDENCE]] = [pairs[words] for words in evidence]
            others = [words for words in evidence if words not in (title, text)]  # a quote's words are evidence, too
            document[ALL_WORDS] = [words for words in (name, title, text, *contexts, *others) if words]
            document[PAIR_FIELDS[ALL_WORDS]] = [pairs[words] for words in document[ALL_WORDS]]
            if stem := stem_field(fact.language):
                document[stem] = " ".join((title, text, *others))
            yield document

    def _document(self, fact: Fact) -> Document:
        first_day, last_day = self._days
        return {
            "unit": self._unit,
            "kind": fact.kind,
            "key": fact.key,
            "first_day": first_day,
            "last_day": last_day,
            "with": self._with,
            "country": self._meeting.place_country or "",
            "year": self._years,
            "language": fact.language,
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
        hit = new_hit(kind, id, title, text, self._meeting.start_date, self._reference)
        rows, sources = self._parts.evidence.get(key, ()), self._sources
        hit["evidence"] = [
            {"key": key, "id": id, "words": words, "note": note, "source": source and sources[source].id}
            for _, _, key, id, source, words, note in rows
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
        actors = self._actors(row.key, ActorField.asserted_by)
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
        speakers = self._actors(row.key, ActorField.speakers)
        parties = {each.party_key or self._parties_of_delegates.get(each.delegate_key or 0) for each in speakers}
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

    def _actors(self, record_key: int, field: ActorField) -> Sequence[ActorRow]:
        by_field = self._parts.actors.get(record_key)
        return by_field.get(field, ()) if by_field else ()

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
