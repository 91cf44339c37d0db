"""Evidence: the resource, its filters, its endpoints, and the check of the words against the text."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal
from urllib.parse import quote, urldefrag

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, among, equals, part_dates, refers_to
from app.api.shared.list_params import ByChange, ByMeeting, PartQuery, PublicId, SortBy, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items, meeting_sorts
from app.api.shared.schemas import FIELDS, ChangedIn, Evidence, EvidenceRow, Url, evidence_item
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, columns_of
from app.enums import LISTS, Access, Basis, RecordKind, SearchKind
from app.http.routing import contract_router
from app.models import Evidence as StoredEvidence
from app.models import Meeting, Record, Source, SourceText, table
from app.types import Address, Id, WebAddress

router = contract_router("evidence")

_evidence, _record = table(StoredEvidence), table(Record)
_source, _text, _meeting = table(Source), table(SourceText), table(Meeting)

EvidenceId = Annotated[
    PublicId, Path(description="The evidence's id.", examples=["riyadh-2025-02-18.sergey-lavrov.eada23efda30"])
]

SORTS = {
    "start": Sort(_evidence.c.start_ascending, _evidence.c.start_descending),
    **meeting_sorts(_evidence),
}
SURROUNDING_CHARACTERS = 40
"""The length of `prefix` and `suffix`, in characters."""


class RecordReference(TypedDict):
    """The record with the facts that the evidence is for."""

    kind: Annotated[RecordKind, Field(description="The kind of record.")]
    id: Annotated[Id, Field(description="The id of the record.")]
    url: Url


class EvidenceInPlace(Evidence):
    """Evidence with its record and the position of its words. Without words, the position is null."""

    record: Annotated[RecordReference, Field(description="The record with the facts that the evidence is for.")]
    prefix: Annotated[
        str | None, Field(description="Up to 40 characters before the words; null if the source's access is `excerpt`.")
    ]
    suffix: Annotated[
        str | None, Field(description="Up to 40 characters after the words; null if the source's access is `excerpt`.")
    ]
    read_url: Annotated[
        Address | None, Field(description="The URL of the words on the HTML page of the meeting; null without words.")
    ]
    source_url: Annotated[
        WebAddress | None,
        Field(description="The publisher's URL with a text fragment for the words; null without words or URL."),
    ]
    verified: Annotated[
        bool | None,
        Field(description="Whether the text has its hash and these words at this position, checked for this response."),
    ]
    changed_in: ChangedIn


TEXT_FIELDS = frozenset({"prefix", "suffix", "verified"})
"""The fields that are made from the text of the source."""


class EvidenceQuery(PartQuery):
    fields: Fields[EvidenceInPlace] = ALL
    sort: SortBy[Literal["id", "-id", "start", "-start", ByMeeting, ByChange]] = "id"
    source: list[PublicId] = filter_by("Only evidence with words from one of these sources.", "riyadh-us-russia-talks")
    record: list[PublicId] = filter_by(
        "Only evidence for records with one of these ids.", "riyadh-2025-02-18.sergey-lavrov"
    )
    record_kind: list[RecordKind] = filter_by("Only evidence for one of these kinds of record.", "delegate")
    basis: list[Basis] = filter_by("Only evidence with one of these bases.", "inferred")


FILTERS: Mapping[str, Filter] = {
    "meeting": refers_to(_evidence.c.meeting_key, _meeting),
    "source": refers_to(_evidence.c.source_key, _source),
    "record": among(_evidence.c.record_key, lambda param: [select(_record.c.key).where(param.matches(_record.c.id))]),
    "record_kind": equals(_evidence.c.record_kind),
    "basis": equals(_evidence.c.basis),
    **part_dates(_evidence),
}


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The text around the words of evidence, and whether the text has the words at their position."""

    prefix: str
    suffix: str
    verified: bool


@dataclass(slots=True)
class EvidenceInPlaceRow(EvidenceRow):
    key: int
    record_kind: RecordKind
    source_key: int | None
    changed_in: int
    record_id: str
    source_url: str | None
    source_access: Access | None
    source_sha256: str


