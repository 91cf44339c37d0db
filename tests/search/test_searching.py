"""Searches of an index: what is found and in which order, what is counted, and what is suggested."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import fold
from app.search.queries import DEFAULT_KINDS, FACTS, Filters
from app.search.query_parsing import parse_query
from app.search.searching import FoundHit, Search, suggestions
from tests.search.indexes import documents

RIYADH, OSLO = "riyadh-2025-02-18", "oslo-2017-10-01"
FIELDS = ("party", "person", "country", "topic", "commitment", "language")


def search(opened: OpenIndex, q: str = "", filters: Filters = Filters()) -> Search:  # noqa: B008
    return Search(opened, parse_query(q) if q else None, filters)


def hits(opened: OpenIndex, q: str = "", filters: Filters = Filters(), newest_first: bool = False) -> list[FoundHit]:  # noqa: B008
    page = search(opened, q, filters).page(0, 1000, newest_first)
    assert page.total == len(page.hits)
    return [*page.hits]


def items(found: Iterable[FoundHit]) -> list[str]:
    return [f"{hit.kind}:{hit.stored['id']}" for hit in found]


def found(opened: OpenIndex, q: str, *kinds: SearchKind) -> list[str]:
    return items(hits(opened, q, Filters(kinds=kinds)))


def searched_words(opened: OpenIndex) -> Iterator[tuple[str, set[str]]]:
    """The words that each fact has in its title, its text and its evidence."""
    for (kind, id), hit in documents(opened).items():
        if kind in FACTS:
            cited = (each["words"] or each["note"] for each in hit["evidence"])
            yield f"{kind}:{id}", {*fold(" ".join([hit["title"], hit["text"], *cited])).split()}


# What is found.


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_fact_is_found_by_any_of_its_words(judged: OpenIndex, data: st.DataObject) -> None:
    known = dict(searched_words(judged))
    words = known[data.draw(st.sampled_from(sorted(known)))]
    wanted = data.draw(st.sets(st.sampled_from(sorted(words)), min_size=1, max_size=4))
    expected = {item for item, own in known.items() if wanted <= own}
    assert expected <= {*found(judged, " ".join(wanted))}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("tariffs halve", [f"agreement:{OSLO}.tariffs"]),
        ("halve tariffs -timber", []),
        ('"their tariffs on sawn timber"', [f"agreement:{OSLO}.tariffs"]),
        ('"tariffs their on sawn timber"', []),
        ("promise breakfast", [f"quote:{OSLO}.promise"]),
        ("promise -breakfast", []),
        ("promise lavrov", []),
        ("zyxwv", []),
        ("🤝", []),
    ],
)
def test_all_words_must_occur(judged: OpenIndex, q: str, expected: list[str]) -> None:
    assert found(judged, q) == expected


def test_only_what_is_excluded_is_left_out(judged: OpenIndex) -> None:
    everything = {*found(judged, "riyadh")}
    assert {*found(judged, "riyadh -lavrov")} == everything - {*found(judged, "riyadh lavrov")} != everything
    assert {*items(hits(judged, "-riyadh"))} == {*items(hits(judged, "", Filters(kinds=DEFAULT_KINDS)))} - everything


def test_an_exact_word_ranks_above_another_form(judged: OpenIndex) -> None:
    both = ["tariff", "tariffs"]
    assert {*found(judged, both[0])} == {*found(judged, both[1])}
    exact, other = (hits(judged, q)[0].score for q in reversed(both))
    assert exact > other > 0


def test_words_that_stand_together_rank_above_scattered_ones(judged: OpenIndex) -> None:
    together, scattered = (
        hits(judged, q)[0].score for q in ("sustainable peace agreement", "agreement sustainable peace")
    )
    assert together > scattered


@pytest.mark.parametrize("name", ["lavrov", "Marco Rubio", "Россия", "sigrid haugen", "bavaria", "李明"])
def test_who_is_named_comes_first(judged: OpenIndex, name: str) -> None:
    ranked = found(judged, name)
    assert not ranked or ranked[0].startswith(("person:", "party:"))


@pytest.mark.parametrize("q", ["lawrow", "sergej lawrow", "fjordlant", "muhammed bin khalid"])
def test_similar_names_find_people_and_parties_alone_and_below_all_others(judged: OpenIndex, q: str) -> None:
    ranked = hits(judged, q)
    assert ranked
    for hit in ranked:
        assert hit.kind in (SearchKind.person, SearchKind.party) and hit.score < 0.01
        assert hit.snippet[1] or hit.title_matches
    assert found(judged, q, SearchKind.quote, SearchKind.source) == []
    assert items(hits(judged, f"{q} -{fold(ranked[0].stored['title']).split()[-1]}")) == []


@pytest.mark.parametrize("word", ["blorptag", "qwertz", "xylophon", "zanzibar", "iran", "banana", "kettle"])
def test_a_nonsense_word_matches_no_name(judged: OpenIndex, word: str) -> None:
    assert found(judged, word) == []


def test_sources_and_evidence_are_found_when_they_are_asked_for(judged: OpenIndex) -> None:
    assert found(judged, "midnight") == []
    assert search(judged, "midnight").count(SearchKind.source) == 1
    assert found(judged, "midnight", SearchKind.source) == [f"source:{OSLO}-article"]
    with_evidence = found(judged, "diplomatic missions", SearchKind.evidence)
    assert {*with_evidence} < {*found(judged, "diplomatic missions")} and len(with_evidence) > 3
    assert {*with_evidence} == {*found(judged, "diplomatic mission", SearchKind.evidence)}
    assert search(judged, "diplomatic missions").count(SearchKind.evidence) == len(with_evidence)
    for hit in hits(judged, "diplomatic missions", Filters(kinds=(SearchKind.evidence,))):
        assert hit.evidence and all(each.snippet[1] for each in hit.evidence)


def test_a_hit_names_its_evidence_with_the_words(judged: OpenIndex) -> None:
    (hit,) = hits(judged, '"artificial barriers" -work')
    known = {each["id"]: each["words"] for each in hit.stored["evidence"]}
    assert hit.kind == SearchKind.quote and 0 < len(hit.evidence) <= 3
    for each in hit.evidence:
        text, matches = each.snippet
        assert text in known[each.id] and {text[start:end] for start, end in matches} == {"artificial barriers"}


# Filters, sorts, pages and facets.


def test_filters_must_all_hold_and_each_has_one_of_its_values(judged: OpenIndex) -> None:
    every = hits(judged, "", Filters(kinds=(*DEFAULT_KINDS, SearchKind.source)))
    for field in FIELDS:
        values = [each.value for each in search(judged, "", Filters(kinds=DEFAULT_KINDS)).facet(field)]
        one, two = (items(hits(judged, "", Filters(any_of={field: values[:number]}))) for number in (1, 2))
        assert {*one} <= {*two} <= {*items(every)}
    by_both = Filters(kinds=(SearchKind.quote,), any_of={"party": ["usa"], "country": ["SAU"]})
    assert {hit.stored["title"] for hit in hits(judged, "", by_both)} == {"Marco Rubio", "Mike Waltz"}
    assert hits(judged, "", Filters(any_of={"country": ["SAU"], "person": ["sigrid-haugen"]})) == []
    with_both = hits(judged, "", Filters(kinds=(SearchKind.meeting,), all_with=["usa", "sergey-lavrov"]))
    assert items(with_both) == [f"meeting:{RIYADH}"]
    assert hits(judged, "", Filters(all_with=["usa", "sigrid-haugen"])) == []


def test_dates_are_those_on_which_a_meeting_may_have_been(judged: OpenIndex) -> None:
    def between(first: tuple[int, int, int] | None, last: tuple[int, int, int] | None) -> list[str]:
        first_day, last_day = (day and date(*day).toordinal() for day in (first, last))
        filters = Filters(kinds=(SearchKind.meeting,), first_day=first_day, last_day=last_day)
        return sorted(hit.stored["id"] for hit in hits(judged, "", filters))

    assert between((2022, 2, 10), (2022, 2, 11)) == ["munich-2022-02"]
    assert between((2025, 2, 18), None) == [RIYADH] and between((2025, 2, 19), None) == []
    assert between((2022, 1, 1), (2022, 12, 31)) == ["munich-2022-02"]
    assert between((2017, 1, 1), (2017, 9, 30)) == [] and between((2017, 10, 2), (2017, 12, 31)) == []
    assert between(None, (2017, 10, 1)) == [OSLO] and between(None, (2017, 9, 30)) == []
    assert len(between(None, None)) == 9


@pytest.mark.parametrize("q", ["", "talks", "agreed"])
def test_the_newest_come_first(judged: OpenIndex, q: str) -> None:
    filters = Filters(kinds=(SearchKind.meeting,))
    ranked = hits(judged, q, filters, newest_first=True)
    dates = [hit.stored["date"] for hit in ranked]
    assert dates == sorted(dates, reverse=True)
    assert {*items(ranked)} == {*items(hits(judged, q, filters))}


@pytest.mark.parametrize("q", ["talks", "russia", "-lavrov", "diplomatic mission"])
def test_pages_are_the_whole_and_each_hit_comes_once(judged: OpenIndex, q: str) -> None:
    for newest_first in (False, True):
        whole = items(hits(judged, q, newest_first=newest_first))
        assert len({*whole}) == len(whole) > 5
        pages = [search(judged, q).page(at, 4, newest_first) for at in range(0, len(whole), 4)]
        assert [item for page in pages for item in items(page.hits)] == whole
        assert {page.total for page in pages} == {len(whole)}


@pytest.mark.parametrize(
    ("q", "filters"),
    [
        ("", Filters(kinds=(SearchKind.quote,))),
        ("talks", Filters()),
        ("russia", Filters(any_of={"party": ["usa"], "topic": ["ambassadors"]})),
        ("lawrow", Filters()),
        ("the", Filters(first_day=738000, any_of={"language": ["en"]})),
    ],
)
def test_a_facet_counts_what_the_narrowed_search_finds(judged: OpenIndex, q: str, filters: Filters) -> None:
    for field in FIELDS:
        for each in search(judged, q, filters).facet(field):
            narrowed = Filters(
                filters.kinds,
                {**filters.any_of, field: [each.value]},
                filters.all_with,
                filters.first_day,
                filters.last_day,
            )
            assert search(judged, q, narrowed).page(0, 1).total == each.count, (field, each)
    for each in search(judged, q, filters).facet("kind"):
        assert search(judged, q, filters).count(SearchKind(each.value)) == each.count


@pytest.mark.parametrize(
    ("q", "filters"), [("talks", Filters()), ("lawrow", Filters()), ("", Filters(last_day=738000))]
)
def test_facets_are_the_same_however_they_are_counted(
    judged: OpenIndex, q: str, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("kind", *FIELDS, "year")
    each_alone = [search(judged, q, filters).facet(name) for name in names]
    together = Search(judged, parse_query(q) if q else None, filters, names)
    assert [together.facet(name) for name in names] == each_alone
    assert together.total == search(judged, q, filters).total
    monkeypatch.setattr("app.search.searching.MOST_SETS", 1)
    assert [search(judged, q, filters).facet(name) for name in names] == each_alone


def test_a_facet_has_names_and_years(judged: OpenIndex) -> None:
    parties = {each.value: each.label for each in search(judged, "riyadh").facet("party")}
    assert parties == {"rus": "Russia", "usa": "United States"}
    every = search(judged, "", Filters(kinds=(SearchKind.meeting,)))
    assert [each.value for each in every.facet("year")] == [str(year) for year in range(2017, 2026)]


# What was meant.


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("sustainabel peace", "sustainable peace"),
        ("tarrifs timber", "tariffs timber"),
        ("lavrov zyxwv", "lavrov"),
        ("lavrov herring", "lavrov"),
        ('"artifical barriers" russia', '"artificial barriers" russia'),
        ("zyxwv", None),
        ("timber -tariff", None),
    ],
)
def test_without_hits_the_nearest_query_is_offered(judged: OpenIndex, q: str, expected: str | None) -> None:
    searched = search(judged, q)
    assert searched.page(0, 5).total == 0
    meant = searched.nearest_query()
    assert meant == expected
    assert meant is None or search(judged, meant).page(0, 5).total > 0


# Suggestions.


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("lav", "person:sergey-lavrov"),
        ("Serg Lav", "person:sergey-lavrov"),
        ("łuk", "person:zaneta-lukasiewicz"),
        ("李", "person:li-ming"),
        ("fjo", "party:fjordland"),
        ("oslo", f"meeting:{OSLO}"),
        ("ambas", "topic:ambassadors"),
        ("humanitarian", "topic:humanitarian-aid"),
    ],
)
def test_names_are_suggested_by_the_beginnings_of_their_words(judged: OpenIndex, q: str, first: str) -> None:
    suggested = [f"{each['kind']}:{each['id']}" for each in suggestions(judged, q)]
    assert suggested[0] == first and len(suggested) <= 10


def test_every_beginning_of_a_name_suggests_it(judged: OpenIndex) -> None:
    for (kind, id), hit in documents(judged).items():
        if kind in ("person", "party") and len(word := fold(hit["title"]).split()[-1]) > 2:
            some = (suggestions(judged, word[:length]) for length in range(2, len(word) + 1))
            assert all(id in [each["id"] for each in each_some] or len(each_some) == 10 for each_some in some), (
                kind,
                id,
            )


@pytest.mark.parametrize("q", ["", " ", "🤝", "zyxwv", "x" * 9000, "lav " * 300])
def test_nothing_is_suggested_for_what_no_name_begins_with(judged: OpenIndex, q: str) -> None:
    assert len(suggestions(judged, q)) <= (1 if "lav" in q else 0)


# Any text.


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=40),
        st.lists(
            st.sampled_from(["lavrov", "-", '"', "peace", "离", "离场", "*", "the", "ş", "AND", "lawr", "مفتـوح"]),
            max_size=9,
        ).map(" ".join),
    ),
    newest_first=st.booleans(),
)
def test_any_text_is_a_query(judged: OpenIndex, q: str, newest_first: bool) -> None:
    searched = search(judged, q)
    page = searched.page(0, 20, newest_first)
    assert len(page.hits) == min(page.total, 20)
    assert searched.facet("kind") is not None
    if not page.total:
        searched.nearest_query()
    suggestions(judged, q)


@pytest.mark.parametrize("q", ["russia", "agreement riyadh", '"peace talks"', "talks -lavrov", "-talks"])
def test_several_kinds_find_what_each_finds(judged: OpenIndex, q: str) -> None:
    kinds = (SearchKind.quote, SearchKind.source, SearchKind.meeting)
    each = [{*items(hits(judged, q, Filters(kinds=(kind,))))} for kind in kinds]
    together = Filters(kinds=kinds)
    assert any(each) and {*items(hits(judged, q, together))} == set.union(*each)
    searched = search(judged, q, together)
    assert searched.total == sum(map(len, each)) and searched.count(SearchKind.source) == len(each[1])


# Many hits.


IN_TIERS = {"MOST_SCORED": -1, "FEW_HITS": 0, "RECENT": 1}
"""Limits of a large index, for a small one."""


def rank_in_tiers(monkeypatch: pytest.MonkeyPatch, common: int) -> None:
    """Rank as with very many hits; words of more than so many texts are common."""
    for name, limit in {**IN_TIERS, "COMMON": common}.items():
        monkeypatch.setattr(f"app.search.queries.{name}", limit)


@pytest.mark.parametrize("common", [0, 1000])
@pytest.mark.parametrize(
    ("q", "filters"),
    [
        *((q, Filters()) for q in ("talks", "russia", "agreement riyadh", '"peace talks"', "russia -lavrov", "lawrow")),
        ("russia", Filters(kinds=(SearchKind.quote,))),
        ("russia", Filters(kinds=(SearchKind.meeting, SearchKind.agreement))),
        ("talks", Filters(kinds=(SearchKind.evidence,))),
        ("talks", Filters(kinds=(SearchKind.source,))),
        ("the", Filters(first_day=737000, last_day=739000)),
    ],
)
def test_many_hits_are_the_same_in_tiers_and_each_comes_once(
    judged: OpenIndex, q: str, filters: Filters, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    altogether = items(hits(judged, q, filters))
    rank_in_tiers(monkeypatch, common)
    whole = hits(judged, q, filters)
    assert altogether and len(whole) == len(altogether) and {*items(whole)} == {*altogether}
    scores = [hit.score for hit in whole]
    assert scores == sorted(scores, reverse=True)
    for size in (1, 3, 7):
        pages = [search(judged, q, filters).page(at, size) for at in range(0, len(whole), size)]
        assert [item for page in pages for item in items(page.hits)] == items(whole)


def test_of_many_hits_names_come_first_then_titles(judged: OpenIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    rank_in_tiers(monkeypatch, common=1000)
    ranked = hits(judged, "russia")
    assert items(ranked)[0] == "party:rus" and ranked[1].kind == SearchKind.meeting
    titled = ["russia" in fold(hit.stored["title"]).split() for hit in ranked]
    assert titled == sorted(titled, reverse=True) and not all(titled)
