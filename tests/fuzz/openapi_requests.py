"""Requests made from an OpenAPI document, and what the document permits as the response to each."""

import json
import re
from collections.abc import Container, Iterator
from dataclasses import asdict, dataclass, field
from math import inf
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from jsonschema import Draft202012Validator

from app.dates import days
from tests.api.openapi_parts import operations, resolved, validator
from tests.api.serving import Json
from tests.fuzz.fuzzing import ODD

METHODS = ["GET"] * 16 + ["HEAD", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]
HEADERS = {
    "Accept": ["*/*", "application/json", "text/html", "application/json;q=0", "text/*;q=x", ",", "a" * 2_000],
    "Accept-Encoding": ["br", "zstd", "gzip;q=0.5, *;q=0", "identity;q=0", ";q", "", "br," * 3_000],
    "If-None-Match": ["*", 'W/"x"', '"', "x,", "", '"x",' * 500],
    "If-Range": ['"x"', "Wed, 19 Feb 2025 21:20:00 GMT", ""],
    "Range": [
        "bytes=0-",
        "bytes=-1",
        "bytes=5-2",
        "bytes=0-1,3-4",
        "lines=1-2",
        f"bytes={'9' * 30}-",
        "bytes=0-0," * 400,
    ],
    "X-Request-ID": ["a", "a b", "x" * 300, ""],
    "X-Forwarded-For": ["::1", "198.51.100.7, unknown", "1," * 3_000],
    "Cookie": ["a=b;" * 1_000],
    "Cache-Control": ["no-cache"],
    "Content-Type": ["application/json"],
}
RAW_QUERIES = [
    "%ff=%ff",
    "%zz",
    "limit=1;limit=2",
    "&&&",
    "=",
    "?",
    "limit",
    "q=%",
    "q=%00",
    "a[]=1&a[]=2",
    "limit=%2B5",
]
OTHER_PATHS = ["/nothing", "/", "//", "/%2F", "/read", "/read/{id}", "/read/people/{id}", "/read/parties/{id}"]
OTHER_PATHS += ["/read/search", "/read/{id}/citation.bib", "/metrics", "/docs", "/openapi.json", "/static/{id}", "/.."]
OF_EVERY_PATH = {204, 308, 405, 414, 431}
"""Statuses that the introduction of the document describes, or HTTP itself."""


