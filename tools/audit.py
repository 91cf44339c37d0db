"""Asks PyPI whether any of the locked packages has a known vulnerability: needs the network.

python -m tools.audit    exit status 0: none is known; 1: some are, and told; 2: not all packages could be asked about
"""

import json
import subprocess
import sys
from typing import Any

from tools.lock import DEVELOPMENT

Outcome = tuple[int, str]
"""An exit status, and what is said."""


def audit() -> Outcome:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    locked = ["--disable-pip", "--require-hashes", "--requirement", str(DEVELOPMENT)]  # which has what runs, too
    ran = subprocess.run([*command, *locked], capture_output=True, text=True, check=False)
    if ran.stdout.startswith("{"):
        return outcome(json.loads(ran.stdout)["dependencies"])
    return refused(ran.stderr.strip().rpartition("\n")[2])


def outcome(packages: list[dict[str, Any]]) -> Outcome:
    """What came of asking. A package that could not be asked about is no package without a vulnerability."""
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if found:
        return 1, "\n".join(found)
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if skipped:
        return refused(f"{len(skipped)} of {len(packages)} are unknown there, as in: {skipped[0]}")
    return 0, f"No vulnerability is known of the {len(packages)} locked packages."


def refused(reason: str) -> Outcome:
    return 2, f"The locked packages could not be audited: run this where https://pypi.org can be asked. ({reason})"


def main() -> int:
    status, said = audit()
    print(said, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
