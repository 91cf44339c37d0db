"""What can be wrong with a record: the codes, and a fault with its place."""

from dataclasses import dataclass
from enum import StrEnum

from seed.record.yaml_tree import Path


class Code(StrEnum):
    unreadable = "unreadable"
    bad_value = "bad-value"
    words_not_found = "words-not-found"
    words_ambiguous = "words-ambiguous"
    fact_without_evidence = "fact-without-evidence"
    evidence_for_no_field = "evidence-for-no-field"
    name_not_in_words = "name-not-in-words"
    text_not_in_words = "text-not-in-words"
    quotation_marks = "quotation-marks"
    unknown_reference = "unknown-reference"
    unused_definition = "unused-definition"
    duplicate_id = "duplicate-id"
    conflicting_definition = "conflicting-definition"
    source_changed = "source-changed"
    draft = "draft"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The words of an article that come nearest to words that it does not have; line and column counted from 1."""

    file: str
    line: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where in the record: the path from its root to the value."""

    code: Code
    path: Path
    message: str
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class LocatedFault:
    """A fault in its file, as the curator gets it: lines and columns counted from 1, `width` in characters.

    `excerpt` is the line, `value` what the record has there, if that is text.
    """

    file: str
    line: int
    column: int
    width: int
    code: Code
    message: str
    excerpt: str
    value: str = ""
    nearest: Nearest | None = None
