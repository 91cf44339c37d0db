"""Removes from a draft what the proof finds at fault, so that the reviewer sees no faults but `TODO`s."""

from seed.dataset.files import MAXIMUM_RECORD
from seed.draft.proposal.record import DraftRecord
from seed.proof.articles import Article
from seed.proof.definitions import Catalogue
from seed.proof.prove import prove
from seed.proof.work import TooMuchWork, bounded_work
from seed.record.faults import Code, Fault, Severity
from seed.record.validation import validate
from seed.record.yaml_tree import compose

_ROUNDS = 4
"""The most proofs of a draft. A removed part may leave another unused, but rarely more; after that, all is removed."""


def text_without_faults(draft: DraftRecord, head: list[str]) -> str:
    """The text of a draft without faults but `draft`. Removed parts are listed in the draft's `left_out`."""
    for _ in range(_ROUNDS):
        text, found = _within_limits(draft, head)
        faults = [fault for fault in found if fault.code is not Code.draft]
        if not faults:
            return text
        _remove_parts(draft, faults)
    draft.left_out.append("everything: its faults could not be separated")
    draft.clear()
    return draft.text(head)


def faults_of(text: str, draft: DraftRecord) -> list[Fault]:
    """The faults that the proof finds in the text of a draft."""
    validated = validate(compose(text))
    if validated.record is None or validated.faults:
        return validated.faults
    record = validated.record
    article = Article(draft.source.file, draft.parsed.text.text)
    articles = dict.fromkeys(record.source_ids, article)
    catalogue = Catalogue()
    faults = catalogue.add(record, dict.fromkeys(articles, article.sha256), "")
    outcome = prove(record, articles, catalogue)
    proof = outcome if isinstance(outcome, list) else []
    return faults + [fault for fault in proof if fault.severity is Severity.fault]


def _within_limits(draft: DraftRecord, head: list[str]) -> tuple[str, list[Fault]]:
    """The draft's text and faults, after its last quotes are removed until it is within the limits of a record."""
    quotes = draft.proposals["quotes"]
    while True:
        text, limit = draft.text(head), "holds 1 MiB"
        if len(text.encode()) <= MAXIMUM_RECORD:
            try:
                with bounded_work():
                    return text, faults_of(text, draft)
            except TooMuchWork:
                limit = "is proved by a bounded number of searches"
        if not quotes:
            draft.clear()
        remaining = len(quotes) * 3 // 4
        draft.left_out.append(f"{len(quotes) - remaining} more quotes at the end: a record {limit}")
        del quotes[remaining:]


def _remove_parts(draft: DraftRecord, faults: list[Fault]) -> None:
    """Remove the parts with a fault, the last first."""
    parts: dict[tuple[str, int], Fault] = {}
    for fault in faults:
        path = fault.path[1:] if fault.path[:2] == ("meeting", "agenda") else fault.path
        if len(path) > 1 and path[0] in draft.proposals and isinstance(path[1], int):
            parts.setdefault((str(path[0]), path[1]), fault)
        elif path[0] == "meeting" and draft.leave_to_reviewer(str(path[1])):
            draft.left_out.append(f"the meeting's {path[1]}: {fault.message}")
    for (name, index), fault in sorted(parts.items(), reverse=True):
        proposal = draft.proposals[name].pop(index)
        draft.left_out.append(f"{proposal.name}, of {name}: {fault.message}")
        if name == "agenda":
            for agreement in draft.proposals["agreements"]:
                if agreement.values["agenda"] == proposal.name:
                    agreement.values["agenda"] = None
