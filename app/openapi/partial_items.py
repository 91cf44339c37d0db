"""Items with some of their fields in the OpenAPI document: what a response has if its request has `fields`.

The schema of a whole item requires all fields, so that a generated client of requests without `fields` has no field
that may be absent. A response has one schema for all requests: the whole items or, second, items with some fields.
"""

from copy import deepcopy
from typing import Any

from app.api.shared.fields import ALWAYS
from app.openapi.examples import Schema

PARTIAL = "Partial"


def add_partial_items(response: dict[str, Any], schemas: dict[str, Schema]) -> None:
    """Add to the response of an operation with `fields` that it may have items with some fields, and their schema."""
    for content in response["content"].values():
        if "$ref" in content["schema"]:  # tables are no objects
            whole = _name(content["schema"])
            add = _add_listing if "items" in schemas[whole]["properties"] else _add_item
            content["schema"] = {"anyOf": [_reference(whole), _reference(add(whole, schemas))]}


def _add_listing(whole: str, schemas: dict[str, Schema]) -> str:
    """Add the schema of a page of items with some fields. Returns its name."""
    schema = deepcopy(schemas[whole])
    entries = schema["properties"]["items"]
    item = _name(entries["items"])
    entries["items"] = _reference(_add_item(item, schemas))
    name = whole.replace(item, PARTIAL + item)
    schemas[name] = {**schema, "title": schema["title"].replace(item, PARTIAL + item)}
    return name


def _add_item(whole: str, schemas: dict[str, Schema]) -> str:
    """Add the schema of an item with some fields. Returns its name."""
    name = PARTIAL + whole
    schemas[name] = {
        **deepcopy(schemas[whole]),
        "title": name,
        "description": f"{whole} with the fields that the parameter `fields` names.",
        "required": [field for field in schemas[whole]["properties"] if field in ALWAYS],
    }
    return name


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
