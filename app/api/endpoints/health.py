"""For whoever runs the service: whether it lives, whether it can answer, and what it is."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from app.db.request_context import RequestContextDep
from app.db.snapshots import SCHEMA
from app.http.routing import UncachedRoute, contract_router
from app.version import VERSION

router = contract_router("operation", route_class=UncachedRoute)


class Health(TypedDict):
    """That all is well."""

    status: Annotated[Literal["ok"], Field(description="Always `ok`: anything else is a problem.")]


class Release(TypedDict):
    """What runs here."""

    version: Annotated[str, Field(description="The version of Readout.")]
    schema_version: Annotated[str, Field(description="The schema of the database that it reads.")]


@router.get("/livez")
def get_liveness() -> Health:
    """Whether the process answers at all; it asks nothing of the database."""
    return {"status": "ok"}


@router.get("/readyz")
def get_readiness(context: RequestContextDep) -> Health:
    """Whether requests can be answered: the database is there, current, and holds a dataset."""
    return {"status": "ok"}


@router.get("/version")
def get_version() -> Release:
    """The version of the service."""
    return {"version": VERSION, "schema_version": SCHEMA}
