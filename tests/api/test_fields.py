"""`fields`: items with some of their fields, one by one, in lists and in tables, on every resource."""

import csv
import io
import json
import random
from collections.abc import Set
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.api.oracle import LISTS
from tests.api.serving import Json, Served, problem
from tests.api.test_lists import SORTS, draw_filters, query

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database; what is read for it is tested on both

TABLES = [f"{path}.{form}" for path in LISTS for form in ("csv", "ndjson")]


def fields_of(served: Served, path: str) -> list[str]:
    """The names of all fields of a list's items, in their order."""
    return [*served.all(path)[0]]


def cut(item: Json, fields: Set[str]) -> list[tuple[str, Json]]:
    """The wanted fields of an item, in the order of the whole item."""
    return [(name, value) for name, value in item.items() if name in {"id", "url", *fields}]


def in_order(items: list[Json]) -> list[list[tuple[str, Json]]]:
    return [[*item.items()] for item in items]


def some_items(served: Served, path: str) -> list[Json]:
    """A few items of a list, the same ones in every run."""
    items = served.all(path)
    return random.Random(path).sample(items, min(5, len(items)))


# The items.


@pytest.mark.postgresql
@pytest.mark.parametrize("path", LISTS)
def test_each_field_of_an_item_is_as_in_the_whole_item(served: Served, path: str) -> None:
    for item in some_items(served, path):
        for field in fields_of(served, path):
            found = served.json(f"{path}/{item['id']}?fields={field}")
            assert [*found.items()] == cut(item, {field}), field


@pytest.mark.postgresql
@pytest.mark.parametrize("path", LISTS)
def test_each_field_in_a_list_is_as_in_the_whole_items(served: Served, path: str) -> None:
    whole = served.all(path)
    for field in fields_of(served, path):
        found = served.walk(f"{path}?sort=id&limit=100&fields={field}")
        assert in_order(found) == [cut(item, {field}) for item in whole], field


@pytest.mark.postgresql
@pytest.mark.parametrize("path", LISTS)
def test_all_fields_together_are_the_whole_item(served: Served, path: str) -> None:
    names = ",".join(reversed(fields_of(served, path)))
    for item in some_items(served, path):
        address = f"{path}/{item['id']}"
        assert served.get(f"{address}?fields={names}").content == served.get(address).content


@pytest.mark.postgresql
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_fields_in_any_order_with_any_filters_page_by_page(served: Served, data: st.DataObject) -> None:
    """A name may be repeated, and `next` keeps the fields."""
    path = data.draw(st.sampled_from(list(LISTS)))
    names = data.draw(st.lists(st.sampled_from(fields_of(served, path)), min_size=1, max_size=6))
    sort = data.draw(st.sampled_from([sort for listed, sort in SORTS if listed == path]))
    filters = query(draw_filters(data, served, path), sort=sort, limit=data.draw(st.integers(4, 100)))
    found = served.walk(f"{path}?{filters}&fields={','.join(names)}")
    assert in_order(found) == [cut(item, {*names}) for item in served.walk(f"{path}?{filters}")]


@pytest.mark.postgresql
def test_a_page_has_the_total_and_the_next_page_of_whole_items(served: Served) -> None:
    whole, page = served.json("/quotes?limit=2"), served.json("/quotes?limit=2&fields=text")
    assert page["total"] == whole["total"]
    assert parse_qs(urlsplit(page["next"]).query)["fields"] == ["text"]


# Tables.


@pytest.mark.postgresql
@pytest.mark.parametrize("path", LISTS)
def test_a_table_has_the_columns_of_the_fields(served: Served, path: str) -> None:
    whole = csv_rows(served.get(f"{path}.csv"))
    lines = [json.loads(line) for line in served.get(f"{path}.ndjson").content.splitlines()]
    for field in fields_of(served, path):
        wanted = [place for place, name in enumerate(whole[0]) if name.split(".")[0] in {"id", "url", field}]
        some = csv_rows(served.get(f"{path}.csv?fields={field}"))
        assert some == [[row[place] for place in wanted] for row in whole], field
        found = served.get(f"{path}.ndjson?fields={field}").content.splitlines()
        assert in_order([json.loads(line) for line in found]) == [cut(item, {field}) for item in lines], field


