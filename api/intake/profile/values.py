"""Compiles the values and conditions of a profile into functions of a row."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from api.errors import ImportFailure, Problem
from api.intake.profile.country_table import NAME as COUNTRIES
from api.intake.profile.country_table import build_country_table
from api.intake.profile.data_rows import CellError, Column
from api.intake.profile.dates import compile_format, parse_day, write_edtf
from api.intake.profile.formats import suggest_delimiter
from api.intake.profile.reading import LoadedProfile
from api.intake.profile.steps import (
    CELL,
    NUMBER,
    VALUES,
    Evaluate,
    Row,
    Step,
    capitalize_words,
    check_cell,
    explain_failure,
    explain_format,
    explain_number,
    final_step,
    finder,
    guard,
    quote,
    read_item,
    read_value,
    run_steps,
    splitter,
    then,
    write_number,
)
from api.intake.profile.templates import Condition, Conditional, FieldType, Profile, Value
from api.intake.read.files import Location
from api.intake.read.messages import explain, suggest

MOST_MISSES = 10_000  # texts that maps and tables lack that are counted
CACHED = 4_096  # dates of a value that are kept as EDTF
# The target of columns that conditions read.
CHOICE = "which records are made"
BRACES = frozenset("{}")
# The fields of a value that change its text; these after its map.
AFTER_MAP = {"format", "max"}
STEPS = {"after", "before", "case", "decimals", "lookup", "map", "point", *AFTER_MAP}
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]+)\}")


@dataclass(slots=True)
class ValueCompiler:
    """Compiles the values and conditions of a profile for data with these columns.

    Without a `header`, rows are objects, which have whatever fields they have.
    """

    loaded: LoadedProfile
    header: Sequence[str] | None
    # Tables that are made of rows.
    joins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Counts what was made, if given: by the path of a field and the columns that it is made of.
    counter: Counter[tuple[str, tuple[str, ...]]] | None = None
    # Counts, while `counter` does, the texts that a map or table lacks, by the path of the field.
    misses: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: dict[Column, int] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    problems: list[Problem] = field(default_factory=list)
    # The columns that the field that is now compiled is made of, its path, and the slots of a row
    # that its record is made of.
    columns: dict[str, None] = field(default_factory=dict)
    slots: set[int] = field(default_factory=set)
    path: str = ""
    # The number of placeholders that templates had so far.
    placeholders: int = 0
    # The columns that the item is made of, while what `each` repeats is compiled.
    item_columns: dict[str, None] = field(default_factory=dict)
    # Whether a text that a map lacks is an error, as it is where the field is required.
    strict: bool = False

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
        self.placeholders += 1
        if name == "cell":
            return itemgetter(CELL)
        if name == "item" or name.startswith("item."):
            self.columns |= self.item_columns
            return read_item(name.split(".")[1:])
        if name in self.profile.values:
            return self.find_value(name, location)
        if name == "row" and name not in (self.header or ()):
            self.slots.add(NUMBER)
            return itemgetter(NUMBER)
        return self.find_column(name, location, many=many)

    def find_value(self, name: str, location: Location) -> Evaluate:
        """Return a function that reads one of the profile's values."""
        names = self.values
        this = self.path.removeprefix("values.")
        if self.path.startswith("values.") and names.index(this) <= names.index(name):
            text = f"`{name}`: a value is made of columns, and of values that are listed before"
            self.report(location, text)
            return lambda _: ""
        if self.strict:  # The row's slot does not tell why a value is empty: it is made again.
            before, self.path = self.path, f"values.{name}"
            read = self.build(self.profile.values[name], ("values", name))
            self.path = before
            return read
        self.columns |= dict.fromkeys(sorted(self.targets[f"values.{name}"]))
        slot = VALUES + names.index(name)
        self.slots.add(slot)
        return read_value(slot)

    def find_column(self, name: str, location: Location, *, many: bool) -> Evaluate:
        """Return a function that reads a column; one that the data lacks is reported."""
        if self.header is not None and self.header.count(name) > 1:
            text = (
                f"the data has several columns `{name}`: name all in `columns`, and `skip: 1` row"
            )
            self.report(location, text)
            return lambda _: ""
        if self.header is not None and name not in self.header:
            if name not in self.profile.optional:
                shown = ", ".join(f"`{column}`" for column in self.header[:40])
                text = f"the data has no column `{name}`; it has {shown}"
                self.report(location, text + suggest_delimiter(self.header))
            return lambda _: ""
        self.columns[name] = None
        first = VALUES + len(self.values)
        slot = self.used.setdefault(Column(name, many), first + len(self.used))
        self.slots.add(slot)
        return itemgetter(slot)

    def report(self, location: Location, text: str) -> None:
        """Report a problem of the profile."""
        self.problems.append(self.loaded.problem(location, text))

    # Texts.

    def template(self, text: str, location: Location) -> Evaluate:
        """Return a function that fills in a template; it gives None if a column is empty."""
        if not BRACES.isdisjoint(PLACEHOLDER.sub("", text)):
            problem = (
                f"{quote(text)} has a brace that stands alone: a column is written `{{name}}`, "
                "and a brace that is meant as such twice, `{{` or `}}`"
            )
            self.report(location, problem)
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
        read = self.build(value, location, self.note_miss(value))
        columns = tuple(self.columns)
        self.targets[self.path].update(columns)
        self.columns = before
        if final := final_step(target):
            read = then(read, final)
        elif target and not self.strict:  # what is needed is compiled twice, and reported once
            self.check_constants(value, location, target)
        return self.count(read, columns)

    def check_constants(self, value: Value, location: Location, target: FieldType) -> None:
        """Report texts of the profile itself, as of a `map`, that the field does not take."""
        steps = value.model_fields_set & STEPS
        constants = [((*location, "otherwise"), value.otherwise)]
        if not steps & AFTER_MAP:
            constants += [((*location, "map", key), text) for key, text in value.map.items()]
        for source in () if steps else value.from_:
            if isinstance(source, Value):
                self.check_constants(source, location, target)
            else:
                constants.append((location, source))
        for place, text in constants:
            if text and not PLACEHOLDER.search(text) and (fault := target.find_fault(text)):
                self.report(place, f"`{self.path.rpartition('.')[2]}`: {explain(fault, Profile)}")

    def note_miss(self, value: Value) -> Callable[[str], None]:
        """Return what counts a text that gives no value, if this is wanted."""
        misses, path = self.misses, self.path
        if self.counter is None or not (value.map or value.lookup):
            return lambda _: None

        def note(text: str) -> None:
            if len(misses) < MOST_MISSES or (path, text) in misses:
                misses[path, text] += 1

        return note

    def build(
        self, value: Value, location: Location, note_miss: Callable[[str], None] = lambda _: None
    ) -> Evaluate:
        """Return what makes a text of a row, and note its columns."""
        before, self.columns = self.columns, {}
        sources = [self.source(source, (*location, "from")) for source in value.from_]
        steps = list(self.steps(value, location))
        fits = self.condition(value, location)
        otherwise = None
        if value.otherwise is not None:
            otherwise = self.template(value.otherwise, location)
        read = self.first_of(sources, steps, value, tuple(self.columns), note_miss)
        self.columns = before | self.columns
        if len(sources) == 1 and not steps and not value.split:
            (read,) = sources
        return guard(read, otherwise, fits) if otherwise or fits else read

    def source(self, source: str | Value, location: Location) -> Evaluate:
        """Return a function that fills in a template, or makes another value."""
        if isinstance(source, str):
            return self.template(source, location)
        return self.build(source, location)

    def first_of(
        self,
        sources: Sequence[Evaluate],
        steps: Sequence[tuple[Step, str]],
        value: Value,
        columns: tuple[str, ...],
        note_miss: Callable[[str], None],
    ) -> Evaluate:
        """Return a function that gives the first text that the steps can use.

        It calls `note_miss` with a text that they cannot use and nothing replaces. It raises
        CellError if there are texts, the steps can use none of them, and the step that cannot use
        the last has a complaint.
        """
        split = splitter(value.split) if value.split else None
        replaced = bool(value.otherwise)
        complains = value.otherwise is None and any(complaint for _, complaint in steps)
        plain = [step for step, _ in steps]
        run = plain[0] if len(plain) == 1 else partial(run_steps, plain)

        def evaluate(row: Row) -> str | None:
            failed = None
            for source in sources:
                text = source(row)
                if not text:
                    continue
                failed = text, text
                for piece in split(text) if split else (text,):
                    made = run(piece, row)
                    if made is not None:
                        return made
                    failed = text, piece
            if failed and complains and (complaint := explain_failure(steps, failed[1], row)):
                raise CellError(columns, f"{quote(failed[0])} {complaint}")
            if failed and not replaced:
                note_miss(failed[1])
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

    def steps(self, value: Value, location: Location) -> Iterator[tuple[Step, str]]:
        """Yield the steps that change a text, each with a complaint about one that it cannot use.

        Such a step gives None. The complaint is empty if that is no error.
        """
        if value.after is not None:
            after = value.after
            yield lambda text, _: text.partition(after)[2].strip() if after in text else text, ""
        if value.before is not None:
            before = value.before
            yield lambda text, _: text.partition(before)[0].strip(), ""
        if value.case:
            change = {"title": capitalize_words, "lower": str.lower, "upper": str.upper}[value.case]
            yield lambda text, _: change(text), ""
        if value.decimals is not None or value.point:
            point, decimals = value.point or "", value.decimals
            yield lambda text, _: write_number(text, point, decimals), explain_number(point)
        if value.lookup is not None:
            table = value.lookup.partition(".")[0]
            yield self.lookup(value.lookup, location), f"is not in the table `{table}`"
        if value.map:
            find = finder(value.map)
            yield lambda text, _: find(text), self.explain_map() if self.strict else ""
        if value.format:
            yield self.date(value, location), explain_format(value)
        if value.max is not None:
            most = value.max
            cut = most - 1
            yield lambda text, _: text if len(text) <= most else f"{text[:cut].rstrip()}…", ""

    def explain_map(self) -> str:
        """Return what to do about a text that the map of a required field lacks."""
        return (
            f"is not in the `map` of `{self.path}`, which is needed: "
            "add the text there, or say by `otherwise` what all others mean"
        )

    def lookup(self, name: str, location: Location) -> Step:
        """Return a step that looks a text up in a table."""
        table, _, column = name.partition(".")
        if table in self.profile.joins and location[0] == "joins":
            text = f"`lookup`: `{table}` is made of rows, as this table is: look up in another one"
            self.report((*location, "lookup"), text)
        if table in self.profile.joins:
            joined = self.joins.get(table, {})
            return lambda text, _: joined.get(text)
        rows = self.loaded.tables.get(table)
        if rows is None and table == COUNTRIES:
            rows = build_country_table()
        if rows is None:
            guess = suggest(table, [*self.loaded.tables, COUNTRIES])
            self.report((*location, "lookup"), f"`lookup`: there is no table `{table}`{guess}")
            return lambda text, _: text
        columns = next(iter(rows.values()), {})
        if column not in columns:
            shown = ", ".join(f"{table}.{column}" for column in columns)
            self.report((*location, "lookup"), f"`lookup`: write one of {shown}")
            return lambda text, _: text
        find = finder({key: row[column] or "" for key, row in rows.items()})
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
            check_cell(self.find(name, (*location, name)), texts)
            for name, texts in condition.items()
        ]
        self.targets[CHOICE].update(self.columns)
        self.columns = before
        return checks

    # The whole.

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
