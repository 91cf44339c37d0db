"""The order in which faults are reported."""

from random import Random

from seed.cli.fault_report import in_order
from seed.record.faults import Code, LocatedFault


def _fault(file: str, line: int, column: int, code: Code, message: str = "") -> LocatedFault:
    return LocatedFault(file, line, column, 1, code, message, "")


def test_faults_are_ordered_by_file_line_column_and_code() -> None:
    ordered = [
        _fault("a", 2, 9, Code.unreadable),
        _fault("a", 10, 1, Code.unreadable),
        _fault("a", 10, 3, Code.bad_value),
        _fault("a", 10, 3, Code.duplicate_id),
        _fault("b", 1, 1, Code.bad_value),
    ]
    assert in_order(Random(1).sample(ordered, len(ordered))) == ordered


def test_faults_of_one_location_and_code_stay_in_the_order_in_which_they_were_found() -> None:
    found = [_fault("a", 1, 1, Code.bad_value, message) for message in ("second", "first")]
    assert in_order(found) == found
