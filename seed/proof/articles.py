"""Articles: the text of a source, folded once, with its quotation marks, found once."""

from functools import cached_property
from hashlib import sha256

from app.enums import Paragraphs, QuotationMarks
from seed.proof.quotation_marks import Marks
from seed.proof.word_search import FoldedText


class Article:
    """The text of a source, as decoded, with its own line ends; `file` names it in messages."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._marks: dict[tuple[QuotationMarks, Paragraphs | None], Marks] = {}

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def size(self) -> int:
        """The size of the text in UTF-8, in bytes."""
        return len(self.text.encode())

    @cached_property
    def folded(self) -> FoldedText:
        return FoldedText(self.text)

    def marks(self, quotation_marks: str | None, paragraphs: str | None) -> Marks:
        """The quotation marks, by the source's settings; by default only double marks quote."""
        key = (QuotationMarks(quotation_marks or "double"), Paragraphs(paragraphs) if paragraphs else None)
        if key not in self._marks:
            self._marks[key] = Marks(self.text, *key)
        return self._marks[key]
