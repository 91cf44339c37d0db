"""The commands of docs/deployment.md, run as they stand there: a service, its backups, and a new release meanwhile read.

Programs that need root or a container engine have stand-ins: see standins.py. The new release has another schema, which
the old one does not read.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.db.snapshots import SCHEMA
from tests.deploy.dockerfile import ROOT, build_context
from tests.deploy.proxies import PUBLIC_URL, Certificate, Proxy, free_port, proxying
from tests.docs.markdown import Block, blocks, sections
from tests.packages import need
from tests.postgresql import Server, server

pytestmark = pytest.mark.long

PAGE = (ROOT / "docs" / "deployment.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
NEXT_SCHEMA = "9999"

MIGRATION = f"""\
revision, down_revision, branch_labels, depends_on = "{NEXT_SCHEMA}", "{SCHEMA}", None, None


def upgrade() -> None:
    pass
"""

STUBS = {
    "docker": f'exec {sys.executable} {Path(__file__).with_name("standins.py")} "$0" "$@"',
    "systemctl": f'exec {sys.executable} {Path(__file__).with_name("standins.py")} "$0" "$@"',
    "install": '[ "$1 $2" = "-d -o" ] && shift 5 && exec mkdir -p "$@"; exec /usr/bin/install "$@"',
    "python3": f"""mkdir -p .venv/bin && printf '#!/bin/sh\\nexec {sys.executable} "$@"' >.venv/bin/python
        printf '#!/bin/sh\\n' >.venv/bin/pip && chmod +x .venv/bin/*""",  # python3 -m venv .venv
    "runuser": 'shift 3 && exec "$@"',  # runuser -u readout -- COMMAND
    "useradd": "",
}


class Machine:
    """A folder in which the commands of the documents run, with the source of the project and two ports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"readout": free_port(), "spare": free_port()}
        self.source = build_context(folder / "source").folder
        self.deploy = folder / "source" / "deploy"
        self.environment: dict[str, str] = {
            "PATH": f"{folder}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "STANDINS": str(folder),
            "HOST": "127.0.0.1",
        }
        self._make()

    def _make(self) -> None:
        (self.folder / "ports.json").write_text(json.dumps(self.ports))
        (self.folder / "bin").mkdir()
        for name, text in STUBS.items():
            (self.folder / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
            (self.folder / "bin" / name).chmod(0o755)
        (self.source / ".dockerignore").write_bytes((ROOT / ".dockerignore").read_bytes())
        self.deploy.mkdir()
        for file in (ROOT / "deploy").iterdir():
            (self.deploy / file.name).write_bytes(file.read_bytes())
        (self.deploy / ".env").write_text((self.deploy / "example.env").read_text())
        for place in ("etc/systemd/system", "opt/readout", "var/lib/readout"):
            (self.folder / "root" / place).mkdir(parents=True)

    def here(self, text: str) -> str:
        """Commands or settings with the paths and ports of this machine."""
        text = re.sub(r"(?<![\w.])/(?=(?:etc|opt|var)/)", f"{self.folder}/root/", text)
        text = text.replace("8000", str(self.ports["readout"])).replace("8001", str(self.ports["spare"]))
        return text.replace("REPOSITORY", str(self.source)).replace("FOLDER", "seed/summits")

    def run(self, *commands: str) -> str:
        """Run commands in one shell, which ends at the first that fails; what they print."""
        script = "\n".join(map(self.here, commands))
        ran = subprocess.run(
            ["bash", "-ec", script],
            cwd=self.deploy,
            env={name: value for name, value in os.environ.items() if "READOUT" not in name} | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{script}\n{ran.stdout}{ran.stderr}"
        return ran.stdout

    def set(self, **values: str) -> None:
        """Change values in `.env`."""
        with (self.deploy / ".env").open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())

    def commit(self) -> None:
        git = f"cd {self.source} && git -c user.name=x -c user.email=x"
        self.run(f"{git} init --quiet && git add . && {git} commit --quiet --message=release")

    def make_next_release(self) -> None:
        snapshots = self.source / "app" / "db" / "snapshots.py"
        snapshots.write_text(snapshots.read_text().replace(f'SCHEMA = "{SCHEMA}"', f'SCHEMA = "{NEXT_SCHEMA}"'))
        (self.source / "migrations" / "versions" / f"{NEXT_SCHEMA}_next.py").write_text(MIGRATION)

    def end(self) -> None:
        for file in self.folder.glob("*.pid"):
            with suppress(ProcessLookupError):
                os.kill(int(file.read_text()), signal.SIGKILL)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    for package in ("curl", "docker-compose", "git"):
        need(package)
    made = Machine(tmp_path)
    yield made
    made.end()


class Visitors:
    """Clients of the proxies that ask for what no cache has, until they are stopped; one for each proxy."""

    def __init__(self, *proxies: Proxy) -> None:
        self.statuses: Counter[int] = Counter()
        self.schemas: dict[str, list[str]] = {proxy.name: [] for proxy in proxies}
        """The schemas of the running versions, as each client received them in order."""
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=[proxy]) for proxy in proxies]

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, proxy: Proxy) -> None:
        with proxy.client() as client:
            for number in count():
                found = client.get(f"{PUBLIC_URL}/meetings?q=word{number}")
                version = client.get(f"{PUBLIC_URL}/version")
                self.statuses.update([found.status_code, version.status_code])
                self.schemas[proxy.name].append(version.json().get("schema_version", "none"))
                if self._stopped.wait(0.05):
                    return


@contextmanager
def visited(machine: Machine, certificate: Certificate) -> Iterator[Visitors]:
    """Both proxies in front of the service of a machine and its spare, and their visitors."""
    upstream, spare = (f"127.0.0.1:{port}" for port in machine.ports.values())
    with ExitStack() as stack:
        proxies = []
        for name in ("nginx", "caddy"):
            (machine.folder / name).mkdir()
            proxies.append(
                stack.enter_context(proxying(name, machine.folder / name, certificate, upstream, spare=spare))
            )
        yield stack.enter_context(Visitors(*proxies))


def check_upgrade(visitors: Visitors) -> None:
    """No request failed, and nobody saw the old version after the new one."""
    assert visitors.statuses.keys() == {200}
    for schemas in visitors.schemas.values():
        assert schemas == sorted(schemas) and {*schemas} == {SCHEMA, NEXT_SCHEMA}


def commands(page: str, heading: str, level: int = 3) -> list[str]:
    """The commands of a section, a text for each block; sections within it are left out."""
    texts = [block.text for block in section_blocks(page, heading, level) if block.info == "sh"]
    return [re.sub(r"^curl https://.*\n", "", text, flags=re.MULTILINE) for text in texts]  # which is no host


def section_blocks(page: str, heading: str, level: int) -> list[Block]:
    return blocks(re.split(r"^#+ ", sections(page, level)[heading], flags=re.MULTILINE)[0])


def test_a_new_image_fails_no_request(machine: Machine, certificate: Certificate) -> None:
    _, build = commands(PAGE, "With containers", 2)
    machine.run(build, *commands(PAGE, "Behind Caddy"))
    with visited(machine, certificate) as visitors:
        machine.make_next_release()
        machine.set(PREVIOUS_IMAGE="facts:1", IMAGE="facts:2")
        machine.run(*commands(PAGE, "A new image"))
    check_upgrade(visitors)


def test_a_new_release_without_containers_fails_no_request(machine: Machine, certificate: Certificate) -> None:
    packages, *install = commands(PAGE, "Without containers", 2)
    assert packages.startswith("apt-get install")
    (settings,) = (block.text for block in section_blocks(PAGE, "Without containers", 2) if block.info == "ini")
    (machine.folder / "root" / "etc" / "readout.env").write_text(machine.here(settings))
    machine.commit()
    machine.run(*install)
    with visited(machine, certificate) as visitors:
        assert "1 meeting proved" in machine.run(*commands(PAGE, "Loads and backups"))
        machine.make_next_release()
        machine.commit()
        *upgrade, replace, _ = commands(PAGE, "A new release")
        machine.run(*upgrade, replace)
    check_upgrade(visitors)


@pytest.fixture
def postgresql(machine: Machine) -> Iterator[Server]:
    """A server as its image makes it from postgresql.yaml: `readout` may do everything, and owns a database."""
    with server() as running:
        running.execute("CREATE ROLE readout SUPERUSER LOGIN")
        running.execute("CREATE DATABASE readout OWNER readout TEMPLATE template0")
        machine.environment["PATH"] += f":{need('postgresql').parent}"
        machine.environment["PGHOST"] = str(running.folder)
        machine.environment["COMPOSE_FILE"] = re.findall("^export COMPOSE_FILE=(.*)$", PAGE, re.MULTILINE)[0]
        yield running
        machine.end()


def test_backups_and_a_new_release_with_postgresql(
    machine: Machine, postgresql: Server, certificate: Certificate
) -> None:
    machine.set(POSTGRES_PASSWORD="secret")
    _, build = commands(PAGE, "With containers", 2)
    first, copy, replace, *_ = commands(PAGE, "With PostgreSQL", 2)
    machine.run(build, first)
    with visited(machine, certificate) as visitors:
        dump, restore, serve = commands(OPERATING, "With the shipped compose file")
        machine.run(dump)
        postgresql.execute("TRUNCATE meeting CASCADE", "readout")
        machine.run(restore)
        machine.set(DATABASE="readout-restored")
        assert "of 1 meeting proved" in machine.run(serve)
        machine.make_next_release()
        machine.set(IMAGE="facts:2")
        machine.run(copy.replace("readout |", "readout-restored |"))
        machine.set(DATABASE="readout-2")
        machine.run(replace)
    check_upgrade(visitors)


def test_rights_survive_a_restore(machine: Machine, postgresql: Server) -> None:
    """Those of a role that only reads: in a new database, and where tables are replaced by those of an older dump."""
    (grants,) = (block.text for block in section_blocks(OPERATING, "Roles of PostgreSQL", 3) if block.info == "sql")
    dump, restore = (
        "\n".join(command.replace("/backups", str(machine.folder)).replace("HOST", "") for command, _ in block.steps())
        for block in section_blocks(OPERATING, "PostgreSQL", 3)
    )
    before, after = dump.replace(".dump", "-before.dump"), dump
    url = "postgresql://readout@/readout"
    machine.environment["READOUT_DATABASE_URL"] = url
    machine.run("cd ..", "python -m seed migrate && python -m seed load", before)
    with psycopg.connect(url, host=str(postgresql.folder)) as connection:
        connection.execute(grants.encode())
    machine.run(after, "cd ..", restore)
    in_place = re.findall("^pg_restore .*$", restore, re.MULTILINE)[0].replace(".dump", "-before.dump")
    machine.run(f"{in_place} --clean --if-exists")
    for database in ("readout", "readout-restored"):
        with psycopg.connect(f"postgresql://reader@/{database}", host=str(postgresql.folder)) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            assert len(tables) > 10
            for (table,) in tables:
                connection.execute(f'SELECT FROM "{table}"'.encode())
