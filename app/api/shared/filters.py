"""Filters of lists: what each compares its parameter with, and the filters that several lists have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, and_, bindparam, literal, or_, select, union_all

from app.db.statements import FilterParam, as_test
from app.enums import ActorField, RecordKind
from app.models import LAST_DATE, Actor, Delegate, Meeting, Party, Person, Quote, RecordTopic, Topic, table

_meeting, _quote, _delegate = table(Meeting), table(Quote), table(Delegate)
_actor, _party, _person = table(Actor), table(Party), table(Person)
_record_topic, _topic = table(RecordTopic), table(Topic)

Keys = Callable[[FilterParam], list[Select[Any]]]
"""Statements that together select the keys of what matches a parameter, and nulls: a row for each step."""


Condition = Callable[[ColumnElement[Any], FilterParam], ColumnElement[bool]]
"""The condition that a column fits a parameter."""


class Bound(Enum):
    """Whether a condition is a lower or an upper bound of its column."""

    lower = auto()
    upper = auto()


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
    is_unique: bool = False
    """Whether these statements select each key once for one value."""
    also: tuple[Column[Any], ...] = ()
    """Columns for which the condition holds too, if it does for `column`."""
    bound: Bound | None = None
    halves: "Halves | None" = None
    """Two filters that divide the items that match, if they are sorted by their first day."""

    def bounds(self, column: Column[Any]) -> bool:
        """Whether all items that match are in one range of a column."""
        return column in (self.column, *self.also)

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
            return as_test(self.condition(column, param))
        return or_(*(_has(keys, column) for keys in self.keys(replace(param, is_test=True))))


@dataclass(frozen=True, slots=True)
class Halves:
    """A filter by the last day of spans, as two: `begin` matches the spans that begin on the value's day or later, and
    `go_on` those that began before. Sorted by their first day, all of one half come before all of the other.

    `key` is the column with the key of an item's span. No span that goes on began before the day that is the longest of
    them before the value: `go_on` compares with this day, too, by the parameter that `reach` names.
    """

    begin: Filter
    go_on: Filter
    key: Column[Any]
    spans: "Spans"

    def until(self, end: FilterParam) -> Filter:
        """The spans that end on the value's day or later and begin until another day: one range of first days."""

        def keys(param: FilterParam) -> list[Select[Any]]:
            first_day = self.spans.first_day
            begins = and_(first_day >= bindparam(reach(param)), first_day <= bindparam(end.name))
            return [select(self.spans.key).where(begins, self.spans.last_day >= bindparam(param.name))]

        return among(self.key, keys, is_unique=True)


def reach(param: FilterParam) -> str:
    """The name of the parameter for the earliest day on which a span that is going on can have begun."""
    return f"{param.name}_reach"


