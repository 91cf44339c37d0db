"""What rules find in small texts: quotations of every mark, statements, and who speaks."""

import pytest

from seed.draft.reading import read

pytestmark = pytest.mark.usefixtures("way")

Found = list[tuple[str, str | None, str]]


def quotes(article: str) -> Found:
    """The kind, speaker and text of each quote; a headline leads in, so that the rest is the body."""
    reading = read(f"Talks go on in Vienna\n\n{article}")
    return [
        (quote.kind.value, quote.speaker, " ".join(reading.text.words(*part) for part in quote.parts))
        for quote in reading.quotes
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "„”", "«»", "「」", "『』", "‘’", "''"])
def test_every_kind_of_marks(marks: str) -> None:
    left, right = marks[0], marks[1]
    article = f"{left}We will open our doors again to all of them,{right} the minister Jane Roe said."
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors again to all of them")]


def test_a_quotation_that_the_verb_breaks() -> None:
    assert quotes("“We will open our doors,” said Jane Roe, “and we will open them soon.”") == [
        ("direct", "Jane Roe", "We will open our doors and we will open them soon.")
    ]


def test_a_quotation_over_paragraphs_that_each_open_a_mark() -> None:
    article = "Jane Roe said: “We will open our doors.\n\n“We will open them soon.”"
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors. We will open them soon.")]


def test_a_quotation_that_one_pair_holds_over_two_paragraphs() -> None:
    article = "Jane Roe said: “We will open our doors.\n\nWe will open them soon.”"
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors. We will open them soon.")]


def test_a_nested_quotation_belongs_to_the_outer_one() -> None:
    assert quotes("“He told me ‘never again’ and went,” Jane Roe said.") == [
        ("direct", "Jane Roe", "He told me ‘never again’ and went")
    ]


@pytest.mark.parametrize("stray", ['Ferries."', "Ferries.”", "“Ferries."])
def test_a_stray_mark_swallows_nothing(stray: str) -> None:
    article = (
        f"There are few {stray}\n\nJane Roe came by ferry.\n\n“We will open our doors,” Roe said.\n\nShe left at once."
    )
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors")]


def test_stray_marks_of_two_paragraphs_swallow_nothing_between() -> None:
    article = "There are “few ferries.\n\nJane Roe came by one.\n\nRoe said that a date is open.\n\nShe left” at once."
    assert quotes(article)[0][:2] == ("indirect", "Jane Roe")


@pytest.mark.parametrize(
    "article",
    [
        "The “experts” went home.",
        "The film “The Long Way to Vienna” won.",
        "The plan, called “Open Doors”, is old.",
    ],
)
def test_irony_and_titles_of_works_are_no_quotations(article: str) -> None:
    assert quotes(article) == []


def test_a_fragment_is_partial() -> None:
    assert quotes("Jane Roe called the talks “frank and friendly”.") == [("partial", "Jane Roe", "frank and friendly")]


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ("“{}” she said.", "Jane Roe"),
        ("“{}” he said.", "John Doe"),
        ("“{}” the minister said.", "Jane Roe"),
        ("“{}” Doe added.", "John Doe"),
        ("“{}” said Mr. Doe.", "John Doe"),
        ("“{}” said Foreign Minister Roe.", "Jane Roe"),
        ("According to Roe, “{}”", "Jane Roe"),
        ("“{}” Doe, who had come by ferry, said.", "John Doe"),
    ],
)
def test_who_speaks(said: str, speaker: str) -> None:
    before = "Foreign Minister Jane Roe met John Doe. Mr. Doe had come by ferry."
    told = said.format("We will open our doors again soon,")
    assert [found[1] for found in quotes(f"{before}\n\n{told}")] == [speaker]


def test_two_speak_jointly() -> None:
    reading = read("“We will open our doors again soon,” Jane Roe and John Doe said.")
    assert [[one.name for one in quote.speakers] for quote in reading.quotes] == [["Jane Roe", "John Doe"]]


def test_a_name_has_the_title_before_or_behind_it() -> None:
    reading = read("Kirill Dmitriev, head of the fund, met Foreign Minister Sergey Lavrov. Dmitriev said little.")
    titles = {one.name: list(one.titles) for _, one in ((m, reading.cast.who(m)) for m in reading.cast.mentions[0])}
    assert titles == {"Kirill Dmitriev": ["head of the fund"], "Sergey Lavrov": ["Foreign Minister"]}


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Roe said that a date is still open.", "a date is still open"),
        ("Roe said on Monday that a date is still open.", "a date is still open"),
        ("Roe told reporters that a date is still open.", "a date is still open"),
        ("A date is still open, Roe said.", "A date is still open"),
        ("According to Roe, a date is still open.", "a date is still open"),
        ("A date is still open, according to Roe.", "A date is still open"),
        ("Roe stressed the need for a date.", "stressed the need for a date"),
        ("Roe came, adding that a date is still open.", "a date is still open"),
    ],
)
def test_statements(sentence: str, text: str) -> None:
    assert quotes(f"Jane Roe met John Doe.\n\n{sentence}") == [("indirect", "Jane Roe", text)]
