"""What a load leaves that something happened to: the dataset as it was before, or as it is after, and a sentence."""

import re
from pathlib import Path

from tests.conftest import Ran, Readout
from tests.seed.samples import ARTICLE, another

OLD, NEW = range(5), range(2, 7)
BROKEN_OFF = "The connection to the database broke: try again; a load is stored whole, or not at all. ("


def write_talks(folder: Path, meetings: range, title: str) -> Path:
    """Write a dataset of some meetings with a title; the folder."""
    for number in meetings:
        record = another(f"vienna-{number}", ("title: Utopia–Ruritania talks", f"title: {title} {number}"))
        own = folder / f"vienna-{number}"
        own.mkdir(parents=True)
        (own / "record.yaml").write_text(record.replace("id: gazette", f"id: gazette-{number}"), encoding="utf-8")
        (own / "article.txt").write_text(f"{title}.\n\n{ARTICLE}", encoding="utf-8")
    return folder


def refused(ran: Ran) -> str:
    """The one sentence that a command ended with instead of doing its work."""
    assert (ran.status, ran.out) == (2, ""), ran
    assert re.fullmatch(r"readout: [^\n]{20,400}[.)]\n", ran.err), ran.err
    return ran.err.removeprefix("readout: ").rstrip()


def proved_version(readout: Readout) -> str:
    """The version of the dataset that is stored, all of which `verify` proves."""
    ran = readout("verify")
    found = re.match(r"dataset version (\S+): .* proved, with", ran.out)
    assert found and ran.status == 0, ran
    return found[1]
