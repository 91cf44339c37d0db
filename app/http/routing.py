"""Routes of the API's contract: they check method, `Accept` and parameters, and run an endpoint over one snapshot."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, get_type_hints
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.engine.interfaces import DBAPIConnection
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from app.db.errors import DatabaseLocked, QueryTimeout
from app.db.read_pool import ReadPool
from app.db.request_context import RequestContext
from app.db.snapshots import Version
from app.http import query_params
from app.http.json_encoding import encode
from app.http.negotiation import require_acceptable
from app.http.query_params import Params, QueryValidator
from app.http.request_state import request_state

_QUICK = {"limit", "cursor", "sort"}
"""Parameters that make no request slow: a page deep in a list is read as quickly as the first one."""

_SEARCH = "q"
"""The parameter of full text search, which may take a thousand times as long as any other."""


class ContractRoute(APIRoute):
    """A route that validates its own parameters, so that one response reports all errors in them.

    An endpoint takes, by annotation, a RequestContext, a query model, the Request, and the parameters of its path. It
    returns a typed dictionary, text, or a Response. A filtered list may be slow and is read in a thread; an item or an
    unfiltered page is read in the event loop, in less time than it takes to hand it to a thread.
    """

    cacheable = True
    """Whether the service, clients and proxies may cache the response."""
    strict = True
    """Whether an unknown parameter is an error; otherwise it is ignored."""
    quick = True
    """Whether an item is read in less time than it takes to hand it to a thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        hints = get_type_hints(endpoint)
        self._literal_prefix = path.partition("{")[0]
        self._context_name = next((name for name, hint in hints.items() if hint is RequestContext), None)
        self._request_name = next((name for name, hint in hints.items() if hint is Request), None)
        self._query = QueryValidator(hints.get("query"))
        response_class = self.response_class
        chosen = response_class if isinstance(response_class, type) else response_class.value
        self._media_type = getattr(chosen, "media_type", None)

    @property
    def reads_database(self) -> bool:
        """Whether the endpoint takes a RequestContext."""
        return self._context_name is not None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        # The prefix rules out most routes at a fifth of the cost of matching their pattern.
        if not scope["path"].startswith(self._literal_prefix):
            return Match.NONE, {}
        return super().matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        params, arguments = self._validate(scope, receive)
        respond = partial(self._respond, scope, params, arguments)
        read_pool: ReadPool = scope["app"].state.read_pool
        response = None
        takes_long = read_pool.blocks or not self.quick or any(name not in _QUICK for name, _ in params)
        if not (self.reads_database and takes_long):
            with suppress(DatabaseLocked, QueryTimeout):
                response = respond()
        if response is None:
            is_search = any(name == _SEARCH for name, _ in params)
            queue = read_pool.search_queue if is_search else read_pool.read_queue
            response = await queue.run(receive, respond)
        await response(scope, receive, send)

    def _validate(self, scope: Scope, receive: Receive) -> tuple[Params, dict[str, Any]]:
        """The parameters of a request, and the endpoint's arguments except for the context. Raises Problem."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        if self._media_type:
            require_acceptable(scope["headers"], self._media_type)
        params = query_params.parse(scope["query_string"])
        if not self.strict:
            params = [(name, value) for name, value in params if name in self._query.multi_valued]
        arguments: dict[str, Any] = dict(scope["path_params"])
        query = self._query.validate(params)
        if query is not None:
            arguments["query"] = query
        if self._request_name:
            arguments[self._request_name] = Request(scope, receive)
        return params, arguments

    def _respond(self, scope: Scope, params: Params, arguments: dict[str, Any]) -> Response:
        """Call the endpoint, over a snapshot if it reads the database."""
        if self._context_name is None:
            return self._response(self.endpoint(**arguments))
        read_pool: ReadPool = scope["app"].state.read_pool

        def read(connection: DBAPIConnection, version: Version) -> Response:
            request_state(scope).version = version
            context = RequestContext(connection, read_pool.dialect, version, read_pool.settings, scope["path"], params)
            return self._response(self.endpoint(**{str(self._context_name): context}, **arguments))

        return read_pool.read(read)

    def _response(self, result: Any) -> Response:
        if isinstance(result, Response):
            return result
        if isinstance(result, str):
            return Response(result, media_type=self._media_type)
        headers = {} if self.cacheable else {"Cache-Control": "no-store"}
        if next_url := result.get("next"):
            headers["Link"] = f'<{next_url}>; rel="next"'
        return Response(encode(result), 200, headers, self._media_type)


class UncachedRoute(ContractRoute):
    """A route whose responses hold only at the moment."""

    cacheable = False


class LenientRoute(ContractRoute):
    """A route that ignores unknown parameters."""

    strict = False

    def used_query(self, query_string: bytes) -> bytes:
        """A query string without the parameters that the endpoint ignores, in the order of their names."""
        used = [(name, value) for name, value in query_params.parse(query_string) if name in self._query.multi_valued]
        return urlencode(sorted(used)).encode()


def used_query(routes: Sequence[LenientRoute], scope: Scope) -> bytes:
    """The query string of a request without the parameters that its route ignores, if it has one of these routes."""
    for route in routes:
        if route.matches(scope)[0] is not Match.NONE:
            return route.used_query(scope["query_string"])
    return bytes(scope["query_string"])


def contract_router(*tags: str, route_class: type[ContractRoute] = ContractRoute) -> APIRouter:
    """A router of such routes; the id of an operation is the name of its endpoint."""
    return APIRouter(tags=[*tags], route_class=route_class, generate_unique_id_function=lambda route: route.name)
