"""Proposed quotes against marked ones: what was found, who says it, and what was proposed too much."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

_LEAST = {"indirect": 0.6}
_LEAST_QUOTED = 0.8
"""The least Jaccard similarity of the words of a quote that was found."""

_WORD = re.compile(r"\w+")

Marked = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed quote; `high` if the draft is confident of it."""

    kind: str
    text: str
    speakers: list[str]
    high: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """An error: `what` is `missed`, `extra` or, of a quote that was found, `speaker`."""

    article: str
    what: str
    kind: str
    who: list[str]
    text: str

    def __str__(self) -> str:
        return f"{self.article:14} {self.what:8} {self.kind:9} {' '.join(self.who)}: {self.text[:70]}"


@dataclass(slots=True)
class Score:
    """Counts of quotes: marked, proposed, found, found with the right speaker; and those of which a draft is sure."""

    marked: int = 0
    proposed: int = 0
    found: int = 0
    right: int = 0
    high: int = 0
    high_found: int = 0
    high_right: int = 0
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
        """The share of found quotes whose speaker is right."""
        return self.right / max(self.found, 1)

    @property
    def both(self) -> float:
        """F1 of quote and speaker together."""
        return 2 * self.right / max(self.marked + self.proposed, 1)


def scored(
    article: str, marked: Sequence[Marked], proposed: Sequence[Proposed], kinds: Sequence[str], only_found: bool = False
) -> Score:
    """The score of the quotes of some kinds; with `only_found`, what is proposed too much is not counted."""
    left, score = [one for one in proposed if (one.kind == "indirect") == ("indirect" in kinds)], Score()
    for quote in (one for one in marked if one["kind"] in kinds):
        found = _nearest(quote, left)
        if found is not None:
            left.remove(found)
        if not quote.get("unsure"):
            _count(score, article, quote, found)
    if not only_found:
        score.proposed += len(left)
        score.high += sum(one.high for one in left)
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
    score.high += found.high
    score.high_found += found.high
    score.high_right += found.high and right
    if not right:
        told = [*found.speakers, "for", *_names(quote)]
        score.misses.append(Miss(article, "speaker", quote["kind"], told, quote["text"]))


def _nearest(quote: Marked, proposed: Sequence[Proposed]) -> Proposed | None:
    words = _words(quote["text"])
    best = max(proposed, key=lambda one: _jaccard(_words(one.text), words), default=None)
    least = _LEAST.get(quote["kind"], _LEAST_QUOTED)
    return best if best is not None and _jaccard(_words(best.text), words) >= least else None


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _jaccard(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max((one | other).total(), 1)


def _names(quote: Marked) -> list[str]:
    everyone = [quote["speaker"], *quote.get("other_names", []), *quote.get("other_speakers", [])]
    return [name for name in everyone if name] or [quote.get("source") or ""]


def _is_same_speaker(quote: Marked, found: Proposed) -> bool:
    """The person is right whatever form of the name is given; a description, if one holds the other."""
    told, known = [_plain(one) for one in found.speakers], [_plain(one) for one in _names(quote)]
    if quote["speaker"] is None:
        return any(one in known[0] or known[0] in one for one in told)
    return any(one in known for one in told)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(name.lower().split()))
