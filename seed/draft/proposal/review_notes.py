"""Review notes beside a draft: a line for each doubt, and one for each omission."""

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from seed.draft.proposal.draft import Draft
from seed.record.display_text import counted, head, visible

_LIST, _NAME = 12, 44
"""The widths of the columns for the list and the name, in cells."""


def review_notes(outcome: Draft, width: int) -> Iterator[Text]:
    """The lines of a table: the doubts in the order of the record, the omissions, and the number of proposals."""
    if not outcome.is_english:
        yield Text("The text does not look English: only what stands in quotation marks was read.", style="yellow")
    for name, doubt in outcome.questions.items():
        yield _row("meeting", name, doubt, width)
    for list_name, proposals in outcome.proposals.items():
        for proposal in proposals:
            if proposal.doubt:
                yield _row(list_name, proposal.name, proposal.doubt.why, width)
    for what in outcome.left_out:
        yield _row("left out", "", what, width)
    everything = [proposal for proposals in outcome.proposals.values() for proposal in proposals]
    doubted = sum(proposal.doubt is not None for proposal in everything)
    yield Text(f"{counted(len(everything), 'proposal')}, {doubted:,} of them to look at first", style="bold")


def _row(where: str, name: str, doubt: str, width: int) -> Text:
    name = head(visible(name), _NAME - 2)
    line = set_cell_size(where, _LIST) + (set_cell_size(name, _NAME) if name else "")
    return Text.assemble(line, head(visible(doubt), max(20, width - cell_len(line))))
