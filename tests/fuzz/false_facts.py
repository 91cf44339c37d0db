"""Facts made false by rules, from records that prove; fields and values are those of the record's models."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from app.enums import RecordKind
from seed.proof.articles import Article
from seed.proof.facts import ACTORS, DATES, FACTS, TITLES
from seed.record import models
from seed.record.yaml_tree import compose
from tests.fuzz.mutations import SAMPLES

Tree = Any

MODELS: dict[RecordKind, type[BaseModel]] = {
    RecordKind.meeting: models.Meeting,
    RecordKind.agenda_item: models.AgendaItem,
    RecordKind.delegate: models.Delegate,
    RecordKind.agreement: models.Agreement,
    RecordKind.quote: models.Quote,
}
FILLER = "\n\nThe weather was fine.\n\nThe streets were empty.\n\nNobody saw it.\n\n"


@dataclass
class Facts:
    """A record that proves, as a tree, with its articles by file."""

    record: Tree
    articles: dict[str, str]

    def changed(self, change: Callable[["Facts"], None]) -> "Facts":
        facts = Facts(deepcopy(self.record), dict(self.articles))
        change(facts)
        return facts

    def parts(self) -> Iterator[tuple[RecordKind, Tree]]:
        """The parts that have facts."""
        yield RecordKind.meeting, self.record["meeting"]
        yield from ((RecordKind.agenda_item, part) for part in self.record["meeting"].get("agenda", []))
        yield from ((RecordKind.delegate, part) for part in self.record.get("delegates", []))
        yield from ((RecordKind.agreement, part) for part in self.record.get("agreements", []))
        yield from ((RecordKind.quote, part) for part in self.record.get("quotes", []))

    def article_of(self, entry: Tree) -> str:
        """The file of an entry's article."""
        id = entry.get("source")
        return str(next(source["file"] for source in self.record["sources"] if id in (None, source["id"])))

    def write(self, folder: Path) -> None:
        text = yaml.dump(self.record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        for name, content in {"record.yaml": text, **self.articles}.items():
            (folder / name).write_bytes(content.encode())


@dataclass
class FalseFact:
    """A record with one false fact, of a kind."""

    kind: str
    what: str
    facts: Facts


def samples() -> list[Facts]:
    """The records whose facts are made false; no source pins its text, which would refuse every change of it."""
    found = [Facts(deepcopy(compose(text).plain()), articles) for text, articles in SAMPLES.values()]
    for facts in found:
        for source in facts.record["sources"]:
            source.pop("sha256", None)
    return found


def false_facts(facts: Facts) -> Iterator[FalseFact]:
    """Every false fact that the rules below make of a record."""
    for index, (kind, part) in enumerate(facts.parts()):
        for name in FACTS[kind]:
            if part.get(name):
                yield from _of_field(facts, index, kind, name)
        if kind in (RecordKind.agreement, RecordKind.quote):
            yield from _of_text(facts, index)
        if kind is RecordKind.quote:
            yield from _of_quote(facts, index)
    yield from _of_definitions(facts)


def _of_field(facts: Facts, index: int, kind: RecordKind, name: str) -> Iterator[FalseFact]:
    """False facts of one field of a part: of its words, and of its value if words state it."""
    yield from _of_words(facts, index, name)
    if list(_enumerations(MODELS[kind].model_fields[name].annotation)):
        yield from _of_negation(facts, index, name)
    if any("inferred" in entry for entry in _entries(_part(facts, index), name)):
        return
    yield from _of_enumeration(facts, index, kind, name)
    if name in DATES:
        yield from _of_date(facts, index, name)
    if name in ACTORS:
        yield from _of_actors(facts, index, name)
    if name in TITLES:
        yield from _of_title(facts, index, name)
    if name == "place":
        yield from _set(facts, index, "place changed", ["place", "city"], ["Atlantis"])


def _of_words(facts: Facts, index: int, name: str) -> Iterator[FalseFact]:
    """The words of a field cut inside a word, part of a longer word, and without a word."""
    for at, words in _stated(facts, index, name):
        for kind, cut in (("words cut at their beginning", words[1:]), ("words cut at their end", words[:-1])):
            if words[:2].isalpha() and words[-2:].isalpha():
                yield from _set(facts, index, kind, ["evidence", at, "words"], [cut])
        yield from _set(facts, index, "words without a word", ["evidence", at, "words"], [","])
        yield from _insert(facts, index, f"part of a longer word: {name}", at, "dis" if words[:1].islower() else "Non")


def _of_negation(facts: Facts, index: int, name: str) -> Iterator[FalseFact]:
    """The words of a field, which the article negates."""
    for at, words in _stated(facts, index, name):
        negation = "never " if words[:1].islower() else "It is not true that "
        yield from _insert(facts, index, f"negated: {name} {_part(facts, index)[name]}", at, negation)


def _insert(facts: Facts, index: int, kind: str, at: int, inserted: str) -> Iterator[FalseFact]:
    """Insert something into the article before the words of an entry, which stay the same."""
    entry = _part(facts, index)["evidence"][at]
    file = facts.article_of(entry)
    found = Article(file, facts.articles[file]).folded.find(entry["words"], int(entry.get("nth", 1)))
    if found:
        changed = facts.changed(partial(_insert_at, file=file, offset=found[-1][0], inserted=inserted))
        yield FalseFact(kind, f"{inserted}…{entry['words']}", changed)


def _insert_at(facts: Facts, file: str, offset: int, inserted: str) -> None:
    """Insert something into an article, and into all that the record cites across the place."""
    text = facts.articles[file]
    folded = Article(file, text).folded

    def adapted(value: Tree) -> Tree:
        if isinstance(value, dict):
            return {key: adapted(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [adapted(inner) for inner in value]
        for start, end in folded.find(value, 9) if isinstance(value, str) else ():
            if start < offset < end:
                return text[start:offset] + inserted + text[offset:end]
        return value

    facts.record = adapted(facts.record)
    facts.articles[file] = text[:offset] + inserted + text[offset:]


def _of_enumeration(facts: Facts, index: int, kind: RecordKind, name: str) -> Iterator[FalseFact]:
    """Each other value of an enumeration."""
    for enumeration in _enumerations(MODELS[kind].model_fields[name].annotation):
        others = [value.value for value in enumeration if value.value != _part(facts, index)[name]]
        yield from _set(facts, index, f"changed: {name}", [name], others)


def _enumerations(annotation: Any) -> Iterator[type[StrEnum]]:
    for each in (annotation, *get_args(annotation)):
        if isinstance(each, type) and issubclass(each, StrEnum):
            yield each


def _of_date(facts: Facts, index: int, name: str) -> Iterator[FalseFact]:
    date = _part(facts, index)[name]
    if len(date) == 10:
        year, month, day = map(int, date.split("-"))
        months = [other for other in range(1, 13) if other != month and day <= monthrange(year, other)[1]]
        yield from _set(facts, index, "month changed", [name], [f"{year}-{other:02}-{day:02}" for other in months])
        yield from _set(
            facts, index, "day changed", [name], [f"{date[:8]}{other:02}" for other in (8, 19) if other != day]
        )
    yield from _set(facts, index, "year changed", [name], [f"{int(date[:4]) + 1}{date[4:]}"])


def _of_actors(facts: Facts, index: int, name: str) -> Iterator[FalseFact]:
    """Another actor of the record in the place of each; of a delegate the id stays."""
    part = _part(facts, index)
    values = part[name] if isinstance(part[name], list) else [part[name]]
    for at, value in enumerate(values):
        path = [name, at] if isinstance(part[name], list) else [name]
        for kind in ("people", "parties"):
            ids = [each["id"] for each in facts.record.get(kind, [])]
            if value in ids:
                others = [id for id in ids if id not in values]
                yield from _set(facts, index, f"actor swapped: {name}", path, others[:4])


def _of_title(facts: Facts, index: int, name: str) -> Iterator[FalseFact]:
    title = _part(facts, index)[name]
    others = {part[key] for _, part in facts.parts() for key in TITLES if part.get(key)} - {title}
    yield from _set(facts, index, f"title cut: {name}", [name], [title[1:], title[:-1], title[2:]])
    yield from _set(facts, index, f"title of another: {name}", [name], sorted(others))


def _of_text(facts: Facts, index: int) -> Iterator[FalseFact]:
    """A text with other words, one whose parts are reversed, and one that is cut inside a word."""
    part = _part(facts, index)
    words = part["text"].split()
    entries = [entry for entry in part.get("evidence", []) if "text" in _says(entry)]
    yield from _set(facts, index, "text altered", ["text"], [" ".join(words[::-1])] if len(words) > 1 else [])
    if not entries and part["text"][:2].isalpha() and part["text"][-2:].isalpha():
        yield from _set(facts, index, "text cut", ["text"], [part["text"][1:], part["text"][:-1]])
    if len(words) > 3 and not entries:
        first, second = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])

        def reverse(changed: Facts) -> None:
            part = _part(changed, index)
            part["text"] = f"{second} {first}"
            part["evidence"] = [{"says": "text", "words": each} for each in (second, first)] + part.get("evidence", [])

        yield FalseFact("parts reversed", f"{second} {first}", facts.changed(reverse))


def _of_quote(facts: Facts, index: int) -> Iterator[FalseFact]:
    """Another kind of quote, and a speaker who is named long before the text."""
    kinds = [kind for kind in ("direct", "partial", "indirect") if kind != _part(facts, index)["kind"]]
    yield from _set(facts, index, "kind of quote changed", ["kind"], kinds)
    part = _part(facts, index)
    file = facts.record["sources"][0]["file"]
    folded = Article(file, facts.articles[file]).folded
    texts = folded.find(part["text"], 1)
    cited = [
        place for entry in _entries(part, "speakers") if "words" in entry for place in folded.find(entry["words"], 1)
    ]
    if texts and cited and all(end <= texts[0][0] for _, end in cited):
        between = max(end for _, end in cited)
        changed = facts.changed(partial(_insert_at, file=file, offset=between, inserted=FILLER))
        yield FalseFact("speaker far away", part["text"], changed)


def _of_definitions(facts: Facts) -> Iterator[FalseFact]:
    """Countries that are none, names that name anybody, and what nobody has written yet."""
    for at, _ in enumerate(facts.record.get("parties", [])):
        for code in ("GER", "ZZZ", "EUR"):
            yield _with(facts, "country that is none", ["parties", at, "country"], code)
        yield _with(facts, "name of function words", ["parties", at, "other_names"], ["the", "of"])
        yield _with(facts, "TODO left", ["parties", at, "name"], "TODO")
    for at, _ in enumerate(facts.record.get("people", [])):
        yield _with(facts, "name of function words", ["people", at, "other_names"], ["of the"])
        yield _with(facts, "TODO left", ["people", at, "name"], "TODO: who is this?")
    yield _with(facts, "country that is none", ["meeting", "place"], {"city": "Vienna", "country": "XYZ"})
    yield _with(facts, "TODO left", ["meeting", "title"], "TODO: a title")
    yield _with(facts, "record as its own article", ["sources", 0, "file"], "record.yaml")


def _with(facts: Facts, kind: str, path: list[Any], value: Any) -> FalseFact:
    def change(changed: Facts) -> None:
        _put(changed.record, path, value)

    return FalseFact(kind, f"{path[-1]}: {value}", facts.changed(change))


def _set(facts: Facts, index: int, kind: str, path: list[Any], values: Iterable[Any]) -> Iterator[FalseFact]:
    """False facts with other values at a path of a part."""
    for value in values:

        def change(changed: Facts, value: Any = value) -> None:
            part = _part(changed, index)
            if path[0] == "person":
                part.setdefault("id", part["person"])
            _put(part, path, value)

        shown = f"{_part(facts, index).get('id') or _part(facts, index).get('person')}.{path[-1]}: {value}"
        yield FalseFact(kind, shown, facts.changed(change))


def _put(tree: Tree, path: list[Any], value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


def _part(facts: Facts, index: int) -> Tree:
    return list(facts.parts())[index][1]


def _stated(facts: Facts, index: int, name: str) -> list[tuple[int, str]]:
    """The words that state a field, each with the index of its entry."""
    entries = enumerate(_part(facts, index).get("evidence", []))
    return [
        (at, entry["words"])
        for at, entry in entries
        if name in _says(entry) and "words" in entry and "inferred" not in entry
    ]


def _entries(part: Tree, name: str) -> list[Tree]:
    return [entry for entry in part.get("evidence", []) if name in _says(entry)]


def _says(entry: Tree) -> list[str]:
    return [entry["says"]] if isinstance(entry["says"], str) else entry["says"]
