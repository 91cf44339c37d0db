"""The questions at the top of docs/http-api.md: each is one request, and the response is the one that the page gives."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import feedparser
import icalendar
import pytest

from seed.cli.commands import SUMMITS
from tests.api.serving import Served, serving
from tests.databases import Files, load_records
from tests.docs.markdown import DOCS, code, tables
from tests.docs.terminal import PUBLIC_URL

HEADING, *QUESTIONS = tables((DOCS / "http-api.md").read_text())[0]
NONE, SEPARATOR = "–", " · "


@pytest.fixture(scope="module")
def answered(files: Files) -> Iterator[Served]:
    """The shipped record and the example, loaded one after the other."""
    with files.databases() as databases:
        database = databases.loaded(SUMMITS)
        load_records(database, DOCS / "examples")
        with serving(database, PUBLIC_URL) as running:
            yield running


def rows(served: Served, path: str) -> list[Any]:
    """The items of a response in any format. There is no further page, unless only the first item was requested."""
    response = served.get(path)
    assert response.status_code == 200
    match response.headers["Content-Type"].partition(";")[0]:
        case "application/json":
            page = response.json()
            assert page["next"] is None or "limit=1&" in path
            return list(page["items"])
        case "text/csv":
            return [*csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))]
        case "application/atom+xml":
            return list(feedparser.parse(response.content).entries)
        case "text/calendar":
            return [*icalendar.Calendar.from_ical(response.content).walk("VEVENT")]
    raise AssertionError(response.headers["Content-Type"])


def value_at(item: Any, path: str) -> str:
    """The value at a path like `meeting.title` as one line; that of a list with commas between its entries."""
    name, _, rest = path.partition(".")
    value = item[name]
    if rest:
        value = [value_at(entry, rest) for entry in (value if isinstance(value, list) else [value])]
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return NONE if value in (None, "") else re.sub(r"\s+", " ", str(value))


def matches(found: Sequence[str], documented: str) -> bool:
    """Whether values are the documented ones. `…` stands for the rest of a value, `and 2 more` for two values."""
    *values, last = documented.split(SEPARATOR)
    if more := re.fullmatch(r"and (\d+) more", last):
        left = len(found) - len(values)
        return left == int(more[1]) and all(map(_is, found, values))
    return len(found) == len(values) + 1 and all(map(_is, found, (*values, last)))


def _is(value: str, documented: str) -> bool:
    return value.startswith(documented[:-1]) if documented.endswith("…") else value == documented


def test_there_are_fifteen() -> None:
    assert len({question for question, *_ in QUESTIONS}) == len(QUESTIONS) == 15


@pytest.mark.parametrize(
    ("request_cell", "response_cell"), [row[1:] for row in QUESTIONS], ids=[row[0] for row in QUESTIONS]
)
def test_question(answered: Served, request_cell: str, response_cell: str) -> None:
    (path,) = code(request_cell)
    paths, documented = response_cell.split(": ", 1)
    found = [", ".join(value_at(item, each) for each in code(paths)) for item in rows(answered, path)]
    assert matches(found, documented), SEPARATOR.join(found)


@pytest.mark.parametrize("documented", ["a", "a · b · c", "a · c", "a · and 2 more", "b…· b", "a · b…" + "x"])
def test_another_response_is_not_the_documented_one(documented: str) -> None:
    assert matches(["a", "bc"], "a · b…") and matches(["a", "bc"], "a · and 1 more")
    assert not matches(["a", "bc"], documented)
