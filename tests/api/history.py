"""Datasets that differ from load to load in everything that a record can hold."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from tests.api.world import DATES, ENUMS, TOPICS, days

T = TypeVar("T")
Part = dict[str, Any]

MEETINGS = ["m0", "m1", "m2", "m3"]
ACTORS = [f"actor-{number}" for number in range(6)]
DESCRIBED = ["The neighbours", "the fishermen"]
TITLES = ["Envoy", "Chair"]
ARTICLE = "They met again. The neighbours and the fishermen looked on, as did the Envoy and the Chair."
ALMANAC = "All meetings of the year."


class Draws:
    """Choices by their names; each stays what it is until it is forgotten, and is then drawn anew."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._drawn: dict[str, float] = {}

    def one(self, name: str, options: Sequence[T]) -> T:
        return options[int(self._draw(name) * len(options))]

    def some(self, name: str, options: Sequence[T], least: int = 0) -> list[T]:
        """Some of them, in any order."""
        places = {place: self._draw(f"{name} {option}") for place, option in enumerate(options)}
        in_order = sorted(places, key=lambda place: places[place])
        return [options[place] for at, place in enumerate(in_order) if at < least or places[place] < 0.5]

    def forget(self, share: float) -> None:
        self._drawn = {name: drawn for name, drawn in self._drawn.items() if self._random.random() >= share}

    def _draw(self, name: str) -> float:
        return self._drawn.setdefault(name, self._random.random())


