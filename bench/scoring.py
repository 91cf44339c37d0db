"""Scores of proposed quotes against marked ones: found, missed and extra quotes, and right speakers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

_LEAST_SIMILARITY = {"indirect": 0.6}
_LEAST_QUOTED_SIMILARITY = 0.8
"""A quote is found if the Jaccard similarity of its words and the marked ones is at least so certain."""

_WORD = re.compile(r"\w+")

Marked = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed quote; it is `certain` without a reason to doubt it."""

    kind: str
    text: str
    speakers: list[str]
    certain: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """An error: `missed`, `extra` or, if a found quote has a wrong speaker, `speaker`."""

    article: str
    error: str
    kind: str
    speakers: list[str]
    text: str

    def __str__(self) -> str:
        return f"{self.article:14} {self.error:8} {self.kind:9} {' '.join(self.speakers)}: {self.text[:70]}"


@dataclass(slots=True)
class Score:
    """Counts of quotes: marked, proposed, found, with the right speaker; and of the certain ones."""

    marked: int = 0
    proposed: int = 0
    found: int = 0
    right: int = 0
    certain: int = 0
    certain_found: int = 0
    certain_right: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def recall(self) -> float:
        return self.found / max(self.marked, 1)

    @property
    def precision(self) -> float:
        return self.found / max(self.proposed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(self.marked + self.proposed, 1)

    @property
    def speaker(self) -> float:
        """The share of found quotes with the right speaker."""
        return self.right / max(self.found, 1)

    @property
    def both(self) -> float:
        """F1 of quotes with the right speaker."""
        return 2 * self.right / max(self.marked + self.proposed, 1)


def scored(
    article: str, marked: Sequence[Marked], proposed: Sequence[Proposed], kinds: Sequence[str], only_found: bool = False
) -> Score:
    """The score of quotes of some kinds in one article; with `only_found`, extra proposals are not counted."""
    left, score = [one for one in proposed if (one.kind == "indirect") == ("indirect" in kinds)], Score()
    for quote in (one for one in marked if one["kind"] in kinds):
        found = _nearest(quote, left)
        if found is not None:
            left.remove(found)
        if not quote.get("unsure"):
            _count(score, article, quote, found)
    if not only_found:
        score.proposed += len(left)
        score.certain += sum(one.certain for one in left)
        score.misses += [Miss(article, "extra", one.kind, one.speakers, one.text) for one in left]
    return score


def _count(score: Score, article: str, quote: Marked, found: Proposed | None) -> None:
    score.marked += 1
    if found is None:
        score.misses.append(Miss(article, "missed", quote["kind"], _names(quote), quote["text"]))
        return
    right = _is_same_speaker(quote, found)
    score.proposed += 1
    score.found += 1
    score.right += right
    score.certain += found.certain
    score.certain_found += found.certain
    score.certain_right += found.certain and right
    if not right:
        speakers = [*found.speakers, "for", *_names(quote)]
        score.misses.append(Miss(article, "speaker", quote["kind"], speakers, quote["text"]))


def _nearest(quote: Marked, proposed: Sequence[Proposed]) -> Proposed | None:
    words = _words(quote["text"])
    best = max(proposed, key=lambda one: _jaccard(_words(one.text), words), default=None)
    least = _LEAST_SIMILARITY.get(quote["kind"], _LEAST_QUOTED_SIMILARITY)
    return best if best is not None and _jaccard(_words(best.text), words) >= least else None


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _jaccard(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max((one | other).total(), 1)


def _names(quote: Marked) -> list[str]:
    everyone = [quote["speaker"], *quote.get("other_names", []), *quote.get("other_speakers", [])]
    return [name for name in everyone if name] or [quote.get("source") or ""]


def _is_same_speaker(quote: Marked, found: Proposed) -> bool:
    """Whether the speaker is right: any form of the name counts, and of descriptions one must contain the other."""
    proposed, marked = [_plain(name) for name in found.speakers], [_plain(name) for name in _names(quote)]
    if quote["speaker"] is None:
        return any(name in marked[0] or marked[0] in name for name in proposed)
    return any(name in marked for name in proposed)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(name.lower().split()))
