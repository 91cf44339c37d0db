"""Links, files and rooms that the documents name exist, and the architecture names every room."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, EVERYTHING, ROOT, anchors, blocks, code, links, sections, tables

ARCHITECTURE = (DOCS / "architecture.md").read_text()


@pytest.mark.parametrize("page", EVERYTHING, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links(page: Path) -> None:
    for target in links(page.read_text()):
        path, _, anchor = target.partition("#")
        if re.match(r"https?:", path):
            continue
        file = (page.parent / path) if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file.read_text()), target


def rooms() -> set[str]:
    """The folders with modules, as the architecture writes them: `app/db/`."""
    modules = (path for top in ("app", "bench", "seed", "tools") for path in (ROOT / top).rglob("*.py"))
    return {f"{path.parent.relative_to(ROOT)}/" for path in modules if path.name != "__init__.py"}


def test_the_architecture_has_a_row_for_every_room() -> None:
    rows = [row for _, *rows in tables(ARCHITECTURE) for row in rows]
    assert all(len(row) == 2 and all(row) for row in rows)
    described = [code(room)[0] for room, _ in rows]
    assert len(described) == len(set(described))
    assert set(described) == rooms() | {"deploy/", "tests/"}


def test_the_architecture_shows_the_layers_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert [block.text.splitlines() for block in blocks(sections(ARCHITECTURE, 2)["The laws"])] == layers


def test_the_constants_that_the_architecture_names_are_in_their_modules() -> None:
    named = re.findall(r"((?:`[A-Z_]+`(?:, | and )?)+)\s+of\s+`([\w/]+\.py)`", ARCHITECTURE)
    assert len(named) >= 5
    for constants, module in named:
        assigned = set(re.findall(r"^([A-Z_]+)\b.* = ", (ROOT / module).read_text(), re.MULTILINE))
        assert set(code(constants)) <= assigned, module


def test_no_page_names_a_file_that_is_not_there() -> None:
    for page in EVERYTHING:
        named = (
            name
            for name in code(page.read_text())
            if re.fullmatch(r"(app|bench|deploy|seed|tools|tests|migrations)/[\w./]*", name)
        )
        for name in named:
            assert (ROOT / name).exists(), f"{page.name}: {name}"


def test_decisions_are_numbered_and_have_the_same_headings() -> None:
    for number, page in enumerate(sorted((DOCS / "decisions").glob("*.md")), start=1):
        text = page.read_text()
        assert page.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert list(sections(text, 2)) == ["Context", "Decision", "Alternatives considered", "Consequences"]
