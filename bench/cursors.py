"""Cursors for pages in the middle of a list, so that nobody has to walk there."""

from app.api.shared.cursors import binding_of, seal


def delegates_after(id: str) -> str:
    """The cursor of the page of `/delegates`, by id, that begins after one of them."""
    return seal(binding_of("/delegates", "id", {}), [id, id])
