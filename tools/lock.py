"""Lock the dependencies of pyproject.toml with hashes: requirements.txt to run, requirements-dev.txt to develop.

    python -m tools.lock write    resolve over the network; a pin that still fits is not changed
    python -m tools.lock check    check that the files match pyproject.toml, without the network

To raise every pin, delete the files and run `write`.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path("pyproject.toml")
RUNTIME = Path("requirements.txt")
DEVELOPMENT = Path("requirements-dev.txt")


def declared() -> dict[str, list[str]]:
    document = tomllib.loads(PROJECT.read_text())
    project = document["project"]
    return {
        "python": [project["requires-python"]],
        "runtime": sorted(project["dependencies"]),
        "development": sorted(document["dependency-groups"]["dev"]),
    }


def stamp() -> str:
    """The first line of each file: the hash of the declared dependencies."""
    digest = hashlib.sha256(json.dumps(declared()).encode()).hexdigest()
    return f"# SHA-256 of what pyproject.toml declares: {digest}\n"


def write() -> None:
    resolve(DEVELOPMENT, "--group", "dev")
    # Constrained to the pins of the first, so that the tested versions are the shipped ones.
    resolve(RUNTIME, "--constraints", str(DEVELOPMENT))


def resolve(output: Path, *options: str) -> None:
    lowest = declared()["python"][0].removeprefix(">=")
    command = [sys.executable, "-m", "uv", "pip", "compile", str(PROJECT), "--output-file", str(output), *options]
    # Extras stay: without a pin of its own, pip would take the newest `coverage[toml]`, whose hash is not locked.
    portable = [
        "--universal",
        "--no-strip-extras",
        "--python-version",
        lowest,
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
    ]
    subprocess.run([*command, *portable, "--quiet"], check=True)
    output.write_text(stamp() + output.read_text())


def check() -> int:
    stale = [str(path) for path in (RUNTIME, DEVELOPMENT) if not is_current(path)]
    if stale:
        print(f"{' and '.join(stale)}: out of date with pyproject.toml; run `make lock`.", file=sys.stderr)
    return 1 if stale else 0


def is_current(path: Path) -> bool:
    return path.is_file() and path.read_text().startswith(stamp())


def main(arguments: list[str]) -> int:
    match arguments:
        case ["write"]:
            write()
            return 0
        case ["check"]:
            return check()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
