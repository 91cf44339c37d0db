"""Characters that no article and no record may have: with them, a text is not what it looks like.

They are the bidirectional controls (U+202A–E, U+2066–9), noncharacters, and controls other than tab and line ends
(Unicode Standard, 23.1, 23.7 and Unicode Standard Annex 9). Search marks matches with such characters.
"""

import re
import unicodedata
from dataclasses import dataclass

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BIDIRECTIONAL = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_REFUSED = re.compile(f"[{_CONTROLS}{_BIDIRECTIONAL}{_NONCHARACTERS}]")

_CONTROL_NAMES = {"\0": "NULL", "\x07": "ALERT", "\b": "BACKSPACE", "\v": "LINE TABULATION", "\f": "FORM FEED"} | {
    "\x1a": "SUBSTITUTE",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
"""Unicode's names of controls that occur in files (NameAliases.txt); `unicodedata.name` knows names of no control."""


@dataclass(frozen=True, slots=True)
class RefusedCharacter:
    """A refused character in a text; line and column count from 1."""

    character: str
    line: int
    column: int

    def __str__(self) -> str:
        """The message that names the character and says how to delete it."""
        code = f"{ord(self.character):04X}"
        delete = rf"`perl -CSD -pi -e 's/\x{{{code}}}//g' FILE`"
        return (
            f"{_name(self.character)} (U+{code}) is not allowed, because it cannot be seen or changes what is seen: "
            f"delete it, in an editor or with {delete}"
        )


def refused_character(text: str) -> RefusedCharacter | None:
    """The first refused character of a text."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    at = found.start()
    return RefusedCharacter(found[0], text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def without_refused(text: str) -> str:
    """A text with `?` for each refused character."""
    return _REFUSED.sub("?", text)


def _name(character: str) -> str:
    if unicodedata.category(character) == "Cn":
        return "A noncharacter"
    return unicodedata.name(character, "") or _CONTROL_NAMES.get(character, "A control character")
