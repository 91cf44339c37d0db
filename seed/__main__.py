"""The command line, `python -m seed` or `readout`: prove records, store them, prove what is stored."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from seed.faults import PlacedFault
from seed.spool import NoRoom

DONE, FAULTS, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
SUMMITS = Path(__file__).parent / "summits"

commands = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)
printed = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
noted = Console(highlight=False, soft_wrap=True, markup=False, emoji=False, stderr=True)


class Format(StrEnum):
    text = "text"
    json = "json"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH", readable=False, help="Folders of a record or a dataset; by default the dataset that ships."
    ),
]
CopyPath = Annotated[Path, typer.Argument(metavar="COPY", readable=False, help="The file that is the copy.")]
FormatOption = Annotated[
    Format, typer.Option("--format", help="How faults are told: for people, or a line of JSON each.")
]


@commands.command()
def migrate() -> None:
    """Bring the database to the current schema."""
    from app.database import SCHEMA, without_password
    from seed.migration import migrate as bring_to_head

    before = bring_to_head(_database_url())
    if before != SCHEMA:
        printed.print(f"{without_password(_database_url())}: schema {before or 'none'} → {SCHEMA}")


@commands.command()
def check(paths: Paths = None, format: FormatOption = Format.text) -> None:
    """Prove records, without a database: every fault of every record, with its line and the nearest words."""
    from seed.dataset import Dataset

    with _progress("Proving") as told:
        dataset = Dataset.of(paths or [SUMMITS], told)
        faults, proved = list(dataset.faults), 0
        for outcome in dataset.prove():
            faults += outcome if isinstance(outcome, list) else []
            proved += not isinstance(outcome, list)
            told(1)
    _exit_with(faults, format)
    if format is Format.text:
        printed.print(f"{proved} {'record' if proved == 1 else 'records'} proved, no fault")


@commands.command()
def load(
    paths: Paths = None,
    format: FormatOption = Format.text,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and store nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the meetings that the paths do not hold.")] = False,
) -> None:
    """Prove records and store them in one transaction; print what was added, changed and removed."""
    from app.database import writing_engine
    from seed.dataset import Dataset
    from seed.report import print_account
    from seed.store.load import load as store

    loaded_at = _time_of_load()
    gc.freeze()  # the libraries' objects stay, and records make no cycles: a third of the time went into looking
    gc.set_threshold(100_000, 50, 50)
    with _progress("Loading") as told:
        engine = writing_engine(_database_url())
        dataset = Dataset.of(paths or [SUMMITS], told)
        if prune and dataset.alone:
            _refuse(f"--prune takes datasets only, and {dataset.alone[0]} is a record's folder.")
        outcome = store(engine, dataset, prune=prune, dry_run=dry_run, loaded_at=loaded_at, progress=told)
        engine.dispose()
    if isinstance(outcome, list):
        _exit_with(outcome, format)
    else:
        print_account(printed, outcome, dry_run)


@commands.command()
def verify() -> None:
    """Prove the database again: every stored slice against its text, every reference, every hash."""
    from app.database import reading_engine
    from seed.store.verify import verify as prove_again

    with _progress("Proving again") as told:
        engine = reading_engine(_database_url())
        found = prove_again(engine, told)
        engine.dispose()
    for difference in found.differences:
        printed.print(difference, style="red")
    meetings = "1 meeting" if found.meetings == 1 else f"{found.meetings:,} meetings"
    what = f"dataset version {found.version}: {found.facts:,} facts of {meetings}"
    if found.differences:
        printed.print(f"{what} proved, {len(found.differences):,} differences found")
        raise typer.Exit(FAULTS)
    printed.print(f"{what} proved, with {found.evidence:,} pieces of evidence")


@commands.command()
def backup(copy: CopyPath) -> None:
    """Copy the database to a file, as it is now, while it is in use."""
    from app.database import without_password
    from seed.backup import backup as copy_to

    copy_to(_database_url(), copy)
    printed.print(f"{without_password(_database_url())} → {copy}")


@commands.command()
def restore(copy: CopyPath) -> None:
    """Put a copy in the database's place, at once and whole, while it is in use."""
    from app.database import without_password
    from seed.backup import restore as copy_from

    copy_from(_database_url(), copy)
    printed.print(f"{copy} → {without_password(_database_url())}")


@commands.command()
def schema() -> None:
    """Print the JSON Schema of a record, for editors that check while the curator types."""
    from seed.schema import schema_text

    print(schema_text(), end="")


def _database_url() -> str:
    from app.settings import DatabaseSettings

    return DatabaseSettings().database_url


def _time_of_load() -> datetime:
    """Now; or the time that SOURCE_DATE_EPOCH gives, so that whoever builds the same twice gets the same bytes.

    <https://reproducible-builds.org/specs/source-date-epoch/>
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        _refuse(f"SOURCE_DATE_EPOCH is {epoch}: give whole seconds since the beginning of 1970, or leave it out.")


def _exit_with(faults: list[PlacedFault], format: Format) -> None:
    """Print faults, if there are any, and exit."""
    from seed.report import fault_json, fault_lines

    if not faults:
        return
    ordered = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))
    for fault in ordered:
        if format is Format.json:
            print(fault_json(fault))
        else:
            printed.print(fault_lines(fault))
    if format is Format.text:
        files = len({fault.file for fault in faults})
        noted.print(
            f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {files} {'file' if files == 1 else 'files'}"
        )
    raise typer.Exit(FAULTS)


def _refuse(message: str) -> NoReturn:
    noted.print(f"readout: {message}")
    raise typer.Exit(WRONG_USAGE)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], object]]:
    """What is told of a long work: a bar on a terminal, elsewhere a plain line each second."""
    if not noted.is_terminal:
        yield _lines(what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=noted, transient=True
    ) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done: progress.advance(task, done)


def _lines(what: str) -> Callable[[int], object]:
    count, last = 0, monotonic()

    def tell(done: int) -> None:
        nonlocal count, last
        count += done
        if monotonic() - last >= 1:
            last = monotonic()
            noted.print(f"{what}: {count:,} steps done")

    return tell


def main() -> None:
    """Run a command; what keeps it from its work is one sentence and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal, nor every file's name, is UTF-8
    try:
        _run()
    except SystemExit as exit:
        if exit.code == INTERRUPTED:
            noted.print("readout: interrupted")
        raise
    except OSError as error:
        _print_no_more()
        _end(f"What there is to tell cannot be written ({error.strerror or error}): make room, and run it again.")
    except NoRoom as error:
        _end(str(error))
    except Exception as error:
        if "Unavailable" not in {kind.__name__ for kind in type(error).__mro__}:
            raise
        reason = getattr(error, "reason", "")
        _end(f"{error} ({reason})" if reason else str(error))


def _end(sentence: str) -> None:
    with suppress(OSError):  # where not even this can be told, the status tells it
        noted.print(f"readout: {sentence}")
    sys.exit(WRONG_USAGE)


def _run() -> None:
    try:
        commands()
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()  # so that a full disk is met here


def _print_no_more() -> None:
    """Drop what could not be printed, which the interpreter would try once more at its end."""
    if (own := sys.__stdout__) is not None and sys.stdout is own:
        os.dup2(os.open(os.devnull, os.O_WRONLY), own.fileno())


if __name__ == "__main__":
    main()