def csv_rows(response: httpx.Response) -> list[list[str]]:
    assert response.status_code == 200
    return [*csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), strict=True)]


@pytest.mark.parametrize("address", ["/meetings.atom", "/agreements.atom", "/quotes.atom", "/meetings.ics"])
def test_feeds_and_calendars_refuse_fields_with_the_reason(served: Served, address: str) -> None:
    (error,) = problem(served.get(f"{address}?fields=id,title"), 422, "invalid_parameter")["errors"]
    assert error["parameter"] == "fields" and "makes no sense here" in error["message"]


# Bad input.


def wrong(served: Served, address: str) -> list[Json]:
    errors: list[Json] = problem(served.get(address), 422, "invalid_parameter")["errors"]
    assert {error["parameter"] for error in errors} == {"fields"}
    return errors


def addresses(served: Served, path: str) -> list[str]:
    """The URLs of a list that take `fields`: itself, its tables and an item."""
    return [path, f"{path}.csv", f"{path}.ndjson", f"{path}/{served.all(path)[0]['id']}"]


@pytest.mark.parametrize("path", LISTS)
def test_a_wrong_name_is_named_with_the_names_that_there_are(served: Served, path: str) -> None:
    own = fields_of(served, path)
    others = {name for other in LISTS for name in fields_of(served, other)} - {*own}
    assert len(others) > 10
    for address in addresses(served, path):
        wrong_names = ("", "ID", "url ", "*", "-id", "nothing", "id;url", "id\0", "a" * 300)
        for name in (*wrong_names, *(sorted(others) if address == path else ())):
            (error,) = wrong(served, str(httpx.URL(address, params={"fields": f"id,{name}"})))
            assert error["value"] == name[:200]
            assert error["message"] == f"is not one of {', '.join(own)}"


@pytest.mark.parametrize("path", LISTS)
def test_a_name_that_is_nearly_right_is_suggested(served: Served, path: str) -> None:
    for address in addresses(served, path):
        for name, meant in (("Id", "id"), ("URL", "url"), ("changed-in", "changed_in"), (" changed_in", "changed_in")):
            (error,) = wrong(served, f"{address}?fields={name}")
            assert error["suggestion"] == meant


@pytest.mark.parametrize(
    ("name", "meant"), [("titel", "title"), ("place.city", "place"), ("evidence.words", "evidence")]
)
def test_the_suggestion_is_for_the_wrong_name_alone(served: Served, name: str, meant: str) -> None:
    """A nested name, as the columns of tables have it, is not of the top level."""
    (error,) = wrong(served, f"/meetings?fields=id,{name},parties")
    assert (error["value"], error["suggestion"]) == (name, meant)


@pytest.mark.parametrize("path", LISTS)
def test_fields_are_not_empty_and_given_once(served: Served, path: str) -> None:
    for address in addresses(served, path):
        (error,) = wrong(served, f"{address}?fields=")
        assert error["value"] == ""
        assert [error["value"] for error in wrong(served, f"{address}?fields=,")] == ["", ""]
        (error,) = wrong(served, f"{address}?fields=id&fields=changed_in,url")
        assert (error["message"], error["suggestion"]) == (
            "may be given only once, with commas between its values",
            "id,changed_in,url",
        )


def test_several_errors_are_in_the_order_of_the_request(served: Served) -> None:
    response = served.get("/meetings?limit=0&fields=x,id,y&colour=red")
    errors = problem(response, 422, "invalid_parameter")["errors"]
    named = [(error["parameter"], error["value"]) for error in errors]
    assert named == [("limit", "0"), ("fields", "x"), ("fields", "y"), ("colour", "red")]


