"""Views with the search entries that the rows of each kind must have, for SQLite and PostgreSQL."""

import re
from collections.abc import Iterable

from alembic import op

BLOCK = 1 << 40
"""How many keys of search entries each kind has; the key of an entry is its row's key plus the kind's rank times this."""


def joined(subselect: str) -> str:
    """All values of `part` that a select returns, with a divider before each."""
    return f"coalesce((SELECT group_concat(' · ' || part, '') FROM ({subselect}) AS parts), '')"


def parts(*expressions: str) -> str:
    """One text of several expressions, with dividers and without nulls."""
    divided = (e if e.startswith("coalesce(") else f"coalesce(' · ' || {e}, '')" for e in expressions)
    return f"substr({' || '.join(divided)}, 4)"


def other_names(table: str) -> str:
    return joined(f"SELECT value AS part FROM json_each({table}.other_names) ORDER BY key")


def speakers(quote_key: str) -> str:
    """The names of a quote's speakers."""
    return f"""coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(person.name, party.name, actor.described) AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key
        WHERE actor.record_key = {quote_key} AND actor.field = 'speakers' ORDER BY actor.position) AS names), '')"""


OTHER_NAMES_OF_SPEAKERS = """coalesce((SELECT group_concat(' · ' || name, '') FROM (
        SELECT names.value AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key,
        json_each(coalesce(person.other_names,party.other_names)) AS names
        WHERE actor.record_key = quote.key AND actor.field = 'speakers' ORDER BY actor.position, names.key) AS own), '')"""
AGENDA = "SELECT title AS part FROM agenda_item WHERE meeting_key = meeting.key ORDER BY position"
TOPICS = """SELECT topic.id AS part FROM record_topic JOIN topic ON topic.key = record_topic.topic_key
    WHERE record_topic.record_key = meeting.key ORDER BY record_topic.position"""
PARTIES = """SELECT coalesce(party.name, actor.described) AS part FROM actor
    LEFT JOIN party ON party.key = actor.party_key
    WHERE actor.record_key = meeting.key AND actor.field = 'parties' ORDER BY actor.position"""
WORDS = "SELECT words AS part FROM evidence WHERE record_key = agenda_item.key AND words IS NOT NULL ORDER BY position"
FULL_TEXT = "(SELECT text FROM source_text WHERE source_key = source.key AND source.access = 'full')"
EVIDENCE_TITLE = f"""CASE evidence.record_kind
    WHEN 'meeting' THEN (SELECT title FROM meeting WHERE key = evidence.record_key)
    WHEN 'agenda_item' THEN (SELECT title FROM agenda_item WHERE key = evidence.record_key)
    WHEN 'delegate' THEN (SELECT coalesce(person.name, described) FROM delegate
        LEFT JOIN person ON person.key = person_key WHERE delegate.key = evidence.record_key)
    WHEN 'agreement' THEN (SELECT title FROM agreement WHERE key = evidence.record_key)
    ELSE {speakers("evidence.record_key")} END"""

ENTRIES = {
    "meeting": (
        "meeting.title",
        parts("summary", "place_city", joined(AGENDA), joined(TOPICS), joined(PARTIES)),
        "meeting",
    ),
    "delegate": (
        "coalesce(person.name, delegate.described)",
        parts("delegate.title", "party.name", other_names("person")),
        "delegate LEFT JOIN person ON person.key = delegate.person_key LEFT JOIN party ON party.key = delegate.party_key",
    ),
    "agreement": ("agreement.title", "agreement.text", "agreement"),
    "quote": (speakers("quote.key"), f"quote.text || {OTHER_NAMES_OF_SPEAKERS}", "quote"),
    "person": ("person.name", parts(other_names("person")), "person"),
    "party": ("party.name", parts(other_names("party")), "party"),
    "source": ("source.title", parts("publisher", "author", FULL_TEXT), "source"),
    "evidence": (EVIDENCE_TITLE, "coalesce(evidence.words, evidence.note)", "evidence"),
    "agenda_item": ("agenda_item.title", parts(joined(WORDS)), "agenda_item"),
}
"""The title, the text and the tables of each kind's entries, in the order of the kinds' ranks."""


def create(kinds: Iterable[str]) -> None:
    """Create the views of some kinds, which are in the order of their ranks."""
    in_sqlite = op.get_context().dialect.name == "sqlite"
    for rank, kind in enumerate(kinds):
        view = select_entries(rank, kind)
        op.execute(f"CREATE VIEW {kind}_entry AS {view if in_sqlite else for_postgresql(view)}")


def drop(kinds: Iterable[str]) -> None:
    for kind in kinds:
        op.execute(f"DROP VIEW {kind}_entry")


def select_entries(rank: int, kind: str) -> str:
    """A select of a kind's entries, in SQLite's SQL."""
    title, text, tables = ENTRIES[kind]
    return f"""
        SELECT {kind}.key + {rank * BLOCK} AS key, '{kind}' AS kind, {kind}.id AS id, {title} AS title,
            {text} AS text, {kind}.key AS row_key
        FROM {tables}
    """


def for_postgresql(select: str) -> str:
    """The same select in PostgreSQL's SQL."""
    names = r"json_array_elements_text(\1) WITH ORDINALITY AS names (value, key)"
    return re.sub(r"json_each\((\S+)\)( AS names)?", names, select).replace("group_concat(", "string_agg(")
