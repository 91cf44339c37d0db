"""The command line as a user meets it: exit statuses, a sentence for a database that cannot be used, never a trace."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from app.db.sqlite import file_of
from seed.record.faults import Code
from tests.conftest import Ran, Readout, WriteRecord
from tests.databases import Databases, dump, execute, query
from tests.forked import start_python
from tests.seed.outcomes import refused
from tests.seed.samples import ARTICLE, RECORD, changed

COMMANDS = ("migrate", "check", "load", "verify", "schema")


def shell(*arguments: object, before: str = ":", **environment: str) -> Ran:
    """Run the command line as a process of its own, in a shell where something was done before."""
    command = ["sh", "-c", f'{before}; exec "$@"', "sh", sys.executable, "-m", "seed", *map(str, arguments)]
    root = Path(__file__).parents[2]
    ran = subprocess.run(command, capture_output=True, cwd=root, env=os.environ | environment, timeout=60, check=False)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def forked(*arguments: object, **environment: str) -> Ran:
    """Run the command line as a process of its own that has imported it."""
    process = start_python("-m", "seed", *map(str, arguments), environment=os.environ | environment)
    out, err = process.communicate()
    return Ran(process.wait(), out, err)


@pytest.fixture
def vienna(tmp_path: Path, write_record: WriteRecord) -> Path:
    return write_record(tmp_path / "data/vienna", RECORD, ARTICLE)


@pytest.fixture
def faulty(tmp_path: Path, write_record: WriteRecord) -> Path:
    return write_record(tmp_path / "bad/vienna", changed(RECORD, ("status: held", "status: over")), ARTICLE)


def test_help_lists_all_commands_with_what_they_do(readout: Readout) -> None:
    for arguments in ([], ["--help"]):
        ran = readout(*arguments)
        listed = [line.split()[0] for line in (ran.out + ran.err).split("Commands:")[1].splitlines() if line.strip()]
        assert set(COMMANDS) <= set(listed)
    for name in COMMANDS:
        ran = readout(name, "--help")
        assert ran.status == 0 and name in ran.out and "--help" in ran.out


@pytest.mark.sqlite
def test_a_session_in_the_shell_and_in_this_process_print_the_same(
    databases: Databases, vienna: Path, faulty: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to a verified database; the first two commands go the installed interpreter's whole way."""
    session: list[list[object]] = [["verify"], ["migrate"], ["load", vienna], ["load", faulty], ["verify"]]
    session += [["check", faulty, "--format", "json"], ["schema"]]
    url, other = databases.new(), databases.new()
    runs = [shell, shell, *[forked] * (len(session) - 2)]
    there = [run(*arguments, READOUT_DATABASE_URL=url) for run, arguments in zip(runs, session, strict=True)]
    monkeypatch.setenv("READOUT_DATABASE_URL", other)
    monkeypatch.setenv("READOUT_SEARCH", str(file_of(other).parent / "search"))
    here = [readout(*arguments) for arguments in session]
    file, other_file = str(file_of(url)), str(file_of(other))
    renamed = [Ran(ran.status, *(text.replace(file, other_file) for text in (ran.out, ran.err))) for ran in there]
    assert renamed == here
    assert [ran.status for ran in here] == [2, 0, 0, 1, 0, 1, 0]
    assert all("Traceback" not in ran.out + ran.err for ran in here)
    assert here[2].out.splitlines()[-1].startswith("1 meeting proved and stored: dataset version 1-")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["check", "--nonsense"],
        ["check", "--format", "xml"],
        ["load", "--format"],
        ["verify", "path"],
        ["schema", "path"],
        ["migrate", "path"],
    ],
    ids=str,
)
def test_wrong_usage_is_status_2(arguments: list[str], readout: Readout) -> None:
    ran = readout(*arguments)
    assert ran.status == 2 and ran.out == "" and "Traceback" not in ran.err and ran.err


@pytest.mark.parametrize("epoch", ["now", "1e9", "-1" + "0" * 30])
def test_a_time_of_the_build_that_is_none_is_told(
    epoch: str, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = readout("load")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"readout: SOURCE_DATE_EPOCH is {epoch}: give whole seconds since the beginning of 1970, or leave it out.\n"
    )


