"""The OpenAPI document: FastAPI's, with the responses that can occur, their headers and examples."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.http.error_responses import MEDIA_TYPE, InvalidParameters, ProblemDocument
from app.http.routing import ContractRoute
from app.openapi.examples import Schema, add_examples, examples
from app.openapi.header_descriptions import headers, problem_headers, success_headers
from app.openapi.partial_items import add_partial_items
from app.problems import MEANINGS, Code
from app.version import VERSION

INTRODUCTION = """\
Readout serves facts about meetings, taken from articles, as structured data. **Every fact has evidence**: the words
of the article and their position. `basis` says whether the words state the fact or a person inferred it, and the loader
has proved that the article has these words. A value that the article does not state is `null`. Fields that are labels
by the curator say so.

* Lists are paginated: follow `next` until it is null. A total is counted up to 10,000. With `.csv` or `.ndjson` behind
  its path, a list is one table instead.
* The header `Readout-Dataset` names the dataset version of a response.
* Errors are problems (`application/problem+json`, RFC 9457); the `type` is the URL of an explanation. Every URL returns
  405 to other methods, 414 if the URL has more than 8,192 bytes, 431 if the headers have more than
  65,536 or are more than 100, and 400 if the request is not valid HTTP/1.1.
* An unknown parameter is a 422; only exports, pages and this documentation ignore unknown parameters.
* `HEAD` works wherever `GET` does. Responses are compressed with zstd, brotli or gzip as requested, and CORS allows
  every origin. Cache a response with its `ETag` and send it as `If-None-Match`: a 304 without a body means no change.

The examples are responses of this service for the dataset that it ships with, at `http://localhost:8000`.
"""
TAGS = {
    "meetings": "Meetings, with participants, dates, places and agendas.",
    "agenda": "Agenda items of all meetings, with their outcomes.",
    "delegates": "Delegates to meetings, with their party, title and role.",
    "agreements": "Agreements and commitments, with their parties.",
    "quotes": "Direct, partial and indirect quotes, with their speakers.",
    "people": "Delegates and speakers of all meetings.",
    "parties": "States, organizations, funds, armed groups and companies.",
    "sources": "Articles and their texts.",
    "evidence": "The words that prove facts, with their positions.",
    "search": "Full text search over all items.",
    "changes": "The change log of loads, from which clients update a copy.",
    "dataset": "The dataset version and the sizes of the lists.",
    "exports": "Whole lists as files.",
    "problems": "Explanations of problem codes.",
    "operation": "Health checks and version, for operators.",
}
PROBLEMS: dict[str, tuple[Code, ...]] = {
    "TextWithheld": (Code.text_withheld,),
    "NotFound": (Code.not_found,),
    "NotAcceptable": (Code.not_acceptable,),
    "Gone": (Code.gone,),
    "RangeNotSatisfiable": (Code.range_not_satisfiable,),
    "UnknownParameter": (Code.unknown_parameter,),
    "InvalidFilters": (Code.invalid_parameter, Code.unknown_parameter),
    "InvalidParameters": (Code.invalid_parameter, Code.unknown_parameter, Code.invalid_cursor),
    "Internal": (Code.internal,),
    "Unavailable": (Code.unavailable,),
    "SearchUnavailable": (Code.unavailable, Code.search_behind),
}
"""The error responses and the problem codes of each, sorted by status."""
LIST_DESCRIPTION = """\
Returns a page of at most `limit` items, and the URL of the `next` page. Different filters must all match; a repeated
filter matches any of its values, unless its description says all."""
ITEM_DESCRIPTION = "Returns the item as its list does. After the item was removed from the dataset, its URL is a 410."
"""The descriptions of operations whose docstring is one sentence."""


def openapi(app: FastAPI) -> dict[str, Any]:
    """The document, built once. `servers` has the public URL."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Readout",
            version=VERSION,
            openapi_version="3.1.0",
            summary="Facts about meetings, each with the words that prove it.",
            description=INTRODUCTION,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
            servers=[{"url": app.state.settings.public_url}],
        )
        document["info"] |= _licence(app.state.settings.licence) | _contact(app.state.settings.contact)
        document["security"] = []  # no operation needs an account
        schemas = document["components"]["schemas"]
        _add_problems(document["components"])
        _set_listing_titles(schemas)
        for route in app.routes:
            if isinstance(route, ContractRoute) and route.include_in_schema:
                _describe_operation(document["paths"][route.path]["get"], route, schemas)
        app.openapi_schema = document
    return app.openapi_schema


def _licence(licence: str | None) -> dict[str, Any]:
    """The licence of the dataset, by its URL, its SPDX identifier, which has a hyphen, or another name."""
    if licence is None:
        return {}
    kind = "url" if _is_url(licence) else "identifier" if re.fullmatch(r"[\w.+]+(-[\w.+]+)+", licence) else "name"
    return {"license": {"name": licence, kind: licence}}


def _contact(contact: str | None) -> dict[str, Any]:
    """The contact for questions, by its URL, its email address, or a name."""
    if contact is None:
        return {}
    kind = "url" if _is_url(contact) else "email" if re.fullmatch(r"[^@\s]+@[^@\s]+", contact) else "name"
    return {"contact": {kind: contact}}


