"""Random records of every kind as JSON Lines, made from the records' own declarations."""

from collections import defaultdict
from enum import Enum
from random import Random
from typing import Any, get_args

from api.intake.draft.additions import PARTS
from api.intake.forms.codecs import Codec, Texts, To, ToTopic, When
from api.intake.forms.form import Form, form_of, unwrap
from api.intake.forms.kinds import FORMS, LINES, SECTIONS
from api.intake.forms.list_codecs import Children, Rows, Single
from api.intake.forms.special_codecs import Inline, Links, OtherNames
from api.model.kinds import EventKind, RecordKind

Line = dict[str, Any]
WORDS = [
    "سلام",
    "peace",
    "barış",
    'a "quote"',
    "back\\slash",
    "line\nbreak",
    "\u200fمرحبا\u200e",
    "é",
    "x",
]
LANGUAGES = ["en", "ar", "tr", "zh-Hans", "fa"]
DATES = [
    *("1978-09-17", "1978-09", "1978", "197X", "1978-09~", "1978-09-05/1978-09-17", "2020-21"),
    *("1985/..", "../1985", "[1904,1906]", "2004-06~-11", "2025-33", "XXXX-12-XX"),
]
ANCHORED = [
    {"edtf": "XXXX-07"},
    {"relative": "last tuesday"},
    {"relative": "this month"},
    {"calendar": "islamic-umalqura", "edtf": "XXXX-09"},
]
# The values of fields that take no other words, by name.
FIELDS: dict[str, list[str]] = {
    "country": ["EG", "SY", "TR"],
    "language": LANGUAGES,
    "scheme": ["S", "s.2"],
    "low": ["0", "1.5"],
    "best": ["2", "3.125"],
    "high": ["4000000000000.001"],
    "sha256": ["0123456789abcdef" * 4],
}
COUNT = 3  # records of each kind


def spoken(key: str) -> str:
    """Return an article's text: words of its own, and one that it has twice."""
    return " ".join([*(f"{key}w{number:02}" for number in range(40)), "twice and twice", *WORDS])


