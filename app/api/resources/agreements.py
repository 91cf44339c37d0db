"""Agreements: the resource, its filters and its endpoints."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import Select, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import (
    Filter,
    among,
    at_least,
    equals,
    meeting_filters,
    records_of_actor,
    records_of_party,
    with_topic,
)
from app.api.shared.list_params import (
    ByChange,
    ByMeeting,
    MeetingPartQuery,
    PublicId,
    SortBy,
    filter_by,
    filter_from,
    filter_with,
)
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items, meeting_sorts
from app.api.shared.schemas import (
    ActorReference,
    ChangedIn,
    ItsMeeting,
    MeetingPartRow,
    ReadUrl,
    RecordEvidence,
    Related,
    TitleReference,
    Topics,
    Url,
    meeting_reference,
    related_to,
    title_reference,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, AgreementForm, Commitment, RecordKind, SearchKind, rank
from app.http.routing import contract_router
from app.models import AgendaItem, Delegate, Meeting, Person, table
from app.models import Agreement as StoredAgreement
from app.types import Id

router = contract_router("agreements")

_agreement, _meeting, _agenda = table(StoredAgreement), table(Meeting), table(AgendaItem)
_delegate, _person = table(Delegate), table(Person)

AgreementId = Annotated[
    PublicId, Path(description="The agreement's id.", examples=["riyadh-2025-02-18.high-level-teams"])
]

SORTS = {
    "commitment": Sort(_agreement.c.commitment_rank),
    "title": Sort(_agreement.c.title_sort),
    **meeting_sorts(_agreement),
}


class Agreement(TypedDict):
    """An agreement or commitment. A matter that was only discussed is an agenda item of the meeting instead."""

    id: Annotated[Id, Field(description="The agreement's id, which begins with the meeting's.")]
    url: Url
    read_url: ReadUrl
    meeting: ItsMeeting
    title: Annotated[str, Field(description="The agreement in a few words (the curator's label).")]
    text: Annotated[str, Field(description="The article's own words; runs of whitespace are one space.")]
    commitment: Annotated[
        Commitment, Field(description="How binding it is, by the verb in the article; the weakest comes first.")
    ]
    form: Annotated[AgreementForm, Field(description="The form of the agreement.")]
    parties: Annotated[list[ActorReference], Field(description="The parties to the agreement.")]
    asserted_by: Annotated[
        list[ActorReference],
        Field(description="The actors that the article cites for it; empty if the article states it itself."),
    ]
    agenda: Annotated[
        TitleReference | None, Field(description="The agenda item of the agreement (the curator's label).")
    ]
    topics: Topics
    evidence: RecordEvidence
    changed_in: ChangedIn


class AgreementQuery(MeetingPartQuery):
    fields: Fields[Agreement] = ALL
    sort: SortBy[Literal["id", "-id", "commitment", "-commitment", "title", "-title", ByMeeting, ByChange]] = "id"
    with_: list[PublicId] = filter_with(
        "Only agreements with all of these parties and people: a party among the agreement's own `parties`, a person as"
        " a delegate to its meeting."
    )
    party: list[PublicId] = filter_by("Only agreements that one of these parties is party to.", "rus")
    topic: list[PublicId] = filter_by("Only agreements with one of these topics.", "peace-talks")
    commitment: list[Commitment] = filter_by("Only agreements of one of these commitments.", "agreed", "signed")
    commitment_from: Commitment | None = filter_from("Only agreements of this commitment or a firmer one.", "agreed")
    asserted: list[Literal["true", "false"]] = filter_by(
        "Whether the article cites somebody for the agreement: `true` if it does, `false` if it states it itself.",
        "false",
    )
    asserted_by: list[PublicId] = filter_by(
        "Only agreements that the article states on the word of one of these people or parties.", "sergey-lavrov"
    )
    form: list[AgreementForm] = filter_by("Only agreements in one of these forms.", "announcement")


def _with(param: FilterParam) -> list[Select[Any]]:
    """The agreements of a party, and those of the meetings to which a person was a delegate."""
    of_delegates = _delegate.outerjoin(_agreement, _agreement.c.meeting_key == _delegate.c.meeting_key)
    took_part = select(_agreement.c.key).select_from(of_delegates)  # a row for each meeting without agreements, too
    return [
        *records_of_party(RecordKind.agreement)(param),
        took_part.where(param.matches_id(_delegate.c.person_key, _person)),
    ]


FILTERS: Mapping[str, Filter] = {
    **meeting_filters(_agreement),
    "with": among(_agreement.c.key, _with, every=True),
    "party": among(_agreement.c.key, records_of_party(RecordKind.agreement)),
    "topic": with_topic(_agreement.c.key, RecordKind.agreement),
    "commitment": equals(_agreement.c.commitment_rank, rank),
    "commitment_from": at_least(_agreement.c.commitment_rank, rank),
    "asserted": equals(_agreement.c.asserted, lambda value: value == "true"),
    "asserted_by": among(_agreement.c.key, records_of_actor(RecordKind.agreement, ActorField.asserted_by)),
    "form": equals(_agreement.c.form),
}


@dataclass(slots=True)
class AgreementRow(MeetingPartRow):
    title: str
    text: str
    commitment: Commitment
    form: AgreementForm
    agenda_id: str | None
    agenda_title: str


_ITEMS = ByKeys(
    AgreementRow,
    lambda keys: (
        select(*columns_of(_agreement, AgreementRow, meeting=_meeting, agenda=_agenda))
        .join(_meeting, _meeting.c.key == _agreement.c.meeting_key)
        .outerjoin(_agenda, _agenda.c.key == _agreement.c.agenda_key)
        .where(keys.matches(_agreement.c.key))
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Agreement]:
    """The agreements with some keys, by key."""
    rows, related = context.rows_by_key(_ITEMS, keys), related_to(context, keys, fields)
    return {row.key: _item(context, row, related) for row in rows}


def _item(context: RequestContext, row: AgreementRow, related: Related) -> Agreement:
    agenda: TitleReference | None = None
    if row.agenda_id is not None:
        agenda = title_reference(context, "agenda", row.agenda_id, row.agenda_title)
    return {
        "id": row.id,
        "url": context.url("agreements", row.id),
        "read_url": context.read_url("agreement", row.id),
        "meeting": meeting_reference(context, row),
        "title": row.title,
        "text": row.text,
        "commitment": row.commitment,
        "form": row.form,
        "parties": related.references(context, row.key, ActorField.parties),
        "asserted_by": related.references(context, row.key, ActorField.asserted_by),
        "agenda": agenda,
        "topics": related.topics[row.key],
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


AGREEMENTS = ListDefinition(SearchKind.agreement, _agreement, Agreement, AgreementQuery, SORTS, FILTERS, items)


@router.get("/agreements")
def list_agreements(context: RequestContextDep, query: Annotated[AgreementQuery, Query()]) -> Listing[Agreement]:
    """List agreements, sorted by id."""
    return list_items(context, AGREEMENTS, query)


@router.get("/agreements/{id}")
def get_agreement(
    context: RequestContextDep, id: AgreementId, query: Annotated[ItemQuery[Agreement], Query()]
) -> Agreement:
    """Get an agreement."""
    return get_item(context, AGREEMENTS, id, query.fields)