def test_check_and_schema_need_no_database_and_touch_none(
    vienna: Path, faulty: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for url in ("nonsense", f"sqlite:///{tmp_path}/none/readout.db"):
        monkeypatch.setenv("READOUT_DATABASE_URL", url)
        assert readout("check", vienna).status == 0
        assert readout("check", faulty).status == 1
        assert readout("schema").status == 0
    assert not (tmp_path / "none").exists()
    libraries = "import sys, seed.cli.commands as m; sys.argv[1:] = ['check']; m.main()"
    probe = f"import atexit, sys; atexit.register(lambda: print('sqlalchemy' in sys.modules)); {libraries}"
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.splitlines()[-1] == "False", "check does not even import the database's library"


def test_schema_prints_json_schema(readout: Readout) -> None:
    ran = readout("schema")
    stdout = json.loads(ran.out)
    Draft202012Validator.check_schema(stdout)
    assert stdout["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"status", "sources", "meeting"} == set(stdout["required"])
    assert ran.err == "" and ran.status == 0


def nothing(databases: Databases) -> str:
    return databases.new()


def of_another_schema(databases: Databases) -> str:
    database = databases.migrated()
    execute(database, "UPDATE alembic_version SET version_num = '0000'")
    return database


def of_another_program(databases: Databases) -> str:
    database = databases.new()
    execute(database, "CREATE TABLE mine (a TEXT)")
    return database


def without_a_table(databases: Databases) -> str:
    database = databases.migrated()
    execute(
        database,
        "DROP TABLE evidence_field",
        "DROP TABLE canonical_record",
        f"INSERT INTO dataset_version VALUES (1, '{'0' * 64}', '2025-01-01 00:00:00.000000')",
    )
    return database


def no_database(databases: Databases) -> str:
    database = databases.new()
    file_of(database).write_text("This is a text, not a database. " * 100)
    return database


def a_folder(databases: Databases) -> str:
    database = databases.new()
    file_of(database).mkdir()
    return database


Make = Callable[[Databases], str]

UNUSABLE: dict[Make, str] = {
    nothing: "migrate`",
    of_another_schema: "python -m seed migrate",
    of_another_program: "not one of Readout's",
    without_a_table: "python -m seed migrate",
}
UNUSABLE_FILES: dict[Make, str] = {no_database: "not one of Readout's", a_folder: "The"}


@pytest.mark.parametrize("make", UNUSABLE, ids=lambda make: make.__name__)
def test_a_database_that_cannot_be_used_is_one_sentence_that_says_what_to_do(
    make: Make, vienna: Path, databases: Databases, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", make(databases))
    for arguments in (["load", vienna], ["verify"]):
        assert UNUSABLE[make] in refused(readout(*arguments))


@pytest.mark.sqlite
@pytest.mark.parametrize("make", UNUSABLE_FILES, ids=lambda make: make.__name__)
def test_a_file_that_is_no_database_is_one_sentence(
    make: Make, vienna: Path, databases: Databases, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", make(databases))
    for arguments in (["load", vienna], ["verify"]):
        assert UNUSABLE_FILES[make] in refused(readout(*arguments))


@pytest.mark.sqlite
def test_a_load_makes_no_file(
    vienna: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch, readout: Readout
) -> None:
    database = databases.new()
    monkeypatch.setenv("READOUT_DATABASE_URL", database)
    assert readout("load", vienna).status == readout("verify").status == 2
    assert not file_of(database).exists()


@pytest.mark.sqlite
def test_a_read_only_database_is_verified_and_not_loaded(vienna: Path, database: str, readout: Readout) -> None:
    assert readout("load", vienna).status == 0
    query(database, "PRAGMA journal_mode = DELETE")
    before, path = dump(database), file_of(database)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert readout("verify").status == 0
        assert dump(database) == before
    finally:
        path.parent.chmod(0o755)


@pytest.mark.parametrize("name", ["check", "load"])
def test_faults_are_told_in_text_and_in_json(name: str, faulty: Path, readout: Readout, database: str) -> None:
    text, lines = readout(name, faulty), readout(name, faulty, "--format", "json")
    assert text.status == lines.status == 1
    (fault,) = [json.loads(line) for line in lines.out.splitlines()]
    assert (fault["severity"], fault["code"], fault["nearest"]) == ("fault", Code.bad_value, None)
    assert text.out.startswith(f"{fault['path']}:{fault['line']}:{fault['column']}: bad-value: {fault['message']}\n")
    assert (text.err, lines.err) == ("1 fault in 1 file\n", "")


def test_several_paths_are_one_run(faulty: Path, vienna: Path, readout: Readout) -> None:
    ran = readout("check", faulty, vienna.parent / "none", "--format", "json")
    assert [json.loads(line)["code"] for line in ran.out.splitlines()] == ["bad-value", "unreadable"]
    assert readout("check", faulty, vienna.parent / "none").err == "2 faults in 2 files\n"


def test_without_a_path_the_shipped_dataset_is_meant(readout: Readout, database: str) -> None:
    assert readout("check").out.startswith("1 record proved, no fault\n")
    assert "  + riyadh-2025-02-18 (" in readout("load").out


def test_output_to_a_pipe_has_no_colours(faulty: Path) -> None:
    ran = shell("check", faulty, TERM="xterm-256color")
    assert "\x1b" not in ran.out + ran.err


def test_a_reader_that_goes_away_is_no_trace(faulty: Path) -> None:
    command = [sys.executable, "-m", "seed", "schema"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as ran:
        assert ran.stdout and ran.stderr
        ran.stdout.close()
        assert b"Traceback" not in ran.stderr.read()


def test_nothing_in_a_path_or_a_name_is_taken_for_markup(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/[/x]/[red]readout.db"
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    assert readout("migrate").out.startswith(f"{url}: schema")
    record = changed(RECORD, ("name: Ruritania}", "name: '[/n]', other_names: [Ruritania]}"))
    folder = write_record(tmp_path / "[/y]", record, ARTICLE)
    assert str(folder) in readout("load", folder, "--prune").err
    assert readout("load", folder).status == 0
    execute(url, "UPDATE definition SET content = replace(content, '\"Ruritania\"', '') WHERE id = 'rur'")
    ran = readout("verify")
    assert ran.status == 1 and "“[/n]”" in ran.out
