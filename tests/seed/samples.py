"""A small article with its record, in which everything of the format stands once, and ways to change them."""

ARTICLE = """\
Utopia and Ruritania meet in Vienna

Delegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two
hours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.

“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is
still open. The two sides agreed to reopen embassies.

Rudolf, the King, was not there.
"""

RECORD = """\
status: reviewed
sources:
  - id: gazette
    file: article.txt
    title: Utopia and Ruritania meet in Vienna
    language: en
    access: full
parties:
  - {id: uto, kind: state, name: Utopia, other_names: [Utopian], country: SUN}
  - {id: rur, kind: state, name: Ruritania}
people:
  - {id: jane-roe, name: Jane Roe}
meeting:
  id: vienna
  title: Utopia–Ruritania talks
  status: held
  format: bilateral
  start_date: 2024-05-06
  duration: {value: PT2H}
  place: {city: Vienna, country: AUT}
  parties: [uto, rur]
  topics: [peace]
  evidence:
    - {says: [status, parties], words: Delegations of Utopia and Ruritania met}
    - {says: format, inferred: Two delegations.}
    - {says: [place, start_date], words: in Vienna on 6 May 2024}
    - {says: duration, words: for two hours}
  agenda:
    - id: opening
      title: When to open
      outcome: open
      evidence:
        - {says: outcome, words: a date is still open}
delegates:
  - person: jane-roe
    party: uto
    title: Foreign Minister
    role: head
    evidence:
      - {says: [person, party, title, role], words: The Utopian side was led by Foreign Minister Jane Roe}
  - id: officials
    described: senior officials
    party: rur
    role: member
    evidence:
      - {says: [party, role], words: officials of Ruritania sat opposite}
agreements:
  - id: embassies
    title: Reopen embassies
    text: The two sides agreed to reopen embassies
    commitment: agreed
    form: reported
    parties: [uto, rur]
    agenda: opening
    topics: [embassies]
    evidence:
      - {says: commitment, words: agreed to reopen}
      - {says: [form, parties], inferred: In the article's own voice.}
quotes:
  - id: doors
    speakers: [jane-roe]
    kind: direct
    text: We will open our doors again
    evidence:
      - {says: speakers, words: Roe said}
  - id: mood
    speakers: [jane-roe]
    speaker_title: Foreign Minister
    kind: partial
    text: frank and friendly
    evidence:
      - {says: speakers, words: Roe said. She called the talks}
      - {says: speaker_title, words: Foreign Minister Jane Roe}
  - id: date
    speakers: [jane-roe]
    kind: indirect
    text: a date is still open
    evidence:
      - {says: speakers, words: Roe said. She called}
reviewed_by: [{name: Ana Ito, on: 2024-05-07}]
"""

SMALL_ARTICLE = "Utopia met envoys, led by Jane Roe.\n"

SMALL = """\
status: reviewed
sources:
  - {id: ID-note, file: article.txt, title: A note, language: en}
parties:
  - {id: uto, kind: state, name: Utopia}
people:
  - {id: jane-roe, name: Jane Roe}
meeting:
  id: ID
  title: Talks
  status: held
  format: bilateral
  parties: [uto]
  evidence:
    - {says: [status, format, parties], words: Utopia met}
delegates:
  - person: jane-roe
    role: head
    evidence:
      - {says: [person, role], words: led by Jane Roe}
"""

MARK = "▸"
"""In a changed text, stands before what a fault is expected at."""

Change = tuple[str, str]
"""A passage of a text, which stands in it once, and what takes its place."""


def changed(text: str, *changes: Change) -> str:
    """A text with some passages replaced."""
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times in the sample: {old}"
        text = text.replace(old, new)
    return text


def marked(text: str) -> tuple[str, int, int]:
    """A text without its mark, and the line and column where that stood; 1 and 1 without one."""
    before, mark, after = text.partition(MARK)
    return before + after, before.count("\n") + 1 if mark else 1, len(before) - before.rfind("\n") if mark else 1


def another(id: str, *changes: Change) -> str:
    """The sample record as that of another meeting."""
    return changed(RECORD, ("  id: vienna\n", f"  id: {id}\n"), *changes)


def small(id: str, *changes: Change) -> str:
    """A record of a few facts, as that of a meeting."""
    return changed(SMALL, *changes).replace("ID", id)
