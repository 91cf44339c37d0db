"""How to cite a fact, and a meeting."""

from app.pages.facts import Card, Fact
from app.reading import Reading
from app.resources.meetings import Meeting


def fact_citation(reading: Reading, meeting: Meeting, card: Card, fact: Fact) -> str:
    """A fact as a person cites it: what is said, the words, their source, the address, the dataset version."""
    note = fact.notes[0]
    evidence = note.evidence
    parts = [str(fact) if card.kind == "meeting" else f"{card.name}: {fact}"]
    if evidence["source"] and evidence["words"]:
        parts.append(f"“{' '.join(evidence['words'].split())}” ({evidence['source']['title']})")
    if evidence["note"]:
        parts.append(f"Inferred: {evidence['note'].rstrip('.')}")
    parts.append(f"In: {meeting['title']}, Readout, dataset version {reading.version}")
    parts.append(f"{reading.url('read', meeting['id'])}#e-{evidence['id']}")
    return ". ".join(parts)
