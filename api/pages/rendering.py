"""Templates, and the functions that they call: addresses, labels, dates, claims by property."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import orjson
from babel.numbers import format_decimal
from graphql import GraphQLEnumType
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from api.intake.forms.kinds import SINGLE_VALUED
from api.pages.charts import HEIGHT, WIDTH, Bar, draw_partners, draw_terms
from api.pages.dates import tell_date, tell_time
from api.pages.languages import LOCALES, Language, read_languages
from api.pages.lists import ListQuestion
from api.pages.passages import collect_quotes, cut_paragraphs
from api.pages.questions import Field, Question
from api.tables.formats import FORMATS

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
ENUM_VALUE = re.compile(r"[A-Z]+(_[A-Z]+)*")
FORMAT_NAMES = {"csv": "CSV", "jsonl": "JSON Lines"}
KEY_FORM = "/key"
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SOURCES = {".html", ".atom", ".xml", ".txt", ".graphql", ".po", ".css", ".js"}
NAMING = ("name", "title", "label", "heading")
REFERRED = {"participants": "actor", "place": "place", "publisher": "actor"}


def address_of(id_: str) -> str:
    """Return the path of a record's page: `meeting:a-reception` → /meeting/a-reception."""
    kind, _, key = id_.partition(":")
    return f"/{kind}/{quote(key, safe='')}"


def write_address(path: str, given: Mapping[str, Any]) -> str:
    """Return a path with the fields of a query; fields of None are left out."""
    pairs = [(key, value) for key, value in given.items() if value is not None]
    query = urlencode(pairs, doseq=True)
    return f"{path}?{query}" if query else path


@dataclass(slots=True)
class Asked:
    """What a page's request asks: its path and query, the question, the language."""

    path: str
    query: str
    language: Language
    base: str  # the scheme and host of the address
    chosen: bool  # whether the address names the language
    root: str = ""  # the path before that of the page: of a release
    lists: Mapping[str, ListQuestion] = field(default_factory=dict)
    question: Question | None = None
    given: Mapping[str, Any] | None = None  # the fields that the address gives
    variables: Mapping[str, Any] | None = None


class Version:
    """The value of a single-valued or repeated property, with the claims that give it."""

    def __init__(self, value: str | None, claims: list[Mapping[str, Any]]) -> None:
        """Hold the claims of one value."""
        self.value, self.claims = value, claims


