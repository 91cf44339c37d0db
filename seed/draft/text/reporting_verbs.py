"""Reporting verbs, as `say` and `claim`: their forms and their classes.

`seed/language/english/verbs/reporting.txt` lists the verbs, each with its classes.
"""

import re

from seed.language.word_lists import word_set, word_table

_VOWELS = "aeiou"
_CLASSES = word_table("verbs/reporting")


def _inflected(verb: str) -> frozenset[str]:
    """The forms of a regular verb."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return frozenset({verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"})
    if verb.endswith("ee"):
        return frozenset({verb, f"{verb}s", f"{verb}d", f"{verb}ing"})
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset({verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"})
    ending = "es" if re.search(r"(s|sh|ch|x)$", verb) else "s"
    return frozenset({verb, f"{verb}{ending}", f"{verb}ed", f"{verb}ing"})


def _of_class(name: str) -> frozenset[str]:
    return frozenset(verb for verb, classes in _CLASSES.items() if name in classes.split())


_LISTED_FORMS = {verb: forms.split() for verb, forms in word_table("verbs/reporting_forms").items()}

REPORTING_VERBS = {form: verb for verb in _CLASSES for form in _LISTED_FORMS.get(verb) or _inflected(verb)}
"""The verb of each form of a reporting verb. All of them may introduce a quotation."""

ALSO_NOUNS = word_set("verbs/reporting_forms_also_nouns")
"""Forms of reporting verbs that are nouns as well. They count as verbs only behind a subject."""

INDIRECT = _of_class("indirect")
"""Verbs that introduce indirect speech: `Roe claimed that talks go on`."""

THAT_OPTIONAL = _of_class("optional-that")
"""Verbs behind which `that` may be left out: `Roe said talks go on`."""

EMPHATIC = _of_class("emphatic")
"""Verbs whose object may be the reported content: `stressed the need for …`."""

WITH_ADDRESSEE = _of_class("addressee")
"""Verbs whose object is the addressee: `told reporters that …`."""

EVALUATIVE = _of_class("evaluative")
"""Verbs that quote a fragment: `called it “a mistake”`."""

UNAMBIGUOUS = _of_class("unambiguous")
"""Verbs that nearly always introduce indirect speech if the subject is a person."""
