"""A hit of a search, as a row of the database."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from app.enums import SearchKind
from app.search.engine_snippets import Snippet


@dataclass(slots=True)
class Hit(ABC):
    """A search entry that matches. Each engine has a class of its own, with the columns that its snippets need."""

    kind: SearchKind
    id: str
    title: str
    score: float
    """Above 0; the higher, the better. Scores of different queries cannot be compared."""

    @abstractmethod
    def snippet(self, query: str) -> Snippet:
        """The passage of the text with the best matches; if there is none, the title and the beginning of the text."""
