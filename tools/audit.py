"""Check the locked packages for known vulnerabilities, on PyPI.

python -m tools.audit    exit status 0: none is known; 1: some are, and are printed; 2: some could not be checked
"""

import json
import subprocess
import sys
from typing import Any

from tools.lock import DEVELOPMENT

Outcome = tuple[int, str]
"""An exit status, and the message."""


def audit() -> Outcome:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    locked = [
        "--disable-pip",
        "--require-hashes",
        "--requirement",
        str(DEVELOPMENT),
    ]  # includes the packages of requirements.txt
    ran = subprocess.run([*command, *locked], capture_output=True, text=True, check=False)
    if ran.stdout.startswith("{"):
        return outcome(json.loads(ran.stdout)["dependencies"])
    return failed(ran.stderr.strip().rpartition("\n")[2])


def outcome(packages: list[dict[str, Any]]) -> Outcome:
    """The outcome of an audit. A package that PyPI does not know has not been checked, so it does not count as safe."""
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if found:
        return 1, "\n".join(found)
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if skipped:
        return failed(f"{len(skipped)} of {len(packages)} are unknown there, for example: {skipped[0]}")
    return 0, f"The {len(packages)} locked packages have no known vulnerability."


def failed(reason: str) -> Outcome:
    return 2, f"The locked packages could not be audited: run this where https://pypi.org can be reached. ({reason})"


def main() -> int:
    status, message = audit()
    print(message, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
