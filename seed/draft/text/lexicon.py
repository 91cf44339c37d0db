"""The words that the rules go by where somebody says something."""

import re

_VOWELS = "aeiou"


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def inflected(verb: str) -> frozenset[str]:
    """The forms of a regular verb."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return frozenset({verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"})
    if verb.endswith("ee"):
        return frozenset({verb, f"{verb}s", f"{verb}d", f"{verb}ing"})
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset({verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"})
    ending = "es" if re.search(r"(s|sh|ch|x)$", verb) else "s"
    return frozenset({verb, f"{verb}{ending}", f"{verb}ed", f"{verb}ing"})


_REGULAR = words("""
    accuse acknowledge add advise affirm agree allege announce answer apologise apologize applaud argue ask assail
    assert assure attack bash believe belittle blame blast boast brand call castigate caution chant characterise
    characterize charge chastise chide cite claim clarify commend comment compare complain concede conclude concur
    condemn confirm congratulate contend continue counsel counter declare decry deem defend demand denounce deny
    deplore deride describe disclose dismiss disparage elaborate estimate exclaim excoriate explain express
    fume gush hail hammer highlight hint hope imply indicate inform insist interject intimate jeer joke lambast
    lambaste lament laud liken maintain marvel mention mock muse note observe opine plead pledge point portray post
    praise predict proclaim promise propose quote rate reaffirm rebuke recall recommend recount reiterate reject
    remark reminisce repeat reply report request respond retort reveal ridicule rule scoff scold scream shout shriek
    sneer speculate state stress suggest surmise taunt tease testify theorize threaten thunder tout tweet underline
    underscore urge vilify vow warn welcome whisper wonder yell
""")

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote writing",
    "admit": "admits admitted admitting",
    "emphasize": "emphasizes emphasized emphasizing emphasise emphasises emphasised emphasising",
    "criticize": "criticizes criticized criticizing criticise criticises criticised criticising",
    "label": "labels labeled labelled labeling labelling",
    "slam": "slams slammed slamming",
    "brag": "brags bragged bragging",
    "swear": "swears swore swearing",
    "quip": "quips quipped quipping",
    "think": "thinks thought",
    "begin": "begins began",
    "read": "reads",
    "cry": "cries cried",
    "echo": "echoes echoed echoing",
    "pen": "pens penned",
    "go": "goes went",
}

_IRREGULAR = {verb: f"{verb} {forms}" for verb, forms in _IRREGULAR.items()}
_NO_NOUNS = {"reason": "reasoned reasoning"}

SAYING = {form: verb for verb in sorted(_REGULAR) for form in sorted(inflected(verb))} | {
    form: verb for verb, forms in (_IRREGULAR | _NO_NOUNS).items() for form in forms.split()
}
"""Each form of a verb that brings words, with the verb: with a quotation beside them, all of these do."""

NOUNS_TOO = words("""
    address advise answer answers attack attacks bash begin begins blame blast blasts brand brands call calls
    caution chant chants charge charges claim claims comment comments compare continue counsel counter counters
    cries cry demand demands echo estimate estimates go hail hammer hammers highlight highlights hint
    hints hope hopes jeer jeers joke jokes label labels mention mock note notes pen pledge pledges point points post
    posts praise promise promises quote quotes rate rates read rebuke rebukes remark remarks report reports request
    requests ridicule rule rules scold scream screams slam slams state states stress taunt taunts tease thunder
    tweet tweets urge vow vows welcome wonder wonders
""")
"""Of those forms, the ones that are nouns, too: a subject must stand before them."""

STATING = words("""
    acknowledge add admit advise affirm allege announce argue assert assure boast brag caution charge claim comment
    complain concede conclude concur confirm contend counter declare deny disclose emphasize estimate explain
    highlight hint imply indicate inform insist intimate joke lament maintain marvel mention note observe opine
    pledge point predict proclaim promise reaffirm reason recall recommend recount reiterate remark reply report
    respond reveal rule say speculate state stress suggest surmise swear tell testify theorize tweet underline
    underscore vow warn write
""")
"""Verbs that state what follows them, in the article's own words."""

PLAINLY = words("""
    admit allege announce argue assert claim contend explain insist note report say state tell warn
""")
"""Of those, the ones that need no `that` before what was stated."""

STRESSING = words("acknowledge emphasize highlight reaffirm recognize reiterate stress underline underscore")
"""Verbs whose object is what was said: `stressed the need for …`."""

TELLING = words("advise assure inform remind tell warn")
"""Verbs that name the hearer before what was said."""

DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
TIMES = DAYS | words("afternoon autumn evening fall month morning spring summer week winter year yesterday")

DASHES = words("— – -- -")
ASIDES = words(", — – -")
"""Marks on either side of what is put into a clause."""

JUDGING = words("""
    accuse applaud assail attack bash belittle blame blast brand call castigate characterise characterize chastise
    cite commend compare condemn congratulate criticize decry deem defend demand denounce deplore deride describe
    dismiss disparage excoriate express hail hammer label lambast lambaste laud liken mock pledge portray praise
    promise propose quote rate rebuke reject request ridicule scold slam tout urge vilify welcome
""")
"""Verbs that quote a fragment: `called it “a mistake”`."""

NAMING = words("""
    album book broadcast called codenamed column documentary drama dubbed entitled film headlined known labeled
    labelled magazine marked movie musical named newsletter nicknamed novel painting phrase play podcast poem
    program programme reading series show slogan so-called song term termed terms title titled word words
""")
"""Words before a name, a title or a term in quotation marks, which nobody says."""

HE, SHE, THEY, IT = words("he"), words("she"), words("they"), words("it")
SUBJECT_PRONOUNS = words("he she they it who i we")

_CONTRACTED = re.compile(r"['’](s|re|ve|d|ll|m)$")


def uncontracted(word: str) -> str:
    """`he` of `he's`, in lower case."""
    return _CONTRACTED.sub("", word.lower())


def is_subject_pronoun(word: str) -> bool:
    """Whether a word is a pronoun that does something, with a verb drawn to it or not: `he`, `he's`."""
    return uncontracted(word) in SUBJECT_PRONOUNS


FINITE = words("""
    am are can could did do does had has have is may might must shall should was were will would
""")
"""Verbs that make a clause whatever comes behind them."""

IRREGULAR_PAST = words("""
    arose awoke became began bent bit bled blew bought bred broke brought built came caught chose clung cost crept
    dealt did drew drove dug fed fell felt fled flew forgot fought found froze gave got grew had heard held hid hit
    hung kept knelt knew laid led left lent lost made meant met paid put ran rang reached read rode rose said sang
    sank sat saw sent set shook shot showed slept slid sold sought spent spoke stole stood struck stuck swept swore
    swung taught thought threw told took tore turned understood undertook went wept withdrew woke won wore wrote
""")


def is_finite(word: str) -> bool:
    """Whether a word may be a verb with a subject, as far as its letters tell."""
    if not word[:1].islower():
        return False
    return (
        word in FINITE
        or word in IRREGULAR_PAST
        or word.endswith(("ed", "n't", "n’t", "’s", "'s", "'d", "’d", "’ve", "'ve"))
    )


DETERMINERS = words("""
    a all an another any each every few her his its many most my no one our several some that the their these this those
    three two
""")
PREPOSITIONS = words("at by for from in of on to with")
"""What a name that hangs on a noun stands behind: `a spokesman for Smith`."""
