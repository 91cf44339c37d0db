"""The FastAPI application: routers, database, cache and middleware."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from app.api.endpoints import changes, dataset, documentation, exports, feeds, health, problems, readout, search, tables
from app.api.resources import agenda, agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.db.read_pool import read_pool
from app.db.readiness import ReadinessCheck
from app.db.server_choice import ServerChoice
from app.http.middleware import ResponseMiddleware
from app.http.response_cache import ResponseCache
from app.http.routing import LenientRoute, used_query
from app.openapi.document import openapi
from app.pages import (
    browse,
    citations,
    dossier,
    error_pages,
    home,
    meeting,
    participants,
    search_results,
    sitemap,
    static_files,
)
from app.search.folder import SearchFolder
from app.search.index_watcher import IndexWatcher
from app.search.list_index import open_index_of
from app.settings import Settings
from app.version import VERSION

ROUTERS = (
    meetings.router,
    readout.router,
    agenda.router,
    delegates.router,
    agreements.router,
    quotes.router,
    people.router,
    parties.router,
    sources.router,
    sources.text_router,
    evidence.router,
    search.router,
    changes.router,
    dataset.router,
    exports.router,
    tables.router,
    feeds.router,
    feeds.calendars,
    problems.router,
    health.router,
    documentation.router,
    documentation.page_router,
    static_files.router,
    sitemap.router,
    home.router,
    browse.router,
    dossier.router,
    search_results.router,
    participants.router,
    citations.router,
    meeting.router,
    feeds.missing,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with app.state.cache.watcher.running(), app.state.search_index.running():
        with app.state.readiness.running():
            yield
    app.state.read_pool.close()


def create_app(
    settings: Settings, server_choice: ServerChoice | None = None, updates_search_index: bool = False
) -> FastAPI:
    """The application for some settings. Raises Unavailable if the database URL is invalid.

    All processes of a service share the choice of one database server, and one of them updates the search index.
    """
    app = FastAPI(
        title="Readout",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=None,  # the router of `documentation` serves it as a ContractRoute
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings = settings
    app.state.read_pool = read_pool(settings, server_choice)
    app.state.search_folder = SearchFolder(settings.search)
    app.state.open_index = partial(open_index_of, app.state.search_folder)
    app.state.readiness = ReadinessCheck(app.state.read_pool)
    for router in ROUTERS:  # one flat list of routes: matching nested routers costs several times as much
        app.router.routes += router.routes
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    app.state.cache = ResponseCache(app.state.read_pool, settings.cache_mib)
    app.state.search_index = IndexWatcher(app.state.search_folder, app.state.cache.version, updates_search_index)
    # It replaces FastAPI's own middleware, each of which costs every request some microseconds.
    error_response = partial(error_pages.error_response, settings.public_url)
    lenient_routes = [route for route in app.routes if isinstance(route, LenientRoute)]
    app.middleware_stack = ResponseMiddleware(
        app.router, app.state.cache, settings.public_url, error_response, partial(used_query, lenient_routes)
    )
    return app
