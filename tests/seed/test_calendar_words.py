"""Months and weekdays that words name, in several languages: which name contradicts a date."""

import pytest

from seed.proof.calendar_words import other_month, other_weekday

MONDAY, TUESDAY, WEDNESDAY = range(3)


@pytest.mark.parametrize(
    ("words", "month", "language", "other"),
    [
        ("6 May 2024", 11, "en", "May"),
        ("6 May 2024", 5, "en", None),
        ("May 2024", 11, "en", "May"),
        ("In May they met; on the 6th, 2024, they signed", 11, "en", "May"),
        ("from 30 April to 2 May 2024", 4, "en", None),
        ("from 30 April to 2 May 2024", 5, "en", None),
        ("they may march on 6, 2024", 6, "en", None),
        ("You MAY sign, and MARCH", 6, "en", None),
        ("MAY 6, 2024", 6, "en", "MAY"),
        ("Feb. 6, 2024", 3, "en", "Feb"),
        ("Feb. 6, 2024", 2, "en", None),
        ("from Sept. 30 to Oct. 2, 2024", 9, "en", None),
        ("from Sept. 30 to Oct. 2, 2024", 9, "en-US", None),
        ("Jan Novak, 6th", 6, "en", None),
        ("6 May 2024", 11, "en-GB", "May"),
        ("Mayor 6", 11, "en", None),
        ("6 May 2024", 11, "xx", None),
        ("6 мая 2024 года", 11, "ru", "мая"),
        ("май 2024", 11, "ru", "май"),
        ("6 мая 2024 года", 5, "ru", None),
        ("в апреле, до 2 мая", 4, "ru", None),
        ("2024年5月6日", 11, "zh", None),
        ("2024年十一月6日", 11, "zh", None),
        ("2024年十一月6日", 1, "zh", "十一月"),
        ("6 مايو 2024", 11, "ar", "مايو"),
        ("6 مايو 2024", 5, "ar", None),
        ("6 أيار 2024", 11, "ar-LB", "أيار"),
        ("6 أيار/مايو 2024", 5, "ar-LB", None),
        ("6 de mayo de 2024", 11, "es", "mayo"),
        ("mar 6 may 2024", 5, "es", None),
        ("le 1er mars 2024", 5, "fr", "mars"),
        ("6. März 2024", 5, "de", "März"),
        ("6. května 2024", 5, "cs", None),
        ("2024년 5월 6일", 11, "ko", None),
    ],
)
def test_words_name_another_month(words: str, month: int, language: str, other: str | None) -> None:
    assert other_month(words, month, language) == other


@pytest.mark.parametrize(
    ("words", "weekday", "language", "other"),
    [
        ("on Tuesday, 6 May 2024", MONDAY, "en", "Tuesday"),
        ("on Tuesday, 6 May 2024", TUESDAY, "en", None),
        ("on Sun., 6 May 2024", MONDAY, "en", "Sun"),
        ("told The Sun on 6 May", MONDAY, "en", None),
        ("Tues. 6", MONDAY, "en", "Tues"),
        ("среда, 6 мая", MONDAY, "ru", "среда"),
        ("окружающая среда", MONDAY, "ru", None),
        ("в среду, вторник 7", WEDNESDAY, "ru", None),
        ("2024年5月6日星期一", TUESDAY, "zh", "星期一"),
        ("2024年5月6日星期一", MONDAY, "zh", None),
        ("mardi 6 mai", MONDAY, "fr", "mardi"),
        ("6 mar 2024", WEDNESDAY, "es", None),
        ("po 6 dnech", TUESDAY, "cs", None),
    ],
)
def test_words_name_another_weekday(words: str, weekday: int, language: str, other: str | None) -> None:
    assert other_weekday(words, weekday, language) == other
