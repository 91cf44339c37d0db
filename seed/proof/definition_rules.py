"""Rules on what a record defines: country codes exist, names name somebody, and the meeting's id is not reserved."""

from collections.abc import Iterator

from app.enums import ReservedId
from seed.language.countries import code_of_country, country_codes
from seed.language.word_lists import ENGLISH, word_set
from seed.proof.definitions import Catalogue
from seed.proof.names import forms
from seed.proof.whole_words import has_word
from seed.record.faults import Code, Fault
from seed.record.models import Party, Person, Record
from seed.record.yaml_tree import Path


def faults_of_definitions(record: Record, catalogue: Catalogue) -> Iterator[Fault]:
    """Faults of the parties and people that a record itself defines, of its place, and of the meeting's id."""
    languages = tuple(language for id in record.source_ids if (language := catalogue.language(id)))
    for index, party in enumerate(record.parties):
        if party.id not in catalogue.unknown:  # its own fault says what is wrong with it
            yield from _names_of_nobody(party, ("parties", index), languages)
            yield from _country_of_party(party, ("parties", index, "country"), languages)
    for index, person in enumerate(record.people):
        if person.id not in catalogue.unknown:
            yield from _names_of_nobody(person, ("people", index), languages)
    if record.meeting.id in [*ReservedId]:
        message = (
            f"`{record.meeting.id}` is the address of another page: give the meeting another id, with its place or date"
        )
        yield Fault(Code.reserved_id, ("meeting", "id"), message)
    place = record.meeting.place
    if place is not None and place.country is not None and place.country not in country_codes():
        yield _no_country(place.country, None, ("meeting", "place", "country"))


def _country_of_party(party: Party, path: Path, languages: tuple[str, ...]) -> Iterator[Fault]:
    if party.country is not None and party.country not in country_codes():
        yield _no_country(party.country, code_of_country(party.name, (*languages[:1], ENGLISH)), path)


def _no_country(country: str, code: str | None, path: Path) -> Fault:
    advice = f"is it `{code}`?" if code else "take the alpha-3 code of the country, or leave `country` out"
    return Fault(Code.bad_value, path, f"`{country}` is no country code of ISO 3166: {advice}")


def _names_of_nobody(definition: Party | Person, path: Path, languages: tuple[str, ...]) -> Iterator[Fault]:
    """Faults of names that would be found in any words: lower-case function words, or no letter or digit."""
    function_words = frozenset[str]().union(*(word_set("function_words/closed_classes", tag) for tag in languages))
    own = forms(definition.name, (), isinstance(definition, Person))  # the name and a person's last name
    names: list[tuple[Path, str]] = [((*path, "name"), name) for name in own]
    names += [((*path, "other_names", index), name) for index, name in enumerate(definition.other_names)]
    for where, name in names:
        if not has_word(name) or function_words.issuperset(name.split()):
            yield Fault(Code.bad_value, where, f"“{name}” names nobody: give a name, as the article writes it")
