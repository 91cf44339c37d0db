"""Query parameters: each error of a query string names its parameter, and every error is in the problem."""

import itertools
from urllib.parse import quote

import pytest

from app.api.endpoints.search import SearchQuery
from app.api.resources.agreements import AgreementQuery
from app.api.resources.delegates import DelegateQuery
from app.api.resources.evidence import EvidenceQuery
from app.api.resources.meetings import MeetingQuery
from app.api.resources.parties import PartyQuery
from app.api.resources.people import PersonQuery
from app.api.resources.quotes import QuoteQuery
from app.api.resources.sources import SourceQuery
from app.api.shared.list_params import ListQuery
from app.http.query_params import QueryValidator, parse
from app.problems import Problem

Model = type[ListQuery] | type[SearchQuery]


def problem_of(model: Model, query_string: str) -> Problem:
    with pytest.raises(Problem) as raised:
        QueryValidator(model).validate(parse(query_string.encode()))
    return raised.value


@pytest.mark.parametrize(
    ("model", "query_string", "suggestion"),
    [
        (AgreementQuery, "comitment=agreed", "commitment"),
        (MeetingQuery, "Limit=5", "limit"),
        (MeetingQuery, "datefrom=2025", "date_from"),
        (QuoteQuery, "speakers=jane-roe", "speaker"),
        (EvidenceQuery, "kind=quote", "record_kind"),
        (PartyQuery, "xyz=1", None),
        (PersonQuery, "partys=uto", "party"),
        (QuoteQuery, "person=jane-roe", "speaker"),
        (QuoteQuery, "spekaer=jane-roe", "speaker"),
        (MeetingQuery, "people=jane-roe", "person"),
        (AgreementQuery, "parties=uto", "party"),
        (MeetingQuery, "countries=AUT", "country"),
        (MeetingQuery, "date=2025", "date_from"),
        (MeetingQuery, "to=2025", "date_to"),
        (MeetingQuery, "page=2", "cursor"),
        (PartyQuery, "type=state", "kind"),
        (AgreementQuery, "between=rus", "with"),
        (AgreementQuery, "from=2025", "date_from"),
        (MeetingQuery, "place=Riyadh", "city"),
        (QuoteQuery, "place=Riyadh", "country"),
        (SourceQuery, "date=2025", "published_from"),
        (SourceQuery, "lang=en", "language"),
        (PartyQuery, "person=jane-roe", None),
        (MeetingQuery, "zzqqxxjj=1", None),
        (MeetingQuery, "qq=1", None),
        (MeetingQuery, "top=1", None),
    ],
)
def test_an_unknown_parameter_suggests_the_one_that_was_meant(
    model: Model, query_string: str, suggestion: str | None
) -> None:
    problem = problem_of(model, query_string)
    (error,) = problem.errors
    assert (problem.code, error.parameter) == ("unknown_parameter", query_string.partition("=")[0])
    assert error.suggestion == suggestion


@pytest.mark.parametrize(
    ("model", "query_string", "suggestion"),
    [
        (AgreementQuery, "commitment=agred", "agreed"),
        (AgreementQuery, "form=joint-statement", "joint_statement"),
        (QuoteQuery, "kind=Direct", "direct"),
        (DelegateQuery, "role=heads", "head"),
        (DelegateQuery, "sort=-nam", "-name"),
        (MeetingQuery, "status=canceled", "cancelled"),
        (MeetingQuery, "sort=titel", "title"),
        (EvidenceQuery, "basis=infered", "inferred"),
        (PartyQuery, "kind=armed-group", "armed_group"),
        (PartyQuery, "kind=zzz", None),
        (PartyQuery, "kind=group", "armed_group"),
        (MeetingQuery, "status=HELD", "held"),
        (MeetingQuery, "sort=date", "start_date"),
        (MeetingQuery, "sort=-date", "-start_date"),
        (MeetingQuery, "sort=-start-date", "-start_date"),
        (MeetingQuery, "sort=start-date", "start_date"),
        (MeetingQuery, "country=sau", "SAU"),
        (MeetingQuery, "country=Saudi", None),
        (MeetingQuery, "party=RUS", "rus"),
        (MeetingQuery, "person=Sergey Lavrov", "sergey-lavrov"),
        (MeetingQuery, "person=-rus-", None),
        (MeetingQuery, "changed_since=1-6AC461EE", "1-6ac461ee"),
    ],
)
def test_an_unknown_value_suggests_the_one_that_was_meant(
    model: Model, query_string: str, suggestion: str | None
) -> None:
    problem = problem_of(model, query_string)
    (error,) = problem.errors
    assert f"{error.parameter}={error.value}" == query_string
    assert (problem.code, error.suggestion) == ("invalid_parameter", suggestion)


DATES = [
    "",
    "25",
    "2025-1-1",
    "٢٠٢٥",
    "2025-2",
    "2025-13",
    "2025-00",
    "2025-02-30",
    "0000",
    "2025-02-18T00:00",
    "18.02.2025",
]
MALFORMED = {
    "limit": [
        *("", "0", "101", "-1", "1.5", "5.0", "1e1", "1_0", " 5", "5 ", "+5", "٣", "ten", "9" * 30, "0x10", "null"),
        "true",
    ],
    "cursor": [""],
    "q": ["", " ".join(f"w{number}" for number in range(33))],
    "sort": ["", "-", "--id", "+id", "ID", "id,title", "published"],
    "changed_since": [
        "",
        "-1",
        "1",
        "1-",
        "1-xyz",
        "2025-02-18",
        "00",
        "1-6AC461EE",
        "0-00000000",
        "10000000000-aaaaaaaa",
    ],
    "country": ["", "AU", "aut", "AUTT", "A1T", "ÄÖÜ", "AUT\n"],
    "date_from": DATES,
    "date_to": DATES,
}
IDS = ["", "-a", "a-", "a--b", "a..b", ".a", "a.", "A", "ä", "a b", "a_b", "a/b", "a\n", "\0", "\ufffd", "x" * 401]
MALFORMED |= {name: ["", "nonsense", "AGREED", "held "] for name in ("status", "format", "mode")}
MALFORMED |= {"city": ["", "x" * 401], "wikidata": ["", "42", "q42", "Q", "Q0", "Q42 ", "Q٣"]}
MALFORMED |= {field.alias or name: IDS for name, field in MeetingQuery.model_fields.items() if name not in MALFORMED}
CASES = [(name, value) for name, values in MALFORMED.items() for value in values]


