"""For whoever runs the service: whether it lives, whether it can answer, and what it is."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.database import SCHEMA
from app.reading import ReadingDep
from app.release import VERSION
from app.routing import ContractRoute

router = APIRouter(tags=["operation"], route_class=ContractRoute)


class Health(BaseModel):
    status: Literal["ok"] = Field(description="Always `ok`: anything else is a problem.")


class Release(BaseModel):
    """What runs here."""

    version: str = Field(description="The version of Readout.", examples=["0.1.0"])
    schema_version: str = Field(description="The schema of the database that it reads.", examples=["0001"])


def _never_kept(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


@router.get("/livez")
async def get_liveness(response: Response) -> Health:
    """Whether the process answers at all; it asks nothing of the database."""
    _never_kept(response)
    return Health(status="ok")


@router.get("/readyz")
def get_readiness(reading: ReadingDep, response: Response) -> Health:
    """Whether requests can be answered: the database is there, current, and holds a dataset."""
    _never_kept(response)
    return Health(status="ok")


@router.get("/version")
async def get_version(response: Response) -> Release:
    """The version of the service."""
    _never_kept(response)
    return Release(version=VERSION, schema_version=SCHEMA)
