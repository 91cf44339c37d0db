"""The sweep: how long the keys and the count of a page take, for every filter and every sort of every list.

The filters and sorts are those of the OpenAPI document, so a new one is in it by itself. Values come from the data. The
statements run in this process, without a response cache; what is measured is the CPU time of this thread, the least of
some repetitions, because others may use the machine. With PostgreSQL, which runs them elsewhere, it is the time.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, product
from math import ceil, inf
from operator import itemgetter
from random import Random
from time import perf_counter, thread_time
from typing import Any

from sqlalchemy import bindparam, desc, func, select

from app.api.shared.list_plan import COUNT_LIMIT, Listed
from app.api.shared.list_search import SearchedList, searched
from app.api.shared.list_statements import KeyRow, sort_column, stored_total
from app.api.shared.pagination import ListDefinition, listed_by
from app.db.read_pool import read_pool
from app.db.request_context import RequestContext
from app.db.statements import Statement
from app.enums import SearchKind
from app.exports.exported_lists import LISTS
from app.http.json_encoding import encode
from app.http.query_params import QueryValidator
from app.main import create_app
from app.models import DatasetVersion, table
from app.problems import Problem
from app.search.folder import SearchFolder
from app.search.list_index import open_index_of
from app.settings import Settings
from bench.clones import WORD
from bench.datasets import Dataset
from bench.results import Measure, Results

SINGLES, PAIRS = 1_000, 500
"""How many lists with one filter are measured, and with two. Most of the time is taken to compile their SQL."""

SEED = 0
SIZE = 21
"""A page of 20 items, and the next row."""

REPETITIONS = 3
SLOW_SECONDS = 0.2
"""A page that takes longer is not measured again."""

_DEPTH = 0.6
"""How deep in the whole list, or among the first items that match, the deep page is."""

_FIRST_ITEMS = 1000
"""Among so many items is the deep page of a list that has none behind the depth of the whole list."""

_SAMPLED = 60
"""How many items of each list provide values."""

_FREQUENT, _TRIED = 30, 90
"""How many values a filter is tried with: the most frequent ones, and random others, up to so many in all."""

_versions = table(DatasetVersion)
_NO_FILTERS = {"limit", "cursor", "sort", "fields"}
_SEARCHES = [WORD, "talks", "zzzz"]
"""Queries that find a tenth of the meetings, everything and nothing."""

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many milliseconds the keys and the count of a page took."""

    milliseconds: float
    path: str
    params: Params
    is_deep: bool
    total: int

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.params)
        return f"{self.path}?{query}{' (deep)' if self.is_deep else ''}"


@dataclass
class _SweptList:
    """A list with the values of its filters, and by sort the position at the depth of the whole list."""

    definition: ListDefinition[Any]
    validator: QueryValidator
    sorts: list[str]
    values: dict[str, list[str]] = field(default_factory=dict)
    positions: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class _LabelRow:
    number: int
    digest: str


@dataclass(slots=True)
class _PositionRow:
    after_value: Any
    after_id: str


FIGURES = {"half": 0.5, "95%": 0.95, "99%": 0.99, "all": 1.0}
"""The parts of the pages for which a time is given: that of the slowest of them."""

WORST = 10


def add_sweep(results: Results, dataset: Dataset, seed: int = SEED) -> None:
    """Sweep a dataset, and add its figures to the results of the benchmark."""
    print(f"{dataset.size:,} meetings: every filter with every sort", file=sys.stderr)
    taken = sorted(sweep(dataset, seed), key=lambda each: each.milliseconds)
    for name, part in FIGURES.items():
        slowest = taken[ceil(len(taken) * part) - 1]
        results.values[Measure(f"sweep {name}", "readout", dataset.size)] = [slowest.milliseconds]
    results.slowest[dataset.size] = [(each.milliseconds, str(each)) for each in reversed(taken[-WORST:])]
    for name, milliseconds in items_milliseconds(dataset.url).items():
        results.values[Measure(f"items of {name}", "readout", dataset.size)] = [milliseconds]


def sweep(dataset: Dataset, seed: int = SEED) -> list[Taken]:
    """Measure a page for every filter with every sort, and for random pairs of filters; the seed chooses both."""
    settings = Settings(database_url=dataset.url, search=dataset.search)
    document = create_app(settings).openapi()
    with _snapshot(settings) as context:
        found = Counter(value for definition in LISTS for value in _values_in(context, definition))
        lists = [_swept_list(context, document, definition, found) for definition in LISTS]
        requests = [*_single_filters(lists, Random(seed)), *_pairs(lists, Random(seed))]
        taken = [each for swept, params in requests for each in _take(context, swept, params)]
    return taken


