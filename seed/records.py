"""The record format as models: what a `record.yaml` may hold, before anything is proved.

A scalar arrives as it was written (`2025`, `no`, `"42"`), so a text field takes any of them; null arrives as None.
"""

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from app.vocabulary import (
    PARTIAL_DATE,
    Access,
    AgreementForm,
    Attendance,
    Commitment,
    DelegateRole,
    MeetingFormat,
    MeetingMode,
    MeetingStatus,
    Outcome,
    Paragraphs,
    PartyKind,
    PartyRole,
    QuotationMarks,
    QuoteKind,
    days,
)

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
DURATION = r"P(?!$)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?!$)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
LABEL_LENGTH = 300
SCALAR = ["string", "number", "boolean"]  # what an editor takes for a scalar as it is written


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


def _short(label: str) -> str:
    if len(label) > LABEL_LENGTH:
        raise ValueError(f"is longer than {LABEL_LENGTH} characters")
    return label


def _date(text: str) -> str:
    days(text)
    return text


def _web_address(text: str) -> str:
    try:
        address = urlsplit(text)
        well_formed = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        well_formed = False
    if not well_formed or re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]", text):
        raise ValueError("is not an address that begins with http:// or https://")
    return text


def _truth(scalar: Any) -> Any:
    return {"true": True, "false": False}.get(scalar, scalar) if isinstance(scalar, str) else scalar


def _whole_number(scalar: Any) -> Any:
    return int(scalar) if isinstance(scalar, str) and re.fullmatch(r"[0-9]{1,9}", scalar) else scalar


def _pattern(pattern: str, meaning: str) -> AfterValidator:
    matches = re.compile(pattern).fullmatch

    def check(text: str) -> str:
        if not matches(text):
            raise ValueError(meaning)
        return text

    return AfterValidator(check)


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


def _different(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(ids)) < len(ids):
        raise ValueError("holds the same one twice")
    return ids


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Slug = Annotated[
    str,
    _pattern(rf"(?=.{{1,100}}$){SLUG}", "is not a slug: lowercase letters, digits and single hyphens, at most 100"),
    WithJsonSchema({"type": SCALAR, "pattern": f"^{SLUG}$", "maxLength": 100}),
]
Words = Annotated[str, AfterValidator(_not_blank), WithJsonSchema({"type": SCALAR, "pattern": r"\S"})]
Text = Annotated[Words, AfterValidator(_one_line)]
Label = Annotated[
    Text, AfterValidator(_short), WithJsonSchema({"type": SCALAR, "pattern": r"\S", "maxLength": LABEL_LENGTH})
]
Date = Annotated[
    str,
    AfterValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{PARTIAL_DATE}$"}),
]
Duration = Annotated[str, _pattern(DURATION, "is not an ISO 8601 duration, such as PT2H30M"), _schema(DURATION)]
Language = Annotated[str, _pattern(LANGUAGE, "is not a BCP 47 language tag, such as en"), _schema(LANGUAGE)]
Country = Annotated[str, _pattern("[A-Z]{3}", "is not three capitals (ISO 3166), such as AUT"), _schema("[A-Z]{3}")]
Wikidata = Annotated[
    str, _pattern("Q[1-9][0-9]{0,11}", "is not a Wikidata id, such as Q40"), _schema("Q[1-9][0-9]{0,11}")
]
Sha256 = Annotated[str, _pattern("[0-9a-f]{64}", "is not 64 lowercase hex digits"), _schema("[0-9a-f]{64}")]
WebAddress = Annotated[str, AfterValidator(_web_address), _schema(r"https?://[^\s<>\"\\^`{|}]*")]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_different)]
Truth = Annotated[bool, BeforeValidator(_truth), Field(strict=True)]
Ordinal = Annotated[
    int, BeforeValidator(_whole_number), Field(strict=True, ge=1), WithJsonSchema({"type": "integer", "minimum": 1})
]