def _has(keys: Select[Any], column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column is among some keys, of which only this one is looked for."""
    (key,) = keys.selected_columns
    return keys.with_only_columns(literal(1)).where(key == column).limit(1).scalar_subquery().is_not(None)


def looked_up(param: FilterParam) -> FilterParam:
    """A parameter of a condition on the first column of an index that has all columns of a test: one value of it may
    choose the index, since that finds the tested row at once."""
    return param if param.is_list else replace(param, is_test=False)


def equals(column: Column[Any], value: Callable[[Any], Any] = str) -> Filter:
    """The column has the value."""
    return Filter(column, lambda column, param: param.matches(column), value)


def at_least(column: Column[Any], value: Callable[[Any], Any] = str) -> Filter:
    """The column has the value or a greater one."""
    return Filter(column, lambda column, param: column >= bindparam(param.name), value, bound=Bound.lower)


def at_most(column: Column[Any], *also: Column[Any]) -> Filter:
    """The column has the value or a lesser one, and so do others if it does."""
    return Filter(column, lambda column, param: column <= bindparam(param.name), also=also, bound=Bound.upper)


def refers_to(column: Column[Any], rows: Table) -> Filter:
    """The column is the key of the row whose `id` is the value."""
    return Filter(column, lambda column, param: param.matches_id(column, rows))


def among(
    column: Column[Any],
    keys: Keys,
    every: bool = False,
    selects_few: bool = False,
    is_unique: bool = False,
) -> Filter:
    """The column is one of the keys that statements select for the value."""

    def condition(column: ColumnElement[Any], param: FilterParam) -> ColumnElement[bool]:
        return column.in_(union_all(*keys(param)))

    return Filter(column, condition, every=every, keys=keys, selects_few=selects_few, is_unique=is_unique)


def with_topic(column: Column[Any], kind: RecordKind) -> Filter:
    """The column is the key of a record of a kind with the topic."""
    records = select(_record_topic.c.record_key).where(_record_topic.c.record_kind == kind)

    def keys(param: FilterParam) -> list[Select[Any]]:
        return [records.where(looked_up(param).matches_id(_record_topic.c.topic_key, _topic))]

    return among(column, keys, is_unique=True)


@dataclass(frozen=True, slots=True)
class Spans:
    """The columns of the spans of days that items are filtered by, and the `key` of their row. An index begins with the
    first and the last day."""

    key: Column[Any]
    first_day: Column[Any]
    last_day: Column[Any]
    length: Column[Any]


_MEETINGS = Spans(_meeting.c.key, _meeting.c.first_day, _meeting.c.last_day, _meeting.c.span)


def date_filters(
    first_day: Column[Any], last_day: Column[Any], sorts: tuple[Column[Any], Column[Any]], key: Column[Any]
) -> dict[str, Filter]:
    """The filters of items by the days of the meeting with the `key`."""
    return dict(zip(("date_from", "date_to"), span_filters(first_day, last_day, sorts, key, _MEETINGS), strict=True))


def span_filters(
    first_day: Column[Any],
    last_day: Column[Any],
    sorts: tuple[Column[Any], Column[Any]],
    key: Column[Any],
    spans: Spans,
) -> tuple[Filter, Filter]:
    """The filters by a span of days that ends on a day or later, and by one that begins on a day or earlier.

    The last day is null if no date is known; the first day is null then, or behind every date. `sorts` are the columns
    that lists are sorted by the first day with. The item's span is the one with its `key`.
    """
    ascending, descending = sorts

    def begins(column: ColumnElement[Any], param: FilterParam) -> ColumnElement[bool]:
        begins = column >= bindparam(param.name)
        return and_(begins, column < LAST_DATE) if column.name == ascending.name else begins

    def going_on(param: FilterParam) -> list[Select[Any]]:
        value: ColumnElement[Any] = bindparam(param.name)
        earliest: ColumnElement[Any] = bindparam(reach(param))
        is_going_on = and_(spans.first_day >= earliest, spans.first_day < value, spans.last_day >= value)
        return [select(spans.key).where(is_going_on)]

    begin = Filter(ascending, begins, also=(descending,), bound=Bound.lower)
    halves = Halves(begin, among(key, going_on, selects_few=True), key, spans)
    return replace(at_least(last_day), halves=halves), at_most(first_day, ascending, descending)


def meeting_filters(rows: Table) -> dict[str, Filter]:
    """The filters by the meeting of an item, which have the same names on all lists of such items."""
    key = rows.c.meeting_key
    return {
        "meeting": refers_to(key, _meeting),
        "with": among(key, meetings_with, every=True),
        "country": equals(rows.c.meeting_country),
        "status": equals(rows.c.meeting_status),
        "format": equals(rows.c.meeting_format),
        "meeting_topic": with_topic(key, RecordKind.meeting),
        **part_dates(rows),
    }


def part_dates(rows: Table) -> dict[str, Filter]:
    """The filters by the days of the meeting that items belong to."""
    sorts = rows.c.date_ascending, rows.c.date_descending
    return date_filters(rows.c.date_ascending, rows.c.last_day, sorts, rows.c.meeting_key)


def meetings_with(param: FilterParam) -> list[Select[Any]]:
    """The meetings with a party among their parties or with a delegate, or with a person as delegate or speaker."""
    of_party = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.party_key, _party))
    return [*records_of_party(RecordKind.meeting)(param), of_party, *meetings_of_person(param)]


def meetings_of_person(param: FilterParam) -> list[Select[Any]]:
    """The meetings where a person was a delegate, or a speaker who was none."""
    took_part = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.person_key, _person))
    spoke = select(_quote.c.meeting_key).join(_actor, _actor.c.record_key == _quote.c.key)
    spoke = spoke.where(_actor.c.field == ActorField.speakers, _actor.c.record_kind == RecordKind.quote)
    is_no_delegate = _actor.c.delegate_key.is_(None)
    spoke = spoke.where(as_test(is_no_delegate) if param.is_test else is_no_delegate)
    return [took_part, spoke.where(param.matches_id(_actor.c.person_key, _person))]


def records_of_party(kind: RecordKind) -> Keys:
    """The records of a kind with a party among their `parties`."""
    records = _with_actor(kind, ActorField.parties)
    return lambda param: [records.where(looked_up(param).matches_id(_actor.c.party_key, _party))]


def records_of_actor(kind: RecordKind, field: ActorField) -> Keys:
    """The records of a kind that have a person or a party in a field."""
    records = _with_actor(kind, field)
    return lambda param: [
        records.where(param.matches_id(_actor.c.person_key, _person)),
        records.where(looked_up(param).matches_id(_actor.c.party_key, _party)),
    ]


def _with_actor(kind: RecordKind, field: ActorField) -> Select[Any]:
    return select(_actor.c.record_key).where(_actor.c.field == field, _actor.c.record_kind == kind)
