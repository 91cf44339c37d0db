"""The OpenAPI document: what FastAPI makes of the code, with the answers that can really occur, and examples of all."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.http.error_responses import MEDIA_TYPE, InvalidParameters, ProblemDocument
from app.http.routing import ContractRoute
from app.openapi.examples import Schema, examples, give_examples
from app.openapi.response_headers import headers, of_answer, of_problem
from app.problems import MEANINGS, Code
from app.version import VERSION

INTRODUCTION = """\
Readout serves what articles say of meetings as structured data. **Every fact opens at the very words that say it**:
its `evidence` holds the article's own words and where they stand, `basis` says whether the words state the fact or a
person inferred it, and a loader has proved that the words stand there. What the article leaves open is `null`; fields
that are the curator's labels say so.

* Lists come in pages: follow `next` until it is null. A total is counted to 10,000.
* The header `Readout-Dataset` names the dataset version that an answer was made from.
* Whatever goes wrong is a problem (`application/problem+json`, RFC 9457), and its `type` explains it. Any address
  answers 405 to a method that it does not have, 414 to an address of over 8,192 bytes, 431 to headers of over 65,536,
  and 400 to what is no request of HTTP/1.1.
* An unknown parameter is a 422: nothing is ignored or guessed. (Exports alone pass over any.)
* `HEAD` works wherever `GET` does. Answers come compressed as asked (zstd, brotli, gzip), and pages of any origin may
  read them. Keep an answer with its `ETag`, and send it as `If-None-Match`: while nothing changed, a 304 has no body.

The examples are what this service answers about the dataset that it ships with, at `http://localhost:8000`.
"""
TAGS = {
    "meetings": "Who met, where, when and how, and what was on the table.",
    "delegates": "Who took part, for whom, as what, under the title that the article gives.",
    "agreements": "What was agreed, how firmly, between whom, and who says so.",
    "quotes": "Who said what: direct, partial or indirect.",
    "people": "Who delegates and speakers are, across meetings.",
    "parties": "Who is represented: states, organizations, funds, armed groups, companies.",
    "sources": "The articles, and their texts.",
    "evidence": "The words behind a fact, in their place.",
    "search": "Full text over everything.",
    "changes": "What loads added, changed and removed, in order, for whoever keeps a copy.",
    "dataset": "The version that is served, and how much is in it.",
    "exports": "Whole lists as files, and everything as one.",
    "problems": "What an error code means, and what to do.",
    "operation": "For whoever runs the service.",
}
PROBLEMS: dict[str, tuple[Code, ...]] = {
    "TextWithheld": (Code.text_withheld,),
    "NotFound": (Code.not_found,),
    "NotAcceptable": (Code.not_acceptable,),
    "Gone": (Code.gone,),
    "RangeNotSatisfiable": (Code.range_not_satisfiable,),
    "UnknownParameter": (Code.unknown_parameter,),
    "InvalidParameters": (Code.invalid_parameter, Code.unknown_parameter, Code.invalid_cursor),
    "Internal": (Code.internal,),
    "Unavailable": (Code.unavailable,),
}
"""The answers that are problems, and the codes that each can have, in the order of their status."""


def openapi(app: FastAPI) -> dict[str, Any]:
    """The document, made once; `servers` is the public address."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Readout",
            version=VERSION,
            openapi_version="3.1.0",
            summary="What meetings were really about, each fact with the words that say it.",
            description=INTRODUCTION,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
            servers=[{"url": app.state.settings.public_url}],
        )
        schemas = document["components"]["schemas"]
        _tell_problems(document["components"])
        _tell_listings(schemas)
        for route in app.routes:
            if isinstance(route, ContractRoute) and route.include_in_schema:
                _tell_operation(document["paths"][route.path]["get"], route, schemas)
        app.openapi_schema = document
    return app.openapi_schema