class Part(BaseModel):
    """Any mapping of a record: an unknown key is a fault, and nothing changes after validation."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Part):
    """One entry of an `evidence` list: the fields that it is for, and their words or the reason for having none."""

    says: Annotated[
        tuple[Words, ...],
        BeforeValidator(_listed, json_schema_input_type=Words | Annotated[tuple[Words, ...], Field(min_length=1)]),
        Field(min_length=1),
    ]
    words: Words | None = None
    inferred: Text | None = None
    nth: Ordinal | None = None
    source: Slug | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.words is None and self.inferred is None:
            raise ValueError("gives neither `words` nor, with `inferred`, the reason for having none")
        if self.words is None and (self.nth is not None or self.source is not None):
            raise ValueError("gives `nth` or `source` without `words`")
        if len(set(self.says)) < len(self.says):
            raise ValueError("says the same field twice")
        return self


class Described(Part):
    """Someone whom the article does not name, in its own words."""

    described: Label


Actor = Annotated[
    Annotated[Slug, Tag("id")] | Annotated[Described, Tag("described")],
    Discriminator(lambda value: "id" if isinstance(value, str) else "described"),
]


class Participant(Part):
    """A party to a meeting, with its role there."""

    party: Slug | None = None
    described: Label | None = None
    role: PartyRole = PartyRole.principal

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.party is None) == (self.described is None):
            raise ValueError("is either a `party` or `described`")
        return self

    @property
    def actor(self) -> "str | Described":
        return self.party if self.party is not None else Described(described=self.described or "")


def _participant(value: Any) -> Any:
    return {"party": value} if isinstance(value, str) else value


Participants = Annotated[
    tuple[
        Annotated[
            Participant,
            BeforeValidator(_participant, json_schema_input_type=Slug | Participant),
        ],
        ...,
    ],
    Field(min_length=1),
]


class Source(Part):
    """An article, as one record defines it."""

    id: Slug
    file: Words
    sha256: Sha256 | None = None
    title: Label
    language: Language
    publisher: Label | None = None
    issued_by: Slugs = ()
    author: Label | None = None
    url: WebAddress | None = None
    published_on: Date | None = None
    licence: Label | None = None
    access: Access | None = None
    quotation_marks: QuotationMarks | None = None
    paragraphs: Paragraphs | None = None
    cites: tuple[Label, ...] = ()


SourceOrId = Annotated[
    Annotated[Slug, Tag("id")] | Annotated[Source, Tag("source")],
    Discriminator(lambda value: "id" if isinstance(value, str) else "source"),
]


class Party(Part):
    """Who is represented, as one record defines it."""

    id: Slug
    kind: PartyKind
    name: Label
    other_names: tuple[Label, ...] = ()
    country: Country | None = None
    wikidata: Wikidata | None = None


class Person(Part):
    """A person, as one record defines them."""

    id: Slug
    name: Label
    other_names: tuple[Label, ...] = ()
    wikidata: Wikidata | None = None


class MeetingDuration(Part):
    value: Duration
    approximate: Truth = False


class Place(Part):
    city: Label
    country: Country | None = None
    wikidata: Wikidata | None = None


class AgendaItem(Part):
    """What was on the table, with how it ended."""

    id: Slug
    title: Label
    outcome: Outcome
    evidence: tuple[Entry, ...] = ()


class Meeting(Part):
    id: Slug
    title: Label
    summary: Text | None = None
    status: MeetingStatus
    format: MeetingFormat
    mode: MeetingMode | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    duration: MeetingDuration | None = None
    place: Place | None = None
    host: Slug | None = None
    parties: Participants
    topics: Slugs = ()
    evidence: tuple[Entry, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()


class Delegate(Part):
    """One person's part in the meeting, in the capacity that the article gives."""

    id: Slug | None = None
    person: Slug | None = None
    described: Label | None = None
    party: Slug | None = None
    title: Text | None = None
    role: DelegateRole
    attendance: Attendance | None = None
    evidence: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _identified(self) -> Self:
        if (self.person is None) == (self.described is None):
            raise ValueError("is either a `person` or `described`")
        if self.person is None and self.id is None:
            raise ValueError("is described, so it needs an `id`")
        return self

    @property
    def own_id(self) -> str:
        """Its id within the record: by default its person's."""
        return self.id or self.person or ""


class Agreement(Part):
    """What was agreed or committed to."""

    id: Slug
    title: Label
    text: Text
    commitment: Commitment
    form: AgreementForm
    parties: Annotated[tuple[Actor, ...], Field(min_length=1)]
    asserted_by: tuple[Actor, ...] = ()
    agenda: Slug | None = None
    topics: Slugs = ()
    evidence: tuple[Entry, ...] = ()


class Quote(Part):
    """Who said what."""

    id: Slug
    speakers: Annotated[tuple[Actor, ...], Field(min_length=1)]
    speaker_title: Text | None = None
    via: Actor | None = None
    kind: QuoteKind
    text: Text
    topics: Slugs = ()
    evidence: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _one_holder(self) -> Self:
        if self.speaker_title is not None and len(self.speakers) > 1:
            raise ValueError("has a `speaker_title`, and more than one speaker who could hold it")
        return self


class Record(Part):
    """A whole `record.yaml`."""

    status: Literal["draft", "reviewed"]
    sources: Annotated[tuple[SourceOrId, ...], Field(min_length=1)]
    parties: tuple[Party, ...] = ()
    people: tuple[Person, ...] = ()
    meeting: Meeting
    delegates: tuple[Delegate, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that the record lists, in its order; the first is the default for `words`."""
        return tuple(source if isinstance(source, str) else source.id for source in self.sources)