def test_of_many_wrong_names_20_are_listed(served: Served) -> None:
    response = served.get(f"/people?fields={','.join('x' * 2000)}")
    assert len(problem(response, 422, "invalid_parameter")["errors"]) == 20
    assert "and 1,980 more" in response.text


@pytest.mark.parametrize("path", LISTS)
def test_an_item_takes_no_other_parameter(served: Served, path: str) -> None:
    item = f"{path}/{served.all(path)[0]['id']}"
    for other, suggestion in (("limit=1", None), ("sort=id", None), ("field=id", "fields"), ("select=id", "fields")):
        (error,) = problem(served.get(f"{item}?{other}"), 422, "unknown_parameter")["errors"]
        assert error["suggestion"] == suggestion
    problem(served.get(f"{path}/nobody?fields=id"), 404, "not_found")
    problem(served.get(f"{path}/nobody?fields=x"), 422, "invalid_parameter")


# Cursors, caching.


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_valid_for_the_same_fields_only(served: Served, path: str) -> None:
    def cursor(fields: str) -> str:
        (found,) = parse_qs(urlsplit(str(served.json(f"{path}?limit=1{fields}")["next"])).query)["cursor"]
        return found

    first, *same = ("&fields=changed_in", "&fields=changed_in,id", "&fields=url,changed_in,changed_in")
    for fields in same:
        (item,) = served.json(f"{path}?limit=1{fields}&cursor={cursor(first)}")["items"]
        assert [*item] == ["id", "url", "changed_in"]
    for fields in ("", "&fields=id", f"&fields={','.join(fields_of(served, path))}"):
        problem(served.get(f"{path}?limit=1{fields}&cursor={cursor(first)}"), 422, "invalid_cursor")
        problem(served.get(f"{path}?limit=1{first}&cursor={cursor(fields)}"), 422, "invalid_cursor")


@pytest.mark.parametrize("path", LISTS)
def test_each_response_has_its_own_etag_which_head_and_304_know(served: Served, path: str) -> None:
    for whole in (path, f"{path}/{served.all(path)[0]['id']}"):
        some = f"{whole}?fields=changed_in"
        responses = [served.get(address) for address in (whole, some, whole, some, some)]
        assert len({response.content for response in responses}) == 2
        assert len({response.headers["ETag"] for response in responses}) == 2
        assert responses[1].content == responses[4].content, "from the cache"
        etag = responses[1].headers["ETag"]
        head = served.client.head(some)
        assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)
        unchanged = served.get(some, headers={"If-None-Match": etag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert served.get(whole, headers={"If-None-Match": etag}).status_code == 200


# The OpenAPI document.


@pytest.mark.parametrize("path", LISTS)
def test_the_document_has_the_names_and_their_form(served: Served, path: str) -> None:
    paths = served.json("/openapi.json")["paths"]
    for described in (path, f"{path}/{{id}}", f"{path}.csv", f"{path}.ndjson"):
        (found,) = [each for each in paths[described]["get"]["parameters"] if each["name"] == "fields"]
        assert (found["in"], found["required"], found["style"], found["explode"]) == ("query", False, "form", False)
        assert found["schema"]["items"]["enum"] == fields_of(served, path)
        assert (found["schema"]["type"], found["schema"]["minItems"]) == ("array", 1)


@pytest.mark.parametrize("path", LISTS)
def test_a_response_is_as_the_document_says_with_fields_and_without(served: Served, path: str) -> None:
    """Without `fields`, it is the first of the two schemas, which requires all fields."""
    document = served.json("/openapi.json")
    item = f"{path}/{served.all(path)[0]['id']}"
    for described, address in ((path, path), (f"{path}/{{id}}", item)):
        schema = document["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole, partial = (
            Draft202012Validator({**each, "components": document["components"]}) for each in schema["anyOf"]
        )
        response = served.json(address)
        assert whole.is_valid(response)
        for field in fields_of(served, path):
            response = served.json(f"{address}?fields={field}")
            assert partial.is_valid(response) and not whole.is_valid(response), field
        del (response["items"][0] if "items" in response else response)["url"]
        assert not partial.is_valid(response)
