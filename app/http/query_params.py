"""Query parameters: parsed, and validated by the query model of an endpoint."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import NoneType
from typing import get_origin
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.http.suggestions import suggest_form, suggest_parameter, suggest_value
from app.problems import Code, ParameterError, invalid
from app.types import FORMS


class CommaSeparated(frozenset[str]):
    """The type of a parameter that is given once, with commas between its values."""


Params = list[tuple[str, str]]
"""Names and values, in the order of the query string."""

Occurrences = Mapping[str, list[tuple[int, str]]]
"""The occurrences of each parameter: its place in the query string, and its value."""

FoundError = tuple[int, Callable[[], tuple[Code, ParameterError]]]
"""The place of an error in the query string, and the function that makes it."""

MAX_SHOWN = 200
"""How many characters of a name or value an error repeats."""

MAX_ERRORS = 20
"""How many errors a problem lists. A URL of 8 KiB can have 2,000: nobody reads them, and to make them takes long."""

MISSING = 1 << 20
"""The place of a parameter that the query string lacks: behind all others."""


def parse(query_string: bytes) -> Params:
    """The parameters of a query string, those with empty values included."""
    return parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)


class QueryValidator:
    """Validates parameters by a query model; without a model, any parameter is unknown."""

    def __init__(self, model: type[BaseModel] | None) -> None:
        self._model = model
        fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
        self.multi_valued = {name: get_origin(field.annotation) is list for name, field in fields.items()}
        """The names of the known parameters, and whether each may be repeated."""
        self._comma_separated = {name for name, field in fields.items() if _is_comma_separated(field.annotation)}
        self._suggested = [name for name, field in fields.items() if field.annotation is not NoneType]
        """A parameter of the type None is known only to refuse it with a reason."""

    def validate(self, params: Params) -> BaseModel | None:
        """The query, or None without a model. Raises Problem with the first errors, in the order of the parameters."""
        given: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, (name, value) in enumerate(params):
            given[name].append((place, value))
        errors = [*self._unknown_and_repeated(given)]
        query, model_errors = self._by_model(given)
        errors += model_errors
        if errors:
            errors.sort(key=lambda found: found[0])
            raise invalid([make() for _, make in errors[:MAX_ERRORS]], len(errors[MAX_ERRORS:]))
        return query

    def _by_model(self, given: Occurrences) -> tuple[BaseModel | None, list[FoundError]]:
        if self._model is None:
            return None, []
        values = {
            name: [value for _, value in given[name]] if is_multi else given[name][-1][1]
            for name, is_multi in self.multi_valued.items()
            if name in given
        }
        try:
            return self._model.model_validate(values), []
        except ValidationError as error:
            return None, [
                (self._place(details, given), partial(_parameter_error, details, self.multi_valued))
                for details in error.errors(include_url=False)
                if not self._is_repeated(str(details["loc"][0]), given)
            ]

    def _unknown_and_repeated(self, given: Occurrences) -> Iterator[FoundError]:
        for name, occurrences in given.items():
            place, value = occurrences[-1]
            if name not in self.multi_valued:
                yield occurrences[0][0], partial(self._unknown, name, value)
            elif self._is_repeated(name, given):
                values = [value for _, value in occurrences] if name in self._comma_separated else []
                yield place, partial(_repeated, name, value, ",".join(values))

    def _is_repeated(self, name: str, given: Occurrences) -> bool:
        """Whether a parameter is given more than once and may not be. That is its only error."""
        return not self.multi_valued[name] and len(given.get(name, ())) > 1

    def _place(self, details: ErrorDetails, given: Occurrences) -> int:
        name, *index = details["loc"]
        if name not in given:
            return MISSING
        if details["type"] == "too_long":
            return given[str(name)][-1][0]
        if index and self.multi_valued[str(name)]:
            return given[str(name)][int(index[0])][0]
        return given[str(name)][0][0]

    def _unknown(self, name: str, value: str) -> tuple[Code, ParameterError]:
        return Code.unknown_parameter, ParameterError(
            parameter=name[:MAX_SHOWN],
            value=value[:MAX_SHOWN],
            message="is not a parameter of this address",
            suggestion=suggest_parameter(name, self._suggested),
        )


def _is_comma_separated(annotation: object) -> bool:
    kind = get_origin(annotation) or annotation
    return isinstance(kind, type) and issubclass(kind, CommaSeparated)


def _repeated(name: str, value: str, joined: str) -> tuple[Code, ParameterError]:
    """The error that a parameter is repeated. `joined` are its values with commas, if that is how to give them."""
    message = "may be given only once" + (", with commas between its values" if joined else "")
    suggestion = joined if 0 < len(joined) <= MAX_SHOWN else None
    error = ParameterError(parameter=name, value=value[:MAX_SHOWN], message=message, suggestion=suggestion)
    return Code.invalid_parameter, error


def _parameter_error(details: ErrorDetails, multi_valued: Mapping[str, bool]) -> tuple[Code, ParameterError]:
    """An error of Pydantic as the error of a parameter."""
    name, value = str(details["loc"][0]), details.get("input")
    if isinstance(value, list):  # of a parameter that is repeated too often
        value = value[-1]
    shown = None if value is None or details["type"] == "missing" else str(value)
    message, suggestion = _message(details, shown or "")
    if multi_valued[name] and len(parts := _parts(shown)) > 1:
        repeated = "&".join(f"{name}={part[:MAX_SHOWN]}" for part in parts[:2])
        message, suggestion = f"has several values with commas: give it twice, as in {repeated}", None
    error = ParameterError(parameter=name, value=shown and shown[:MAX_SHOWN], message=message, suggestion=suggestion)
    return Code.invalid_parameter, error


def _parts(value: str | None) -> list[str]:
    """The parts of a value that a client joined by commas."""
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def _message(details: ErrorDetails, value: str) -> tuple[str, str | None]:
    """The message of an error, and the value that was probably meant."""
    context = details.get("ctx", {})
    match details["type"]:
        case "enum" | "literal_error":
            known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return f"is not one of {', '.join(known)}", suggest_value(value, known)
        case (
            "greater_than_equal"
            | "less_than_equal"
            | "int_parsing"
            | "int_type"
            | "int_from_float"
            | "int_parsing_size"
        ):
            return "is not a whole number from 1 to 100", None
        case "value_error":
            return str(context["error"]), None
        case "missing":
            return "is missing", None
        case "string_too_short":
            return "is empty", None
        case "string_pattern_mismatch":
            pattern = str(context["pattern"])
            return f"is not {FORMS[pattern]}", suggest_form(value, pattern)
        case "too_long":
            return f"may be given at most {context['max_length']} times", None
        case "string_too_long":
            return f"is longer than {context['max_length']:,} characters", None
    return "is invalid", None
