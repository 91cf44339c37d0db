"""The definitions of a draft: its people and parties with their ids and the names that the article uses."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.enums import PartyKind
from seed.draft.people.entities import Entity
from seed.draft.proposal.proposal import Doubt
from seed.draft.proposal.yaml_writer import Flow
from seed.draft.text.countries import BY_FORM, Country
from seed.proof.names import forms, names
from seed.proof.review import PLACEHOLDER_PARTY, PLACEHOLDER_PERSON, TODO
from seed.proof.word_search import fold

_LONGEST_SLUG, _LONGEST_LABEL = 60, 300
_SIMILAR = 5
"""The first letters that an adjective shares with its country: `Utopian` and `Utopia`."""


@dataclass(slots=True)
class Definition:
    """A proposed person or, with a `kind`, party; `used_forms` are its names as written."""

    id: str
    name: str
    kind: PartyKind | None = None
    country: str | None = None
    used_forms: dict[str, None] = field(default_factory=dict)

    def written(self) -> Flow:
        known = forms(self.name, (), self.kind is None)
        others = [form for form in self.used_forms if not names(fold(form), known)]
        return Flow(id=self.id, kind=self.kind, name=self.name, other_names=others or None, country=self.country)

    @property
    def doubt(self) -> Doubt | None:
        if self.name == TODO:
            who = "somebody whom the quotes name" if self.kind is None else "who is represented"
            return Doubt(("id", "name"), f"{who}; give the name and an id, here and where the id stands")
        return Doubt(("kind",), "its kind") if self.kind and not self.country else None


class Definitions:
    """All people and parties that a draft may refer to, by id."""

    def __init__(self) -> None:
        self._known: dict[str, Definition] = {}
        self._of: dict[object, Definition] = {}

    def person_or_party(self, entity: Entity) -> str:
        """The id of an entity, which is defined if it is new."""
        if entity.is_person:
            return self._define(entity, entity.name, None, entity.forms).id
        countries = [BY_FORM[form] for form in (entity.name, *entity.forms) if form in BY_FORM]
        if countries:
            return self.state(countries[0], *(form for form in entity.forms if BY_FORM.get(form) is countries[0]))
        return self._define(entity, entity.name, PartyKind.organization, entity.forms).id

    def state(self, country: Country, *used_forms: str) -> str:
        definition = self._define(country, country.name, PartyKind.state, {}, country.id)
        definition.country = country.code
        definition.used_forms |= dict.fromkeys(used_forms)
        return definition.id

    def party_like(self, adjective: str) -> str | None:
        """The id of the party that an adjective is derived from, whose name it becomes as well; or None."""
        for definition in self._known.values():
            similar = definition.name[:_SIMILAR] == adjective[:_SIMILAR] and len(adjective) > _SIMILAR
            if definition.kind is not None and similar:
                definition.used_forms[adjective] = None
                return definition.id
        return None

    def unknown_party(self) -> str:
        return self._define("party", TODO, PartyKind.state, {}, PLACEHOLDER_PARTY).id

    def unknown_speaker(self) -> str:
        return self._define("speaker", TODO, None, {}, PLACEHOLDER_PERSON).id

    def name(self, id: str) -> str:
        return self._known[id].name

    def names(self, id: str, words: str) -> bool:
        """Whether words name a person or party, by the rules of the proof."""
        definition = self._known[id]
        return names(fold(words), forms(definition.name, tuple(definition.used_forms), definition.kind is None))

    def is_party(self, id: str) -> bool:
        return self._known[id].kind is not None

    def used(self, ids: set[str], parties: bool) -> list[Definition]:
        """The definitions with one of the ids: the parties, or the people."""
        return [definition for id, definition in self._known.items() if id in ids and self.is_party(id) is parties]

    def _define(
        self, key: object, name: str, kind: PartyKind | None, used_forms: dict[str, None], id: str = ""
    ) -> Definition:
        if key not in self._of:
            name = name[:_LONGEST_LABEL]
            unique = unique_slug(id or name, self._known, "party" if kind else "person")
            self._of[key] = self._known[unique] = Definition(unique, name, kind, None, dict(used_forms))
        return self._of[key]


def slug(text: str, otherwise: str) -> str:
    """An id made of a text: its letters and digits without accents, cut between words; `otherwise` if it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", plain))
    while parts and len("-".join(parts)) > _LONGEST_SLUG:
        parts.pop()
    return "-".join(parts) or otherwise


def unique_slug(text: str, taken: dict[str, Definition] | set[str], otherwise: str) -> str:
    base = slug(text, otherwise)
    number, unique = 1, base
    while unique in taken:
        number += 1
        unique = f"{base}-{number}"
    return unique
