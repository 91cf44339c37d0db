"""Routes that read the search index alone, as of one commit."""

from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from fastapi import Depends
from starlette.types import Scope

from app.db.read_pool import ReadPool
from app.db.request_context import RequestAddress
from app.db.work_queue import WorkQueue
from app.http.query_params import Params
from app.http.request_state import RequestState
from app.http.routing import SlowRoute
from app.search.folder import OpenIndex
from app.search.list_index import open_index


@dataclass(slots=True)
class SearchContext(RequestAddress):
    """The data of an endpoint for searches: the opened index, and the request's path and parameters."""

    opened: OpenIndex


# It is a dependency only so that the OpenAPI document has no such parameter: SearchRoute passes the context.
SearchContextDep = Annotated[SearchContext, Depends(lambda: None)]


class SearchRoute(SlowRoute):
    """A route whose endpoint takes a SearchContext. The dataset version of its responses is the index's."""

    @property
    def reads_data(self) -> bool:
        return True

    def _queue(self, read_pool: ReadPool, params: Params) -> WorkQueue:
        return read_pool.search_queue

    def _result(
        self, scope: Scope, state: RequestState, params: Params, arguments: dict[str, Any], may_take_long: bool
    ) -> Any:
        opened = open_index(scope["app"].state.search_folder)
        state.version, state.is_of_index = opened.version, True
        context = SearchContext(scope["app"].state.settings, scope["path"], params, opened)
        return self.endpoint(**{self._search_name: context}, **arguments)

    @property
    def _search_name(self) -> str:
        """The name of the endpoint's parameter for the context."""
        return next(name for name, hint in get_type_hints(self.endpoint).items() if hint is SearchContext)
