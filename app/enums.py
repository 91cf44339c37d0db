"""Every enumeration of the record format and the API, with its values in the order of their ranks.

Both programs use this module, so it imports nothing from either.
"""

from enum import StrEnum


class Access(StrEnum):
    """How much of a source's text the service may publish."""

    excerpt = "excerpt"
    full = "full"


class QuotationMarks(StrEnum):
    """The quotation marks of a publisher."""

    double = "double"
    single = "single"


class Paragraphs(StrEnum):
    """The separator of a text's paragraphs: blank lines, or every line end."""

    blocks = "blocks"
    lines = "lines"


class ReservedId(StrEnum):
    """The words that addresses of pages have where others have a meeting's id: no meeting may have them."""

    browse = "browse"
    check = "check"
    parties = "parties"
    people = "people"
    search = "search"
    sources = "sources"
    static = "static"
    topics = "topics"
    years = "years"


class PartyKind(StrEnum):
    """The kind of a party."""

    state = "state"
    organization = "organization"
    fund = "fund"
    armed_group = "armed_group"
    company = "company"


class MeetingStatus(StrEnum):
    """Whether a meeting took place, according to its sources."""

    planned = "planned"
    ongoing = "ongoing"
    held = "held"
    cancelled = "cancelled"


class MeetingFormat(StrEnum):
    """The parties of a meeting: two, more than two, or parties with a mediator between them."""

    bilateral = "bilateral"
    multilateral = "multilateral"
    mediated = "mediated"


class MeetingMode(StrEnum):
    """Whether the parties met in one place, by a call, or some of them each way."""

    in_person = "in_person"
    remote = "remote"
    hybrid = "hybrid"


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    day = "day"
    month = "month"
    year = "year"


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
    """The role of a person in a meeting."""

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
    """The form of an agreement; `reported`: the source describes it in its own voice."""

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
    """Whether the article states a fact explicitly, or a person inferred it."""

    stated = "stated"
    inferred = "inferred"


class RecordKind(StrEnum):
    """The kinds of records that evidence belongs to."""

    meeting = "meeting"
    agenda_item = "agenda_item"
    delegate = "delegate"
    agreement = "agreement"
    quote = "quote"


class ActorField(StrEnum):
    """The fields that contain actors: people, parties, or the article's words for someone without a name."""

    parties = "parties"
    asserted_by = "asserted_by"
    speakers = "speakers"
    via = "via"


class ActorKind(StrEnum):
    """The kind of an actor: a person, a party, or someone whom the article describes without a name."""

    person = "person"
    party = "party"
    described = "described"


class DefinitionKind(StrEnum):
    """The kinds of definitions, which several records can share."""

    source = "source"
    party = "party"
    person = "person"


class ChangeKind(StrEnum):
    """The kinds of items in the change log."""

    meeting = "meeting"
    agenda_item = "agenda_item"
    delegate = "delegate"
    agreement = "agreement"
    quote = "quote"
    person = "person"
    party = "party"
    source = "source"


class SearchKind(StrEnum):
    """The kinds of search results."""

    meeting = "meeting"
    agenda_item = "agenda_item"
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
    SearchKind.agenda_item: "agenda",
}
"""The name of each kind's list, as in URLs."""


class Change(StrEnum):
    """The effect of a load on an item."""

    added = "added"
    changed = "changed"
    removed = "removed"


def rank(value: StrEnum) -> int:
    """The position of a value in its enumeration, from 0."""
    return list(type(value)).index(value)