class View:
    """The functions of a template for one request."""

    def __init__(self, asked: Asked, data: Mapping[str, Any]) -> None:
        """Show an answer's data."""
        self.asked, self.data, self.language = asked, data, asked.language
        self.records: dict[str, str] = {}  # their addresses by id

    @cached_property
    def names(self) -> dict[str, str]:
        """The names and titles of all records in the answer, by id."""
        names: dict[str, str] = {}
        _collect_names(self.data, names)
        return names

    def to(self, path: str, **changes: Any) -> str:
        """Return an address on this site, in the language that the present address names."""
        given = dict(changes)
        if self.asked.chosen:
            given.setdefault("lang", self.language.tag)
        path, _, fragment = path.partition("#")
        return self.asked.root + write_address(path, given) + (f"#{fragment}" if fragment else "")

    def here(self, **changes: Any) -> str:
        """Return the present address with other values of some fields; None leaves one out."""
        return self.to(self.asked.path, **(self._read_query() | changes))

    def _read_query(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for key, value in parse_qsl(self.asked.query):
            kept.setdefault(key, []).append(value)
        return kept

    @property
    def release(self) -> str | None:
        """The name of the release that the page shows; None for the present database."""
        return unquote(self.asked.root.rpartition("/")[2]) or None

    @property
    def present(self) -> str:
        """The page's address in the present database."""
        return write_address(self.asked.path, self._read_query())

    @property
    def asked_page(self) -> str:
        """The present address, to which the key form leads back."""
        return "/" if self.asked.path == KEY_FORM else self.here()

    @property
    def releases(self) -> str:
        """The address of the releases, which lead to this page in each of them."""
        language = {"lang": self.language.tag if self.asked.chosen else None}
        return write_address("/releases", language | {"page": self.asked.path})

    def in_release(self, name: str) -> str:
        """Return the address in a release of the page that `?page=` names, or of the first."""
        path = dict(parse_qsl(self.asked.query)).get("page", "/")
        language = {"lang": self.language.tag if self.asked.chosen else None}
        root = f"/releases/{quote(name, safe='')}"
        return root + write_address(path if path.startswith("/") else "/", language)

    def address(self, id_: str) -> str:
        """Return the address of a record's page, in no certain language."""
        return address_of(id_)

    @property
    def base(self) -> str:
        """The scheme and host of the site."""
        return self.asked.base

    def record(self, id_: str, fragment: str = "") -> str:
        """Return the address of a record's page."""
        if (found := self.records.get(id_)) is None:
            found = self.records[id_] = self.to(address_of(id_))
        return found + fragment

    @property
    def playground(self) -> str:
        """The address that opens the page's query in the playground."""
        question, endpoint = self.asked.question, f"{self.asked.root}/graphql"
        if question is None:
            return endpoint
        variables = orjson.dumps(self.asked.variables or {}).decode()
        return write_address(endpoint, {"query": question.document, "variables": variables})

    def export(self, format_: str) -> str:
        """Return the address that downloads the page's list, with its filter and order."""
        assert self.asked.question is not None
        given = {name: self.variables.get(name) for name in ("filter", "orderBy")}
        arguments = {name: orjson.dumps(value).decode() for name, value in given.items() if value}
        arguments["lang"] = self.language.tag
        path = f"{self.asked.root}/export/{self.asked.question.name}.{format_}"
        return write_address(path, arguments)

    @property
    def formats(self) -> dict[str, str]:
        """The file formats of downloads, by the ending of a file's name."""
        return {ending: FORMAT_NAMES.get(ending, ending.capitalize()) for ending in FORMATS}

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the page's form."""
        return self.asked.question.fields if self.asked.question else ()

    @property
    def given(self) -> Mapping[str, Any]:
        """The fields that the address gives."""
        return self.asked.given or {}

    @property
    def variables(self) -> Mapping[str, Any]:
        """The values of the query's variables."""
        return self.asked.variables or {}

    def heading(self, name: str) -> str:
        """Return the title of a list by its name in the schema."""
        return self.language.messages.gettext(name.capitalize())

    @cached_property
    def territories(self) -> list[tuple[str, str]]:
        """The names of all countries by their codes, in the order of the language."""
        named = self.language.locale.territories.items()
        found = [(code, name) for code, name in named if code.isalpha() and code not in NO_COUNTRY]
        return sorted(found, key=lambda pair: pair[1])

    def label(self, value: str) -> str:
        """Return the words for an enum value, field or property."""
        return self.language.label(value)

    def number(self, value: float | str) -> str:
        """Return a number as the language writes it."""
        return str(format_decimal(value, locale=self.language.locale))

    def date(self, found: Mapping[str, Any]) -> str:
        """Return a date in words."""
        return tell_date(found, self.language)

    def time(self, text: str) -> str:
        """Return a time in words."""
        return tell_time(text, self.language)

    def language_name(self, tag: str) -> str:
        """Return the name of a language."""
        base = tag.split("-", maxsplit=1)[0]
        return str(self.language.locale.languages.get(base, tag))

    def value(self, claim: Mapping[str, Any]) -> str:
        """Return a claim's value in words: a record by its name, an enum value by its label."""
        text: str | None = claim["value"]
        if text is None:
            return ""
        head = claim["property"].partition(".")[0]
        if name := self.names.get(f"{REFERRED.get(head, '')}:{text}") or self.names.get(text):
            return name
        if head == "country":
            return str(self.language.locale.territories.get(text, text))
        return self.label(text) if ENUM_VALUE.fullmatch(text) else text

    def bars(self, groups: Iterable[Mapping[str, Any]], field: str, path: str = "") -> list[Bar]:
        """Return the bars of groups, each of which filters this list, or the one at a path.

        The field is that of the filter; a `period` is a year or a month.
        """
        known = [group for group in groups if group["keys"][0]["value"] is not None]
        most = max((group["count"] for group in known), default=0)
        bars = []
        for group in known:
            value = group["keys"][0]["value"]
            chosen, label = {field: value}, group["keys"][0]["label"]
            if field == "period":
                label = self.period(value)
                chosen = {"from": self.first_day(value), "to": self.last_day(value)}
            is_chosen = chosen.items() <= self.given.items()
            changes = {**dict.fromkeys(chosen), "after": None} if is_chosen else chosen
            address = self.to(path, **chosen) if path else self.here(**{"after": None, **changes})
            share = round(100 * group["count"] / most)
            bars.append(Bar(label or value, group["count"], share, address, is_chosen))
        return bars

    def options(
        self, groups: Iterable[Mapping[str, Any]], chosen: str | None
    ) -> list[tuple[str, str]]:
        """Return the values of groups with their labels, and a value that is chosen."""
        keys = [group["keys"][0] for group in groups]
        found = {key["value"]: key["label"] or key["value"] for key in keys if key["value"]}
        if chosen and chosen not in found:
            named = self.language.locale.territories.get(chosen, chosen)
            found[chosen] = self.names.get(chosen, named)
        return sorted(found.items(), key=lambda pair: pair[1])

    def enum_options(self, type_: GraphQLEnumType) -> list[tuple[str, str]]:
        """Return the values of an enum with their labels."""
        return [(value, self.label(value)) for value in type_.values]

    def lists_with(self, id_: str) -> list[tuple[str, str]]:
        """Return the lists that can be filtered by a record: their titles and addresses."""
        kind = id_.partition(":")[0].upper()
        return [
            (
                f"{self.heading(name)} ({self.label(field.name)})",
                self.to(f"/{name}", **{field.name: id_}),
            )
            for name, question in self.asked.lists.items()
            for field in question.fields
            if field.kind == kind and not question.part
        ]

    @property
    def feed(self) -> str | None:
        """The address of the feed of the page's list; None if it has none."""
        question = self.asked.question
        if not isinstance(question, ListQuestion) or not question.is_fed:
            return None
        kept = self._read_query() | dict.fromkeys(("after", "order", "direction"))
        return self.to(f"/{question.name}.atom", **kept)

    def period(self, value: str) -> str:
        """Return a year, or a year and month, in words."""
        found = {"edtf": None, "earliest": self.first_day(value), "latest": None}
        return self.date(found | {"precision": "MONTH" if "-" in value else "YEAR"})

    def first_day(self, value: str) -> str:
        """Return the first day of a year (1979) or a month (1979-03)."""
        return f"{value}-01" if "-" in value else f"{value}-01-01"

    def last_day(self, value: str) -> str:
        """Return the last day of a year (1979) or a month (1979-03)."""
        if "-" not in value:
            return f"{value}-12-31"
        year, month = map(int, value.split("-"))
        return f"{value}-{monthrange(year, month)[1]}"

    def lang(self, text: str, known: Iterable[Mapping[str, Any]]) -> Markup:
        """Return the attribute `lang` of a text that is not in the page's language, if known."""
        tags = [one["language"] for one in known if one["text"] == text]
        if not tags or self.language.tag in tags:
            return Markup("")
        return Markup(' lang="{}"').format(tags[0])

    def cut(self, text: str, marks: Iterable[Mapping[str, int]]) -> Iterator[tuple[str, bool]]:
        """Yield the parts of a text, each with whether it is marked."""
        end = 0
        for mark in marks:
            yield text[end : mark["start"]], False
            yield text[mark["start"] : mark["end"]], True
            end = mark["end"]
        yield text[end:], False

    def compare(
        self, before: str | None, after: str | None
    ) -> list[tuple[str, str | None, str | None]]:
        """Return the fields of a record that differ between two lines of JSON Lines."""
        old, new = (orjson.loads((line or "{}").split("\n")[0]) for line in (before, after))
        names = dict.fromkeys([*old, *new])
        return [
            (name, _write_field(old, name), _write_field(new, name))
            for name in names
            if old.get(name) != new.get(name)
        ]

    def count_partners(self, actor: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], int]]:
        """Return the other participants of an actor's events, each with their number of events."""
        others: dict[str, Mapping[str, Any]] = {}
        met: Counter[str] = Counter()
        for event in actor["events"]["nodes"]:
            there = {one["actor"]["id"]: one["actor"] for one in event["participants"]["nodes"]}
            others |= there
            met.update(there.keys() - {actor["id"]})
        ranked = sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(others[id_], number) for id_, number in ranked]

    def by_property(self, claims: Iterable[Mapping[str, Any]]) -> dict[str, list[Version]]:
        """Return claims by their property and value."""
        found: dict[str, dict[str | None, list[Mapping[str, Any]]]] = {}
        for claim in claims:
            found.setdefault(claim["property"], {}).setdefault(claim["value"], []).append(claim)
        return {
            name: [Version(value, said) for value, said in values.items()]
            for name, values in found.items()
        }

    def disagree(self, name: str, versions: list[Version]) -> bool:
        """Return whether sources differ on a property: two values of one, or a denial."""
        stances = {claim["stance"] for version in versions for claim in version.claims}
        several = sum(version.value is not None for version in versions) > 1
        return "DENIES" in stances or (several and name in SINGLE_VALUED)


