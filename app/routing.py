"""What every address holds a request to: parameters that it knows, each as often as it may stand, and a form it has."""

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, get_origin
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from app.problems import Code, ParameterError, Problem, invalid, nearest, parameter_error

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ContractRoute(APIRoute):
    """A route that answers 422 for what FastAPI would pass over: unknown parameters, and single ones given twice."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        known = self._parameters()

        async def held_to_the_contract(request: Request) -> Response:
            self._negotiate(request)
            faults, response = list(_faults(request, known)), None
            if faults and not known:
                raise invalid(faults)  # no parameter is taken, so none else can be wrong
            while response is None:
                wrong = {error.parameter for _, error in faults}
                try:
                    response = await handle(_without(request, wrong))
                except RequestValidationError as error:
                    more = [parameter_error(details) for details in error.errors()]
                except Problem as problem:
                    if not problem.errors and not faults:
                        raise
                    more = [(problem.code, error) for error in problem.errors]
                else:
                    more = []
                faults += more
                if not {error.parameter for _, error in more} - wrong:
                    break
            if faults or response is None:
                raise invalid(faults)
            return response

        return held_to_the_contract

    def _parameters(self) -> dict[str, bool]:
        """The query parameters of the route, and whether each may stand several times."""
        flat = (
            parameter for parameter in get_flat_params(self.dependant) if parameter.name not in self.param_convertors
        )
        return {parameter.alias: get_origin(parameter.field_info.annotation) is list for parameter in flat}

    def _negotiate(self, request: Request) -> None:
        given = self.response_class
        media_type = getattr(given if isinstance(given, type) else given.value, "media_type", None)
        accept = ",".join(request.headers.getlist("accept"))
        if media_type and accept and not accepts(accept, media_type):
            raise Problem(Code.not_acceptable, f"This address answers with {media_type}, which `Accept` rules out.")


def _without(request: Request, wrong: set[str]) -> Request:
    """The request less the parameters that are known to be wrong, to find what else is."""
    if not wrong:
        return request
    kept = [(name, value) for name, value in request.query_params.multi_items() if name[:200] not in wrong]
    _ = request.state  # made before the scope is copied, so that both share it
    return Request({**request.scope, "query_string": urlencode(kept).encode()}, request.receive)


def _faults(request: Request, known: dict[str, bool]) -> Iterator[tuple[Code, ParameterError]]:
    given = Counter(name for name, _ in request.query_params.multi_items())
    for name, times in given.items():
        value = request.query_params[name][:200]
        if name not in known:
            message = "is not a parameter of this address"
            error = ParameterError(
                parameter=name[:200], value=value, message=message, suggestion=nearest(name, list(known))
            )
            yield Code.unknown_parameter, error
        elif times > 1 and not known[name]:
            error = ParameterError(parameter=name, value=value, message="may be given only once", suggestion=None)
            yield Code.invalid_parameter, error


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
