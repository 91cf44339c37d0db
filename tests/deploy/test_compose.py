"""compose.yaml as docker-compose reads it: the restrictions of every container, and consistent settings."""

import json
import os
import re
import subprocess
from typing import Any

import pytest

from app.settings import Settings
from tests.deploy.dockerfile import DOCKERFILE, ROOT
from tests.deploy.proxies import PUBLIC_URL
from tests.packages import need

DEPLOY = ROOT / "deploy"
PROXIES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}
Service = dict[str, Any]


def compose_config(*options: str, **environment: str) -> dict[str, Service]:
    """The services with the values of example.env, and nothing from the environment of the tests."""
    command = [
        str(need("docker-compose")),
        "--project-directory",
        str(DEPLOY),
        "--env-file",
        str(DEPLOY / "example.env"),
    ]
    profiles = [word for name in ("nginx", "caddy", "loader", "spare") for word in ("--profile", name)]
    ran = subprocess.run(
        [*command, "--file", str(DEPLOY / "compose.yaml"), *options, *profiles, "config", "--format", "json"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return dict(json.loads(ran.stdout)["services"])


@pytest.fixture(scope="module")
def plain() -> dict[str, Service]:
    return compose_config()


@pytest.fixture(scope="module")
def with_postgresql() -> dict[str, Service]:
    return compose_config("--file", str(DEPLOY / "postgresql.yaml"), POSTGRES_PASSWORD="secret")


@pytest.fixture(params=["plain", "with_postgresql"])
def services(request: pytest.FixtureRequest) -> dict[str, Service]:
    return dict(request.getfixturevalue(request.param))


def test_every_container_is_restricted(services: dict[str, Service]) -> None:
    for name, service in services.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert any(path.startswith("/tmp") for path in service["tmpfs"]), name
        assert not service.get("privileged"), name


def test_only_the_proxies_are_reached_from_outside(services: dict[str, Service]) -> None:
    for name, service in services.items():
        assert bool(service.get("ports")) == (name in PROXIES), name
        assert ("outside" in service["networks"]) == (name in PROXIES), name


def test_the_public_url_is_the_same_at_build_and_at_run_time(services: dict[str, Service]) -> None:
    readout = services["readout"]
    assert readout["environment"]["READOUT_PUBLIC_URL"] == PUBLIC_URL
    assert readout["build"]["args"]["READOUT_PUBLIC_URL"] == PUBLIC_URL
    assert readout["build"]["args"].keys() <= set(re.findall(r"^ARG (\w+)", DOCKERFILE, re.MULTILINE))


def test_every_setting_exists(services: dict[str, Service]) -> None:
    known = {f"READOUT_{name.upper()}" for name in Settings.model_fields}
    used = {name for service in services.values() for name in service["environment"] if name.startswith("READOUT_")}
    assert used <= known


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_gets_every_variable_of_its_configuration(plain: dict[str, Service], name: str) -> None:
    variables = set(re.findall(r"\$\{([A-Z_]+)\}|\{\$([A-Z_]+)\}", (DEPLOY / PROXIES[name]).read_text()))
    assert {first or second for first, second in variables} - {"BRACES", "CAPITALS"} == plain[name][
        "environment"
    ].keys()
    mounted = {volume["source"] for volume in plain[name]["volumes"]}
    assert str(DEPLOY / PROXIES[name]) in mounted


def test_the_proxies_are_trusted_and_wait_for_the_service(plain: dict[str, Service]) -> None:
    for name in PROXIES:
        assert plain[name]["environment"]["UPSTREAM"] == f"{address(plain['readout'])}:8000"
        assert plain[name]["environment"]["SPARE"] == f"{address(plain['spare'])}:8000"
        assert plain[name]["depends_on"]["readout"]["condition"] == "service_healthy"
    assert plain["readout"]["environment"]["READOUT_TRUSTED_PROXIES"] == "172.30.84.0/24"


def address(service: Service) -> str:
    return str(service["networks"]["inside"]["ipv4_address"])


def test_the_spare_is_the_same_service_at_another_address(services: dict[str, Service]) -> None:
    """It starts only if it is named, and the image is built for both."""
    differs = {"build", "networks", "profiles"}
    first, spare = (
        {key: value for key, value in services[name].items() if key not in differs} for name in ("readout", "spare")
    )
    assert first == spare
    assert address(services["readout"]) != address(services["spare"])
    assert services["spare"]["profiles"] == ["spare"] and not services["readout"].get("profiles")


def test_nginx_runs_with_the_limits_of_our_main_file(plain: dict[str, Service]) -> None:
    """With one worker for its CPU, and enough files for its connections."""
    mounted = {volume["target"]: volume["source"] for volume in plain["nginx"]["volumes"]}
    assert mounted["/etc/nginx/nginx.conf"] == str(DEPLOY / "nginx-main.conf")
    main = (DEPLOY / "nginx-main.conf").read_text()
    numbers = {name: int(number) for name, number in re.findall(r"^\s*(worker_\w+) (\d+);", main, re.MULTILINE)}
    assert numbers["worker_processes"] == plain["nginx"]["cpus"]
    assert numbers["worker_rlimit_nofile"] >= 2 * numbers["worker_connections"] > 2 * 1024


def test_a_database_of_another_name() -> None:
    """An upgrade reads a copy of the database, and the old version meanwhile its own exports."""
    services = compose_config("--file", str(DEPLOY / "postgresql.yaml"), POSTGRES_PASSWORD="secret", DATABASE="next")
    for name in ("readout", "spare", "loader"):
        environment = services[name]["environment"]
        assert environment["READOUT_DATABASE_URL"] == "postgresql://readout@postgresql/next"
        assert environment["READOUT_EXPORTS"] == "/exports/next"


def test_without_a_prefix() -> None:
    assert (
        compose_config(PUBLIC_PREFIX="")["readout"]["environment"]["READOUT_PUBLIC_URL"] == "https://facts.example.org"
    )


def test_the_memory_limit_has_room_for_every_process(services: dict[str, Service]) -> None:
    """As docs/operating.md advises; tests/deploy/test_memory.py measures it."""
    service = services["readout"]
    processes = int(service["environment"]["WEB_CONCURRENCY"])
    assert int(service["mem_limit"]) == 768 * 2**20 >= processes * 384 * 2**20
