"""The smallest parts of pages as HTML: names, links to actors, values of facts, segments of articles.

A page has thousands of them, and a macro of a template takes several times as long as a function.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from app.enums import PartyRole, QuoteKind
from app.pages import labels
from app.pages.annotated_text import Segment
from app.pages.fact_cards import Card, Fact, Item, Part, Value


def isolated(names: Iterable[str]) -> Markup:
    """Names with commas between them. The direction of each stays its own (HTML, `bdi`)."""
    return Markup(", ".join(map(_bdi, names)))


def linked(actor: Item, base: str) -> Markup:
    """The name of an actor, as a link to the actor's page if there is one, with its role if that is special."""
    name, role = _bdi(actor["name"]), actor.get("role")
    if actor["id"]:
        folder = "people" if actor["kind"] == "person" else "parties"
        name = f'<a href="{escape(base)}/read/{folder}/{actor["id"]}">{name}</a>'
    return Markup(name if role in (None, PartyRole.principal) else f"{name} ({labels.words(role)})")


def value_of(value: Value, base: str, source: Item | None, card: Card) -> Markup:
    """A value of a fact with its label; the words of an agreement or a quote as a quotation."""
    if value.field == "text":
        said = "said indirect" if card.kind == "quote" and card.item["kind"] == QuoteKind.indirect else "said"
        language = source["language"] if source else None
        way = f'lang="{language}" dir="{labels.direction(language)}"' if language else 'dir="auto"'
        return Markup(f'<q class="{said}" {way}>{escape(str(value))}</q>')
    parts = ", ".join([_part(part, base) for part in value.parts])
    return Markup(f'<span class="label">{escape(value.label)}</span>\n<span class="value">{parts}</span>')


def brief(fact: Fact) -> Markup:
    """A fact in a line, without the text of an agreement or a quote, which repeats the words of the evidence."""
    return Markup("; ".join([_brief(value) for value in fact.values]))


def segments(paragraph: Iterable[Segment]) -> Markup:
    """The segments of a paragraph. Nothing stands between their words but tags."""
    return Markup("".join(map(_segment, paragraph)))


def _segment(segment: Segment) -> str:
    """A segment of an article: a link to a note if a passage begins with it, and marked if it is cited."""
    anchors = "".join(
        [
            f'<span class="at e{citation.mark}" id="e-{citation.id}"></span>'
            for passage in segment.begin
            for citation in passage.citations
        ]
    )
    text = escape(segment.text)
    if not segment.citations:
        return f"{anchors}{text}"
    marks = "".join([f" e{citation.mark}" for citation in segment.citations])
    attributes = f'class="s d{min(segment.depth, 4)}{"" if segment.is_stated else " guessed"}{marks}"'
    if segment.end:
        attributes += f' data-notes="{" ".join([str(passage.number) for passage in segment.end])}"'
    if not segment.begin:
        return f"{anchors}<span {attributes}>{text}</span>"
    note = segment.begin[0].number
    return f'{anchors}<a {attributes} href="#n-{note}" aria-label="{text}, note {note}">{text}</a>'


def _part(part: Part, base: str) -> str:
    return _bdi(part) if isinstance(part, str) else linked(part, base)


def _brief(value: Value) -> str:
    if value.field == "text":
        return str(escape(value.label))
    names = [_bdi(part if isinstance(part, str) else part["name"]) for part in value.parts]
    return f"{escape(value.label)}: {', '.join(names)}"


def _bdi(name: str) -> str:
    return f"<bdi>{escape(name)}</bdi>"


FILTERS: dict[str, Callable[..., Markup]] = {
    "isolated": isolated,
    "linked": linked,
    "value": value_of,
    "brief": brief,
    "segments": segments,
}
"""The functions by their names in templates."""
