"""A fuzzer reports what its inputs cost, and one that fails its seed."""

from collections.abc import Generator, Iterator

import pytest

from tests.fuzz.fuzzing import SEED, Costs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    report.sections.append(("To repeat this", f"FUZZ_SEED={SEED}"))
    return report


@pytest.fixture
def costs(request: pytest.FixtureRequest) -> Iterator[Costs]:
    """The cost of the inputs of a test, which the end of the run prints."""
    costs = Costs()
    yield costs
    request.node.user_properties.append(("printed", costs.lines()))
