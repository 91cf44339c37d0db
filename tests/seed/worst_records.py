"""The worst records that could be made: each takes as much of one kind of work as 1 MiB of record and 5 MiB of articles can.

A record is the sample's meeting with parts that are repeated until the record is full. `WORST` has them by name.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from random import Random
from typing import NamedTuple

from babel.localedata import locale_identifiers

ARTICLE_SIZE = 5 * 1024 * 1024
RECORD_SIZE = 1024 * 1024
ROOM = 512
"""Bytes that are left free in a record, for what closes it."""


class Worst(NamedTuple):
    """A record and its articles, by file name."""

    record: str
    articles: dict[str, str]


HEAD = """\
status: reviewed
sources:
  - {id: gazette, file: article.txt, title: T, language: en, access: full}
parties: [{id: uto, kind: state, name: Utopia}]
people: [{id: jane-roe, name: Jane Roe}]
meeting:
  id: vienna
  title: Talks
  status: held
  format: bilateral
  parties: [uto]
  evidence: [{says: [status, format, parties], inferred: So.}]
delegates: [{person: jane-roe, role: head, evidence: [{says: [person, role], inferred: So.}]}]
"""

QUOTE = (
    "- {{id: q{0}, speakers: [jane-roe], kind: indirect, text: {1}, evidence: [{{says: speakers, inferred: So.}}]}}\n"
)


def full(head: str, parts: Iterable[str], most: int = 10**9) -> str:
    """A head with as many parts as a record may hold, at `most` some: 100,000 values are a limit of their own."""
    pieces, size = [head], len(head.encode())
    for part in islice(parts, most):
        size += len(part.encode())
        if size > RECORD_SIZE - ROOM:
            break
        pieces.append(part)
    return "".join(pieces)


def repeated(text: str, size: int = ARTICLE_SIZE) -> str:
    return (text * (size // len(text.encode()) + 1)).encode()[:size].decode(errors="ignore")


def random_text(letters: str, size: int = ARTICLE_SIZE, seed: int = 1) -> str:
    return "".join(Random(seed).choices(letters, k=size // len(letters[0].encode())))


def quotes(texts: Iterator[str], article: str) -> Worst:
    """A quote of each text."""
    return Worst(
        full(HEAD + "quotes:\n", (QUOTE.format(i, text) for i, text in enumerate(texts)), 5_000),
        {"article.txt": article},
    )


def entries(words: Iterator[str], article: str, each: int = 100) -> Worst:
    """Quotes with as many entries as one may have."""

    def parts() -> Iterator[str]:
        for i in count():
            chunk = list(islice(words, each))
            yield (
                f"- id: q{i}\n  speakers: [jane-roe]\n  kind: indirect\n  text: b\n  evidence:\n"
                + "".join(f"  - {{says: speakers, words: {one}}}\n" for one in chunk)
            )

    return Worst(full(HEAD + "quotes:\n", parts(), 190), {"article.txt": article})


def word(random: Random, letters: str, length: int) -> str:
    return "".join(random.choices(letters, k=length))


def words_of(letters: str, length: int) -> Iterator[str]:
    random = Random(2)
    while True:
        yield word(random, letters, length)


def words_missing_by_a_little() -> Worst:
    """Words that nearly stand in an article of one letter, which is the slowest search there is."""
    return entries((f"{'a' * (10 + i % 40)}b{'a' * (i // 40 % 200)}" for i in count()), repeated("a"))


def short_words_missing() -> Worst:
    return entries((f"b{i:x}" for i in count()), repeated("a"))


def words_in_emoji() -> Worst:
    return entries(("😀" * (i % 50 + 1) + "b" for i in count()), repeated("😀"))


def unknown_words_in_prose() -> Worst:
    letters = "etaoin shrdlu cmfwyp"
    return entries((f"x{one}x" for one in words_of(letters, 40)), random_text(letters))


def long_unknown_words() -> Worst:
    """Words as long as they may be, for which the nearest are searched."""
    return quotes((f"{'a' * 3000}{'b' * 1990}{i}" for i in count()), repeated("a", 1024 * 1024))


def long_unknown_words_in_a_short_article() -> Worst:
    return quotes((f"{'a' * 3000}{'b' * 1990}{i}" for i in count()), repeated("a", 10_000))


def words_found_everywhere() -> Worst:
    return entries((f"{'a ' * (1 + i % 300)}a, nth: {1000 - i % 7}" for i in count()), repeated("a "))


def ambiguous_words() -> Worst:
    return entries((("a" * (1 + i % 50)) for i in count()), repeated("a"))


def distinct_words_found() -> Worst:
    """Different words, each of which stands a thousand times in a text that repeats itself."""
    letters = "abcdefgh "
    period = random_text(letters, 5000)
    return entries(
        (f'"x{period[i % 4900 : i % 4900 + 20 + i // 4900]}", nth: 900' for i in count()), repeated("x" + period)
    )


def quotation_marks_only() -> Worst:
    return quotes((f'"{i}"' for i in count()), repeated('"a“b” '))


def quotation_marks_in_lines() -> Worst:
    return quotes(("a" for i in count()), repeated('"\n\n“'))


def marks_between_a_pair() -> Worst:
    """Quotes between two marks with thousands of other marks between."""
    texts = (f"w{i:06}" for i in range(1_900))
    indirect = quotes(texts, "“" + "".join(f' "w{i:06}' for i in range(20_000)) + "”")
    return indirect._replace(record=indirect.record.replace("kind: indirect", "kind: partial"))


def quotes_far_from_a_mark() -> Worst:
    """Quotes between two marks that are far apart, with nothing but words between."""
    texts = (f"w{i:06}" for i in range(1_900))
    return quotes(texts, "“" + "".join(f"w{i:06} " for i in range(24_000)) + "”")


def months_in_many_languages() -> Worst:
    """Dates in long words, each from an article in another language."""
    tags = [tag.replace("_", "-") for tag in locale_identifiers() if "_" not in tag][:99]
    months = "May 6 may Mayo 7 mai Janvier " * 160
    sources = "".join(f"  - {{id: s{i}, file: s{i}.txt, title: T, language: {tag}}}\n" for i, tag in enumerate(tags))
    head = HEAD.replace("parties: [{id", f"{sources}parties: [{{id", 1)
    head = head.replace("status: reviewed", "status: draft")
    head = head.replace("  parties: [uto]\n", "  parties: [uto]\n  start_date: 2024-11-06\n  end_date: 2024-11-07\n")
    entries = "".join(f", {{says: [start_date, end_date], words: {months}2024, source: s{i}}}" for i in range(99))
    return Worst(
        head.replace("inferred: So.}]\ndel", f"inferred: So.}}{entries}]\ndel", 1),
        {f"s{i}.txt": f"{months}2024" for i in range(99)} | {"article.txt": "a"},
    )


def titles_in_long_words() -> Worst:
    """Titles that stand at every place of long words, and inside of a word at each."""
    long = "a" * 4_900
    parts = (
        f"- {{id: d{i}, person: jane-roe, title: aa, role: head, evidence: "
        f"[{{says: [person, title, role], words: {long}{i % 90}b}}]}}\n"
        for i in count()
    )
    head = HEAD.partition("delegates:")[0]
    return Worst(full(head + "delegates:\n", parts), {"article.txt": "".join(f"{long}{i}b\n" for i in range(90))})


def empty_lines() -> Worst:
    return quotes(("a" for i in count()), "a" + repeated("\n \n")[:-2] + "b")


def runs_of_spaces() -> Worst:
    return quotes((f"a a b{i}" for i in count()), repeated("a  "))


def unknown_keys() -> Worst:
    return Worst(full(HEAD, (f"key{i}: a\n" for i in range(49_000))), {"article.txt": "a"})


def unknown_keys_of_parts() -> Worst:
    parts = (f"- {{{', '.join(f'speakes{i}{j}: a' for j in range(100))}}}\n" for i in range(480))
    return Worst(full(HEAD + "quotes:\n", parts), {"article.txt": "a"})


def duplicate_keys() -> Worst:
    return Worst(full(HEAD, ("status: a\n" for _ in range(49_000))), {"article.txt": "a"})


def wrong_values() -> Worst:
    return Worst(full(HEAD + "quotes:\n", ("- {a: [x]}\n" for _ in range(24_000))), {"article.txt": "a"})


def values_without_keys() -> Worst:
    return Worst(full(HEAD + "quotes:\n", ("- a\n" for _ in range(99_000))), {"article.txt": "a"})


def empty_values() -> Worst:
    return Worst(full(HEAD + "quotes: [a", (",a" for i in range(99_000))) + "]", {"article.txt": "a"})


def as_many_values_as_may_be() -> Worst:
    return Worst(full(HEAD + "quotes: [", ("a," for i in range(99_000))) + "]", {"article.txt": "a"})


def unknown_people() -> Worst:
    people = "".join(f"- {{id: p{i:x}-roe, name: a}}\n" for i in range(12_000))
    head = HEAD.replace(
        "people: [{id: jane-roe, name: Jane Roe}]", f"people:\n- {{id: jane-roe, name: Jane Roe}}\n{people[:-1]}"
    )
    parts = (f"- {{id: q{i}, speakers: [q{i:x}-rue], kind: indirect, text: a, evidence: []}}\n" for i in range(3_000))
    return Worst(full(head + "quotes:\n", parts), {"article.txt": "a"})


def unused_people() -> Worst:
    parts = (f"- {{id: p{i}, name: a}}\n" for i in count())
    return Worst(
        full(
            HEAD.replace("people: [{", "people:\n- {").replace("Roe}]", "Roe}").replace("delegates:", "delegates:"),
            iter(()),
        ).replace("meeting:\n", full("", islice(parts, 25_000)) + "meeting:\n"),
        {"article.txt": "a"},
    )


def equal_ids() -> Worst:
    return quotes(iter(()), "a")._replace(record=full(HEAD + "quotes:\n", (QUOTE.format(1, "a") for _ in range(5_000))))


def names_in_long_words() -> Worst:
    """Many names of many parties, none of which stands in many long words."""
    names = [f"{'b' * 6}{i:x}c" for i in range(10_000)]
    parties = "".join(
        f"- {{id: p{i}, kind: state, name: b{i}c, other_names: [{', '.join(names[i * 100 : i * 100 + 100])}]}}\n"
        for i in range(100)
    )
    head = HEAD.replace(
        "parties: [{id: uto, kind: state, name: Utopia}]\n",
        f"parties:\n- {{id: uto, kind: state, name: Utopia}}\n{parties}",
    )
    ids = ", ".join(f"p{i}" for i in range(100))
    article = "".join(f"{i:04}" + "b" * 4990 + "\n" for i in range(1000))
    first = "".join(f"  - &e{i} {{says: parties, words: '{article[i * 4995 : i * 4995 + 4990]}'}}\n" for i in range(90))
    body = "  - id: a{0}\n    title: T\n    text: '0000b'\n    commitment: agreed\n    form: reported\n    parties: &p [{1}]\n    evidence: &e\n{2}"
    again = "  - {{id: a{0}, title: T, text: '0000b', commitment: agreed, form: reported, parties: *p, evidence: *e}}\n"
    record = head + "agreements:\n" + body.format(0, ids, first) + "".join(again.format(i) for i in range(1, 9))
    return Worst(record, {"article.txt": article})


def aliases_of_bytes() -> Worst:
    text = "a" * 4900
    parts = ("- *t\n" for i in count())
    return Worst(full(HEAD + f"x: &t {text}\nquotes:\n", parts), {"article.txt": "a"})


def aliases_of_aliases() -> Worst:
    lines = [f"x0: &x0 [{', '.join(['a' * 4900] * 10)}]\n"]
    lines += [f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 10)}]\n" for i in range(1, 4)]
    return Worst(HEAD + "".join(lines), {"article.txt": "a"})


def one_line() -> Worst:
    """A record in one line, each part with a fault."""
    parts = (f"{{id: q{i}, speakers: [jane-roe], kind: x, text: a, evidence: []}}, " for i in range(8_000))
    return Worst(full(HEAD + "quotes: [", parts) + "]\n", {"article.txt": "a"})


def many_lines() -> Worst:
    return Worst(full(HEAD + "quotes:\n", (f"- a\n{chr(10) * 100}" for _ in range(10_000))), {"article.txt": "a"})


def many_sources() -> Worst:
    """Articles that are cited in turn."""
    names = [f"a{i}" for i in range(100)]
    sources = "".join(f"  - {{id: {name}, file: {name}.txt, title: T, language: en}}\n" for name in names)
    head = HEAD.replace("meeting:\n", "meeting:\n", 1).replace("parties: [{id", f"{sources}parties: [{{id", 1)
    record = entries((f"b{i}, source: a{i % 100}" for i in count()), "a").record.replace(HEAD, head)
    return Worst(
        record[: RECORD_SIZE - ROOM].rpartition("\n")[0],
        {f"{name}.txt": repeated("a", 52_000) for name in names} | {"article.txt": "a"},
    )


def long_descriptions() -> Worst:
    described = ", ".join(f"{{described: {'b' * 290}{i}}}" for i in range(100))
    entry = "".join(f"  - {{says: speakers, words: {'b' * 4900}{i}}}\n" for i in range(90))
    head = (
        HEAD + f"quotes:\n- id: q\n  speakers: &s [{described}]\n  kind: indirect\n  text: b\n  evidence: &e\n{entry}"
    )
    again = (f"- {{id: q{i}, speakers: *s, kind: indirect, text: b, evidence: *e}}\n" for i in range(7))
    return Worst(head + "".join(again), {"article.txt": "".join(f"{'b' * 4900}{i}\n" for i in range(1000))})


def everything() -> Worst:
    """As much of each work as the limits leave: values, faults, names, searches, lines and marks."""
    article = "".join(f"“u{i}”\n" for i in range(50)) + repeated("😀" * 7 + '"\n', ARTICLE_SIZE - 1000)
    parts = [QUOTE.format(f"u{i}", f"u{i}") for i in range(50)]
    parts += [
        f"- id: w{i}\n  speakers: [jane-roe]\n  kind: indirect\n  text: u{i}\n  evidence: [{{says: speakers, words: {'😀' * 7}{i}}}]\n"
        for i in range(200)
    ]
    parts += [f"- {{{', '.join(f'speakes{i}{j}: a' for j in range(100))}}}\n" for i in range(450)]
    return Worst(full(HEAD + "quotes:\n", parts), {"article.txt": article})


WORST: dict[str, Callable[[], Worst]] = {
    make.__name__: make
    for make in (
        words_missing_by_a_little,
        short_words_missing,
        words_in_emoji,
        unknown_words_in_prose,
        long_unknown_words,
        long_unknown_words_in_a_short_article,
        words_found_everywhere,
        ambiguous_words,
        distinct_words_found,
        quotation_marks_only,
        quotation_marks_in_lines,
        marks_between_a_pair,
        quotes_far_from_a_mark,
        months_in_many_languages,
        titles_in_long_words,
        empty_lines,
        runs_of_spaces,
        unknown_keys,
        unknown_keys_of_parts,
        duplicate_keys,
        wrong_values,
        values_without_keys,
        empty_values,
        as_many_values_as_may_be,
        unknown_people,
        unused_people,
        equal_ids,
        names_in_long_words,
        aliases_of_bytes,
        aliases_of_aliases,
        one_line,
        many_lines,
        everything,
        many_sources,
        long_descriptions,
    )
}
