"""Words of a page's language: labels, numbers, dates, names, the values of claims."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from api.pages.claims import collect_names
from api.pages.dates import find_first_day, tell_date, tell_time
from api.pages.languages import Language

ENUM_VALUE = re.compile(r"[A-Z]+(_[A-Z]+)*")
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
REFERRED = {"participants": "actor", "place": "place", "publisher": "actor"}


class Words:
    """Writes an answer's values in a language."""

    def __init__(self, language: Language, data: Mapping[str, Any]) -> None:
        """Write the values of an answer's data."""
        self.language, self.data = language, data

    @cached_property
    def names(self) -> dict[str, str]:
        """The names and titles of all records in the answer, by id."""
        names: dict[str, str] = {}
        collect_names(self.data, names)
        return names

    def label(self, value: str) -> str:
        """Return the words for an enum value, field or property."""
        return self.language.label(value)

    def heading(self, name: str) -> str:
        """Return the title of a list by its name in the schema."""
        return self.language.messages.gettext(name.capitalize())

    def number(self, value: float | str) -> str:
        """Return a number as the language writes it."""
        return str(format_decimal(value, locale=self.language.locale))

    def date(self, found: Mapping[str, Any]) -> str:
        """Return a date in words."""
        return tell_date(found, self.language)

    def time(self, text: str) -> str:
        """Return a time in words."""
        return tell_time(text, self.language)

    def period(self, value: str) -> str:
        """Return a year, or a year and month, in words."""
        found = {"edtf": None, "earliest": find_first_day(value), "latest": None}
        return self.date(found | {"precision": "MONTH" if "-" in value else "YEAR"})

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

    def lang(self, text: str, known: Iterable[Mapping[str, Any]]) -> Markup:
        """Return the attribute `lang` of a text that is not in the page's language, if known."""
        tags = [one["language"] for one in known if one["text"] == text]
        if not tags or self.language.tag in tags:
            return Markup("")
        return Markup(' lang="{}"').format(tags[0])

    @cached_property
    def territories(self) -> list[tuple[str, str]]:
        """The names of all countries by their codes, in the order of the language."""
        named = self.language.locale.territories.items()
        found = [(code, name) for code, name in named if code.isalpha() and code not in NO_COUNTRY]
        return sorted(found, key=lambda pair: pair[1])