@pytest.mark.parametrize(("name", "value"), CASES, ids=lambda text: ascii(text)[:20])
def test_a_malformed_value_is_one_error(name: str, value: str) -> None:
    problem = problem_of(MeetingQuery, f"{name}={quote(value)}")
    (error,) = problem.errors
    assert (problem.code, error.parameter) == ("invalid_parameter", name)
    assert error.message and (error.value or "") == value[:200]


@pytest.mark.parametrize(("first", "last"), [("2025", "2024"), ("2025-02", "2025-01-31"), ("2025-02-18", "2025-02-17")])
def test_date_to_before_date_from_is_an_error(first: str, last: str) -> None:
    (error,) = problem_of(MeetingQuery, f"date_from={first}&date_to={last}").errors
    assert (error.parameter, error.value) == ("date_to", last) and "date_from" in error.message


ERRORS = {
    "colour": ("colour=red", "unknown_parameter"),
    "limit": ("limit=0", "invalid_parameter"),
    "sort": ("sort=nonsense", "invalid_parameter"),
    "status": ("status=hold", "invalid_parameter"),
    "party": ("party=A", "invalid_parameter"),
    "date_to": ("date_from=2025&date_to=2024", "invalid_parameter"),
    "country": ("country=AUT&country=at", "invalid_parameter"),
    "start_dat": ("start_dat=2025", "unknown_parameter"),
    "cursor": ("cursor=x", "invalid_cursor"),
    "changed_since": ("changed_since=77-00000000", "invalid_parameter"),
}
READ_FROM_DATABASE = {"cursor", "changed_since"}
"""Parameters whose errors are found only after all others are valid."""

PAIRS = [names for names in itertools.permutations(ERRORS, 2) if set(names) != READ_FROM_DATABASE]


@pytest.mark.parametrize("names", [*PAIRS, tuple(ERRORS), tuple(ERRORS)[::-1]], ids="+".join)
def test_a_problem_has_all_errors_in_the_order_of_the_request_and_the_code_of_the_first(names: tuple[str, ...]) -> None:
    problem = problem_of(MeetingQuery, "&".join(ERRORS[name][0] for name in names))
    expected = [name for name in names if name not in READ_FROM_DATABASE]
    assert [error.parameter for error in problem.errors] == expected
    assert problem.code == ERRORS[expected[0]][1]
    assert all(f"`{name}`" in problem.detail for name in expected)


def test_the_errors_of_repeated_filters_are_in_the_order_of_the_request() -> None:
    problem = problem_of(MeetingQuery, "party=A&x=1&status=hold&party=uto&status=held&limit=1&party=B&limit=2")
    found = [(error.parameter, error.value) for error in problem.errors]
    assert found == [("party", "A"), ("x", "1"), ("status", "hold"), ("party", "B"), ("limit", "2")]


def test_a_missing_parameter_is_the_last_error() -> None:
    problem = problem_of(SearchQuery, "query=x&limit=0")
    assert [error.parameter for error in problem.errors] == ["query", "limit", "q"]
    assert problem.code == "unknown_parameter"


@pytest.mark.parametrize(
    "query_string",
    ["&".join(f"x{number}=" for number in range(1300)), "&".join(["party=A"] * 1300)],
    ids=["unknown", "malformed"],
)
def test_a_problem_lists_20_errors_and_the_number_of_the_others(query_string: str) -> None:
    problem = problem_of(MeetingQuery, query_string)
    assert len(problem.errors) == 20
    assert problem.detail.endswith("; and 1,280 more.") and len(problem.detail) < 2000


REPEATED = [name for name, many in QueryValidator(MeetingQuery).multi_valued.items() if many and name != "city"]
"""The names of cities have commas, as in `Washington, D.C.`"""


@pytest.mark.parametrize("name", REPEATED)
def test_values_joined_by_commas_are_to_be_given_one_by_one(name: str) -> None:
    (error,) = problem_of(MeetingQuery, f"{name}=rus,usa,chn").errors
    assert f"give it twice, as in {name}=rus&{name}=usa" in error.message and error.suggestion is None


@pytest.mark.parametrize(("query_string", "message"), [("limit=0&limit=0", "once"), (f"{'x' * 300}=1", "not a param")])
def test_a_parameter_with_two_errors_or_a_long_name_has_one_error(query_string: str, message: str) -> None:
    (error,) = problem_of(MeetingQuery, query_string).errors
    assert message in error.message and error.parameter == query_string.partition("=")[0][:200]


def test_each_invalid_value_of_a_repeated_filter_is_an_error() -> None:
    errors = problem_of(AgreementQuery, "commitment=agred&commitment=agreed&commitment=signd").errors
    assert [(error.value, error.suggestion) for error in errors] == [("agred", "agreed"), ("signd", "signed")]
