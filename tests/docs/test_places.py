"""Every place that the documentation leads to is there."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, EVERYTHING, ROOT, anchors, code, links


@pytest.mark.parametrize("page", EVERYTHING, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links(page: Path) -> None:
    for target in links(page.read_text()):
        path, _, anchor = target.partition("#")
        if re.match(r"https?:", path):
            continue
        file = (page.parent / path) if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file.read_text()), target


def test_the_architecture_has_a_place_for_every_module() -> None:
    named = set(code((DOCS / "architecture.md").read_text()))
    modules = {
        path.relative_to(ROOT).as_posix()
        for room in ("app", "bench", "seed", "tools")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "__init__.py"
    }
    assert modules <= named


def test_no_page_names_a_file_that_is_not_there() -> None:
    for page in EVERYTHING:
        named = (
            name
            for name in code(page.read_text())
            if re.fullmatch(r"(app|bench|deploy|seed|tools|tests|migrations)/[\w./]*", name)
        )
        for name in named:
            assert (ROOT / name).exists(), f"{page.name}: {name}"


def test_decisions_are_numbered() -> None:
    for number, page in enumerate(sorted((DOCS / "decisions").glob("*.md")), start=1):
        assert page.name.startswith(f"{number:04}-")
        assert page.read_text().startswith(f"# {number}. ")
