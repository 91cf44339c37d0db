"""Entries of evidence: the words of a span, and which of their occurrences it is."""

from bisect import bisect_left

from seed.draft.proposal.yaml_writer import Flow
from seed.draft.text.tokens import Text
from seed.proof.word_search import FoldedText

LONGEST_WORDS = 1_000
"""In code points: a longer quotation does not show where to look."""


class Evidence:
    """Makes entries of evidence from spans of an article."""

    def __init__(self, text: Text) -> None:
        self._text, self._folded = text, FoldedText(text.text)
        self._starts: dict[str, list[int]] = {}

    def entry(self, says: str | list[str], start: int, end: int, inferred: str | None = None) -> Flow:
        """An entry with the words of a span. If they are too long, the entry asks for others instead."""
        if end - start > LONGEST_WORDS:
            return entry_without_words(
                says, f"TODO: give the words. {inferred or 'Those that were found are too long.'}"
            )
        return Flow(self.part(says, start, end), inferred=inferred)

    def part(self, says: str | list[str], start: int, end: int) -> Flow:
        """An entry with all words of a span, however long, as a text's evidence needs them."""
        words = self._text.words(start, end)
        return Flow(says=says, words=words, nth=self._nth(words, start), inferred=None)

    def is_repeated(self, start: int, end: int) -> bool:
        """Whether the words of a span occur in the article more than once."""
        return self._nth(self._text.words(start, end), start) is not None

    def _nth(self, words: str, start: int) -> int | None:
        """The number of the occurrence of `words` that begins at `start`, from 1; None if they occur once."""
        if words not in self._starts:
            places = self._folded.find(words, len(self._text.text))
            self._starts[words] = [found for found, _ in places]
        starts = self._starts[words]
        return 1 + bisect_left(starts, start) if len(starts) > 1 else None


def entry_without_words(says: str | list[str], inferred: str) -> Flow:
    """An entry with the reason `inferred` instead of words."""
    return Flow(says=says, inferred=inferred)


def merge_entries(entries: list[Flow]) -> list[Flow]:
    """The entries, merged if they have the same words and reason."""
    merged: dict[tuple[object, ...], Flow] = {}
    for entry in entries:
        key = (entry.get("words"), entry.get("nth"), entry.get("inferred"))
        says = entry["says"] if isinstance(entry["says"], list) else [entry["says"]]
        known = merged.setdefault(key, Flow(entry, says=[]))
        known["says"] = list(dict.fromkeys([*known["says"], *says]))
    return [
        Flow(entry, says=entry["says"][0] if len(entry["says"]) == 1 else entry["says"]) for entry in merged.values()
    ]
