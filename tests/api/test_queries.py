"""How a request reads: few statements whatever the page's size, and one version whatever is loaded meanwhile."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from app.api.shared.pagination import BATCH
from tests.amounts import LONG
from tests.api.conftest import World
from tests.api.oracle import LISTS, values
from tests.api.serving import Served, before_statements, serving
from tests.api.world import CONGRESS, CONGRESS_RECORD, GAZETTE, RIYADH, write_congress
from tests.databases import Kind, load_records, replace

OF_ITEMS = {
    "/meetings/{id}": "/meetings",
    "/agenda/{id}": "/agenda",
    "/delegates/{id}": "/delegates",
    "/agreements/{id}": "/agreements",
    "/quotes/{id}": "/quotes",
    "/people/{id}": "/people",
    "/parties/{id}": "/parties",
    "/sources/{id}": "/sources",
    "/sources/{id}/text": "/sources",
    "/evidence/{id}": "/evidence",
}
OTHERS = {
    "/changes": "/changes?limit=50",
    "/dataset": "/dataset",
    "/readyz": "/readyz",
    "/search": "/search?q=vienna&facet=party",
    "/suggest": "/suggest?q=vie",
    "/exports/{name}": "/exports/people.csv",
    "/meetings/{id}/readout": f"/meetings/{RIYADH}/readout",
    "/{name}.{form}": "/read/static/reader.js",
    "/problems/{code}": "/problems/not_found",
    "/read/search": "/read/search?q=vienna",
    "/robots.txt": "/robots.txt",
    "/livez": "/livez",
    "/version": "/version",
    "/openapi.json": "/openapi.json",
    "/docs": "/docs",
    "/docs/{name}": "/docs/docs.js",
    "/read/static/{name}": "/read/static/reader.js",
}
FEEDS = {
    **{f"{path}.atom": f"{path}.atom?limit=50" for path in ("/meetings", "/agreements", "/quotes")},
    "/meetings.ics": "/meetings.ics",
}
TABLES = [f"{path}{suffix}" for path in LISTS for suffix in (".csv", ".ndjson")]
PAGES = {
    "/": ("/", 10),
    "/sitemap.xml": ("/sitemap.xml", 6),
    "/sitemap-{name}-{part}.xml": ("/sitemap-meetings-1.xml", 4),
    "/read/people": ("/read/people", 5),
    "/read/parties": ("/read/parties", 5),
    "/read/topics": ("/read/topics", 3),
    "/read/years": ("/read/years", 3),
    "/read/sources/{id}": ("/read/sources/gazette", 12),
    "/read/parties/{id}/with/{other}": ("/read/parties/rur/with/uto", 38),
    "/read/people/{id}": ("/read/people/jane-roe", 19),
    "/read/parties/{id}": ("/read/parties/uto", 28),
    "/read/{id}/citation.{form}": (f"/read/{CONGRESS}/citation.bib", 25),
    "/read/{id}": (f"/read/{CONGRESS}", 26),
}
"""An example of each, and how many statements it takes at most."""


@pytest.fixture(scope="module")
def served(database_kind: Kind, world: World) -> Iterator[Served]:
    """The world, served without keeping an answer."""
    with (
        database_kind.databases() as databases,
        serving(databases.copy(world.database), exported=True, indexed=True, cache_mib=0) as running,
    ):
        yield running


FEW = ("/changes", "/dataset", "/exports/{name}")
"""Those of the others that read a little."""


def test_every_route_is_counted_here(served: Served) -> None:
    routes = {path for router in served.app.routes for path in paths_of(router)}
    assert routes == {*LISTS, *OF_ITEMS, *OTHERS, *PAGES, *TABLES, *FEEDS}


def paths_of(route: Any) -> list[str]:
    """The paths of a route, or of the router that it includes."""
    inner = getattr(route, "original_router", None) or getattr(route, "router", None)
    if inner is not None:
        return [path for each in inner.routes for path in paths_of(each)]
    return [route.path]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_at_most_8_statements_whatever_its_size(served: Served, path: str) -> None:
    next_url = served.json(f"{path}?limit=1&changed_since=0")["next"].split("cursor=")[1]
    plain = served.json(f"{path}?limit=1")["next"].split("cursor=")[1]
    counts = set()
    for limit, more in itertools.product(
        (1, 100), ("", "&changed_since=0", f"&cursor={plain}", f"&changed_since=0&cursor={next_url}")
    ):
        with served.statements() as sent:
            served.json(f"{path}?limit={limit}{more}")
        counts.add(len(sent))
        assert 2 <= len(sent) <= 8, "\n\n".join(sent)
    assert len(counts) == 1, f"a fixed number: {counts}"
    with served.statements() as sent:
        served.json(f"{path}?id=nobody")
    assert len(sent) < min(counts), "an empty list has no page"


@pytest.mark.parametrize("path", LISTS)
def test_filters_and_sorts_take_no_further_statements(served: Served, path: str) -> None:
    with served.statements() as plain:
        served.json(f"{path}?limit=50")
    for sort in LISTS[path].sorts:
        with served.statements() as sent:
            served.json(f"{path}?limit=50&sort=-{sort}")
        assert len(sent) == len(plain)
    for given in ("q=vienna", *(f"{name}={values(served, path, name)[0]}" for name in LISTS[path].filters)):
        with served.statements() as sent:
            served.json(f"{path}?limit=50&{given}")
        assert len(sent) <= len(plain) + 1


@pytest.mark.parametrize("path", LISTS)
def test_several_filters_take_one_statement_more(served: Served, path: str) -> None:
    everything = "changed_since=0&" + "&".join(f"id={item['id']}" for item in served.all(path)[:20])
    with served.statements() as one:
        served.json(f"{path}?changed_since=0")
    with served.statements() as two:
        served.json(f"{path}?{everything}")
    assert len(two) <= len(one) + 1


READ_APART = {
    **dict.fromkeys(("parties", "topics", "sources", "asserted_by", "speakers", "via"), 1),  # all of them at once
    **dict.fromkeys(("evidence", "agreements", "issued_by"), 1),
    **dict.fromkeys(("prefix", "suffix", "verified"), 1),  # the article
    "/meetings agenda": 2,
}
"""The number of statements that a field takes beside those for any request: the version, the keys, the total, the rows."""


@pytest.mark.parametrize("path", LISTS)
def test_what_fields_leave_out_is_not_read(served: Served, path: str) -> None:
    item = max(served.all(path), key=lambda item: len(str(item)))  # it has something of everything
    for field in item:
        expected = READ_APART.get(f"{path} {field}", READ_APART.get(field, 0))
        with served.statements() as of_list:
            served.json(f"{path}?limit=50&fields={field}")
        with served.statements() as of_item:
            served.json(f"{path}/{item['id']}?fields={field}")
        assert (len(of_list), len(of_item)) == (4 + expected, 3 + expected), field
        with served.statements() as of_table:
            assert served.get(f"{path}.ndjson?id={item['id']}&fields={field}").status_code == 200
        assert len(of_table) == 2 + expected, field


def test_a_meeting_is_counted_only_if_its_counts_are_requested(served: Served) -> None:
    for fields, is_counted in (("", True), ("?fields=counts", True), ("?fields=id,title,host,evidence,agenda", False)):
        with served.statements() as sent:
            served.json(f"/meetings/{CONGRESS}{fields}")
        assert any("count(*)" in statement for statement in sent) == is_counted


@pytest.mark.parametrize("route", FEEDS)
def test_a_feed_takes_at_most_8_statements(served: Served, route: str) -> None:
    with served.statements() as sent:
        assert served.get(FEEDS[route]).status_code == 200
    assert len(sent) <= 8


@pytest.mark.parametrize("path", TABLES)
def test_a_table_takes_at_most_6_statements_for_each_batch(served: Served, path: str) -> None:
    with served.statements() as sent:
        assert served.get(f"{path}?changed_since=0").status_code == 200
    size = len(served.all(path.partition(".")[0]))
    assert len(sent) <= 2 + 6 * (size // BATCH + 1)


@pytest.mark.parametrize(("route", "path"), OF_ITEMS.items())
def test_an_item_takes_at_most_8_statements(served: Served, route: str, path: str) -> None:
    counts = set()
    for item in served.all(path)[:40]:
        with served.statements() as sent:
            assert served.get(route.replace("{id}", item["id"])).status_code in (200, 403)
        counts.add(len(sent))
        assert 2 <= len(sent) <= 8, "\n\n".join(sent)
    assert len(counts) == 1, f"a fixed number: {counts}"


def test_a_readout_takes_at_most_25_statements(served: Served) -> None:
    counts = set()
    for meeting in served.all("/meetings"):
        with served.statements() as sent:
            served.json(f"{meeting['url']}/readout")
        counts.add(len(sent))
    assert len(counts) == 1 and 2 <= min(counts) <= 25, counts


@pytest.mark.parametrize(
    ("route", "most"),
    [(route, 3) for route in FEW] + [(route, 0) for route in OTHERS if route not in (*FEW, "/meetings/{id}/readout")],
)
def test_the_other_routes_take_few_statements_or_none(served: Served, route: str, most: int) -> None:
    with served.statements() as sent:
        assert served.get(OTHERS[route]).status_code == 200
    assert len(sent) <= most


@pytest.mark.parametrize(("path", "most"), PAGES.values())
def test_a_page_takes_a_bounded_number_of_statements(served: Served, path: str, most: int) -> None:
    with served.statements() as sent:
        assert served.get(path).status_code == 200
    assert 2 <= len(sent) <= most


# One version.

READ = [
    *(f"{path}?limit=10" for path in LISTS),
    *(f"/meetings/{CONGRESS}", f"/meetings/{CONGRESS}/readout", f"/delegates/{CONGRESS}.jane-roe"),
    *(
        f"/agenda/{CONGRESS}.embassies",
        f"/agreements/{CONGRESS}.embassies",
        f"/quotes/{CONGRESS}.doors",
        "/people/jane-roe",
        "/parties/uto",
    ),
    *("/sources/gazette", "/sources/gazette/text", "/changes?limit=100", "/dataset"),
    *("/", f"/read/{CONGRESS}", "/read/people/jane-roe", "/read/parties/uto"),
]
CHANGED = (
    CONGRESS_RECORD.replace("id: visas,", "id: visa-matters,")
    .replace("name: Jane Roe,", "name: J. Roe,")
    .replace("other_names: [J. Roe]", "other_names: [Jane Roe]")
    .replace("name: Utopia,", "name: Utopian,")
    .replace("other_names: [Utopian, Utopians]", "other_names: [Utopia]")
    .replace("title: Congress of Vienna", "title: The Congress")
    .replace("title: Utopia and Ruritania meet in Vienna", "title: They met")
    .replace("title: Reopen embassies", "title: Open embassies again")
    .replace("topics: [embassies, trade]", "topics: [trade]")
    .replace("inferred: She was seen on a screen.", "inferred: It was said so.")
)


@dataclass(frozen=True)
class Straddled:
    """A server whose database is exchanged, in one transaction, for one that holds the next version, and back."""

    served: Served
    old: str
    new: str

    def become(self, version: str) -> None:
        replace(self.served.database, by=version)

    def response(self, address: str) -> tuple[str, bytes]:
        response = self.served.get(address)
        assert response.status_code == 200
        return response.headers["Readout-Dataset"], response.content


@pytest.fixture(scope="module")
def straddled(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Straddled]:
    folder = tmp_path_factory.mktemp("straddled") / "record"
    with database_kind.databases() as databases:
        old = databases.loaded(write_congress(folder))
        new = databases.copy(old)
        write_congress(folder, CHANGED)
        (folder / "gazette.txt").write_text(GAZETTE + "Anno 2024.", newline="")
        load_records(new, folder)
        with serving(databases.copy(old), cache_mib=0) as served:
            yield Straddled(served, old, new)


@pytest.mark.long
@pytest.mark.parametrize("address", READ)
def test_one_response_never_mixes_versions(straddled: Straddled, address: str) -> None:
    """A load commits before a statement of a request: the response is entirely the old version or the new.

    Before the second statement it finds whatever is read outside of the first one's snapshot; test-long tries all.
    """
    straddled.become(straddled.new)
    new = straddled.response(address)
    straddled.become(straddled.old)
    with straddled.served.statements() as sent:
        old = straddled.response(address)
    assert all(one != other for one, other in zip(old, new, strict=True))
    for number in range(1, len(sent) + 1) if LONG else [min(2, len(sent))]:
        straddled.become(straddled.old)
        with before_statement(number, lambda: straddled.become(straddled.new)):
            response = straddled.response(address)
        assert response == (new if number == 1 else old), f"before statement {number}"
        assert straddled.response(address) == new, "the load was there, and the next request sees it"


@contextmanager
def before_statement(number: int, do: Callable[[], object]) -> Iterator[None]:
    """Do something once, before the request's statement of a number."""
    numbers = itertools.count(1)
    with before_statements(lambda _: do() if next(numbers) == number else None):
        yield
