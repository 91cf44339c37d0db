"""The service, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from app.across import changes, dataset, documentation, exports, health, problems, readout, search
from app.caching import Cache
from app.database import reading_engine
from app.openapi import openapi
from app.reading import Readers
from app.release import VERSION
from app.resources import agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.serving import Serving
from app.settings import Settings

ROUTERS = (
    meetings.router,
    readout.router,
    delegates.router,
    agreements.router,
    quotes.router,
    people.router,
    parties.router,
    sources.router,
    evidence.router,
    search.router,
    changes.router,
    dataset.router,
    exports.router,
    problems.router,
    health.router,
    documentation.router,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.readers.close()


def create_app(settings: Settings) -> FastAPI:
    """The service for some settings. Raises Unavailable for a database address that cannot be one."""
    app = FastAPI(
        title="Readout",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=None,  # served by `documentation`, as everything else under the contract
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # asked for at each request otherwise
    )
    app.state.settings = settings
    app.state.readers = Readers(reading_engine(settings.database_url), settings)
    for router in ROUTERS:  # their routes one by one: to look through included routers costs several times as much
        app.router.routes += router.routes
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    cache = Cache(app.state.readers, settings.cache_mib)
    # In the place of FastAPI's own layers, each of which every request would pay for.
    app.middleware_stack = Serving(app.router, cache, settings.public_url)
    return app
