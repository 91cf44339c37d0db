"""The faults of a review: parts that a reviewed record still lists as not reviewed, and placeholders of a draft."""

from collections.abc import Iterator
from typing import Any

from seed.record.faults import Code, Fault
from seed.record.models import Part, Record, ToReview
from seed.record.yaml_tree import Path

TODO = "TODO"
"""A draft's value where only a person can give one; `TODO: ` begins a reason that is still to be given."""

PLACEHOLDER_PARTY, PLACEHOLDER_PERSON = "todo-party", "todo-speaker"
_PLACEHOLDER_IDS = ("todo", PLACEHOLDER_PARTY, PLACEHOLDER_PERSON)
_OF_THE_ARTICLE = ("words", "file")
"""Keys whose text is not the curator's: `TODO` may stand in an article."""


def faults_of_review(record: Record) -> Iterator[Fault]:
    """The faults of a draft, or of what a reviewed record says is not reviewed yet."""
    parts = set(_addresses(record))
    is_draft = record.status == "draft"
    if is_draft:
        yield Fault(Code.draft, ("status",), _to_do(record))
    for index, entry in enumerate(record.to_review or ()):
        if entry.at not in parts:
            message = f"there is no `{entry.at}` to review: correct `at`, or delete this entry"
            yield Fault(Code.not_reviewed, ("to_review", index, "at"), message)
        elif not is_draft:
            yield Fault(Code.not_reviewed, ("to_review", index), _left(entry))
    if not is_draft:
        yield from _placeholders(record)


def _addresses(record: Record) -> Iterator[str]:
    """The addresses in `to_review` of all parts of a record."""
    yield "meeting"
    yield from (f"agenda/{item.id}" for item in record.meeting.agenda)
    yield from (f"delegates/{delegate.own_id}" for delegate in record.delegates)
    yield from (f"agreements/{agreement.id}" for agreement in record.agreements)
    yield from (f"quotes/{quote.id}" for quote in record.quotes)
    yield from (f"parties/{party.id}" for party in record.parties)
    yield from (f"people/{person.id}" for person in record.people)
    yield from (f"sources/{id}" for id in record.source_ids)


def _to_do(record: Record) -> str:
    left = len(record.to_review or ())
    if not left:
        return "have a person review it, then set `status: reviewed`"
    parts = "1 part" if left == 1 else f"{left:,} parts"
    return f"have a person review the {parts} in `to_review` and delete their entries, then set `status: reviewed`"


def _left(entry: ToReview) -> str:
    fields = ", ".join(f"`{name}`" for name in entry.look_at)
    return f"`{entry.at}` is not reviewed: compare {fields or 'it'} with the article, then delete this entry"


def _placeholders(record: Record) -> Iterator[Fault]:
    for text, path in _texts(record, ()):
        if text == TODO or text.startswith(f"{TODO}:"):
            yield _placeholder(path, "write what belongs here, or take it out")
        elif path[-1] == "id" and text in _PLACEHOLDER_IDS:
            yield _placeholder(path, "give an id of its own, here and wherever it is referred to")


def _placeholder(path: Path, advice: str) -> Fault:
    key = next(step for step in reversed(path) if isinstance(step, str))
    return Fault(Code.not_reviewed, path, f"`{key}` is a placeholder of the draft: {advice}")


def _texts(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """The texts of a record that are the curator's, each with its path."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, Part) and not isinstance(value, ToReview):
        for name in type(value).model_fields:
            if name not in _OF_THE_ARTICLE:
                yield from _texts(getattr(value, name), (*path, name))
