"""Drafts of whole articles: other meetings, `TODO`s, other languages, and input that is no article."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from seed.dataset.files import MAXIMUM_ARTICLE
from seed.draft.proposal import fault_removal
from seed.draft.proposal.draft import draft_article
from seed.draft.proposal.record import Source
from seed.record.faults import Code, Fault
from tests.conftest import Readout, WriteRecord, reported_faults

FERRY = """\
Arcadia and Lyonesse to reopen ferry line

Ministers of Arcadia and Lyonesse met in Linz on 12 March 2026. The
Arcadian side was led by Transport Minister Ada Moreau.

“The sea should join us again,” Moreau said. The two countries agreed to
reopen the ferry line between them. They did not agree on who will pay for
the harbour.
"""

NOT_UTF_8 = "not UTF-8: byte 5 (line 1) is 0xff, which is ÿ in Windows-1252"

READOUT = """\
Readout of the President's Meeting with Allies

President Jane Roe met today with Allies of Austria and Hungary to discuss
the river and the roads. The meeting lasted about an hour and a half.

Joining President Roe at the meeting were the following leaders:

-   Austrian President Rumen Radev
-   Hungarian Prime Minister Petr Fiala
"""


def record(article: str, **options: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(draft_article(article, Source("article.txt", **options)).text, yaml.CSafeLoader)
    return loaded


def test_a_meeting_of_fictional_countries() -> None:
    draft = record(FERRY)
    meeting = draft["meeting"]
    assert (str(meeting["start_date"]), meeting["place"], meeting["status"]) == ("2026-03-12", {"city": "Linz"}, "held")
    assert [one["name"] for one in draft["parties"]] == ["Arcadia", "Lyonesse"]
    assert [(one["person"], one["party"], one["title"]) for one in draft["delegates"]] == [
        ("ada-moreau", "arcadia", "Transport Minister")
    ]
    assert [(one["commitment"], one["parties"]) for one in draft["agreements"]] == [("agreed", ["arcadia", "lyonesse"])]
    assert [item["outcome"] for item in meeting["agenda"]] == ["no_agreement"]


def test_a_list_of_leaders_gives_delegates() -> None:
    draft = record(READOUT, published_on="2026-03-12")
    assert str(draft["meeting"]["start_date"]) == "2026-03-12"
    assert [(one["person"], one.get("party")) for one in draft["delegates"]] == [
        ("jane-roe", None),
        ("rumen-radev", "aut"),
        ("petr-fiala", "hun"),
    ]
    assert [item["title"] for item in draft["meeting"]["agenda"]] == ["River", "Roads"]


def test_articles_without_a_headline_have_distinct_ids() -> None:
    drafts = [
        record(f"{who} met in {where} on Monday. They were glad.") for who, where in (("A", "Linz"), ("B", "Graz"))
    ]
    assert [draft["meeting"]["id"] for draft in drafts] == [
        "a-met-in-linz-on-monday-they-were-glad",
        "b-met-in-graz-on-monday-they-were-glad",
    ]
    assert [draft["sources"][0]["title"] for draft in drafts] == ["TODO", "TODO"]


def test_a_weekday_becomes_a_date_only_with_a_publication_date() -> None:
    article = "Austria and Hungary met on Tuesday in Linz."
    assert record(article)["meeting"]["start_date"] is None
    assert str(record(article, published_on="2026-03-12")["meeting"]["start_date"]) == "2026-03-10"


def test_a_draft_whose_faults_cannot_be_removed_is_emptied(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    monkeypatch.setattr(fault_removal, "_remove_parts", lambda draft, faults: None)
    monkeypatch.setattr(fault_removal, "faults_of", lambda text, draft: [Fault(Code.bad_value, ("sources",), "")])
    outcome = draft_article(FERRY, Source("article.txt"))
    assert not any(outcome.proposals.values()) and outcome.left_out
    folder = write_record(tmp_path / "record", outcome.text, FERRY)
    assert [fault["code"] for fault in reported_faults(readout, "check", folder)] == ["draft"]


def test_a_quote_without_a_speaker_is_a_todo() -> None:
    text = draft_article("“We will open our doors again.”", Source("article.txt")).text
    assert "name: TODO" in text and "TODO: who says this?" in text


ARTICLES = {
    "ferry": FERRY,
    "readout": READOUT,
    "said twice": "Jane Roe said: “We will open our doors.” Then Jane Roe said: “We will open our doors.”",
    "no spaces": "“" + "word" * 1_000 + "” " + "x" * 5_000,
    "one paragraph": "Jane Roe said that talks go on. " * 200,
    "marks": '"“”«»‘’„' * 50 + " Jane Roe said. " + "”“" * 50,
    "Russian": "«Мы откроем наши двери снова для всех», — сказал министр. Он уехал в Вену.",
    "Chinese": "部长说：「我们将再次向所有人敞开我们的大门，欢迎他们的到来。」他去了维也纳。",
    "Arabic": "قال الوزير: «سنفتح أبوابنا مرة أخرى للجميع».",
    "invisible": "Jane\u200e Roe said: “We\u00ad will open our doors.\u2028Soon.”\ufeff She met John Doe\u200b in Linz.",
    "yaml": "Jane Roe said: “- {a: [b, *c, &d]} # %e | > !f 'g' \\h: we see.” She met John Doe.",
    "punctuation": ".,;:!?" * 100,
    "words of names": "Mr. The Of President Minister, head of Mr., Dr. and Jr. said that U.S. U.S. met in In.",
}


@pytest.mark.parametrize("name", ARTICLES)
def test_any_text_gives_a_draft_without_faults(
    name: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLES[name], encoding="utf-8", newline="")
    ran = readout("draft", article)
    assert ran.status == 0
    folder = write_record(tmp_path / "record", ran.out, article.read_bytes())
    assert [fault["code"] for fault in reported_faults(readout, "check", folder)] == ["draft"]


@pytest.mark.parametrize("name", ["Russian", "Chinese", "Arabic"])
def test_in_other_languages_only_quoted_text_is_proposed(name: str) -> None:
    outcome = draft_article(ARTICLES[name], Source("article.txt"))
    assert [one.values["kind"].value for one in outcome.proposals["quotes"]] == ["direct"]
    assert "does not look English" in outcome.text and not outcome.is_english


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x7fELF\x00\xff", f"{NOT_UTF_8}: save the file as UTF-8"),
        (b"a" * (MAXIMUM_ARTICLE + 1), "larger than 5 MiB"),
    ],
)
def test_a_file_that_is_no_article_gives_one_sentence(
    content: bytes, why: str, tmp_path: Path, readout: Readout
) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(content)
    ran = readout("draft", article)
    assert (ran.status, ran.out, ran.err) == (2, "", f"readout: {article}: {why}\n")


@pytest.mark.parametrize("name", ["two\nlines.txt", "# '\".txt", os.fsdecode(b"\xff.txt")])
@pytest.mark.parametrize("title", [" ", "one: [two] # three\x07", os.fsdecode(b"\xff"), "long " * 200])
def test_any_file_name_and_title(
    name: str, title: str, tmp_path: Path, readout: Readout, write_record: WriteRecord
) -> None:
    article = tmp_path / name
    article.write_text(FERRY, encoding="utf-8")
    ran = readout("draft", article, "--title", title)
    assert ran.status == 0
    assert yaml.safe_load(ran.out)["status"] == "draft"


def test_a_missing_file_gives_one_sentence(tmp_path: Path, readout: Readout) -> None:
    ran = readout("draft", tmp_path / "none.txt")
    assert (ran.status, ran.out, ran.err) == (2, "", f"readout: {tmp_path}/none.txt: no such file or directory\n")


def test_an_invalid_date_gives_one_sentence(tmp_path: Path, readout: Readout) -> None:
    ran = readout("draft", tmp_path, "--published-on", "Tuesday")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("readout: --published-on Tuesday: is not a date")


def test_a_draft_of_many_quotes_is_within_the_limit_and_reports_what_it_omits(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    article = "\n\n".join(f"“Number {number} {'is long ' * 400},” Jane Roe said." for number in range(401))
    outcome = draft_article(article, Source("article.txt"))
    assert outcome.left_out
    folder = write_record(tmp_path / "record", outcome.text, article)
    assert [fault["code"] for fault in reported_faults(readout, "check", folder)] == ["draft"]


def test_the_draft_says_that_rules_made_it() -> None:
    assert "A draft by rules alone from article.txt" in draft_article(FERRY, Source("article.txt")).text


def test_the_draft_does_not_depend_on_the_hash_seed() -> None:
    command = [sys.executable, "-m", "seed", "draft", "seed/summits/riyadh-2025-02-18/article.txt"]
    outputs = {
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("name", ["Russian", "Chinese", "Arabic"])
def test_a_draft_with_placeholders_does_not_prove_without_its_list_of_parts_to_review(
    name: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    text = draft_article(ARTICLES[name], Source("article.txt")).text.replace("status: draft", "status: reviewed")
    text = re.sub(r"(?m)^  - \{at: .*\n", "", text)
    assert "TODO" in text.partition("\nstatus")[2]
    faults = reported_faults(readout, "check", write_record(tmp_path / "record", text, ARTICLES[name]))
    assert {fault["code"] for fault in faults} == {"not-reviewed"}
