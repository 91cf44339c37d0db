"""Country codes that exist, and the codes that names of countries have."""

import pytest

from seed.language.countries import code_of_country, country_codes


@pytest.mark.parametrize("code", ["DEU", "USA", "TWN", "SUN", "YUG", "CSK", "XKX"])
def test_a_code_of_a_country_that_is_or_was_exists(code: str) -> None:
    assert code in country_codes()


@pytest.mark.parametrize("code", ["GER", "ZZZ", "UTO", "EUR", "XXX", "ENG"])
def test_any_other_code_does_not(code: str) -> None:
    assert code not in country_codes()


@pytest.mark.parametrize(
    ("name", "languages", "code"),
    [
        ("Germany", ("en",), "DEU"),
        ("GERMANY", ("en",), "DEU"),
        ("Federal Republic of Germany", ("en",), "DEU"),
        ("Russia", ("en-GB",), "RUS"),
        ("Russian Federation", ("xx",), "RUS"),
        ("Германия", ("ru", "en"), "DEU"),
        ("ألمانيا", ("ar",), "DEU"),
        ("USSR, Union of Soviet Socialist Republics", ("en",), "SUN"),
        ("Utopia", ("en",), None),
        ("Germany", (), "DEU"),
    ],
)
def test_the_code_of_a_name(name: str, languages: tuple[str, ...], code: str | None) -> None:
    assert code_of_country(name, languages) == code
