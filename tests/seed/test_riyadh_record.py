"""The record that ships: the facts of the article on the talks in Riyadh, as the record has them, and proved."""

import hashlib
from pathlib import Path

import pytest

import seed
from app.enums import RecordKind
from seed.dataset.dataset import Dataset
from seed.proof.result import Proved, ProvedFacts
from seed.record.models import Agreement, Delegate, Meeting, Quote, Record, Source

FOLDER = Path(seed.__file__).parent / "summits/riyadh-2025-02-18"
SHA256 = "ce1501ce13cb138ded97be16446c116d73157d0b57bfd9ea66458e4226f9563c"

LAVROV, DMITRIEV = "Foreign Minister", "head of the Russian Direct Investment Fund"


@pytest.fixture(scope="module")
def proved() -> Proved:
    (outcome,) = Dataset.of([FOLDER]).prove()
    assert outcome.proved, outcome
    return outcome.proved


@pytest.fixture(scope="module")
def record(proved: Proved) -> Record:
    return proved.record


def of(proved: Proved, kind: RecordKind) -> list[ProvedFacts]:
    return [facts for facts in proved.facts if facts.kind is kind]


def words(facts: ProvedFacts, field: str) -> list[str]:
    """The words that state, or from which is inferred, a field; whitespace as one space."""
    places = [evidence.passage for evidence in facts.evidence if field in evidence.fields and evidence.passage]
    return [" ".join(place.words.split()) for place in places]


def test_the_article_is_verbatim(record: Record) -> None:
    assert hashlib.sha256((FOLDER / "article.txt").read_bytes()).hexdigest() == SHA256
    (source,) = record.sources
    assert isinstance(source, Source) and source.sha256 == SHA256
    assert source.title == "U.S. and Russia agree to normalize ties and seek Ukraine peace"
    assert (source.language, source.access, list(source.cites)) == (
        "en",
        "full",
        ["RT.com", "FoxNews.com", "TheGuardian.com"],
    )
    unsaid = (source.publisher, source.author, source.url, source.published_on, source.licence)
    assert unsaid == (None,) * 5 and source.issued_by == ()


def test_every_slice_is_the_articles(proved: Proved) -> None:
    text = (FOLDER / "article.txt").read_bytes().decode()
    places = [evidence.passage for facts in proved.facts for evidence in facts.evidence if evidence.passage]
    assert len(places) > 60 and all(place.words == text[place.start : place.end] for place in places)


def test_the_meeting(proved: Proved) -> None:
    (facts,) = of(proved, RecordKind.meeting)
    meeting = facts.part
    assert isinstance(meeting, Meeting)
    assert (meeting.id, meeting.status, meeting.format, meeting.mode) == (
        "riyadh-2025-02-18",
        "held",
        "bilateral",
        "in_person",
    )
    assert (meeting.start_date, meeting.end_date, meeting.host) == ("2025-02-18", None, None)
    assert meeting.place and meeting.duration
    assert (meeting.place.city, meeting.place.country, meeting.place.wikidata) == ("Riyadh", "SAU", "Q3692")
    assert (meeting.duration.value, meeting.duration.approximate) == ("PT4H30M", True)
    assert words(facts, "duration") == ["The meeting, which lasted nearly 4.5 hours", "met in Riyadh for 4.5 hours"]
    assert sorted(participant.party or "" for participant in meeting.parties) == ["rus", "usa"]


def test_tuesday_is_no_date_so_the_date_is_inferred(proved: Proved) -> None:
    (facts,) = of(proved, RecordKind.meeting)
    (evidence,) = [evidence for evidence in facts.evidence if "start_date" in evidence.fields]
    assert evidence.basis == "inferred" and evidence.note and "Tuesday" in evidence.note
    assert evidence.passage and "Tuesday" in evidence.passage.words


@pytest.mark.parametrize(
    ("id", "name", "wikidata"),
    [
        ("marco-rubio", "Marco Rubio", "Q324546"),
        ("mike-waltz", "Mike Waltz", "Q55386653"),
        ("sergey-lavrov", "Sergey Lavrov", "Q58217"),
        ("yury-ushakov", "Yury Ushakov", None),
        ("kirill-dmitriev", "Kirill Dmitriev", None),
        ("rus", "Russia", "Q159"),
        ("usa", "United States", "Q30"),
    ],
)
def test_people_and_parties_with_the_wikidata_ids_that_are_certain(
    id: str, name: str, wikidata: str | None, record: Record
) -> None:
    people = [(person.id, person.name, person.wikidata) for person in record.people]
    parties = [(party.id, party.name, party.wikidata) for party in record.parties]
    assert (id, name, wikidata) in [*people, *parties]


@pytest.mark.parametrize(
    ("person", "party", "title", "said"),
    [
        ("sergey-lavrov", "rus", LAVROV, "The Russian delegation, led by Foreign Minister Sergey Lavrov"),
        ("yury-ushakov", "rus", "presidential aide", "and presidential aide Yury Ushakov"),
        ("marco-rubio", "usa", "Secretary of State", "a US team headed by Secretary of State Marco Rubio"),
        ("mike-waltz", "usa", "National Security Adviser", "and National Security Adviser Mike Waltz"),
    ],
)
def test_the_delegates_with_their_titles(person: str, party: str, title: str, said: str, proved: Proved) -> None:
    (facts,) = [each for each in of(proved, RecordKind.delegate) if each.id == f"riyadh-2025-02-18.{person}"]
    delegate = facts.part
    assert isinstance(delegate, Delegate)
    assert (delegate.person, delegate.party, delegate.title, delegate.attendance) == (person, party, title, "present")
    assert delegate.role == "head"  # the article has both named members of each side lead it
    assert any(said in each for each in words(facts, "title"))


