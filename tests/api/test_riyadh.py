"""The shipped article's facts, one by one, as the API serves them. Expected is what a reader finds in the article."""

from hashlib import sha256
from typing import Any

import pytest

from tests.api.serving import Json, Served
from tests.api.world import RIYADH, SUMMITS

ARTICLE = (SUMMITS / RIYADH / "article.txt").read_bytes()
MEETING, SOURCE = f"/meetings/{RIYADH}", "/sources/riyadh-us-russia-talks"


def at(value: Json, path: str) -> Json:
    """The value at a path into JSON: `parties.*.id` for each, `evidence.0.words` for the first."""
    name, _, rest = path.partition(".")
    if name == "*":
        return [at(inner, rest) if rest else inner for inner in value]
    inner = value[int(name)] if isinstance(value, list) else value[name]
    return at(inner, rest) if rest else inner


def people(*facts: tuple[str, str, str, str, str]) -> list[tuple[str, str, Any]]:
    rows: list[tuple[str, str, Any]] = []
    for id, name, party, title, words in facts:
        address = f"/delegates/{RIYADH}.{id}"
        rows += [(address, "person.name", name), (address, "party.name", party), (address, "title", title)]
        rows += [(address, "role", "head"), (address, "attendance", "present"), (address, "described", None)]
        rows += [
            (address, "evidence.0.words", words),
            (address, "evidence.0.fields", ["person", "party", "role", "title"]),
        ]
        rows += [(address, "evidence.1.words", "met with a US team"), (address, "evidence.1.fields", ["attendance"])]
        rows += [(address, "evidence.*.basis", ["stated", "stated"])]
    return rows


def agreement(
    id: str, commitment: str, form: str, asserted_by: list[str], text: str, words: str
) -> list[tuple[str, str, Any]]:
    address = f"/agreements/{RIYADH}.{id}"
    return [
        (address, "commitment", commitment),
        (address, "form", form),
        (address, "asserted_by.*.name", asserted_by),
        (address, "parties.*.name", ["United States", "Russia"]),
        (address, "text", text),
        (address, "evidence.0.words", words),
    ]


def quote(id: str, kind: str, speaker: str, title: str, text: str, words: str) -> list[tuple[str, str, Any]]:
    address = f"/quotes/{RIYADH}.{id}"
    return [
        (address, "kind", kind),
        (address, "speakers.*.name", [speaker]),
        (address, "speakers.*.kind", ["person"]),
        (address, "speaker_title", title),
        (address, "text", text),
        (address, "via", None),
        (address, "evidence.0.words", words),
    ]


LAVROV, RUBIO = ("Sergey Lavrov", "Foreign Minister"), ("Marco Rubio", "Secretary of State")
WALTZ = ("Mike Waltz", "National Security Adviser")
DMITRIEV = ("Kirill Dmitriev", "head of the Russian Direct Investment Fund")
BARRIERS = (
    'both countries will work to remove the "artificial barriers" that have hindered their diplomatic relations,'
    " including appointing ambassadors and addressing issues such as the seizure of Russian property in the U.S. and"
    " restrictions on bank transfers"
)
TEAM = "a US team headed by Secretary of State Marco Rubio"
DELEGATION = "The\nRussian delegation, led by Foreign Minister Sergey Lavrov"
WILLINGNESS = (
    "Both sides expressed a willingness to move forward on several key issues, including the restoration of diplomatic"
    " missions, the appointment of ambassadors"
)

