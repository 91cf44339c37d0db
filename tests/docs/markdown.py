"""A parser for the documents: blocks, sections, tables and links, and the subset of `jq` that they use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
OPERATING = ROOT / "docs" / "operating.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCS = ROOT / "docs"
EVERYTHING = (*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")))

_FENCED = re.compile(r"^```(?P<info>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"\.|(\.\w+|\[\d+\])+")


@dataclass(frozen=True)
class Block:
    """A fenced code block, and the paragraph before it."""

    info: str
    text: str
    before: str

    def steps(self) -> list[tuple[str, str]]:
        """The commands of a console block, each with its output."""
        parts = re.split(r"^\$ (.*)\n", self.text, flags=re.MULTILINE)
        assert not parts[0], f"output without a command: {parts[0]}"
        return list(zip(parts[1::2], parts[2::2], strict=True))

    def applied_to(self, text: str) -> str:
        """The text after applying this block as a diff; a lone `+` adds nothing, and `@@` begins another change."""
        for hunk in self.text.split("@@\n"):
            removed, added = (
                "".join(f"{line[1:]}\n" for line in hunk.splitlines() if line[0] == sign) for sign in "-+"
            )
            assert text.count(removed) == 1, f"{text.count(removed)} times there: {removed}"
            text = text.replace(removed, added if added.strip() else "")
        return text


def blocks(markdown: str) -> list[Block]:
    return [
        Block(found["info"], found["text"], markdown[: found.start()].rstrip().rpartition("\n\n")[2])
        for found in _FENCED.finditer(markdown)
    ]


def sections(markdown: str, level: int) -> dict[str, str]:
    """The sections of a level by their headings; lines in fenced blocks are no headings."""
    found: dict[str, str] = {}
    markdown = _FENCED.sub(lambda block: re.sub("^#", " #", block[0], flags=re.MULTILINE), markdown)
    parts = re.split(rf"^{'#' * level} (.*)\n", markdown, flags=re.MULTILINE)
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        found[heading] = re.split(rf"^#{{1,{level}}} ", text, flags=re.MULTILINE)[0]
    return found


def tables(markdown: str) -> list[list[list[str]]]:
    """All tables as rows of cells; the first row is the heading."""
    found = re.findall(r"(?:^\|.*\|\n)+", markdown, re.MULTILINE)
    return [[_cells(row) for row in table.splitlines() if not row.startswith("|-")] for table in found]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def code(markdown: str) -> list[str]:
    """The texts in backticks, in order."""
    return re.findall(r"`([^`\n]+)`", markdown)


def links(markdown: str) -> Iterator[str]:
    """The targets of links outside of fenced blocks."""
    return (target for target in re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", markdown)))


def anchors(markdown: str) -> set[str]:
    """The anchors of all headings."""
    headings = re.findall(r"^#+ (.*)$", _FENCED.sub("", markdown), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def picked(document: Any, program: str) -> Any:
    """The result of a `jq` program: a path, or an object of paths."""
    if not program.startswith("{"):
        return _at(document, program)
    members = (member.strip().partition(":") for member in program[1:-1].split(","))
    return {name: _at(document, path.strip() or f".{name}") for name, _, path in members}


def _at(document: Any, path: str) -> Any:
    assert _PATH.fullmatch(path), f"unsupported by the tests' jq: {path}"
    for key, place in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        document = document[key] if key else document[int(place)]
    return document
