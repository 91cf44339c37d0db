"""`/{list}.atom` and `/meetings.ics`: a list with its filters, to subscribe to."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import Path, Query, Response
from starlette.exceptions import HTTPException

from app.api.resources.agreements import AGREEMENTS
from app.api.resources.meetings import MEETINGS
from app.api.resources.quotes import QUOTES
from app.api.shared.dataset_versions import load_times
from app.api.shared.list_params import Limit, ListQuery, refusing
from app.api.shared.list_plan import COUNT_LIMIT
from app.api.shared.pagination import ListDefinition, all_items, count_items, list_items
from app.db.request_context import RequestContextDep
from app.exports.atom_feed import MEDIA_TYPE, Item, Words, agreement_words, atom_feed, meeting_words, quote_words
from app.exports.calendar import calendar_chunks
from app.exports.exported_lists import LISTS
from app.http.query_params import Params
from app.http.routing import ContractRoute, contract_router
from app.http.streaming import StreamRoute
from app.problems import Code, ParameterError, Problem, invalid

FEED_PAGE = 100
"""How many entries a page of a feed has by default: most feed readers read only the first page."""

FEEDS: dict[ListDefinition[Any], Callable[[Item], Words]] = {
    MEETINGS: meeting_words,
    AGREEMENTS: agreement_words,
    QUOTES: quote_words,
}
"""The lists that have feeds, each with the function that returns the words of an entry."""

FORMATS = {
    "csv": ("table", [definition.name for definition in LISTS]),
    "ndjson": ("table", [definition.name for definition in LISTS]),
    "atom": ("feed", [definition.name for definition in FEEDS]),
    "ics": ("calendar", [MEETINGS.name]),
}
"""The word for each format of lists, and the lists that have it."""


class AtomResponse(Response):
    media_type = MEDIA_TYPE


class CalendarResponse(Response):
    media_type = "text/calendar"


class CalendarRoute(StreamRoute):
    """A route of a calendar, which counts the meetings first."""

    def must_check(self, params: Params) -> bool:
        return True


class MissingRoute(ContractRoute):
    """A route whose response is a problem whatever the parameters are."""

    strict = False


router, calendars = contract_router(), contract_router(route_class=CalendarRoute)
missing = contract_router(route_class=MissingRoute)


def _add_feed(definition: ListDefinition[Any], words_of: Callable[[Item], Words]) -> None:
    name = definition.name

    def get_feed(context: RequestContextDep, query: ListQuery) -> Response:
        page = list_items(context, definition, query.model_copy(update={"sort": "-changed_in"}))
        items, next_page = page["items"], page["next"]
        times = load_times(context, (item["changed_in"] for item in items))
        headers = {"Link": f'<{next_page}>; rel="next"'} if next_page else {}
        return AtomResponse(atom_feed(context, name, items, next_page, words_of, times), headers=headers)

    reasons = {
        "sort": "makes no sense here: a feed has what changed last first",
        "fields": "makes no sense here: an entry of a feed has parts of its own",
    }
    query = refusing(definition.query, "Feed", reasons, limit=(Limit, FEED_PAGE))
    get_feed.__annotations__["query"] = Annotated[query, Query()]
    get_feed.__doc__ = f"""Subscribe to {name}.

    An Atom feed (RFC 4287) of the list with its filters: an entry for each item, the last changed first. `updated` is
    the time of the load that changed it. The link `next` leads to further entries (RFC 5005)."""
    router.add_api_route(f"/{name}.atom", get_feed, name=f"feed_{name}", tags=[name], response_class=AtomResponse)


for _definition, _words_of in FEEDS.items():
    _add_feed(_definition, _words_of)


def _add_calendar() -> None:
    def get_calendar(context: RequestContextDep, query: ListQuery) -> Iterator[bytes]:
        """Subscribe to meetings as a calendar.

        A calendar (iCalendar, RFC 5545) of the meetings that match and whose days are known. More than 10,000 meetings
        are a 422.
        """
        query = query.model_copy(update={"sort": "-start_date"})
        if not count_items(context, MEETINGS, query).is_exact:
            message = f"is needed: a calendar has at most {COUNT_LIMIT:,} meetings, and more match"
            error = ParameterError(parameter="date_from", value=None, message=message, suggestion=None)
            raise invalid([(Code.invalid_parameter, error)])
        definition: ListDefinition[Any] = MEETINGS
        batches = all_items(context, definition, query)
        return calendar_chunks(batches, partial(load_times, context), context.settings.public_url)

    whole = "makes no sense here: a calendar has the whole list"
    reasons = {
        **dict.fromkeys(("limit", "cursor", "sort"), whole),
        "fields": "makes no sense here: an event of a calendar has properties of its own",
    }
    query = refusing(MEETINGS.query, "Calendar", reasons)
    get_calendar.__annotations__["query"] = Annotated[query, Query()]
    calendars.add_api_route(
        "/meetings.ics",
        get_calendar,
        name="feed_meetings_as_calendar",
        tags=["meetings"],
        response_class=CalendarResponse,
        response_model=None,
    )


_add_calendar()


@missing.get("/{name}.{form}", include_in_schema=False)
def get_missing(name: Annotated[str, Path()], form: Annotated[str, Path()]) -> Response:
    """The problem that there is no such table, feed or calendar, with the list of those that there are."""
    if form not in FORMATS:
        raise HTTPException(404)
    word, names = FORMATS[form]
    urls = [f"`/{each}.{form}`" for each in names]
    listed = urls[0] if len(urls) == 1 else f"{', '.join(urls[:-1])} and {urls[-1]}"
    raise Problem(
        Code.not_found, f"There is no {word} of this name; there {'is' if len(urls) == 1 else 'are'} {listed}."
    )
