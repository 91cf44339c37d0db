"""Country codes of ISO 3166, and the codes that names of countries have."""

from functools import cache

import pycountry
from babel import Locale, UnknownLocaleError

from seed.language.word_lists import main_language

_KOSOVO = "XKX"
"""In wide use, though not a code of ISO 3166-1 (but reserved for users by it)."""


@cache
def country_codes() -> frozenset[str]:
    """The alpha-3 codes of countries (ISO 3166-1), of those that were (ISO 3166-3), and of Kosovo."""
    countries = (*pycountry.countries, *pycountry.historic_countries)
    return frozenset({_KOSOVO, *(country.alpha_3 for country in countries)})


def code_of_country(names: tuple[str, ...], languages: tuple[str, ...]) -> str | None:
    """The alpha-3 code of a country that has one of some names, in ISO 3166 or in one of some languages."""
    for name in names:
        for language in languages:
            if code := _codes_by_name(main_language(language)).get(name.casefold()):
                return code
        for country in (*pycountry.countries, *pycountry.historic_countries):
            own = (country.name, getattr(country, "official_name", ""), getattr(country, "common_name", ""))
            if name.casefold() in map(str.casefold, own):
                return str(country.alpha_3)
    return None


@cache
def _codes_by_name(language: str) -> dict[str, str]:
    """CLDR's names of countries in a language, folded, with the codes; empty if it does not have the language."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    names = ((territories.get(country.alpha_2), country.alpha_3) for country in pycountry.countries)
    return {name.casefold(): code for name, code in names if name}
