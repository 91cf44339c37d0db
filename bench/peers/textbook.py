"""A service as the tutorials of FastAPI and SQLModel teach it, over the same tables: the baseline.

Classes with relationships, nested response models, a session for each request, `offset` and `limit`, `count(*)`, and
endpoints without `async`. It uses the indexes of the tables. `bench/peers/equivalence.py` lists what it leaves out of
Readout's items; all other data come from the same rows.
"""

import os
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, HTTPException, Query
from sqlalchemy import JSON
from sqlalchemy.sql.selectable import Select as AnySelect
from sqlmodel import Field, Relationship, Session, SQLModel, col, create_engine, desc, func, select


def of_record(model: str) -> dict[str, Any]:
    """Options of the relationship to evidence; a meeting, agenda item or delegate has the key of its record."""
    same_record = f"foreign(Evidence.record_key) == {model}.key"
    return {"primaryjoin": same_record, "order_by": "Evidence.position", "viewonly": True}


class PersonPublic(SQLModel):
    id: str = Field(unique=True)
    name: str


class Person(PersonPublic, table=True):
    key: int = Field(primary_key=True)


class PartyPublic(SQLModel):
    id: str = Field(unique=True)
    name: str


class Party(PartyPublic, table=True):
    key: int = Field(primary_key=True)


class SourcePublic(SQLModel):
    id: str = Field(unique=True)
    title: str


class Source(SourcePublic, table=True):
    key: int = Field(primary_key=True)


class EvidenceFieldPublic(SQLModel):
    field: str


class EvidenceField(EvidenceFieldPublic, table=True):
    __tablename__ = "evidence_field"

    evidence_key: int = Field(primary_key=True, foreign_key="evidence.key")
    position: int = Field(primary_key=True)


class EvidenceBase(SQLModel):
    id: str = Field(unique=True)
    basis: str
    words: str | None
    note: str | None
    despite: str | None
    start_offset: int | None
    end_offset: int | None


class Evidence(EvidenceBase, table=True):
    key: int = Field(primary_key=True)
    record_key: int
    position: int
    source_key: int | None = Field(foreign_key="source.key")
    source: Source | None = Relationship()
    fields: list[EvidenceField] = Relationship(sa_relationship_kwargs={"order_by": "EvidenceField.position"})


class EvidencePublic(EvidenceBase):
    source: SourcePublic | None
    fields: list[EvidenceFieldPublic]


class RecordTopic(SQLModel, table=True):
    __tablename__ = "record_topic"

    record_key: int = Field(primary_key=True, foreign_key="meeting.key")
    position: int = Field(primary_key=True)
    topic_key: int = Field(foreign_key="topic.key")


class TopicPublic(SQLModel):
    id: str = Field(unique=True)


class Topic(TopicPublic, table=True):
    key: int = Field(primary_key=True)


class MeetingSource(SQLModel, table=True):
    __tablename__ = "meeting_source"

    meeting_key: int = Field(primary_key=True, foreign_key="meeting.key")
    position: int = Field(primary_key=True)
    source_key: int = Field(foreign_key="source.key")


class ActorBase(SQLModel):
    described: str | None
    role: str | None


class Actor(ActorBase, table=True):
    record_key: int = Field(primary_key=True, foreign_key="meeting.key")
    field: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    party_key: int | None = Field(foreign_key="party.key")
    party: Party | None = Relationship()


class ActorPublic(ActorBase):
    party: PartyPublic | None


class AgendaItemBase(SQLModel):
    id: str = Field(unique=True)
    title: str
    outcome: str


class AgendaItem(AgendaItemBase, table=True):
    __tablename__ = "agenda_item"

    key: int = Field(primary_key=True)
    meeting_key: int = Field(foreign_key="meeting.key")
    position: int
    evidence: list[Evidence] = Relationship(sa_relationship_kwargs=of_record("AgendaItem"))


class AgendaItemPublic(AgendaItemBase):
    evidence: list[EvidencePublic]


class MeetingReference(SQLModel):
    id: str = Field(unique=True)
    title: str
    start_date: str | None
    place_country: str | None


class MeetingBase(MeetingReference):
    summary: str | None
    status: str
    format: str
    mode: str | None
    end_date: str | None
    first_day: str | None
    last_day: str | None
    duration_value: str | None
    duration_approximate: bool | None
    place_city: str | None
    place_wikidata: str | None
    reviewed_by: list[dict[str, str]] | None = Field(sa_type=JSON)
    changed_in: int


