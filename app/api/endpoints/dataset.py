"""`/dataset`: the dataset version, the sizes of the lists, and the exports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from typing_extensions import TypedDict

from app.db.request_context import RequestContextDep
from app.db.statements import Statement, columns_of
from app.exports.publishing import folder_of, published_files
from app.http.routing import contract_router
from app.models import ListSize, table
from app.types import Address, Count, Sha256, VersionName

router = contract_router("dataset")


class DatasetCounts(TypedDict):
    """The number of items in each list."""

    meetings: Annotated[Count, Field(description="The number of meetings.")]
    agenda: Annotated[Count, Field(description="The number of agenda items.")]
    delegates: Annotated[Count, Field(description="The number of delegates.")]
    agreements: Annotated[Count, Field(description="The number of agreements.")]
    quotes: Annotated[Count, Field(description="The number of quotes.")]
    people: Annotated[Count, Field(description="The number of people.")]
    parties: Annotated[Count, Field(description="The number of parties.")]
    sources: Annotated[Count, Field(description="The number of sources.")]
    evidence: Annotated[Count, Field(description="The number of pieces of evidence.")]


class Export(TypedDict):
    """An export: a file with a whole list, or with all lists."""

    name: Annotated[str, Field(description="The name of the file.")]
    url: Annotated[Address, Field(description="The URL of the file.")]
    size: Annotated[Count, Field(description="The size in bytes.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the file, in hex; also its ETag.")]


class Dataset(TypedDict):
    """The dataset that is served."""

    version: Annotated[
        VersionName,
        Field(
            description="The dataset version, as in `Readout-Dataset`: its number and the first 8 digits of the digest."
        ),
    ]
    digest: Annotated[Sha256, Field(description="SHA-256 of the canonical form of all records, in hex.")]
    loaded_at: Annotated[datetime, Field(description="The time of the load, in UTC.")]
    counts: Annotated[DatasetCounts, Field(description="The number of items in each list.")]
    licence: Annotated[str | None, Field(description="The licence of the dataset; null if none is set.")]
    contact: Annotated[
        str | None, Field(description="The contact for questions about the dataset; null if none is set.")
    ]
    exports: Annotated[list[Export], Field(description="The exports of this version; empty if none were made.")]


@dataclass(slots=True)
class SizeRow:
    name: str
    items: int


_SIZES = Statement(SizeRow, select(*columns_of(table(ListSize), SizeRow)))


@router.get("/dataset")
def get_dataset(context: RequestContextDep) -> Dataset:
    """Get the version, digest, counts and exports of the dataset.

    The digest depends on the records only, so two services with the same digest serve the same facts.
    """
    settings, version = context.settings, context.version
    sizes = {row.name: row.items for row in context.rows(_SIZES)}
    return {
        "version": str(version),
        "digest": version.digest,
        "loaded_at": version.loaded_at,
        "counts": {
            "meetings": sizes["meetings"],
            "agenda": sizes["agenda"],
            "delegates": sizes["delegates"],
            "agreements": sizes["agreements"],
            "quotes": sizes["quotes"],
            "people": sizes["people"],
            "parties": sizes["parties"],
            "sources": sizes["sources"],
            "evidence": sizes["evidence"],
        },
        "licence": settings.licence,
        "contact": settings.contact,
        "exports": [
            {"name": file.name, "url": context.url("exports", file.name), "size": file.size, "sha256": file.sha256}
            for file in published_files(folder_of(settings, version))
        ],
    }
