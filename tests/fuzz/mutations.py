"""Records changed by edits that are data, so that a finding is a line of the corpus; the keys and values are the schema's.

An edit is a list: ["delete", path], ["set", path, value], ["copy", path, path], ["rename", path, key],
["insert", path, value], ["yaml", start, length, text], or ["article", start, length, text].
"""

from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import yaml

from seed.record.schema import record_schema
from seed.record.yaml_tree import compose
from tests.api.world import (
    BARE_RECORD,
    CONGRESS_RECORD,
    GAZETTE,
    LEAFLET,
    RIYADH,
    SUMMITS,
    WIRE,
)
from tests.fuzz.fuzzing import ODD
from tests.seed.samples import ARTICLE, RECORD

Node = Any
Edit = list[Any]

SHIPPED = (SUMMITS / RIYADH / "record.yaml").read_text(), (SUMMITS / RIYADH / "article.txt").read_text()

SAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "vienna": (RECORD, {"article.txt": ARTICLE}),
    "congress": (CONGRESS_RECORD, {"gazette.txt": GAZETTE, "wire.txt": WIRE}),
    "bare": (BARE_RECORD, {"leaflet.txt": LEAFLET}),
    "riyadh": (SHIPPED[0], {"article.txt": SHIPPED[1]}),
}
"""The records that are changed: the text of each, and its articles by file."""

TREES: dict[str, Node] = {name: compose(text).plain() for name, (text, _) in SAMPLES.items()}

SCHEMA = record_schema()


