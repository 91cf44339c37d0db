"""Routes of the API's contract: they check method, `Accept` and parameters, and run an endpoint over one snapshot."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic, perf_counter
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.engine.interfaces import DBAPIConnection
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from app.db.errors import ExceedsBudget, IndexBehind, NeedsMoreTime, QueryTimeout, too_many_matches
from app.db.read_pool import ReadPool
from app.db.request_context import RequestContext
from app.db.snapshots import Version
from app.db.timeouts import INDEX_WAIT_SECONDS
from app.db.work_queue import WorkQueue
from app.http import query_params
from app.http.json_encoding import encode
from app.http.negotiation import require_acceptable
from app.http.query_params import Params, QueryValidator
from app.http.representations import BufferedResponse, buffered
from app.http.request_state import RequestState, request_state
from app.problems import Code, try_again
from app.refusal_counts import Reason, count_refusal

_QUICK = {"limit", "cursor", "sort", "fields"}
"""Parameters that make no request slow: a page deep in a list is read as quickly as the first one."""

_QUICK_LIMIT = 20
"""How many items a page may have at most to be read quickly."""


_Responded = BufferedResponse | Response

T = TypeVar("T")


class ContractRoute(APIRoute):
    """A route that validates its own parameters, so that one response reports all errors in them.

    An endpoint takes, by annotation, a RequestContext, a query model, the Request, and the parameters of its path. It
    returns a typed dictionary, text, or a Response. If it reads the database, or if it is not quick, it runs in a
    thread of the queue for its cost, and the same thread encodes and compresses its response.
    """

    cacheable = True
    """Whether the service, clients and proxies may cache the response."""
    strict = True
    """Whether an unknown parameter is an error; otherwise it is ignored."""
    quick = True
    """Whether it takes no longer than to read one item."""
    streams = False
    """Whether the endpoint's responses send themselves, bit by bit; all others are encoded at once."""

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

    @property
    def reads_data(self) -> bool:
        """Whether the endpoint reads the database or a copy of it, so that its response has a dataset version."""
        return self.reads_database

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        # The prefix rules out most routes at a fifth of the cost of matching their pattern.
        if not scope["path"].startswith(self._literal_prefix):
            return Match.NONE, {}
        return super().matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        params, arguments = self._validate(scope, receive)
        state = request_state(scope)
        read_pool: ReadPool = scope["app"].state.read_pool
        respond = partial(self._respond, scope, state, params, arguments)
        if not self.reads_database:
            state.version = scope["app"].state.cache.version()
        if self.quick and not self.reads_database:
            response = respond()
        else:
            in_queue = partial(self._respond_in_queue, read_pool, receive, state, params, respond)
            response = await with_index(scope, receive, in_queue)
        if isinstance(response, BufferedResponse):
            state.response = response
        else:
            await response(scope, receive, send)

    async def _respond_in_queue(
        self, read_pool: ReadPool, receive: Receive, state: RequestState, params: Params, respond: Callable[..., T]
    ) -> T:
        """Call `respond` in the queue for the request; if it takes too long there, again in that of dear requests."""
        queue, dear_queue = self._queue(read_pool, params), read_pool.search_queue
        try:
            return await run_in(queue, receive, state, partial(respond, may_take_long=queue is dear_queue))
        except NeedsMoreTime:
            return await run_in(dear_queue, receive, state, partial(respond, may_take_long=True))

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

    def _queue(self, read_pool: ReadPool, params: Params) -> WorkQueue:
        """The queue for a request, by what it may cost: dear requests wait for each other, quick ones for none."""
        if not self.reads_database:
            return read_pool.quick_queue
        if not self.quick or not all(map(_is_quick, params)):
            return read_pool.read_queue
        return read_pool.quick_queue if self.streams or "limit" in self._query.multi_valued else read_pool.item_queue

    def _respond(
        self, scope: Scope, state: RequestState, params: Params, arguments: dict[str, Any], may_take_long: bool = False
    ) -> _Responded:
        """Call the endpoint, and encode what it returns in the content coding that the request prefers."""
        read_pool: ReadPool = scope["app"].state.read_pool
        begin = perf_counter()
        try:
            result = self._result(scope, state, params, arguments, may_take_long)
        except QueryTimeout as error:
            filters = [*dict.fromkeys(name for name, _ in params if name not in _QUICK)]
            if not (may_take_long and filters and "sort" in self._query.multi_valued):
                raise
            raise too_many_matches(filters, error) from error
        read_at = perf_counter()
        response = self._response(result)
        if self.streams:
            return response
        whole = buffered(response, state.version, self.path)
        if self.reads_database and not read_pool.may_wait and not whole.is_ready(state.coding):
            raise ExceedsBudget
        whole.representation(state.coding)
        if self.reads_database:
            state.database_seconds = read_at - begin
        state.serialisation_seconds = perf_counter() - read_at
        return whole

    def _result(
        self, scope: Scope, state: RequestState, params: Params, arguments: dict[str, Any], may_take_long: bool
    ) -> Any:
        """The result of the endpoint, over a snapshot if it reads the database."""
        if self._context_name is None:
            return self.endpoint(**arguments)
        read_pool: ReadPool = scope["app"].state.read_pool

        def read(connection: DBAPIConnection, version: Version) -> Any:
            state.version = version
            settings, path = read_pool.settings, scope["path"]
            open_index, dialect = scope["app"].state.open_index, read_pool.dialect
            context = RequestContext(settings, path, params, connection, dialect, version, may_take_long, open_index)
            return self.endpoint(**{str(self._context_name): context}, **arguments)

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


def _is_quick(param: tuple[str, str]) -> bool:
    """Whether a valid parameter leaves a request quick."""
    name, value = param
    return name in _QUICK and (name != "limit" or int(value) <= _QUICK_LIMIT)


async def run_in(queue: WorkQueue, receive: Receive, state: RequestState, work: Callable[[], T]) -> T:
    """Call `work` by a work queue, and note how long the request waited in it."""
    state.queue, begin = queue.name, perf_counter()

    def begin_work() -> T:
        state.queue_seconds = perf_counter() - begin
        return work()

    try:
        return await queue.run(receive, begin_work)
    finally:
        if state.queue_seconds is None:  # it was refused, or its client has gone
            state.queue_seconds = perf_counter() - begin


async def with_index(scope: Scope, receive: Receive, respond: Callable[[], Awaitable[T]]) -> T:
    """Call `respond`; if it needs a search index of another dataset version, again when there is another one.

    Raises Problem if there is none in time.
    """
    state, app_state = request_state(scope), scope["app"].state
    deadline = monotonic() + INDEX_WAIT_SECONDS
    while True:
        try:
            return await respond()
        except IndexBehind as error:
            commit, version = error.commit, state.version
        if monotonic() >= deadline:
            count_refusal(Reason.search_behind)
            raise try_again(_BEHIND, Reason.search_behind, code=Code.search_behind)

        def may_try_again(commit: object = commit, version: Version | None = version) -> bool:
            is_another = app_state.search_folder.newest_commit() != commit or app_state.cache.version() != version
            return is_another or monotonic() >= deadline

        await run_in(app_state.read_pool.index_queue, receive, state, may_try_again)


_BEHIND = (
    "The search index does not have the newest dataset version yet: try again later, or request the list without `q`."
)


class SlowRoute(ContractRoute):
    """A route that may take much longer than to read one item."""

    quick = False


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
