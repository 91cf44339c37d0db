"""`/{list}.csv` and `/{list}.ndjson`: a whole list with its filters and its sort, as one table."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import create_model, field_validator

from app.api.shared.list_params import ListQuery
from app.api.shared.pagination import ListDefinition, all_items
from app.db.request_context import RequestContextDep
from app.exports.csv_rows import columns
from app.exports.exported_lists import LISTS
from app.exports.tables import csv_chunks, ndjson_chunks
from app.http.routing import contract_router
from app.http.streaming import StreamRoute


class CsvResponse(Response):
    media_type = "text/csv"


class NdjsonResponse(Response):
    media_type = "application/x-ndjson"


class TableRoute(StreamRoute):
    """A route of a whole list, which looks up the version in `changed_since` first."""

    checks_first = frozenset({"changed_since"})


Endpoint = Callable[..., Iterator[bytes]]

_WHOLE = """The whole list with the filters and the sort of `/{name}`, from one dataset version, while it is read. A
response that cannot be completed ends without its last chunk."""
DESCRIPTIONS = {
    "csv": f"""Download {{name}} as CSV.

{_WHOLE} The columns are those of the export. A cell that begins like a formula has an apostrophe before it, and the
file begins with a byte order mark, so that spreadsheets show it as it is.""",
    "ndjson": f"""Download {{name}} as NDJSON.

{_WHOLE} Each line is an item.""",
}

router = contract_router(route_class=TableRoute)


def _refuse(_: object) -> None:
    raise ValueError("makes no sense here: a table has the whole list")


def table_query(query: type[ListQuery]) -> type[ListQuery]:
    """The query of a list without the parameters of a page, which it refuses with the reason."""
    return create_model(
        f"{query.__name__.removesuffix('Query')}TableQuery",
        __base__=query,
        __validators__={"refuse": field_validator("limit", "cursor", mode="before")(_refuse)},
        limit=(None, None),
        cursor=(None, None),
    )


def _csv_endpoint(definition: ListDefinition[Any], item_type: type) -> Endpoint:
    header = [*columns(item_type)]

    def get_csv(context: RequestContextDep, query: ListQuery) -> Iterator[bytes]:
        return csv_chunks(all_items(context, definition, query), header)

    return get_csv


def _ndjson_endpoint(definition: ListDefinition[Any], _: type) -> Endpoint:
    def get_ndjson(context: RequestContextDep, query: ListQuery) -> Iterator[bytes]:
        return ndjson_chunks(all_items(context, definition, query))

    return get_ndjson


def _add(definition: ListDefinition[Any], form: str, endpoint: Endpoint, response_class: type[Response]) -> None:
    name = definition.name
    endpoint.__annotations__["query"] = Annotated[table_query(definition.query), Query()]
    router.add_api_route(
        f"/{name}.{form}",
        endpoint,
        name=f"list_{name}_as_{form}",
        tags=[name],
        response_class=response_class,
        response_model=None,
        description=DESCRIPTIONS[form].format(name=name),
        responses={200: {"content": {response_class.media_type: {"schema": {"type": "string"}}}}},
    )


for _definition, _item_type in LISTS.items():
    _add(_definition, "csv", _csv_endpoint(_definition, _item_type), CsvResponse)
    _add(_definition, "ndjson", _ndjson_endpoint(_definition, _item_type), NdjsonResponse)