class History:
    """The records of a dataset; `go_on` makes others of them, and `write` puts them into a folder."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._common = Draws(random)
        self._of = {id: Draws(random) for id in MEETINGS}

    def go_on(self) -> None:
        """Draw a little anew, and now and then a lot."""
        for draws in self._random.sample([self._common, *self._of.values()], self._random.randint(1, 3)):
            draws.forget(self._random.choice([0.01, 0.03, 0.1, 0.5]))

    def write(self, folder: Path) -> list[Path]:
        """Write all records in the place of those before; their folders."""
        shutil.rmtree(folder, ignore_errors=True)
        there = self._common.some("meetings", MEETINGS, least=1)
        records = {id: _Record(id, self._common, self._of[id]) for id in there}
        defined: set[str] = set()
        for id, record in records.items():
            (folder / id).mkdir(parents=True)
            for name, content in record.files(defined).items():
                (folder / id / name).write_text(content)
        return [folder / id for id in records]


class _Record:
    """One record of a dataset: what is common to all is drawn in common."""

    def __init__(self, id: str, common: Draws, own: Draws) -> None:
        self.id, self.common, self.own = id, common, own
        self.people = [actor for actor in ACTORS if common.one(f"{actor} is", ["person", "party"]) == "person"]
        self.parties = [actor for actor in ACTORS if actor not in self.people] or ["a-party"]
        self.with_almanac = own.one("almanac", [True, False])
        self.quotes = own.some("quotes", ["q0", "q1", "q2"])
        self.agreements = own.some("agreements", ["a0", "a1"])
        self.agenda = own.some("agenda", ["g0", "g1", "g2"])

    def files(self, defined: set[str]) -> dict[str, str]:
        """The record and its articles; what a record before it has defined, it defines or not."""
        sources, files = self._sources(defined)
        record: Part = {
            "status": "reviewed",
            "sources": sources,
            "meeting": self._meeting(),
            "delegates": [self._delegate(id) for id in self.own.some("delegates", ["d0", "d1", "d2"])],
            "agreements": [self._agreement(id) for id in self.agreements],
            "quotes": [self._quote(id) for id in self.quotes],
        }
        if record["meeting"]["title"] == "More talks":
            record["reviewed_by"] = [{"name": "Ana Ito", "on": "2024-05-07"}]
        used = [actor for actor in [*ACTORS, "a-party"] if f'"{actor}"' in json.dumps(record)]
        given = [actor for actor in used if self._gives(actor, defined)]
        record["people"] = [self._definition(actor) for actor in given if actor in self.people]
        record["parties"] = [self._definition(actor) | self._party(actor) for actor in given if actor in self.parties]
        return {**files, "record.yaml": json.dumps(record)}

    def _gives(self, id: str, defined: set[str]) -> bool:
        gives = id not in defined or self.own.one(f"gives {id}", [True, False])
        defined |= {id}
        return gives

    def _definition(self, id: str) -> Part:
        names = self.common.one(f"{id} has", [["Ann", "Bo"], ["Ann", "Bo", "Cy"], ["Di"]])
        return {
            "id": id,
            "name": self.common.one(f"{id} name", [f"{id} the First", f"{id} the Second"]),
            "other_names": self.own.some(f"{id} other", names),
            "wikidata": self._told(f"{id} wikidata", ["Q1", "Q2", "Q3"]),
        }

    def _party(self, id: str) -> Part:
        kind = self.common.one(f"{id} kind", ENUMS["party kind"])
        return {"kind": kind, "country": self._told(f"{id} country", ["SUN", "YUG"])}

    def _told(self, name: str, options: list[T]) -> T | None:
        """A value in common, which a record tells or leaves out."""
        return self.common.one(name, options) if self.own.one(f"tells {name}", [True, False]) else None

    def _sources(self, defined: set[str]) -> tuple[list[Part | str], dict[str, str]]:
        files = {"news.txt": self._article()}
        sources: list[Part | str] = [self._source(f"{self.id}-news", "news.txt", self.own)]
        if self.with_almanac and self._gives("almanac", defined):
            files["almanac.txt"] = self.common.one("preface", ["", "Volume 1. "]) + ALMANAC
            sources.append(self._source("almanac", "almanac.txt", self.common))
        elif self.with_almanac:
            sources.append("almanac")
        return sources, files

    def _source(self, id: str, file: str, draws: Draws) -> Part:
        def maybe(name: str, *options: Any) -> Any:
            return draws.one(f"{id} {name}", [None, *options])

        return {
            "id": id,
            "file": file,
            "title": draws.one(f"{id} title", ["News", "More news"]),
            "language": draws.one(f"{id} language", ["en", "de"]),
            "publisher": maybe("publisher", "The Gazette"),
            "issued_by": draws.some(f"{id} issued_by", self.parties[:2]),
            "author": maybe("author", "A. Writer"),
            "url": maybe("url", "https://news.example/1", "https://news.example/2"),
            "published_on": maybe("published_on", "2024", "2024-05"),
            "licence": maybe("licence", "CC0-1.0"),
            "access": maybe("access", "full", "excerpt"),
            "quotation_marks": self._marks(draws, id),
            "paragraphs": maybe("paragraphs", "blocks"),
            "cites": draws.some(f"{id} cites", ["AP", "The Wire"]),
        }

    def _marks(self, draws: Draws, id: str) -> str | None:
        return draws.one(f"{id} marks", [None, "double", "single"])

    def _article(self) -> str:
        opening, closing = "‘’" if self._marks(self.own, f"{self.id}-news") == "single" else "“”"
        paragraphs = [self.own.one("preamble", ["", "Once more: ", "Twice more: "]) + ARTICLE]
        paragraphs += [f"{self._text(id)}." for id in self.agreements]
        for id in self.quotes:
            quoted = self._text(id) if self._kind(id) == "indirect" else f"{opening}{self._text(id)}{closing}"
            paragraphs.append(quoted if self._kind(id) != "partial" else f"{quoted[:-1]} and more{closing}")
        return "\n\n".join(paragraphs)

    def _text(self, id: str) -> str:
        return f"{id} is {self.own.one(f'{id} text', ['one thing', 'another thing'])}"

    def _kind(self, quote: str) -> str:
        return self.own.one(f"{quote} kind", ENUMS["quote kind"])

    def _maybe(self, name: str, *options: Any) -> Any:
        return self.own.one(name, [None, *options])

    def _meeting(self) -> Part:
        start = self._maybe("start_date", *DATES[1:])
        ends = [
            date for date in DATES[1:] if date and start and date[:7] >= start[:7] and days(date)[1] >= days(start)[1]
        ]
        duration, city = self._maybe("duration", "PT2H", "PT3H"), self._maybe("city", "Vienna", "Linz")
        approximate, country = self.own.one("approximate", [True, False]), self._maybe("country", "AUT")
        wikidata = self._maybe("wikidata", "Q1741")
        return {
            "id": self.id,
            "title": self.own.one("title", ["Talks", "More talks"]),
            "summary": self._maybe("summary", "They talked."),
            "topics": self.own.some("topics", TOPICS),
            "agenda": [self._agenda_item(id) for id in self.agenda],
            **self._proved(
                "meeting",
                status=self.own.one("status", ENUMS["status"]),
                format=self.own.one("format", ENUMS["format"]),
                mode=self._maybe("mode", "in_person", "remote"),
                start_date=start,
                end_date=self._maybe("end_date", *ends),
                duration=duration and {"value": duration, "approximate": approximate},
                place=city and {"city": city, "country": country, "wikidata": wikidata},
                host=self._maybe("host", *self.parties),
                parties=[self._participant(actor) for actor in self._actors("parties", self.parties, least=1)],
            ),
        }

    def _agenda_item(self, id: str) -> Part:
        title = self.own.one(f"{id} title", ["Fish", "Ice"])
        outcome = self.own.one(f"{id} outcome", ["open", "agreed", "discussed"])
        topics = self.own.some(f"{id} topics", TOPICS)
        return {"id": id, "title": title, "topics": topics, **self._proved(id, outcome=outcome)}

    def _participant(self, actor: Any) -> Any:
        role = self.own.one(f"role of {actor}", ["principal", "observer", "mediator"])
        return {**(actor if isinstance(actor, dict) else {"party": actor}), "role": role}

    def _delegate(self, id: str) -> Part:
        person = self._maybe(f"{id} person", *self.people)
        return {
            "id": id,
            **({} if person else {"described": self.own.one(f"{id} described", DESCRIBED)}),
            **self._proved(
                id,
                person=person,
                party=self._maybe(f"{id} party", *self.parties),
                title=self._maybe(f"{id} title", *TITLES),
                role=self.own.one(f"{id} role", ENUMS["delegate role"]),
                attendance=self._maybe(f"{id} attendance", "present", "absent"),
            ),
        }

    def _agreement(self, id: str) -> Part:
        return {
            "id": id,
            "title": self.own.one(f"{id} title", ["A pact", "A pledge"]),
            "text": self._text(id),
            "topics": self.own.some(f"{id} topics", TOPICS),
            "agenda": self._maybe(f"{id} agenda", *self.agenda),
            **self._proved(
                id,
                commitment=self.own.one(f"{id} commitment", ENUMS["commitment"]),
                form=self.own.one(f"{id} form", ENUMS["form"]),
                parties=self._actors(f"{id} parties", self.parties, least=1),
                asserted_by=self._actors(f"{id} asserted_by", ACTORS) or None,
            ),
        }

    def _quote(self, id: str) -> Part:
        speakers = self._actors(f"{id} speakers", [*self.people, *self.parties], least=1)
        return {
            "id": id,
            "kind": self._kind(id),
            "text": self._text(id),
            "topics": self.own.some(f"{id} topics", TOPICS),
            **self._proved(
                id,
                speakers=speakers,
                speaker_title=self._maybe(f"{id} speaker_title", *TITLES) if len(speakers) == 1 else None,
                via=self._maybe(f"{id} via", *self.people, *self.parties, {"described": DESCRIBED[1]}),
            ),
        }

    def _actors(self, name: str, ids: list[str], least: int = 0) -> list[Any]:
        known = [id for id in ids if id in self.people or id in self.parties]
        return self.own.some(name, [*known, *({"described": words} for words in DESCRIBED)], least)

    def _proved(self, part: str, **facts: Any) -> Part:
        """Facts, without those that are null, and their evidence in any order: a reason for each, and often words."""
        given = {name: value for name, value in facts.items() if value is not None}
        evidence = [self._entry(f"{part} {name}", name, value) for name, value in given.items()]
        if len(evidence) > 1 and "title" not in evidence[0]["says"] and self.own.one(f"{part} together", [True, False]):
            together = [*evidence.pop(0)["says"], *evidence[-1]["says"]]
            evidence[-1]["says"] = self.own.some(f"{part} together as", together, least=2)
        in_order = self.own.some(f"{part} order", [*given], least=len(given))
        return {**given, "evidence": sorted(evidence, key=lambda entry: in_order.index(entry["says"][0]))}

    def _entry(self, about: str, name: str, value: Any) -> Part:
        why = {"inferred": "It is known."}, {"inferred": "Who else?", "despite": "It is known all the same."}
        entry: Part = {"says": [name], **self.own.one(f"{about} why", why)}
        if name in ("title", "speaker_title"):
            return {**entry, "words": value}
        words, listed = [{}, {"words": "They met again"}, {"words": "looked on"}], {"words": "All", "source": "almanac"}
        if self.with_almanac and name == "format":  # a source is listed for some of its words
            return {**entry, **listed}
        return {**entry, **self.own.one(f"{about} words", [*words, *[listed] * self.with_almanac])}
