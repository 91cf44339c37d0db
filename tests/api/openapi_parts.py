"""The parts of the OpenAPI document: operations, parameters, fields, responses and headers."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from app.openapi.partial_items import PARTIAL
from tests.api.serving import Json

FACETS = "Facets"
"""The only schema whose fields are all optional."""


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    return ((path, item["get"]) for path, item in document["paths"].items())


def resolved(document: Json, part: Json) -> Json:
    """A part of the document; for a reference the referenced part, overridden by the reference's own keys."""
    if "$ref" not in part:
        return part
    found = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return {**found, **part}


def responses(document: Json, operation: Json) -> Iterator[tuple[int, Json]]:
    return ((int(status), resolved(document, response)) for status, response in operation["responses"].items())


def described(document: Json) -> Iterator[tuple[str, Json, Json, list[Json]]]:
    """Every parameter, field, response and header: its name, its object, its schema, and its examples."""
    for path, operation in operations(document):
        for each in operation.get("parameters", []):
            shown = [each["example"]] if "example" in each else each["schema"].get("examples", [])
            yield f"{path}?{each['name']}", each, each["schema"], shown
        for status, response in responses(document, operation):
            for content in response.get("content", {}).values():
                shown = [each["value"] for each in content.get("examples", {}).values()]
                shown += [content["example"]] if "example" in content else []
                yield f"{path} {status}", response, content["schema"], shown
    for name, schema in document["components"]["schemas"].items():
        for field, each in schema.get("properties", {}).items():
            yield f"{name}.{field}", resolved(document, each), each, each.get("examples", [])
    for name, header in document["components"]["headers"].items():
        yield name, header, header["schema"], header["schema"]["examples"]


def validator(document: Json, schema: Json, partial: bool = False) -> Draft202012Validator:
    """The validator of a schema, where objects have all of its fields and no others; facets are only the requested.

    `partial` chooses the second schema of a response that has one, for a request with `fields`: its items need not have
    all fields.
    """
    if any(PARTIAL in each.get("$ref", "") for each in schema.get("anyOf", [])):
        schema = schema["anyOf"][partial]

    return Draft202012Validator(
        {**_closed(schema), "components": _closed_components(document)}, format_checker=FormatChecker()
    )


_last: dict[str, Json] = {}


def _closed_components(document: Json) -> Json:
    """Those of the last document are kept: to close them takes many times as long as to validate a response."""
    if _last.get("document") is not document:
        _last.update(document=document, components=_closed(document["components"]))
    return _last["components"]


def _closed(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {name: _closed(each) for name, each in value.items()}
        if isinstance(value.get("properties"), dict) and value.get("type") == "object":
            inner["additionalProperties"] = False
            if not str(value["title"]).startswith((PARTIAL, FACETS)):
                inner["required"] = list(value["properties"])
        return inner
    return [_closed(each) for each in value] if isinstance(value, list) else value
