"""Records in eight languages that the judged queries (`judged_queries.json`) search, beside the shipped one."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import seed

RIYADH = Path(seed.__file__).parent / "summits" / "riyadh-2025-02-18"


@dataclass(frozen=True)
class Story:
    """A meeting and its article. The article consists of the texts of its agreements and quotes, and of a last line."""

    id: str
    language: str
    title: str
    source_title: str
    date: str
    city: str
    country: str
    people: dict[str, tuple[str, ...]]
    """Names and other names by id; each is a delegate."""
    parties: dict[str, tuple[str, ...]]
    agreements: dict[str, tuple[str, str]]
    """Titles and texts by id."""
    quotes: dict[str, tuple[str, str]]
    """Speakers and texts by id."""
    agenda: dict[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    last_line: str = ""


STORIES = [
    Story(
        "geneva-2023-06-12",
        "fr",
        "Talks on the Rhône in Geneva",
        "Pourparlers sur le partage des eaux du Rhône",
        "2023-06-12",
        "Geneva",
        "CHE",
        {"francois-lefevre": ("François Lefèvre",), "zaneta-lukasiewicz": ("Żaneta Łukasiewicz",)},
        {"helvetia": ("Helvetia", "Helvétie"), "gallia": ("Gallia",)},
        {
            "water": (
                "Share the water of the Rhône",
                "les deux délégations partageront les eaux du fleuve pendant l’été",
            ),
            "dams": ("Inspect dams", "des inspecteurs visiteront les barrages chaque année"),
        },
        {"patience": ("francois-lefevre", "nous avons besoin de patience et de confiance réciproque")},
        topics=("water", "rivers"),
        last_line="Les négociateurs se retrouveront à l’automne.",
    ),
    Story(
        "munich-2022-02",
        "de",
        "Border talks in Munich",
        "Gespräche über die Öffnung der Grenzübergänge",
        "2022-02",
        "Munich",
        "DEU",
        {"juergen-weiss": ("Jürgen Weiß",), "oleksandr-bondarenko": ("Oleksandr Bondarenko", "Alexander Bondarenko")},
        {"bavaria": ("Bavaria", "Bayern"), "tyrol": ("Tyrol", "Tirol")},
        {
            "crossings": ("Open border crossings", "beide Seiten öffnen zwölf Grenzübergänge für Lastwagen"),
            "customs": ("Cut customs duties", "die Zölle auf Getreide werden gesenkt"),
        },
        {"bridges": ("juergen-weiss", "wir bauen Brücken und keine Mauern mehr")},
        topics=("borders", "customs"),
        last_line="Die Minister sprachen auch über Flüchtlinge.",
    ),
    Story(
        "astana-2024-09-03",
        "ru",
        "Astana round on prisoners",
        "Переговоры в Астане об обмене пленными",
        "2024-09-03",
        "Astana",
        "KAZ",
        {"nikolai-sokolov": ("Nikolai Sokolov", "Николай Соколов"), "aigerim-serikova": ("Aigerim Serikova",)},
        {"northland": ("Northland", "Северная страна"), "southland": ("Southland",)},
        {
            "prisoners": ("Exchange prisoners", "стороны обменяются военнопленными до конца месяца"),
            "corridors": ("Open corridors", "гуманитарные коридоры откроются для мирных жителей"),
        },
        {"guarantees": ("nikolai-sokolov", "мы требуем надёжных гарантий безопасности")},
        topics=("prisoners", "humanitarian-aid"),
        last_line="Наблюдатели остались довольны.",
    ),
    Story(
        "cairo-2021-05-20",
        "ar",
        "Cairo ceasefire talks",
        "محادثات القاهرة لوقف إطلاق النار",
        "2021-05-20",
        "Cairo",
        "EGY",
        {
            "mohammed-bin-khalid": ("Mohammed bin Khalid Al Rashid", "محمد بن خالد الراشد"),
            "yusuf-hamdan": ("Yusuf Hamdan", "Youssef Hamdan"),
        },
        {"oasis": ("Oasis Union", "اتحاد الواحة"), "delta": ("Delta Council",)},
        {
            "ceasefire": ("Hold the ceasefire", "يلتزم الطرفان بوقف إطلاق النار فورا"),
            "aid": ("Let aid pass", "تدخل قوافل المساعدات الإنسانية كل يوم"),
        },
        {"door": ("yusuf-hamdan", "باب الحوار مفتوح أمام الجميع")},
        topics=("ceasefire", "humanitarian-aid"),
        last_line="وشكر الوسطاء الحاضرين.",
    ),
    Story(
        "beijing-2020-11-02",
        "zh",
        "Beijing consultations on fisheries",
        "北京渔业磋商",
        "2020-11-02",
        "Beijing",
        "CHN",
        {"li-ming": ("Li Ming", "李明"), "tanaka-yuki": ("Yuki Tanaka", "田中由紀")},
        {"east-coast": ("East Coast", "东海岸"), "islands": ("Island League", "群岛联盟")},
        {
            "patrols": ("Joint patrols", "双方将在公海联合巡逻"),
            "catch": ("Limit the catch", "捕捞量每年减少百分之五"),
        },
        {"trust": ("li-ming", "互信是谈判的基础")},
        topics=("fisheries",),
        last_line="代表团随后离场。",
    ),
    Story(
        "bogota-2019-08",
        "es",
        "Bogotá dialogue on coffee",
        "Diálogo de Bogotá sobre los precios del café",
        "2019-08",
        "Bogotá",
        "COL",
        {"maria-nunez": ("María Núñez",), "joao-goncalves": ("João Gonçalves",)},
        {"andes": ("Andean Growers", "Caficultores Andinos"), "plateau": ("Plateau Growers",)},
        {
            "prices": ("Set minimum prices", "los productores fijarán precios mínimos para el café"),
            "credits": ("Grant credits", "los bancos concederán créditos a las familias campesinas"),
        },
        {"harvest": ("maria-nunez", "la cosecha pertenece a quienes la trabajan")},
        topics=("coffee", "prices"),
        last_line="Los delegados firmaron tres cartas.",
    ),
    Story(
        "athens-2018-04-09",
        "el",
        "Athens talks on ferries",
        "Συνομιλίες στην Αθήνα για τα πλοία",
        "2018-04-09",
        "Athens",
        "GRC",
        {
            "giorgos-papadopoulos": ("Giorgos Papadopoulos", "Γιώργος Παπαδόπουλος"),
            "turkan-celik": ("Türkân Çelik",),
        },
        {"cyclades": ("Cyclades", "Κυκλάδες"), "marmara": ("Marmara Province",)},
        {
            "ferries": ("Run ferries daily", "τα πλοία θα ταξιδεύουν κάθε μέρα"),
            "harbours": ("Repair harbours", "τα λιμάνια επισκευάζονται με κοινά έξοδα"),
        },
        {"sea": ("giorgos-papadopoulos", "η θάλασσα μάς ενώνει")},
        topics=("ferries",),
        last_line="Οι αντιπροσωπείες έφυγαν το βράδυ.",
    ),
    Story(
        "oslo-2017-10-01",
        "en",
        "Oslo meeting on tariffs and quotas",
        "Ministers cut tariffs on timber",
        "2017-10-01",
        "Oslo",
        "NOR",
        {
            "sigrid-haugen": ("Sigrid Haugen",),
            "william-macallister": ("William MacAllister", "Bill MacAllister"),
            "haakon-oedegaard": ("Håkon Ødegård",),
        },
        {"fjordland": ("Fjordland", "Fjordlanders"), "highlands": ("Highland Republic",)},
        {
            "tariffs": (
                "Cut tariffs on timber",
                "Both governments will halve their tariffs on sawn timber within two years",
            ),
            "inspectors": ("Send inspectors", "Independent inspectors will be allowed to visit every sawmill"),
            "licences": ("Issue fishing licences", "Fishing licences will be issued to forty-two small boats"),
        },
        {
            "forests": ("sigrid-haugen", "Our children must be able to walk in these forests"),
            "promise": ("william-macallister", "A promise made over breakfast is still a promise"),
        },
        agenda={"quotas": "Quotas for herring"},
        topics=("trade", "fisheries"),
        last_line="Negotiators studied drafts until midnight; the delegations’ lawyers had been negotiating for weeks.",
    ),
]


def write_judged_records(folder: Path) -> list[Path]:
    """Write the records, and the shipped one."""
    shutil.copytree(RIYADH, folder / RIYADH.name)
    return [folder / RIYADH.name, *(_write(folder / story.id, story) for story in STORIES)]


def _write(folder: Path, story: Story) -> Path:
    texts = [text for _, text in (*story.agreements.values(), *story.quotes.values())]
    folder.mkdir()
    (folder / "article.txt").write_text("\n\n".join([*texts, story.last_line]) + "\n", encoding="utf-8")
    (folder / "record.yaml").write_text(json.dumps(_record(story), ensure_ascii=False), encoding="utf-8")
    return folder


def _record(story: Story) -> dict[str, Any]:
    first, second = story.parties
    source = {"id": f"{story.id}-article", "file": "article.txt", "title": story.source_title}
    return {
        "status": "reviewed",
        "sources": [{**source, "language": story.language, "published_on": story.date, "access": "full"}],
        "parties": [_named(id, names) | {"kind": "organization"} for id, names in story.parties.items()],
        "people": [_named(id, names) for id, names in story.people.items()],
        "meeting": {
            **{"id": story.id, "title": story.title, "status": "held", "format": "bilateral"},
            **{"start_date": story.date, "place": {"city": story.city, "country": story.country}},
            **{"parties": [first, second], "topics": [*story.topics]},
            "agenda": [
                {"id": id, "title": title, "outcome": "discussed", "evidence": _inferred("outcome")}
                for id, title in story.agenda.items()
            ],
            "evidence": _inferred("status", "format", "start_date", "place", "parties"),
        },
        "delegates": [
            {"person": id, "party": (first, second)[number % 2], "role": "head"}
            | {"evidence": _inferred("person", "party", "role")}
            for number, id in enumerate(story.people)
        ],
        "agreements": [
            {"id": id, "title": title, "text": text, "commitment": "agreed", "form": "reported"}
            | {"parties": [first, second], "evidence": _inferred("commitment", "form", "parties")}
            for id, (title, text) in story.agreements.items()
        ],
        "quotes": [
            {"id": id, "speakers": [speaker], "kind": "indirect", "text": text, "evidence": _inferred("speakers")}
            for id, (speaker, text) in story.quotes.items()
        ],
    }


def _named(id: str, names: tuple[str, ...]) -> dict[str, Any]:
    name, *others = names
    return {"id": id, "name": name, "other_names": others} if others else {"id": id, "name": name}


def _inferred(*facts: str) -> list[dict[str, Any]]:
    return [{"says": [*facts], "inferred": "The clerk of the tests says so."}]
