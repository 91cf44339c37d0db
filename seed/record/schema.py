"""The JSON Schema of a record, generated from its models."""

import json
from typing import Any

from seed.record.models import Record


def record_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a `record.yaml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Readout record",
        **{key: value for key, value in Record.model_json_schema().items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n"