def items_milliseconds(database_url: str) -> dict[str, float]:
    """The milliseconds to read and serialise the items of a page, by list: the sweep does not measure them."""
    with _snapshot(Settings(database_url=database_url)) as context:
        return {definition.name: _items_milliseconds(context, definition) for definition in LISTS}


@contextmanager
def _snapshot(settings: Settings) -> Iterator[RequestContext]:
    with closing(read_pool(settings)) as pool:
        pool.disable_timeouts()
        with pool.snapshot() as (connection, version):
            open_index = partial(open_index_of, SearchFolder(settings.search))
            yield RequestContext(settings, "/", [], connection, pool.dialect, version, open_index=open_index)


def _items_milliseconds(context: RequestContext, definition: ListDefinition[Any]) -> float:
    keys = list(context.rows(Statement(KeyRow, select(definition.rows.c.key).limit(SIZE - 1))))
    definition.read(context, keys)

    def once() -> float:
        begin = thread_time()
        encode(definition.read(context, keys))
        return thread_time() - begin

    return 1000 * min(once() for _ in range(REPETITIONS))


def _swept_list(
    context: RequestContext, document: dict[str, Any], definition: ListDefinition[Any], found: Counter[str]
) -> _SweptList:
    parameters = {each["name"]: each for each in document["paths"][f"/{definition.name}"]["get"]["parameters"]}
    sorts = [sort for sort in parameters["sort"]["schema"]["enum"] if sort != "place"]  # it is of one meeting only
    swept = _SweptList(definition, QueryValidator(definition.query), sorts)
    for name in parameters.keys() - _NO_FILTERS:
        candidates = _candidates(context, document, parameters[name], found)
        swept.values[name] = _rare_to_dense(context, swept, name, candidates)
    swept.positions = {sort: _position(context, definition, sort) for sort in sorts}
    return swept


def _values_in(context: RequestContext, definition: ListDefinition[Any]) -> Iterator[str]:
    """The texts in random items of a list, each once for an item."""
    key = definition.rows.c.key
    ((top,),) = ((row.key,) for row in context.rows(Statement(KeyRow, select(func.max(key).label("key")))))
    random = Random(definition.name)
    from_key = Statement(KeyRow, select(key).where(key >= bindparam("least")).order_by(key).limit(1))
    for _ in range(_SAMPLED):
        for row in context.rows(from_key, least=random.randrange(top + 1)):
            yield from sorted(set(_texts(definition.items(context, [row.key])[row.key])))


def _texts(value: object) -> Iterator[str]:
    """All texts in an item that could be the value of a filter."""
    match value:
        case str() if len(value) <= 100:
            yield value
        case dict():
            yield from chain.from_iterable(map(_texts, value.values()))
        case list():
            yield from chain.from_iterable(map(_texts, value))


def _candidates(
    context: RequestContext, document: dict[str, Any], parameter: dict[str, Any], found: Counter[str]
) -> list[str]:
    """Possible values of a filter, by its description in the OpenAPI document, the most frequent first."""
    match parameter["name"]:
        case "q":
            return _SEARCHES
        case "changed_since":
            versions = Statement(_LabelRow, select(_versions.c.number, _versions.c.digest))
            return ["0", *(f"{row.number}-{row.digest[:8]}" for row in context.rows(versions))]
    schema = parameter["schema"]
    schema = schema.get("items") or next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    if values := schema.get("enum"):
        return list(values)
    return [value for value, _ in found.most_common() if re.search(schema.get("pattern", ""), value)]


def _rare_to_dense(context: RequestContext, swept: _SweptList, name: str, candidates: list[str]) -> list[str]:
    """The rarest of some values, the most frequent one that is counted to its end, and the most frequent one."""
    totals: dict[str, int] = {}
    others = candidates[_FREQUENT:]
    Random(f"{swept.definition.name} {name}").shuffle(others)
    for tried, value in enumerate(candidates[:_FREQUENT] + others):
        if tried >= _TRIED and totals:
            break
        try:
            counted = _listed(context, swept, ((name, value),)).searched().count()
        except Problem:  # the value is not one of this filter
            continue
        if counted.number:
            totals.setdefault(value, counted.number if counted.is_exact else COUNT_LIMIT + 1)
    few = {value: total for value, total in totals.items() if total <= COUNT_LIMIT}
    chosen = [min(totals, key=totals.__getitem__)] if totals else candidates[:1]
    chosen += [max(few, key=few.__getitem__)] if few else []
    chosen += [max(totals, key=totals.__getitem__)] if totals else []  # the first of several is in most items
    return [*dict.fromkeys(chosen)]


