"""Compiles a profile into functions that make the lines of records of a row."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter
from typing import Any

from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from api.errors import ImportFailure, Problem
from api.intake.forms.dates import DateRecord
from api.intake.forms.fields import EventRef, TopicRef, check_code, check_slug
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.part import Part
from api.intake.forms.special_codecs import ToRecord
from api.intake.profile.data_files import CellError, Column, as_text
from api.intake.profile.dates import compile_format, parse_day, write_edtf
from api.intake.profile.reading import LoadedProfile
from api.intake.profile.templates import (
    RECORDS,
    Condition,
    Conditional,
    Each,
    FieldType,
    Value,
    field_types,
)
from api.intake.read.files import Location
from api.text.slugs import clean_code, slugify

# A row as templates see it: the item and the cell of `each`, the row's number, the profile's
# values by their order, and the columns that templates name.
Row = list[Any]
ITEM, CELL, NUMBER, VALUES = 0, 1, 2, 3
CACHED = 4_096  # dates of a value that are kept as EDTF
Evaluate = Callable[[Row], Any]
Step = Callable[[str, Row], str | None]
# The target of columns that conditions read.
CHOICE = "which records are made"
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]+)\}")


@dataclass(slots=True)
class Rule:
    """What makes records of one kind: the `record` of its lines, and a function of a row."""

    record: str
    location: Location
    # Gives each record with its key, or the fault that it has.
    make: Callable[[Row], list[tuple[str, dict[str, Any] | CellError]]]
    # The path of a field → the columns that it is made of.
    columns: dict[str, tuple[str, ...]]
    # The slots of a row that the records are made of.
    slots: Sequence[int]


@dataclass(slots=True)
class Compiler:
    """Compiles one profile for data with these columns; None if a row has whatever it has."""

    loaded: LoadedProfile
    header: Sequence[str] | None
    # Tables that are made of rows.
    joins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Counts what was made, if given: by the path of a field and the columns that it is made of.
    counter: Counter[tuple[str, tuple[str, ...]]] | None = None
    used: dict[Column, int] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    problems: list[Problem] = field(default_factory=list)
    # The columns that the field that is now compiled is made of, its path, and the slots of a row
    # that its record is made of.
    columns: dict[str, None] = field(default_factory=dict)
    slots: set[int] = field(default_factory=set)
    path: str = ""

    # Names.

    @property
    def profile(self) -> Any:
        """The profile."""
        return self.loaded.profile

    @property
    def values(self) -> list[str]:
        """The names of the profile's values."""
        return list(self.profile.values)

    def find(self, name: str, location: Location, *, many: bool = False) -> Evaluate:
        """Return a function that reads a column, a value, or the item, by its name."""
        if name == "cell":
            return itemgetter(CELL)
        if name == "item" or name.startswith("item."):
            return _read_item(name.split(".")[1:])
        if name in self.profile.values:
            self.columns |= dict.fromkeys(sorted(self.targets[f"values.{name}"]))
            slot = VALUES + self.values.index(name)
            self.slots.add(slot)
            return _read_value(slot)
        if name == "row" and name not in (self.header or ()):
            slot = NUMBER
        elif self.header is not None and name not in self.header:
            if name not in self.profile.optional:
                shown = ", ".join(f"`{column}`" for column in self.header[:40])
                self.report(location, f"the data has no column `{name}`; it has {shown}")
            return lambda _: ""
        else:
            self.columns[name] = None
            first = VALUES + len(self.profile.values)
            slot = self.used.setdefault(Column(name, many), first + len(self.used))
        self.slots.add(slot)
        return itemgetter(slot)

    def report(self, location: Location, text: str) -> None:
        """Report a problem of the profile."""
        self.problems.append(self.loaded.problem(location, text))

    # Texts.

    def template(self, text: str, location: Location) -> Evaluate:
        """Return a function that fills in a template; it gives None if a column is empty."""
        parts: list[str | Evaluate] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            literal = text[end : match.start()]
            name = match[1]
            parts += [literal] if name else [literal + match[0][0]]
            if name:
                parts.append(self.find(name, location))
            end = match.end()
        parts = [part for part in [*parts, text[end:]] if part]
        reads = [part for part in parts if not isinstance(part, str)]
        if not reads:
            constant = "".join(map(str, parts))
            return lambda _: constant
        if len(parts) == 1:
            (read,) = reads
            return lambda row: read(row) or None
        form = "".join("%s" if callable(part) else part.replace("%", "%%") for part in parts)

        def fill(row: Row) -> str | None:
            cells = tuple([read(row) for read in reads])
            return form % cells if all(cells) else None

        def fill_one(row: Row) -> str | None:
            cell = reads[0](row)
            return form % cell if cell else None

        return fill if len(reads) > 1 else fill_one

    def leaf(self, value: Value, location: Location, target: FieldType | None = None) -> Evaluate:
        """Return a function that makes a text of a row, or gives None."""
        before, self.columns = self.columns, {}
        read = self.build(value, location)
        columns = tuple(self.columns)
        self.targets[self.path].update(columns)
        self.columns = before
        if final := _final_step(target):
            read = _then(read, final)
        return self.count(read, columns)

    def build(self, value: Value, location: Location) -> Evaluate:
        """Return what makes a text of a row, and note its columns."""
        sources = [self.source(source, (*location, "from")) for source in value.from_]
        steps = list(self.steps(value, location))
        fits = self.condition(value, location)
        otherwise = None
        if value.otherwise is not None:
            otherwise = self.template(value.otherwise, location)
        read = self.first_of(sources, steps, value, tuple(self.columns))
        if len(sources) == 1 and not steps and value.split is None:
            (read,) = sources
        return _guard(read, otherwise, fits) if otherwise or fits else read

    def source(self, source: str | Value, location: Location) -> Evaluate:
        """Return a function that fills in a template, or makes another value."""
        if isinstance(source, str):
            return self.template(source, location)
        return self.build(source, location)

    def first_of(
        self,
        sources: Sequence[Evaluate],
        steps: Sequence[Step],
        value: Value,
        columns: tuple[str, ...],
    ) -> Evaluate:
        """Return a function that gives the first text that the steps can use.

        It raises CellError if there are texts and the steps can use none of them.
        """
        split = value.split
        strict = "" if value.otherwise is not None else _explain_failure(value)
        run = steps[0] if len(steps) == 1 else partial(_run, steps)

        def evaluate(row: Row) -> str | None:
            failed = None
            for source in sources:
                text = source(row)
                if not text:
                    continue
                for piece in (text,) if split is None else _split(text, split):
                    made = run(piece, row)
                    if made is not None:
                        return made
                failed = text
            if failed is not None and strict:
                raise CellError(columns, f"{_quote(failed)} {strict}")
            return None

        return evaluate

    def count(self, evaluate: Evaluate, columns: tuple[str, ...]) -> Evaluate:
        """Return a function that counts what it gives, if this is wanted."""
        counter, path = self.counter, (self.path, columns)
        if counter is None:
            return evaluate
        counter[path] += 0

        def counted(row: Row) -> Any:
            made = evaluate(row)
            if made is not None:
                counter[path] += 1
            return made

        return counted

    def steps(self, value: Value, location: Location) -> Iterator[Step]:
        """Yield the steps that change a text; each gives None if it cannot."""
        if value.after is not None:
            after = value.after
            yield lambda text, _: text.partition(after)[2].strip() if after in text else text
        if value.before is not None:
            before = value.before
            yield lambda text, _: text.partition(before)[0].strip()
        if value.case:
            change = {"title": _title, "lower": str.lower, "upper": str.upper}[value.case]
            yield lambda text, _: change(text)
        if value.decimals is not None:
            decimals = value.decimals
            yield lambda text, _: _round(text, decimals)
        if value.lookup is not None:
            yield self.lookup(value.lookup, location)
        if value.map:
            find = _finder(value.map)
            yield lambda text, _: find(text)
        if value.format:
            yield self.date(value, location)
        if value.max is not None:
            most = value.max
            yield lambda text, _: text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

    def lookup(self, name: str, location: Location) -> Step:
        """Return a step that looks a text up in a table."""
        table, _, column = name.partition(".")
        if table in self.profile.joins:
            joined = self.joins.get(table, {})
            return lambda text, _: joined.get(text)
        rows = self.loaded.tables.get(table)
        if rows is None:
            self.report((*location, "lookup"), f"`lookup`: there is no table `{table}`")
            return lambda text, _: text
        columns = next(iter(rows.values()), {})
        if column not in columns:
            shown = ", ".join(f"{table}.{column}" for column in columns)
            self.report((*location, "lookup"), f"`lookup`: write one of {shown}")
            return lambda text, _: text
        find = _finder({key: row[column] or "" for key, row in rows.items()})
        return lambda text, _: find(text) or None

    def date(self, value: Value, location: Location) -> Step:
        """Return a step that writes a date as EDTF."""
        formats = []
        for number, pattern in enumerate(value.format):
            try:
                formats.append(compile_format(pattern))
            except ValueError as error:
                self.report((*location, "format", number), f"`format`: {error}")
        until = self.template(value.until, location) if value.until else None
        precision = value.precision
        read = self.template(precision.from_, location) if precision else None
        codes = precision.codes if precision else {}

        @lru_cache(CACHED)
        def write(text: str, end: str | None, code: str | None) -> str | None:
            first = parse_day(text, formats)
            last = parse_day(end, formats) if end else None
            if first is None or (end and last is None) or (code and code not in codes):
                return None
            return write_edtf(first, last, codes[code] if code else None)

        if until is None and read is None:
            return lambda text, _: write(text, None, None)
        return lambda text, row: write(
            text, until(row) if until else None, read(row) if read else None
        )

    # Conditions.

    def condition(self, template: Conditional, location: Location) -> Evaluate | None:
        """Return a function that tells whether a row has what a template requires."""
        when = self.checks(template.when, (*location, "when"))
        unless = self.checks(template.unless, (*location, "unless"))
        if not when and not unless:
            return None
        return lambda row: (
            all(check(row) for check in when) and not any(check(row) for check in unless)
        )

    def checks(self, condition: Condition, location: Location) -> list[Evaluate]:
        """Return a function for each column of a condition."""
        before, self.columns = self.columns, {}
        checks = [
            _check(self.find(name, (*location, name)), texts) for name, texts in condition.items()
        ]
        self.targets[CHOICE].update(self.columns)
        self.columns = before
        return checks

    # Objects.

    def record(self, template: Any, record: str, location: Location) -> Rule:
        """Return the rule of a record's template."""
        model = SECTIONS[LINES[record]]
        types = {"article": SLUG, "row": None}
        for name, info in model.model_fields.items():
            self.require(template, name, info, location)
        self.path, self.slots = record, set()
        extras = [(name, getattr(template, name)) for name in ("article", "row")]
        leaves = [
            (name, self.inside(name, partial(self.leaf, value, (*location, name), types[name])))
            for name, value in extras
            if value is not None
        ]
        identify = self.identify(template, model, location)
        fits = self.condition(template, location)
        make = self.object(template, model, location, conditional=False)
        items = self.each(template.each, location)
        key_fields = [name for name in model.key_fields if name in model.model_fields]

        def make_one(row: Row) -> tuple[str, dict[str, Any] | CellError] | None:
            try:
                fields = None if fits and not fits(row) else make(row)
                if fields is None:
                    return None
                keys = [fields.get(name) for name in key_fields]
                if None in keys:
                    return None
                made: dict[str, Any] = {"record": record}
                for name, leaf in leaves:
                    if (text := leaf(row)) is not None:
                        made[name] = text
                return ".".join(keys), made | fields
            except CellError as error:
                return identify(row) or "", error

        def make_all(row: Row) -> list[tuple[str, dict[str, Any] | CellError]]:
            found = [make_one(row) for _ in items(row)] if items else [make_one(row)]
            return [one for one in found if one is not None]

        columns = {
            path.removeprefix(f"{record}."): tuple(sorted(names))
            for path, names in self.targets.items()
            if path.startswith(f"{record}.")
        }
        return Rule(record, location, make_all, columns, sorted(self.slots))

    def identify(self, template: Any, model: type[Part], location: Location) -> Evaluate:
        """Return a function that makes a record's key; "" if records of the kind have none."""
        counter, self.counter = self.counter, None
        path, self.path = self.path, ""
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

    def require(self, template: Any, name: str, info: FieldInfo, location: Location) -> None:
        """Report a field that a record needs and its template does not have."""
        if info.is_required() and getattr(template, name) is None:
            about = " ".join((info.description or "").split())
            self.report(location, f"`{info.alias or name}`: this is required: {about}")

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
        """Return a function that makes an object's fields; None if its row has none."""
        types = field_types(model)
        fields: list[tuple[str, Evaluate]] = []
        for name, info in model.model_fields.items():
            given, wire = getattr(template, name), info.alias or name
            if given is not None:
                place = (*location, wire)
                build = self.field(given, types[wire], place)
                fields.append((wire, self.inside(wire, build)))
        fits = self.condition(template, location) if conditional else None

        def make(row: Row) -> dict[str, Any] | None:
            if fits and not fits(row):
                return None
            made = {}
            for name, evaluate in fields:
                value = evaluate(row)
                if value is not None:
                    made[name] = value
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
        needed = {
            info.alias or name for name, info in model.model_fields.items() if info.is_required()
        }

        def complete(row: Row) -> dict[str, Any] | None:
            made: dict[str, Any] | None = make(row)
            return made if made and needed <= made.keys() else None

        return complete

    def texts(self, given: Mapping[str, Value], location: Location) -> Evaluate:
        """Return a function that makes a text by language."""
        leaves = [(tag, self.leaf(value, (*location, tag))) for tag, value in given.items()]

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
                made = _drop_repeats(made)
            return made or None

        return make

    def item(
        self, given: Any, type_: FieldType, location: Location
    ) -> Callable[[Row], Iterable[Any]]:
        """Return a function that makes the items of one template of a list."""
        if isinstance(given, Value) and given.split is not None and given.each is None:
            each = Each(split=given.split)
            items = self.each(each, location, sources=given.from_)
            given = given.model_copy(update={"from_": ["{item}"], "split": None})
        else:
            items = self.each(getattr(given, "each", None), location)
        evaluate = self.field(given, type_, location)()
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
        """Return a function that puts one item after the other into the row."""
        if each is None:
            return None
        wanted = frozenset(each.values)
        if each.first is not None or each.last is not None:
            return self.each_column(each, wanted, (*location, "each"))
        templates = [each.from_] if each.from_ is not None else sources
        before, self.columns = self.columns, {}
        reads = [self.items_of(text, (*location, "each")) for text in templates]
        self.targets[self.path].update(self.columns)
        self.columns = before
        split = each.split

        def items(row: Row) -> Iterator[None]:
            found = next((cell for read in reads if (cell := read(row))), None)
            if found is None:
                return
            found = found if isinstance(found, list) else [found]
            if split is not None:
                found = [piece for item in found for piece in _split(as_text(item), split)]
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
            return _read_items(match[1].split(".")[1:])
        return self.template(text, location)

    def each_column(
        self, each: Each, wanted: frozenset[str], location: Location
    ) -> Callable[[Row], Iterator[None]] | None:
        """Return a function that puts the names and cells of columns into the row."""
        header = list(self.header or ())
        if each.first not in header or each.last not in header:
            self.report(location, "`each`: `first` and `last` have to be columns of the data")
            return None
        names = header[header.index(each.first) : header.index(each.last) + 1]
        reads = [(name, self.find(name, location)) for name in names]
        self.targets[self.path].update(names)

        def items(row: Row) -> Iterator[None]:
            for name, read in reads:
                cell = read(row)
                if cell and (not wanted or cell in wanted):
                    row[ITEM], row[CELL] = name, cell
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

    def check(self) -> None:
        """Raise ImportFailure if there are problems."""
        if self.problems:
            raise ImportFailure(self.problems)

    def row_values(self) -> list[Evaluate]:
        """Return the functions of the profile's values, in their order."""
        values = []
        for name, value in self.profile.values.items():
            self.path = f"values.{name}"
            values.append(self.leaf(value, ("values", name)))
        return values


