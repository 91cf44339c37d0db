"""Items: every field, references and actors, evidence in its place, texts, addresses."""

import re
from collections import Counter
from hashlib import sha256
from typing import Any

import pytest

from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS, one, urls
from tests.api.serving import PUBLIC_URL, Json, Served, problem
from tests.api.world import CONGRESS, GAZETTE, LEAFLET, WIRE
from tests.databases import execute

ITEMS = list(LISTS)
READ = {"meetings": "{id}", "people": "people/{id}", "parties": "parties/{id}"}
READ |= {f"{kind}s": f"{{meeting}}#{kind}-{{id}}" for kind in ("delegate", "agreement", "quote")}
READ |= {"agenda": "{meeting}#agenda-{id}"}


def ref(path: str, id: str, label: str, **more: Any) -> Json:
    key = "title" if path in ("meetings", "agenda", "agreements", "sources") else "name"
    return {"id": id, key: label, "url": f"{PUBLIC_URL}/{path}/{id}", **more}


MEETING = ref("meetings", CONGRESS, "Congress of Vienna", start_date="2024-05-06", country="AUT")
GAZETTE_REF = ref("sources", "gazette", "Utopia and Ruritania meet in Vienna")
WIRE_REF = ref("sources", "wire", "A day in Vienna")
UTO, RUR, AUT = (ref("parties", id, name) for id, name in [("uto", "Utopia"), ("rur", "Ruritania"), ("aut", "Austria")])
LEAGUE, JANE = ref("parties", "league", "Utopian League"), ref("people", "jane-roe", "Jane Roe")
RUDOLF, ANN = ref("people", "king-rudolf", "King Rudolf"), ref("people", "ann-speaker", "Ann Speaker")
BARE = ref("meetings", "bare", "A meeting of which little is known", start_date=None, country=None)


def described(words: str) -> Json:
    return {"kind": "described", "id": None, "name": words, "url": None}


def person(reference: Json) -> Json:
    return {"kind": "person", **reference}


def party(reference: Json) -> Json:
    return {"kind": "party", **reference}


def says(
    fields: str,
    words: str | None,
    note: str | None = None,
    source: Json = GAZETTE_REF,
    text: str = GAZETTE,
    despite: str | None = None,
) -> Json:
    """Evidence, without its id and address."""
    start = text.index(words) if words else None
    return {
        "fields": fields.split(),
        "basis": "inferred" if note else "stated",
        "words": words,
        "note": note,
        "despite": despite,
        "source": source if words else None,
        "start": start,
        "end": start + len(words) if words and start is not None else None,
    }


def item(path: str, id: str, **fields: Any) -> tuple[str, Json]:
    own = {} if path == "sources" else {"read_url": f"{PUBLIC_URL}/read/{READ[path].format(id=id, meeting=CONGRESS)}"}
    own |= {} if path in ("people", "parties", "sources", "meetings") else {"meeting": MEETING}
    return f"/{path}/{id}", {"id": id, "url": f"{PUBLIC_URL}/{path}/{id}", **own, **fields, "changed_in": 2}


def agenda(id: str, title: str, outcome: str, *evidence: Json) -> Json:
    """An agenda item as its meeting shows it."""
    _, whole = item("agenda", f"{CONGRESS}.{id}", title=title, outcome=outcome, evidence=list(evidence))
    return {name: value for name, value in whole.items() if name not in ("meeting", "changed_in")}