FACTS: list[tuple[str, str, Any]] = [
    (MEETING, "status", "held"),
    (MEETING, "format", "bilateral"),
    (MEETING, "mode", "in_person"),
    (MEETING, "start_date", "2025-02-18"),
    (MEETING, "duration", {"value": "PT4H30M", "approximate": True}),
    (MEETING, "place", {"city": "Riyadh", "country": "SAU", "wikidata": "Q3692"}),
    (MEETING, "parties.*.name", ["United States", "Russia"]),
    (MEETING, "parties.*.role", ["principal", "principal"]),
    (MEETING, "end_date", None),
    (MEETING, "host", None),
    (MEETING, "counts", {"delegates": 4, "agreements": 6, "quotes": 12}),
    (MEETING, "sources.*.id", ["riyadh-us-russia-talks"]),
    (SOURCE, "sha256", "ce1501ce13cb138ded97be16446c116d73157d0b57bfd9ea66458e4226f9563c"),
    (SOURCE, "length", len(ARTICLE.decode())),
    (SOURCE, "title", "U.S. and Russia agree to normalize ties and seek Ukraine peace"),
    (SOURCE, "language", "en"),
    (SOURCE, "access", "full"),
    (SOURCE, "cites", ["RT.com", "FoxNews.com", "TheGuardian.com"]),
    *((SOURCE, name, None) for name in ("publisher", "author", "source_url", "published_on", "licence")),
    (SOURCE, "issued_by", []),
    *people(
        ("sergey-lavrov", "Sergey Lavrov", "Russia", "Foreign Minister", DELEGATION),
        (
            "yury-ushakov",
            "Yury Ushakov",
            "Russia",
            "presidential aide",
            f"{DELEGATION} and presidential aide Yury Ushakov",
        ),
        ("marco-rubio", "Marco Rubio", "United States", "Secretary of State", TEAM),
        ("mike-waltz", "Mike Waltz", "United States", WALTZ[1], f"{TEAM} and National Security Adviser Mike Waltz"),
    ),
    *agreement(
        "restore-missions",
        "agreed",
        "reported",
        [],
        "One of the primary outcomes of the meeting was the agreement to restore the normal functioning of diplomatic"
        " missions",
        "the agreement to restore the normal functioning of\ndiplomatic missions",
    ),
    *agreement("appoint-ambassadors", "willingness", "reported", [], "the appointment of ambassadors", WILLINGNESS),
    *agreement(
        "peace-talks-framework",
        "willingness",
        "reported",
        [],
        "the creation of a framework for Ukraine peace talks",
        f"{WILLINGNESS}, and the creation of a framework for Ukraine peace talks",
    ),
    *agreement(
        "remove-barriers", "pledged", "announcement", ["Sergey Lavrov"], BARRIERS, "both countries will work to remove"
    ),
    *agreement(
        "high-level-teams",
        "agreed",
        "reported",
        [],
        "The U.S. and Russia also agreed to form high-level teams to explore a path to resolving the Ukraine conflict",
        "The U.S. and Russia also agreed to form high-level teams",
    ),
    *agreement(
        "sustainable-peace",
        "willingness",
        "reported",
        [],
        "they expressed a commitment to finding a sustainable peace agreement that is acceptable to all"
        " parties involved",
        "expressed a commitment to finding a sustainable peace agreement",
    ),
    *quote("lavrov-remove-barriers", "indirect", *LAVROV, BARRIERS, "According to Lavrov"),
    *quote("lavrov-artificial-barriers", "partial", *LAVROV, "artificial barriers", "According to Lavrov"),
    *quote(
        "lavrov-position-firm",
        "indirect",
        *LAVROV,
        "the Russian position remains firm on Ukraine's NATO aspirations",
        "Lavrov emphasized",
    ),
    *quote(
        "lavrov-nato-threat",
        "indirect",
        *LAVROV,
        "the absorption of Ukraine into the alliance would pose a direct threat to Russia's security",
        "Lavrov emphasized that the Russian position remains firm on Ukraine's NATO aspirations, stating",
    ),
    *quote(
        "lavrov-better-understanding",
        "indirect",
        *LAVROV,
        "the U.S. has begun to better understand Russia's concerns, which he described as a positive step",
        "Lavrov emphasized that the Russian position remains firm on Ukraine's NATO aspirations, stating that the"
        " absorption of Ukraine into the alliance would pose a direct threat to Russia's security. However, he noted",
    ),
    *quote(
        "rubio-comprehensive-approach",
        "indirect",
        *RUBIO,
        "acknowledged the need for a comprehensive approach to ending the conflict",
        "U.S. Secretary of State Marco Rubio acknowledged",
    ),
    *quote(
        "rubio-acceptable-terms",
        "indirect",
        *RUBIO,
        "the terms of the end to the conflict must be acceptable to all parties, including Ukraine and Russia as"
        " well as Europe",
        "U.S. Secretary of State Marco Rubio acknowledged the need for a comprehensive approach to ending the conflict."
        " He noted",
    ),
    *quote(
        "dmitriev-companies-return",
        "indirect",
        *DMITRIEV,
        "American companies could return to Russia",
        "Kirill Dmitriev, head of the Russian Direct Investment Fund, suggested",
    ),
    *quote(
        "dmitriev-mutual-benefits",
        "indirect",
        *DMITRIEV,
        "highlighting the mutual benefits of cooperation",
        "Kirill Dmitriev, head of the Russian Direct Investment Fund, suggested that American companies could return to"
        " Russia, highlighting",
    ),
    *quote(
        "dmitriev-oil-majors",
        "direct",
        *DMITRIEV,
        "U.S. oil majors have done very well in Russia, and we believe that at some point they will return",
        "Dmitriev said",
    ),
    *quote(
        "waltz-need-for-permanent-end",
        "indirect",
        *WALTZ,
        "emphasized the need for a permanent end to the war",
        "Waltz emphasized",
    ),
    *quote(
        "waltz-permanent-end",
        "direct",
        *WALTZ,
        "This needs to be a permanent end to the war and not a temporary end as we’ve seen in the past.",
        "Waltz emphasized the need for a permanent end to the war, stating",
    ),
    *(
        (f"/people/{id}", "wikidata", wikidata)
        for id, wikidata in {
            **{"sergey-lavrov": "Q58217", "marco-rubio": "Q324546", "mike-waltz": "Q55386653"},
            **{"yury-ushakov": None, "kirill-dmitriev": None},
        }.items()
    ),
    *(
        (f"/parties/{id}", "", {"kind": "state", "name": name, "country": id.upper(), "wikidata": wikidata})
        for id, name, wikidata in (("rus", "Russia", "Q159"), ("usa", "United States", "Q30"))
    ),
]


