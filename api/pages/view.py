"""What a template shows: an answer, and functions for its addresses, words and forms."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from graphql import GraphQLEnumType
from markupsafe import Markup

from api.pages.charts import Bar
from api.pages.claims import PROPERTIES
from api.pages.languages import Language
from api.pages.links import Asked
from api.pages.markup import Lines
from api.pages.questions import NUL, Field
from api.pages.words import NOTHING, loosen
from api.tables.formats import FORMATS

TITLED = ("search", "topics", "changes", "releases")  # the pages with titles, apart from the lists
MAX_HEADING, LONG = 120, Markup(' class="long"')  # characters of a heading of the usual size
WORDED = ("text", "words")  # the fields for words that must all occur
CURSORS = ("after", "before")  # where a list goes on, which no form asks for
FORMAT_NAMES = {"csv": "CSV", "jsonl": "JSON Lines"}


@cache
def list_formats() -> dict[str, str]:
    """Return the names of the file formats that are installed, which a process finds out once."""
    return {
        ending: FORMAT_NAMES.get(ending, ending.capitalize())
        for ending, format_ in FORMATS.items()
        if format_.installed
    }


Options = Iterable[tuple[str, str]]  # the values of a field, with their labels


class View(Lines):
    """The functions of a template for one request: addresses, words, and the form of a list."""

    @property
    def formats(self) -> dict[str, str]:
        """The file formats of downloads, by the ending of a file's name."""
        return list_formats()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the page's form."""
        return self.asked.question.fields if self.asked.question else ()

    @staticmethod
    def size(heading: str) -> Markup:
        """Return the attribute `class` of a heading that is too long for its usual size."""
        return LONG if len(heading) > MAX_HEADING else NOTHING

    def list_placed(self, place: str) -> list[Field]:
        """Return the fields in a place of the form."""
        return [field for field in self.fields if field.place == place]

    def has_field(self, name: str) -> bool:
        """Return whether the form has a field."""
        return any(field.name == name for field in self.fields)

    def is_any_given(self, fields: Iterable[Field]) -> bool:
        """Return whether the address gives one of some fields."""
        return any(field.name in self.given for field in fields)

    @property
    def given(self) -> Mapping[str, Any]:
        """The fields that the address gives."""
        return self.asked.given or {}

    def list_given(self, name: str) -> list[Any]:
        """Return the values that the address gives for a field."""
        given = self.given.get(name)
        return given if isinstance(given, list) else [given] if given else []

    def list_conditions(self) -> list[tuple[str, list[str]]]:
        """Return the fields of the form that the address gives, in words, with their values.

        A field that is true or false has no value.
        """
        given = [field for field in self.fields if field.place and self.given.get(field.name)]
        return [
            (
                self.language.field_label(field.label),
                [self.tell(field, one) for one in self.list_given(field.name) if one is not True],
            )
            for field in given
        ]

    def tell(self, field: Field, value: str) -> str:
        """Return the value of a field in words; one that it does not accept as it is."""
        if not field.accepts(value):
            return value
        if isinstance(field.named_type, GraphQLEnumType):
            return self._label_value(field.named_type, value)
        named = {"country": self.territory, "property": self.label_property}
        if tell := named.get(field.name):
            return tell(value)
        match field.named_type.name:
            case "Date":
                return self.period(value)
            case "Language":
                return self.language_name(value)
        return self.names.get(value, value)

    def list_looser(self) -> list[tuple[str, str]]:
        """Return conditions that more records may meet, in words, and their addresses.

        They are those of the form without one of its words or fields, and the beginning of a word.
        """
        translate = self.language.messages.gettext
        found = []
        given = [
            field
            for field in self.fields
            if field.place in ("first", "further") and self.given.get(field.name)
        ]
        for field in given:
            loosened = loosen(self.given[field.name]) if field.name in WORDED else []
            found += [
                (words, self.here(**{field.name: words, "after": None})) for words in loosened
            ]
            if len(given) > 1:
                label = self.language.field_label(field.label)
                left_out = f"{translate('without the condition')}: {label}"
                found.append((left_out, self.here(**{field.name: None, "after": None})))
        return found

    @property
    def about(self) -> str:
        """The title of the page that was asked for: that of a list, or the kind of its record."""
        name = self.asked.path.split("/")[1].partition(".")[0]
        titled = name in self.asked.lists or name in TITLED
        return self.heading(name) if titled else self.label(name.capitalize())

    def list_wrong(self) -> list[tuple[Field, list[Any], str]]:
        """Return the fields with values that they do not accept, these, and what they accept."""
        refused = [
            (field, field.list_refused(self.given[field.name]))
            for field in self.fields
            if field.name in self.given and field.name not in CURSORS
        ]
        return [(field, values, self._advise(field, values)) for field, values in refused if values]

    def _advise(self, field: Field, values: list[Any]) -> str:
        """Return what a field of a form that refuses values accepts, in words."""
        translate = self.language.messages.gettext
        if any(NUL in str(value) for value in values):
            return translate("remove the character NUL, which no text has")
        if field.kind:
            return translate("write words of the name, or choose one of the suggestions")
        of_type = {
            "Boolean": translate("tick the box, or leave it empty"),
            "Date": translate("write a year, a month or a day: 2025, 2025-08 or 2025-08-13"),
            "ID": translate("write the id of a record, such as actor:turkey"),
            "Int": translate("write a whole number"),
            "Language": translate("write the code of a language, such as ar"),
        }
        return of_type.get(field.named_type.name, translate("choose one from the list"))

    @property
    def variables(self) -> Mapping[str, Any]:
        """The values of the query's variables."""
        return self.asked.variables or {}

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
                chosen = {"from": value, "to": value}
            is_chosen = all(one in self.list_given(name) for name, one in chosen.items())
            changes = {**dict.fromkeys(chosen), "after": None} if is_chosen else chosen
            address = self.to(path, **chosen) if path else self.here(**{"after": None, **changes})
            share = round(100 * group["count"] / most)
            bars.append(Bar(label or value, group["count"], share, address, is_chosen))
        return bars

    def options(
        self,
        groups: Iterable[Mapping[str, Any]],
        name: str,
        known: Iterable[tuple[str, str]] = (),
    ) -> list[tuple[str, str]]:
        """Return known values and those of groups with their labels, and those that are chosen."""
        keys = [group["keys"][0] for group in groups]
        found = dict(known)
        found |= {key["value"]: key["label"] or key["value"] for key in keys if key["value"]}
        for chosen in self.list_given(name):
            if chosen not in found:
                found[chosen] = self.names.get(chosen) or self.territory(chosen)
        return sorted(found.items(), key=lambda pair: pair[1])

    def field_options(self, field: Field) -> list[tuple[str, str]]:
        """Return the values of a field with their labels, if they are known without the answer."""
        if field.name == "property":
            known = [(name, self.label_property(name)) for name in PROPERTIES]
            return self.options((), field.name, known)
        if isinstance(type_ := field.named_type, GraphQLEnumType):
            return [(value, self._label_value(type_, value)) for value in type_.values]
        return []

    def write_field(
        self, write: Callable[..., Markup], field: Field, options: Options | None, refused: Any
    ) -> Markup:
        """Return a field of the form by a macro; what the address does not give is kept."""
        if field.name in self.given:
            return write(self, field, options, refused)
        return _write_empty(write, field, None if options is None else (*options,), self.language)

    def label_property(self, name: str) -> str:
        """Return the words for what claims are about, with the kind of record if one has it."""
        kinds = PROPERTIES.get(name, ())
        kind = f" ({self.label(kinds[0].capitalize())})" if len(kinds) == 1 else ""
        return self.label(name) + kind

    def _label_value(self, type_: GraphQLEnumType, value: str) -> str:
        """Return the label of an enum's value; that of an order is its field's."""
        return self.label(value.lower() if type_.name.endswith("OrderField") else value)

    def lists_with(self, id_: str, left_out: Sequence[str]) -> list[tuple[str, str]]:
        """Return the lists that can be filtered by a record: their titles and addresses.

        The lists that these fields filter are left out.
        """
        kind = id_.partition(":")[0].upper()
        return [
            (self.language.list_title(name, field), self.to(f"/{name}", **{field: id_}))
            for name, field in self.asked.lists.by_kind.get(kind, ())
            if field not in left_out
        ]


@lru_cache(1_000)
def _write_empty(
    write: Callable[..., Markup], field: Field, options: Options | None, language: Language
) -> Markup:
    """Return a field of a form without a value, which is the same for all addresses."""
    return write(View(Asked("", "", language, "", chosen=False), {}), field, options)
