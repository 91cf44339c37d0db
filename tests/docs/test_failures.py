"""The table of failures lists every error message of the commands and the service, and no other."""

import ast
import re
from collections.abc import Iterator

from tests.docs.markdown import DOCS, ROOT, sections, tables

RAISED = {"Unavailable", "NoIndex", "Problem", "_refuse", "_end", "try_again"}
"""Functions and exceptions that take a message."""

CLIENTS = re.compile(r"Code\.(?!unavailable|internal)")
"""Problems of requests, which docs/http-api.md documents."""


def begins(sentence: str) -> str:
    """The first clause of a message, without backticks: it ends before the advice."""
    return re.split(r"[:;.](?= |$)| \(", sentence.replace("`", ""))[0]


def text(node: ast.expr) -> Iterator[str]:
    """The messages that an expression may evaluate to; `…` stands for a value that is known only at run time."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.JoinedStr(values=values):
            yield "".join(str(value.value) if isinstance(value, ast.Constant) else "…" for value in values)
        case ast.BoolOp(values=alternatives):
            for alternative in alternatives:
                yield from text(alternative)


def sentences(node: ast.AST) -> Iterator[str]:
    """The messages at a node: an argument of a call, a constant or a return value."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[*arguments]) if name in RAISED and arguments:
            is_clients = name == "Problem" and CLIENTS.match(ast.unparse(arguments[0]))
            yield from () if is_clients else text(arguments[name == "Problem"])
        case ast.Assign(targets=[ast.Name(id="_MESSAGES")], value=ast.Dict(values=values)):
            for value in values:
                yield from text(value)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
            yield from text(value)
        case ast.Return(value=ast.JoinedStr() as value):
            yield from text(value)
        case ast.BoolOp():
            yield from text(node)


def messages() -> set[str]:
    """The beginnings of all messages in the code about a database, a disk or a setting that cannot be used."""
    folders = ("app/db", "seed/cli", "seed/dataset", "seed/store")
    modules = (
        "__main__",
        "problems",
        "standard_streams",
        "http/error_responses",
        "server/protocol",
        "exports/__main__",
        "search/folder",
    )
    files = [path for folder in folders for path in (ROOT / folder).glob("*.py")] + [
        ROOT / f"app/{name}.py" for name in modules
    ]
    found = {each for path in files for node in ast.walk(ast.parse(path.read_text())) for each in sentences(node)}
    return {begins(each) for each in found if re.match(r"[A-Z…-].* .*\.$", each)}


def test_every_failure_is_explained() -> None:
    section = sections((DOCS / "operating.md").read_text(), 2)["Failures"]
    explained = [row[0] for (_, *rows) in tables(section) for row in rows if not row[0].startswith("`")]
    assert len(explained) == len(set(explained)) > 30
    assert set(explained) == messages()
