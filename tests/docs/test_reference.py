"""The documents list every setting, command, parameter, field, metric and event of the code, and no other."""

import os
import re
import signal
import socket
import tomllib
from enum import StrEnum
from inspect import getmembers, isclass
from typing import Any

import pytest
import typer
import uvicorn

from app import enums
from app.__main__ import main as serve
from app.exports.link_tables import LINK_TABLES
from app.problems import MEANINGS
from app.problems import Code as ProblemCode
from app.search.folding import fold
from app.server.line_writer import LineWriter
from app.settings import Settings
from app.version import VERSION
from seed.cli.commands import commands
from seed.dataset.files import MAXIMUM_ARTICLE, MAXIMUM_RECORD, MOST_LINES, MOST_MARKS, MOST_REPORTED
from seed.proof.facts import FACTS
from seed.proof.quotation_marks import REACH
from seed.proof.work import MAXIMUM_SEARCHED
from seed.record.faults import Code
from seed.record.models import (
    MOST_PARTICIPANTS,
    Agreement,
    Delegate,
    Entry,
    Meeting,
    Part,
    Party,
    Person,
    Quote,
    Record,
    Source,
)
from seed.record.scalars import (
    ADDRESS_LENGTH,
    DURATION_LENGTH,
    HIGHEST_ORDINAL,
    LABEL_LENGTH,
    MOST_ITEMS,
    MOST_PARTS,
    PART_ADDRESS_LENGTH,
    TAG_LENGTH,
    TEXT_LENGTH,
)
from seed.record.yaml_tree import MAXIMUM_DEPTH, MAXIMUM_EXPANDED, MAXIMUM_NODES
from tests.api.serving import Served
from tests.docs.markdown import CONTRIBUTING, DOCS, EVERYTHING, OPERATING, README, ROOT, code, sections, tables
from tests.docs.terminal import make_targets

HTTP_API = (DOCS / "http-api.md").read_text()
RECORD_FORMAT = (DOCS / "record-format.md").read_text()
RESOURCES = sections(sections(HTTP_API, 2)["Resources"], 3)
ENUMERATIONS = [value for _, value in getmembers(enums, isclass) if issubclass(value, StrEnum) and len(value)]
MODELS: dict[str, tuple[type[Part], ...]] = {
    "The record": (Record,),
    "Sources": (Source,),
    "Parties and people": (Party, Person),
    "The meeting": (Meeting,),
    "Delegates": (Delegate,),
    "Agreements": (Agreement,),
    "Quotes": (Quote,),
    "Evidence": (Entry,),
}
MODEL_SECTIONS = sections(RECORD_FORMAT, 3) | sections(RECORD_FORMAT, 2)
LOGGED_EVENT = re.compile(r'\b_log\.(?:debug|info|warning|error|critical)\(\s*"([^"]+)"')
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

Json = Any


def settings_table() -> dict[str, str]:
    """The documented defaults of the settings, by name."""
    (_, *rows) = tables(sections(OPERATING.read_text(), 2)["Settings"])[0]
    return {code(name)[0]: default for name, default, _ in rows}


