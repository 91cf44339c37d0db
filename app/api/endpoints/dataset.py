"""The dataset: which version is served, and how much is in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from typing_extensions import TypedDict

from app.db.request_context import RequestContextDep
from app.db.statements import Statement, columns_of
from app.exports.publishing import folder_of, made
from app.http.routing import contract_router
from app.models import ListSize, table
from app.types import Address, Count, Sha256, VersionName

router = contract_router("dataset")


class DatasetCounts(TypedDict):
    """How many items each list has."""

    meetings: Annotated[Count, Field(description="As `/meetings` gives them.")]
    delegates: Annotated[Count, Field(description="As `/delegates` gives them.")]
    agreements: Annotated[Count, Field(description="As `/agreements` gives them.")]
    quotes: Annotated[Count, Field(description="As `/quotes` gives them.")]
    people: Annotated[Count, Field(description="As `/people` gives them.")]
    parties: Annotated[Count, Field(description="As `/parties` gives them.")]
    sources: Annotated[Count, Field(description="As `/sources` gives them.")]
    evidence: Annotated[Count, Field(description="As `/evidence` gives them.")]


class Export(TypedDict):
    """A file with a whole list, or with everything."""

    name: Annotated[str, Field(description="Its name.")]
    url: Annotated[Address, Field(description="Where it is.")]
    size: Annotated[Count, Field(description="Its size in bytes.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of its bytes, in hex; its entity tag too.")]


class Dataset(TypedDict):
    """The dataset that the service answers from."""

    version: Annotated[
        VersionName, Field(description="As in `Readout-Dataset`: the number of loads, and the digest's beginning.")
    ]
    digest: Annotated[Sha256, Field(description="SHA-256, in hex, over the canonical form of all records.")]
    loaded_at: Annotated[datetime, Field(description="When this version was loaded, in UTC.")]
    counts: Annotated[DatasetCounts, Field(description="How much is in it.")]
    licence: Annotated[str | None, Field(description="The licence under which the dataset is offered.")]
    contact: Annotated[str | None, Field(description="Whom to ask about it.")]
    exports: Annotated[
        list[Export], Field(description="The files that hold this version; empty where none were made of it.")
    ]


@dataclass(slots=True)
class SizeRow:
    name: str
    items: int


_SIZES = Statement(SizeRow, select(*columns_of(table(ListSize), SizeRow)))


@router.get("/dataset")
def get_dataset(context: RequestContextDep) -> Dataset:
    """The dataset's version, digest, counts and exports."""
    settings, version = context.settings, context.version
    sizes = {row.name: row.items for row in context.rows(_SIZES)}
    return {
        "version": str(version),
        "digest": version.digest,
        "loaded_at": version.loaded_at,
        "counts": {
            "meetings": sizes["meetings"],
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
            for file in made(folder_of(settings, version))
        ],
    }
