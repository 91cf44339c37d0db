"""The proof of one record: from it, its articles and the dataset's definitions to what it proves, or its faults."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from app.dates import days
from app.enums import DefinitionKind
from seed.proof.articles import Article
from seed.proof.citations import Citation, Citations
from seed.proof.definitions import SHARING_IDS, Catalogue, definitions, references
from seed.proof.result import Proved, ProvedFacts
from seed.proof.rules import (
    dates_in_words,
    evidence_for_no_field,
    fact_without_evidence,
    names_in_words,
    place_in_words,
    quotation_marks,
    text_in_words,
    titles_in_words,
)
from seed.proof.subjects import Subject, subjects
from seed.record.faults import Code, Fault
from seed.record.models import Meeting, Quote, Record, Source
from seed.record.yaml_tree import Path


def prove(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Proved | list[Fault]:
    """Prove a record. `articles` are by source id; the words of a source without one are passed over.

    `catalogue` holds the definitions of the whole dataset, the record's own among them.
    """
    citations = Citations(record, articles)
    cited = [(subject, citations.of(subject)) for subject in subjects(record)]
    faults = [
        *_of_the_record(record, articles, catalogue),
        *(fault for subject, found in cited for fault in _of_a_subject(subject, found, articles, catalogue)),
    ]
    if faults:
        return faults
    listed = {id: articles[id] for id in record.source_ids if id in articles}
    return Proved(record, tuple(_proved(subject, found) for subject, found in cited), listed)


def _of_a_subject(
    subject: Subject, citations: list[Citation], articles: Mapping[str, Article], catalogue: Catalogue
) -> Iterator[Fault]:
    yield from (citation.fault for citation in citations if citation.fault)
    yield from evidence_for_no_field(subject)
    yield from fact_without_evidence(subject, citations)
    yield from names_in_words(subject, citations, catalogue)
    yield from dates_in_words(subject, citations)
    yield from place_in_words(subject, citations)
    yield from titles_in_words(subject, citations, catalogue)
    yield from text_in_words(subject, citations)
    if isinstance(subject.part, Quote):
        yield from quotation_marks(subject.part, citations, articles, catalogue)


def _of_the_record(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Iterator[Fault]:
    if record.status == "draft":
        yield Fault(Code.draft, ("status",), "have a person review it, then set `status: reviewed`")
    yield from _changed_sources(record, articles)
    yield from _unknown_references(record, articles, catalogue)
    yield from _duplicate_ids(record)
    yield from _dates_out_of_order(record.meeting)
    yield from catalogue.unused(record)


def _changed_sources(record: Record, articles: Mapping[str, Article]) -> Iterator[Fault]:
    for place, source in enumerate(record.sources):
        article = articles.get(source.id) if isinstance(source, Source) and source.sha256 else None
        if article and isinstance(source, Source) and article.sha256 != source.sha256:
            message = f"{article.file} is not the text that was reviewed: its SHA-256 is {article.sha256}"
            yield Fault(Code.source_changed, ("sources", place, "sha256"), message)


def _unknown_references(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Iterator[Fault]:
    for place, source in enumerate(record.sources):
        if isinstance(source, str) and catalogue.source(source) is None and source not in catalogue.unknown:
            message = f"no record of the dataset defines a source `{source}`"
            sibling = catalogue.sibling(source, DefinitionKind.source)
            yield _unknown(message + _load_too(sibling), ("sources", place))
        elif isinstance(source, str) and source not in articles:
            message = f"the text of `{source}` cannot be read in the record that defines it"
            yield Fault(Code.unreadable, ("sources", place), message)
    for id, path in references(record):
        if not catalogue.is_known(id):
            message = f"no record of the dataset defines a person or party `{id}`"
            yield _unknown(message + _hint(id, catalogue), path)
        elif (wanted := _wanted(path)) == "party" and catalogue.is_person(id):
            yield _unknown(f"`{id}` is a person, and a party is wanted here", path)
        elif wanted == "person" and catalogue.is_party(id):
            yield _unknown(f"`{id}` is a party, and a person is wanted here", path)
    agenda = {item.id for item in record.meeting.agenda}
    for place, agreement in enumerate(record.agreements):
        if agreement.agenda is not None and agreement.agenda not in agenda:
            yield _unknown(f"the meeting has no agenda item `{agreement.agenda}`", ("agreements", place, "agenda"))


def _wanted(path: Path) -> str | None:
    if "issued_by" in path or "host" in path or "party" in path or "parties" in path:
        return "party"
    return "person" if "person" in path else None


def _hint(id: str, catalogue: Catalogue) -> str:
    """What to do about an unknown person or party."""
    near, sibling = catalogue.nearest(id), catalogue.sibling(id, *SHARING_IDS)
    return _load_too(sibling) if sibling or not near else f": is it `{near}`?"


def _load_too(sibling: str | None) -> str:
    return f", but {sibling} does: load {PurePath(sibling).parent} too" if sibling else ""


def _unknown(message: str, path: Path) -> Fault:
    return Fault(Code.unknown_reference, path, message)


def _duplicate_ids(record: Record) -> Iterator[Fault]:
    ids: list[tuple[str, str, Path]] = [
        *(("source", id, ("sources", place, "id")) for place, id in enumerate(record.source_ids)),
        *(("person or party", key[1], (*path, "id")) for key, path, _ in definitions(record) if key[0] != "source"),
        *(
            ("agenda item", item.id, ("meeting", "agenda", place, "id"))
            for place, item in enumerate(record.meeting.agenda)
        ),
        *(("delegate", one.own_id, ("delegates", place, "id")) for place, one in enumerate(record.delegates)),
        *(("agreement", one.id, ("agreements", place, "id")) for place, one in enumerate(record.agreements)),
        *(("quote", one.id, ("quotes", place, "id")) for place, one in enumerate(record.quotes)),
    ]
    seen: Counter[tuple[str, str]] = Counter()
    for kind, id, path in ids:
        seen[kind, id] += 1
        if seen[kind, id] > 1:
            yield Fault(Code.duplicate_id, path, f"a second {kind} with the id `{id}`")


def _dates_out_of_order(meeting: Meeting) -> Iterator[Fault]:
    if meeting.start_date and meeting.end_date and days(meeting.end_date)[1] < days(meeting.start_date)[0]:
        message = f"the end, {meeting.end_date}, is before the start, {meeting.start_date}"
        yield Fault(Code.bad_value, ("meeting", "end_date"), message)


def _proved(subject: Subject, citations: list[Citation]) -> ProvedFacts:
    parts = [citation.place.words for citation in citations if "text" in citation.fields and citation.place]
    text = " ".join(" ".join(part.split()) for part in parts) or None
    evidence = tuple(dict.fromkeys(citation.evidence() for citation in citations))
    slices = tuple(citation.place and citation.place.words for citation in citations if citation.written)
    return ProvedFacts(subject.kind, subject.id, subject.part, evidence, text, slices)
