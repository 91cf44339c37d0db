"""Stand-ins for `docker` and `systemctl` that run the service as processes: `standins.py NAME ARGUMENTS…`.

They know the commands of docs/deployment.md and no others. What these mean is read from the shipped files: from
compose.yaml by docker-compose, and from the unit.
"""

import http.client
import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

STATE = Path(os.environ["STANDINS"])
"""The folder with `ports.json`, the port of each service, and what the stand-ins write."""


def docker(*arguments: str) -> None:
    match arguments:
        case ["compose", "build", "readout"]:
            _build()
        case ["compose", "--profile", _, "up", "--detach", "--wait"]:
            _up("readout")
        case ["compose", "up", "--detach", "--wait", ("readout" | "spare") as service]:
            _up(service)
        case ["compose", "up", "--detach", "--wait", "postgresql"]:
            pass  # the server of the test runs
        case ["compose", "rm", "--stop", "--force", "spare"]:
            stop("spare")
        case ["compose", "exec", "-T", "postgresql", *command]:
            subprocess.run(command, check=True)
        case ["compose", "run", "--rm", "loader", *command]:
            loader = _compose_services()["loader"]
            own = _paths(loader["environment"]) | {"PYTHONPATH": str(_image(loader))}
            run = [each.replace("/records", f"{_image(loader)}/seed/summits") for each in command or loader["command"]]
            subprocess.run(run, cwd=_image(loader), env=os.environ | own, check=True)
        case _:
            sys.exit(f"there is no stand-in for: docker {shlex.join(arguments)}")


def systemctl(*arguments: str) -> None:
    match arguments:
        case ["daemon-reload"]:
            pass
        case ["enable", "--now", unit] | ["start", unit]:
            _start_unit(unit)
        case ["restart", unit]:
            stop(unit)
            _start_unit(unit)
        case ["stop", unit]:
            stop(unit)
        case _:
            sys.exit(f"there is no stand-in for: systemctl {shlex.join(arguments)}")


def _compose_services() -> dict[str, Any]:
    command = ["docker-compose", "--profile", "*", "config", "--format", "json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout)["services"])


def _image(service: dict[str, Any]) -> Path:
    return STATE / "images" / str(service["image"])


def _build() -> None:
    """Bake the image from the folder above, on the image that it names as the previous."""
    from tests.deploy.dockerfile import bake, build_context  # noqa: PLC0415  (only this command needs the tests)

    service = _compose_services()["readout"]
    arguments = {name: value for name, value in service["build"]["args"].items() if value}
    previous = STATE / "images" / arguments.pop("READOUT_PREVIOUS")
    _image(service).parent.mkdir(exist_ok=True)
    bake(build_context(_image(service), Path(service["build"]["context"])), arguments, previous)


def _paths(environment: dict[str, str]) -> dict[str, str]:
    """Values of a container with paths of this machine, and the server of the test as `postgresql`."""
    return {
        name: value.replace("@postgresql/", "@/").replace("/exports/", f"{STATE}/exports/")
        for name, value in environment.items()
    }


def _up(name: str) -> None:
    """Replace the container of a service by a new one, and wait until it is healthy."""
    service = _compose_services()[name]
    stop(name)
    baked = {
        "READOUT_DATABASE_URL": f"sqlite:///{_image(service)}/readout.db",
        "READOUT_EXPORTS": f"{_image(service)}/exports",
        "READOUT_SEARCH": f"{_image(service)}/search",
        "PORT": str(_port(name)),
    }
    own = {"READOUT_METRICS_PORT": "0"}  # each container has the port 9100 of its own
    start(name, [sys.executable, "-m", "app"], _image(service), baked | _paths(service["environment"]) | own)
    while not _is_ready(_port(name)):
        assert not _has_ended(name, 0.05), (STATE / f"{name}.log").read_text()


def _port(name: str) -> int:
    return int(json.loads((STATE / "ports.json").read_text())[name])


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        connection.close()


def _start_unit(name: str) -> None:
    """Start `NAME@INSTANCE` as its unit says; paths are below the folder of the test."""
    template, _, instance = name.partition("@")
    text = (STATE / "root" / "etc" / "systemd" / "system" / f"{template}@.service").read_text()
    text = re.sub(r"/(?=(?:etc|opt|var)/)", f"{STATE}/root/", text.replace("%i", instance))
    values = dict(re.findall(r"^(WorkingDirectory|ExecStart)=(.*)$", text, re.MULTILINE))
    environment = dict(each.split("=", 1) for each in re.findall(r"^Environment=(.*)$", text, re.MULTILINE))
    for optional, file in re.findall(r"^EnvironmentFile=(-?)(.*)$", text, re.MULTILINE):
        if Path(file).exists() or not optional:
            environment |= dict(line.split("=", 1) for line in shlex.split(Path(file).read_text()))
    start(name, shlex.split(values["ExecStart"]), Path(values["WorkingDirectory"]).resolve(), environment)


def start(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> None:
    with (STATE / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (STATE / f"{name}.pid").write_text(str(process.pid))


def stop(name: str) -> None:
    """End a service if it runs, and wait until it has ended."""
    if not _has_ended(name, 0):
        os.kill(_pid(name), signal.SIGTERM)
        _has_ended(name, None)
    (STATE / f"{name}.pid").unlink(missing_ok=True)


def _pid(name: str) -> int:
    return int((STATE / f"{name}.pid").read_text())


def _has_ended(name: str, seconds: float | None) -> bool:
    """Whether a service has ended, at the latest after some seconds."""
    try:
        with os.fdopen(os.pidfd_open(_pid(name))) as process:
            return bool(select.select([process], [], [], seconds)[0])
    except (FileNotFoundError, ProcessLookupError):
        return True


if __name__ == "__main__":
    {"docker": docker, "systemctl": systemctl}[Path(sys.argv[1]).name](*sys.argv[2:])
