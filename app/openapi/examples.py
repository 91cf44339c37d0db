"""The examples of the OpenAPI document: what the service did answer over the shipped dataset, and nothing made up.

`tools/examples.py` asks and writes them down, whole answers by their path, problems by their code. The example of each
field is found in them.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

FILE = Path(__file__).with_name("examples.json")


@cache
def examples() -> dict[str, Any]:
    """Answers by the path of their operation, problems by their code, and `headers` by their name."""
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


def give_examples(schema: Schema, value: Any, schemas: dict[str, Schema]) -> None:
    """Give the fields of all models that a value is made of an example out of it, where they have none that tells more.

    `schemas` are those that `$ref`s name.
    """
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    for option in schema.get("anyOf", ()):
        give_examples(option, value, schemas)
    if isinstance(value, list):
        for each in value:
            give_examples(schema.get("items", {}), each, schemas)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        for name, field in ((name, fields[name]) for name in value if name in fields):
            if field.get("examples", [None])[0] in (None, []):
                field["examples"] = [_brief(value[name])]
            give_examples(field, value[name], schemas)


def _brief(value: Any) -> Any:
    """A value without all but the first of objects in a row: how one looks is told by its own fields."""
    if isinstance(value, dict):
        return {name: _brief(each) for name, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_brief(value[0])]
    return value