# Steps.


def _guard(read: Evaluate, otherwise: Evaluate | None, fits: Evaluate | None) -> Evaluate:
    """Return a function that reads where a condition fits, and gives another text for None."""

    def evaluate(row: Row) -> Any:
        if fits and not fits(row):
            return None
        made = read(row)
        if made is None and otherwise:
            return otherwise(row) or None
        return made

    return evaluate


def _then(read: Evaluate, final: Callable[[str], str | None]) -> Evaluate:
    return lambda row: final(text) if (text := read(row)) else None


def _run(steps: Sequence[Step], text: str, row: Row) -> str | None:
    for step in steps:
        made = step(text, row)
        if made is None:
            return None
        text = made
    return text


def _split(text: str, separator: str) -> list[str]:
    return [piece for part in text.split(separator) if (piece := part.strip())]


def _title(text: str) -> str:
    """Return a text with capitals at the beginnings of words."""
    return " ".join(map(str.capitalize, text.split(" ")))


def _round(text: str, decimals: int) -> str | None:
    try:
        number = Decimal(text)
        exact = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    except InvalidOperation:
        return None
    whole = f"{exact:f}"
    whole = whole.rstrip("0").rstrip(".") if "." in whole else whole
    return "0" if whole in {"-0", ""} else whole


def _finder(texts: Mapping[str, str]) -> Callable[[str], str | None]:
    """Return a function that finds a text, or else the longest beginning of it that ends in `*`."""
    exact = {key: found for key, found in texts.items() if not key.endswith("*")}
    begun = {key[:-1]: found for key, found in texts.items() if key.endswith("*")}
    if not begun:
        return exact.get
    longest = max(map(len, begun))

    def find(text: str) -> str | None:
        if (found := exact.get(text)) is not None:
            return found
        for size in range(min(longest, len(text)), -1, -1):
            if (found := begun.get(text[:size])) is not None:
                return found
        return None

    return find


