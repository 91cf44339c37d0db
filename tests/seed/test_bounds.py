"""`check` of the worst records that could be made ends within its bounds of CPU time and memory.

The bounds are the kernel's: a process that uses more CPU time is killed, and its memory is what the kernel counted.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from seed.dataset.files import MAXIMUM_ARTICLE, MAXIMUM_RECORD
from tests.amounts import WORST_RECORDS
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.samples import ARTICLE, RECORD, SMALL_ARTICLE, Change, changed, small
from tests.seed.worst_records import WORST

CPU_SECONDS = 5
MEMORY = 300 * 1024
"""In KiB, as the kernel counts the most memory that a process had."""


CHECK = """
import atexit, sys
from pathlib import Path
from seed.cli.commands import main
atexit.register(lambda: print(next(line for line in Path("/proc/self/status").open() if line.startswith("VmHWM:"))))
sys.argv = ["readout", "check", sys.argv[1]]
main()
"""


@pytest.mark.long
@pytest.mark.usefixtures("not_forked")
@pytest.mark.skipif(sys.platform != "linux", reason="Linux counts the memory of a process")
@pytest.mark.parametrize("name", [name for name in WORST if WORST_RECORDS is None or name in WORST_RECORDS])
def test_a_check_of_the_worst_records_is_bounded(name: str, tmp_path: Path, write_record: WriteRecord) -> None:
    worst = WORST[name]()
    assert len(worst.record.encode()) <= MAXIMUM_RECORD
    assert sum(len(article.encode()) for article in worst.articles.values()) <= MAXIMUM_ARTICLE
    folder = write_record(tmp_path / "data/worst", worst.record)
    for file, article in worst.articles.items():
        (folder / file).write_text(article)
    command = ["sh", "-c", f'ulimit -t {CPU_SECONDS}; exec "$@"', "sh", sys.executable, "-c", CHECK, str(folder)]
    root = Path(__file__).parents[2]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert ran.returncode == 1, ran.stderr[-1000:]
    assert "internal-error" not in ran.stdout and len(ran.stdout) < 1_000_000
    assert int(ran.stdout.split()[-2]) < MEMORY


def test_two_hundred_faults_are_reported_and_the_others_counted(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    keys = "".join(f"key{number:03}: a\n" for number in range(1512))
    write_record(tmp_path / "a", small("a") + keys, SMALL_ARTICLE)
    write_record(tmp_path / "b", small("b", ("role: head", "role: chief")), SMALL_ARTICLE)
    faults = reported_faults(readout, "check", tmp_path)
    assert len(faults) == 202 and faults[201]["code"] == "bad-value"
    assert (faults[200]["code"], faults[200]["line"]) == ("more-faults", faults[199]["line"] + 1)
    assert faults[200]["message"] == "and 1,312 more faults from here on"
    ran = readout("check", tmp_path)
    assert (
        ran.err == f"1,513 faults in 2 files\n   1,512  {tmp_path}/a/record.yaml\n       1  {tmp_path}/b/record.yaml\n"
    )


LONG = "word " * 1000 + "x"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("words: for two hours", f"words: {LONG}"), "`words` is longer than 5,000 characters"),
        (("inferred: Two delegations.", f"inferred: {LONG}"), "`inferred` is longer than 5,000 characters"),
        (("text: frank and friendly", f"text: {LONG}"), "`text` is longer than 5,000 characters"),
        (
            ("[jane-roe]\n    kind: direct", f"[{'jane-roe, ' * 101}]\n    kind: direct"),
            "`speakers` has more than 100 items",
        ),
        (
            ("name: Ruritania}", f"name: Ruritania, other_names: [{'R, ' * 101}]}}"),
            "`other_names` has more than 100 items",
        ),
        (("says: duration", f"says: [{'duration, ' * 101}]"), "`says` has more than 100 items"),
        (("[uto, rur]\n  topics", f"[{'uto, ' * 301}]\n  topics"), "`parties` has more than 300 items"),
        (("quotes:\n", "quotes:\n" + "  - {id: a}\n" * 2000), "`quotes` has more than 2,000 items"),
        (("Roe said}", "Roe said, nth: 1001}"), "`nth` is not a whole number from 1 to 1,000"),
    ],
)
def test_a_value_past_a_limit(
    change: Change, message: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    faults = reported_faults(readout, "check", write_record(tmp_path / "vienna", changed(RECORD, change), ARTICLE))
    assert message in [fault["message"] for fault in faults], faults
