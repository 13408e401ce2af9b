"""Addresses: of records, lists and files, in the language and release of the present page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, unquote, urlencode

import orjson

from api.pages.languages import Language
from api.pages.lists import ListQuestion, Lists
from api.pages.questions import Question

KEY_FORM = "/key"
WORD = re.compile(r"[^\W_]+")


@lru_cache(10_000)
def address_of(id_: str) -> str:
    """Return the path of a record's page: `meeting:a-reception` → /meeting/a-reception."""
    kind, _, key = id_.partition(":")
    return f"/{kind}/{quote(key, safe='')}"


def write_address(path: str, given: Mapping[str, Any]) -> str:
    """Return a path with the fields of a query; fields of None are left out."""
    pairs = [
        (key, tuple(value) if type(value) is list else value)
        for key, value in given.items()
        if value is not None
    ]
    query = write_query(tuple(pairs))
    return f"{path}?{query}" if query else path


@lru_cache(10_000)
def write_query(pairs: tuple[tuple[str, Any], ...]) -> str:
    """Return a query with the fields and their values."""
    return urlencode(pairs, doseq=True)


@lru_cache(100)
def quote_document(document: str) -> str:
    """Return a query for an address."""
    return quote_plus(document)


@dataclass(slots=True)
class Asked:
    """What a page's request asks: its path and query, the question, the language."""

    path: str
    query: str
    language: Language
    base: str  # the scheme and host of the address
    chosen: bool  # whether the address names the language
    root: str = ""  # the path before that of the page: of a release
    lists: Lists = field(default_factory=Lists)
    question: Question | None = None
    given: Mapping[str, Any] | None = None  # the fields that the address gives
    variables: Mapping[str, Any] | None = None
    named: list[Any] = field(default_factory=list)  # the records of a form that was refused
    # Parts of the address that the page does not have: fields, each with the known one that it
    # resembles, and the language.
    unknown: dict[str, str | None] = field(default_factory=dict)

    def list_fields(self) -> dict[str, list[str]]:
        """Return the fields of the query that are not empty, with their values."""
        return parse_qs(self.query)

    @property
    def words(self) -> str:
        """The words of the path's last part: `/meeting/ankara-reception` → ankara reception."""
        return " ".join(WORD.findall(self.path.rpartition("/")[2]))


class Links:
    """Writes addresses for the page that a request asks for."""

    def __init__(self, asked: Asked) -> None:
        """Write addresses in the language and the release of a request."""
        self.asked = asked
        self.records: dict[str, str] = {}  # their addresses by id

    def to(self, path: str, **changes: Any) -> str:
        """Return an address on this site, in the language that the present address names."""
        if not changes:
            return self.asked.root + path + self.in_language
        if self.asked.chosen:
            changes.setdefault("lang", self.asked.language.tag)
        return self.asked.root + write_address(path, changes)

    def here(self, **changes: Any) -> str:
        """Return the present address with other values of some fields; None leaves one out."""
        return self.to(self.asked.path, **(self._query | changes))

    @cached_property
    def in_language(self) -> str:
        """The query of an address in the language that the present address names."""
        return f"?lang={self.asked.language.tag}" if self.asked.chosen else ""

    @cached_property
    def _query(self) -> dict[str, Any]:
        found: dict[str, Any] = dict(self.asked.list_fields())
        if not self.asked.chosen:
            found.pop("lang", None)  # one that pages are not in
        return found

    def rename(self, field: str, other: str) -> str:
        """Return the present address with a field by another name."""
        return self.here(**{field: None, other: self._query.get(field), "after": None})

    @property
    def release(self) -> str | None:
        """The name of the release that the page shows; None for the present database."""
        return unquote(self.asked.root.rpartition("/")[2]) or None

    @property
    def present(self) -> str:
        """The page's address in the present database."""
        return write_address(self.asked.path, self._query)

    @property
    def asked_page(self) -> str:
        """The present address, to which the key form leads back."""
        return "/" if self.asked.path == KEY_FORM else self.here()

    @property
    def releases(self) -> str:
        """The address of the releases, which lead to this page in each of them."""
        language = {"lang": self.asked.language.tag if self.asked.chosen else None}
        return write_address("/releases", language | {"page": self.asked.path})

    def in_release(self, name: str) -> str:
        """Return the address in a release of the page that `?page=` names, or of the first."""
        path = dict(parse_qsl(self.asked.query)).get("page", "/")
        language = {"lang": self.asked.language.tag if self.asked.chosen else None}
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
            found = self.asked.root + address_of(id_) + self.in_language
            self.records[id_] = found
        return found + fragment

    @property
    def playground(self) -> str:
        """The address that opens the page's query in the playground."""
        question, endpoint = self.asked.question, f"{self.asked.root}/graphql"
        if question is None:
            return endpoint
        variables = urlencode({"variables": orjson.dumps(self.asked.variables or {})})
        return f"{endpoint}?query={quote_document(question.document)}&{variables}"

    def export(self, format_: str) -> str:
        """Return the address that downloads the page's list, with its filter and order."""
        assert self.asked.question is not None
        given = {name: (self.asked.variables or {}).get(name) for name in ("filter", "orderBy")}
        arguments = {name: orjson.dumps(value).decode() for name, value in given.items() if value}
        arguments["lang"] = self.asked.language.tag
        path = f"{self.asked.root}/export/{self.asked.question.name}.{format_}"
        return write_address(path, arguments)

    @property
    def feed(self) -> str | None:
        """The address of the feed of the page's list; None if it has none."""
        question = self.asked.question
        if not isinstance(question, ListQuestion) or not question.is_fed:
            return None
        kept = self._query | dict.fromkeys(("after", "order", "direction"))
        return self.to(f"/{question.name}.atom", **kept)
