"""The OpenAPI document: what FastAPI makes of the code, with the answers that can really occur."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.problems import MEANINGS, MEDIA_TYPE, Code, InvalidParameters, ProblemDocument
from app.release import VERSION

INTRODUCTION = """\
Readout serves what articles say of meetings as structured data. **Every fact opens at the very words that say it**:
its `evidence` holds the article's own words and where they stand, `basis` says whether the words state the fact or a
person inferred it, and a loader has proved that the words stand there. What the article leaves open is `null`; fields
that are the curator's labels say so.

* Lists come in pages: follow `next` until it is null. A total is counted to 10,000.
* The header `Readout-Dataset` names the dataset version that an answer was made from.
* Whatever goes wrong is a problem (`application/problem+json`, RFC 9457), and its `type` explains it. Any address
  answers 405 to a method that it does not have, and 414 to an address of over 8,192 bytes.
* An unknown parameter is a 422: nothing is ignored or guessed. (Exports alone pass over any.)
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
_ALWAYS = (Code.not_acceptable, Code.internal)
_EXPORT = "/exports/{name}"
_NAMES = {
    404: "NotFound",
    403: "TextWithheld",
    406: "NotAcceptable",
    410: "Gone",
    416: "RangeNotSatisfiable",
    422: "InvalidParameters",
    500: "Internal",
    503: "Unavailable",
}


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
        _replace_answers(document)
        app.openapi_schema = document
    return app.openapi_schema


def _replace_answers(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (ProblemDocument, InvalidParameters):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    document["components"]["responses"] = {_NAMES[status]: _problem_answer(status) for status in _NAMES}
    for name, schema in schemas.items():
        if name.startswith("Listing_"):  # all of them have the title of what they are made of
            schema["title"] = f"Listing[{name.removeprefix('Listing_')[:-1]}]"
    for path, item in document["paths"].items():
        operation = item["get"]
        operation["summary"] = operation.pop("description").rstrip(".")  # the endpoint's docstring
        operation["responses"] = _answers(path, operation["responses"])


def _answers(path: str, declared: dict[str, Any]) -> dict[str, Any]:
    codes = [*_ALWAYS, Code.range_not_satisfiable if path == _EXPORT else Code.unknown_parameter]
    successes = {status: answer for status, answer in declared.items() if status.startswith("2")}
    if "{" in path:
        codes.append(Code.not_found)
    if "{id}" in path and not path.startswith("/evidence/"):  # what the change log speaks of
        codes.append(Code.gone)
    if path.endswith("/text"):
        codes.append(Code.text_withheld)
    if path not in ("/livez", "/version", "/problems/{code}"):
        codes.append(Code.unavailable)
        for answer in successes.values():
            answer["headers"] = {"Readout-Dataset": _DATASET_HEADER}
    statuses = sorted({MEANINGS[code].status for code in codes})
    return {
        **successes,
        **{str(status): {"$ref": f"#/components/responses/{_NAMES[status]}"} for status in statuses},
    }


_DATASET_HEADER = {
    "description": "The dataset version that the answer was made from.",
    "required": True,
    "schema": {"type": "string", "examples": ["1-34575b2c"]},
}


def _problem_answer(status: int) -> dict[str, Any]:
    model = "InvalidParameters" if status == 422 else "ProblemDocument"
    meanings = [f"`{code}`: {meaning.meaning}" for code, meaning in MEANINGS.items() if meaning.status == status]
    return {
        "description": " ".join(meanings),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{model}"}}},
    }
