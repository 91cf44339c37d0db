"""Countries by the names and adjectives that articles use for them.

The list, `seed/language/english/names/countries.txt`, is short: for other countries the reviewer fills in the code.
"""

from dataclasses import dataclass

from seed.language.word_lists import word_table


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    """The code of ISO 3166-1."""
    forms: tuple[str, ...]
    """Names and adjectives, the usual name first."""

    @property
    def name(self) -> str:
        return self.forms[0]

    @property
    def id(self) -> str:
        return self.code.lower()


COUNTRIES = tuple(Country(code, tuple(forms.split("|"))) for code, forms in word_table("names/countries").items())
BY_FORM = {form: country for country in COUNTRIES for form in country.forms}
LONGEST_FORM = max(len(form.split()) for form in BY_FORM)
"""In words."""
