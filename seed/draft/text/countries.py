"""States by the words that articles use for them: the code of ISO 3166-1, the name, and other forms.

A table of our own, short on purpose: a state that it lacks is a party whose country a person fills in.
"""

from dataclasses import dataclass

from seed.language.word_lists import word_table


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    forms: tuple[str, ...]
    """Every form, the name first."""

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