@dataclass(slots=True)
class TextRow:
    source_key: int
    text: str


_ITEMS = ByKeys(
    EvidenceInPlaceRow,
    lambda keys: (
        select(FIELDS, *columns_of(_evidence, EvidenceInPlaceRow, source=_source, record=_record))
        .join(_record, _record.c.key == _evidence.c.record_key)
        .outerjoin(_source, _source.c.key == _evidence.c.source_key)
        .where(keys.matches(_evidence.c.key))
    ),
)
_TEXTS = ByKeys(TextRow, lambda keys: select(*columns_of(_text, TextRow)).where(keys.matches(_text.c.source_key)))


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, EvidenceInPlace]:
    """The evidence with some keys, by key."""
    rows = list(context.rows_by_key(_ITEMS, keys))
    surroundings = _surroundings(context, rows) if fields & TEXT_FIELDS else {}
    return {row.key: _item(context, row, surroundings.get(row.key)) for row in rows}


def _surroundings(context: RequestContext, rows: list[EvidenceInPlaceRow]) -> dict[int, _Surroundings]:
    """The surroundings of each row's words, by key. Texts are read one at a time, to bound the memory."""
    by_source: dict[int, list[EvidenceInPlaceRow]] = defaultdict(list)
    for row in rows:
        if row.source_key is not None:
            by_source[row.source_key].append(row)
    found: dict[int, _Surroundings] = {}
    for source in context.rows_by_key(_TEXTS, list(by_source)):
        hash = sha256(source.text.encode()).hexdigest()
        found |= {row.key: _surroundings_of(source.text, row, hash) for row in by_source[source.source_key]}
    return found


def _surroundings_of(text: str, row: EvidenceInPlaceRow, hash: str) -> _Surroundings:
    start, end = row.start_offset or 0, row.end_offset or 0  # null only without a source
    verified = text[start:end] == row.words and hash == row.source_sha256
    return _Surroundings(
        text[max(0, start - SURROUNDING_CHARACTERS) : start], text[end : end + SURROUNDING_CHARACTERS], verified
    )


def _item(context: RequestContext, row: EvidenceInPlaceRow, around: _Surroundings | None) -> EvidenceInPlace:
    shown = around if row.source_access == Access.full else None
    return {
        **evidence_item(context, row),
        "record": _record_reference(context, row),
        "prefix": shown.prefix if shown else None,
        "suffix": shown.suffix if shown else None,
        "read_url": context.read_url("evidence", row.id) if row.source_key is not None else None,
        "source_url": publisher_url(row.source_url, row.words),
        "verified": around.verified if around else None,
        "changed_in": row.changed_in,
    }


def _record_reference(context: RequestContext, row: EvidenceInPlaceRow) -> RecordReference:
    kind = RecordKind(row.record_kind)
    return {"kind": kind, "id": row.record_id, "url": context.url(LISTS[kind], row.record_id)}


def publisher_url(address: str | None, words: str | None) -> str | None:
    """A publisher's URL with a text fragment for words (WICG, URL Fragment Text Directives); None without either."""
    if not address or not words:
        return None
    page, fragment = urldefrag(address)
    encoded = quote(" ".join(words.split()), safe="").replace("-", "%2D")
    return f"{page}#{fragment}:~:text={encoded}"


EVIDENCE = ListDefinition(
    SearchKind.evidence,
    _evidence,
    EvidenceInPlace,
    EvidenceQuery,
    SORTS,
    FILTERS,
    items,
    indexed_pairs=[("basis", "record_kind")],
    indexed_sorts=[("record_kind", "start")],
)


@router.get("/evidence")
def list_evidence(context: RequestContextDep, query: Annotated[EvidenceQuery, Query()]) -> Listing[EvidenceInPlace]:
    """List evidence, sorted by id."""
    return list_items(context, EVIDENCE, query)


@router.get("/evidence/{id}")
def get_evidence(
    context: RequestContextDep, id: EvidenceId, query: Annotated[ItemQuery[EvidenceInPlace], Query()]
) -> EvidenceInPlace:
    """Get a piece of evidence."""
    return get_item(context, EVIDENCE, id, query.fields)
