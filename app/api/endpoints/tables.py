"""`/{list}.csv` and `/{list}.ndjson`: a whole list with its filters and its sort, as one table."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Query, Response

from app.api.shared.list_params import ListQuery, refusing
from app.api.shared.pagination import ListDefinition, all_items
from app.db.request_context import RequestContextDep
from app.exports.csv_rows import columns
from app.exports.exported_lists import LISTS
from app.exports.tables import csv_chunks, ndjson_chunks
from app.http.query_params import Params
from app.http.routing import contract_router
from app.http.streaming import StreamRoute


class CsvResponse(Response):
    media_type = "text/csv"


class NdjsonResponse(Response):
    media_type = "application/x-ndjson"


class TableRoute(StreamRoute):
    """A route of a whole list, which looks up the version in `changed_since` and searches for `q` first."""

    def must_check(self, params: Params) -> bool:
        return any(name in ("changed_since", "q") for name, _ in params)


Endpoint = Callable[..., Iterator[bytes]]

_DESCRIPTION = """The whole list with the filters and the sort of `/{name}`, from one dataset version. A response that
cannot be completed ends without its last chunk."""
DESCRIPTIONS = {
    "csv": f"""Download {{name}} as CSV.

{_DESCRIPTION} The columns are those of the export. A cell that begins like a formula has an apostrophe before it,
and the file begins with a byte order mark, so that spreadsheets show it as it is.""",
    "ndjson": f"""Download {{name}} as NDJSON.

{_DESCRIPTION} Each line is an item.""",
}

router = contract_router(route_class=TableRoute)


_WHOLE = "makes no sense here: a table has the whole list"


def _csv_endpoint(definition: ListDefinition[Any]) -> Endpoint:
    header = [*columns(definition.item)]

    def get_csv(context: RequestContextDep, query: ListQuery) -> Iterator[bytes]:
        of_fields = [column for column in header if not query.fields or column.path[0] in query.fields]
        return csv_chunks(all_items(context, definition, query), of_fields)

    return get_csv


def _ndjson_endpoint(definition: ListDefinition[Any]) -> Endpoint:
    def get_ndjson(context: RequestContextDep, query: ListQuery) -> Iterator[bytes]:
        return ndjson_chunks(all_items(context, definition, query))

    return get_ndjson


def _add(definition: ListDefinition[Any], form: str, endpoint: Endpoint, response_class: type[Response]) -> None:
    name = definition.name
    endpoint.__annotations__["query"] = Annotated[
        refusing(definition.query, "Table", dict.fromkeys(("limit", "cursor"), _WHOLE)), Query()
    ]
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


for _definition in LISTS:
    _add(_definition, "csv", _csv_endpoint(_definition), CsvResponse)
    _add(_definition, "ndjson", _ndjson_endpoint(_definition), NdjsonResponse)
