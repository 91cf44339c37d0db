"""A draft held to the proof: what would be a fault is taken out, so that only what is to do is left to a person."""

from seed.dataset.files import MAXIMUM_RECORD
from seed.draft.proposal.record import DraftRecord
from seed.proof.articles import Article
from seed.proof.definitions import Catalogue
from seed.proof.prove import prove
from seed.record.faults import Code, Fault
from seed.record.validation import validate
from seed.record.yaml_tree import compose

_ROUNDS = 4
"""How often a draft is proved at most: what is taken out may leave something unused, and hardly more. Then all goes."""


def text_without_faults(draft: DraftRecord, head: list[str]) -> str:
    """The text of a draft in which the proof finds no fault but that it is one; what is taken out is noted in it."""
    text = _within_limit(draft, head)
    for _ in range(_ROUNDS):
        faults = [fault for fault in faults_of(text, draft) if fault.code is not Code.draft]
        if not faults:
            return text
        _remove_parts(draft, faults)
        text = draft.text(head)
    draft.left_out.append("everything: what is wrong with it cannot be told apart")
    draft.clear()
    return draft.text(head)


def faults_of(text: str, draft: DraftRecord) -> list[Fault]:
    """What the proof finds in a record about a draft's article."""
    validated = validate(compose(text))
    if validated.record is None or validated.faults:
        return validated.faults
    record = validated.record
    article = Article(draft.source.file, draft.parsed.text.text)
    articles = dict.fromkeys(record.source_ids, article)
    catalogue = Catalogue()
    faults = catalogue.add(record, dict.fromkeys(articles, article.sha256), "")
    outcome = prove(record, articles, catalogue)
    return faults + (outcome if isinstance(outcome, list) else [])


def _within_limit(draft: DraftRecord, head: list[str]) -> str:
    """The draft's text, its last quotes left out until it is within the limit of a record."""
    while len((text := draft.text(head)).encode()) > MAXIMUM_RECORD:
        quotes = draft.proposals["quotes"]
        kept = len(quotes) * 3 // 4
        draft.left_out.append(f"{len(quotes) - kept} more quotes at the end: a record holds 1 MiB")
        del quotes[kept:]
    return text


def _remove_parts(draft: DraftRecord, faults: list[Fault]) -> None:
    """Take out the parts with a fault, the last first."""
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