@dataclass
class ChangedRecord:
    """A record with some edits; `text` instead is a whole text of a record, without edits."""

    sample: str = "vienna"
    edits: list[Edit] | None = None
    text: list[str] | None = None

    @property
    def record(self) -> str:
        """The text of the record."""
        if self.text is not None:
            return "".join(self.text)
        tree = deepcopy(TREES[self.sample])
        for edit in self._edits("delete", "set", "copy", "rename", "insert"):
            apply(tree, edit)
        text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        return _spliced(text, self._edits("yaml"))

    @property
    def articles(self) -> dict[str, str]:
        """The texts of the articles by file; the first one has the edits."""
        articles = dict(SAMPLES[self.sample][1])
        first = next(iter(articles))
        return articles | {first: _spliced(articles[first], self._edits("article"))}

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in {"record.yaml": self.record, **self.articles}.items():
            (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
        return folder

    def _edits(self, *kinds: str) -> list[Edit]:
        return [edit for edit in self.edits or [] if edit[0] in kinds]


def _spliced(text: str, edits: list[Edit]) -> str:
    for _, start, length, replacement in edits:
        text = text[:start] + replacement + text[start + length :]
    return text


def apply(tree: Node, edit: Edit) -> None:
    """Apply an edit of a tree; one whose path another edit has removed does nothing."""
    kind, path, *values = edit
    try:
        parent = at(tree, path[:-1])
        if kind == "delete":
            del parent[path[-1]]
        elif kind == "rename":
            parent[values[0]] = parent.pop(path[-1])
        elif kind == "insert" and isinstance(parent, list):
            parent.insert(path[-1], deepcopy(values[0]))
        else:
            parent[path[-1]] = at(tree, values[0]) if kind == "copy" else deepcopy(values[0])
    except (KeyError, IndexError, TypeError, AttributeError):
        return


def at(tree: Node, path: list[Any]) -> Node:
    for step in path:
        tree = tree[step]
    return tree


def random_change(random: Random) -> ChangedRecord:
    """A sample with some random edits."""
    name = random.choice(["vienna", "vienna", "congress", "congress", "bare", "riyadh"])
    text, articles = SAMPLES[name]
    edits = [random_edit(random, name) for _ in range(random.choice([1, 1, 1, 2, 4, 8]))]
    if random.random() < 0.1:
        edits.append(_random_splice(random, "yaml", len(text)))
    if random.random() < 0.1:
        edits.append(_random_splice(random, "article", len(next(iter(articles.values())))))
    return ChangedRecord(name, edits)


def random_edit(random: Random, sample: str) -> Edit:
    """A random edit of one node of a sample."""
    places = _PLACES[sample]
    path, value, schema = random.choice(places)
    other, _, _ = random.choice(places)
    match random.randrange(12):
        case 0:
            return ["delete", path]
        case 1:
            return ["copy", path, other]
        case 2:
            return ["rename", path, random.choice([*ODD, str(other[-1]), *_KEYS])]
        case 3:
            return ["set", path, random.choice(ODD)]
        case 4:
            replacements: list[Any] = [None, [], {}, [value], {"id": value}, [value] * 2, 1, 0.5, True, "text"]
            return ["set", path, random.choice(replacements)]
        case 5:
            return ["insert", path, value]
        case 6 if isinstance(value, str | list):
            return ["set", path, value * random.choice([2, 50, 5_000 if isinstance(value, str) else 50])]
        case 7 if isinstance(value, str):
            start = random.randrange(len(value) + 1)
            odd = random.choice(ODD)[:100]
            return ["set", path, value[:start] + odd + value[start + random.randrange(3) :]]
        case 8 | 9:
            return _schema_edit(random, sample)
    return ["set", path, random_value(random, schema)]


def _schema_edit(random: Random, sample: str) -> Edit:
    """Set a key that the schema has, in any mapping, to a value of the schema."""
    mappings = [(path, schema) for path, value, schema in _PLACES[sample] if isinstance(value, dict)]
    path, schema = random.choice([([], SCHEMA), *mappings])
    options = [each for each in _options(schema) if "properties" in each]
    if not options:
        return ["delete", path or ["meeting"]]
    key, inner = random.choice(list(random.choice(options)["properties"].items()))
    return ["set", [*path, key], random_value(random, inner)]


def random_value(random: Random, schema: Node, depth: int = 0) -> Node:
    """A value of a schema, with a word of the samples for what only has a pattern."""
    one = random.choice(_options(schema) or [{}])
    if "enum" in one or "const" in one:
        return random.choice(one.get("enum") or [one["const"]])
    types = one.get("type", [])
    if types == "array" and depth < 5:
        return [random_value(random, one["items"], depth + 1) for _ in range(random.choice([0, 1, 2]))]
    if types == "object" and depth < 5:
        return {key: random_value(random, inner, depth + 1) for key, inner in one.get("properties", {}).items()}
    if types == "null":
        return None
    return random.choice(_WORDS.get(one.get("pattern", ""), []) or ODD)


def _options(schema: Node) -> list[Node]:
    """The schemas that a schema permits one of, with references followed."""
    if "$ref" in schema:
        return _options(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    alternatives = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    return [option for each in alternatives for option in _options(each)] or [schema]


def places(node: Node, path: list[Any], schema: Node) -> list[tuple[list[Any], Node, Node]]:
    """Every place in a tree: its path, its value and its schema; that of an unknown key permits anything."""
    found: list[tuple[list[Any], Node, Node]] = []
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        inner = _inner(schema, key)
        found += [([*path, key], node[key], inner), *places(node[key], [*path, key], inner)]
    return found


def _inner(schema: Node, key: Any) -> Node:
    for option in _options(schema):
        if isinstance(key, int) and "items" in option:
            return option["items"]
        if key in option.get("properties", {}):
            return option["properties"][key]
    return {}


def _keys() -> list[str]:
    """Every key of the format."""
    models = [SCHEMA, *SCHEMA["$defs"].values()]
    return sorted({key for model in models for key in model.get("properties", {})})


def _words_of_samples() -> dict[str, list[str]]:
    """Values that the samples have for each pattern of the schema."""
    words: dict[str, list[str]] = {}
    for _, value, schema in chain.from_iterable(_PLACES.values()):
        for option in _options(schema) if isinstance(value, str) else ():
            words.setdefault(option.get("pattern", ""), []).append(value)
    return words


_PLACES = {name: places(tree, [], SCHEMA) for name, tree in TREES.items()}
_KEYS = _keys()
_WORDS = _words_of_samples()


def _random_splice(random: Random, kind: str, size: int) -> Edit:
    """Replace some characters of a text by odd ones."""
    return [
        kind,
        random.randrange(size),
        random.choice([0, 0, 1, 20, 200]),
        random.choice([*ODD, "&a ", "*a ", "\n", "- "]),
    ]
