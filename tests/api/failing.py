"""What tests of failures share: answers that are kept, the sentence of a refusal, and one meeting under many titles."""

from pathlib import Path

from tests.api.serving import Served, problem, until
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress

KEPT = f"/meetings/{CONGRESS}"
READ = [KEPT, "/delegates?limit=2", "/delegates?sort=-date", "/dataset", "/readyz"]


def is_answered(served: Served) -> bool:
    return served.get("/readyz").status_code == 200


def keep(served: Served) -> None:
    """Have an answer kept."""
    for _ in range(3):
        assert served.get(KEPT).status_code == 200


def refused(served: Served) -> str:
    """The sentence with which everything that reads is refused, once it is; the process lives on."""
    until(lambda: {served.get(address).status_code for address in READ} == {503})
    details = {problem(served.get(address), 503, "unavailable")["detail"] for address in READ}
    assert served.get("/livez").status_code == served.get("/version").status_code == 200
    assert "Readout-Dataset" not in served.get("/livez").headers
    (sentence,) = details
    return str(sentence)


def with_title(folder: Path, title: str) -> Path:
    return write_congress(folder / title, CONGRESS_RECORD.replace("Congress of Vienna", title))


def title(served: Served) -> str:
    return str(served.json(KEPT)["title"])
