"""`make bench-draft`, or `python -m bench.drafting FOLDER`: precision and recall of drafted quotes and speakers.

FOLDER contains a folder for each article, with `article.txt` and `quotes.yaml`. The latter lists the `quotes` that a
reader marked, each with `kind`, `text` and `speaker` (or null and `source`), optionally `other_names` and
`other_speakers`. A quote with `unsure`, about which readers may differ, counts neither way.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from bench.scoring import Miss, Proposed, Score, scored
from seed.draft.parsed_article import parse_article
from seed.draft.proposal.record import DraftRecord, Source, propose_record

_NO_FOLDER = (
    "Name the folder of the articles: `make bench-draft ARTICLES=…`. It needs a folder for each article, with "
    "`article.txt` and `quotes.yaml`."
)


@dataclass(slots=True)
class Measured:
    """The scores over all articles, with the seconds that drafting took and the number of words."""

    quoted: Score
    direct: Score
    indirect: Score
    seconds: float = 0
    words: int = 0


def measure(folder: Path) -> Measured:
    """Draft every article in a folder and score the quotes."""
    total = Measured(Score(), Score(), Score())
    for article in sorted(folder.glob("*/article.txt")):
        text = article.read_text(encoding="utf-8")
        marked = yaml.safe_load((article.parent / "quotes.yaml").read_text(encoding="utf-8"))["quotes"]
        begin = perf_counter()
        drafted = propose_record(parse_article(text), Source(article.name))
        total.seconds += perf_counter() - begin
        total.words += len(text.split())
        for score, kinds in ((total.quoted, "direct partial"), (total.indirect, "indirect"), (total.direct, "direct")):
            only_found = score is total.direct
            score.add(scored(article.parent.name, marked, proposed(drafted), kinds.split(), only_found))
    return total


def proposed(drafted: DraftRecord) -> list[Proposed]:
    """The proposed quotes of a draft with the names of their speakers."""
    return [
        Proposed(one.values["kind"], one.values["text"], _names(drafted, one.values["speakers"]), one.doubt is None)
        for one in drafted.proposals["quotes"]
    ]


def _names(drafted: DraftRecord, actors: list[Any]) -> list[str]:
    return [drafted.definitions.name(one) if isinstance(one, str) else one["described"] for one in actors]


def table(measured: Measured) -> list[str]:
    """The figures as lines of text."""
    quoted, direct, indirect = measured.quoted, measured.direct, measured.indirect
    certain, proposals = quoted.certain + indirect.certain, quoted.proposed + indirect.proposed
    found, right = quoted.certain_found + indirect.certain_found, quoted.certain_right + indirect.certain_right
    return [
        f"quoted text: recall / F1                   {quoted.recall:.2f} / {quoted.f1:.2f}",
        f"speaker of a found quote: all / direct     {quoted.speaker:.2f} / {direct.speaker:.2f}",
        f"quote and speaker, F1                      {quoted.both:.2f}",
        f"indirect: precision / recall / speaker     "
        f"{indirect.precision:.2f} / {indirect.recall:.2f} / {indirect.speaker:.2f}",
        f"without a doubt: right / of the found ones / share of all  "
        f"{right / max(certain, 1):.2f} / {right / max(found, 1):.2f} / {certain / max(proposals, 1):.2f}",
        f"time for 1,000 words                       {measured.seconds / max(measured.words, 1) * 1e6:.0f} ms",
    ]


def errors(misses: Sequence[Miss]) -> list[str]:
    """The number of errors by type and kind of quote, as lines of text."""
    counted = Counter((miss.error, miss.kind) for miss in misses)
    return [
        f"{error:8}" + "".join(f"{counted[error, kind]:6} {kind}" for kind in ("direct", "partial", "indirect"))
        for error in ("missed", "extra", "speaker")
    ]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments and arguments[0] else None
    if folder is None or not any(folder.glob("*/quotes.yaml")):
        print(_NO_FOLDER, file=sys.stderr)
        return 2
    measured = measure(folder)
    misses = (*measured.quoted.misses, *measured.indirect.misses)
    print(*misses, "", *errors(misses), "", *table(measured), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
