"""Converts the rows of data files into lines of records; rows of the same record are merged."""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from api.errors import ImportFailure, Problem
from api.intake.digests import KEYS
from api.intake.drafts import Ref
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.profile.compiling import Compiler, Rule
from api.intake.profile.data_files import open_data
from api.intake.profile.data_rows import (
    CellError,
    DataFile,
    Head,
    Heads,
    MissingKeyError,
    find_spreadsheet_error,
)
from api.intake.profile.encodings import explain_encoding
from api.intake.profile.fragments import BadRow, Fragment, Fragments, Origin
from api.intake.profile.merging import merge_lines
from api.intake.profile.missing import EVENT_SECTIONS
from api.intake.profile.reading import LoadedProfile
from api.intake.profile.repeats import Repeats
from api.intake.profile.steps import NUMBER, VALUES, Evaluate, Row
from api.intake.profile.templates import RECORDS
from api.intake.profile.values import CHOICE
from api.intake.progress import ByteProgress

ASKED = 10_000  # ids that are looked up at once
TRIED = 2_000  # rows after which it is known whether a rule's cells repeat
# The kinds of the records by rank; None of those whose lines have no key.
KINDS = [
    kind if kind and {*names} <= SECTIONS[LINES[record]].model_fields.keys() else None
    for record in RECORDS.values()
    for kind, names in [KEYS.get(record, (None, ()))]
]
RANKS = {record: rank for rank, record in enumerate(RECORDS.values())}
EVENTS = {rank for record, rank in RANKS.items() if LINES[record] in EVENT_SECTIONS}
# A rule with its number and, where its records may be of the same cells as others, what tells.
NumberedRule = tuple[int, Rule, Repeats | None]


