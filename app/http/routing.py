"""What every address holds a request to: parameters that it knows, each as often as it may stand, and a form it has."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from app.db.errors import Held, Interrupted, TookTooLong
from app.db.read_pool import ReadPool
from app.db.request_context import RequestContext
from app.http.json_encoding import encode
from app.http.query_params import parameter_error
from app.problems import Code, ParameterError, Problem, invalid, nearest

_QUICK = {"limit", "cursor", "sort"}
"""Parameters that make no request long: a page is as quick as deep in a list as at its beginning."""

_SEARCH = "q"
"""The parameter that has the database search texts, which may take a thousand times as long as all else."""

Parameters = list[tuple[str, str]]
Faults = list[tuple[Code, ParameterError]]


class ContractRoute(APIRoute):
    """A route that reads its own parameters, so that all that is wrong with them is told at once.

    An endpoint takes, by annotation, a Reading, a query model, the Request, and what its path names. What it returns
    is a typed dictionary, text, or a response of its own. What narrows a list may take long, and has a thread to
    itself; one item, or a page of all, is read in less time than it would take to hand it to a thread.
    """

    kept = True
    """Whether an answer may be kept: by the service, by clients, and by those between them."""
    strict = True
    """Whether a parameter that the endpoint does not take is wrong, or passed over."""
    quick = True
    """Whether one thing is read in less time than it takes to hand it to a thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        hints = get_type_hints(endpoint)
        self._literal = path.partition("{")[0]
        self._reads = next((name for name, hint in hints.items() if hint is RequestContext), None)
        self._request = next((name for name, hint in hints.items() if hint is Request), None)
        self._model: type[BaseModel] | None = hints.get("query")
        self._several = _parameters(self._model)
        given = self.response_class
        self._media_type = getattr(given if isinstance(given, type) else given.value, "media_type", None)

    @property
    def reads(self) -> bool:
        """Whether it answers from the database."""
        return self._reads is not None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        # Most routes are passed over by their first letters, at a fifth of what their pattern costs.
        if not scope["path"].startswith(self._literal):
            return Match.NONE, {}
        return super().matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        if self._media_type:
            negotiate(scope["headers"], self._media_type)
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not self.strict:
            given = [(name, value) for name, value in given if name in self._several]
        arguments: dict[str, Any] = dict(scope["path_params"])
        query, faults = self._checked(given)
        if query is not None:
            arguments["query"] = query
        elif faults:
            raise invalid(faults)
        if self._request:
            arguments[self._request] = Request(scope, receive)
        answer = partial(self._answer, scope, given, arguments)
        read_pool: ReadPool = scope["app"].state.read_pool
        response = None
        takes_long = faults or read_pool.waits or not self.quick or any(name not in _QUICK for name, _ in given)
        if not (self.reads and takes_long):
            with suppress(Held, TookTooLong):
                response = _faultless(faults, answer)
        if response is None:
            lane = read_pool.searching if any(name == _SEARCH for name, _ in given) else read_pool.reading
            response = await lane.run(receive, partial(_faultless, faults, answer))
        await response(scope, receive, send)

    def _answer(self, scope: Scope, given: Parameters, arguments: dict[str, Any]) -> Response:
        if self._reads is None:
            return self._response(self.endpoint(**arguments))
        try:
            return self._read(scope, given, arguments)
        except Interrupted:  # a standby cancels what it can no longer show, a server is gone and another is there
            return self._read(scope, given, arguments)

    def _read(self, scope: Scope, given: Parameters, arguments: dict[str, Any]) -> Response:
        read_pool: ReadPool = scope["app"].state.read_pool
        with read_pool.snapshot() as (connection, version):
            scope["version"] = version
            context = RequestContext(connection, read_pool.dialect, version, read_pool.settings, scope["path"], given)
            return self._response(self.endpoint(**{str(self._reads): context}, **arguments))

    def _response(self, result: Any) -> Response:
        if isinstance(result, Response):
            return result
        if isinstance(result, str):
            return Response(result, media_type=self._media_type)
        headers = {} if self.kept else {"Cache-Control": "no-store"}
        if following := result.get("next"):
            headers["Link"] = f'<{following}>; rel="next"'
        return Response(encode(result), 200, headers, self._media_type)

    def _checked(self, given: Parameters) -> tuple[BaseModel | None, Faults]:
        """The query as the endpoint's model, if it takes one, of all parameters that are right; and what is wrong."""
        faults = list(_misplaced(given, self._several))
        wrong = {error.parameter for _, error in faults}
        values: dict[str, Any] = {}
        for name, value in given:
            if name not in wrong:
                values.setdefault(name, []).append(value) if self._several[name] else values.update({name: value})
        query, more = _validated(self._model, values)
        if more:
            further = {error.parameter for _, error in more}
            query, _ = _validated(self._model, {name: values[name] for name in values.keys() - further})
        return query, [*faults, *((code, error) for code, error in more if error.parameter not in wrong)]


