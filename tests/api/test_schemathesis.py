"""The served app held to its OpenAPI document by Schemathesis: every operation, every check, data that fits and does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.serving import Served

pytestmark = pytest.mark.long

EXAMPLES = 10
"""Requests that are generated for each operation, beside its documented examples and the limits of its parameters.

They take most of the time, 50 ms each. `tests.fuzz` sends thousands of random requests in less.
"""


def test_the_service_does_what_its_document_says(served: Served, pytestconfig: pytest.Config) -> None:
    base = str(served.client.base_url)
    steady = ["--generation-deterministic"] if "CI" in os.environ else []
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(Path(__file__).with_name("schemathesis.toml"))),
            *("run", f"{base}/openapi.json", "--url", base, "--checks", "all", "--mode", "all"),
            *("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(EXAMPLES)),
            *("--no-color", *steady),
        ],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