EXPECTED = [
    item(
        "meetings",
        CONGRESS,
        title="Congress of Vienna",
        summary="They met, and some of them agreed.",
        status="held",
        format="mediated",
        mode="hybrid",
        start_date="2024-05-06",
        end_date="2024-05-07",
        first_day="2024-05-06",
        last_day="2024-05-07",
        date_precision="day",
        duration={"value": "PT2H", "approximate": True},
        place={"city": "Vienna", "country": "AUT", "wikidata": "Q1741"},
        host=AUT,
        parties=[
            {**party(UTO), "role": "principal"},
            {**party(RUR), "role": "principal"},
            {**party(AUT), "role": "mediator"},
            {**described("the neighbouring states"), "role": "observer"},
        ],
        topics=["trade", "embassies"],
        sources=[GAZETTE_REF, WIRE_REF],
        reviewed_by=[{"name": "Ana Ito", "on": "2024-05-08"}, {"name": "Ben <Sato>", "on": "2024-06"}],
        agenda=[
            agenda("visas", "Visas", "discussed", says("outcome", "They also spoke of visas")),
            agenda(
                "embassies",
                "Embassies",
                "agreed",
                says("outcome", "agreed to reopen embassies"),
                says("outcome", None, "It is the title of the matter."),
            ),
        ],
        counts={"delegates": 4, "agreements": 2, "quotes": 4},
        evidence=[
            says("status parties place start_date", "Utopia, Ruritania and Austria met in Vienna on 6 May 2024"),
            says("format host", "Austria received the delegations and mediated"),
            says("mode", "some of them by video", "Some of them by video, so not the others."),
            says("duration", "for about two hours"),
            says("end_date", "until 7 May 2024"),
            says("parties", "the neighbouring states"),
        ],
    ),
    item(
        "agenda",
        f"{CONGRESS}.visas",
        title="Visas",
        outcome="discussed",
        topics=["trade", "visas"],
        agreements=[],
        evidence=[says("outcome", "They also spoke of visas")],
    ),
    item(
        "agenda",
        f"{CONGRESS}.embassies",
        title="Embassies",
        outcome="agreed",
        topics=[],
        agreements=[ref("agreements", f"{CONGRESS}.embassies", "Reopen embassies")],
        evidence=[
            says("outcome", "agreed to reopen embassies"),
            says("outcome", None, "It is the title of the matter."),
        ],
    ),
    item(
        "delegates",
        f"{CONGRESS}.jane-roe",
        person=JANE,
        described=None,
        party=UTO,
        title="Foreign Minister",
        role="head",
        attendance="remote",
        evidence=[
            says("title party person role", "The Utopian side was led by Foreign Minister Jane Roe"),
            says("attendance", None, "She was seen on a screen."),
        ],
    ),
    item(
        "delegates",
        f"{CONGRESS}.officials",
        person=None,
        described="senior officials",
        party=RUR,
        title=None,
        role="member",
        attendance=None,
        evidence=[
            says("party role", "officials of Ruritania sat opposite"),
            says("described", "senior officials"),
        ],
    ),
    item(
        "delegates",
        f"{CONGRESS}.king-rudolf",
        person=RUDOLF,
        described=None,
        party=None,
        title=None,
        role="guarantor",
        attendance="absent",
        evidence=[says("person role attendance", "King Rudolf stayed away")],
    ),
    item(
        "agreements",
        f"{CONGRESS}.embassies",
        title="Reopen embassies",
        text="The two sides agreed to reopen embassies",
        commitment="agreed",
        form="reported",
        parties=[party(UTO), party(RUR)],
        asserted_by=[],
        agenda=ref("agenda", f"{CONGRESS}.embassies", "Embassies"),
        topics=["embassies"],
        evidence=[
            says("commitment", "agreed to reopen"),
            says("form parties", None, "In the article's own voice."),
            says("text", "The two sides agreed to reopen embassies"),
        ],
    ),
    item(
        "agreements",
        f"{CONGRESS}.visas",
        title="Drop visas",
        text="Utopia will drop visas for the fishermen of the coast",
        commitment="pledged",
        form="announcement",
        parties=[party(UTO), described("the fishermen of the coast")],
        asserted_by=[person(JANE), party(RUR), described("a tired diplomat")],
        agenda=None,
        topics=[],
        evidence=[
            says("commitment form parties", "Utopia will drop visas"),
            says("asserted_by", "According to Roe, Ruritania and a tired diplomat", despite="All three say so."),
            says("text", "Utopia will drop visas for the fishermen of the coast"),
            says("parties", "the fishermen of the coast"),
        ],
    ),
    item(
        "quotes",
        f"{CONGRESS}.doors",
        kind="direct",
        text="We will open our doors again",
        # the first of Jane Roe's two parts by id
        speakers=[{**person(JANE), "delegate": ref("delegates", f"{CONGRESS}.a-chair", "Jane Roe")}],
        speaker_title="Foreign Minister",
        via=None,
        topics=["embassies", "trade"],
        evidence=[
            says("speakers", "Roe said"),
            says("speaker_title", "Foreign Minister Jane Roe"),
            says("text", "We will open our doors again"),
        ],
    ),
    item(
        "quotes",
        f"{CONGRESS}.mood",
        kind="partial",
        text="frank and friendly",
        speakers=[
            {**person(RUDOLF), "delegate": ref("delegates", f"{CONGRESS}.king-rudolf", "King Rudolf")},
            {**party(UTO), "delegate": None},
            {**described("the many neighbours"), "delegate": None},
        ],
        speaker_title=None,
        via=None,
        topics=[],
        evidence=[
            says("speakers", "The word of Rudolf, Utopia and the many neighbours"),
            says("text", "frank and friendly"),
        ],
    ),
    item(
        "quotes",
        f"{CONGRESS}.stays-away",
        kind="indirect",
        text="would not come",
        speakers=[{**person(RUDOLF), "delegate": ref("delegates", f"{CONGRESS}.king-rudolf", "King Rudolf")}],
        speaker_title=None,
        via=person(ANN),
        topics=[],
        evidence=[
            says("speakers", "The King, Ann Speaker said", "There is one king in the article."),
            says("via", "Ann Speaker said"),
            says("text", "would not come"),
        ],
    ),
    item(
        "quotes",
        f"{CONGRESS}.memory",
        kind="partial",
        text="will not forget",
        speakers=[{**described("a foreign diplomat"), "delegate": None}],
        speaker_title=None,
        via=described("the Wire"),
        topics=[],
        evidence=[
            says("text", "will not forget", source=WIRE_REF, text=WIRE),
            says("speakers", "a foreign diplomat told the Wire", source=WIRE_REF, text=WIRE),
            says("via", "told the Wire", source=WIRE_REF, text=WIRE),
        ],
    ),
    item(
        "people",
        "jane-roe",
        name="Jane Roe",
        other_names=["J. Roe"],
        wikidata="Q42",
        counts={"meetings": 1, "delegates": 2, "quotes": 1},
    ),
    item(
        "people",
        "ann-speaker",
        name="Ann Speaker",
        other_names=[],
        wikidata=None,
        counts=dict.fromkeys(("meetings", "delegates", "quotes"), 0),
    ),
    item(
        "parties",
        "uto",
        kind="state",
        name="Utopia",
        other_names=["Utopian", "Utopians"],
        country="SUN",
        wikidata="Q7",
        counts={"meetings": 1, "delegates": 1, "agreements": 2, "quotes": 1},
    ),
    item(
        "parties",
        "league",
        kind="organization",
        name="Utopian League",
        other_names=[],
        country=None,
        wikidata=None,
        counts={"meetings": 0, "delegates": 1, "agreements": 0, "quotes": 1},
    ),
    item(
        "sources",
        "gazette",
        text_url=f"{PUBLIC_URL}/sources/gazette/text",
        title="Utopia and Ruritania meet in Vienna",
        language="en-GB",
        publisher="The Gazette",
        issued_by=[UTO, AUT],
        author="A. Writer",
        source_url="https://gazette.example/a?b=c#top",
        published_on="2024-05",
        licence="CC0-1.0",
        access="full",
        quotation_marks="double",
        paragraphs="blocks",
        cites=["The Wire", "AP"],
        sha256=sha256(GAZETTE.encode()).hexdigest(),
        length=len(GAZETTE),
    ),
    item(
        "sources",
        "leaflet",
        text_url=None,
        title="A leaflet",
        language="und",
        publisher=None,
        issued_by=[],
        author=None,
        source_url=None,
        published_on=None,
        licence=None,
        access="excerpt",
        quotation_marks="double",
        paragraphs=None,
        cites=[],
        sha256=sha256(LEAFLET.encode()).hexdigest(),
        length=len(LEAFLET),
    ),
    item(
        "meetings",
        "bare",
        title="A meeting of which little is known",
        summary=None,
        status="planned",
        format="multilateral",
        **dict.fromkeys(("mode", "start_date", "end_date", "first_day", "last_day", "date_precision")),
        **dict.fromkeys(("duration", "place", "host", "reviewed_by")),
        parties=[{**described("all of us"), "role": "principal"}],
        topics=[],
        sources=[ref("sources", "leaflet", "A leaflet")],
        agenda=[],
        counts={"delegates": 1, "agreements": 1, "quotes": 1},
        evidence=[
            says("status format", None, "It says so little."),
            says("parties", "all of us", source=ref("sources", "leaflet", "A leaflet"), text=LEAFLET),
        ],
    ),
]