@pytest.mark.parametrize(("address", "path", "expected"), FACTS, ids=[f"{a.split('.')[-1]}.{p}" for a, p, _ in FACTS])
def test_a_fact_of_the_article_is_served(served: Served, address: str, path: str, expected: Any) -> None:
    found = at(served.json(address), path) if path else {name: served.json(address)[name] for name in expected}
    assert found == expected


AGENDA = {
    "normalization": ("discussed", "to discuss the normalization of bilateral relations"),
    "diplomatic-missions": ("agreed", "the agreement to restore the normal functioning of\ndiplomatic missions"),
    "ambassadors": ("discussed", WILLINGNESS),
    "artificial-barriers": (
        "discussed",
        "addressing issues such as the seizure of Russian property in the U.S. and restrictions on bank transfers",
    ),
    "ending-the-conflict": (
        "discussed",
        "to discuss the normalization of bilateral relations and the possibility of ending the conflict in Ukraine",
    ),
    "peace-talks-framework": ("discussed", f"{WILLINGNESS}, and the creation of a framework for Ukraine peace talks"),
    "peace-terms": ("open", "the sides have yet to reach a consensus on specific terms"),
    "economic-opportunities": (
        "discussed",
        "The talks also touched on the potential economic and investment opportunities that could arise from an end to"
        " the war in Ukraine",
    ),
    "return-of-companies": (
        "discussed",
        "Economic cooperation, including the potential return of American companies, was discussed",
    ),
}


