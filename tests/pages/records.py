"""Records that are hard to show: many facts over one another, other scripts, and a text that is a page itself."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CROWDED = 200
"""How many facts lie over one another."""

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> & "\'><b>'

ARABIC = """\
محادثات في الرياض

التقى مسؤولون أمريكيون وروس في الرياض. وقال وزير الخارجية سيرغي لافروف: «سنعمل معا».
لم يتفق الطرفان بعد على الشروط.
"""
CHINESE = """\
中国和法国代表在巴黎会谈

二〇二四年五月六日，中国和法国代表在巴黎举行会谈。外交部长王毅说：“我们愿意继续合作。”
双方尚未就细节达成一致。
"""


def write_hard_records(folder: Path) -> list[Path]:
    """Write all of them; their folders."""
    return [
        _crowded(folder / "crowded"),
        _hostile(folder / "hostile"),
        _spoken(
            folder / "arabic", "ar", ARABIC, "سيرغي لافروف", "سنعمل معا", "التقى مسؤولون", "وزير الخارجية سيرغي لافروف"
        ),
        _spoken(
            folder / "chinese", "zh-Hans", CHINESE, "王毅", "我们愿意继续合作。", "代表在巴黎举行会谈", "外交部长王毅"
        ),
        _firm(folder / "firm"),
    ]


def write_travels(folder: Path, meetings: int) -> list[Path]:
    """The folders of so many meetings of one person, who had another office at each."""
    return [_travel(folder / f"stop-{number}", f"Envoy {number}") for number in range(1, meetings + 1)]


def _travel(folder: Path, title: str) -> Path:
    named = _says(["person", "title", "role"], f"{title} Walker")
    delegate = {"person": "walker", "title": title, "role": "head", "evidence": [named]}
    people = [{"id": "walker", "name": "Ann Walker"}]
    text = f"{title} Walker came to the meeting."
    return _write(folder, folder.name, "en", text, folder.name, agenda=[], people=people, delegates=[delegate])


def _firm(folder: Path) -> Path:
    """An agreement that is signed, and one that is even firmer, and stands later."""
    agreements = [
        {
            **{"id": commitment, "title": f"To be {commitment}", "text": text, "commitment": commitment},
            **{
                "form": "document",
                "parties": [{"described": "They"}],
                "evidence": [_says(["commitment", "form", "parties"], text)],
            },
        }
        for commitment, text in (("signed", "They signed a treaty."), ("implemented", "They opened the border."))
    ]
    text = "They signed a treaty. They opened the border."
    return _write(folder, "firm", "en", text, "Firm", agenda=[], agreements=agreements)


def _crowded(folder: Path) -> Path:
    """Every word begins a fact, and they all end further on, so that each is over a hundred others."""
    words = [f"word{number}" for number in range(2 * CROWDED)]
    cited = [" ".join(words[start : start + CROWDED]) for start in range(CROWDED)]
    agenda = [
        {"id": f"m{number}", "title": f"Matter {number}", "outcome": "discussed", "evidence": [_says("outcome", each)]}
        for number, each in enumerate(cited)
    ]
    return _write(folder, "crowded", "en", f"{' '.join(words)}.", "Crowded", agenda=agenda)


def _hostile(folder: Path) -> Path:
    text = f"{HOSTILE} was said, and {HOSTILE} again.\xa0 Mallory\u202fmet.\n"
    who = {"people": [{"id": "mallory", "name": "Mallory", "other_names": [HOSTILE]}]}
    delegates = [
        {
            "person": "mallory",
            "title": "Mallory",
            "role": "head",
            "evidence": [_says(["person", "title", "role"], "Mallory")],
        }
    ]
    agenda = [
        {
            "id": "m",
            "title": HOSTILE,
            "outcome": "open",
            "evidence": [{**_says("outcome", HOSTILE), "nth": 1, "inferred": HOSTILE, "despite": HOSTILE}],
        }
    ]
    return _write(folder, "hostile", "en", text, HOSTILE, agenda=agenda, **who, delegates=delegates)


def _spoken(folder: Path, language: str, text: str, name: str, quoted: str, met: str, title: str) -> Path:
    id = folder.name
    quote = {
        "id": "said",
        "speakers": [f"{id}-speaker"],
        "kind": "direct",
        "text": quoted,
        "evidence": [_says("speakers", title)],
    }
    met_there = [{"id": "meeting", "title": name, "outcome": "open", "evidence": [_says("outcome", met)]}]
    people = [{"id": f"{id}-speaker", "name": name}]
    return _write(folder, id, language, text, text.splitlines()[0], agenda=met_there, people=people, quotes=[quote])


def _says(fields: str | Sequence[str], words: str) -> dict[str, Any]:
    return {"says": fields, "words": words}


def _write(folder: Path, id: str, language: str, text: str, title: str, agenda: list[Any], **parts: Any) -> Path:
    source = {"id": f"{id}-news", "file": "article.txt", "title": title, "language": language, "access": "full"}
    meeting = {
        **{"id": id, "title": title, "status": "held", "format": "multilateral", "agenda": agenda},
        **{"parties": ["those"]},
        "evidence": [{"says": ["status", "format", "parties"], "inferred": "It is made up."}],
    }
    parties = [{"id": "those", "kind": "organization", "name": "Those who met"}]
    record = {"status": "reviewed", "sources": [source], "parties": parties, "meeting": meeting, **parts}
    folder.mkdir(parents=True)
    (folder / "article.txt").write_bytes(text.encode())
    (folder / "record.yaml").write_bytes(json.dumps(record, ensure_ascii=False).encode())
    return folder
