"""Each promise of SECURITY.md names the tests that enforce it, and these exist."""

import ast
import re

from tests.docs.markdown import ROOT, code, sections

SECURITY = (ROOT / "SECURITY.md").read_text()
PROMISES = sections(sections(SECURITY, 2)["Promises"], 3)


def named(text: str) -> list[tuple[str, str]]:
    """The files and functions of the tests that a text names."""
    found = (re.fullmatch(r"(tests/\S+\.py)::(\w+)", each) for each in code(text))
    return [(match[1], match[2]) for match in found if match]


def test_every_promise_names_the_tests_that_hold_it() -> None:
    assert len(PROMISES) >= 8
    for promise, text in PROMISES.items():
        assert named(text), promise


def test_every_test_that_is_named_is_there() -> None:
    for file, function in named(SECURITY):
        defined = ast.walk(ast.parse((ROOT / file).read_text()))
        assert any(isinstance(node, ast.FunctionDef) and node.name == function for node in defined), (file, function)
