"""Query parameters: parsed, and validated by the query model of an endpoint."""

from collections.abc import Iterator, Mapping
from typing import get_origin
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.problems import Code, ParameterError, invalid, nearest

Params = list[tuple[str, str]]
"""Names and values, in the order of the query string."""

Errors = list[tuple[Code, ParameterError]]

MAX_SHOWN = 200
"""How many characters of a name or value an error repeats."""


def parse(query_string: bytes) -> Params:
    """The parameters of a query string, those with empty values included."""
    return parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)


class QueryValidator:
    """Validates parameters by a query model; without a model, any parameter is unknown."""

    def __init__(self, model: type[BaseModel] | None) -> None:
        self._model = model
        fields = model.model_fields if model else {}
        self.multi_valued = {name: get_origin(field.annotation) is list for name, field in fields.items()}
        """The names of the known parameters, and whether each may be repeated."""

    def validate(self, params: Params) -> BaseModel | None:
        """The query, or None without a model. Raises Problem with the errors of all parameters."""
        values: dict[str, list[str]] = {}
        for name, value in params:
            values.setdefault(name, []).append(value)
        errors = [*self._unknown_and_repeated(values)]
        reported = {error.parameter for _, error in errors}
        query, model_errors = self._by_model(values)
        errors += [each for each in model_errors if each[1].parameter not in reported]
        if errors:
            raise invalid(errors)
        return query

    def _by_model(self, values: Mapping[str, list[str]]) -> tuple[BaseModel | None, Errors]:
        if self._model is None:
            return None, []
        multi_valued = self.multi_valued
        known = {
            name: each if multi_valued[name] else each[-1] for name, each in values.items() if name in multi_valued
        }
        try:
            return self._model.model_validate(known), []
        except ValidationError as error:
            return None, [_parameter_error(details) for details in error.errors()]

    def _unknown_and_repeated(self, values: Mapping[str, list[str]]) -> Iterator[tuple[Code, ParameterError]]:
        for name, repeated in values.items():
            value = repeated[-1][:MAX_SHOWN]
            if name not in self.multi_valued:
                message, suggestion = "is not a parameter of this address", nearest(name, list(self.multi_valued))
                error = ParameterError(parameter=name[:MAX_SHOWN], value=value, message=message, suggestion=suggestion)
                yield Code.unknown_parameter, error
            elif len(repeated) > 1 and not self.multi_valued[name]:
                error = ParameterError(parameter=name, value=value, message="may be given only once", suggestion=None)
                yield Code.invalid_parameter, error


def _parameter_error(details: ErrorDetails) -> tuple[Code, ParameterError]:
    """An error of Pydantic as the error of a parameter."""
    name, value = str(details["loc"][0]), details.get("input")
    shown = None if value is None or details["type"] == "missing" else str(value)
    message, suggestion = _message(details, shown or "")
    error = ParameterError(parameter=name, value=shown and shown[:MAX_SHOWN], message=message, suggestion=suggestion)
    return Code.invalid_parameter, error


def _message(details: ErrorDetails, value: str) -> tuple[str, str | None]:
    """The message of an error, and the value that was probably meant."""
    context = details.get("ctx", {})
    match details["type"]:
        case "enum" | "literal_error":
            known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return f"is not one of {', '.join(known)}", nearest(value, known)
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
    return "has not the form that this parameter takes", None
