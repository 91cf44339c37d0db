"""Every enumeration of the record format and the API, in the order in which its values are ranked.

Both programs use them, so this module imports nothing of either.
"""

from enum import StrEnum


class Access(StrEnum):
    """How much of a source's text may leave the service."""

    excerpt = "excerpt"
    full = "full"


class QuotationMarks(StrEnum):
    """Which marks a publisher quotes with."""

    double = "double"
    single = "single"


class Paragraphs(StrEnum):
    """What divides a text's paragraphs: blank lines, or every line end."""

    blocks = "blocks"
    lines = "lines"


class PartyKind(StrEnum):
    """What a party is."""

    state = "state"
    organization = "organization"
    fund = "fund"
    armed_group = "armed_group"
    company = "company"


class MeetingStatus(StrEnum):
    """Whether a meeting took place, as its sources tell."""

    planned = "planned"
    ongoing = "ongoing"
    held = "held"
    cancelled = "cancelled"


class MeetingFormat(StrEnum):
    """Who faced whom: two parties, more, or parties with a mediator between them."""

    bilateral = "bilateral"
    multilateral = "multilateral"
    mediated = "mediated"


class MeetingMode(StrEnum):
    """Whether the parties met in one place, by a call, or some of them each way."""

    in_person = "in_person"
    remote = "remote"
    hybrid = "hybrid"


class PartyRole(StrEnum):
    """A party's role in a meeting."""

    principal = "principal"
    mediator = "mediator"
    guarantor = "guarantor"
    observer = "observer"
    witness = "witness"


class Outcome(StrEnum):
    """How a matter on the agenda ended."""

    agreed = "agreed"
    discussed = "discussed"
    open = "open"
    no_agreement = "no_agreement"
    deferred = "deferred"


class DelegateRole(StrEnum):
    """As what someone took part in a meeting."""

    head = "head"
    member = "member"
    adviser = "adviser"
    interpreter = "interpreter"
    mediator = "mediator"
    guarantor = "guarantor"
    observer = "observer"
    witness = "witness"
    host = "host"


class Attendance(StrEnum):
    """Whether a delegate was there, took part by a call, or stayed away."""

    present = "present"
    remote = "remote"
    absent = "absent"


class Commitment(StrEnum):
    """How firmly something was agreed, from the loosest to the firmest."""

    willingness = "willingness"
    pledged = "pledged"
    in_principle = "in_principle"
    agreed = "agreed"
    signed = "signed"
    implemented = "implemented"


class AgreementForm(StrEnum):
    """What an agreement is laid down in; `reported`: the source tells of it in its own voice."""

    document = "document"
    joint_statement = "joint_statement"
    announcement = "announcement"
    reported = "reported"


class QuoteKind(StrEnum):
    """A whole utterance in quotation marks, a fragment in marks, or a paraphrase."""

    direct = "direct"
    partial = "partial"
    indirect = "indirect"


class Basis(StrEnum):
    """Whether the article says a fact in so many words, or a person concluded it."""

    stated = "stated"
    inferred = "inferred"


class RecordKind(StrEnum):
    """What evidence can be for."""

    meeting = "meeting"
    agenda_item = "agenda_item"
    delegate = "delegate"
    agreement = "agreement"
    quote = "quote"


class ActorField(StrEnum):
    """The fields that hold actors: people, parties, or the article's own words for someone it does not name."""

    parties = "parties"
    asserted_by = "asserted_by"
    speakers = "speakers"
    via = "via"


class ActorKind(StrEnum):
    """What acts: a person, a party, or someone whom the article describes and does not name."""

    person = "person"
    party = "party"
    described = "described"


class DefinitionKind(StrEnum):
    """What records define, and several of them can share."""

    source = "source"
    party = "party"
    person = "person"


class ChangeKind(StrEnum):
    """What the change log speaks of."""

    meeting = "meeting"
    delegate = "delegate"
    agreement = "agreement"
    quote = "quote"
    person = "person"
    party = "party"
    source = "source"


class SearchKind(StrEnum):
    """What full text search finds; an entry's key follows from the order, so new kinds come last."""

    meeting = "meeting"
    delegate = "delegate"
    agreement = "agreement"
    quote = "quote"
    person = "person"
    party = "party"
    source = "source"
    evidence = "evidence"


LISTS: dict[str, str] = {
    SearchKind.meeting: "meetings",
    SearchKind.delegate: "delegates",
    SearchKind.agreement: "agreements",
    SearchKind.quote: "quotes",
    SearchKind.person: "people",
    SearchKind.party: "parties",
    SearchKind.source: "sources",
    SearchKind.evidence: "evidence",
}
"""What the list of each kind is called, in addresses and elsewhere."""


class Change(StrEnum):
    """What a load did to something."""

    added = "added"
    changed = "changed"
    removed = "removed"


def rank(value: StrEnum) -> int:
    """The place of a value in its enumeration, counted from 0."""
    return list(type(value)).index(value)
