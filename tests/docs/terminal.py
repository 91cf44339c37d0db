"""A terminal that runs the commands of the documents."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tests.api.serving import Served
from tests.conftest import Ran, Readout
from tests.docs.markdown import ROOT, Block, picked

PUBLIC_URL = "http://127.0.0.1:8000"
"""The public URL that `make serve` sets."""

_HOST = "localhost:8000"


@dataclass
class Terminal:
    """Runs `curl` as a request to a served dataset and `readout` in this process; `make` does nothing."""

    served: Served
    readout: Readout | None = None
    ran: list[Ran] = field(default_factory=list)

    def run(self, command: str) -> str:
        """The output of a command."""
        match shlex.split(command):
            case ["make", target]:
                assert target in make_targets()
                return ""
            case [".venv/bin/readout", *arguments] if self.readout and ">" not in arguments:
                self.ran.append(self.readout(*arguments))
                return self.ran[-1].out + self.ran[-1].err
            case [".venv/bin/readout", *arguments, ">", file] if self.readout:
                drawn = self.readout(*arguments)
                Path(file).write_text(drawn.out)
                return drawn.err
            case ["curl", "-s", address]:
                return self._get(address)
            case ["curl", "-s", address, "|", "jq", program]:
                answer = picked(json.loads(self._get(address)), program)
                return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
            case ["curl", "-sI", *options, address, "|", "grep", "-iE", pattern]:
                lines = self._head(address, *options[1:])
                return "".join(f"{line}\n" for line in lines if re.search(pattern, line, re.IGNORECASE))
        raise AssertionError(f"no such command: {command}")

    def follow(self, block: Block) -> None:
        """Run the commands of a console block and compare their output with it."""
        for command, output in block.steps():
            assert self.run(command) == output, command

    def _get(self, address: str) -> str:
        assert address.startswith(f"{_HOST}/")
        return self.served.client.get(address.removeprefix(_HOST)).text

    def _head(self, address: str, *headers: str) -> list[str]:
        given = dict(header.split(": ", 1) for header in headers)
        answer = self.served.client.head(address.removeprefix(_HOST), headers={"Accept-Encoding": "identity"} | given)
        status = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"
        return [status, *(f"{name}: {value}" for name, value in answer.headers.items())]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?! export)", (ROOT / "Makefile").read_text(), re.MULTILINE))


def file_of(block: Block) -> Path | None:
    """The file that the paragraph before a block names: the block is its content or a change to it."""
    named = re.findall(r"`([\w./-]+/(?:article\.txt|record\.yaml))`", block.before)
    return Path(named[-1]) if named else None
