"""The scalar types of a record: which text each accepts, for the loader and, as JSON Schema, for editors.

A scalar is the text as written (`2025`, `no`, `"42"`), so a text field accepts any of them; null is None.
"""

import re
import unicodedata
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from app.dates import PARTIAL_DATE, days

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
DURATION = r"P(?!$)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?!$)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
LABEL_LENGTH = 300
ADDRESS_LENGTH = 2_000
TAG_LENGTH = 35
"""The longest language tag; RFC 5646, section 4.4.1, says that it is enough for all."""

DURATION_LENGTH = 50
PART_ADDRESS_LENGTH = 120
TEXT_LENGTH = 5_000
MOST_ITEMS = 100
"""The most items of a list inside a part of a record, such as its evidence."""

MOST_PARTS = 2_000
"""The most items of a list of parts, such as the quotes of a record."""

HIGHEST_ORDINAL = 1_000
SCALAR = ["string", "number", "boolean"]  # what an editor takes for a scalar as it is written


def is_slug(text: str) -> bool:
    return len(text) <= 100 and re.fullmatch(SLUG, text) is not None


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return _check_length(text, TEXT_LENGTH)


def _check_length(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"is longer than {longest:,} characters")
    return text


def _one_line(text: str) -> str:
    return " ".join(_words(text).split())


def _label(text: str) -> str:
    return _check_length(_one_line(text), LABEL_LENGTH)


def _date(text: str) -> str:
    days(text)
    return text


def _web_address(text: str) -> str:
    """An address of the web. RFC 3986, section 3.2.1, advises against a user and a password in it."""
    for place, character in enumerate(text, 1):
        if character in _NOT_IN_ADDRESSES or is_invisible(character):
            name = unicodedata.name(character, "a control character")
            encoded = quote(character, safe="")
            raise ValueError(
                f"holds U+{ord(character):04X} ({name}) as character {place}: take it out, or write it as {encoded}"
            )
    try:
        address = urlsplit(text)
        well_formed = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ValueError("is not an address that begins with http:// or https://")
    if "@" in address.netloc:
        raise ValueError(f"names a user before the host, {address.hostname}: take out what is before the @")
    return text


_NOT_IN_ADDRESSES = '<>"\\^`{|}'
_BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Characters without ink that Unicode counts as letters, marks or symbols."""


def is_invisible(character: str) -> bool:
    """Whether a character leaves no ink: a space, a control, a format character, or one without a meaning."""
    is_selector = "\ufe00" <= character <= "\ufe0f"
    return unicodedata.category(character)[0] in "ZC" or character in _BLANK or is_selector


def _truth(scalar: Any) -> Any:
    return {"true": True, "false": False}.get(scalar, scalar) if isinstance(scalar, str) else scalar


def _whole_number(scalar: Any) -> Any:
    return int(scalar) if isinstance(scalar, str) and re.fullmatch(r"[0-9]{1,9}", scalar) else scalar


def _pattern(pattern: str, meaning: str) -> AfterValidator:
    matches = re.compile(pattern).fullmatch

    def check(text: str) -> str:
        if not matches(text):
            raise ValueError(meaning)
        return text

    return AfterValidator(check)


def _at_most(length: int) -> AfterValidator:
    return AfterValidator(lambda text: _check_length(text, length))


def _schema(pattern: str, longest: int | None = None) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": f"^{pattern}$", **({"maxLength": longest} if longest is not None else {})}
    )


def _different(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(ids)) < len(ids):
        raise ValueError("holds the same one twice")
    return ids


Slug = Annotated[
    str,
    _pattern(rf"(?=.{{1,100}}$){SLUG}", "is not a slug: lowercase letters, digits and single hyphens, at most 100"),
    WithJsonSchema({"type": SCALAR, "pattern": f"^{SLUG}$", "maxLength": 100}),
]
_PART = rf"(meeting|(agenda|delegates|agreements|quotes|parties|people|sources)/{SLUG})"
PartAddress = Annotated[
    str,
    _at_most(PART_ADDRESS_LENGTH),
    _pattern(_PART, "is not `meeting`, or a list and an id, such as `quotes/the-sea`"),
    _schema(_PART, PART_ADDRESS_LENGTH),
]
_TEXT_SCHEMA = WithJsonSchema({"type": SCALAR, "pattern": r"\S", "maxLength": TEXT_LENGTH})
Words = Annotated[str, AfterValidator(_words), _TEXT_SCHEMA]
Text = Annotated[str, AfterValidator(_one_line), _TEXT_SCHEMA]
Label = Annotated[
    str, AfterValidator(_label), WithJsonSchema({"type": SCALAR, "pattern": r"\S", "maxLength": LABEL_LENGTH})
]
Date = Annotated[
    str,
    AfterValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{PARTIAL_DATE}$"}),
]
Duration = Annotated[
    str,
    _at_most(DURATION_LENGTH),
    _pattern(DURATION, "is not an ISO 8601 duration, such as PT2H30M"),
    _schema(DURATION, DURATION_LENGTH),
]
Language = Annotated[
    str,
    _at_most(TAG_LENGTH),
    _pattern(LANGUAGE, "is not a BCP 47 language tag, such as en"),
    _schema(LANGUAGE, TAG_LENGTH),
]
Country = Annotated[str, _pattern("[A-Z]{3}", "is not three capitals (ISO 3166), such as AUT"), _schema("[A-Z]{3}")]
Wikidata = Annotated[
    str, _pattern("Q[1-9][0-9]{0,11}", "is not a Wikidata id, such as Q40"), _schema("Q[1-9][0-9]{0,11}")
]
Sha256 = Annotated[str, _pattern("[0-9a-f]{64}", "is not 64 lowercase hex digits"), _schema("[0-9a-f]{64}")]
WebAddress = Annotated[
    str,
    _at_most(ADDRESS_LENGTH),
    AfterValidator(_web_address),
    _schema(r"https?://[^\s<>\"\\^`{|}@/?#]+([/?#][^\s<>\"\\^`{|}]*)?", ADDRESS_LENGTH),
]
Slugs = Annotated[tuple[Slug, ...], Field(max_length=MOST_ITEMS), AfterValidator(_different)]
Labels = Annotated[tuple[Label, ...], Field(max_length=MOST_ITEMS)]
Truth = Annotated[bool, BeforeValidator(_truth), Field(strict=True)]
Ordinal = Annotated[
    int,
    BeforeValidator(_whole_number),
    Field(strict=True, ge=1, le=HIGHEST_ORDINAL),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": HIGHEST_ORDINAL}),
]
