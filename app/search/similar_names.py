"""How similar two spellings of a name are: transcriptions of one name differ in letters that sound alike."""

from collections.abc import Iterable, Sequence

_ALIKE = ("aeiouy", "vwfu", "yij", "kcq", "szc", "gjh", "dt", "kx")
_COSTS = {(one, other): 0.5 for group in _ALIKE for one in group for other in group if one != other}
_SILENT = "hetcy"
"""Letters that a transcription adds, or leaves out."""

SHORT, LONG = 5, 8
"""From how many letters on a word may differ in letters that do not sound alike: in one, or in two."""


def most_different(word: str, is_known: bool) -> float:
    """How different a name may be from a word of a query; a word that texts have is hardly a misspelt name."""
    if len(word) < SHORT or is_known:
        return 0.5
    return 2 if len(word) >= LONG else 1


def difference(word: str, name: str) -> float:
    """How different two folded words are: 1 for each letter that differs, ½ for one that sounds alike or is doubled.

    Names with different initials are different altogether, unless these sound alike.
    """
    if word[0] != name[0] and (word[0], name[0]) not in _COSTS:
        return float(max(len(word), len(name)))
    row = [float(at) for at in range(len(name) + 1)]
    before, above = row, row
    for at, letter in enumerate(word, 1):
        before, above, row = above, row, [float(at)]
        for to, other in enumerate(name, 1):
            best = min(
                above[to - 1] + (0 if letter == other else _COSTS.get((letter, other), 1)),
                above[to] + _left_out(word, at - 1),
                row[to - 1] + _left_out(name, to - 1),
            )
            if at > 1 and to > 1 and letter == name[to - 2] and word[at - 2] == other:
                best = min(best, before[to - 2] + 1)
            row.append(best)
    return row[-1]


def nearest(word: str, names: Iterable[str], at_most: float) -> str | None:
    """The name that differs least from a word, if one is similar enough."""
    near = [(difference(word, name), name) for name in names if abs(len(word) - len(name)) <= 2]
    cost, name = min(near, default=(at_most + 1, ""))
    return name if cost <= at_most else None


def matching_names(words: Sequence[str], limits: Sequence[float], names: Sequence[str]) -> list[str] | None:
    """For each word the name that is similar to it; None if one has no such name."""
    found = [word if word in names else nearest(word, names, limit) for word, limit in zip(words, limits, strict=True)]
    return None if None in found else [name for name in found if name]


def _left_out(word: str, at: int) -> float:
    return 0.5 if word[at] in _SILENT or (at and word[at] == word[at - 1]) else 1
