"""The OpenAPI document taken apart: its operations, and everything that it is to describe."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from tests.api.serving import Json


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    return ((path, item["get"]) for path, item in document["paths"].items())


def resolved(document: Json, part: Json) -> Json:
    """A part of the document, or what it refers to, under what it says itself."""
    if "$ref" not in part:
        return part
    found = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return {**found, **part}


def answers(document: Json, operation: Json) -> Iterator[tuple[int, Json]]:
    return ((int(status), resolved(document, answer)) for status, answer in operation["responses"].items())


def described(document: Json) -> Iterator[tuple[str, Json, Json, list[Json]]]:
    """Every parameter, field, answer and header: its name, what describes it, its schema, and its examples."""
    for path, operation in operations(document):
        for each in operation.get("parameters", []):
            shown = [each["example"]] if "example" in each else each["schema"].get("examples", [])
            yield f"{path}?{each['name']}", each, each["schema"], shown
        for status, answer in answers(document, operation):
            for content in answer.get("content", {}).values():
                shown = [each["value"] for each in content.get("examples", {}).values()]
                shown += [content["example"]] if "example" in content else []
                yield f"{path} {status}", answer, content["schema"], shown
    for name, schema in document["components"]["schemas"].items():
        for field, each in schema.get("properties", {}).items():
            yield f"{name}.{field}", resolved(document, each), each, each.get("examples", [])
    for name, header in document["components"]["headers"].items():
        yield name, header, header["schema"], header["schema"]["examples"]


def validator(document: Json, schema: Json) -> Draft202012Validator:
    """Of a schema in the document, under which an object has no field that is not in it and lacks none."""

    def closed(value: Any) -> Any:
        if isinstance(value, dict):
            inner = {name: closed(each) for name, each in value.items()}
            if isinstance(value.get("properties"), dict) and value.get("type") == "object":
                inner |= {"additionalProperties": False, "required": list(value["properties"])}
            return inner
        return [closed(each) for each in value] if isinstance(value, list) else value

    return Draft202012Validator(
        closed({**schema, "components": document["components"]}), format_checker=FormatChecker()
    )