class Meeting(MeetingBase, table=True):
    key: int = Field(primary_key=True)
    start_descending: str
    host_key: int | None = Field(foreign_key="party.key")
    host: Party | None = Relationship()
    parties: list[Actor] = Relationship(
        sa_relationship_kwargs={
            "primaryjoin": "and_(Actor.record_key == Meeting.key, Actor.field == 'parties')",
            "order_by": "Actor.position",
            "viewonly": True,
        }
    )
    topics: list[Topic] = Relationship(
        link_model=RecordTopic, sa_relationship_kwargs={"order_by": "RecordTopic.position", "viewonly": True}
    )
    sources: list[Source] = Relationship(
        link_model=MeetingSource, sa_relationship_kwargs={"order_by": "MeetingSource.position", "viewonly": True}
    )
    agenda: list[AgendaItem] = Relationship(sa_relationship_kwargs={"order_by": "AgendaItem.position"})
    evidence: list[Evidence] = Relationship(sa_relationship_kwargs=of_record("Meeting"))


class MeetingPublic(MeetingBase):
    host: PartyPublic | None
    parties: list[ActorPublic]
    topics: list[TopicPublic]
    sources: list[SourcePublic]
    agenda: list[AgendaItemPublic]
    evidence: list[EvidencePublic]


class MeetingsPublic(SQLModel):
    data: list[MeetingPublic]
    count: int


class DelegateBase(SQLModel):
    id: str = Field(unique=True)
    described: str | None
    title: str | None
    role: str
    attendance: str | None
    changed_in: int


class Delegate(DelegateBase, table=True):
    key: int = Field(primary_key=True)
    meeting_key: int = Field(foreign_key="meeting.key")
    person_key: int | None = Field(foreign_key="person.key")
    party_key: int | None = Field(foreign_key="party.key")
    meeting: Meeting = Relationship()
    person: Person | None = Relationship()
    party: Party | None = Relationship()
    evidence: list[Evidence] = Relationship(sa_relationship_kwargs=of_record("Delegate"))


class DelegatePublic(DelegateBase):
    meeting: MeetingReference
    person: PersonPublic | None
    party: PartyPublic | None
    evidence: list[EvidencePublic]


class DelegatesPublic(SQLModel):
    data: list[DelegatePublic]
    count: int


engine = create_engine(os.environ["READOUT_DATABASE_URL"], connect_args={"check_same_thread": False})
app = FastAPI()


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
Offset = Annotated[int, Query(ge=0)]
Limit = Annotated[int, Query(ge=1, le=100)]
Statement = TypeVar("Statement", bound=AnySelect[Any])


def filtered(statement: Statement, meeting: str | None, person: str | None, party: str | None) -> Statement:
    if meeting:
        statement = statement.join(Meeting).where(col(Meeting.id) == meeting)
    if person:
        statement = statement.join(Person).where(col(Person.id) == person)
    if party:
        statement = statement.join(Party).where(col(Party.id) == party)
    return statement


@app.get("/delegates", response_model=DelegatesPublic)
def read_delegates(
    session: SessionDep,
    offset: Offset = 0,
    limit: Limit = 20,
    meeting: str | None = None,
    person: str | None = None,
    party: str | None = None,
) -> Any:
    wanted = (meeting, person, party)
    count = session.exec(filtered(select(func.count()).select_from(Delegate), *wanted)).one()
    delegates = session.exec(
        filtered(select(Delegate), *wanted).order_by(Delegate.id).offset(offset).limit(limit)
    ).all()
    return {"data": delegates, "count": count}


@app.get("/delegates/{id}", response_model=DelegatePublic)
def read_delegate(session: SessionDep, id: str) -> Any:
    delegate = session.exec(select(Delegate).where(Delegate.id == id)).first()
    if delegate is None:
        raise HTTPException(status_code=404, detail="Delegate not found")
    return delegate


@app.get("/meetings", response_model=MeetingsPublic)
def read_meetings(session: SessionDep, offset: Offset = 0, limit: Limit = 20) -> Any:
    count = session.exec(select(func.count()).select_from(Meeting)).one()
    newest_first = select(Meeting).order_by(desc(Meeting.start_descending), Meeting.id)
    meetings = session.exec(newest_first.offset(offset).limit(limit)).all()
    return {"data": meetings, "count": count}