@dataclass(slots=True)
class Tally:
    """What a conversion counted."""

    rows: int = 0
    # Records by their `record`, and the first line of each.
    records: Counter[str] = field(default_factory=Counter)
    samples: dict[str, bytes] = field(default_factory=dict)
    # Column → rows that have a text in it.
    cells: Counter[str] = field(default_factory=Counter)
    # How often a field was made, by its path and the columns that it is made of.
    fields: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    # How often a text was in no map or table of a field, and gave no value, by the field's path.
    misses: Counter[tuple[str, str]] = field(default_factory=Counter)
    choosing: set[str] = field(default_factory=set)  # columns that conditions read
    # Path of a field → the records of which rows give different texts; the first is kept.
    differences: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Conversion:
    """The conversion of data files by a profile, into one file of lines."""

    loaded: LoadedProfile
    paths: Sequence[Path]
    folder: Path
    watch: ByteProgress
    # Whether columns are counted, for a dry run.
    counting: bool = False
    # Whether rows are kept as they are, for a quarantine.
    keeping: bool = False
    # Finds which of the records with these ids are stored, for rows that were in quarantine.
    find_stored: Callable[[list[str]], set[str]] | None = None
    tally: Tally = field(default_factory=Tally)
    rules: list[Rule] = field(default_factory=list)
    origins: "array[int]" = field(default_factory=lambda: array("Q"))
    fragments: Fragments = field(default_factory=Fragments)
    # Where rows came from that were in quarantine, by the number of the file.
    heads: dict[int, Heads] = field(default_factory=dict)
    # The number of problems, and of those of which it is not known which record they concern.
    wrong: int = 0
    unidentified: int = 0

    @property
    def lines(self) -> Path:
        """The file of lines."""
        return self.folder / "lines.jsonl"

    def run(self) -> None:
        """Write the lines of all records.

        Raises:
            ImportFailure: a file cannot be read, or has not the columns that the profile names; or
                the folder of temporary files has no room.
        """
        try:
            self._run()
        except (sqlite3.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            text = f"temporary files cannot be written: {reason}. Name another folder in TMPDIR."
            raise ImportFailure([Problem(self.folder, 0, text)]) from None

    def _run(self) -> None:
        joins = self._build_joins()
        for number, path in enumerate(self.paths):
            with open_data(path, self.loaded.profile, self._watcher(path)) as data:
                self._convert(number, data, joins)
        self.fragments.flush()
        if self.keeping:
            self.fragments.index()
        if self.heads and self.find_stored:
            self._let_stay(self.find_stored)
            self.fragments.index()
            self._report_taken()
        with self.lines.open("wb") as out:
            for line, origin in self._merge():
                out.write(line + b"\n")
                self.origins.append(origin.file << 48 | origin.row << 16 | origin.rule)

    def list_problems(self) -> Iterator[Problem]:
        """Yield the problems of rows."""
        for bad in self.fragments.list_problems():
            yield Problem(self.paths[bad.file], bad.row, bad.text)

    def origin(self, line: int) -> Origin:
        """Return where a line of the written file is from, by its number."""
        packed = self.origins[line - 1]
        return Origin(packed >> 48, packed >> 16 & 0xFFFFFFFF, packed & 0xFFFF)

    def has(self, record: str, key: str) -> bool:
        """Return whether the data has a record, also if it is wrong."""
        return self.fragments.has(RANKS[record], key)

    # The quarantine.

    @property
    def home(self) -> Path:
        """The file that records belong to which are of no dataset or article."""
        return Path(next(iter(self.heads.values())).file) if self.heads else self.paths[0]

    def _let_stay(self, find_stored: Callable[[list[str]], set[str]]) -> None:
        """Have records stay that are stored, and were not left out of the data."""
        made = iter(self.fragments.list_keys())
        while some := list(islice(made, ASKED)):
            named = {id_: record for record in some if (id_ := name_record(*record))}
            ids = [
                id_
                for id_ in named
                if not any(heads.left_out(id_) for heads in self.heads.values())
            ]
            self.fragments.let_stay([named[id_] for id_ in find_stored(sorted(ids))])

    def find_head(self, file: int, row: int) -> Head:
        """Return where a row is from, also if it was in quarantine."""
        if heads := self.heads.get(file):
            return heads[row]
        return Head(str(self.paths[file]), row, self._name_row(file, row))

    def _watcher(self, path: Path) -> Callable[[int], None]:
        size = path.stat().st_size if path.is_file() else 0
        return lambda done: self.watch(path, done, size)

    # Tables of the data's own rows.

    def _build_joins(self) -> dict[str, dict[str, str]]:
        """Read the data for the tables that are made of its rows."""
        profile = self.loaded.profile
        joins: dict[str, dict[str, str]] = {name: {} for name in profile.joins}
        for file, path in enumerate(self.paths if joins else ()):
            with open_data(path, profile, self._watcher(path)) as data:
                compiler = Compiler(self.loaded, data.header)
                values = compiler.row_values()
                reads = {
                    name: (
                        compiler.checks(join.when, ("joins", name, "when")),
                        compiler.leaf(join.key, ("joins", name, "key")),
                        compiler.leaf(join.value, ("joins", name, "value")),
                    )
                    for name, join in profile.joins.items()
                }
                compiler.check()
                for number, row in _list_rows(data, compiler, values):
                    if isinstance(row, CellError):
                        continue
                    for name, (checks, key, value) in reads.items():
                        try:
                            if all(check(row) for check in checks) and (text := key(row)):
                                joins[name].setdefault(text, value(row) or "")
                        except CellError as error:
                            self._report(file, number, error)
        return joins

    # Rows.

    def _convert(self, file: int, data: DataFile, joins: dict[str, dict[str, str]]) -> None:
        """Store the fragments of a file's rows."""
        counter = self.tally.fields if self.counting else None
        compiler = Compiler(self.loaded, data.header, joins, counter, self.tally.misses)
        data.counter = self.tally.cells if self.counting else None
        if data.heads:
            self.heads[file] = data.heads
        values = compiler.row_values()
        rules = compiler.rules()
        first = len(self.rules)
        self.rules += rules
        self.tally.choosing |= compiler.targets[CHOICE]
        repeats = [
            # Which events each row makes is asked of quarantines.
            None if rule.event and (self.keeping or data.heads) else Repeats(rule.slots)
            for rule in rules
        ]
        if self.counting or not data.header:
            repeats = [None] * len(rules)
        numbered = list(zip(range(first, first + len(rules)), rules, repeats, strict=True))
        rows_read = _list_rows(data, compiler, values)
        for number, row in self._keep(file, data, rows_read) if self.keeping else rows_read:
            self.tally.rows += 1
            if self.tally.rows % TRIED == 0:
                numbered = [
                    (place, rule, found if found and found.pays else None)
                    for place, rule, found in numbered
                ]
            if isinstance(row, CellError):
                self._report(file, number, row)
                self.unidentified += 1
                continue
            self._make(file, number, row, numbered)

    def _make(self, file: int, number: int, row: Row, rules: Iterable[NumberedRule]) -> None:
        """Store what the rules make of a row."""
        found = False  # an event
        missing = []
        for place, rule, is_repeated in rules:
            if is_repeated and is_repeated(row):
                found |= rule.event
                continue
            for key, made in rule.make(row):
                if isinstance(made, MissingKeyError) and not made.certain:
                    missing.append((made, place))
                    continue
                found |= rule.event
                self._store(made, key, Origin(file, number, place), row)
        # An event that lacks more than its key may be absent, but not all events of a row.
        for error, place in () if found else missing:
            self._store(error, "", Origin(file, number, place), row)

    def _store(self, made: dict[str, Any] | CellError, key: str, origin: Origin, row: Row) -> None:
        """Store what a rule made of a row; of a record that is wrong, only its key."""
        rule = self.rules[origin.rule]
        rank = RANKS[rule.record]
        if not isinstance(made, CellError):
            try:
                line = orjson.dumps(made)
            except TypeError:
                made = CellError((), explain_encoding("this row", self.loaded.profile.encoding))
            else:
                if gaps := rule.find_gaps(row, made):
                    self.fragments.note_gaps(origin, gaps)
                self.fragments.add(Fragment(rank, key or line.decode(), *origin, line))
                return
        self._report(origin.file, origin.row, made, name_record(rank, key))
        self.unidentified += not key
        self.fragments.add(Fragment(rank, key or str(origin), *origin, None))

    def _keep(
        self, file: int, data: DataFile, rows: Iterable[tuple[int, Row | CellError]]
    ) -> Iterator[tuple[int, Row | CellError]]:
        """Store each row as it is, for the quarantine, and yield it."""
        for number, row in rows:
            self.fragments.keep(file, number, write_json(data.keep()))
            yield number, row

    def _report(self, file: int, row: int, error: CellError, id_: str | None = None) -> None:
        named = ", ".join(f"`{column}`" for column in error.columns)
        text = f"{named}: {error.text}" if named else error.text
        self.fragments.report(BadRow(file, row, error.columns, text, id_))
        self.wrong += 1

    def _report_taken(self) -> None:
        """Report mended rows whose events are stored, made of other rows: these cannot be added."""
        for rank, key in [event for event in self.fragments.list_staying() if event[0] in EVENTS]:
            id_ = name_record(rank, key)
            for origin in self.fragments.find_origins(rank, key):
                if id_ not in self.find_head(origin.file, origin.row).makes:
                    self.fragments.take(rank, key)
                    text = (
                        f"{id_} is stored, made of other rows, to which this row cannot be added "
                        "alone. If it is of another record, correct its key; if it is of this one, "
                        "correct the data itself, and import that"
                    )
                    columns = self.rules[origin.rule].columns.get("key", ())
                    self._report(origin.file, origin.row, CellError(columns, text))
        self.fragments.flush()

    # Records.

    def _merge(self) -> Iterator[tuple[bytes, Origin]]:
        """Yield the line of each record, in the order of kinds and keys."""
        # Rows that were in quarantine stand as in the files that they are from.
        found = self.fragments.list_sorted(self._write_head if self.heads else None)
        for (rank, key), group in groupby(found, itemgetter(0, 1)):
            if self.heads and self.fragments.stays(rank, key):
                continue
            first = next(group)
            place = Origin(first.file, first.row, first.rule)
            record = self.rules[place.rule].record
            made = merge_lines(record, (fragment.line for fragment in chain([first], group)))
            if made is None:  # one of its rows is wrong
                continue
            line, differing = made
            self.tally.differences.update(differing)
            if self.rules[place.rule].numbered:
                row = self.find_head(place.file, place.row).name
                line = orjson.dumps(orjson.loads(line) | {"row": row})
            self.tally.records[record] += 1
            self.tally.samples.setdefault(record, line)
            yield line, place

    def _write_head(self, file: int, row: int) -> str:
        """Return where a row is from as a text that sorts as the rows stand."""
        head = self.find_head(file, row)
        return f"{head.file}:{head.row:012}"

    def _name_row(self, file: int, row: int) -> str:
        """Return the number of a row, with its file's name if the data has several files."""
        return f"{self.paths[file].name[-180:]}:{row}" if self.paths[1:] else str(row)


def name_record(rank: int, key: str) -> str | None:
    """Return the id of a record of a rank; None if it has no key."""
    kind = KINDS[rank]
    return str(Ref(kind, key)) if kind and key else None


def write_json(value: Any) -> bytes:
    """Write JSON, also of texts with bytes that are not of their encoding, which are escaped."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _list_rows(
    data: DataFile, compiler: Compiler, values: Sequence[Evaluate]
) -> Iterator[tuple[int, Row | CellError]]:
    """Yield the rows as templates see them, with the profile's values; or a row's fault."""
    columns = list(compiler.used)
    blank: Row = [""] * (VALUES + len(values))
    heads = data.heads
    for number, cells in data.rows(columns):
        if isinstance(cells, CellError):
            yield number, cells
            continue
        if data.header and (error := find_spreadsheet_error(columns, cells)):
            yield number, error
            continue
        row = blank + list(cells)
        row[NUMBER] = str(heads[number].row if heads else number)
        for slot, value in enumerate(values, VALUES):
            try:
                row[slot] = value(row) or ""
            except CellError as error:  # of the records that use the value, not of the row
                row[slot] = error.with_traceback(None)
        yield number, row
