"""What docs/deployment.md says to do, as far as it can be done without an engine for containers or a machine of one's own."""

import re
import subprocess
from pathlib import Path

from app.settings import Settings
from tests.deploy.dockerfile import ROOT
from tests.docs.markdown import blocks, code
from tests.packages import need

PAGE = (ROOT / "docs" / "deployment.md").read_text()


def test_every_setting_that_it_names_is_one() -> None:
    named = {name for block in blocks(PAGE) for name in re.findall(r"READOUT_[A-Z_]+", block.text)}
    named |= {name for name in code(PAGE) if name.startswith("READOUT_")}
    assert named and named <= {f"READOUT_{name.upper()}" for name in Settings.model_fields}


def test_every_value_that_it_names_is_in_the_example() -> None:
    example = (ROOT / "deploy" / "example.env").read_text()
    offered = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    for name in code(PAGE.partition("## Without containers")[0]):
        if re.fullmatch(r"[A-Z_]{3,}(=\w+)?", name) and not name.startswith("READOUT_"):
            assert name.partition("=")[0] in offered, name


def test_nginx_is_filled_in_by_the_command(tmp_path: Path) -> None:
    """Its own variables stay, and none of ours is left."""
    need("gettext-base")
    (command,) = (block.text for block in blocks(PAGE) if "envsubst" in block.text)
    filled = tmp_path / "readout.conf"
    line = command.replace("/etc/nginx/conf.d/readout.conf", str(filled)).partition("nginx -t")[0]
    subprocess.run(["sh", "-ec", line], cwd=ROOT, check=True)
    assert "proxy_pass http://readout$readout_address;" in filled.read_text()
    assert "server 127.0.0.1:8000 max_fails=0;" in filled.read_text()
    assert not re.search(r"^[^#]*\$\{", filled.read_text(), re.MULTILINE)