def without_evidence_ids(value: Json) -> Json:
    """An item whose evidence has lost its ids and addresses, which were of the form that they have."""
    if isinstance(value, list):
        return [without_evidence_ids(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = {name: without_evidence_ids(inner) for name, inner in value.items()}
    for evidence in kept.get("evidence", []):
        assert re.fullmatch(rf"{re.escape(value['id'])}\.[0-9a-f]{{12}}", evidence["id"])
        assert evidence.pop("url") == f"{PUBLIC_URL}/evidence/{evidence.pop('id')}"
    return kept


@pytest.mark.parametrize(("address", "expected"), EXPECTED, ids=[address for address, _ in EXPECTED])
def test_an_item_has_every_field_null_or_empty_where_nothing_is_known(
    served: Served, address: str, expected: Json
) -> None:
    assert without_evidence_ids(served.json(address)) == expected
    assert list(served.json(address))[:2] == ["id", "url"]


@pytest.mark.parametrize("path", ITEMS)
def test_an_item_is_the_same_model_in_a_list_and_alone(served: Served, path: str) -> None:
    for item in served.all(path):
        assert item["url"] == f"{PUBLIC_URL}{path}/{item['id']}"
        assert served.json(item["url"]) == item
    assert len({tuple(item) for item in served.all(path)}) == 1, "every field is always there"
    assert len({item["id"] for item in served.all(path)}) == len(served.all(path))


def shapes(value: Json, name: str = "item") -> set[tuple[str, tuple[str, ...]]]:
    """The field names of every object in an answer, with the name that it stands under."""
    found = set()
    if isinstance(value, dict):
        found.add((name, tuple(value)))
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found |= shapes(inner, name if isinstance(value, list) else str(key))
    return found


ACTOR = {("kind", "id", "name", "url")}


@pytest.mark.parametrize(
    ("path", "field", "forms"),
    [
        ("/meetings", "host", {("id", "name", "url")}),
        ("/meetings", "parties", {("kind", "id", "name", "url", "role")}),
        ("/meetings", "sources", {("id", "title", "url")}),
        ("/meetings", "place", {("city", "country", "wikidata")}),
        ("/meetings", "duration", {("value", "approximate")}),
        ("/meetings", "reviewed_by", {("name", "on")}),
        ("/meetings", "counts", {("delegates", "agreements", "quotes")}),
        ("/meetings", "agenda", {("id", "url", "read_url", "title", "outcome", "evidence")}),
        ("/agenda", "meeting", {("id", "title", "url", "start_date", "country")}),
        ("/agenda", "agreements", {("id", "title", "url")}),
        ("/delegates", "meeting", {("id", "title", "url", "start_date", "country")}),
        ("/delegates", "person", {("id", "name", "url")}),
        ("/delegates", "party", {("id", "name", "url")}),
        ("/delegates", "source", {("id", "title", "url")}),
        ("/agreements", "parties", ACTOR),
        ("/agreements", "asserted_by", ACTOR),
        ("/agreements", "agenda", {("id", "title", "url")}),
        ("/quotes", "speakers", {("kind", "id", "name", "url", "delegate")}),
        ("/quotes", "delegate", {("id", "name", "url")}),
        ("/quotes", "via", ACTOR),
        ("/people", "counts", {("meetings", "delegates", "quotes")}),
        ("/parties", "counts", {("meetings", "delegates", "agreements", "quotes")}),
        ("/sources", "issued_by", {("id", "name", "url")}),
        ("/evidence", "record", {("kind", "id", "url")}),
        (
            "/quotes",
            "evidence",
            {("id", "url", "fields", "basis", "words", "note", "despite", "source", "start", "end")},
        ),
    ],
)
def test_references_and_actors_have_one_form(
    served: Served, path: str, field: str, forms: set[tuple[str, ...]]
) -> None:
    assert {names for name, names in shapes(served.all(path)) if name == field} == forms


def test_a_speakers_delegate_is_the_first_by_id_of_that_person_in_the_meeting(served: Served) -> None:
    for quote in served.all("/quotes"):
        for speaker in quote["speakers"]:
            parts = [
                delegate["id"]
                for delegate in served.all("/delegates")
                if delegate["meeting"] == quote["meeting"]
                and delegate["person"]
                and delegate["person"]["id"] == speaker["id"]
            ]
            found = speaker["delegate"]["id"] if speaker["delegate"] else None
            assert found == min(parts, default=None)
            assert not found or speaker["delegate"]["name"] == speaker["name"]


# Addresses.


def test_every_address_in_every_response_is_public_and_can_be_fetched(served: Served) -> None:
    found: Counter[str] = Counter()
    for path in ITEMS:
        found.update(urls(served.all(path)))
        found.update(urls(served.json(f"{path}?limit=1")))
    own = {item["url"] for path in ITEMS for item in served.all(path)}  # fetched above, each one
    assert own < found.keys() and len(own) > 300
    for address in found.keys() - own:
        assert served.get(address).status_code == 200, address
    for address in found:
        assert address.startswith(f"{PUBLIC_URL}/") and "#" not in address


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8443"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"},
        {
            "X-Forwarded-For": "203.0.113.7",
            "X-Forwarded-Port": "1",
            "X-Original-URL": "/evil",
            "X-Rewrite-URL": "/evil",
        },
        {"Forwarded": "for=203.0.113.7;host=evil.example;proto=https"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "address", ["/quotes?limit=1", f"/meetings/{CONGRESS}/readout", "/nowhere", "/openapi.json", "/meetings?x=1"]
)
def test_no_header_bends_an_response(served: Served, headers: dict[str, str], address: str) -> None:
    plain, bent = served.get(address), served.get(address, headers=headers)
    assert bent.content == plain.content
    assert "evil" not in str(bent.headers)


# Evidence and texts.


RECORDS = ("/meetings", "/agenda", "/delegates", "/agreements", "/quotes")
"""The lists whose items have evidence."""


@pytest.mark.parametrize("path", RECORDS)
def test_the_short_form_of_evidence_is_the_long_one_without_its_place(served: Served, path: str) -> None:
    for item in served.all(path):
        for short in item["evidence"]:
            long = one(served, "/evidence", short["id"])
            assert {name: long[name] for name in short} == short
            assert short["id"].rsplit(".", 1)[0] == long["record"]["id"]


def test_all_evidence_is_in_its_record_and_only_there(served: Served) -> None:
    in_records = [evidence["id"] for path in RECORDS for item in served.all(path) for evidence in item["evidence"]]
    assert sorted(in_records) == [evidence["id"] for evidence in served.all("/evidence")]


def test_a_meeting_has_its_agenda_as_the_list_has_it(served: Served) -> None:
    in_meetings = {item["id"]: item for meeting in served.all("/meetings") for item in meeting["agenda"]}
    assert len(in_meetings) == len(served.all("/agenda")) > 10
    for item in served.all("/agenda"):
        shown = in_meetings[item["id"]]
        assert {name: item[name] for name in shown} == shown
        assert item["id"].split(".")[0] == item["meeting"]["id"]


def test_an_agenda_item_has_the_agreements_that_name_it(served: Served) -> None:
    for item in served.all("/agenda"):
        own = [each for each in served.all("/agreements") if each["agenda"] and each["agenda"]["id"] == item["id"]]
        assert item["agreements"] == [{name: each[name] for name in ("id", "title", "url")} for each in own]
    assert len({len(item["agreements"]) for item in served.all("/agenda")}) > 1


KINDS = {
    "meeting": "meetings",
    "agenda_item": "agenda",
    "delegate": "delegates",
    "agreement": "agreements",
    "quote": "quotes",
}


def test_evidence_names_its_record(served: Served) -> None:
    for evidence in served.all("/evidence"):
        record = evidence["record"]
        assert record["url"] == f"{PUBLIC_URL}/{KINDS[record['kind']]}/{record['id']}"
        assert evidence["id"].startswith(f"{record['id']}.")
    assert {evidence["record"]["kind"] for evidence in served.all("/evidence")} == {*KINDS}


def test_the_slice_of_the_text_is_the_words_and_the_text_is_the_sources(served: Served) -> None:
    """For every evidence entry served."""
    texts: dict[str, str] = {}
    for source in served.all("/sources"):
        if source["access"] == "full":
            response = served.get(source["text_url"])
            assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
            assert sha256(response.content).hexdigest() == source["sha256"]
            texts[source["id"]] = response.content.decode()
            assert len(texts[source["id"]]) == source["length"]
    proved = 0
    for evidence in served.all("/evidence"):
        if evidence["words"] is not None and evidence["source"]["id"] in texts:
            text, start, end = texts[evidence["source"]["id"]], evidence["start"], evidence["end"]
            assert text[start:end] == evidence["words"]
            assert evidence["prefix"] == text[max(0, start - 40) : start]
            assert evidence["suffix"] == text[end : end + 40]
            assert evidence["verified"] is True
            proved += 1
    assert proved > 100


def test_a_text_is_served_as_decoded_without_mark_and_with_its_line_ends(served: Served) -> None:
    assert served.get("/sources/gazette/text").content == GAZETTE.encode()
    assert "\r\n" in GAZETTE and "🕊" in GAZETTE


@pytest.mark.parametrize("source", ["wire", "leaflet"])
def test_responses_about_an_excerpt_have_only_cited_words(served: Served, source: str) -> None:
    document = problem(served.get(f"/sources/{source}/text"), 403, "text_withheld")
    assert source in document["detail"]
    cited = served.walk(f"/evidence?source={source}&limit=100")
    assert cited
    for evidence in cited:
        assert evidence["prefix"] is evidence["suffix"] is None
        assert evidence["verified"] is True
        assert evidence["words"] and evidence["start"] is not None


@pytest.mark.parametrize("text", ["Roe smiled", "the day,", "saw the crowd; it"])
def test_the_rest_of_an_excerpt_stands_in_no_response(served: Served, text: str) -> None:
    addresses = [f"{path}?limit=100" for path in ITEMS] + [f"/meetings/{CONGRESS}/readout", "/meetings/bare/readout"]
    assert text in WIRE + LEAFLET
    assert not [address for address in addresses if text in served.get(address).text]


def evidence_for(served: Served, record: str, words: str | None) -> Json:
    (found,) = [e for e in served.walk(f"/evidence?record={record}&limit=100") if e["words"] == words]
    return found


@pytest.mark.parametrize(
    ("record", "words", "source_url"),
    [
        (f"{CONGRESS}.mood", "frank and friendly", "https://gazette.example/a?b=c#top:~:text=frank%20and%20friendly"),
        (
            f"{CONGRESS}.stays-away",
            "The King, Ann Speaker said",
            "https://gazette.example/a?b=c#top:~:text=The%20King%2C%20Ann%20Speaker%20said",
        ),
        (f"{CONGRESS}.memory", "will not forget", "https://wire.example/1#:~:text=will%20not%20forget"),
        ("bare.cheers", "the crowd", None),
    ],
)
def test_source_url_leads_to_the_words_by_a_text_fragment(
    served: Served, record: str, words: str, source_url: str | None
) -> None:
    assert evidence_for(served, record, words)["source_url"] == source_url


def test_read_url_is_the_place_in_the_reader_page(served: Served) -> None:
    evidence = evidence_for(served, f"{CONGRESS}.mood", "frank and friendly")
    assert evidence["read_url"].startswith(f"{PUBLIC_URL}/read/{CONGRESS}#")


OF_ITS_PLACE = ("words", "source", "start", "end", "prefix", "suffix", "read_url", "source_url", "verified")


def test_evidence_without_words_has_null_places(served: Served) -> None:
    without = [evidence for evidence in served.all("/evidence") if evidence["words"] is None]
    assert without
    for evidence in without:
        assert [evidence[name] for name in OF_ITS_PLACE] == [None] * len(OF_ITS_PLACE)
        assert evidence["note"] and evidence["basis"] == "inferred"


def test_prefix_and_suffix_are_shorter_at_the_ends_of_a_text(served: Served) -> None:
    for evidence in served.walk("/evidence?source=gazette&source=almanac&limit=100"):
        length = one(served, "/sources", evidence["source"]["id"])["length"]
        assert len(evidence["prefix"]) == min(40, evidence["start"])
        assert len(evidence["suffix"]) == min(40, length - evidence["end"])
    starts = [evidence["start"] for evidence in served.walk("/evidence?source=almanac&limit=100")]
    assert 0 in starts, "words that a text begins with"


@pytest.mark.parametrize("change", ["text = substr(text, 1, 41) || 'X' || substr(text, 43)", "text = text || ' '"])
def test_verified_is_false_once_the_stored_text_is_not_the_one_that_was_proved(
    serve: Serve, world: World, change: str
) -> None:
    served = serve(of=world.database)
    execute(
        served.database,
        f"UPDATE source_text SET {change} WHERE source_key = (SELECT key FROM source WHERE id = 'gazette')",
    )
    assert {e["verified"] for e in served.walk("/evidence?source=gazette&limit=100")} == {False}
    assert {e["verified"] for e in served.walk("/evidence?source=wire&limit=100")} == {True}


# The readout.


def test_a_readout_is_the_meeting_whole_in_the_items_own_models(served: Served) -> None:
    for meeting in served.all("/meetings"):
        readout = served.json(f"{meeting['url']}/readout")
        assert list(readout) == ["meeting", "sources", "agenda", "delegates", "agreements", "quotes"]
        assert readout["meeting"] == meeting
        assert readout["sources"] == [one(served, "/sources", source["id"]) for source in meeting["sources"]]
        for name in ("agenda", "delegates", "agreements", "quotes"):
            assert readout[name] == served.walk(f"/{name}?meeting={meeting['id']}&sort=place&limit=100")


def test_a_problem_names_the_kind_of_item_in_words(served: Served) -> None:
    missing = problem(served.get("/agenda/nobody"), 404, "not_found")
    assert missing["detail"] == "There is no agenda item `nobody`."
