"""The files and settings of docs/deployment.md; tests/deploy/test_upgrade.py runs its commands."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from app.settings import Settings
from tests.deploy.dockerfile import ROOT
from tests.docs.markdown import blocks, code
from tests.packages import need

PAGE = (ROOT / "docs" / "deployment.md").read_text()


def test_every_named_setting_exists() -> None:
    named = {name for block in blocks(PAGE) for name in re.findall(r"READOUT_[A-Z_]+", block.text)}
    named |= {name for name in code(PAGE) if name.startswith("READOUT_")}
    assert named and named <= {f"READOUT_{name.upper()}" for name in Settings.model_fields}


def test_every_named_variable_is_in_example_env() -> None:
    example = (ROOT / "deploy" / "example.env").read_text()
    defined = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    for name in code(PAGE.partition("## Without containers")[0]):
        if re.fullmatch(r"[A-Z_]{3,}(=\w+)?", name) and not name.startswith("READOUT_"):
            assert name.partition("=")[0] in defined, name


def test_the_command_substitutes_the_variables_of_nginx_conf(tmp_path: Path) -> None:
    """nginx's own variables stay, and ours are all replaced."""
    need("gettext-base")
    (command,) = (block.text for block in blocks(PAGE) if "envsubst" in block.text)
    substituted = tmp_path / "readout.conf"
    line = command.replace("/etc/nginx/conf.d/readout.conf", str(substituted))
    subprocess.run(["sh", "-ec", line], cwd=ROOT, check=True)
    assert "proxy_pass http://readout$readout_address;" in substituted.read_text()
    assert "server 127.0.0.1:8000 max_fails=0;" in substituted.read_text()
    assert not re.search(r"^[^#]*\$\{", substituted.read_text(), re.MULTILINE)


def test_a_worker_of_debians_nginx_gets_more_connections(tmp_path: Path) -> None:
    need("nginx")
    (line,) = re.findall("^sed .*/etc/nginx/nginx.conf$", PAGE, re.MULTILINE)
    changed = tmp_path / "nginx.conf"
    changed.write_text(Path("/etc/nginx/nginx.conf").read_text())
    subprocess.run(["sh", "-ec", line.replace("/etc/nginx/nginx.conf", str(changed))], check=True)
    limits = re.findall(r"^\s*(worker_(?:connections|rlimit_nofile) \d+);$", changed.read_text(), re.MULTILINE)
    assert limits == ["worker_rlimit_nofile 16384", "worker_connections 4096"]
    ours = (ROOT / "deploy" / "nginx-main.conf").read_text()
    assert all(f"{limit};" in ours for limit in limits)


def test_settings_are_quoted_for_systemd_and_for_the_shell(tmp_path: Path) -> None:
    """Both keep a value in single quotes as it is (systemd.exec(5), EnvironmentFile)."""
    (settings,) = (block.text for block in blocks(PAGE) if block.info == "ini")
    values = dict(re.findall(r"^(\w+)='([^']*)'$", settings, re.MULTILINE))
    assert len(values) == len(settings.splitlines()) and any(" " in value for value in values.values())
    assert values == dict(word.split("=", 1) for word in shlex.split(settings))


def test_the_unit_is_valid_and_has_few_rights(tmp_path: Path) -> None:
    """`systemd-analyze` knows every setting, and its exposure level is at most 1.5 of 10."""
    analyze = need("systemd")
    unit = tmp_path / "readout@.service"
    text = (ROOT / "deploy" / unit.name).read_text()
    unit.write_text(text.replace("/opt/readout/current/.venv/bin/python", sys.executable))
    for command in (f"verify {tmp_path}/readout@8000.service", f"security --offline=yes --threshold=15 {unit}"):
        ran = subprocess.run([analyze, *command.split()], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    for setting in ("SystemCallFilter", "ProtectProc", "RestrictSUIDSGID"):
        assert re.search(f"^{setting}=", text, re.MULTILINE), setting
