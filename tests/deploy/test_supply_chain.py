"""Only locked packages are installed: each in one version, verified by its hash."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_locked_by_hash(name: str) -> None:
    lines = re.sub(r"\\\n", "", (ROOT / name).read_text()).splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(packages) > 20
    for package in packages:
        assert re.fullmatch(r"[\w.\[\]-]+==\S+( ; .*?)?( +--hash=sha256:[0-9a-f]{64})+", package.rstrip()), package


@pytest.mark.parametrize("name", ["Dockerfile", "Makefile"])
def test_only_locked_packages_are_installed(name: str) -> None:
    """Exceptions are the project itself, and Datasette in an environment of its own, for `make bench` only."""
    text = re.sub(r"\\\n\s*", "", (ROOT / name).read_text())
    installed = re.findall(r"(?:pip\)?|pip .*?) install .*", text)
    assert installed
    for command in installed:
        assert "--require-hashes" in command or "--no-deps" in command or "datasette" in command, command
