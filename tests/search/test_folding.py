"""Texts and queries are folded alike, and each folded word knows its place."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search.folding import Words, fold, fold_all, is_gram, words

FOLDED = {
    "The U.S. agreed, 4.5 hours": "the u s agreed 4 5 hours",
    "snake_case": "snake case",
    "Łódź, São Paulo, Türkiye": "lodz sao paulo turkiye",
    "Zürich".encode().decode(): "zurich",
    unicodedata.normalize("NFD", "Erdoğan"): "erdogan",
    "İstanbul ISTANBUL ıstanbul": "istanbul istanbul istanbul",
    "Straße ﬁnal Æneas œuvre": "strasse final aeneas oeuvre",
    "ＦＵＬＬ　ｗｉｄｔｈ １２": "full width 12",
    "Ёлка Горбачёв Сергей": "елка горбачев сергей",
    "Αθήνα ΑΘΗΝΑΣ": "αθηνα αθηνασ",
    "مُحَمَّد محمــد أحمد": "محمد محمد احمد",
    "٢٠٢٥ ۲۰۲۵": "2025 2025",
    "שָׁלוֹם": "שלום",
    "离場": "离場 場",
    "離場協議2025年": "離場 場協 協議 議 2025 年",
    "東京サミット": "東京 京サ サミ ミッ ット ト",
    "ガ": "ガ",
    "ﾄﾞｲﾂ": "ドイ イツ ツ",
    "สวัสดี": "สว วั ัส สด ดี ี",
    "한국 정상회담": "한국 정상회담",
    "हिन्दी शब्द": "हिन्दी शब्द",
    "co\u00adoperate می\u200cخواهم": "cooperate میخواهم",
    "🕊️ peace ½ ™": "peace 1 2 tm",
    "": "",
    "…": "",
}


@pytest.mark.parametrize("text", FOLDED)
def test_a_text_is_folded_to_words(text: str) -> None:
    assert fold(text) == FOLDED[text]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("text", FOLDED)
def test_all_forms_of_unicode_are_folded_alike(text: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]


def test_words_have_their_places() -> None:
    assert words("The end") == Words(["the", "end"], [(0, 3), (4, 7)])
    assert words("Zu\u0308rich—離場!") == Words(["zurich", "離場", "場"], [(0, 7), (8, 10), (9, 10)])
    assert words("The ﬁnal") == Words(["the", "final"], [(0, 3), (4, 8)])
    assert words("a ½b") == Words(["a", "1", "2b"], [(0, 1), (2, 3), (2, 4)])


def test_words_of_scripts_without_spaces_are_grams() -> None:
    assert is_gram("離") and is_gram("離場") and not is_gram("peace") and not is_gram("한국")


@given(text=st.text(max_size=40) | st.text("aÅ̧が゙한ᆨ́離พี่é \u0306и_.½ﬁ\u200d", max_size=12))
@example("\u0344")
@example("і\u0306")
@example("\u1e9b\u0323")
def test_words_are_those_of_the_folded_text(text: str) -> None:
    found = words(text)
    assert found.texts == fold(text).split() and len(found.texts) == len(found.places)
    assert all(0 <= start < end <= len(text) for start, end in found.places)


@given(text=st.text(max_size=40))
def test_folding_twice_changes_no_word(text: str) -> None:
    spaced = fold(text)
    if not any(is_gram(character) for character in spaced):
        assert fold(spaced) == spaced


TEXTS = st.text(max_size=20).map(lambda text: text.replace("\0", ""))


@given(texts=st.lists(TEXTS))
def test_texts_are_folded_at_once_as_one_by_one(texts: list[str]) -> None:
    assert [folded.split() for folded in fold_all(texts)] == [fold(text).split() for text in texts]
