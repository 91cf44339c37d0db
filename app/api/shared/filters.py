"""Conditions of filters that several lists have."""

from sqlalchemy import Column, ColumnElement, select

from app.db.statements import FilterParam
from app.enums import ActorField
from app.models import Actor, Party, RecordTopic, Topic, table

_actor, _party = table(Actor), table(Party)
_record_topic, _topic = table(RecordTopic), table(Topic)


def with_party(record_key: Column[int], param: FilterParam) -> ColumnElement[bool]:
    """The condition that a record has one of the parties among its `parties`."""
    actors = select(_actor.c.record_key).where(_actor.c.field == ActorField.parties)
    return record_key.in_(actors.where(param.matches_id(_actor.c.party_key, _party)))


def with_topic(record_key: Column[int], param: FilterParam) -> ColumnElement[bool]:
    """The condition that a record has one of the topics."""
    topics = select(_record_topic.c.record_key).where(param.matches_id(_record_topic.c.topic_key, _topic))
    return record_key.in_(topics)
