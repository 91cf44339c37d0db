"""The examples of the OpenAPI document: real responses of the service for the shipped dataset.

`tools/examples.py` requests them and writes them to `examples.json`: responses by path, problems by code. Examples of
fields are taken from them.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

FILE = Path(__file__).with_name("examples.json")


@cache
def examples() -> dict[str, Any]:
    """Responses by the path of their operation, problems by their code, and `headers` by name."""
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


def add_examples(schema: Schema, value: Any, schemas: dict[str, Schema]) -> None:
    """Add examples from a value to the fields of its schema, unless a field has an example that is not empty.

    `schemas` are the targets of `$ref`.
    """
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    for option in schema.get("anyOf", ()):
        add_examples(option, value, schemas)
    if isinstance(value, list):
        for each in value:
            add_examples(schema.get("items", {}), each, schemas)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        for name, field in ((name, fields[name]) for name in value if name in fields):
            if field.get("examples", [None])[0] in (None, []):
                field["examples"] = [_brief(value[name])]
            add_examples(field, value[name], schemas)


def _brief(value: Any) -> Any:
    """A value with only the first of the objects in a list, whose fields have examples of their own."""
    if isinstance(value, dict):
        return {name: _brief(each) for name, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_brief(value[0])]
    return value
