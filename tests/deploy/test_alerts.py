"""The alert rules fire when they should, over the metrics that the service exports, and at no other time."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import yaml

from app.main import create_app
from app.refusal_counts import Reason
from app.server.metrics import CONFIRMED_AT, DIGEST, NUMBER, Metrics, metrics_of
from app.settings import Settings
from tests.docs.markdown import OPERATING, ROOT, code, sections, tables
from tests.packages import need

RULES = ROOT / "deploy" / "alerts.yaml"
MINUTES = 20
WORKERS = 2

Values = dict[str, float]
"""The values of a scrape, by the name of the series with its labels."""


def at_work(metrics: Metrics, age: float = 0, other_version: int = 0) -> None:
    """Add to the metrics as a minute of a service does that is well."""
    for worker in range(WORKERS):
        metrics.use_row(worker)
        metrics.set_gauges({(CONFIRMED_AT,): monotonic() - age, (NUMBER,): 7 + other_version * worker, (DIGEST,): 1})
        for _ in range(100):
            metrics.count_response("/people", "GET", 200, 0.01, 1000)
    metrics.increment("readout_refused", Reason.malformed, by=50)


def well(metrics: Metrics, _: int) -> Values:
    at_work(metrics)
    return scraped(metrics)


def down(metrics: Metrics, minute: int) -> Values:
    return well(metrics, minute) if minute < MINUTES - 5 else {UP: 0}


def unreachable(metrics: Metrics, minute: int) -> Values:
    at_work(metrics, age=60 * minute)
    return scraped(metrics)


def refusing(metrics: Metrics, minute: int) -> Values:
    at_work(metrics)
    metrics.increment("readout_refused", Reason.database_lost, by=10)
    return scraped(metrics)


def failing(metrics: Metrics, minute: int) -> Values:
    at_work(metrics)
    if minute == MINUTES - 3:
        metrics.count_response("/people", "GET", 500, 0.01, 100)
    return scraped(metrics)


def restarting(metrics: Metrics, minute: int) -> Values:
    """A worker has died some times."""
    started = 'process_start_time_seconds{process="1"}'
    return {name: value + 10 * (minute // 5) * (name == started) for name, value in well(metrics, minute).items()}


def restarted(metrics: Metrics, minute: int) -> Values:
    """A new release."""
    started = "process_start_time_seconds"
    return {name: value + (minute > 10) * name.startswith(started) for name, value in well(metrics, minute).items()}


def apart(metrics: Metrics, _: int) -> Values:
    at_work(metrics, other_version=1)
    return scraped(metrics)


UP = "up"

FIRING: dict[Callable[[Metrics, int], Values], set[str]] = {
    well: set(),
    restarted: set(),
    down: {"ReadoutDown"},
    unreachable: {"ReadoutDatabaseUnreachable"},
    refusing: {"ReadoutRefuses"},
    failing: {"ReadoutFails"},
    restarting: {"ReadoutRestarts"},
    apart: {"ReadoutVersionsDiffer"},
}


def scraped(metrics: Metrics) -> Values:
    values = {UP: 1.0}
    for family in metrics.collect():
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sample.labels.items())
            values[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return values


@pytest.mark.parametrize("minute", FIRING, ids=lambda minute: minute.__name__)
def test_each_alert_fires_when_it_should(minute: Callable[[Metrics, int], Values], tmp_path: Path) -> None:
    """Evaluated by Prometheus's own promtool, after some minutes of scrapes."""
    metrics = metrics_of(create_app(Settings(database_url="sqlite:////proc/none/readout.db")), WORKERS)
    scrapes = [minute(metrics, number) for number in range(MINUTES + 1)]
    names = {name: None for scrape in scrapes for name in scrape}
    series = [
        {
            "series": with_job(name),
            "values": " ".join(str(scrape.get(name, "_")) for scrape in scrapes),
        }
        for name in names
    ]
    firing = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in sorted(FIRING[minute])]
    expression = {
        "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
        "eval_time": f"{MINUTES}m",
        "exp_samples": firing,
    }
    test: dict[str, Any] = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [{"interval": "1m", "input_series": series, "promql_expr_test": [expression]}],
    }
    (tmp_path / "test.yaml").write_text(yaml.safe_dump(test))
    promtool("test", "rules", str(tmp_path / "test.yaml"))


def with_job(series: str) -> str:
    """A series with the labels that Prometheus adds."""
    name, _, labels = series.partition("{")
    return f'{name}{{job="readout",instance="a:9100"{"," + labels if labels else "}"}'


def promtool(*arguments: str) -> None:
    ran = subprocess.run([need("prometheus"), *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    return list(group["rules"])


def test_every_alert_has_a_case_and_is_documented() -> None:
    promtool("check", "rules", "--lint-fatal", str(RULES))
    names = [rule["alert"] for rule in rules()]
    assert len(names) == 6 and set(names) == set().union(*FIRING.values())
    (_, *rows) = tables(sections(OPERATING.read_text(), 3)["Alerts"])[0]
    assert [code(row[0])[0] for row in rows] == names


def test_reasons_of_alerts_exist() -> None:
    for rule in rules():
        for alternatives in re.findall(r'reason=~"([^"]+)"', rule["expr"]):
            for alternative in alternatives.split("|"):
                assert any(re.fullmatch(alternative, reason) for reason in Reason), alternative
