"""The proof of one record, from its articles and the dataset's definitions; returns a proved record or the faults."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from app.dates import days
from app.enums import DefinitionKind
from seed.proof.answers import unanswered
from seed.proof.articles import Article
from seed.proof.citations import Citation, Citations
from seed.proof.date_rules import dates_in_words
from seed.proof.definition_rules import faults_of_definitions
from seed.proof.definitions import SHARING_IDS, Catalogue, definitions, references, uses
from seed.proof.fact_rules import (
    evidence_for_no_field,
    fact_without_evidence,
    names_in_words,
    place_in_words,
    quotation_marks,
    text_in_words,
    titles_in_words,
    whole_words,
)
from seed.proof.facts import PartFacts, facts_of_parts
from seed.proof.result import Evidence, Proved, ProvedFacts
from seed.proof.review import faults_of_review
from seed.proof.source_texts import SourceTexts
from seed.proof.warning_rules import shared_names, warnings
from seed.proof.work import TooMuchWork
from seed.record.faults import Code, Fault, Severity
from seed.record.models import Meeting, Quote, Record, Source
from seed.record.yaml_tree import Path


class ErrorInPart(Exception):
    """An unexpected exception, its cause, in the proof of the part at a path."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


def prove(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Proved | list[Fault]:
    """Prove a record. `articles` are by source id; the words of a source without one are not proved.

    `catalogue` holds the definitions of the whole dataset, the record's own among them. Warnings that the record
    answers are left out; the others are with the proved record or, if it has faults, among them.
    """
    cited, faults = _judge(record, articles, catalogue)
    if any(fault.severity is Severity.fault for fault in faults):
        return faults
    return _as_proved(record, articles, cited, faults)


def prove_stored(
    record: Record, articles: Mapping[str, Article], catalogue: Catalogue
) -> tuple[Proved | None, list[Fault]]:
    """A stored record as it was proved, and its faults: rules that are newer than the record may refuse it.

    None if some of its words are not found.
    """
    cited, found = _judge(record, articles, catalogue)
    faults = [fault for fault in found if fault.severity is Severity.fault]
    if not all(citation.known for _, citations in cited for citation in citations):
        return None, faults
    return _as_proved(record, articles, cited, [fault for fault in found if fault.severity is Severity.warning]), faults


_Cited = list[tuple[PartFacts, list[Citation]]]


def _judge(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> tuple[_Cited, list[Fault]]:
    """The facts of a record with their citations, and its faults and unanswered warnings."""
    citations = Citations(record, articles)
    people = {id for id in uses(record) if catalogue.is_person(id)}
    texts, shared = SourceTexts(articles, catalogue), shared_names(people, catalogue)
    cited: _Cited = []
    faults = list(_faults_of_record(record, articles, catalogue))
    for part in facts_of_parts(record):
        try:
            citations_of_part = citations.of(part)
            of_part = list(_faults_of_part(part, citations_of_part, texts, catalogue))
            if all(fault.severity is Severity.warning for fault in of_part):
                of_part += warnings(part, citations_of_part, texts, catalogue, shared)
        except TooMuchWork:
            raise
        except Exception as error:
            raise ErrorInPart(part.path) from error
        faults += of_part
        cited.append((part, citations_of_part))
    return cited, list(unanswered(faults, [part for part, _ in cited]))


def _as_proved(record: Record, articles: Mapping[str, Article], cited: _Cited, found: list[Fault]) -> Proved:
    """A record with its evidence and its unanswered warnings."""
    listed = {id: articles[id] for id in record.source_ids if id in articles}
    return Proved(record, tuple(_proved(part, citations) for part, citations in cited), listed, tuple(found))


def _faults_of_part(
    part: PartFacts, citations: list[Citation], texts: SourceTexts, catalogue: Catalogue
) -> Iterator[Fault]:
    yield from (citation.fault for citation in citations if citation.fault)
    yield from whole_words(citations, texts)
    yield from evidence_for_no_field(part)
    yield from fact_without_evidence(part, citations)
    yield from names_in_words(part, citations, catalogue)
    yield from dates_in_words(part, citations, catalogue)
    yield from place_in_words(part, citations)
    yield from titles_in_words(part, citations, texts, catalogue)
    yield from text_in_words(part, citations)
    if isinstance(part.model, Quote):
        yield from quotation_marks(part.model, citations, texts, catalogue)


def _faults_of_record(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Iterator[Fault]:
    yield from faults_of_review(record)
    yield from _changed_sources(record, articles)
    yield from _unknown_references(record, articles, catalogue)
    yield from _duplicate_ids(record)
    yield from _dates_out_of_order(record.meeting)
    yield from faults_of_definitions(record, catalogue)
    yield from catalogue.unused(record)


def _changed_sources(record: Record, articles: Mapping[str, Article]) -> Iterator[Fault]:
    for index, source in enumerate(record.sources):
        article = articles.get(source.id) if isinstance(source, Source) and source.sha256 else None
        if article and isinstance(source, Source) and article.sha256 != source.sha256:
            message = f"{article.file} is not the text that was reviewed: its SHA-256 is {article.sha256}"
            yield Fault(Code.source_changed, ("sources", index, "sha256"), message)


def _unknown_references(record: Record, articles: Mapping[str, Article], catalogue: Catalogue) -> Iterator[Fault]:
    for index, source in enumerate(record.sources):
        if isinstance(source, str) and catalogue.source(source) is None and source not in catalogue.unknown:
            message = f"no record of the dataset defines a source `{source}`"
            sibling = catalogue.sibling(source, DefinitionKind.source)
            yield _unknown(message + _load_too(sibling), ("sources", index))
        elif isinstance(source, str) and source not in articles:
            message = f"the text of `{source}` cannot be read in the record that defines it"
            yield Fault(Code.unreadable, ("sources", index), message)
    for id, path in references(record):
        if not catalogue.is_known(id):
            message = f"no record of the dataset defines a person or party `{id}`"
            yield Fault(Code.unknown_reference, path, message, complete=partial(_with_hint, id, catalogue))
        elif (expected := _expected_kind(path)) == "party" and catalogue.is_person(id):
            yield _unknown(f"`{id}` is a person, and a party is expected here", path)
        elif expected == "person" and catalogue.is_party(id):
            yield _unknown(f"`{id}` is a party, and a person is expected here", path)
    agenda = {item.id for item in record.meeting.agenda}
    for index, agreement in enumerate(record.agreements):
        if agreement.agenda is not None and agreement.agenda not in agenda:
            yield _unknown(f"the meeting has no agenda item `{agreement.agenda}`", ("agreements", index, "agenda"))


def _expected_kind(path: Path) -> str | None:
    if "issued_by" in path or "host" in path or "party" in path or "parties" in path:
        return "party"
    return "person" if "person" in path else None


def _with_hint(id: str, catalogue: Catalogue, fault: Fault) -> Fault:
    """The fault of an unknown id, with where it is defined, or which id was probably meant."""
    sibling = catalogue.sibling(id, *SHARING_IDS)
    near = None if sibling else catalogue.nearest(id)
    return replace(fault, message=fault.message + (f": is it `{near}`?" if near else _load_too(sibling)))


def _load_too(sibling: str | None) -> str:
    return f", but {sibling} does: load {PurePath(sibling).parent} too" if sibling else ""


def _unknown(message: str, path: Path) -> Fault:
    return Fault(Code.unknown_reference, path, message)


def _duplicate_ids(record: Record) -> Iterator[Fault]:
    ids: list[tuple[str, str, Path]] = [
        *(("source", id, ("sources", index, "id")) for index, id in enumerate(record.source_ids)),
        *(("person or party", key[1], (*path, "id")) for key, path, _ in definitions(record) if key[0] != "source"),
        *(
            ("agenda item", item.id, ("meeting", "agenda", index, "id"))
            for index, item in enumerate(record.meeting.agenda)
        ),
        *(("delegate", one.own_id, ("delegates", index, "id")) for index, one in enumerate(record.delegates)),
        *(("agreement", one.id, ("agreements", index, "id")) for index, one in enumerate(record.agreements)),
        *(("quote", one.id, ("quotes", index, "id")) for index, one in enumerate(record.quotes)),
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


def _proved(part: PartFacts, citations: list[Citation]) -> ProvedFacts:
    parts = [citation.passage.words for citation in citations if "text" in citation.fields and citation.passage]
    text = " ".join(" ".join(part.split()) for part in parts) or None
    evidence = tuple(_distinct(citation.evidence() for citation in citations))
    slices = tuple(citation.passage and citation.passage.words for citation in citations if citation.written)
    return ProvedFacts(part.kind, part.id, part.model, evidence, text, slices)


def _distinct(found: Iterable[Evidence]) -> Iterable[Evidence]:
    """Each piece of evidence once, with its answer to a warning if one of the entries that repeat it has one."""
    distinct: dict[Evidence, Evidence] = {}
    for evidence in found:
        unanswered = evidence._replace(despite=None)
        if unanswered not in distinct or distinct[unanswered].despite is None:
            distinct[unanswered] = evidence
    return distinct.values()