def _check(read: Evaluate, texts: Sequence[str]) -> Evaluate:
    exact = frozenset(text for text in texts if not text.endswith("*"))
    begun = tuple(text[:-1] for text in texts if text.endswith("*"))
    if not begun:
        return lambda row: (read(row) or "") in exact

    def check(row: Row) -> bool:
        cell = read(row) or ""
        return cell in exact or (cell != "" and cell.startswith(begun))

    return check


def _read_value(slot: int) -> Evaluate:
    """Return a function that reads one of the profile's values, and raises the fault of it."""

    def read(row: Row) -> Any:
        value = row[slot]
        if value.__class__ is CellError:
            raise value
        return value

    return read


def _read_item(path: Sequence[str]) -> Evaluate:
    """Return a function that reads the item, or a field of an item that is a JSON object."""
    read = _read_items(path)
    return lambda row: as_text(read(row))


def _read_items(path: Sequence[str]) -> Evaluate:
    def read(row: Row) -> Any:
        found = row[ITEM]
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    return read


def _quote(text: str) -> str:
    return f'"{text[:60]}{"…" if text[60:] else ""}"'


def _explain_failure(value: Value) -> str:
    """Return what is wrong with a text that a value cannot use; empty if that is no error."""
    if value.format:
        codes = (
            f", with a precision of {', '.join(value.precision.codes)}" if value.precision else ""
        )
        return f"is no date of the format {' or '.join(value.format)}{codes}"
    if value.lookup:
        return f"is not in the table `{value.lookup.partition('.')[0]}`"
    return "is no number" if value.decimals is not None else ""


SLUG = FieldType(str)
SLUG.marks = (AfterValidator(check_slug),)


def _final_step(target: FieldType | None) -> Callable[[str], str | None] | None:
    """Return what makes a key, a code or a reference of a text; None for other fields."""
    if target is None:
        return None
    checks = {mark.func for mark in target.marks if isinstance(mark, AfterValidator)}
    if check_slug in checks:
        return lambda text: slugify(text) or None
    if check_code in checks:
        return lambda text: clean_code(text) or None
    if target.marks == FieldType(TopicRef).marks:
        return lambda text: _refer(text, clean_code)
    if target.marks == FieldType(EventRef).marks or any(
        isinstance(mark, ToRecord) for mark in target.marks
    ):
        return lambda text: _refer(text, _slugify_parts)
    return None


def _refer(text: str, clean: Callable[[str], str]) -> str:
    kind, _, key = text.partition(":")
    return f"{kind}:{clean(key)}"


def _slugify_parts(key: str) -> str:
    """Return a record's key, which may have its owner's before a point."""
    return ".".join(map(slugify, key.split(".")))


def _drop_repeats(items: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
