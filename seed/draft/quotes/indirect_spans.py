"""The span of an indirect quote: where it begins and ends. Positions are token indexes in a sentence."""

from seed.draft.quotes.reporting_clauses import ReportingClause
from seed.draft.text.function_words import (
    DETERMINERS,
    FINITE,
    SUBJECT_PRONOUNS,
    TIMES,
    WEEKDAYS,
    is_finite,
    is_subject_pronoun,
)
from seed.draft.text.reporting_verbs import EMPHATIC, INDIRECT, THAT_OPTIONAL, WITH_ADDRESSEE
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import word_at
from seed.language.word_lists import word_set, words

_FARTHEST_THAT = 14
"""How many tokens behind its verb `that` may stand: `told reporters in Vienna on Monday that`."""

_LONGEST_ADDRESSEE = 4
_ADDRESSEES = words("him her them us me reporters journalists lawmakers parliament of")
_EMPHASIZED = words("the a his her their its")
_NO_CLAUSE = WEEKDAYS | word_set("function_words/not_opening_clause")
_OF_A_CLAUSE = FINITE | SUBJECT_PRONOUNS | words("to using by")
_LONGEST_OBJECT = 7
"""At most so many tokens behind `said` may be no clause, as in `said so onstage on Tuesday`."""

_PRONOUNS = words("he she they it")
_SUBORDINATE = words("after although because before if since though when while")
_BEGINS = 2
_FARTHEST_WORDS = 5
_OPENS = DETERMINERS | SUBJECT_PRONOUNS | words("there if when you to")


def indirect_start(tokens: Tokens, index: int, clause: ReportingClause) -> int | None:
    """The first token of an indirect quote, behind addressee, day and `that`; None if the verb reports nothing."""
    if (
        clause.verb in THAT_OPTIONAL - WITH_ADDRESSEE
        and is_subject_pronoun(tokens[index].text)
        and tokens[index].text != "who"
    ):
        return index
    if (that := _that(tokens, index)) is not None:
        return that + 1
    if clause.verb in EMPHATIC and tokens[index].text in _EMPHASIZED:
        return clause.index
    if clause.verb in WITH_ADDRESSEE and clause.verb != "warn":
        return _behind_addressee(tokens, index)
    plain = clause.verb in THAT_OPTIONAL and _opens_clause(tokens, index)
    return index if plain and _has_verb(tokens, index, clause) else None


def _that(tokens: Tokens, index: int) -> int | None:
    """The `that` behind a verb, with an addressee and a time between, but no other verb; or None."""
    for at in range(index, min(index + _FARTHEST_THAT, len(tokens) - 1)):
        word = tokens[at].text
        if tokens[at].pair is not None or word in {":", ";"} or (at > index and word in _OF_A_CLAUSE):
            return None
        if word == "that":
            return at if tokens[at + 1].text not in FINITE else None
    return None


def _opens_clause(tokens: Tokens, index: int) -> bool:
    word, following = tokens[index].text, word_at(tokens, index + 1)
    return tokens[index].is_word and word not in _NO_CLAUSE and not (word in {"this", "last"} and following in TIMES)


def _has_verb(tokens: Tokens, index: int, clause: ReportingClause) -> bool:
    """Whether a clause with a verb begins at a token. Behind `say`, a long phrase counts as a clause as well."""
    if clause.verb == "say":
        return len(tokens) - index > _LONGEST_OBJECT or any(is_finite(token.text) for token in tokens[index:])
    commas = (at for at in range(index, len(tokens)) if tokens[at].text == ",")
    return any(is_finite(token.text) for token in tokens[index : next(commas, len(tokens))])


def _behind_addressee(tokens: Tokens, index: int) -> int | None:
    """The first token of a clause behind addressee and time: `told the paper on Friday he would go`; or None."""
    end = index
    if tokens[end].text.lower() in DETERMINERS:
        end += 1
    first = end
    while end < len(tokens) and end - first < _LONGEST_ADDRESSEE and _is_addressee(tokens, end, first):
        end += 1
    if end > first and end + 1 < len(tokens) and tokens[end].text in {"on", "in"} and tokens[end + 1].is_capital:
        end += 2
    return end if first < end < len(tokens) and _opens(tokens[end].text) else None


def _opens(word: str) -> bool:
    return word.lower() in _OPENS or is_subject_pronoun(word)


def _is_addressee(tokens: Tokens, index: int, first: int) -> bool:
    word = tokens[index].text
    return tokens[index].is_capital or word in _ADDRESSEES or (index == first and word.islower() and word not in _OPENS)


def indirect_end(tokens: Tokens, start: int, clause: ReportingClause, clauses: list[ReportingClause]) -> int:
    """The last token of an indirect quote, before a semicolon, an addition or another reporting clause."""
    others = [other for other in clauses if other is not clause and _has_content(tokens, other)]
    if _is_subordinate(tokens, clause):
        comma = (index for index in range(start, len(tokens)) if tokens[index].text == ",")
        return next(comma, len(tokens)) - 1
    for index in range(start, len(tokens)):
        if tokens[index].text == ";" or _is_addition(tokens, index) or _begins_other_clause(tokens, index, others):
            return index - 1
    return len(tokens) - 1


def _has_content(tokens: Tokens, clause: ReportingClause) -> bool:
    """Whether a reporting clause reports content of its own, unlike `called a donor`."""
    behind = tokens[clause.index + 1 : clause.index + 1 + _FARTHEST_WORDS]
    return clause.verb in INDIRECT or any(token.pair is not None for token in behind)


def _is_subordinate(tokens: Tokens, clause: ReportingClause) -> bool:
    """Whether the reporting clause is subordinate, so that it ends at a comma: `When he said …, they left.`"""
    begins = [token.text.lower() for token in tokens[:_BEGINS]]
    led = any(word in _SUBORDINATE for word in begins)
    return led and not any(token.text == "," for token in tokens[: clause.first])


def _is_addition(tokens: Tokens, index: int) -> bool:
    """Whether the article adds its own words: `…, though they did not`, `… but offered no proof`, `…, and has left`."""
    word, following = tokens[index].text, word_at(tokens, index + 1)
    if word == "but":
        return following in SUBJECT_PRONOUNS or following.endswith("ed")
    return word == "," and (
        following in {"though", "although"} or (following == "and" and is_finite(word_at(tokens, index + 2)))
    )


def _begins_other_clause(tokens: Tokens, index: int, others: list[ReportingClause]) -> bool:
    word, following = tokens[index].text, word_at(tokens, index + 1)
    if word == "," and following in {"and", "but"} and any(index + 2 <= other.index < index + 8 for other in others):
        return True
    if word == "," and any(other.shared and other.index == index + 1 for other in others):
        return True
    return word in {"and", "but"} and any(
        index < other.index < index + 6 and (other.shared or other.mention or other.subject in _PRONOUNS)
        for other in others
    )