def _validated(model: type[BaseModel] | None, values: dict[str, Any]) -> tuple[BaseModel | None, Faults]:
    try:
        return model.model_validate(values) if model else None, []
    except ValidationError as error:
        return None, [parameter_error(details) for details in error.errors()]


def _faultless(faults: Faults, answer: Callable[[], Response]) -> Response:
    """The answer, if nothing is wrong; whether a cursor or a version is right is only known by answering."""
    try:
        response = answer()
    except Problem as problem:
        if faults:
            raise invalid([*faults, *((problem.code, error) for error in problem.errors)]) from None
        raise
    if faults:
        raise invalid(faults)
    return response


class UncachedRoute(ContractRoute):
    """A route whose answers hold only for the moment."""

    kept = False


class LenientRoute(ContractRoute):
    """A route that passes over parameters which it does not take."""

    strict = False


def contract_router(*tags: str, route_class: type[ContractRoute] = ContractRoute) -> APIRouter:
    """A router of such routes; an operation has its endpoint's name."""
    return APIRouter(tags=[*tags], route_class=route_class, generate_unique_id_function=lambda route: route.name)


def _parameters(model: type[BaseModel] | None) -> dict[str, bool]:
    """The parameters of a query model, and whether each may stand several times."""
    fields = model.model_fields if model else {}
    return {name: get_origin(field.annotation) is list for name, field in fields.items()}


def _misplaced(given: Parameters, several: dict[str, bool]) -> Iterator[tuple[Code, ParameterError]]:
    """Parameters that are not known, and single ones that stand more than once."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    for name, all_given in values.items():
        value = all_given[-1][:200]
        if name not in several:
            message, suggestion = "is not a parameter of this address", nearest(name, list(several))
            error = ParameterError(parameter=name[:200], value=value, message=message, suggestion=suggestion)
            yield Code.unknown_parameter, error
        elif len(all_given) > 1 and not several[name]:
            error = ParameterError(parameter=name, value=value, message="may be given only once", suggestion=None)
            yield Code.invalid_parameter, error


def negotiate(headers: list[tuple[bytes, bytes]], media_type: str) -> None:
    """Raise the problem that the one media type of an address is not acceptable, if a request's headers say so."""
    accept = b",".join(value for name, value in headers if name == b"accept").decode("latin-1")
    if accept and not accepts(accept, media_type):
        raise Problem(Code.not_acceptable, f"This address answers with {media_type}, which `Accept` rules out.")


@lru_cache(maxsize=256)
def accepts(accept: str, media_type: str) -> bool:
    """Whether an `Accept` header takes a media type (RFC 9110, 12.5.1): the closest range that matches decides."""
    own, closest, taken = media_type.split("/"), -1, False
    for part in accept.lower().split(","):
        wanted, *parameters = (piece.strip() for piece in part.split(";"))
        kind, _, subtype = wanted.partition("/")
        if (kind, subtype) == ("*", "*") or (kind == own[0] and subtype in ("*", own[1])):
            closeness = (kind != "*") + (subtype != "*")
            if closeness > closest:
                closest, taken = closeness, not any(_is_zero(parameter) for parameter in parameters)
    return taken or not accept.strip()


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in ("0.", "", "0") and value.strip() != ""
