"""The steps of the Dockerfile, run without a container engine in a folder that stands for the image."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = re.sub(r"\\\n\s*|^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
"""One instruction per line, without comments."""

WORKDIR, PREVIOUS = "/srv/readout", "/previous/srv/readout"
"""The folder of an image, and the folder where a build sees that of the previous image."""


@dataclass(frozen=True)
class Image:
    """The folder /srv/readout of an image."""

    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder}/readout.db"

    def files(self) -> dict[str, bytes]:
        """The bytes of the database and its exports, by path."""
        made = [self.folder / "readout.db", *(path for path in self.folder.glob("exports/**/*") if path.is_file())]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in made}


def build_context(folder: Path, source: Path = ROOT) -> Image:
    """An image before the build: the files that .dockerignore lets in."""
    _, *rest = (source / ".dockerignore").read_text().split()
    for name in (line.removeprefix("!") for line in rest if line.startswith("!")):
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        folder.mkdir(exist_ok=True)
        copy(source / name, folder / name)
    return Image(folder)


def bake(image: Image, environment: dict[str, str], previous: Path = Path("/nowhere")) -> Image:
    """Run the steps of the stage `database` except compilation, with the paths of the image's folder."""
    (stage,) = re.findall(r"^FROM packages AS database\n(.*?)^FROM ", DOCKERFILE, re.DOTALL | re.MULTILINE)
    steps = re.findall(r"^RUN (?:--mount=\S+ )?((?:if|python) .*)$", stage, re.MULTILINE)
    own = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "READOUT_DATABASE_URL": image.database,
        "READOUT_EXPORTS": str(image.folder / "exports"),
        "READOUT_SEARCH": str(image.folder / "search"),
        **environment,
    }
    for step in steps:
        line = step.replace(PREVIOUS, str(previous)).replace(WORKDIR, str(image.folder))
        ran = subprocess.run(
            ["sh", "-ec", line], cwd=image.folder, env=own, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, f"{line}: {ran.stderr}"
    return image