@dataclass
class FuzzRequest:
    """A request: its path as it is sent, without the query; the operation of the document if it is one's."""

    path: str
    params: list[tuple[str, str]] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    method: str = "GET"
    template: str = ""
    raw_query: str = ""

    def __post_init__(self) -> None:
        self.params = [(name, value) for name, value in self.params]  # tuples also of a corpus's lists

    @property
    def address(self) -> str:
        query = self.raw_query or urlencode(self.params)
        return f"{self.path}?{query}" if query else self.path

    def is_documented(self, operations: Container[str]) -> bool:
        """Whether the document says what the response is: the path is one of it, and the parameters are readable."""
        return self.template in operations and not self.raw_query and not self.path.endswith("/")

    def has(self, header: str) -> bool:
        return any(name.lower() == header.lower() for name, _ in self.headers)

    def __str__(self) -> str:
        """The request as a line of the corpus."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass
class Parameter:
    """A query parameter of an operation."""

    name: str
    many: bool
    schema: Json
    validator: Draft202012Validator
    most: float = inf
    """How often it may be given."""
    is_list: bool = False
    """Whether one value has several, with commas between them."""

    def fits(self, value: str) -> bool:
        """Whether the document permits one value; a number is written as JSON writes it."""
        if self.is_list:
            return all(map(self.validator.is_valid, value.split(",")))
        typed: Any = value
        if self.schema.get("type") == "integer":
            typed = int(value) if re.fullmatch("-?(0|[1-9][0-9]{0,30})", value) else value
        return self.validator.is_valid(typed)

    @property
    def is_free(self) -> bool:
        """Whether values are text that is no enumeration, of which the service may refuse some that fit the schema."""
        return self.schema.get("type") == "string" and "enum" not in self.schema and not self.many

    def examples(self) -> list[str]:
        """Good values that the document has, and those at the bounds of a number, on both sides."""
        bounds = [
            self.schema[key] + step for key in ("minimum", "maximum") if key in self.schema for step in (-1, 0, 1)
        ]
        values = [*self.schema.get("enum", []), *bounds, *self.schema.get("examples", [])]
        return [str(each) for value in values for each in (value if isinstance(value, list) else [value])]


class DocumentedApi:
    """The operations of an OpenAPI document: requests for them, and what each may respond."""

    def __init__(self, document: Json, known: dict[str, list[str]]) -> None:
        self.document = document
        self.operations = dict(operations(document))
        self._known = known
        self._ids = [id for ids in known.values() for id in ids]
        self._validators: dict[str, Draft202012Validator] = {}
        self._parameters = {path: self._read_parameters(operation) for path, operation in self.operations.items()}

    def parameters(self, template: str) -> dict[str, Parameter]:
        return self._parameters.get(template, {})

    def request(self, random: Random) -> FuzzRequest:
        """A random request."""
        template = random.choice([*self.operations, *self.operations, *OTHER_PATHS])
        request = FuzzRequest(self._path(random, template), template=template, method=random.choice(METHODS))
        if "%2F" in request.path or "//" in request.path:
            request.template = ""  # the path is of no operation
        request.params = [self._param(random, template) for _ in range(random.choice([0, 0, 1, 1, 2, 3, 5, 12]))]
        if random.random() < 0.02:
            request.raw_query = random.choice(RAW_QUERIES)
        if random.random() < 0.005:
            request.params *= 500
        names = random.sample(list(HEADERS), random.choice([0, 0, 0, 1, 2, len(HEADERS)]))
        request.headers = [(name, random.choice(HEADERS[name])) for name in names]
        return request

    def filters(self, random: Random, path: str) -> list[tuple[str, str]]:
        """Some filters of a list with good values, some of them repeated."""
        others = {"limit", "cursor", "sort", "fields"}
        filters = [each for each in self.parameters(path).values() if each.name not in others]
        params: list[tuple[str, str]] = []
        for _ in range(random.choice([1, 2, 2, 3, 4])):
            each = random.choice(filters)
            good = [value for value in each.examples() + self._of_name(each.name) if each.fits(value)]
            if each.is_free:  # a search takes at most 32 words
                good = [" ".join(value.split()[:10]) for value in good if value.split()]
            if each.many or all(name != each.name for name, _ in params):
                params += [(each.name, value) for value in random.sample(good, min(len(good), 1 + each.many))]
        return params

    def permitted(self, request: FuzzRequest) -> Iterator[tuple[int, str | None]]:
        """The statuses that the document permits; of an error also the code."""
        if request.method not in ("GET", "HEAD"):
            yield (204, None) if request.method == "OPTIONS" else (405, "method_not_allowed")
            return
        if request.has("Accept"):
            yield 406, "not_acceptable"
        known = self.parameters(request.template)
        strict = not request.template.startswith("/exports/")
        errors = sorted(self._errors(request, known)) if strict else []
        if errors:
            yield 422, errors[0][1]
            return
        free = [name for name, _ in request.params if name in known and known[name].is_free]
        yield from ((422, code) for code in ("invalid_parameter", "invalid_cursor") if free)
        if "{" not in request.template:
            yield 200, None
        else:
            yield from (
                (status, code) for status, code in _OF_ITEMS if str(status) in self._responses(request.template)
            )
        if request.has("If-None-Match"):
            yield 304, None

    def _errors(self, request: FuzzRequest, known: dict[str, Parameter]) -> Iterator[tuple[float, str]]:
        """The codes of the errors in the parameters, each with its place: a repetition is at its last value."""
        values: dict[str, list[tuple[int, str]]] = {}
        for place, (name, value) in enumerate(request.params):
            values.setdefault(name, []).append((place, value))
        for name, each in values.items():
            if name not in known:
                yield each[0][0], "unknown_parameter"
            elif len(each) > known[name].most:
                yield each[-1][0], "invalid_parameter"
            else:
                yield from ((place, "invalid_parameter") for place, value in each if not known[name].fits(value))
        meetings = (
            [known["meeting"].fits(value) for _, value in values.get("meeting", ())] if "meeting" in known else []
        )
        if meetings != [True] and all(meetings) and [value for _, value in values.get("sort", ())] == ["place"]:
            yield values["sort"][0][0], "invalid_parameter"  # it is the order of the articles of one meeting
        for span in ("date", "published"):
            given = [values.get(f"{span}_{end}", []) for end in ("from", "to")]
            if f"{span}_to" in known and all(len(each) == 1 and known[f"{span}_to"].fits(each[0][1]) for each in given):
                ((_, first),), ((place, last),) = given
                if _is_before(last, first):
                    yield place, "invalid_parameter"
        if request.template == "/search":
            yield from self._errors_of_search({name: each for name, each in values.items() if name in known})
        if self.required(request.template) - values.keys():
            yield inf, "invalid_parameter"

    def _errors_of_search(self, values: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[float, str]]:
        """A search needs a query or a filter, and finds evidence alone."""
        if not values.keys() - {"facet", "limit", "cursor", "sort"}:
            yield inf, "invalid_parameter"
        kinds = values.get("kind", [])
        if len({kind for _, kind in kinds}) > 1 and "evidence" in [kind for _, kind in kinds]:
            yield kinds[-1][0], "invalid_parameter"

    def required(self, template: str) -> set[str]:
        """The names of the query parameters that an operation needs."""
        declared = self.operations.get(template, {}).get("parameters", [])
        return {each["name"] for each in declared if each["in"] == "query" and each.get("required")}

    def validator(self, schema: Json, partial: bool) -> Draft202012Validator:
        """The validator of a response's schema, made once; `partial` if the request has `fields`."""
        key = json.dumps([schema, partial])
        if key not in self._validators:
            self._validators[key] = validator(self.document, schema, partial)
        return self._validators[key]

    def _responses(self, template: str) -> Json:
        return self.operations[template]["responses"]

    def _read_parameters(self, operation: Json) -> dict[str, Parameter]:
        found = {}
        for each in operation.get("parameters", []):
            if each["in"] == "query":
                schema = each["schema"]
                is_array, is_list = schema.get("type") == "array", not each.get("explode", True)
                many = is_array and not is_list
                one = resolved(self.document, schema["items"] if is_array else schema)
                examples = {"examples": schema.get("examples", [])} | one
                validator = Draft202012Validator({**one, "components": self.document["components"]})
                most = schema.get("maxItems", inf) if many else 1
                found[each["name"]] = Parameter(each["name"], many, examples, validator, most, is_list)
        return found

    def _path(self, random: Random, template: str) -> str:
        ids = self._of_path(template) if random.random() < 0.8 else random.choice([self._ids, ODD])
        path = re.sub(r"\{\w+\}", lambda _: quote(random.choice(ids), safe=""), template)
        return path + random.choice([""] * 40 + ["/", "%2F", "//"])

    def _of_path(self, template: str) -> list[str]:
        """Values of a path's parameter: the ids of its list, or those of its enumeration."""
        declared = self.operations.get(template, {}).get("parameters", [])
        enum = [value for each in declared if each["in"] == "path" for value in each["schema"].get("enum", [])]
        return enum or self._known.get(template.partition("/{")[0]) or self._ids

    def _param(self, random: Random, template: str) -> tuple[str, str]:
        known = self.parameters(template)
        if not known or random.random() < 0.06:
            return random.choice([*ODD, "parties", "person", "limits"]), random.choice([*self._ids, *ODD])
        each = random.choice(list(known.values()))
        chosen = random.choice([each.examples(), each.examples(), self._of_name(each.name), ODD]) or self._ids
        return each.name, random.choice(chosen)

    def _of_name(self, name: str) -> list[str]:
        """Ids of what a parameter seems to name."""
        lists = [ids for path, ids in self._known.items() if path[1:4] == name[:3]]
        return [id for ids in lists for id in ids] or self._ids


_OF_ITEMS = [(200, None), (206, None), (403, "text_withheld"), (404, "not_found"), (410, "gone")]
_OF_ITEMS += [(416, "range_not_satisfiable")]


def _is_before(last: str, first: str) -> bool:
    """Whether a span ends before it begins. The document permits days that do not exist, which the service refuses."""
    try:
        return days(last)[1] < days(first)[0]
    except ValueError:
        return False
