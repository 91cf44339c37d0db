"""A fuzzer that fails reports its seed."""

from collections.abc import Generator

import pytest

from tests.fuzz.fuzzing import SEED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    report.sections.append(("To repeat this", f"FUZZ_SEED={SEED}"))
    return report
