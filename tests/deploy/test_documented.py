"""The instructions of docs/deployment.md, as far as they can be followed without a container engine."""

import re
import subprocess
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
    line = command.replace("/etc/nginx/conf.d/readout.conf", str(substituted)).partition("nginx -t")[0]
    subprocess.run(["sh", "-ec", line], cwd=ROOT, check=True)
    assert "proxy_pass http://readout$readout_address;" in substituted.read_text()
    assert "server 127.0.0.1:8000 max_fails=0;" in substituted.read_text()
    assert not re.search(r"^[^#]*\$\{", substituted.read_text(), re.MULTILINE)
