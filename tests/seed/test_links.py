"""Links in the folders of records: they may lead to files inside the folder, and never out, however they are put there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from seed.dataset.dataset import Dataset
from seed.dataset.files import read_record
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.samples import ARTICLE, RECORD, changed


def test_a_mounted_folder_full_of_links_is_read(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    """As Kubernetes mounts a ConfigMap: each file is a link into `..data`, itself a link to a dated folder."""
    folder = tmp_path / "vienna"
    write_record(folder / "..2024_05_06", RECORD, ARTICLE)
    (folder / "..data").symlink_to("..2024_05_06")
    for name in ("record.yaml", "article.txt"):
        (folder / name).symlink_to(f"..data/{name}")
    for path in (folder, tmp_path):
        assert readout("check", path).out.startswith("1 record proved, no fault\n")


def link(folder: Path, outside: Path) -> None:
    (folder / "texts/article.txt").unlink()
    (folder / "texts/article.txt").symlink_to(outside / "article.txt")


def link_to_folder(folder: Path, outside: Path) -> None:
    (folder / "texts").rename(folder / "old")
    (folder / "texts").symlink_to(outside)


def pipe(folder: Path, outside: Path) -> None:
    (folder / "texts/article.txt").unlink()
    os.mkfifo(folder / "texts/article.txt")


@pytest.mark.parametrize(
    ("swap", "reason"),
    [
        (link, "too many levels of symbolic links"),
        (link_to_folder, "too many levels of symbolic links"),
        (pipe, "not a regular file"),
    ],
)
def test_what_takes_the_place_of_an_article_while_it_is_read_is_not_followed(
    swap: Callable[[Path, Path], None],
    reason: str,
    tmp_path: Path,
    write_record: WriteRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = write_record(tmp_path / "data/vienna", changed(RECORD, ("file: article.txt", "file: texts/article.txt")))
    write_record(folder / "texts", None, ARTICLE)
    write_record(tmp_path / "outside", None, "A text that is not of the record.")
    judge = Path.is_relative_to

    def judge_and_swap(path: Path, *other: Path) -> bool:
        judged = judge(path, *other)
        if path.name == "article.txt":
            swap(folder, tmp_path / "outside")
        return judged

    monkeypatch.setattr(Path, "is_relative_to", judge_and_swap)
    read = read_record(folder)
    assert [fault.message for fault in read.faults] == [f"texts/article.txt: {reason}"]
    assert read.articles == {}


@pytest.mark.parametrize("change", ["exchanged", "changed"])
def test_articles_that_change_between_the_two_readings_are_a_fault(
    change: str, tmp_path: Path, write_record: WriteRecord, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = "    access: full\n  - {id: other, file: other.txt, title: T, language: en}\n"
    record = changed(RECORD, ("    access: full\n", second), ("for two hours", "for three hours, source: other"))
    folder = write_record(tmp_path / "vienna", record, ARTICLE)
    (folder / "other.txt").write_text("They met for three hours.")
    prove = Dataset.prove

    def change_and_prove(dataset: Dataset) -> object:
        one, other = (folder / name for name in ("article.txt", "other.txt"))
        text = one.read_text()
        if change == "exchanged":
            one.write_text(other.read_text())
        other.write_text(text)
        return prove(dataset)

    assert readout("check", folder).status == 0
    monkeypatch.setattr(Dataset, "prove", change_and_prove)
    (fault,) = reported_faults(readout, "check", folder)
    assert fault["message"] == "the record or an article that it cites changed while it was read: run the command again"
