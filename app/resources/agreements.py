"""Agreements: what was agreed, how firmly, between whom, and who says so."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, and_, select

from app.lists import Listing, ListQuery, PublicId, paginate, sort_by
from app.models import Actor, AgendaItem, Meeting, Party, RecordTopic, Topic, table
from app.models import Agreement as StoredAgreement
from app.problems import not_found
from app.reading import Reading, ReadingDep
from app.references import (
    ActorReference,
    Attached,
    ChangedIn,
    EvidenceOfRecord,
    TitleReference,
    Url,
    attached_to,
    meeting_reference,
)
from app.routing import ContractRoute
from app.vocabulary import ActorField, AgreementForm, Commitment

router = APIRouter(tags=["agreements"], route_class=ContractRoute)

_agreement, _meeting, _agenda = table(StoredAgreement), table(Meeting), table(AgendaItem)
_actor, _party, _topic, _record_topic = table(Actor), table(Party), table(Topic), table(RecordTopic)

AgreementId = Annotated[str, Path(description="The agreement's id.", examples=["riyadh-2025-02-18.high-level-teams"])]

SORTS = {
    "id": sort_by(_agreement.c.id),
    "commitment": sort_by(_agreement.c.commitment_rank),
    "title": sort_by(_agreement.c.title_sort),
    "changed_in": sort_by(_agreement.c.changed_in),
}


class Agreement(BaseModel):
    """Something that was agreed or committed to; what was only talked about is on the meeting's agenda."""

    id: str = Field(
        description="The agreement's id: the meeting's, and its own there.",
        examples=["riyadh-2025-02-18.high-level-teams"],
    )
    url: Url
    meeting: TitleReference
    title: str = Field(description="The curator's label.")
    text: str = Field(description="The article's own words, runs of whitespace as one space.")
    commitment: Commitment = Field(description="How firmly, by the verb that the article uses; loosest first.")
    form: AgreementForm
    parties: list[ActorReference] = Field(description="Between whom.")
    asserted_by: list[ActorReference] = Field(description="Who says so; empty: the source in its own voice.")
    agenda: TitleReference | None = Field(description="The agenda item that it belongs to; the curator's label.")
    topics: list[str] = Field(description="The curator's labels.")
    evidence: EvidenceOfRecord
    changed_in: ChangedIn


class AgreementQuery(ListQuery):
    """What a list of agreements can be asked."""

    sort: Literal["id", "-id", "commitment", "-commitment", "title", "-title", "changed_in", "-changed_in"] = Field(
        default="id", description="What the list is sorted by; `-` before it for descending."
    )
    meeting: list[PublicId] = Field(default=[], description="Only agreements of one of these meetings.")
    party: list[PublicId] = Field(default=[], description="Only agreements that one of these parties is party to.")
    topic: list[PublicId] = Field(default=[], description="Only agreements with one of these topics.")
    commitment: list[Commitment] = Field(default=[], description="Only agreements of one of these commitments.")
    form: list[AgreementForm] = Field(default=[], description="Only agreements in one of these forms.")


def matching(query: AgreementQuery) -> list[ColumnElement[bool]]:
    """The conditions that a query's filters are."""
    conditions: list[ColumnElement[bool]] = []
    if query.meeting:
        of_meeting = select(_meeting.c.key).where(_meeting.c.id.in_(query.meeting))
        conditions.append(_agreement.c.meeting_key.in_(of_meeting))
    if query.party:
        as_party = and_(_actor.c.party_key == _party.c.key, _actor.c.field == ActorField.parties)
        of_party = select(_actor.c.record_key).join(_party, as_party).where(_party.c.id.in_(query.party))
        conditions.append(_agreement.c.key.in_(of_party))
    if query.topic:
        of_topic = select(_record_topic.c.record_key).join(_topic, _topic.c.key == _record_topic.c.topic_key)
        conditions.append(_agreement.c.key.in_(of_topic.where(_topic.c.id.in_(query.topic))))
    if query.commitment:
        conditions.append(_agreement.c.commitment.in_(query.commitment))
    if query.form:
        conditions.append(_agreement.c.form.in_(query.form))
    return conditions


def items(reading: Reading, where: ColumnElement[bool], attached: Attached | None = None) -> dict[int, Agreement]:
    """The agreements under a condition, by key in the order of their ids."""
    statement = (
        select(
            _agreement,
            _meeting.c.id.label("meeting_id"),
            _meeting.c.title.label("meeting_title"),
            _agenda.c.id.label("agenda_id"),
            _agenda.c.title.label("agenda_title"),
        )
        .join(_meeting, _meeting.c.key == _agreement.c.meeting_key)
        .outerjoin(_agenda, _agenda.c.key == _agreement.c.agenda_key)
        .order_by(_agreement.c.id)
    )
    rows = reading.connection.execute(statement.where(where)).all()
    attached = attached or attached_to(reading, [row.key for row in rows])
    return {row.key: _item(reading, row, attached) for row in rows}


def _item(reading: Reading, row: Row[Any], attached: Attached) -> Agreement:
    agenda = None
    if row.agenda_id is not None:
        url = f"{reading.url('meetings', row.meeting_id)}#agenda-{row.agenda_id}"
        agenda = TitleReference(id=row.agenda_id, title=row.agenda_title, url=url)
    return Agreement(
        id=row.id,
        url=reading.url("agreements", row.id),
        meeting=meeting_reference(reading, row),
        title=row.title,
        text=row.text,
        commitment=row.commitment,
        form=row.form,
        parties=attached.references(reading, row.key, ActorField.parties),
        asserted_by=attached.references(reading, row.key, ActorField.asserted_by),
        agenda=agenda,
        topics=attached.topics[row.key],
        evidence=attached.evidence[row.key],
        changed_in=row.changed_in,
    )


@router.get("/agreements")
def list_agreements(
    reading: ReadingDep, request: Request, response: Response, query: Annotated[AgreementQuery, Query()]
) -> Listing[Agreement]:
    """Agreements, by id."""
    page = paginate(reading, request, query, _agreement, SORTS, matching(query))
    return page.listing(items(reading, _agreement.c.key.in_(page.keys)), response)


@router.get("/agreements/{id}")
def get_agreement(reading: ReadingDep, id: AgreementId) -> Agreement:
    """One agreement."""
    for agreement in items(reading, _agreement.c.id == id).values():
        return agreement
    raise not_found("agreement", id)
