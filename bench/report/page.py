"""The report: `docs/performance.md`, and the same tables on the terminal."""

import os
import platform
import re
import sqlite3
import subprocess
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.datasets import Dataset
from bench.measure.request_cost import CONCURRENCY, SLOW_SECONDS
from bench.measure.starvation import LOADS
from bench.peers.servers import DATASETTE_PYTHON
from bench.peers.workloads import WORKLOADS
from bench.report.tables import (
    Rows,
    cost_rows,
    goal_rows,
    growth_rows,
    items_rows,
    other_rows,
    ratio_rows,
    slowest_rows,
    starvation_rows,
    sweep_rows,
)
from bench.results import Results

PAGE = Path("docs/performance.md")
TEMPLATE = Path(__file__).with_suffix(".md")
_LIBRARIES = ("fastapi", "sqlmodel", "sqlalchemy", "pydantic", "starlette", "uvicorn", "uvloop", "httptools")


def print_tables(results: Results, sizes: list[int], compared: int) -> None:
    """Print the results, the goals, and what could not be measured."""
    console = Console(width=150, highlight=False)
    for rows in (cost_rows(results, compared), growth_rows(results, sizes), other_rows(results, sizes, compared)):
        _print(console, rows)
    _print(console, starvation_rows(results, sizes[0]))
    for rows in (sweep_rows(results, sizes), slowest_rows(results), items_rows(results, compared)):
        _print(console, rows)
    _print(console, goal_rows(results, sizes, compared))
    console.print("Not measured:")
    for line in _not_measured(results):
        console.print(line)


def _print(console: Console, rows: Rows) -> None:
    table = Table(*rows[0])
    for row in rows[1:]:
        table.add_row(*row)
    console.print(table)


def write_page(results: Results, datasets: list[Dataset], compared: Dataset, rounds: int, seconds: int) -> None:
    """Write docs/performance.md from a complete run."""
    sizes = [dataset.size for dataset in datasets]
    page = TEMPLATE.read_text().format(
        rounds=rounds,
        seconds=seconds,
        concurrency=CONCURRENCY,
        slow=SLOW_SECONDS,
        size=f"{compared.size:,}",
        smallest=f"{sizes[0]:,}",
        workloads="\n".join(f"- **{name}**: {text}." for name, text in WORKLOADS.items()),
        machine=_markdown([["", ""], *_machine()]),
        datasets=_markdown(_dataset_rows(datasets)),
        goals=_markdown(goal_rows(results, sizes, compared.size)),
        costs=_markdown(cost_rows(results, compared.size)),
        ratios=_markdown(ratio_rows(results, compared.size)),
        growth=_markdown(growth_rows(results, sizes)),
        missing="".join(f"\n- {line}" for line in _not_measured(results)) or " nothing.",
        starvation=_markdown(starvation_rows(results, sizes[0])),
        sweep=_markdown(sweep_rows(results, sizes)),
        slowest=_markdown(slowest_rows(results)),
        items=_markdown(items_rows(results, compared.size)),
        loads="\n".join(f"- **{name}**: {text}." for name, text in LOADS.items()),
        others=_markdown(other_rows(results, sizes, compared.size)),
    )
    PAGE.write_text(page)


def _not_measured(results: Results) -> list[str]:
    return [f"{name}, {peer}, {size:,} meetings: {reason}." for (name, peer, size), reason in results.missing.items()]


def _markdown(rows: Rows) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join("|" + "|".join(f" {cell} " if cell != "---" else cell for cell in line) + "|" for line in lines)


def _machine() -> Rows:
    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    wrk = subprocess.run(["wrk", "--version"], capture_output=True, text=True, check=False).stdout
    versions = [("Python", platform.python_version()), ("SQLite", sqlite3.sqlite_version), ("wrk", wrk.split()[1])]
    versions += [(name, version(name)) for name in _LIBRARIES]
    return [
        ["processor", f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores"],
        ["memory", f"{memory:.0f} GiB"],
        ["system", f"{platform.system()} {platform.release()}"],
        ["versions", ", ".join(f"{name} {number}" for name, number in [*versions, ("Datasette", _datasette())])],
    ]


def _datasette() -> str:
    code = "from importlib.metadata import version; print(version('datasette'))"
    return subprocess.run([DATASETTE_PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _dataset_rows(datasets: list[Dataset]) -> Rows:
    counted = ("meeting", "delegate", "agreement", "quote", "evidence", "person", "party")
    rows = [["", *counted, "GB", "whole records"]]
    for dataset in datasets:
        with closing(sqlite3.connect(dataset.path)) as connection:
            counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in counted]
        whole = "all" if dataset.whole == 1 else f"one in {dataset.whole}"
        size = f"{dataset.path.stat().st_size / 1e9:.2g}"
        rows.append([f"{dataset.size:,} meetings", *(f"{count:,}" for count in counts), size, whole])
    return rows