def _is_url(text: str) -> bool:
    return re.fullmatch(r"https?://\S+", text) is not None


def _add_problems(components: dict[str, Any]) -> None:
    schemas = components["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (ProblemDocument, InvalidParameters):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    components["headers"] = headers()
    components["responses"] = {name: _problem(codes, schemas) for name, codes in PROBLEMS.items()}


def _set_listing_titles(schemas: dict[str, Schema]) -> None:
    for name, schema in schemas.items():
        if name.startswith("Listing_"):  # all of them have the title of the generic class
            schema["title"] = f"Listing[{name.removeprefix('Listing_')[:-1]}]"


def _problem(codes: tuple[Code, ...], schemas: dict[str, Schema]) -> dict[str, Any]:
    status = MEANINGS[codes[0]].status
    schema = _reference("schemas", (InvalidParameters if status == 422 else ProblemDocument).__name__)
    shown = {str(code): {"value": examples()[code]} for code in codes if code in examples()}
    for example in shown.values():
        add_examples(schema, example["value"], schemas)
    return {
        "description": "  \n".join(f"`{code}`: {MEANINGS[code].meaning}" for code in codes),
        "headers": problem_headers(status),
        "content": {MEDIA_TYPE: {"schema": schema, "examples": shown}},
    }


def _describe_operation(operation: dict[str, Any], route: ContractRoute, schemas: dict[str, Schema]) -> None:
    first, _, further = operation["description"].partition("\n\n")
    operation["summary"] = first.rstrip(".")
    operation["description"] = further or (LIST_DESCRIPTION if "cursor" in _names(operation) else ITEM_DESCRIPTION)
    if "parameters" in operation:  # one that is null is known only to refuse it with a reason
        given = operation["parameters"]
        operation["parameters"] = [each for each in given if each["schema"].get("type") != "null"]
    for parameter in operation.get("parameters", ()):
        _describe_parameter(parameter, examples().get(route.path.partition(".")[0]))  # that of a table is its list's
    responses = {status: each for status, each in operation["responses"].items() if status.startswith("2")}
    responses["200"]["description"] = first
    for each in responses.values():
        _add_content_examples(each["content"], route.path, schemas)
    if "fields" in _names(operation):
        add_partial_items(responses["200"], schemas)
    if route.cacheable:
        responses["304"] = {"description": "The client's cached response is current."}
    for status, each in responses.items():
        each["headers"] = success_headers(route, operation, status)
    for name in _problems(operation, route):
        responses[str(MEANINGS[PROBLEMS[name][0]].status)] = _reference("responses", name)
    operation["responses"] = dict(sorted(responses.items()))


def _add_content_examples(contents: dict[str, Any], path: str, schemas: dict[str, Schema]) -> None:
    for media_type, content in contents.items():
        content["example"] = examples().get(f"{path} {media_type}", examples().get(path))
        add_examples(content["schema"], content["example"], schemas)


def _describe_parameter(parameter: dict[str, Any], response: Any) -> None:
    """Add an example, and remove the null that stands for an absent parameter from the type."""
    schema = parameter["schema"]
    del schema["description"]  # the parameter has it
    for option in schema.pop("anyOf", ()):
        schema |= option if option.get("type") != "null" else {}
    if parameter["required"]:
        (parameter["example"],) = schema.pop("examples")  # Swagger UI fills it in
        return
    if parameter["name"] == "id" and response:
        schema["examples"] = [[response["items"][0]["id"]]]
    elif parameter["name"] == "cursor" and response and response["next"]:
        schema["examples"] = parse_qs(urlsplit(response["next"]).query)["cursor"]
    if parameter["name"] == "fields":
        parameter |= {"style": "form", "explode": False}  # one value with commas
        parameter["description"] += f" For example `{','.join(schema['examples'][0])}`."
    elif "examples" in schema:
        # Swagger UI would fill in an example of the parameter, and shows none of its schema.
        parameter["description"] += f" For example {_alternatives(schema['examples'][0])}."
    else:
        schema["examples"] = [schema["default"]]
    if schema.get("default") == []:
        del schema["default"]


def _alternatives(example: Any) -> str:
    return " or ".join(f"`{each}`" for each in (example if isinstance(example, list) else [example]))


def _problems(operation: dict[str, Any], route: ContractRoute) -> list[str]:
    has_query = any(parameter["in"] == "query" for parameter in operation.get("parameters", ()))
    is_searched = route.reads_database and "q" in _names(operation)
    can_occur = {
        "TextWithheld": route.path == "/sources/{id}/text",
        "NotFound": "{" in route.path,
        "NotAcceptable": True,
        "Gone": "{id}" in route.path,
        "RangeNotSatisfiable": "206" in operation["responses"],
        "UnknownParameter": route.strict and not has_query,
        "InvalidFilters": has_query and "cursor" not in _names(operation),
        "InvalidParameters": "cursor" in _names(operation),
        "Internal": True,
        "Unavailable": not is_searched and (route.reads_data or route.path == "/readyz"),
        "SearchUnavailable": is_searched,
    }
    return [name for name in PROBLEMS if can_occur[name]]


def _names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
