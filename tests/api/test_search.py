"""`/search` and `/suggest` over HTTP: hits as the documentation says, from one version of the index."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.shared.cursors import cursor_scope, encode_cursor
from tests.api.conftest import Changing, Serve, World
from tests.api.oracle import LISTS, one
from tests.api.search_oracle import KINDS
from tests.api.serving import Json, Served, problem, until
from tests.api.world import CONGRESS, CONGRESS_RECORD, GAZETTE, RIYADH, days, write_congress

pytestmark = pytest.mark.sqlite  # a search reads the index alone, and its documents are the same of both databases

PATHS = {kind: path for path, kind in KINDS.items()}
FACETS = ("kind", "party", "person", "country", "topic", "year", "commitment", "language")


def hits(served: Served, q: str, limit: int = 100, more: str = "") -> list[Json]:
    return served.walk(f"/search?q={quote(q)}&limit={limit}{more}")


def found(served: Served, q: str, more: str = "") -> set[str]:
    return {hit["id"] for hit in hits(served, q, more=more)}


# Hits.


@pytest.mark.parametrize(
    "q", ["vienna", "roe", "utopia embassies", "lavrov", "zed", "it", "will not forget", "states", "roa"]
)
@pytest.mark.parametrize("more", ["", "&kind=source", "&kind=evidence", "&sort=-date"])
def test_a_hit_leads_to_its_item_and_shows_its_words(served: Served, q: str, more: str) -> None:
    for hit in hits(served, q, more=more):
        item = one(served, PATHS[hit["kind"]], hit["id"])
        assert hit["url"] == item["url"] and (hit["score"] is None) == ("-date" in more)
        page = served.get(hit["read_url"].partition("#")[0])
        anchor = hit["read_url"].partition("#")[2].partition(":~:")[0]
        assert page.status_code == 200 and (not anchor or f'id="{anchor}"' in page.text)
        if hit["kind"] not in ("person", "party", "source", "evidence"):
            meeting = one(served, "/meetings", hit["id"].partition(".")[0])
            assert hit["meeting"] == {key: meeting[key] for key in ("id", "title", "url")}
            assert hit["date"] == meeting["start_date"]
        in_title = {"text": hit["title"], "matches": hit["title_matches"]}
        for snippet in (in_title, hit["snippet"], *(each["snippet"] for each in hit["evidence"])):
            ends = [0, *(end for _, end in snippet["matches"])]
            for before, (start, end) in zip(ends, snippet["matches"], strict=False):
                assert before <= start < end <= len(snippet["text"])


def test_a_quote_has_its_speakers_and_shows_its_own_words_alone(served: Served) -> None:
    texts = {quote["id"]: quote for quote in served.all("/quotes")}
    found = served.walk("/search?kind=quote&limit=100")
    assert {hit["id"] for hit in found} == {*texts}
    for hit in found:
        quoted = texts[hit["id"]]
        assert hit["snippet"]["text"].strip("…") in quoted["text"]
        assert hit["speakers"] == [
            {key: each[key] for key in ("kind", "id", "name", "url")} for each in quoted["speakers"]
        ]


def test_the_evidence_of_a_hit_has_words_of_the_query_and_leads_to_them(served: Served) -> None:
    (hit,) = (hit for hit in hits(served, "barriers") if hit["id"] == f"{RIYADH}.lavrov-artificial-barriers")
    assert 0 < len(hit["evidence"]) <= 3
    for each in hit["evidence"]:
        evidence = one(served, "/evidence", each["id"])
        assert evidence["url"] == each["url"] and each["snippet"]["text"].strip("…") in evidence["words"]
        assert each["read_url"].endswith(f"/read/{RIYADH}#e-{each['id']}") and each["snippet"]["matches"]


def test_each_hit_comes_once_and_other_kinds_are_counted_with_a_link(served: Served) -> None:
    page = served.json("/search?q=ambassadors&limit=100")
    assert {hit["kind"] for hit in page["items"]}.isdisjoint({"source", "evidence"})
    assert len({hit["url"] for hit in page["items"]}) == len(page["items"]) == page["total"]["value"]
    assert [other["kind"] for other in page["others"]] == ["source", "evidence"]
    for other in page["others"]:
        listed = served.json(other["url"])
        assert listed["total"] == {"value": other["count"], "relation": "eq"} and other["count"] > 0
        assert {hit["kind"] for hit in listed["items"]} == {other["kind"]} and listed["others"] == []


def test_an_article_opens_at_the_passage_and_an_excerpt_shows_cited_words_alone(served: Served) -> None:
    (article,) = hits(served, "fishermen coast", more="&kind=source")
    passages = article["read_url"].partition("#source-gazette:~:text=")[2].split("&text=")
    assert passages == ["fishermen%20of%20the%20coast", "visas%20for%20the%20fishermen", "fishermen"]
    assert "fishermen of the coast" in GAZETTE and article["meeting"]["id"] == CONGRESS
    (excerpt,) = hits(served, "told wire", more="&kind=source")
    assert excerpt["id"] == "wire" and "smiled" not in excerpt["snippet"]["text"]
    assert hits(served, "smiled", more="&kind=source") == []


def test_without_another_hit_sources_are_the_hits(served: Served) -> None:
    page = served.json("/search?q=neighbouring+looked+on")
    assert [hit["kind"] for hit in page["items"]] == ["source"] and page["did_you_mean"] is None


def test_the_nearest_query_is_offered_with_the_same_filters(served: Served) -> None:
    page = served.json("/search?q=embasies+reopened&kind=agreement&limit=5")
    assert page["total"]["value"] == 0 and page["did_you_mean"]["q"] == "embassies reopened"
    assert parse_qs(urlsplit(page["did_you_mean"]["url"]).query) == {
        **{"q": ["embassies reopened"], "kind": ["agreement"], "limit": ["5"]}
    }
    assert served.json(page["did_you_mean"]["url"])["items"][0]["id"] == f"{CONGRESS}.embassies"
    assert served.json("/search?q=zyxwv")["did_you_mean"] is None


# Filters, facets and pages.


@pytest.mark.parametrize("address", ["/search?q=utopia", "/search?kind=quote", "/search?q=agreed&party=uto&party=rus"])
def test_a_facet_counts_the_search_that_its_url_narrows(served: Served, address: str) -> None:
    page = served.json(f"{address}&{'&'.join(f'facet={name}' for name in FACETS)}")
    assert list(page["facets"]) == [*FACETS]
    for name, values in page["facets"].items():
        assert [each["count"] for each in values] == sorted((each["count"] for each in values), reverse=True)
        for each in values:
            assert served.json(each["url"])["total"]["value"] == each["count"], (name, each)
    labels = {each["value"]: each["label"] for each in page["facets"]["party"]}
    assert all(one(served, "/parties", id)["name"] == label for id, label in labels.items())


@pytest.mark.parametrize(
    ("filters", "path", "list_filters"),
    [
        ("kind=quote&person=jane-roe", "/quotes", "speaker=jane-roe"),
        ("kind=agreement&commitment=agreed", "/agreements", "commitment=agreed"),
        ("kind=meeting&country=AUT&country=SAU", "/meetings", "country=AUT&country=SAU"),
        ("kind=agreement&topic=embassies", "/agreements", "topic=embassies"),
        ("kind=delegate&with=jane-roe&with=rur", "/delegates", "with=jane-roe&with=rur"),
        ("kind=quote&date_from=2024-05&date_to=2024-06", "/quotes", "date_from=2024-05&date_to=2024-06"),
        ("kind=source&language=en-GB", "/sources", "language=en-GB"),
        ("kind=party", "/parties", ""),
    ],
)
def test_filters_mean_what_they_mean_on_lists(served: Served, filters: str, path: str, list_filters: str) -> None:
    listed = {*served.ids(f"{path}?limit=100&{list_filters}")}
    assert {hit["id"] for hit in served.walk(f"/search?limit=100&{filters}")} == listed != set()


@pytest.mark.parametrize("q", ["utopia", "riyadh", "roe", "russia", "-roe"])
@pytest.mark.parametrize("sort", ["relevance", "-date"])
def test_pages_are_the_whole(served: Served, q: str, sort: str) -> None:
    more = f"&sort={sort}"
    whole = hits(served, q, more=more)
    assert len({hit["url"] for hit in whole}) == len(whole) > 5
    if sort == "relevance":
        assert [hit["score"] for hit in whole] == sorted((hit["score"] for hit in whole), reverse=True)
    else:
        first_days = [days(hit["date"])[0] if hit["date"] else "" for hit in whole]
        assert first_days == sorted(first_days, reverse=True)
    for limit in (3, 20):
        assert hits(served, q, limit, more) == whole
    assert served.json(f"/search?q={q}{more}")["total"] == {"value": len(whole), "relation": "eq"}


def test_a_cursor_is_bound_to_the_query_and_not_to_the_limit(served: Served) -> None:
    cursor = served.json("/search?q=roe&limit=1")["next"].split("cursor=")[1]
    assert served.json(f"/search?q=roe&limit=3&facet=kind&cursor={cursor}")["items"] == hits(served, "roe")[1:4]
    for address in ("/search?q=vienna", "/search?q=roe&kind=quote", "/search?q=roe&sort=-date", "/quotes?q=roe"):
        problem(served.get(f"{address}&cursor={cursor}"), 422, "invalid_cursor")
    problem(served.get("/search?q=roe&cursor=x"), 422, "invalid_cursor")


@pytest.mark.parametrize("start", [0, -1, 10_000, 2**31 - 1])
def test_a_position_that_no_hit_has_is_422(served: Served, world: World, start: int) -> None:
    right = served.json("/search?q=roe&limit=1")["next"].split("cursor=")[1]
    names = ("kind", "party", "with_", "person", "country", "topic", "language", "commitment")
    filters: dict[str, object] = {"q": "roe", **{name: [] for name in names}, "date_from": None, "date_to": None}
    scope = cursor_scope("/search", "relevance", filters)
    assert encode_cursor(scope, [1, world.versions[-1]]) == right
    cursor = encode_cursor(scope, [start, world.versions[-1]])
    problem(served.get(f"/search?q=roe&cursor={cursor}"), 422, "invalid_cursor")


# Versions.


def test_a_response_is_of_the_version_that_the_index_holds(changing: Changing) -> None:
    served = changing.served

    def load(*changes: tuple[str, str]) -> str:
        record = CONGRESS_RECORD
        for old, new in changes:
            assert old in record
            record = record.replace(old, new)
        return served.load(write_congress(changing.folder / "congress", record), prune=True).version

    folder = served.app.state.search_folder
    first = load()
    if not folder.has_index():
        unavailable = problem(served.get("/search?q=roe"), 503, "unavailable")
        assert "`python -m app.search`" in unavailable["detail"] and str(folder.path) not in str(unavailable)
        assert served.get("/people").status_code == 200
        until(lambda: served.get("/readyz").status_code == 200)
    served.index()
    response = served.get("/search?q=roe&limit=1")
    assert response.headers["Readout-Dataset"] == first
    cursor = response.json()["next"]
    assert served.get(cursor).status_code == 200
    has_index, folder.has_index = folder.has_index, lambda: False
    second = load(("name: Jane Roe, other_names: [J. Roe]", "name: Jane Marie Roe, other_names: [Janette]"))
    folder.has_index = has_index
    for _ in range(3):  # the index is behind: it says so, and is not cached as the new version
        assert served.get("/search?q=marie").headers["Readout-Dataset"] == first
        assert found(served, "marie") == set() and served.get("/people").headers["Readout-Dataset"] == second
    served.index()
    response = served.get("/search?q=marie")
    assert response.headers["Readout-Dataset"] == second and "jane-roe" in found(served, "marie")
    (error,) = problem(served.get(cursor), 422, "invalid_cursor")["errors"]
    assert "search again" in error["message"]


def test_a_renamed_item_is_found_by_its_new_name_alone(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("renamed")
    served = serve(write_congress(folder / "congress", CONGRESS_RECORD))
    served.index()
    person = {"jane-roe", *(f"{CONGRESS}.{id}" for id in ("jane-roe", "a-chair", "doors"))}
    assert found(served, "roe") >= person and found(served, "looked") == {"gazette"}
    record = CONGRESS_RECORD.replace("name: Jane Roe, other_names: [J. Roe]", "name: Jane Marie Roe")
    record = record.replace("access: full, quotation", "access: excerpt, quotation")
    served.load(write_congress(folder / "congress", record))
    assert found(served, "marie") >= person and found(served, '"J. Roe"') == found(served, "looked") == set()


# Queries.


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("", "q", "is missing: give a query, or a filter"),
        ("?limit=3&facet=kind&sort=-date", "q", "is missing"),
        ("?q=", "q", "is empty"),
        ("?q=one&q=two", "q", "only once"),
        ("?q=" + " ".join(f"w{number}" for number in range(33)), "q", "more than 32 words"),
        ("?q=" + ".".join(f"w{number}" for number in range(33)), "q", "more than 32 words"),
        ("?q=a&kind=evidence&kind=quote", "kind", "without another `kind`"),
        ("?q=a&kind=topic", "kind", "is not one of"),
        ("?q=a&facet=city", "facet", "is not one of"),
        ("?q=a&sort=date", "sort", "is not one of"),
        ("?q=a&date_from=2025&date_to=2024", "date_to", "is before `date_from`"),
        ("?q=a&" + "&".join(["with=uto"] * 11), "with", "at most 10 times"),
    ],
)
def test_what_cannot_be_searched_is_explained(served: Served, query: str, parameter: str, message: str) -> None:
    (error,) = problem(served.get(f"/search{query}"), 422, "invalid_parameter")["errors"]
    assert message in error["message"] and error["parameter"] == parameter


@settings(max_examples=100, deadline=None)
@given(q=st.one_of(st.text(min_size=1), st.text("\"*-+:^(){}'\x00 ANDORNOTEARé,ï\u0301🤝", min_size=1)))
def test_any_text_is_a_query(served: Served, q: str) -> None:
    for path in ("/search", "/suggest"):
        response = served.client.get(path, params={"q": q})
        if response.status_code != 200:
            (error,) = problem(response, 422, "invalid_parameter")["errors"]
            assert "more than 32 words" in error["message"] and path == "/search"


LONG = {
    **{"one word": "a" * 8000, "a word again and again": "roe " * 2000, "a word and signs": "roe-." * 1500},
    **{"quotes": '"' * 2700, "phrases": '"roe roe" ' * 500, "nested": "(" * 1300 + "roe" + ")" * 1300},
    **{"operators": "roe AND NOT " * 600, "signs": " ".join("!" * length for length in range(1, 72))},
    **{"private use": " ".join(chr(0xE000 + number) for number in range(800)), "marks": "e\u0301" * 1100},
    **{"prefixes": " ".join(f"{chr(97 + number % 26)}*" for number in range(1600)), "Chinese": "离场" * 440},
    **{"words": " ".join(f"{chr(97 + number)}bcdefgh" * 8 for number in range(26))},
}


@pytest.mark.parametrize("what", LONG)
def test_a_query_as_long_as_an_address_can_be_is_answered(served: Served, what: str) -> None:
    for path in ("/search", "/suggest"):
        assert served.client.get(path, params={"q": LONG[what]}).status_code in (200, 422)


# Suggestions.


def test_a_suggestion_leads_to_what_it_names(served: Served) -> None:
    items = served.json("/suggest?q=ru")["items"]
    assert ("party", "rus", "Russia") in {(each["kind"], each["id"], each["label"]) for each in items}
    for q in ("ru", "v", "jan", "emb", "tal"):
        for each in served.json(f"/suggest?q={q}")["items"]:
            assert list(each) == ["kind", "id", "label", "url", "read_url"]
            assert served.get(each["url"]).status_code == served.get(each["read_url"]).status_code == 200
    (topic,) = (each for each in served.json("/suggest?q=emb")["items"] if each["kind"] == "topic")
    assert {hit["id"] for hit in served.json(topic["url"])["items"]} >= {f"{CONGRESS}.embassies", CONGRESS}
    problem(served.get("/suggest"), 422, "invalid_parameter")


def test_all_lists_have_a_kind() -> None:
    assert {*KINDS} == {*LISTS}
