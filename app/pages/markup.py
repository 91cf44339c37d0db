"""The smallest parts of pages as HTML: names, links to actors, values of facts, segments of articles.

A page has thousands of them, and a macro of a template takes several times as long as a function.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from app.api.resources.sources import Source
from app.enums import PartyRole, QuoteKind
from app.pages import labels
from app.pages.annotated_text import Citation, Passage, Segment
from app.pages.fact_cards import Card, Fact, Item, Note, Part, Value


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


def _value(value: Value, base: str, source: Source | None, card: Card) -> str:
    """A value of a fact with its label; the words of an agreement or a quote as a quotation."""
    if value.field == "text":
        said = "said indirect" if card.kind == "quote" and card.item["kind"] == QuoteKind.indirect else "said"
        language = source["language"] if source else None
        way = f'lang="{language}" dir="{labels.direction(language)}"' if language else 'dir="auto"'
        return f'<q class="{said}" {way}>{escape(str(value))}</q>'
    parts = ", ".join([_part(part, base) for part in value.parts])
    return f'<span class="label">{value.label}</span>\n<span class="value">{parts}</span>'


@dataclass(frozen=True, slots=True)
class FactWriter:
    """Writes the facts of a meeting's page."""

    base: str
    sources: Mapping[str, Source]

    def facts(self, facts: Iterable[Fact], card: Card) -> Markup:
        """Facts of a record as a list; nothing without facts."""
        rows = "".join([self._fact(fact, card) for fact in facts])
        return Markup(f"<ul>\n{rows}</ul>" if rows else "")

    def _fact(self, fact: Fact, card: Card) -> str:
        source = self.sources[fact.source_id] if fact.source_id else None
        values = [
            f'<span class="field {value.field}">{_value(value, self.base, source, card)}</span>'
            for value in fact.values
        ]
        references = [self._reference(note, fact.has_several_sources) for note in fact.notes]
        return (
            f'<li class="fact{" inferred" if fact.is_inferred else ""}{_classes(fact.notes)}">\n<p class="says">\n'
            f"{' '.join(values)}\n{' '.join(references)}\n</p>\n{''.join(map(_reasons, fact.notes))}</li>\n"
        )

    def _reference(self, note: Note, names_source: bool) -> str:
        """The link from a fact to its words, and the place of the fact for links to it."""
        if note.number is None:
            return f'<span class="ref e{note.mark}" id="f-{note.id}"></span>'
        text = str(note.number)
        if names_source and note.source:
            text += f" {_bdi(self.sources[note.source['id']]['publisher'] or note.source['title'])}"
        label = f"To the words, note {note.number}"
        return f'<a class="ref e{note.mark}" id="f-{note.id}" href="#e-{note.id}" aria-label="{label}">{text}</a>'


def _reasons(note: Note) -> str:
    """The reason for an inference, and the reviewer's reply to a warning."""
    reasons = ""
    if note.reason:
        place = "" if note.number else f' id="e-{note.id}"'
        text = f'<b>Inferred.</b> <span dir="auto">{escape(note.reason)}</span>'
        reasons += f'<p class="why e{note.mark}"{place}>{text}</p>\n'
    if note.answer:
        text = f'<b>Checked again.</b> <span dir="auto">{escape(note.answer)}</span>'
        reasons += f'<p class="why e{note.mark}">{text}</p>\n'
    return reasons


def _classes(evidence: Iterable[Note | Citation]) -> str:
    """The classes of evidence, by which its words and its facts are highlighted together."""
    return "".join([f" e{each.mark}" for each in evidence])


def _anchors(citations: Iterable[Citation]) -> str:
    """The targets of links to the words of evidence."""
    return "".join([f'<span class="at e{citation.mark}" id="e-{citation.id}"></span>' for citation in citations])


def passage_note(
    passage: Passage,
    is_hidden: bool,
    language: str,
    words: str,
    address: str | None,
    proved: Iterable[tuple[Fact, Card, Note]],
) -> Markup:
    """The note of a passage: its words, where they stand at the publisher, and the facts that rest on them.

    The article does not show the words of a hidden passage, so links to them lead to the note.
    """
    number, out = passage.number, ""
    if address:
        label = f"The words of note {number} at the publisher"
        out = f'<a class="out" href="{escape(address)}" rel="noopener" aria-label="{label}">at the publisher</a>\n'
    return Markup(
        f'<li class="note{_classes(passage.citations)}" id="n-{number}" value="{number}">\n'
        f"{_anchors(passage.citations) if is_hidden else ''}"
        f'<a class="back" href="#e-{passage.citations[0].id}" aria-label="Back to the words of note {number}">↑</a>\n'
        f'<q lang="{language}" dir="{labels.direction(language)}">{escape(words)}</q>\n{out}'
        f"<ul>\n{_proved_facts(proved)}</ul>\n</li>"
    )


def _proved_facts(proved: Iterable[tuple[Fact, Card, Note]]) -> str:
    """The facts that rest on a passage, as links."""
    rows = []
    for fact, card, note in proved:
        inferred = " (inferred)" if note.reason else ""
        rows.append(f'<li><a href="#f-{note.id}">{isolated(card.names)}</a>: {_brief(fact)}{inferred}</li>\n')
    return "".join(rows)


def _brief(fact: Fact) -> str:
    """A fact in a line, without the text of an agreement or a quote, which repeats the words of the evidence."""
    return "; ".join(map(_brief_value, fact.values))


def segments(paragraph: Iterable[Segment]) -> Markup:
    """The segments of a paragraph. Nothing stands between their words but tags."""
    return Markup("".join(map(_segment, paragraph)))


def _segment(segment: Segment) -> str:
    """A segment of an article: a link to a note if a passage begins with it, and marked if it is cited."""
    anchors = "".join([_anchors(passage.citations) for passage in segment.begin])
    text = escape(segment.text)
    if not segment.citations:
        return f"{anchors}{text}"
    kind = f"s d{min(segment.depth, 4)}{'' if segment.is_stated else ' guessed'}"
    attributes = f'class="{kind}{_classes(segment.citations)}"'
    if segment.end:
        attributes += f' data-notes="{" ".join([str(passage.number) for passage in segment.end])}"'
    if not segment.begin:
        return f"{anchors}<span {attributes}>{text}</span>"
    note = segment.begin[0].number
    return f'{anchors}<a {attributes} href="#n-{note}" aria-label="{text}, note {note}">{text}</a>'


def _part(part: Part, base: str) -> str:
    return _bdi(part) if isinstance(part, str) else linked(part, base)


def _brief_value(value: Value) -> str:
    if value.field == "text":
        return value.label
    names = [_bdi(part if isinstance(part, str) else part["name"]) for part in value.parts]
    return f"{value.label}: {', '.join(names)}"


def _bdi(name: str) -> str:
    return f"<bdi>{escape(name)}</bdi>"


FILTERS: dict[str, Callable[..., Markup]] = {
    "isolated": isolated,
    "linked": linked,
    "note": passage_note,
    "segments": segments,
}
"""The functions by their names in templates."""