def test_discussed_and_open_topics_are_agenda_items_with_that_outcome(served: Served) -> None:
    found = {
        matter["id"].removeprefix(f"{RIYADH}."): (matter["outcome"], matter["evidence"][0]["words"])
        for matter in served.json(MEETING)["agenda"]
    }
    assert found == AGENDA
    assert served.ids(f"/agenda?outcome=open&meeting={RIYADH}") == [f"{RIYADH}.peace-terms"]


WHERE = "met on Tuesday in Riyadh"


@pytest.mark.parametrize(
    ("field", "basis", "words"),
    [
        ("status", "stated", ["American and Russian officials met on Tuesday in Riyadh"]),
        ("parties", "stated", ["American and Russian officials met on Tuesday in Riyadh"]),
        ("format", "stated", ["the first high-level talks between the two nations"]),
        ("mode", "inferred", [f"{WHERE}, Saudi Arabia"]),
        ("start_date", "inferred", [WHERE]),
        ("duration", "stated", ["The meeting, which lasted nearly 4.5 hours", "met in Riyadh for 4.5 hours"]),
        ("place", "stated", [f"{WHERE}, Saudi Arabia"]),
    ],
)
def test_a_fact_of_the_meeting_has_its_words(served: Served, field: str, basis: str, words: list[str]) -> None:
    entries = [entry for entry in served.json(MEETING)["evidence"] if field in entry["fields"]]
    assert [entry["words"] for entry in entries] == words
    assert {entry["basis"] for entry in entries} == {basis}
    assert all(bool(entry["note"]) == (basis == "inferred") for entry in entries)


def test_tuesday_is_no_date_so_the_date_is_inferred_with_the_reason(served: Served) -> None:
    (entry,) = [entry for entry in served.json(MEETING)["evidence"] if "start_date" in entry["fields"]]
    assert "Tuesday" in entry["note"] and "outside" in entry["note"]
    assert b"2025" not in ARTICLE and b"18" not in ARTICLE


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("/delegates", ["marco-rubio", "mike-waltz", "sergey-lavrov", "yury-ushakov"]),
        (
            "/agreements",
            [
                *("appoint-ambassadors", "high-level-teams", "peace-talks-framework", "remove-barriers"),
                *("restore-missions", "sustainable-peace"),
            ],
        ),
        ("/quotes", sorted({a.split(".")[-1] for a, _, _ in FACTS if a.startswith("/quotes")})),
    ],
)
def test_nothing_more_is_said_to_have_been(served: Served, path: str, ids: list[str]) -> None:
    assert [id.removeprefix(f"{RIYADH}.") for id in served.ids(f"{path}?meeting={RIYADH}")] == ids


def test_a_person_who_is_only_quoted_is_no_delegate(served: Served) -> None:
    assert served.json("/people/kirill-dmitriev")["counts"] == {"meetings": 1, "delegates": 0, "quotes": 3}
    assert {
        speaker["delegate"] and speaker["delegate"]["id"]
        for quote in served.walk(f"/quotes?meeting={RIYADH}&speaker=kirill-dmitriev")
        for speaker in quote["speakers"]
    } == {None}


def test_every_word_of_evidence_stands_in_the_article_as_it_is(served: Served) -> None:
    assert sha256(ARTICLE).hexdigest() == served.json(SOURCE)["sha256"]
    assert served.get(f"{SOURCE}/text").content == ARTICLE
    text, words = ARTICLE.decode(), 0
    for evidence in served.walk(f"/evidence?meeting={RIYADH}&limit=100"):
        if evidence["words"] is not None:
            words += 1
            assert text[evidence["start"] : evidence["end"]] == evidence["words"]
            assert evidence["verified"] is True
    assert words > 50


def test_one_request_gives_every_delegate_with_its_words(served: Served) -> None:
    items = served.json(f"/delegates?meeting={RIYADH}")["items"]
    shown = {item["person"]["name"]: (item["title"], item["evidence"][0]["words"]) for item in items}
    assert len(shown) == 4
    assert all(name in words and title in words for name, (title, words) in shown.items())
