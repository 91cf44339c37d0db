"""A client that openapi-python-client generates from the served document: does it parse what is answered?"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.problems import Code
from tests.api.serving import Json, Served

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database

PACKAGE = "readout_client"
Call = Callable[..., Any]
"""Call an operation, named by its path, as a user of the client would: `call("/meetings/{id}", id="vienna")`."""


@dataclass(frozen=True)
class Generated:
    """The folder with the package, and how the generator ended."""

    folder: Path
    ended: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def generated(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Generated:
    folder = tmp_path_factory.mktemp("client")
    settings = folder / "settings.json"
    # The generator knows neither lines of JSON nor Atom.
    overrides = {"application/x-ndjson": "text/plain", "application/atom+xml": "text/plain"}
    settings.write_text(
        json.dumps({"post_hooks": [], "content_type_overrides": overrides})  # nobody reads it: it need not be formatted
    )
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", "--meta", "none"),
        *("--url", f"{served.client.base_url}/openapi.json"),
        *("--config", str(settings), "--output-path", str(folder / PACKAGE)),
    ]
    return Generated(folder, subprocess.run(command, capture_output=True, text=True, check=False))


@pytest.fixture(scope="module")
def paths(served: Served) -> Json:
    return served.json("/openapi.json")["paths"]


@pytest.fixture(scope="module")
def call(served: Served, generated: Generated, paths: Json) -> Iterator[Call]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(generated.folder))
        client = import_module(PACKAGE).Client(base_url="", raise_on_unexpected_status=True)
        client.set_httpx_client(served.client)

        def call(path: str, **arguments: Any) -> Any:
            operation = paths[path]["get"]
            module = import_module(f"{PACKAGE}.api.{operation['tags'][0]}.{operation['operationId']}")
            return module.sync_detailed(client=client, **arguments)

        yield call


def is_list(paths: Json, path: str) -> bool:
    return f"{path}/{{id}}" in paths


def arguments(served: Served, paths: Json, path: str) -> list[dict[str, Any]]:
    """What to call an operation with, to see every answer that it has for the world."""
    if "{code}" in path:
        return [{"code": code} for code in Code]
    if "{name}" in path:
        return [{"name": file["name"]} for file in served.json("/dataset")["exports"]]
    if "{id}" in path:
        return [{"id": item["id"]} for item in served.all(f"/{path.split('/')[1]}")]
    if path == "/search":
        return [{"q": "riyadh", "limit": limit} for limit in (100, 1)]
    if path == "/suggest":
        return [{"q": "ru"}, {"q": "nobody"}]
    return [{"limit": 100}, {"limit": 1}] if is_list(paths, path) or path == "/changes" else [{}]


def as_python_writes(answer: bytes) -> bytes:
    """The same times: the client reads them as datetimes, and Python writes UTC as +00:00."""
    return re.sub(rb'(T[0-9:.]+)Z"', rb'\1+00:00"', answer)


def test_the_generator_warns_of_nothing(generated: Generated) -> None:
    assert generated.ended.returncode == 0, generated.ended.stdout + generated.ended.stderr


def test_the_client_gives_back_every_answer_as_it_was(served: Served, paths: Json, call: Call) -> None:
    for path in paths:
        for given in arguments(served, paths, path):
            answer = call(path, **given)
            if "text" in answer.headers["Content-Type"]:
                assert answer.parsed == answer.content.decode()
            elif "json" not in answer.headers["Content-Type"] or "ndjson" in answer.headers["Content-Type"]:
                assert answer.status_code == 200
            else:
                assert answer.parsed.to_dict() == json.loads(as_python_writes(answer.content)), (path, given)


def test_the_client_parses_items_with_some_fields(served: Served, paths: Json, call: Call) -> None:
    """The generator ignores `explode`, so its users can name one field."""
    for path in paths:
        if is_list(paths, path):
            name = "".join(part.title() for part in paths[path]["get"]["operationId"].split("_"))
            field = getattr(import_module(f"{PACKAGE}.models"), f"{name}FieldsItem").CHANGED_IN
            answer = call(path, fields=[field], limit=100)
            assert type(answer.parsed).__name__.startswith("ListingPartial")
            assert answer.parsed.to_dict() == json.loads(answer.content)


def test_the_client_parses_the_problem_of_an_unknown_id(paths: Json, call: Call) -> None:
    for path in paths:
        if "{" in path:
            name = path.partition("{")[2].partition("}")[0]
            answer = call(path, **{name: "nobody"})
            assert (answer.status_code, answer.parsed.code) == (404, "not_found"), path


def test_the_client_parses_the_problem_of_a_wrong_parameter(paths: Json, call: Call) -> None:
    for path in paths:
        if is_list(paths, path):
            answer = call(path, limit=0)
            assert answer.status_code == 422, path
            assert [error.parameter for error in answer.parsed.errors] == ["limit"]
