"""Noun phrases, as `a spokesman for the ministry`: where they begin and end, and which names modify them.

Positions are token indexes in a sentence.
"""

from seed.draft.people.mentions import Mention
from seed.draft.text.function_words import DASHES, DETERMINERS, FINITE, IRREGULAR_PAST, PREPOSITIONS, WEEKDAYS
from seed.draft.text.name_words import NATIONALITIES
from seed.draft.text.reporting_verbs import ALSO_NOUNS, REPORTING_VERBS
from seed.draft.text.titles import Tokens, is_possessive
from seed.draft.text.tokens import Token
from seed.language.word_lists import word_set, words

ADVERBIALS = WEEKDAYS | word_set("function_words/between_subject_and_verb")
"""Adverbs, auxiliaries and weekdays between a subject and its verb."""

_LONGEST_PHRASE = 12
"""In tokens."""

_LONGEST_ACRONYM = 5
"""In code points. A longer word in capitals at the start of a sentence is a dateline."""

_LONGEST_DATELINE = 12
"""In tokens, with its dash."""

_PLURALS = words("both media others people police staff two")
_END_PHRASE = word_set("function_words/end_noun_phrase")
_END_PHRASE_BEHIND = words("that who which and in on as")
_NO_HEADS = DETERMINERS | PREPOSITIONS | words("that most more not never n't day week month year morning night")


def are_adjectives(tokens: Tokens) -> bool:
    """Whether all tokens between an article and a name may be adjectives: `the nonpartisan Budget Office`."""
    adjectives = (token.text for token in tokens)
    return all(word in NATIONALITIES or (word.islower() and word not in PREPOSITIONS) for word in adjectives)


def continues(tokens: Tokens, mention: Mention) -> bool:
    """Whether a noun phrase continues behind a name: `the Afghan team`."""
    following = tokens[mention.last + 1 : mention.last + 2]
    return bool(following) and following[0].text.islower() and following[0].text not in PREPOSITIONS | ADVERBIALS


def is_adverbial(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb: `never`, `publicly`."""
    return token.is_word and (token.text in ADVERBIALS or token.text.endswith("ly"))


def before_bracket(tokens: Tokens, closing: int) -> int:
    """The token before the bracket that `closing` closes, or `closing` if the bracket opens too far away."""
    opened = (index for index in range(closing, max(-1, closing - _LONGEST_PHRASE), -1) if tokens[index].text == "(")
    return next(opened, closing + 1) - 1


def is_dateline(tokens: Tokens, mention: Mention) -> bool:
    """Whether a name is the dateline at the start of a sentence: `ROME`, `Washington (AFP) —`."""
    if mention.first:
        return False
    head = [token.text for token in tokens[:_LONGEST_DATELINE]]
    dash = next((index for index, word in enumerate(head) if word in DASHES), 0)
    dated = {"(", ","} & set(head[:dash]) and not any(word.islower() for word in head[:dash])
    return bool(dated) or (mention.name.isupper() and len(mention.name) > _LONGEST_ACRONYM)


def modifies_noun(tokens: Tokens, mention: Mention) -> bool:
    """Whether a name modifies a noun before it: `a spokesman for Smith`, but not `In Rome Smith`."""
    index = mention.start - 1
    if index >= 0 and tokens[index].text.lower() in DETERMINERS:
        index -= 1
    noun = tokens[index - 1] if index > 0 else None
    preposition = index > 0 and tokens[index].text in PREPOSITIONS
    return preposition and noun is not None and noun.is_word and noun.text.lower() not in REPORTING_VERBS


def phrase_start(tokens: Tokens, last: int) -> int:
    """The first token of the phrase that ends at `last`; `last + 1` if there is none."""
    for index in range(last, max(-1, last - _LONGEST_PHRASE), -1):
        token = tokens[index]
        verb = token.text in REPORTING_VERBS and index != last and token.text not in ALSO_NOUNS
        if not token.is_word or token.text.lower() in _END_PHRASE or verb:
            return index + 1
        before = tokens[index - 1].text.lower() if index else ""
        if token.text.lower() in DETERMINERS and before not in PREPOSITIONS | DETERMINERS:
            return index
    return max(0, last - _LONGEST_PHRASE + 1)


def phrase_end(tokens: Tokens, first: int) -> int:
    """The last token of the phrase that begins at `first`."""
    last = first
    for index in range(first, min(first + _LONGEST_PHRASE, len(tokens))):
        if not tokens[index].is_word or tokens[index].text in _END_PHRASE_BEHIND:
            break
        last = index
    return last


def is_noun_phrase(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a phrase begins with no preposition and its last word may be a noun."""
    noun = tokens[last].text
    leads_in = tokens[first].text.lower() in PREPOSITIONS | {"whose"}
    no_noun = noun.lower() in _NO_HEADS - _PLURALS or noun.endswith(("n't", "n’t")) or is_possessive(noun)
    return not leads_in and not no_noun


def is_complete_phrase(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a phrase has a determiner, a capital or a plural, and no finite verb, which would make it a clause."""
    noun = tokens[last].text
    determined = tokens[first].text.lower() in DETERMINERS or tokens[first].is_capital
    plural = noun.islower() and (noun.endswith("s") or noun in _PLURALS)
    clause = any(token.text in FINITE | IRREGULAR_PAST for token in tokens[first:last])
    return (determined or plural) and not clause