class Renderer:
    """Renders templates in the languages of the interface."""

    def __init__(self, lists: Iterable[str] = ()) -> None:
        """Read the catalogues and prepare the templates of each language."""
        self.languages = read_languages()
        self.environments = {
            tag: make_environment(language) for tag, language in self.languages.items()
        }
        for environment in self.environments.values():
            environment.globals["lists"] = tuple(lists)
        self.digest = _digest()

    def render(self, name: str, view: View, **context: Any) -> bytes:
        """Return a page's HTML."""
        template = self.environments[view.language.tag].get_template(name)
        html = template.render(
            view.data, view=view, languages=self.languages, version=self.digest[:8], **context
        )
        return html.encode()


def make_environment(language: Language | None = None) -> Environment:
    """Return the environment of templates, whose messages are in a language."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "collect_quotes": collect_quotes,
        "cut_paragraphs": cut_paragraphs,
        "find_name": find_name,
        "draw_terms": draw_terms,
        "draw_partners": draw_partners,
        "drawn": (WIDTH, HEIGHT),
    }
    environment.filters["without_controls"] = without_controls
    if language is not None:
        install = environment.install_gettext_translations  # type: ignore[attr-defined]
        install(language.messages, newstyle=True)
    return environment


def _digest() -> str:
    """Return a hash of all files that pages are made of besides the code."""
    digest = blake2s(repr(LOCALES).encode(), digest_size=8)
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in SOURCES:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _write_field(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()


def without_controls(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)


def find_name(record: Mapping[str, Any]) -> str | None:
    """Return a record's name, title, label or heading; None if it was not asked for."""
    return next((record[field] for field in NAMING if record.get(field)), None)


def _collect_names(found: Any, names: dict[str, str]) -> None:
    if isinstance(found, list):
        for item in found:
            if isinstance(item, dict):
                _collect_names(item, names)
        return
    if "id" in found and (name := find_name(found)):
        names[found["id"]] = name
    for value in found.values():
        if isinstance(value, dict | list) and value:
            _collect_names(value, names)
