"""Quotes in small texts: direct, partial and indirect ones, and their speakers."""

import pytest

from seed.draft.parsed_article import parse_article
from seed.draft.proposal.draft import draft_article
from seed.draft.proposal.record import Source

Found = list[tuple[str, str | None, str]]


def quotes(article: str) -> Found:
    """The kind, speaker and text of each quote in an article with a headline."""
    parsed = parse_article(f"Talks go on in Vienna\n\n{article}")
    return [
        (quote.kind.value, quote.speaker, " ".join(parsed.text.words(*part) for part in quote.parts))
        for quote in parsed.quotes
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "„”", "«»", "「」", "『』", "‘’", "''"])
def test_every_kind_of_quotation_marks(marks: str) -> None:
    left, right = marks[0], marks[1]
    article = f"{left}We will open our doors again to all of them,{right} the minister Jane Roe said."
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors again to all of them")]


def test_a_reporting_clause_within_a_quote() -> None:
    assert quotes("“We will open our doors,” said Jane Roe, “and we will open them soon.”") == [
        ("direct", "Jane Roe", "We will open our doors and we will open them soon.")
    ]


@pytest.mark.parametrize(
    ("between", "continues"), [("She had come by ferry.", True), ("John Doe left.", False), ("John Doe agreed.", False)]
)
def test_a_quote_continues_unless_a_sentence_between_has_another_subject(between: str, continues: bool) -> None:
    article = f"“We will open our doors again soon,” Jane Roe said. {between} “We will open them at noon.”"
    assert (len(parse_article(article).quotes) == 1) is continues


def test_a_quote_over_paragraphs_with_an_opening_mark_each() -> None:
    article = "Jane Roe said: “We will open our doors.\n\n“We will open them soon.”"
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors. We will open them soon.")]


def test_a_quote_over_two_paragraphs_in_one_pair_of_marks() -> None:
    article = "Jane Roe said: “We will open our doors.\n\nWe will open them soon.”"
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors. We will open them soon.")]


def test_a_nested_quote_is_part_of_the_outer_one() -> None:
    assert quotes("“He told me ‘never again’ and went,” Jane Roe said.") == [
        ("direct", "Jane Roe", "He told me ‘never again’ and went")
    ]


@pytest.mark.parametrize("unpaired", ['Ferries."', "Ferries.”", "“Ferries."])
def test_an_unpaired_mark_does_not_pair_with_a_later_one(unpaired: str) -> None:
    article = f"There are few {unpaired}\n\nJane Roe came by ferry.\n\n“We will open our doors,” Roe said.\n\nShe left at once."
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors")]


@pytest.mark.parametrize(
    "article",
    [
        '"We will open our doors again soon,” Jane Roe said. "We will open them at noon.”',
        '"We will open our doors again soon,” Jane Roe said.',
        'Jane Roe said: “We will open our doors again soon,” and left. “We will open them," she added.',
    ],
)
def test_text_in_mixed_quotation_marks_is_left_to_the_reviewer(article: str) -> None:
    texts = [text for _, _, text in quotes(article)]
    assert texts == (["We will open our doors again soon"] if article.startswith("Jane") else [])
    (omission,) = draft_article(f"Talks go on in Vienna\n\n{article}", Source("article.txt")).left_out
    assert omission.startswith("what may be quoted at") and omission.endswith("line 3")


def test_unpaired_marks_of_two_paragraphs_do_not_quote_the_text_between() -> None:
    article = "There are “few ferries.\n\nJane Roe came by one.\n\nRoe said that a date is open.\n\nShe left” at once."
    assert quotes(article)[0][:2] == ("indirect", "Jane Roe")


