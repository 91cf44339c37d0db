"""The dataset: which version is served, and how much is in it."""

from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy import select

from app.exports.folder import folder_of, made
from app.formats import Address, Count, Sha256, VersionName
from app.models import ListSize, table
from app.reading import ReadingDep
from app.routing import contract_router
from app.statements import Statement

router = contract_router("dataset")


class DatasetCounts(BaseModel):
    """How many items each list has."""

    meetings: Count = Field(description="As `/meetings` gives them.")
    delegates: Count = Field(description="As `/delegates` gives them.")
    agreements: Count = Field(description="As `/agreements` gives them.")
    quotes: Count = Field(description="As `/quotes` gives them.")
    people: Count = Field(description="As `/people` gives them.")
    parties: Count = Field(description="As `/parties` gives them.")
    sources: Count = Field(description="As `/sources` gives them.")
    evidence: Count = Field(description="As `/evidence` gives them.")


class Export(BaseModel):
    """A file with a whole list, or with everything."""

    name: str = Field(description="Its name.")
    url: Address = Field(description="Where it is.")
    size: Count = Field(description="Its size in bytes.")
    sha256: Sha256 = Field(description="SHA-256 of its bytes, in hex; its entity tag too.")


class Dataset(BaseModel):
    """The dataset that the service answers from."""

    version: VersionName = Field(
        description="As in `Readout-Dataset`: the number of loads, and the digest's beginning."
    )
    digest: Sha256 = Field(description="SHA-256, in hex, over the canonical form of all records.")
    loaded_at: datetime = Field(description="When this version was loaded, in UTC.")
    counts: DatasetCounts = Field(description="How much is in it.")
    licence: str | None = Field(description="The licence under which the dataset is offered.")
    contact: str | None = Field(description="Whom to ask about it.")
    exports: list[Export] = Field(description="The files that hold this version; empty where none were made of it.")


_sizes = table(ListSize)
_SIZES = Statement(select(_sizes.c.name, _sizes.c["items"]))


@router.get("/dataset")
def get_dataset(reading: ReadingDep) -> Dataset:
    """The dataset's version, digest, counts and exports."""
    settings, version = reading.settings, reading.version
    return Dataset(
        version=str(version),
        digest=version.digest,
        loaded_at=version.loaded_at,
        counts=DatasetCounts(**dict(reading.rows(_SIZES))),
        licence=settings.licence,
        contact=settings.contact,
        exports=[
            Export(name=file.name, url=reading.url("exports", file.name), size=file.size, sha256=file.sha256)
            for file in made(folder_of(settings, version))
        ],
    )
