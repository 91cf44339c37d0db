"""Query parameters: what is wrong with those of a request."""

from pydantic_core import ErrorDetails

from app.problems import Code, ParameterError, nearest


def parameter_error(details: ErrorDetails) -> tuple[Code, ParameterError]:
    """What Pydantic found wrong with a parameter, in our words."""
    name = str(details["loc"][0])
    value = details.get("input")
    given = None if details["type"] == "missing" else value
    shown = given if isinstance(given, str) else None if given is None else str(given)
    message, suggestion = _message(details, shown or "")
    error = ParameterError(parameter=name, value=shown and shown[:200], message=message, suggestion=suggestion)
    return Code.invalid_parameter, error


def _message(details: ErrorDetails, value: str) -> tuple[str, str | None]:
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
