"""Liveness, readiness and version of the service, for its operators."""

from typing import Annotated, Literal

from fastapi import Request
from pydantic import Field
from typing_extensions import TypedDict

from app.db.readiness import ReadinessCheck
from app.db.snapshots import SCHEMA
from app.http.routing import UncachedRoute, contract_router
from app.search.index_watcher import IndexWatcher
from app.version import VERSION

router = contract_router("operation", route_class=UncachedRoute)


class Health(TypedDict):
    """A successful check."""

    status: Annotated[Literal["ok"], Field(description="Always `ok`; a failed check is a problem.")]


class Readiness(Health):
    """A successful check of what the service reads."""

    search_dataset: Annotated[
        str | None,
        Field(description="The dataset version of the search index; null if there is none that can be searched."),
    ]


class Release(TypedDict):
    """The versions of the service and of its database schema."""

    version: Annotated[str, Field(description="The version of Readout.")]
    schema_version: Annotated[str, Field(description="The version of the database schema.")]


@router.get("/livez")
def get_liveness() -> Health:
    """Check that the process responds.

    It does not read the database, so a process that fails this check can only be restarted.
    """
    return {"status": "ok"}


@router.get("/readyz")
def get_readiness(request: Request) -> Readiness:
    """Check that the database is available, has the current schema, and contains a dataset.

    It reports a read that the process makes every second. If the database only stops responding, it returns 503 after
    ten seconds without a successful read. Send requests elsewhere then: the service becomes ready by itself. It is
    ready without a search index, too: then only searches are refused.
    """
    readiness: ReadinessCheck = request.app.state.readiness
    readiness.require_ready()
    index: IndexWatcher = request.app.state.search_index
    return {"status": "ok", "search_dataset": str(index.version) if index.version else None}


@router.get("/version")
def get_version() -> Release:
    """Get the version of the service.

    It is that of the program and of its database schema; the dataset has versions of its own, in `Readout-Dataset`.
    """
    return {"version": VERSION, "schema_version": SCHEMA}
