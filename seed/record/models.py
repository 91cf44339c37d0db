"""The record format as Pydantic models: what is valid in a `record.yaml`, before anything is proved."""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from app.enums import (
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
)
from seed.record.scalars import (
    MOST_ITEMS,
    MOST_PARTS,
    Country,
    Date,
    Duration,
    Label,
    Labels,
    Language,
    Ordinal,
    PartAddress,
    Sha256,
    Slug,
    Slugs,
    Text,
    Truth,
    WebAddress,
    Wikidata,
    Words,
)

ID_TAG, DESCRIBED_TAG, SOURCE_TAG = "(an id)", "(a description)", "(a source)"
"""Tags of unions. Pydantic puts a value's tag into the path of its errors; no key of the format is written like one."""


_SOME = Field(min_length=1, max_length=MOST_ITEMS)


def _few(parts: Any) -> Any:
    """A list of parts, refused before its items are looked at, each of which may have faults of its own."""
    if isinstance(parts, list) and len(parts) > MOST_PARTS:
        raise ValueError(f"has more than {MOST_PARTS:,} items")
    return parts


_P = TypeVar("_P")
Parts = Annotated[tuple[_P, ...], Field(max_length=MOST_PARTS), BeforeValidator(_few)]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Part(BaseModel):
    """Any mapping of a record: an unknown key is a fault, and nothing changes after validation."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Part):
    """An entry of an `evidence` list: the fields that it proves, and their words or the reason why there are none."""

    says: Annotated[
        tuple[Words, ...],
        BeforeValidator(_listed, json_schema_input_type=Words | Annotated[tuple[Words, ...], _SOME]),
        _SOME,
    ]
    words: Words | None = None
    inferred: Text | None = None
    nth: Ordinal | None = None
    source: Slug | None = None
    despite: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.words is None and self.inferred is None:
            raise ValueError("gives neither `words` nor, with `inferred`, the reason for having none")
        if self.words is None and (self.nth is not None or self.source is not None):
            raise ValueError("gives `nth` or `source` without `words`")
        if len(set(self.says)) < len(self.says):
            raise ValueError("says the same field twice")
        return self


Evidence = Annotated[tuple[Entry, ...], Field(max_length=MOST_ITEMS)]


class Described(Part):
    """An actor whom the article does not name, in its own words."""

    described: Label


Actor = Annotated[
    Annotated[Slug, Tag(ID_TAG)] | Annotated[Described, Tag(DESCRIBED_TAG)],
    Discriminator(lambda value: ID_TAG if isinstance(value, str) else DESCRIBED_TAG),
]


Actors = Annotated[tuple[Actor, ...], Field(max_length=MOST_ITEMS)]


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


MOST_PARTICIPANTS = 300
"""The most parties to a meeting: more than there are states."""

Participants = Annotated[
    tuple[
        Annotated[
            Participant,
            BeforeValidator(_participant, json_schema_input_type=Slug | Participant),
        ],
        ...,
    ],
    Field(min_length=1, max_length=MOST_PARTICIPANTS),
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
    cites: Labels = ()


SourceOrId = Annotated[
    Annotated[Slug, Tag(ID_TAG)] | Annotated[Source, Tag(SOURCE_TAG)],
    Discriminator(lambda value: ID_TAG if isinstance(value, str) else SOURCE_TAG),
]


class Party(Part):
    """A party, as one record defines it."""

    id: Slug
    kind: PartyKind
    name: Label
    other_names: Labels = ()
    country: Country | None = None
    wikidata: Wikidata | None = None


class Person(Part):
    """A person, as one record defines them."""

    id: Slug
    name: Label
    other_names: Labels = ()
    wikidata: Wikidata | None = None


class MeetingDuration(Part):
    value: Duration
    approximate: Truth = False


class Place(Part):
    city: Label
    country: Country | None = None
    wikidata: Wikidata | None = None


class AgendaItem(Part):
    """An agenda item with its outcome."""

    id: Slug
    title: Label
    outcome: Outcome
    topics: Slugs = ()
    evidence: Evidence = ()


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
    evidence: Evidence = ()
    agenda: Parts[AgendaItem] = ()


class Delegate(Part):
    """A person who took part in the meeting, in the capacity that the article gives."""

    id: Slug | None = None
    person: Slug | None = None
    described: Label | None = None
    party: Slug | None = None
    title: Text | None = None
    role: DelegateRole
    attendance: Attendance | None = None
    evidence: Evidence = ()

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
    """An agreement or a commitment."""

    id: Slug
    title: Label
    text: Text
    commitment: Commitment
    form: AgreementForm
    parties: Annotated[Actors, Field(min_length=1)]
    asserted_by: Actors = ()
    agenda: Slug | None = None
    topics: Slugs = ()
    evidence: Evidence = ()


class Quote(Part):
    """A quote with its speakers."""

    id: Slug
    speakers: Annotated[Actors, Field(min_length=1)]
    speaker_title: Text | None = None
    via: Actor | None = None
    kind: QuoteKind
    text: Text
    topics: Slugs = ()
    evidence: Evidence = ()

    @model_validator(mode="after")
    def _one_holder(self) -> Self:
        if self.speaker_title is not None and len(self.speakers) > 1:
            raise ValueError("has a `speaker_title`, and more than one speaker who could hold it")
        return self


PARTS: dict[str, type[Part]] = {
    "agenda": AgendaItem,
    "delegates": Delegate,
    "agreements": Agreement,
    "quotes": Quote,
    "parties": Party,
    "people": Person,
    "sources": Source,
}
"""The lists whose parts have an id, by the name that a review uses for them."""


class ToReview(Part):
    """A part that nobody has reviewed yet: where it is, which of its fields to look at first, and why."""

    at: PartAddress
    look_at: Annotated[
        tuple[Words, ...], BeforeValidator(_listed, json_schema_input_type=Words | tuple[Words, ...])
    ] = ()
    why: Text | None = None

    @model_validator(mode="after")
    def _fields_of_part(self) -> Self:
        kind = self.at.partition("/")[0]
        fields = PARTS.get(kind, Meeting).model_fields
        unknown = next((name for name in self.look_at if name not in fields), None)
        if unknown is not None:
            raise ValueError(f"looks at `{unknown}`, and `{self.at}` has no such key: give one of {', '.join(fields)}")
        return self


class Reviewer(Part):
    """A person who reviewed the record, and the day."""

    name: Label
    on: Date


def _not_empty(items: Any) -> Any:
    return items or None


class Record(Part):
    """A whole `record.yaml`. An empty list of a review is null: nothing is left to review, or nobody is named."""

    status: Literal["draft", "reviewed"]
    to_review: Annotated[tuple[ToReview, ...] | None, AfterValidator(_not_empty)] = None
    reviewed_by: Annotated[tuple[Reviewer, ...] | None, AfterValidator(_not_empty)] = None
    sources: Annotated[tuple[SourceOrId, ...], _SOME]
    parties: Parts[Party] = ()
    people: Parts[Person] = ()
    meeting: Meeting
    delegates: Parts[Delegate] = ()
    agreements: Parts[Agreement] = ()
    quotes: Parts[Quote] = ()

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that the record lists, in its order; the first is the default for `words`."""
        return tuple(source if isinstance(source, str) else source.id for source in self.sources)
