"""Compiles the templates of a profile's records into functions that make lines of a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from pydantic.fields import FieldInfo

from api.intake.forms.dates import DateRecord
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.origins import ORIGINS, Origin
from api.intake.forms.part import Part
from api.intake.profile.data_rows import CellError, as_text
from api.intake.profile.missing import EVENT_SECTIONS, explain_missing_key, find_missing_fields
from api.intake.profile.steps import (
    CELL,
    ITEM,
    Evaluate,
    Row,
    drop_repeats,
    read_items,
    splitter,
)
from api.intake.profile.templates import RECORDS, Each, FieldType, Value, field_types
from api.intake.profile.values import PLACEHOLDER, ValueCompiler
from api.intake.read.files import Location
from api.intake.read.messages import describe_field

KEY = ""  # the path of the columns that a record's key is made of


@dataclass(slots=True)
class Rule:
    """What makes records of one kind: the `record` of its lines, and a function of a row."""

    record: str
    location: Location
    # Gives each record with its key, or the fault that it has.
    make: Callable[[Row], list[tuple[str, dict[str, Any] | CellError]]]
    # The path of a field → the columns that it is made of.
    columns: dict[str, tuple[str, ...]]
    # Gives the empty columns of each field that the record needs, and that a row does not give.
    find_gaps: Callable[[Row, Mapping[str, Any]], dict[str, list[str]]]
    # The slots of a row that the records are made of.
    slots: Sequence[int]
    # Whether records are of the row of the dataset that their number tells.
    numbered: bool
    # Whether the records are events.
    event: bool


@dataclass(slots=True)
class Compiler(ValueCompiler):
    """Compiles a profile for data with these columns."""

    def record(self, template: Any, record: str, location: Location) -> Rule:
        """Return the rule of a record's template."""
        model = SECTIONS[LINES[record]]
        for name, info in model.model_fields.items():
            self.require(template, name, info, location)
        self.path, self.slots = record, set()
        items = self.each(template.each, location)
        item_slots, self.slots = self.slots, set()
        identify = self.identify(template, model, location)
        key_columns, key_slots = sorted(self.targets[KEY]), frozenset(self.slots)
        self.slots |= item_slots
        explain_key = explain_missing_key(record, model, key_columns, key_slots, self.used)
        originate = self.origin(template, record, location)
        fits = self.condition(template, location)
        make = self.object(template, model, location, conditional=False)
        complete = self.missing_fields(template, model, location)
        self.item_columns = {}
        key_fields = [name for name in model.key_fields if name in model.model_fields]

        def make_one(row: Row) -> tuple[str, dict[str, Any] | CellError] | None:
            try:
                fields = None if fits and not fits(row) else make(row)
                if fields is None:
                    return None
                keys = [fields.get(name) for name in key_fields]
                if None in keys:
                    missing = explain_key(row, fields, slots)
                    return ("", missing) if missing else None
                complete(row, fields)
                return ".".join(keys), {"record": record, **originate(row), **fields}
            except CellError as error:
                # A traceback would keep the row in memory until garbage is collected.
                return identify(row) or "", error.with_traceback(None)

        def make_all(row: Row) -> list[tuple[str, dict[str, Any] | CellError]]:
            found = [make_one(row) for _ in items(row)] if items else [make_one(row)]
            return [one for one in found if one is not None]

        columns = {
            path.removeprefix(f"{record}."): tuple(sorted(names))
            for path, names in self.targets.items()
            if path.startswith(f"{record}.")
        }
        numbered = bool(self.loaded.dataset) and LINES[record] in EVENT_SECTIONS
        if template.article or template.row:
            numbered = False
        slots = sorted(self.slots)
        event = LINES[record] in EVENT_SECTIONS
        find_gaps = find_missing_fields(model, columns, self.used)
        return Rule(record, location, make_all, columns, find_gaps, slots, numbered, event)

    def origin(
        self, template: Any, record: str, location: Location
    ) -> Callable[[Row], dict[str, str]]:
        """Return a function that makes the fields of a record's origin."""
        dataset = self.loaded.dataset if ORIGINS.get(record) is Origin else None
        types = field_types(Origin)
        article, number = (
            self.inside(name, partial(self.leaf, given, (*location, name), types[name]))
            if (given := getattr(template, name))
            else None
            for name in ("article", "row")
        )
        if number and not dataset:
            text = "`row`: this is a row of a dataset: describe the one dataset in `datasets`"
            self.report((*location, "row"), text)

        def originate(row: Row) -> dict[str, str]:
            if article and (key := article(row)) is not None:
                return {"article": key}
            if not dataset:
                return {}
            if number and (name := number(row)) is not None:
                return {"dataset": dataset, "row": name}
            return {"dataset": dataset}

        return originate

    def identify(self, template: Any, model: type[Part], location: Location) -> Evaluate:
        """Return a function that makes a record's key; "" if records of the kind have none."""
        counter, self.counter = self.counter, None
        path, self.path = self.path, KEY
        self.targets.pop(KEY, None)
        types = field_types(model)
        keys = [(name, getattr(template, name, None)) for name in model.key_fields]
        leaves = [self.leaf(key, (*location, name), types[name]) for name, key in keys if key]
        self.counter, self.path = counter, path

        def identify(row: Row) -> str | None:
            try:
                parts = [leaf(row) for leaf in leaves]
            except CellError:
                return None
            return ".".join(parts) if all(parts) else None

        return identify

    def missing_fields(
        self, template: Any, model: type[Part], location: Location
    ) -> Callable[[Row, Mapping[str, Any]], bool]:
        """Return what tells whether a row gives all fields that a record or a part needs.

        It raises CellError for a field that is missing since a map lacks the row's text.
        """
        before = self.counter, self.strict
        self.counter, self.strict = None, True
        types = field_types(model)
        needed: dict[str, Evaluate | None] = {}
        for name, info in model.model_fields.items():
            given, wire = getattr(template, name), info.alias or name
            if info.is_required():
                needed[wire] = None
                if given is not None:
                    build = self.field(given, types[wire], (*location, wire))
                    needed[wire] = self.inside(wire, build)
        self.counter, self.strict = before

        def complete(row: Row, fields: Mapping[str, Any]) -> bool:
            if needed.keys() <= fields.keys():
                return True
            for name, read in needed.items():
                if name not in fields and read:
                    read(row)
            return False

        return complete

    def require(self, template: Any, name: str, info: FieldInfo, location: Location) -> None:
        """Report a field that a record needs and its template does not have."""
        if info.is_required() and getattr(template, name) is None:
            text = f"`{info.alias or name}`: this is required: {describe_field(info)}"
            self.report(location, text)

    def inside(self, name: str, build: Callable[[], Evaluate]) -> Evaluate:
        """Build what a field needs, with the field's path."""
        before = self.path
        self.path = f"{before}.{name}"
        built = build()
        self.path = before
        return built

    def object(
        self, template: Any, model: type[Part], location: Location, *, conditional: bool = True
    ) -> Evaluate:
        """Return a function that makes an object's fields; None if its row has none.

        A part of a record has none either if the row gives no field that is made of columns, unless
        a condition says that the row has the part.
        """
        types = field_types(model)
        fields: list[tuple[str, Evaluate]] = []
        made_of_columns = set[str]()
        for name, info in model.model_fields.items():
            given, wire = getattr(template, name), info.alias or name
            if given is not None:
                place = (*location, wire)
                build, before = self.field(given, types[wire], place), self.placeholders
                fields.append((wire, self.inside(wire, build)))
                if self.placeholders > before:
                    made_of_columns.add(wire)
        fits = self.condition(template, location) if conditional else None
        needed = frozenset() if fits or not conditional else frozenset(made_of_columns)

        def make(row: Row) -> dict[str, Any] | None:
            if fits and not fits(row):
                return None
            made = {}
            for name, evaluate in fields:
                value = evaluate(row)
                if value is not None:
                    made[name] = value
            if needed and needed.isdisjoint(made):
                return None
            return made or None

        return make

    def field(self, given: Any, type_: FieldType, location: Location) -> Callable[[], Evaluate]:
        """Return what builds a field's function, by the field's type."""
        if isinstance(given, list):
            return lambda: self.items(given, type_.item, location)
        if isinstance(given, dict):
            return lambda: self.texts(given, location)
        if isinstance(given, Value):
            return lambda: self.leaf(given, location, type_)
        assert type_.part
        part = type_.part
        return lambda: self.part(given, part, location)

    def part(self, template: Any, model: type[Part], location: Location) -> Evaluate:
        """Return a function that makes an object; None without a field that it needs."""
        make = self.object(template, model, location)
        if model is DateRecord and template.model_fields_set <= {"edtf"}:
            return lambda row: (make(row) or {}).get("edtf")
        complete = self.missing_fields(template, model, location)

        def make_whole(row: Row) -> dict[str, Any] | None:
            made: dict[str, Any] | None = make(row)
            return made if made and complete(row, made) else None

        return make_whole

    def texts(self, given: Mapping[str, Value], location: Location) -> Evaluate:
        """Return a function that makes a text by language."""
        leaves = [
            (tag, self.inside(tag, partial(self.leaf, value, (*location, tag))))
            for tag, value in given.items()
        ]

        if len(leaves) == 1:
            ((only, read),) = leaves
            return lambda row: None if (text := read(row)) is None else {only: text}

        def make(row: Row) -> dict[str, str] | None:
            made = {tag: text for tag, leaf in leaves if (text := leaf(row)) is not None}
            return made or None

        return make

    def items(self, given: Sequence[Any], item: FieldType, location: Location) -> Evaluate:
        """Return a function that makes a list; None if it is empty."""
        makers = [self.item(one, item, (*location, number)) for number, one in enumerate(given)]

        def make(row: Row) -> list[Any] | None:
            made = list(chain.from_iterable(maker(row) for maker in makers))
            if len(made) > 1:
                made = drop_repeats(made)
            return made or None

        return make

    def item(
        self, given: Any, type_: FieldType, location: Location
    ) -> Callable[[Row], Iterable[Any]]:
        """Return a function that makes the items of one template of a list."""
        outer = self.item_columns
        if isinstance(given, Value) and given.split and given.each is None:
            each = Each(split=given.split)
            items = self.each(each, location, sources=given.from_)
            given = given.model_copy(update={"from_": ["{item}"], "split": []})
        else:
            items = self.each(getattr(given, "each", None), location)
        evaluate = self.field(given, type_, location)()
        self.item_columns = outer
        if items is None:
            return lambda row: () if (made := evaluate(row)) is None else (made,)
        every = items

        def make(row: Row) -> Iterator[Any]:
            for _ in every(row):
                made = evaluate(row)
                if made is not None:
                    yield made

        return make

    def each(
        self, each: Each | None, location: Location, sources: Sequence[str | Value] = ()
    ) -> Callable[[Row], Iterator[None]] | None:
        """Return a function that puts one item after the other into the row.

        The item's columns are those of the item until the caller resets `item_columns`.
        """
        if each is None:
            return None
        wanted = frozenset(each.values)
        if each.first is not None or each.last is not None:
            return self.each_column(each, wanted, (*location, "each"))
        templates = [each.from_] if each.from_ is not None else sources
        before, self.columns = self.columns, {}
        reads = [self.items_of(text, (*location, "each")) for text in templates]
        self.targets[self.path].update(self.columns)
        self.item_columns, self.columns = self.columns, before
        split = splitter(each.split) if each.split else None

        def items(row: Row) -> Iterator[None]:
            found = next((cell for read in reads if (cell := read(row))), None)
            if found is None:
                return
            found = found if isinstance(found, list) else [found]
            if split:
                found = [piece for item in found for piece in split(as_text(item))]
            before = row[ITEM]
            for item in found:
                if not wanted or item in wanted:
                    row[ITEM] = item
                    yield
            row[ITEM] = before

        return items

    def items_of(self, text: str | Value, location: Location) -> Evaluate:
        """Return a function that reads a template's cell, a list with all its items."""
        if isinstance(text, Value):
            return self.build(text, location)
        match = PLACEHOLDER.fullmatch(text)
        if match and match[1] and not match[1].startswith("item"):
            return self.find(match[1], location, many=self.header is None)
        if match and match[1]:
            self.columns |= self.item_columns
            return read_items(match[1].split(".")[1:])
        return self.template(text, location)

    def each_column(
        self, each: Each, wanted: frozenset[str], location: Location
    ) -> Callable[[Row], Iterator[None]] | None:
        """Return a function that puts the names and cells of columns into the row."""
        counter, path = self.counter, self.path
        header = list(self.header or ())
        if each.first not in header or each.last not in header:
            self.report(location, "`each`: `first` and `last` have to be columns of the data")
            return None
        names = header[header.index(each.first) : header.index(each.last) + 1]
        reads = [(name, self.find(name, location)) for name in names]
        self.targets[path].update(names)
        if counter is not None:
            counter.update({(path, (name,)): 0 for name in names})

        def items(row: Row) -> Iterator[None]:
            for name, read in reads:
                cell = read(row)
                if cell and (not wanted or cell in wanted):
                    row[ITEM], row[CELL] = name, cell
                    if counter is not None:
                        counter[path, (name,)] += 1
                    yield

        return items

    # The whole.

    def rules(self) -> list[Rule]:
        """Return the rules of all records, in the order of the sections.

        Raises:
            ImportFailure: the profile names columns or tables that there are not.
        """
        rules = [
            self.record(template, record, (section, number))
            for section, record in RECORDS.items()
            for number, template in enumerate(getattr(self.profile, section))
        ]
        self.check()
        return rules
