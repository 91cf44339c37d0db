"""`make audit`: none is known, some are, or it could not be asked, which is not the same as none."""

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
    ("packages", "status", "said"),
    [
        ([SOUND], 0, ["No vulnerability is known of the 1 locked packages."]),
        (
            [SOUND, FLAWED, SKIPPED],
            1,
            [
                "starlette 0.40.0: PYSEC-2026-1, mended in 0.40.1, 0.41.0",
                "starlette 0.40.0: PYSEC-2026-2, mended in none",
            ],
        ),
        (
            [SOUND, SKIPPED],
            2,
            [
                "The locked packages could not be audited: run this where https://pypi.org can be asked. "
                "(1 of 2 are unknown there, as in: Dependency not found on PyPI and could not be audited: uvloop (0.23.0))"
            ],
        ),
    ],
    ids=["none", "some", "not asked"],
)
def test_what_is_said(packages: list[dict[str, Any]], status: int, said: list[str]) -> None:
    assert outcome(packages) == (status, "\n".join(said))