@pytest.mark.parametrize(
    "article",
    [
        "The “experts” went home.",
        "The film “The Long Way to Vienna” won.",
        "The plan, called “Open Doors”, is old.",
        "Jane Roe spoke on the paper's “Morning Talk” and on “Face of the Day” about ferries.",
        "Jane Roe told the station’s “Today” that she was glad.",
        "Jane Roe came to see a play, “Eclipse,” at night.",
        "“Little Jack” Doe went home.",
    ],
)
def test_irony_names_and_titles_of_works_are_no_quotes(article: str) -> None:
    assert [found for found in quotes(article) if found[0] != "indirect"] == []


def test_a_fragment_is_a_partial_quote() -> None:
    assert quotes("Jane Roe called the talks “frank and friendly”.") == [("partial", "Jane Roe", "frank and friendly")]


def test_fragments_behind_one_verb_are_one_quote() -> None:
    assert quotes("Jane Roe called the talks “frank” and “friendly”.") == [("partial", "Jane Roe", "frank friendly")]


def test_a_question_and_the_reporting_verb_behind_it_are_one_sentence() -> None:
    assert quotes("“Will you open your doors again?” Jane Roe asked. “We shall.”") == [
        ("direct", "Jane Roe", "Will you open your doors again? We shall.")
    ]


@pytest.mark.parametrize("article", ["Jane Roe, 40 — “We will open our doors.”", "Jane Roe: “We will open our doors.”"])
def test_a_name_before_a_dash_or_colon_is_the_speaker(article: str) -> None:
    assert quotes(article) == [("direct", "Jane Roe", "We will open our doors.")]


@pytest.mark.parametrize(
    ("attributed", "speaker"),
    [
        ("“{}” she said.", "Jane Roe"),
        ("“{}” he said.", "John Doe"),
        ("“{}” the minister said.", "Jane Roe"),
        ("“{}” Doe added.", "John Doe"),
        ("“{}” said Mr. Doe.", "John Doe"),
        ("“{}” said Foreign Minister Roe.", "Jane Roe"),
        ("According to Roe, “{}”", "Jane Roe"),
        ("“{}” Doe, who had come by ferry, said.", "John Doe"),
        ("A spokesman for the port said little. “{}” he said.", "A spokesman for the port"),
        ("A spokesman for the port said little. “{}” the spokesman said.", "A spokesman for the port"),
        ("The Harbour Agency met. “{}” the agency said.", "Harbour Agency"),
        ("The Harbour Agency said it was open. “{}” it added.", "Harbour Agency"),
        ("Researchers said little. “{}” they said.", "Researchers"),
        ("Roe declined to go but said: “{}”", "Jane Roe"),
        ("Roe is saying: “{}”", "Jane Roe"),
        ("The port's head, John Doe, said: “{}”", "John Doe"),
        ("Early claims met Republican claims. Roe said: “{}”", "Jane Roe"),
        ("“{}” Doe, who is head of Our Harbour Fund said.", "John Doe"),
        ("“{}” Doe, a spokesman for the Harbour Fund said.", "John Doe"),
        ("“{}” said Roe campaign manager John Doe.", "John Doe"),
        ("Doe, who is leaving, praised Roe for “{}”", "John Doe"),
        ("Doe called it “bad,” denounced her plan and said “{}”", "John Doe"),
        ("In a statement sent on Friday, Rep. Doe (D-N.Y.) came to it, saying: “{}”", "John Doe"),
        ("After a walk with Roe, Mary Poe opened the doors. “{}” she said.", "Mary Poe"),
        ("“{}” the newspaper Ferryman said.", "Ferryman"),
        ("When Roe left on Friday, Doe opened with this:\n\n“{}”", "John Doe"),
        ("Roe's email to the port says: “{}”", "Jane Roe"),
        ("The Harbour Agency hung a notice over Roe, “{}”", "Harbour Agency"),
        ("“{}” she wondered, a claim that Doe made before.", "Jane Roe"),
    ],
)
def test_the_speaker(attributed: str, speaker: str) -> None:
    before = "Foreign Minister Jane Roe met John Doe. Mr. Doe had come by ferry."
    paragraph = attributed.format("We will open our doors again soon,")
    assert quotes(f"{before}\n\n{paragraph}")[-1][1] == speaker


