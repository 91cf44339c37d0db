"""Filters of lists: what each compares its parameter with, and the filters that several lists have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, literal, or_, select, true, union_all

from app.db.statements import FilterParam
from app.enums import ActorField, RecordKind
from app.models import Actor, Delegate, Meeting, Party, Person, Quote, RecordTopic, Topic, table

_meeting, _quote, _delegate = table(Meeting), table(Quote), table(Delegate)
_actor, _party, _person = table(Actor), table(Party), table(Person)
_record_topic, _topic = table(RecordTopic), table(Topic)

Keys = Callable[[FilterParam], list[Select[Any]]]
"""Statements that together select the keys of what matches a parameter."""


Condition = Callable[[ColumnElement[Any], FilterParam], ColumnElement[bool]]
"""The condition that a column fits a parameter."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: items match if their `column` fits the value of the parameter, as `condition` says.

    An index begins with the column, so the items that match are found and counted without a scan of their table.
    """

    column: Column[Any]
    condition: Condition
    value: Callable[[Any], Any] = str
    """The value that the column is compared with, made from a value of the parameter."""
    every: bool = False
    """Whether items must match all values of a repeated parameter, instead of any of them."""
    keys: Keys | None = None
    """The statements that select what the column is one of, if the filter compares it with rows of other tables."""
    selects_few: bool = False
    """Whether these statements select few keys for any value."""
    also: tuple[Column[Any], ...] = ()
    """Columns for which the condition holds too, if it does for `column`."""

    def params(self, name: str, given: Any) -> Iterator[tuple[FilterParam, Any]]:
        """The bound parameters for the value of the filter in a query: none, one, or one for each that must match."""
        values = [self.value(each) for each in (given if isinstance(given, list) else [given] if given else ())]
        if self.every:
            for number, value in enumerate(sorted(set(values))):
                yield FilterParam(f"{name}_{number}", is_list=False), value
        elif len(values) > 1:
            yield FilterParam(name, is_list=True), values
        elif values:
            yield FilterParam(name, is_list=False), values[0]

    def test(self, column: ColumnElement[Any], param: FilterParam) -> ColumnElement[bool]:
        """The condition as a test of one row at a time, which no database takes to choose an index or a join.

        The rows of other tables that belong to this one are read, and not all that match the parameter.
        """
        if self.keys is None or self.selects_few:
            return self.condition(column, param).is_(true())
        return or_(*(_has(keys, column) for keys in self.keys(replace(param, is_test=True))))


def _has(keys: Select[Any], column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column is among some keys, of which only this one is looked for."""
    (key,) = keys.selected_columns
    return keys.with_only_columns(literal(1)).where(key == column).limit(1).scalar_subquery().is_not(None)


def equals(column: Column[Any], value: Callable[[Any], Any] = str) -> Filter:
    """The column has the value."""
    return Filter(column, lambda column, param: param.matches(column), value)


def at_least(column: Column[Any], value: Callable[[Any], Any] = str) -> Filter:
    """The column has the value or a greater one."""
    return Filter(column, lambda column, param: column >= bindparam(param.name), value)


def at_most(column: Column[Any], *also: Column[Any]) -> Filter:
    """The column has the value or a lesser one, and so do others if it does."""
    return Filter(column, lambda column, param: column <= bindparam(param.name), also=also)


def refers_to(column: Column[Any], rows: Table) -> Filter:
    """The column is the key of the row whose `id` is the value."""
    return Filter(column, lambda column, param: param.matches_id(column, rows))


def among(column: Column[Any], keys: Keys, every: bool = False, selects_few: bool = False) -> Filter:
    """The column is one of the keys that statements select for the value."""

    def condition(column: ColumnElement[Any], param: FilterParam) -> ColumnElement[bool]:
        return column.in_(union_all(*keys(param)))

    return Filter(column, condition, every=every, keys=keys, selects_few=selects_few)


def date_filters(first_day: Column[Any], last_day: Column[Any], *sorts: Column[Any]) -> dict[str, Filter]:
    """The filters by a span of days that overlaps the days from the first to the last.

    The last day is null if no date is known; the first day is null then, or behind every date. `sorts` are the columns
    that lists are sorted by the first day with.
    """
    return {"date_from": at_least(last_day), "date_to": at_most(first_day, *sorts)}


def meeting_filters(rows: Table) -> dict[str, Filter]:
    """The filters by the meeting of an item, which have the same names on all lists of such items."""
    key = rows.c.meeting_key
    return {
        "meeting": refers_to(key, _meeting),
        "with": among(key, meetings_with, every=True),
        "country": among(key, _meetings_by(_meeting.c.place_country)),
        "status": among(key, _meetings_by(_meeting.c.status)),
        "format": among(key, _meetings_by(_meeting.c.format)),
        "meeting_topic": among(key, records_with_topic(RecordKind.meeting)),
        **date_filters(rows.c.date_ascending, rows.c.last_day, rows.c.date_descending),
    }


def meetings_with(param: FilterParam) -> list[Select[Any]]:
    """The meetings with a party among their parties or with a delegate, or with a person as delegate or speaker."""
    of_party = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.party_key, _party))
    return [*records_of_party(RecordKind.meeting)(param), of_party, *meetings_of_person(param)]


def meetings_of_person(param: FilterParam) -> list[Select[Any]]:
    """The meetings where a person was a delegate, or a speaker who was none."""
    took_part = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.person_key, _person))
    spoke = select(_quote.c.meeting_key).join(_actor, _actor.c.record_key == _quote.c.key)
    # A test of a row, because SQLite would take its index for the most selective one.
    spoke = spoke.where(_actor.c.field == ActorField.speakers, _actor.c.delegate_key.is_(None).is_(true()))
    return [took_part, spoke.where(param.matches_id(_actor.c.person_key, _person))]


def records_of_party(kind: RecordKind) -> Keys:
    """The records of a kind with a party among their `parties`."""
    records = _with_actor(kind, ActorField.parties)
    return lambda param: [records.where(param.matches_id(_actor.c.party_key, _party))]


def records_of_actor(kind: RecordKind, field: ActorField) -> Keys:
    """The records of a kind that have a person or a party in a field."""
    records = _with_actor(kind, field)
    return lambda param: [
        records.where(param.matches_id(_actor.c.person_key, _person)),
        records.where(param.matches_id(_actor.c.party_key, _party)),
    ]


def _with_actor(kind: RecordKind, field: ActorField) -> Select[Any]:
    return select(_actor.c.record_key).where(_actor.c.field == field, _actor.c.record_kind == kind)


def records_with_topic(kind: RecordKind) -> Keys:
    """The records of a kind with a topic."""
    records = select(_record_topic.c.record_key).where(_record_topic.c.record_kind == kind)
    return lambda param: [records.where(param.matches_id(_record_topic.c.topic_key, _topic))]


def _meetings_by(column: Column[Any]) -> Keys:
    return lambda param: [select(_meeting.c.key).where(param.matches(column))]