def _tell_problems(components: dict[str, Any]) -> None:
    schemas = components["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (ProblemDocument, InvalidParameters):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    components["headers"] = headers()
    components["responses"] = {name: _problem(codes, schemas) for name, codes in PROBLEMS.items()}


def _tell_listings(schemas: dict[str, Schema]) -> None:
    for name, schema in schemas.items():
        if name.startswith("Listing_"):  # all of them have the title of what they are made of
            schema["title"] = f"Listing[{name.removeprefix('Listing_')[:-1]}]"


def _problem(codes: tuple[Code, ...], schemas: dict[str, Schema]) -> dict[str, Any]:
    status = MEANINGS[codes[0]].status
    schema = _reference("schemas", (InvalidParameters if status == 422 else ProblemDocument).__name__)
    shown = {str(code): {"value": examples()[code]} for code in codes if code in examples()}
    for example in shown.values():
        give_examples(schema, example["value"], schemas)
    return {
        "description": "  \n".join(f"`{code}`: {MEANINGS[code].meaning}" for code in codes),
        "headers": of_problem(status),
        "content": {MEDIA_TYPE: {"schema": schema, "examples": shown}},
    }


def _tell_operation(operation: dict[str, Any], route: ContractRoute, schemas: dict[str, Schema]) -> None:
    docstring = operation.pop("description")
    operation["summary"] = docstring.rstrip(".")
    for parameter in operation.get("parameters", ()):
        _tell_parameter(parameter, examples().get(route.path))
    responses = {status: each for status, each in operation["responses"].items() if status.startswith("2")}
    responses["200"]["description"] = docstring
    for each in responses.values():
        _tell_contents(each["content"], route.path, schemas)
    if route.cacheable:
        responses["304"] = {"description": "What the client has is still so."}
    for status, each in responses.items():
        each["headers"] = of_answer(route, operation, status)
    for name in _problems(operation, route):
        responses[str(MEANINGS[PROBLEMS[name][0]].status)] = _reference("responses", name)
    operation["responses"] = dict(sorted(responses.items()))


def _tell_contents(contents: dict[str, Any], path: str, schemas: dict[str, Schema]) -> None:
    for media_type, content in contents.items():
        content["example"] = examples().get(f"{path} {media_type}", examples().get(path))
        give_examples(content["schema"], content["example"], schemas)


def _tell_parameter(parameter: dict[str, Any], answer: Any) -> None:
    """Its example, and its type without the null that stands for a parameter that is not given."""
    schema = parameter["schema"]
    del schema["description"]  # which the parameter has
    for option in schema.pop("anyOf", ()):
        schema |= option if option["type"] != "null" else {}
    if parameter["required"]:
        (parameter["example"],) = schema.pop("examples")  # which the page fills in
        return
    if parameter["name"] == "id" and answer:
        schema["examples"] = [[answer["items"][0]["id"]]]
    elif parameter["name"] == "cursor" and answer and answer["next"]:
        schema["examples"] = parse_qs(urlsplit(answer["next"]).query)["cursor"]
    if "examples" in schema:
        # Filled in, it would narrow the list; and the page shows no example of a schema.
        parameter["description"] += f" For example {_written(schema['examples'][0])}."
    else:
        schema["examples"] = [schema["default"]]
    if schema.get("default") == []:
        del schema["default"]


def _written(example: Any) -> str:
    return " or ".join(f"`{each}`" for each in (example if isinstance(example, list) else [example]))


def _problems(operation: dict[str, Any], route: ContractRoute) -> list[str]:
    occurring = {
        "TextWithheld": route.path == "/sources/{id}/text",
        "NotFound": "{" in route.path,
        "NotAcceptable": True,
        "Gone": "{id}" in route.path and "evidence" not in route.tags,  # of which the log of changes says nothing
        "RangeNotSatisfiable": "206" in operation["responses"],
        "UnknownParameter": route.strict and "cursor" not in _names(operation),
        "InvalidParameters": "cursor" in _names(operation),
        "Internal": True,
        "Unavailable": route.reads_database,
    }
    return [name for name in PROBLEMS if occurring[name]]


def _names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
