"""Cursors for pages in the middle of a list, so that nobody has to walk there."""

from app.lists import _binding, _cursor
from app.resources.delegates import DelegateQuery


def delegates_after(id: str) -> str:
    """The cursor of the page of `/delegates`, by id, that begins after one of them."""
    return _cursor(_binding("/delegates", DelegateQuery()), id, id)
