"""Changed records: `check` ends within its bounds, with findings or without; what passes is stored, served and exported."""

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from os import getpid
from pathlib import Path
from types import FrameType

import pytest

from app.db.engines import writing_engine
from seed.record.faults import Code
from seed.store.verify import verify
from tests.api.serving import PUBLIC_URL, serving
from tests.conftest import Readout
from tests.databases import Files
from tests.fuzz.contents import Contents
from tests.fuzz.fuzzing import MIB, Costs, corpus, forget_peak, memory, rounds
from tests.fuzz.mutations import SAMPLES, ChangedRecord, random_change

SECONDS_OF_A_RECORD = 5
"""Of CPU: what `check` may take for the largest record."""

MEMORY_OF_A_RECORD = 300 * MIB

SERVED = 0.05
"""The share of the records without a fault that are stored and served: that takes as long as fifty checks."""

HANG_SECONDS = 30
"""Of CPU: after this a check is taken to hang."""


@pytest.mark.long
def test_any_record_is_checked_to_the_end_and_is_served_if_it_passes(
    tmp_path: Path, readout: Readout, files: Files, costs: Costs
) -> None:
    changes = [ChangedRecord(sample=sample, edits=[]) for sample in SAMPLES]
    for change in [*changes, *(ChangedRecord(**each) for each in corpus("records"))]:
        if check(change, tmp_path / "record", readout, costs):
            serve(change, tmp_path / "record", files, costs)
    for random in rounds():
        change = random_change(random)
        format = random.choice(["json", "text"])
        if check(change, tmp_path / "record", readout, costs, format) and random.random() < SERVED:
            serve(change, tmp_path / "record", files, costs)


def check(change: ChangedRecord, folder: Path, readout: Readout, costs: Costs, format: str = "json") -> bool:
    """Check a record within the bounds of time and memory; whether it has no fault."""
    shown = json.dumps({key: value for key, value in asdict(change).items() if value is not None})
    change.write(folder)
    forget_peak(getpid())
    before = memory(getpid(), "VmRSS")
    with hanging_after(HANG_SECONDS):
        start = time.thread_time()
        ran = readout("check", folder, "--format", format)
        seconds = time.thread_time() - start
    peak = memory(getpid()) - before
    costs.add(seconds, peak, shown)
    costs.count("with faults" if ran.status else "without a fault")
    told = f"{shown[:5000]}\n{ran.status} {ran.out[-2000:]} {ran.err[-2000:]}"
    assert ran.status in (0, 1) and Code.internal_error not in ran.out, told
    if format == "json":
        found = [json.loads(line)["severity"] for line in ran.out.splitlines() if line.startswith("{")]
        assert (ran.status == 1) == ("fault" in found) and ran.err == "", told
    assert seconds < SECONDS_OF_A_RECORD, f"{seconds:.1f} s of CPU: {told}"
    assert peak < MEMORY_OF_A_RECORD, f"{peak:,} bytes: {told}"
    return ran.status == 0


def serve(change: ChangedRecord, folder: Path, files: Files, costs: Costs) -> None:
    """Store a record without a fault, verify the database, and read it in every way."""
    costs.count("served")
    with files.databases() as databases:
        database = databases.loaded(folder)
        engine = writing_engine(database)
        differences = verify(engine).differences
        engine.dispose()
        with serving(database, exported=True) as served:
            contents = Contents(served.client, PUBLIC_URL, served.json("/openapi.json"))
            differences += contents.differences()
    assert differences == [], f"{change}\n{differences[:3]}"


@contextmanager
def hanging_after(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where the code is after some seconds of CPU."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s of CPU")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
