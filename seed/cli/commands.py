"""The commands of `readout`, also run as `python -m seed`: prove records, store them, prove what is stored."""

import gc
import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.db.errors import Unavailable
from app.standard_streams import discard_unwritten, unwritable_output
from app.version import VERSION
from seed.cli.terminal import say, stderr, stdout, width
from seed.record.faults import LocatedFault, unexpected

DONE, FAULTS, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
SUMMITS = Path(__file__).parents[1] / "summits"

commands = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
ArticlePath = Annotated[
    Path,
    typer.Argument(metavar="ARTICLE", readable=False, help="The file with the article's text; - for standard input."),
]
TitleOption = Annotated[str | None, typer.Option("--title", help="Its title, if that does not stand first in it.")]
PublishedOption = Annotated[
    str | None, typer.Option("--published-on", metavar="DATE", help="When it was published, so that Tuesday is a date.")
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="The format of faults: text for people, or a line of JSON each.")
]


StrictOption = Annotated[bool, typer.Option("--strict", help="Take warnings for faults.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        say(stdout, f"readout {VERSION}")
        raise typer.Exit


@commands.callback()
def readout(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version of Readout.")
    ] = False,
) -> None:
    """Prove records of articles, store them, and prove what is stored."""


# The list of commands shows the first sentence of each description, in one line of 80 columns.


@commands.command()
def migrate() -> None:
    """Create the database, or upgrade it to the current schema."""
    from app.db.engines import display_url
    from app.db.snapshots import SCHEMA
    from seed.store.migration import migrate as bring_to_head

    before = bring_to_head(_database_url())
    if before != SCHEMA:
        say(stdout, f"{display_url(_database_url())}: schema {before or 'none'} → {SCHEMA}")
        _index("The database is migrated")


@commands.command()
def check(
    paths: Paths = None,
    format: FormatOption = Format.text,
    strict: StrictOption = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")] = False,
) -> None:
    """Prove records, without a database. Print the faults and warnings of each, with their lines."""
    from seed.cli.check import check_records
    from seed.cli.fault_report import conclusion
    from seed.cli.watch import watch_and_report

    paths = paths or [SUMMITS]
    _collect_rarely()
    if watch and format is Format.json:
        _refuse("--watch is for people: it takes no --format json.")
    if watch:
        watch_and_report(paths, lambda: check_records(paths, strict))
    result = check_records(paths, strict)
    _report(result.faults, format)
    if format is Format.text:
        say(stdout, conclusion(result))


@commands.command()
def load(
    paths: Paths = None,
    format: FormatOption = Format.text,
    strict: StrictOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change, and store nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the meetings that the paths do not hold.")] = False,
) -> None:
    """Prove records and store all or none. Print what was added, changed and removed."""
    from app.db.engines import writing_engine
    from seed.cli.change_tree import conclusion, tree
    from seed.cli.fault_report import summary
    from seed.cli.progress import progress
    from seed.dataset.dataset import Dataset
    from seed.store.load import load as store

    loaded_at = _time_of_load()
    _collect_rarely()
    with progress("Loading") as (advance, restart):
        engine = writing_engine(_database_url())
        dataset = Dataset.of(paths or [SUMMITS], advance, strict=strict)
        if prune and dataset.alone:
            _refuse(f"--prune takes datasets only, and {dataset.alone[0]} is a record's folder.")
        restart(len(dataset.folders))
        outcome = store(engine, dataset, prune=prune, dry_run=dry_run, loaded_at=loaded_at, progress=advance)
    _report(outcome if isinstance(outcome, list) else outcome.warnings, format)
    if not isinstance(outcome, list):
        console = stdout if format is Format.text else stderr  # a program reads nothing but JSON
        for line in tree(outcome.differences, width(console)):
            say(console, line)
        say(console, conclusion(outcome, dry_run), "green")
        if outcome.warnings:
            say(stderr, summary(outcome.warnings))
        if not dry_run:
            _index("The records are stored")


@commands.command()
def verify() -> None:
    """Prove the database again. Compare every stored slice with its text, and every reference and hash."""
    from app.db.engines import reading_engine
    from app.search.folder import SearchFolder
    from app.settings import DatabaseSettings
    from seed.cli.progress import progress
    from seed.record.display_text import counted
    from seed.store.verify import verify as prove_again

    with progress("Proving again") as (advance, _):
        settings = DatabaseSettings()
        found = prove_again(reading_engine(settings.database_url), advance, SearchFolder(settings.search))
    if found.not_compared:
        say(stderr, found.not_compared)
    for difference in found.differences:
        say(stdout, difference, "red")
    what = f"dataset version {found.version}: {found.facts:,} facts of {counted(found.meetings, 'meeting')}"
    if found.differences:
        say(stdout, f"{what} proved, {counted(len(found.differences), 'difference')} found")
        raise typer.Exit(FAULTS)
    say(stdout, f"{what} proved, with {found.evidence:,} pieces of evidence")


@commands.command()
def backup(copy: CopyPath) -> None:
    """Copy the database to a file, while it is in use."""
    from app.db.engines import display_url
    from seed.store.backup import backup as copy_to

    copy_to(_database_url(), copy)
    say(stdout, f"{display_url(_database_url())} → {copy}")


@commands.command()
def restore(copy: CopyPath) -> None:
    """Replace the database by a copy, while it is in use."""
    from app.db.engines import display_url
    from seed.store.backup import restore as copy_from

    copy_from(_database_url(), copy)
    say(stdout, f"{copy} → {display_url(_database_url())}")
    _index("The database is restored")


@commands.command()
def draft(article: ArticlePath, title: TitleOption = None, published_on: PublishedOption = None) -> None:
    """Propose a record for an article, for a person to review. Each value has its words, or a TODO."""
    from app.dates import days
    from seed.dataset.files import ARTICLE_FILE, Unreadable, read_article, read_standard_input
    from seed.draft.proposal.draft import draft_article
    from seed.draft.proposal.record import Source
    from seed.draft.proposal.review_notes import review_notes

    is_piped = article == Path("-")
    try:
        days(published_on or "2000")
        text = read_standard_input() if is_piped else read_article(article)
        outcome = draft_article(text, Source.of(Path(ARTICLE_FILE) if is_piped else article, title, published_on))
    except Unreadable as error:
        _refuse(f"{'standard input' if is_piped else article}: {error}")
    except ValueError as error:
        _refuse(f"--published-on {published_on}: {error}")
    _print_as_utf8(outcome.text)
    for line in review_notes(outcome, width(stderr)):
        say(stderr, line)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of a record, for editors."""
    from seed.record.schema import schema_text

    print(schema_text(), end="")


def _index(done: str) -> None:
    """Bring the search index up to date, unless no dataset is there, or it has to be migrated first.

    Raises Unavailable, with what is done already.
    """
    from app.db.engines import reading_engine
    from app.db.snapshots import has_dataset
    from app.search.folder import SearchFolder
    from app.search.following import bring_up_to_date
    from app.settings import DatabaseSettings

    settings = DatabaseSettings()
    engine = reading_engine(settings.database_url)
    try:
        outcome = bring_up_to_date(engine, SearchFolder(settings.search)) if has_dataset(engine) else None
    except Unavailable as error:
        raise Unavailable(f"{done}, and searches do not know it yet: {error}", error.cause) from error
    if outcome and outcome.reason:
        say(stderr, str(outcome))


def _collect_rarely() -> None:
    """Let the garbage collector look rarely: records make no cycles, and a third of the time went into looking."""
    gc.freeze()  # the libraries' objects stay
    gc.set_threshold(100_000, 50, 50)


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


def _report(faults: list[LocatedFault], format: Format) -> None:
    """Print faults and warnings, and exit if there is a fault among them."""
    from seed.cli.fault_report import fault_json, fault_texts, in_order, summary

    if format is Format.json:
        for fault in in_order(faults):
            print(fault_json(fault))
    else:
        for text in fault_texts(faults, stdout):
            say(stdout, text)
    if all(fault.is_warning for fault in faults):
        return
    if format is Format.text:
        say(stderr, summary(faults))
    raise typer.Exit(FAULTS)


def _print_as_utf8(text: str) -> None:
    """Print a text as UTF-8, whatever the terminal's own encoding."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, end="")


def _refuse(message: str) -> NoReturn:
    say(stderr, f"readout: {message}")
    raise typer.Exit(WRONG_USAGE)


def main() -> None:
    """Run a command. If it cannot do its work, print one sentence and exit with status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal, nor every file's name, is UTF-8
    try:
        _run()
    except SystemExit as exit:
        if exit.code == INTERRUPTED:
            say(stderr, "readout: interrupted")
        raise
    except OSError as error:
        if (own := sys.__stdout__) is not None and sys.stdout is own:
            discard_unwritten(own)
        _end(unwritable_output(error))
    except Unavailable as error:
        _end(error.for_operators)
    except Exception as error:
        _end(f"This is an error of Readout, please report it ({unexpected(error)})")


def _end(sentence: str) -> None:
    try:
        say(stderr, f"readout: {sentence}")
    except OSError:
        discard_unwritten(sys.stderr)  # the exit status is all that is left
    sys.exit(WRONG_USAGE)


def _run() -> None:
    try:
        commands()
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is reported here, not at exit
