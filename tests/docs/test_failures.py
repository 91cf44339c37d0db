"""Every sentence with which a command or the service refuses is in the table of failures, and the table has no other."""

import ast
import re
from collections.abc import Iterator

from tests.docs.markdown import DOCS, ROOT, sections, tables

RAISED = {"Unavailable", "NoRoom", "Problem", "_refuse", "_end", "try_again"}
"""What is called with a sentence."""

CLIENTS = re.compile(r"Code\.(?!unavailable|internal)")
"""Problems of requests, which docs/http-api.md tells."""


def begins(sentence: str) -> str:
    """A sentence up to what to do, without backticks."""
    return re.split(r"[:;.](?= |$)| \(", sentence.replace("`", ""))[0]


def text(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression may be; `…` is for what is known only when it is told."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.JoinedStr(values=values):
            yield "".join(str(value.value) if isinstance(value, ast.Constant) else "…" for value in values)
        case ast.BoolOp(values=alternatives):
            for alternative in alternatives:
                yield from text(alternative)


def sentences(node: ast.AST) -> Iterator[str]:
    """The sentences that stand in a place of the code: of a call, of a constant, or given back."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[*arguments]) if name in RAISED and arguments:
            is_clients = name == "Problem" and CLIENTS.match(ast.unparse(arguments[0]))
            yield from () if is_clients else text(arguments[name == "Problem"])
        case ast.Assign(targets=[ast.Name(id="_EXPLANATIONS")], value=ast.Dict(values=values)):
            for value in values:
                yield from text(value)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
            yield from text(value)
        case ast.Return(value=ast.JoinedStr() as value):
            yield from text(value)
        case ast.BoolOp():
            yield from text(node)


def told() -> set[str]:
    """The beginnings of all sentences of the code that say what is wrong with a database, a disk or a setting."""
    files = [*(ROOT / "app" / "database").glob("*.py"), *(ROOT / "seed").glob("*.py")]
    files += [
        ROOT / "app" / name
        for name in ("__main__.py", "connections.py", "overload.py", "problems.py", "exports/__main__.py")
    ]
    found = {each for path in files for node in ast.walk(ast.parse(path.read_text())) for each in sentences(node)}
    return {begins(each) for each in found if re.match(r"[A-Z…-].* .*\.$", each)}


def test_every_failure_is_explained() -> None:
    section = sections((DOCS / "operating.md").read_text(), 2)["Failures"]
    explained = [row[0] for _, *rows in tables(section) for row in rows]
    assert len(explained) == len(set(explained)) > 30
    assert set(explained) == told()