def test_every_setting_with_its_default() -> None:
    fields = {f"READOUT_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    documented = settings_table()
    assert {name: "none" if default in (None, ()) else f"`{default}`" for name, default in fields.items()} == {
        name: default for name, default in documented.items() if name.startswith("READOUT_")
    }
    assert documented.keys() - fields.keys() == {"HOST", "PORT", "WEB_CONCURRENCY"}


def test_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    listened: list[tuple[str, int]] = []

    def listen(address: tuple[str, int], **_: Any) -> socket.socket:
        listened.append(address)
        return socket.socket()

    monkeypatch.setattr("app.__main__.socket.create_server", listen)
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: sockets[0].close())
    monkeypatch.setattr("app.server.logging.configure", lambda: LineWriter(os.open(os.devnull, os.O_WRONLY)))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    documented = {name: settings_table()[name].strip("`") for name in ("HOST", "PORT")}
    for name in (*documented, "WEB_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    serve()
    for name, value in (("HOST", "0.0.0.0"), ("PORT", "9000")):
        monkeypatch.setenv(name, value)
    serve()
    assert listened == [(documented["HOST"], int(documented["PORT"])), ("0.0.0.0", 9000)]


def test_every_event_of_the_log() -> None:
    logged = {event for path in (ROOT / "app").rglob("*.py") for event in LOGGED_EVENT.findall(path.read_text())}
    (_, *rows) = tables(sections(OPERATING.read_text(), 2)["The log"])[2]
    assert logged == {code(event)[0] for event, *_ in rows}


def test_every_command_with_its_options() -> None:
    section = sections(RECORD_FORMAT, 2)["Commands"]
    (_, *rows), (_, *option_rows), _ = tables(section)
    documented = {code(name)[0].split()[0]: set(code(options)) for name, options, _ in rows}
    group = typer.main.get_command(commands)
    assert documented == {
        name: {opt for parameter in command.params for opt in parameter.opts if opt.startswith("--")}
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }
    assert {code(name)[0] for name, _ in option_rows} == {"--help"}.union(*documented.values())


def test_commands_take_paths_where_they_are_documented_to() -> None:
    for name, command in typer.main.get_command(commands).commands.items():  # type: ignore[attr-defined]
        takes_paths = any(parameter.name == "paths" for parameter in command.params)
        assert (f"`{name} [PATH…]`" in RECORD_FORMAT) == takes_paths


def test_every_code_with_its_section() -> None:
    of_codes = sections(RECORD_FORMAT, 2)
    headings = [*sections(of_codes["Fault codes"], 3), *sections(of_codes["Warnings"], 3)]
    assert [code(heading)[0] for heading in headings] == [str(code) for code in Code]


def test_limits() -> None:
    sizes, values = ([limit for _, limit in rows[1:]] for rows in tables(sections(RECORD_FORMAT, 2)["Limits"]))
    assert sizes == [
        f"{MAXIMUM_RECORD >> 20} MiB",
        f"{MAXIMUM_DEPTH} levels",
        f"{MAXIMUM_NODES:,}",
        f"{MAXIMUM_EXPANDED >> 20} MiB",
        f"{MAXIMUM_ARTICLE >> 20} MiB",
        f"{MOST_LINES:,}",
        f"{MOST_MARKS:,}",
        f"{MAXIMUM_SEARCHED:,}",
    ]
    bounds = (
        *((TEXT_LENGTH,), (LABEL_LENGTH,), (ADDRESS_LENGTH,), (TAG_LENGTH, DURATION_LENGTH, PART_ADDRESS_LENGTH)),
        *((MOST_ITEMS,), (MOST_ITEMS,), (MOST_PARTICIPANTS,), (MOST_PARTS,), (HIGHEST_ORDINAL,)),
    )
    assert values == [", ".join(f"{bound:,}" for bound in group) for group in bounds]
    assert f"the first {MOST_REPORTED} of each record" in RECORD_FORMAT
    assert "closed more than four paragraphs on" in RECORD_FORMAT
    assert REACH == 4


@pytest.mark.parametrize("heading", MODELS)
def test_every_key_of_a_record_with_whether_it_is_required(heading: str) -> None:
    (_, *rows) = tables(MODEL_SECTIONS[heading])[0]
    documented = {name: notes.startswith("required") for names, _, notes in rows for name in code(names)}
    fields = {name: field for model in MODELS[heading] for name, field in model.model_fields.items()}
    assert documented == {name: field.is_required() for name, field in fields.items()}


def test_every_field_that_needs_evidence() -> None:
    (_, *rows) = tables(sections(RECORD_FORMAT, 3)["What needs evidence"])[0]
    assert [tuple(code(fields)) for _, fields in rows] == list(FACTS.values())


@pytest.fixture(scope="session")
def openapi(served: Served) -> Json:
    return served.json("/openapi.json")


def lists(openapi: Json) -> dict[str, Json]:
    """The list operations of resources, by path."""
    return {path: item["get"] for path, item in openapi["paths"].items() if f"{path}/{{id}}" in openapi["paths"]}


def section_of(path: str) -> str:
    return RESOURCES[path.removeprefix("/").capitalize()]


def test_every_list_with_its_sorts(openapi: Json) -> None:
    assert {f"/{heading.lower()}" for heading in RESOURCES} == lists(openapi).keys()
    for path, operation in lists(openapi).items():
        (sort,) = (parameter["schema"] for parameter in operation["parameters"] if parameter["name"] == "sort")
        line = re.search(r"^Sorts: (.*)\.$", section_of(path), re.MULTILINE)
        documented = code(line.group(1)) if line else []
        assert documented[0] == sort["default"]
        names = {name.removeprefix("-") for name in (*documented, "id", "changed_in")}
        assert {sign + name for name in names for sign in ("", "-")} - {"-place"} == set(sort["enum"])


def test_every_list_with_its_filters(openapi: Json) -> None:
    general = sections(HTTP_API, 2)["Lists"]
    common = {name for row in tables(general)[0][1:] for name in code(row[0])} | {"limit", "cursor", "fields", "sort"}
    for path, operation in lists(openapi).items():
        documented = [name for row in tables(section_of(path))[-1][1:] for name in code(row[0])]
        given = {parameter["name"] for parameter in operation["parameters"]}
        assert given == common | set(documented), path
        assert common <= set(code(general))


def test_parameters_that_may_be_given_once(openapi: Json) -> None:
    (line,) = re.findall(r"^- ([^.]*) are given once\b", sections(HTTP_API, 2)["Lists"], re.MULTILINE)
    parameters = [parameter for operation in lists(openapi).values() for parameter in operation["parameters"]]
    single = {
        parameter["name"]
        for parameter in parameters
        if parameter["schema"].get("type") != "array" or not parameter.get("explode", True)
    }
    assert set(code(line)) == single


def test_every_field_of_every_item(openapi: Json) -> None:
    everywhere = {"id", "url", "read_url", "changed_in", "evidence"}
    in_items = set(code(sections(HTTP_API, 2)["Items"]))
    for path, operation in lists(openapi).items():
        known = everywhere | set(code(section_of(path))) | (in_items if path == "/evidence" else set())
        assert item_fields(openapi, operation) <= known, path


def item_fields(openapi: Json, operation: Json) -> set[str]:
    """The fields of the items of a list operation."""
    schemas = openapi["components"]["schemas"]
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole, *_ = content.get("anyOf", [content])  # the second has items with some fields
    listing = whole["$ref"].rpartition("/")[2]
    item = schemas[listing]["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
    return set(schemas[item]["properties"])


def test_every_link_table_with_its_columns() -> None:
    (_, *rows) = tables(sections(HTTP_API, 2)["Exports"])[0]
    documented = {name: columns for names, columns in rows for name in code(names)}
    assert documented.keys() == {link.name for link in LINK_TABLES}
    for link in LINK_TABLES:
        columns = {column.name for column in (*link.key_columns, *link.entry_columns)} - {"position"}
        assert columns <= set(code(documented[link.name])), link.name


def test_every_parameter_and_field_of_the_changes(openapi: Json) -> None:
    operation, section = openapi["paths"]["/changes"]["get"], sections(HTTP_API, 2)["Changes"]
    (_, *rows), *_ = tables(section)
    assert {name for row in rows for name in code(row[0])} == item_fields(openapi, operation)
    (line,) = re.findall(r"^- (.*) are given once\.$", section, re.MULTILINE)
    assert set(code(line)) == {parameter["name"] for parameter in operation["parameters"]}


def test_every_address(openapi: Json) -> None:
    assert openapi["paths"].keys() <= set(code(HTTP_API))


def test_every_problem_with_its_status() -> None:
    documented = {code(row[0])[0]: row[1] for row in tables(sections(HTTP_API, 2)["Problems"])[0][1:]}
    assert documented == {str(problem): str(MEANINGS[problem].status) for problem in ProblemCode}


@pytest.mark.parametrize("values", ENUMERATIONS, ids=lambda values: values.__name__)
def test_every_enumeration_in_its_order(values: type[StrEnum]) -> None:
    """Some document lists all values in order, in a sentence or in the first cells of a table."""
    wanted = [str(value) for value in values]
    for path in EVERYTHING:
        text = path.read_text()
        named = code(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        if any(named[start : start + len(wanted)] == wanted for start in range(len(named))):
            return
    raise AssertionError(f"{values.__name__} is nowhere documented: {', '.join(wanted)}")


def test_every_dependency() -> None:
    groups = {
        "To run": PROJECT["project"]["dependencies"],
        "To develop": PROJECT["dependency-groups"]["dev"],
    }
    documented = sections((DOCS / "dependencies.md").read_text(), 2)
    for heading, declared in groups.items():
        (_, *rows) = tables(documented[heading])[0]
        names = [name for row in rows for name in row[0].split(", ")]
        assert sorted(names) == sorted(re.split(r"[\[>=; ]", requirement)[0] for requirement in declared)


def test_every_make_target() -> None:
    named = {command for path in (README, CONTRIBUTING) for command in re.findall(r"make ([a-z-]+)", path.read_text())}
    assert make_targets() <= named


def test_the_changelog_has_the_version() -> None:
    assert VERSION in (ROOT / "CHANGELOG.md").read_text()


def test_the_letters_that_a_search_takes_for_the_same() -> None:
    section = sections((DOCS / "http-api.md").read_text(), 2)["Search"]
    pairs = re.findall(r"`(\w+)` ([=≠]) `(\w+)`", section)
    assert {sign for _, sign, _ in pairs} == {"=", "≠"}
    for text, sign, query in pairs:
        assert (fold(text) == fold(query)) == (sign == "="), (text, query)
