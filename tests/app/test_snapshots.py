"""The version of a dataset, read from its row."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.db.snapshots import SCHEMA, VersionRow, version_of


@pytest.mark.parametrize(("zone", "digest"), [("Asia/Kolkata", "a" * 64), ("Etc/UTC", "b" * 64)])
def test_the_time_of_a_version_is_in_utc(zone: str, digest: str) -> None:
    """In whatever time zone a server has it, and whichever connection read the row first."""
    loaded_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for time in (loaded_at.astimezone(ZoneInfo(zone)), loaded_at):
        version = version_of([VersionRow(SCHEMA, 1, digest, time)])
        assert version and version.loaded_at == loaded_at and version.loaded_at.tzinfo is UTC