def _position(context: RequestContext, definition: ListDefinition[Any], sort: str) -> dict[str, Any]:
    """The values of a cursor deep in a list."""
    column, id = sort_column(definition, sort), definition.rows.c.id
    ((size,),) = ((row.total,) for row in context.rows(stored_total(definition)))
    rows = select(column.label("after_value"), id.label("after_id"))
    ordered = rows.order_by(desc(column) if sort.startswith("-") else column, id).offset(bindparam("skipped")).limit(1)
    (row,) = context.rows(Statement(_PositionRow, ordered), skipped=int(size * _DEPTH))
    return {"after_value": row.after_value, "after_id": row.after_id}


def _single_filters(lists: list[_SweptList], random: Random) -> list[tuple[_SweptList, Params]]:
    """Each filter with each sort and a random one of its values; then other values, up to SINGLES in all."""
    requests: list[tuple[int, tuple[_SweptList, Params]]] = []
    for swept in lists:
        for name, sort in product(sorted(swept.values), swept.sorts):
            values = random.sample(swept.values[name], len(swept.values[name]))
            requests += [(turn, (swept, ((name, value), ("sort", sort)))) for turn, value in enumerate(values)]
    random.shuffle(requests)
    return [request for _, request in sorted(requests, key=itemgetter(0))][:SINGLES]


def _pairs(lists: list[_SweptList], random: Random) -> Iterator[tuple[_SweptList, Params]]:
    """Random pairs of filters with a random sort."""
    for _ in range(PAIRS):
        swept = random.choice(lists)
        names = random.sample(sorted(name for name, values in swept.values.items() if values), 2)
        filters = [(name, random.choice(swept.values[name])) for name in names]
        yield swept, (*filters, ("sort", random.choice(swept.sorts)))


def _take(context: RequestContext, swept: _SweptList, params: Params) -> Iterator[Taken]:
    """Measure the first page and a deep one, if there is one."""
    try:
        first = _listed(context, swept, params)
    except Problem:  # two filters contradict each other
        return
    for page in (first, *_deep(first, swept.positions[first.listed.sort])):
        seconds, total = _least_seconds(page)
        yield Taken(1000 * seconds, f"/{swept.definition.name}", params, page.listed.has_cursor, total)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a list, before its `q` is searched."""

    listed: Listed
    kind: SearchKind
    q: str | None

    def searched(self) -> Listed | SearchedList:
        return searched(self.listed, self.kind, self.q)

    def behind(self, position: dict[str, Any]) -> "_Page":
        """The page behind a position."""
        listed = self.listed
        return replace(self, listed=replace(listed, values={**listed.values, **position}, has_cursor=True))


def _deep(first: _Page, position: dict[str, Any]) -> Iterator[_Page]:
    """The list from a cursor that a client can have: of an item that matches, and that others follow."""
    rows, _ = first.behind(position).searched().read(SIZE)
    last = SIZE - 2
    if len(rows) < SIZE:
        rows, _ = first.searched().read(_FIRST_ITEMS)
        last = int(len(rows) * _DEPTH)
    if len(rows) >= SIZE:
        yield first.behind({"after_value": rows[last].value, "after_id": rows[last].id})


def _least_seconds(page: _Page) -> tuple[float, int]:
    """The least seconds of some repetitions, and the total. The first run, which compiles SQL, is not counted."""
    clock = perf_counter if page.listed.context.dialect.name == "postgresql" else thread_time
    _, total = page.searched().read(SIZE)
    least = inf
    for _ in range(REPETITIONS):
        begin = clock()
        page.searched().read(SIZE)
        least = min(least, clock() - begin)
        if least > SLOW_SECONDS:
            break
    return least, total.number


def _listed(context: RequestContext, swept: _SweptList, params: Params) -> _Page:
    """The list with some parameters. Raises Problem if they are invalid."""
    query: Any = swept.validator.validate([*params])
    return _Page(listed_by(context, swept.definition, query), swept.definition.kind, query.q)
