"""Faults and warnings of a record: the codes, and a fault with its location."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path as FilePath

from seed.record.yaml_tree import Path


class Severity(StrEnum):
    """A fault keeps its record from being stored; a warning asks for a look, and the record can answer it."""

    fault = "fault"
    warning = "warning"


class Code(StrEnum):
    unreadable = "unreadable"
    bad_value = "bad-value"
    words_not_found = "words-not-found"
    words_ambiguous = "words-ambiguous"
    fact_without_evidence = "fact-without-evidence"
    evidence_for_no_field = "evidence-for-no-field"
    name_not_in_words = "name-not-in-words"
    date_differs = "date-differs"
    not_whole_words = "not-whole-words"
    text_not_in_words = "text-not-in-words"
    quotation_marks = "quotation-marks"
    unknown_reference = "unknown-reference"
    unused_definition = "unused-definition"
    duplicate_id = "duplicate-id"
    reserved_id = "reserved-id"
    conflicting_definition = "conflicting-definition"
    source_changed = "source-changed"
    draft = "draft"
    not_reviewed = "not-reviewed"
    more_faults = "more-faults"
    internal_error = "internal-error"
    # warnings
    negation = "negation"
    another_verb = "another-verb"
    another_sentence = "another-sentence"
    shared_name = "shared-name"
    speaker_far_away = "speaker-far-away"
    inner_quotation = "inner-quotation"
    single_marks = "single-marks"
    whole_utterance = "whole-utterance"
    parts_out_of_order = "parts-out-of-order"
    answers_nothing = "answers-nothing"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The words of an article that are most similar to words that were not found; line and column count from 1."""

    file: str
    line: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault or a warning: its code, the path from the record's root to the value, and a message."""

    code: Code
    path: Path
    message: str
    nearest: Nearest | None = None
    severity: Severity = Severity.fault
    complete: "Callable[[Fault], Fault] | None" = field(default=None, compare=False)
    """Adds what takes long to find, such as the nearest words. It is called only for a fault that is reported."""


@dataclass(frozen=True, slots=True)
class LocatedFault:
    """A fault or a warning located in its file: line and column count from 1, `width` is in characters.

    `excerpt` is the line in the file, `value` the record's value there if that is text, else empty. `count` is one, or
    the number of faults that a `more-faults` stands for.
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
    severity: Severity = Severity.fault
    count: int = 1

    @property
    def is_warning(self) -> bool:
        return self.severity is Severity.warning


def unexpected(error: BaseException) -> str:
    """An unexpected exception in one line, for a report: its type, its message and its place."""
    while error.__cause__ is not None:
        error = error.__cause__
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" in {frame.name}, line {frame.lineno} of {FilePath(frame.filename).name}" for frame in last)
    return traceback.format_exception_only(error)[-1].strip() + place