class World:
    """Records that refer to each other, in the order in which they are exported."""

    def __init__(self, seed: int, left_out: float = 0.4) -> None:
        """Make the keys first, so that references may point anywhere.

        `left_out` is the share of optional fields that a record lacks.
        """
        self.random = Random(seed)
        self.left_out = left_out
        self.keys: dict[RecordKind, list[str]] = {}
        self.offices: dict[str, list[str]] = defaultdict(list)
        for section in SECTIONS.values():
            if (kind := form_of(section).kind) and kind is not RecordKind.CLAIM:
                self.keys[kind] = [f"{kind.lower()}-{number}" for number in range(COUNT)]
        self.article = ""
        self.claims: set[tuple[Any, ...]] = set()
        self.numbers = iter(range(1, 10_000))

    def lines(self) -> list[Line]:
        """Return the records, in a random order of kinds and lines."""
        lines: list[Line] = []
        for name, section in LINES.items():
            form = form_of(SECTIONS[section])
            records = (self.record(name, form, number) for number in range(COUNT))
            lines += [{"record": name, **record} for record in records]
        self.random.shuffle(lines)
        return lines

    def record(self, name: str, form: Form, number: int) -> Line:
        """Return a record of a kind; its home is an article, a dataset, or the file."""
        self.article = self.random.choice(self.keys[RecordKind.ARTICLE])
        if name == "article":
            key = self.keys[RecordKind.ARTICLE][number]
            whole = {
                "title": "T",
                "language": "en",
                "text": spoken(key),
                "published": {"edtf": "2025-08-13"},
                "licence": "CC-BY-4.0",
            }
            url = f"https://a.example/{key}"
            return {"key": key, **whole, "url": url, "publisher": self.key(RecordKind.ACTOR)}
        if name == "add":
            return self.addition((RecordKind.ACTOR, RecordKind.PLACE, None)[min(number, 2)])
        if form.kind is None:
            made = {"text": f"N{number}", "language": self.random.choice(LANGUAGES)}
            return {"article": self.article, **made, "actor": self.key(RecordKind.ACTOR)}
        if form.kind is RecordKind.CLAIM:
            kind = self.random.choice(
                sorted(self.keys.keys() - {RecordKind.ARTICLE, RecordKind.TOPIC})
            )
            subject = f"{kind.lower()}:{self.key(kind)}"
            return {"article": self.article, **self.claim(), "subject": subject}
        home = {"article": self.article}
        if (choice := self.random.random()) > 0.6:
            self.article = ""
            home = {"dataset": self.key(RecordKind.DATASET), "row": "1"} if choice > 0.8 else {}
            if choice > 0.9:
                del home["row"]
        key = self.keys[form.kind][number]
        return home | self.fields(form, key=key, number=number)

    def addition(self, kind: RecordKind | None) -> Line:
        """Return what an article adds to a record of a kind, or of any kind."""
        kind = kind or self.random.choice(sorted(self.keys.keys() - {RecordKind.TOPIC}))
        form = FORMS[kind]
        made: Line = {"article": self.article, "to": f"{kind.lower()}:{self.key(kind)}"}
        for name in PARTS:
            if info := form.model.model_fields.get(name):
                made[name] = self.value(name, form.codec_of(name), info, "")
        for office in made.get("offices", [])[:1]:
            office["key"] = "added"  # the others may have keys of the actor's own
        return made

    def key(self, kind: RecordKind) -> str:
        """Choose a record of a kind."""
        return self.random.choice(self.keys[kind])

    def fields(self, form: Form, key: str = "", number: int = 0) -> Line:
        """Return the fields of a record or part; those that may be left out are, now and then."""
        made: Line = {}
        for name, codec, _, _ in form.fields:
            info = form.model.model_fields[name]
            if not info.is_required() and self.random.random() < self.left_out:
                continue
            value = self.value(name, codec, info, key)
            if value is not None:
                made[name] = value
        return self.mend(form, made, key, number)

    def mend(self, form: Form, made: Line, key: str, number: int) -> Line:
        """Mend what fields have to do with each other."""
        if form.kind is RecordKind.TOPIC:
            made |= {"scheme": "s", "code": key}
            made.pop("broader", None)
            if number:
                made["broader"] = self.keys[RecordKind.TOPIC][number - 1]
        if form.kind is RecordKind.PLACE:
            made.pop("part_of", None)
            if number:
                made["part_of"] = self.keys[RecordKind.PLACE][number - 1]
            position = {"latitude": "33.5", "longitude": "-36.25"}
            made |= position if made.keys() & position.keys() else {}
        if made.get("role") != "SIGNATORY":
            made.pop("signed_on", None)
        if "measure" in made and not made.keys() & {"low", "best", "high"}:
            made["best"] = "1"
        self.mend_event(form, made)
        made.pop("office", None)
        if made.get("wikidata"):
            made["wikidata"] = f"Q{next(self.numbers)}"
        return made

    def mend_event(self, form: Form, made: Line) -> None:
        """Mend what only events have."""
        if form.kind is RecordKind.AGREEMENT:
            made.setdefault("status", "SIGNED")
        if made.get("occurrence") == "HAPPENED":  # the default, which is left out
            del made["occurrence"]
        if "place" not in made:
            made.pop("places", None)

    def value(self, name: str, codec: Any, info: Any, key: str) -> Any:  # noqa: PLR0911
        """Return a value of a field."""
        match codec:
            case ToTopic():
                return f"s:{self.key(RecordKind.TOPIC)}"
            case To():
                return self.key(codec.kind) if codec.kind in self.keys else None
            case When():
                return self.date()
            case Inline():
                return self.fields(codec.part)
            case Links():
                return self.links(key)
            case Children():
                return [
                    self.fields(codec.child, f"{name[:4]}-{item}") | {"key": f"{name[:4]}-{item}"}
                    for item in range(self.random.randint(0, 2))
                ]
            case Rows() | OtherNames():
                return self.items(codec)
        return self.plain(name, info, key)

    def plain(self, name: str, info: Any, key: str) -> Any:  # noqa: PLR0911
        """Return a value of a field that is kept in one column, or elsewhere."""
        types = [unwrap(item) for item in (info.annotation, *get_args(info.annotation))]
        enums = [item for item in types if isinstance(item, type) and issubclass(item, Enum)]
        if name == "claims":
            return [self.claim() for _ in range(self.random.randint(0, 2))] if self.article else []
        if enums:
            return str(self.random.choice([*enums[0]]))
        if dict in types:
            tags = self.random.sample(LANGUAGES, self.random.randint(1, 3))
            return {tag: self.random.choice(WORDS) for tag in tags}
        if bool in types:
            return False
        if name == "key":
            return key
        if name == "ordinal":
            return next(self.numbers)
        return self.random.choice(FIELDS.get(name, [f"W{next(self.numbers)}"]))

    def items(self, codec: Rows | OtherNames) -> list[Any]:
        """Return the items of a list, each once."""
        item = codec.item
        made = []
        for _ in range(self.random.randint(0, 3)):
            if isinstance(item, Single):
                made.append(self.single(item.codec))
            else:
                made.append(self.fields(item))
        return [value for at, value in enumerate(made) if value not in made[:at]]

    def single(self, codec: Codec) -> Any:
        """Return a plain value of a list: a key of a record, a text, or a key of its own."""
        match codec:
            case To():
                return self.value("", codec, None, "")
            case Texts():
                return {"en": f"W{next(self.numbers)}"}
        return f"former-{next(self.numbers)}"

    def date(self) -> Any:
        """Return a date: EDTF, one with words of the article, or one that hangs on its day."""
        if not self.article or self.random.random() < 0.5:
            return {"edtf": self.random.choice(DATES), "basis": "CURATED"}
        words = f"{self.article}w{self.random.randrange(40):02}"
        if self.random.random() < 0.5:
            return {"edtf": self.random.choice(DATES), "text": words}
        return {**self.random.choice(ANCHORED), "text": words, "anchor": "published"}

    def links(self, key: str) -> list[Line]:
        """Return links to other events, each once."""
        made = {}
        for _ in range(self.random.randint(0, 2)):
            kind = RecordKind(self.random.choice([*EventKind]))
            other = self.key(kind)
            if other != key:
                made[f"{kind.lower()}:{other}"] = {
                    "relation": "ABOUT",
                    "event": f"{kind.lower()}:{other}",
                }
        return [*made.values()]

    def claim(self) -> Line:
        """Return a claim of the article, in words of its own or in those that it has twice."""
        number = next(self.numbers) % 40
        quote: Line = {"quote": f"{self.article}w{number:02}"}
        if self.random.random() < 0.2:
            quote = {"quote": "twice", "nth": self.random.randint(1, 2)}
        quote["attribution"] = [
            {"actor": self.key(RecordKind.ACTOR), "via": f"v{next(self.numbers)}"}
        ]
        if self.random.random() < 0.5:
            quote |= {"property": "name", "value": f"V{next(self.numbers)}"}
        return quote | {"stance": self.random.choice(["ASSERTS", "DENIES"])}
