"""The two ways in which an article is read: by rules alone, and with spaCy where it is installed."""

import pytest

from seed.draft.text import parsing


@pytest.fixture
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by rules alone, even where spaCy is installed."""
    monkeypatch.setattr(parsing, "model", lambda: None)


@pytest.fixture(params=["rules", "spaCy"])
def way(request: pytest.FixtureRequest) -> str:
    """Read each way."""
    if request.param == "rules":
        request.getfixturevalue("by_rules")
    elif parsing.model() is None:
        pytest.skip("spaCy and its model are not installed")
    return str(request.param)
