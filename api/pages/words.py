"""Words of a page's language: labels, numbers, dates, names, the values of claims."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup

from api.model.kinds import Stance
from api.pages.claims import (
    DATED,
    TRANSLATED,
    Version,
    find_name,
    find_referred,
    list_names,
)
from api.pages.dates import tell_date, tell_period, tell_time
from api.pages.languages import Language
from api.pages.passages import as_markup, escape_text
from api.text.dates import parse_edtf
from api.text.words import UNIT

ENUM_VALUE = re.compile(r"[A-Z]+(_[A-Z]+)*")
NOTHING = Markup("")
MAX_UNNAMED = 100  # records whose names a page asks for
MAX_LOOSENED = 8  # words of a search, each of which a page offers to leave out


def loosen(text: str) -> list[str]:
    """Return the searches without one of a search's words, or the one for a word's beginning."""
    units = [match[0] for match in UNIT.finditer(text)]
    if len(units) == 1 and units[0][-1].isalnum():
        return [f"{units[0]}*"]
    if not 1 < len(units) <= MAX_LOOSENED:
        return []
    return [" ".join(units[:place] + units[place + 1 :]) for place in range(len(units))]


def write_lang(tag: str | None) -> Markup:
    """Return the attribute `lang` of text in a language; nothing if that needs none."""
    return as_markup(f' lang="{escape_text(tag)}"') if tag else NOTHING


class Words:
    """Writes an answer's values in a language."""

    def __init__(
        self, language: Language, data: Mapping[str, Any], records: Iterable[Mapping[str, Any]]
    ) -> None:
        """Write the values of an answer's data, in which these records are."""
        self.language, self.data, self.label = language, data, language.label
        self.names: dict[str, str] = {}  # of the records in the answer, by id
        self.tags: dict[str, str] = {}  # the languages of those that are not in the page's
        self.referred: set[str] = set()  # the ids that claims refer to
        self.places: set[str] = set()  # the ids of places that claims name as where it was
        self.around: dict[str, str | None] = {}  # the next larger place, by id
        self._read(records)

    def _read(self, records: Iterable[Mapping[str, Any]]) -> None:
        names = self.names
        for found in records:
            if "property" in found:
                if referred := find_referred(found):
                    self.referred.add(referred)
                    if found["property"] == "place":
                        self.places.add(referred)
                continue
            id_ = found["id"]
            if "partOf" in found:
                self.around[id_] = found["partOf"] and found["partOf"]["id"]
            if id_ in names and TRANSLATED.isdisjoint(found):
                continue
            if name := find_name(found):
                names[id_] = name
                tags = [one["language"] for one in list_names(found) if one["text"] == name]
                if tags and self.language.tag not in tags:
                    self.tags[id_] = tags[0]

    @property
    def unnamed(self) -> list[str]:
        """The ids of the records that only claims refer to; of many, the first.

        Of several places, it is asked which of them lie in others.
        """
        unplaced = self.places - self.around.keys() if len(self.places) > 1 else set()
        return sorted(self.referred - self.names.keys() | unplaced)[:MAX_UNNAMED]

    def name_records(self, nodes: Iterable[Mapping[str, Any] | None]) -> None:
        """Read the names of the unnamed records; one that was merged has the id of another."""
        for id_, node in zip(self.unnamed, nodes, strict=True):
            if node is not None:
                self._read([{**node, "id": id_}])
                self.read_record(node)

    def read_record(self, node: Mapping[str, Any] | None) -> None:
        """Read the name of a record, and of a place those that it lies in."""
        while node:
            self._read([node])
            node = node.get("partOf")

    @cached_property
    def within(self) -> dict[str, set[str]]:
        """The keys of the places that a place lies in, and its own, by its key."""
        found = {}
        for place in self.around:
            larger: dict[str, None] = {}
            one: str | None = place
            while one is not None and one not in larger:
                larger[one] = None
                one = self.around.get(one)
            found[place.partition(":")[2]] = {id_.partition(":")[2] for id_ in larger}
        return found

    def lang(self, id_: str) -> Markup:
        """Return the attribute `lang` of a record's name, if it is known to need one."""
        return write_lang(self.tags.get(id_))

    def heading(self, name: str) -> str:
        """Return the title of a list by its name in the schema."""
        return self.language.messages.gettext(name.capitalize())

    def number(self, value: float | str) -> str:
        """Return a number as the language writes it."""
        return self.language.number(value)

    def date(self, found: Mapping[str, Any]) -> str:
        """Return a date in words."""
        return tell_date(found, self.language)

    def edtf(self, text: str) -> str:
        """Return an EDTF date in words; text that is none as it is."""
        try:
            found = parse_edtf(text)
        except ValueError:
            return text
        return self.date(
            {
                "edtf": text,
                "precision": found.precision.name,
                "earliest": found.earliest and found.earliest.isoformat(),
                "latest": found.latest and found.latest.isoformat(),
            }
        )

    def time(self, text: str) -> str:
        """Return a time in words."""
        return tell_time(text, self.language)

    def period(self, value: str) -> str:
        """Return a year, a month or a day in words."""
        return tell_period(value, self.language)

    def language_name(self, tag: str) -> str:
        """Return the name of a language."""
        base = tag.split("-", maxsplit=1)[0]
        return str(self.language.locale.languages.get(base, tag))

    def territory(self, code: str) -> str:
        """Return the name of a country by its code; a code that is none as it is."""
        return str(self.language.locale.territories.get(code, code))

    def value(self, claim: Mapping[str, Any]) -> str:
        """Return a claim's value in words: a record by its name, an enum value by its label."""
        text: str | None = claim["value"]
        if text is None:
            return ""
        if name := self.names.get(find_referred(claim) or ""):
            return name
        if claim["property"] == "country":
            return self.territory(text)
        if claim["property"] in DATED:
            return self.edtf(text)
        return self.label(text) if ENUM_VALUE.fullmatch(text) else text

    def list_unshown(
        self, versions: Iterable[Version], shown: Collection[str]
    ) -> tuple[list[str], list[str]]:
        """Return the values that claims deny, and the others that are not among those shown."""
        denied, others = [], []
        for version in versions:
            value = self.value(version.claims[0])
            if any(claim["stance"] == Stance.DENIES for claim in version.claims):
                denied.append(value)
            elif value and value not in shown:
                others.append(value)
        return denied, others
