"""Pages taken apart, to be asked what they hold."""

import re
from html.parser import HTMLParser

EMPTY = ("meta", "link", "input", "img", "line", "circle", "rect")


class Parsed(HTMLParser):
    """A page's elements, and the text of those with a class, without note numbers."""

    def __init__(self, page: str, of: str = "set") -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._of, self._open = of, list[tuple[str, bool]]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in EMPTY:
            classes = given.get("class", "").split()
            within = self._open[-1][1] if self._open else False
            self._open.append((tag, (within or self._of in classes) and "n" not in classes))
            if within and tag in ("p", "h2", "h3"):
                self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._open.pop()[0] == tag, "elements are nested"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.text += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


class NotIsolated(HTMLParser):
    """The texts of a page that hold one of some names, and are neither the name in a `bdi` nor a block with a `dir`, nor a reason.

    The title and the data of a page have no elements, and each text of a drawing is on a line of its own.
    """

    OTHERS = ("title", "text", "script")

    def __init__(self, page: str, names: set[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._names, self._open = names, list[tuple[str, bool]]()
        self._any_name = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            given = dict(attrs)
            is_reason = "why" in (given.get("class") or "").split()
            self._open.append((tag, is_reason or (tag != "span" and "dir" in given)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._any_name.search(data) and not self._is_isolated(data):
            self.found.append(data)

    def _is_isolated(self, data: str) -> bool:
        inside = [tag for tag, _ in self._open]
        has_direction = any(has for _, has in self._open)
        return has_direction or any(tag in inside for tag in self.OTHERS) or ("bdi" in inside and data in self._names)
