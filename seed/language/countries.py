"""Country codes of ISO 3166, and the codes that names of countries have."""

from functools import cache

import pycountry
from babel import Locale, UnknownLocaleError

from seed.language.word_lists import main_language

_KOSOVO = "XKX"
"""In wide use, though not a code of ISO 3166-1 (but reserved for users by it)."""


@cache
def country_codes() -> frozenset[str]:
    """The alpha-3 codes of countries (ISO 3166-1), of former countries (ISO 3166-3), and of Kosovo."""
    countries = (*pycountry.countries, *pycountry.historic_countries)
    return frozenset({_KOSOVO, *(country.alpha_3 for country in countries)})


def code_of_country(name: str, languages: tuple[str, ...]) -> str | None:
    """The alpha-3 code of the country with a name that ISO 3166, or CLDR in one of some languages, has for it."""
    names = [_iso_names(), *(_names_in(main_language(language)) for language in languages)]
    return next((codes[name.casefold()] for codes in names if name.casefold() in codes), None)


@cache
def _iso_names() -> dict[str, str]:
    """The names of ISO 3166, folded, with the codes."""
    fields = ("official_name", "common_name", "name")
    countries = (*pycountry.historic_countries, *pycountry.countries)
    names = ((getattr(country, field, None), country.alpha_3) for country in countries for field in fields)
    return {name.casefold(): code for name, code in names if name}


@cache
def _names_in(language: str) -> dict[str, str]:
    """CLDR's names of countries in a language, folded, with the codes; empty if it does not have the language."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    names = ((territories.get(country.alpha_2), country.alpha_3) for country in pycountry.countries)
    return {name.casefold(): code for name, code in names if name}
