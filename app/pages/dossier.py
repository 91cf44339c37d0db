"""`/read/parties/{a}/with/{b}`: what two parties discussed and agreed, meeting by meeting and topic by topic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.responses import HTMLResponse

from app.api.resources.agenda import AGENDA, AgendaItem, AgendaQuery
from app.api.resources.agreements import AGREEMENTS, Agreement, AgreementQuery
from app.api.resources.meetings import MEETINGS, Meeting, MeetingQuery
from app.api.resources.parties import PARTIES, Party, PartyId
from app.api.resources.quotes import QUOTES, Quote, QuoteQuery
from app.api.shared.pagination import get_item, list_items
from app.db.request_context import RequestContext, RequestContextDep
from app.enums import Commitment, Outcome, rank
from app.pages import labels
from app.pages.outcome_board import Line, agreed, firmness, not_agreed
from app.pages.rendering import page_router, render_page
from app.problems import not_found

router = page_router()

MAX_MEETINGS = 12
"""The number of columns of the table: the newest meetings."""

MAX_ITEMS = 100
"""The maximum numbers of agreements, of agenda items, and of quotes of each side."""

NO_TOPIC = ""
"""The topic of what has none."""

_OPEN = (Outcome.open, Outcome.no_agreement, Outcome.deferred)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a topic, and the outcomes at each meeting, the firmest first."""

    topic: str
    cells: Sequence[Sequence[Line]]


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """A topic on which nothing was agreed since it was left open, and the meeting that left it open first."""

    topic: str
    since: AgendaItem


@dataclass(frozen=True, slots=True)
class Sides:
    """The quotes of each of the two parties on a topic."""

    topic: str
    left: Sequence[Quote]
    right: Sequence[Quote]


@router.get("/read/parties/{id}/with/{other}")
def read_dossier(context: RequestContextDep, id: PartyId, other: PartyId) -> HTMLResponse:
    left, right = get_item(context, PARTIES, id), get_item(context, PARTIES, other)
    if id == other:
        raise not_found("party", f"{id}/with/{other}")
    both: dict[str, Any] = {"with": [id, other]}
    found = list_items(context, MEETINGS, MeetingQuery(**both, sort="-start_date", limit=MAX_MEETINGS))
    meetings = found["items"][::-1]
    agreements = list_items(context, AGREEMENTS, AgreementQuery(**both, sort="-date", limit=MAX_ITEMS))["items"]
    agenda = list_items(context, AGENDA, AgendaQuery(**both, sort="-date", limit=MAX_ITEMS))["items"]
    return render_page(
        "dossier.html",
        context.settings.public_url,
        left=left,
        right=right,
        meetings=meetings,
        total=found["total"],
        rows=list(_rows(meetings, agreements, agenda)),
        firmest=_firmest(agreements),
        open_topics=list(_open_topics(agreements, agenda)),
        sides=list(_sides(_said_by(context, left, both), _said_by(context, right, both))),
        version=str(context.version),
    )


def _said_by(context: RequestContext, party: Party, both: Mapping[str, Any]) -> list[Quote]:
    query = QuoteQuery(**both, party=[party["id"]], sort="-date", limit=MAX_ITEMS)
    return list_items(context, QUOTES, query)["items"]


def _rows(meetings: Sequence[Meeting], agreements: Sequence[Agreement], agenda: Sequence[AgendaItem]) -> Iterator[Row]:
    """The rows of the table, by topic; what has no topic comes last."""
    cells: Mapping[tuple[str, str], list[Line]] = defaultdict(list)
    lines: list[tuple[Mapping[str, Any], Line]] = [(each, agreed(each)) for each in sorted(agreements, key=firmness)]
    lines += [(each, not_agreed(each)) for each in agenda if each["outcome"] != Outcome.agreed]
    for item, line in lines:
        for topic in _topics(item):
            cells[topic, item["meeting"]["id"]].append(line)
    for topic in labels.topics_in_order({topic for topic, _ in cells}):
        yield Row(topic, [cells.get((topic, meeting["id"]), []) for meeting in meetings])


def _topics(item: Mapping[str, Any]) -> Sequence[str]:
    topics: Sequence[str] = item["topics"]
    return topics or [NO_TOPIC]


def _firmest(agreements: Sequence[Agreement]) -> Agreement | None:
    """The firmest agreement, of equally firm ones the newest."""
    return max(agreements, key=lambda each: rank(Commitment(each["commitment"])), default=None)


def _open_topics(agreements: Sequence[Agreement], agenda: Sequence[AgendaItem]) -> Iterator[OpenTopic]:
    """The topics that are open, each with the first item since the last agreement on it. Items are newest first."""
    last_agreed: dict[str, str] = {}
    for agreement in reversed(agreements):
        if rank(Commitment(agreement["commitment"])) >= rank(Commitment.agreed):
            last_agreed |= dict.fromkeys(agreement["topics"], agreement["meeting"]["start_date"] or "")
    seen: set[str] = set()
    for item in reversed([each for each in agenda if each["outcome"] in _OPEN]):
        for topic in item["topics"]:
            if topic not in seen and (item["meeting"]["start_date"] or "") >= last_agreed.get(topic, ""):
                seen.add(topic)
                yield OpenTopic(topic, item)


def _sides(left: Iterable[Quote], right: Iterable[Quote]) -> Iterator[Sides]:
    """The quotes of each side by topic; those without a topic come last."""
    by_topic: Mapping[str, tuple[list[Quote], list[Quote]]] = defaultdict(lambda: ([], []))
    for side, quotes in enumerate((left, right)):
        for quote in quotes:
            for topic in _topics(quote):
                by_topic[topic][side].append(quote)
    for topic in labels.topics_in_order(by_topic):
        yield Sides(topic, *by_topic[topic])


def pairs(parties: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each two of some parties that have a page, in the order of their ids, so that two parties have one dossier."""
    known = sorted((party for party in parties if party["id"]), key=lambda party: str(party["id"]))
    for index, party in enumerate(known):
        for other in known[index + 1 :]:
            yield party, other
