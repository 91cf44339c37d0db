"""Drafts are scored as docs/drafting.md describes."""

from pathlib import Path
from textwrap import dedent

import pytest

from bench.drafting import main
from bench.scoring import Marked, Proposed, scored

MARKED: list[Marked] = [
    {"kind": "direct", "speaker": "Jane Roe", "other_names": ["Roe"], "text": "We will open our doors again"},
    {"kind": "partial", "speaker": None, "source": "the officials", "text": "frank and friendly"},
    {"kind": "direct", "speaker": "Jane Roe", "text": "Perhaps", "unsure": True},
]


def test_found_quotes_and_right_speakers() -> None:
    proposed = [
        Proposed("direct", "We will open our doors", ["Jane Roe"], certain=True),
        Proposed("partial", "frank and friendly", ["John Doe"], certain=True),
        Proposed("direct", "Perhaps", ["Jane Roe"], certain=True),
        Proposed("direct", "Nobody said this", ["Jane Roe"], certain=False),
        Proposed("indirect", "of another kind", ["Jane Roe"], certain=False),
    ]
    score = scored("article", MARKED, proposed, ["direct", "partial"])
    assert (score.marked, score.proposed, score.found, score.right) == (2, 3, 2, 1)
    assert (score.certain, score.certain_found, score.certain_right) == (2, 2, 1)
    assert [miss.error for miss in score.misses] == ["speaker", "extra"]


@pytest.mark.parametrize("speaker", ["officials", "the officials", "the officials of Utopia"])
def test_a_description_is_right_if_one_contains_the_other(speaker: str) -> None:
    proposed = [Proposed("partial", "frank and friendly", [speaker], certain=False)]
    assert scored("article", MARKED, proposed, ["partial"]).right == 1


def test_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "vienna"
    folder.mkdir()
    (folder / "article.txt").write_text("“We will open our doors again,” Jane Roe said.")
    (folder / "quotes.yaml").write_text(
        dedent("""\
            quotes:
              - {kind: direct, speaker: Jane Roe, text: We will open our doors again}
              - {kind: partial, speaker: Jane Roe, text: frank and friendly}
        """)
    )
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "missed       0 direct     1 partial     0 indirect" in printed
    assert "quoted text: recall / F1                   0.50 / 0.67" in printed


@pytest.mark.parametrize("arguments", [[], [""], ["nowhere"]])
def test_without_a_folder_of_articles_it_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("Name the folder of the articles")