def test_there_are_four_delegates_and_dmitriev_is_none(record: Record) -> None:
    assert sorted(delegate.person or "" for delegate in record.delegates) == [
        "marco-rubio",
        "mike-waltz",
        "sergey-lavrov",
        "yury-ushakov",
    ]


AGREEMENTS = [
    ("restore-missions", "agreed", [], "the agreement to restore the normal functioning of diplomatic missions"),
    ("appoint-ambassadors", "willingness", [], "Both sides expressed a willingness to move forward"),
    ("peace-talks-framework", "willingness", [], "the creation of a framework for Ukraine peace talks"),
    ("remove-barriers", "pledged", ["sergey-lavrov"], "both countries will work to remove"),
    ("high-level-teams", "agreed", [], "The U.S. and Russia also agreed to form high-level teams"),
    ("sustainable-peace", "willingness", [], "expressed a commitment to finding a sustainable peace agreement"),
]


@pytest.mark.parametrize(("id", "commitment", "asserted_by", "said"), AGREEMENTS)
def test_the_agreements_with_the_commitment_that_their_verb_carries(
    id: str, commitment: str, asserted_by: list[str], said: str, proved: Proved
) -> None:
    assert len(of(proved, RecordKind.agreement)) == len(AGREEMENTS)
    (facts,) = [each for each in of(proved, RecordKind.agreement) if each.id == f"riyadh-2025-02-18.{id}"]
    agreement = facts.part
    assert isinstance(agreement, Agreement)
    assert (agreement.commitment, list(agreement.asserted_by)) == (commitment, asserted_by)
    assert agreement.form == ("announcement" if asserted_by else "reported")
    assert set(agreement.parties) == {"usa", "rus"}
    assert any(said in each for each in words(facts, "commitment"))


def test_discussed_and_open_topics_are_agenda_items(record: Record) -> None:
    assert {item.id: item.outcome.value for item in record.meeting.agenda} == {
        "normalization": "discussed",
        "diplomatic-missions": "agreed",
        "ambassadors": "discussed",
        "artificial-barriers": "discussed",
        "ending-the-conflict": "discussed",
        "peace-talks-framework": "discussed",
        "peace-terms": "open",
        "economic-opportunities": "discussed",
        "return-of-companies": "discussed",
    }


QUOTES = [
    ("sergey-lavrov", LAVROV, "indirect", 'both countries will work to remove the "artificial barriers"'),
    ("sergey-lavrov", LAVROV, "partial", "artificial barriers"),
    ("sergey-lavrov", LAVROV, "indirect", "the Russian position remains firm on Ukraine's NATO aspirations"),
    ("sergey-lavrov", LAVROV, "indirect", "the absorption of Ukraine into the alliance would pose a direct threat"),
    ("sergey-lavrov", LAVROV, "indirect", "the U.S. has begun to better understand Russia's concerns"),
    ("marco-rubio", "Secretary of State", "indirect", "acknowledged the need for a comprehensive approach"),
    ("marco-rubio", "Secretary of State", "indirect", "the terms of the end to the conflict must be acceptable"),
    ("kirill-dmitriev", DMITRIEV, "indirect", "American companies could return to Russia"),
    ("kirill-dmitriev", DMITRIEV, "indirect", "highlighting the mutual benefits of cooperation"),
    ("kirill-dmitriev", DMITRIEV, "direct", "U.S. oil majors have done very well in Russia, and we believe"),
    ("mike-waltz", "National Security Adviser", "indirect", "emphasized the need for a permanent end to the war"),
    ("mike-waltz", "National Security Adviser", "direct", "This needs to be a permanent end to the war and not a"),
]


@pytest.mark.parametrize(("speaker", "title", "kind", "begins"), QUOTES, ids=[text for *_, text in QUOTES])
def test_the_quotes_with_their_kinds_and_speakers(
    speaker: str, title: str, kind: str, begins: str, proved: Proved
) -> None:
    assert len(of(proved, RecordKind.quote)) == len(QUOTES)
    (facts,) = [each for each in of(proved, RecordKind.quote) if (each.text or "").startswith(begins)]
    quote = facts.part
    assert isinstance(quote, Quote)
    assert (quote.speakers, quote.speaker_title, quote.kind, quote.via) == ((speaker,), title, kind, None)
    assert any(speaker.split("-")[1].title() in each for each in words(facts, "speakers"))


def test_the_text_is_the_articles_with_its_own_marks(proved: Proved) -> None:
    texts = [facts.text for facts in of(proved, RecordKind.quote)]
    assert "This needs to be a permanent end to the war and not a temporary end as we’ve seen in the past." in texts
    assert not any("s.”" in (text or "") for text in texts)