def test_two_speakers_of_one_quote() -> None:
    parsed = parse_article("“We will open our doors again soon,” Jane Roe and John Doe said.")
    assert [[one.name for one in quote.speakers] for quote in parsed.quotes] == [["Jane Roe", "John Doe"]]


def test_the_two_refers_to_two_people_named_together() -> None:
    parsed = parse_article("Jane Roe and John Doe met on Friday. “We will open our doors again soon,” the two said.")
    assert [[one.name for one in quote.speakers] for quote in parsed.quotes] == [["Jane Roe", "John Doe"]]


def test_a_pronoun_refers_to_the_most_salient_person_not_the_last() -> None:
    article = "Jane Roe opened the doors on Friday for Mary Poe. She said that a date is still open."
    assert quotes(article) == [("indirect", "Jane Roe", "a date is still open")]


@pytest.mark.parametrize(
    ("first", "then"), [("Kenneth Roe", "Ken Roe"), ("Joseph Roe", "Joe Roe"), ("Ohio Republican Sam Roe", "Sam Roe")]
)
def test_forms_of_one_name_are_one_entity(first: str, then: str) -> None:
    parsed = parse_article(f"The talks with {first} went on. Then {then} left. Roe was glad.")
    assert (
        len({parsed.entities.of(one) for sentence in parsed.entities.mentions for one in sentence if one.is_person})
        == 1
    )


def test_a_headline_in_title_case_has_no_mentions() -> None:
    parsed = parse_article("Ken Roe Praises Doors In Vienna.\n\nKenneth Roe was glad on Monday.")
    assert parsed.entities.mentions[0] == []


def test_a_title_stands_before_or_behind_a_name() -> None:
    parsed = parse_article(
        "Kirill Dmitriev, head of the fund, met Foreign Minister Sergey Lavrov. Dmitriev said little."
    )
    titles = {
        one.name: list(one.titles) for _, one in ((m, parsed.entities.of(m)) for m in parsed.entities.mentions[0])
    }
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
        ("Roe told the Daily Post on Monday she’s glad of a date.", "she’s glad of a date"),
        ("Roe said a date is still open, but she left.", "a date is still open"),
        ("Roe said a date is still open, and has left.", "a date is still open"),
        ("When Roe said that a date is open, they left.", "a date is open"),
        ("They were glad - and a date, Roe said, is still open.", "a date is still open"),
        ("A date is still open, Roe said in a letter.", "A date is still open"),
        ("As Roe told the Daily Post, a date is still open.", "a date is still open"),
        ("Roe is warning that a date is still open.", "a date is still open"),
        ("Rep. Roe, D-N.Y., said that a date is still open.", "a date is still open"),
    ],
)
def test_indirect_quotes(sentence: str, text: str) -> None:
    assert quotes(f"Jane Roe met John Doe.\n\n{sentence}") == [("indirect", "Jane Roe", text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe declined to say when a date was found.",
        "What Roe says her plan would do is open.",
        "Everything Roe says is open.",
        "Roe said the date was “wide open”.",
        "Roe reported two dates to the port.",
    ],
)
def test_clauses_that_are_no_indirect_quotes(sentence: str) -> None:
    assert [found for found in quotes(f"Jane Roe met John Doe.\n\n{sentence}") if found[0] == "indirect"] == []


@pytest.mark.parametrize(
    ("article", "is_certain"),
    [
        ("Jane Roe said that a date is open.", True),
        ("Jane Roe came. She said that a date is open.", True),
        ("Jane Roe and Mary Poe came. She said that a date is open.", False),
        ("The Harbour Agency said that a date is open.", False),
        ("Jane Roe speculated that a date is open.", False),
    ],
)
def test_an_indirect_quote_is_certain_with_a_named_person_and_an_unambiguous_verb(
    article: str, is_certain: bool
) -> None:
    (quote,) = parse_article(article).quotes
    assert (quote.certain and quote.clear) is is_certain
