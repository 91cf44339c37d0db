"""Errors of libyaml in words for curators: what is wrong in the record, where that begins, and what to do.

libyaml reports what it expected next, at the place where it could not go on. What is wrong is often before that: a
quotation mark that was not closed, or a text that should have been quoted.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

_QUOTE_IT = "put the whole text in quotation marks"
_CLOSING = {"[": "]", "{": "}"}
_FLOW_CONTEXTS = {"while parsing a flow sequence": "[", "while parsing a flow mapping": "{"}


class Problem(NamedTuple):
    """A message, and the line and the column that it is about, from 0."""

    message: str
    line: int
    column: int


def explain(text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The meaning of an error of the parser in a text, as a message."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begin = error.context_mark or mark
    problem, context = error.problem or "", error.context or ""
    lines = text.splitlines()
    rest = lines[line][column:] if line < len(lines) else ""
    before = lines[line][:column] if line < len(lines) else ""
    if "found unexpected end of stream" in problem and "quoted scalar" in context and begin:
        return Problem("a quotation mark that is never closed", begin.line, begin.column)
    if quoted := _quoted_before(text, line, column):
        return quoted
    if context in _FLOW_CONTEXTS and problem.startswith("did not find expected ',' or") and begin:
        return _in_flow(_FLOW_CONTEXTS[context], begin, line, column, rest)
    message = _by_character(rest, problem) or _by_problem(before, problem)
    if "could not find expected ':'" in problem and begin:
        return Problem("no key: a key has a colon and a space after it, as in `key: value`", begin.line, begin.column)
    return Problem(message or problem or context, line, column)


def _quoted_before(text: str, line: int, column: int) -> Problem | None:
    """The problem of a text in quotation marks that ends just before a place."""
    last = None
    for token in _tokens(text):
        if (token.start_mark.line, token.start_mark.column) >= (line, column):
            break
        last = token
    if not isinstance(last, yaml.ScalarToken) or last.style not in ("'", '"') or last.end_mark.line != line:
        return None
    mark, start = last.style, last.start_mark
    if start.line < line:
        message = f"a quotation mark ({mark}) that is closed only in line {line + 1}: close it where its text ends"
        return Problem(message, start.line, start.column)
    inside = '\\"' if mark == '"' else "''"
    return Problem(f"text after the closing {mark}: {_QUOTE_IT}, and write {inside} for a {mark} in it", line, column)


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of a text up to its error."""
    try:
        yield from yaml.scan(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return


def _in_flow(opening: str, begin: Any, line: int, column: int, rest: str) -> Problem:
    if begin.line != line:
        return Problem(f"a `{opening}` without its `{_CLOSING[opening]}`", begin.line, begin.column)
    if rest.startswith(":"):
        return Problem(f"a colon in a text: {_QUOTE_IT}", line, column)
    return Problem(f"no comma or `{_CLOSING[opening]}`: {_QUOTE_IT}, or close the `{opening}`", line, column)


def _by_character(rest: str, problem: str) -> str | None:
    """The message for a character that may not begin a value."""
    if rest.startswith("\t"):
        return "a tab: indent with spaces"
    if "cannot start any token" in problem:
        character = "a backtick" if rest[:1] == "`" else f"`{rest[:1]}`"
        return f"a text that begins with {character}: {_QUOTE_IT}"
    if "mapping keys are not allowed" in problem:
        return f"a text that begins with `?`: {_QUOTE_IT}"
    if "block sequence entries are not allowed" in problem:
        return "a list that begins behind its key: begin it on the next line, with `- ` before each item"
    return None


def _by_problem(before: str, problem: str) -> str | None:
    if "mapping values are not allowed" in problem:
        if ": " in before:
            return f"a colon in a text: {_QUOTE_IT}"
        return "a key that is indented deeper than the line above: indent the keys of a mapping alike"
    if "alphabetic or numeric character" in problem:
        return f"a text that begins with `&` or `*`: {_QUOTE_IT}"
    if "hexdecimal number" in problem or "unknown escape character" in problem:
        return "a backslash between double quotation marks begins an escape: write it twice, or use single marks"
    if "comment or line break" in problem:
        return f"a text behind `>` or `|`: begin it on the next line, or {_QUOTE_IT}"
    if "expected '-' indicator" in problem:
        return "no item of a list: an item begins with a dash and a space"
    if problem == "did not find expected key":
        closing = before.rstrip()[-1:]
        if closing in ("]", "}"):
            return f"text after `{closing}`: {_QUOTE_IT}"
        return "no key here: indent the keys of a mapping alike"
    return None
