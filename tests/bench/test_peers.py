"""The peers tell the same, and what is wrong is noticed before it is measured."""

import httpx
import pytest

from bench.datasets import Dataset
from bench.figures import Key
from bench.peers import check_facts, check_headers
from bench.questions import Question, questions
from bench.requests import cost
from bench.rounds import Plan, Unfit
from bench.servers import Server
from bench.wrk import Asked
from tests.bench.conftest import SIZE


def test_the_textbook_tells_the_same(dataset: Dataset, peers: dict[str, Server]) -> None:
    asked = [question for question in questions(dataset) if question.textbook]
    assert [question.name for question in asked] == ["item", "list", "filtered", "deep", "meetings"]
    for question in asked:
        for path, other in zip(question.readout, question.textbook, strict=True):
            check_facts(Question(question.name, [path], [other], []), peers["readout"], peers["textbook"])


def test_what_does_not_tell_the_same_is_noticed(peers: dict[str, Server]) -> None:
    other = Question("item", ["/delegates/m-0000001.mike-waltz"], ["/delegates/m-0000002.mike-waltz"], [])
    with pytest.raises(Unfit, match="tells other than Readout's"):
        check_facts(other, peers["readout"], peers["textbook"])


def test_deep_pages_are_the_last_tenth(dataset: Dataset, peers: dict[str, Server]) -> None:
    (deep,) = (question for question in questions(dataset) if question.name == "deep")
    ids = [item["id"] for item in httpx.get(f"{peers['readout'].address}{deep.readout[0]}").json()["items"]]
    assert ids == sorted(ids)
    assert "m-0000054" < ids[0] < "m-0000056"


def test_raw_sends_so_many_bytes_or_304(peers: dict[str, Server]) -> None:
    address = peers["raw"].address
    assert len(httpx.get(f"{address}/1234").content) == 1234
    assert httpx.get(f"{address}/1234", headers={"If-None-Match": '"x"'}).status_code == 304


def test_a_wrong_answer_is_told_and_not_measured(peers: dict[str, Server]) -> None:
    plan, key = Plan(), Key("item", "readout", SIZE)
    plan.add(key, cost(peers["readout"], Asked(["/delegates/nobody"]), seconds=1))
    assert (plan.measurings, plan.figures.missing) == ({}, {key: "answers 404"})


def test_an_answer_without_headers_is_too_cheap(peers: dict[str, Server]) -> None:
    with pytest.raises(Unfit, match=r"lacks .*ETag"):
        check_headers(Question("item", ["/10"], [], []), peers["raw"])


def test_a_server_is_watched(peers: dict[str, Server]) -> None:
    server = peers["readout"]
    before = server.settled_cpu_seconds()
    for _ in range(20):
        httpx.get(f"{server.address}/delegates?limit=100")
    assert server.settled_cpu_seconds() > before
    assert 10e6 < server.private_bytes() < 1e9
