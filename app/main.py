"""The service, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from app.api.endpoints import changes, dataset, documentation, exports, health, problems, readout, search
from app.api.resources import agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.db.read_pool import read_pool
from app.http.middleware import ResponseMiddleware
from app.http.response_cache import ResponseCache
from app.openapi.document import openapi
from app.pages import citations, error_pages, home, meeting, participants, search_results, static_files
from app.settings import Settings
from app.version import VERSION

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
    static_files.router,
    home.router,
    search_results.router,
    participants.router,
    citations.router,
    meeting.router,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with app.state.cache.watch.running():
        yield
    app.state.read_pool.close()


class Readout(FastAPI):
    """FastAPI, which hands each request straight to Serving; its own way there asks after telemetry first."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self
        assert self.middleware_stack
        await self.middleware_stack(scope, receive, send)


def create_app(settings: Settings) -> FastAPI:
    """The service for some settings. Raises Unavailable for a database address that cannot be one."""
    app = Readout(
        title="Readout",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=None,  # served by `documentation`, as everything else under the contract
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.read_pool = read_pool(settings)
    for router in ROUTERS:  # their routes one by one: to look through included routers costs several times as much
        app.router.routes += router.routes
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    app.state.cache = ResponseCache(app.state.read_pool, settings.cache_mib)
    # In the place of FastAPI's own layers, each of which every request would pay for.
    tell = partial(error_pages.error_response, settings.public_url)
    app.middleware_stack = ResponseMiddleware(app.router, app.state.cache, settings.public_url, tell)
    return app
