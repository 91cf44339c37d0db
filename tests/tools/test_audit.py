"""The outcome of `make audit`: no vulnerability, some, or a failed audit, which must not pass for none."""

from typing import Any

import pytest

from tools.audit import outcome

SOUND = {"name": "orjson", "version": "3.11.5", "vulns": []}
FLAWED = {
    "name": "starlette",
    "version": "0.40.0",
    "vulns": [
        {"id": "PYSEC-2026-1", "fix_versions": ["0.40.1", "0.41.0"]},
        {"id": "PYSEC-2026-2", "fix_versions": []},
    ],
}
SKIPPED = {"name": "uvloop", "skip_reason": "Dependency not found on PyPI and could not be audited: uvloop (0.23.0)"}


@pytest.mark.parametrize(
    ("packages", "status", "message"),
    [
        ([SOUND], 0, ["The 1 locked packages have no known vulnerability."]),
        (
            [SOUND, FLAWED, SKIPPED],
            1,
            [
                "starlette 0.40.0: PYSEC-2026-1, fixed in 0.40.1, 0.41.0",
                "starlette 0.40.0: PYSEC-2026-2, fixed in none",
            ],
        ),
        (
            [SOUND, SKIPPED],
            2,
            [
                "The locked packages could not be audited: run this where https://pypi.org can be reached. "
                "(1 of 2 are unknown there, for example: Dependency not found on PyPI and could not be audited: uvloop (0.23.0))"
            ],
        ),
    ],
    ids=["none", "some", "failed"],
)
def test_status_and_message(packages: list[dict[str, Any]], status: int, message: list[str]) -> None:
    assert outcome(packages) == (status, "\n".join(message))
