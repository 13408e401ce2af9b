"""The rows of a data file: the cells of a table's, or the fields of objects in JSON Lines."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from api.intake.read.lines import parse_object

# A number that a float may not have exactly.
MANY_DIGITS = re.compile(rb"\d{16}")
ADVICE = "this is no object of JSON: write each object in a line, without a list"
# The texts of cells whose formula has failed, or whose value is not available.
SPREADSHEET_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)
WATCHED = 1_000  # rows after which `done` is called


class CellError(Exception):
    """A cell that its template cannot use; the columns that it is made of, and why."""

    def __init__(self, columns: Iterable[str], text: str) -> None:
        """Name the columns, and say what is wrong."""
        super().__init__(text)
        self.columns, self.text = tuple(columns), text


class MissingKeyError(CellError):
    """The columns of a record's key give none, while other columns of the record have texts.

    It is `certain` that a record is meant if the row has all else that the record needs.
    """

    certain = False


class Column(NamedTuple):
    """A column that templates name; `many` if they want all items of a JSON list."""

    name: str
    many: bool = False


class DataRow(NamedTuple):
    """A row: its number in the file, counted from 1 with the header, and its cells or a fault."""

    number: int
    cells: Sequence[Any] | CellError


class Head(NamedTuple):
    """Where a row that was in quarantine came from: its file, its number, and its `sourceRow`.

    It has the ids of the events that the row made before it was mended, too.
    """

    file: str
    row: int
    name: str
    makes: frozenset[str] = frozenset()


class Heads:
    """Where the rows of a quarantine came from, by line, and the records left out, on disk."""

    def __init__(self) -> None:
        """Create a temporary database, which SQLite deletes."""
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute(
            "CREATE TABLE head "
            "(line INTEGER PRIMARY KEY, file TEXT, row INT, name TEXT, makes TEXT)"
        )
        self.database.execute("CREATE TABLE left_out (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self.database.execute("BEGIN")  # one transaction, since nothing is to outlast it

    def __del__(self) -> None:
        """Delete the database with the object."""
        self.database.close()

    def add(self, line: int, head: Head, left_out: Iterable[str]) -> None:
        """Store an entry: where its row came from, and the ids of records that were left out."""
        row = (line, head.file, head.row, head.name, orjson.dumps(sorted(head.makes)))
        self.database.execute("INSERT INTO head VALUES (?, ?, ?, ?, ?)", row)
        ids = [(id_,) for id_ in left_out]
        self.database.executemany("INSERT OR IGNORE INTO left_out VALUES (?)", ids)

    def __getitem__(self, line: int) -> Head:
        """Return where the row of a line came from."""
        query = "SELECT file, row, name, makes FROM head WHERE line = ?"
        file, row, name, makes = self.database.execute(query, (line,)).fetchone()
        return Head(file, row, name, frozenset(orjson.loads(makes)))

    @property
    def file(self) -> str:
        """The file that the first row came from."""
        query = "SELECT file FROM head ORDER BY line LIMIT 1"
        (file,) = self.database.execute(query).fetchone()
        return str(file)

    def left_out(self, id_: str) -> bool:
        """Return whether a record was left out."""
        query = "SELECT 1 FROM left_out WHERE id = ?"
        return self.database.execute(query, (id_,)).fetchone() is not None


class DataFile:
    """The rows of a data file."""

    header: list[str] | None = None
    heads: Heads | None = None  # of a quarantine
    # Counts the rows that have a text in each column, if given.
    counter: Counter[str] | None = None

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the rows, with the cells of these columns."""
        raise NotImplementedError

    def keep(self) -> dict[str, Any]:
        """Return the row that was yielded last as it was, as the fields of a quarantine's entry."""
        raise NotImplementedError


class TableFile(DataFile):
    """The rows of a table, whose columns its header names, or its profile."""

    def __init__(
        self, rows: Iterator[Sequence[str]], profile: Any, done: Callable[[], None]
    ) -> None:
        """Read the header."""
        self.source, self.profile, self.done = rows, profile, done
        self.number = 0
        self.row: Sequence[str] = ()
        for _ in range(profile.skip):
            next(rows, None)
            self.number += 1
        self.header = list(profile.columns)
        if not self.header:
            self.header = [name.strip() for name in next(rows, ())]
            self.number += 1

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the rows, with the cells of these columns; cells that a row lacks are empty."""
        header = self.header or []
        places = [header.index(column.name) for column in columns]
        pick = _picker(places)
        integers = [
            number for number, column in enumerate(columns) if column.name in self.profile.integers
        ]
        empty = frozenset(self.profile.empty)
        width = len(header)
        if self.counter is not None:
            self.counter.update(dict.fromkeys(header, 0))
        for row in self.source:
            self.number += 1
            self.row = row
            if self.number % WATCHED == 0:
                self.done()
            if len(row) != width:
                if not any(row):
                    continue
                if len(row) > width and any(row[width:]):
                    text = f"this row has {len(row)} cells, and the header {width}"
                    yield DataRow(self.number, CellError((), text))
                    continue
                row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901 — the same row
            if self.counter is not None:
                self.counter.update(_list_filled(header, row, empty))
            cells = [cell.strip() for cell in pick(row)]
            if empty and not empty.isdisjoint(cells):
                cells = ["" if cell in empty else cell for cell in cells]
            for place in integers:
                cells[place] = as_integer(cells[place])
            yield DataRow(self.number, cells)

    def keep(self) -> dict[str, Any]:
        """Return the cells by column, and those that the header has no column for."""
        cells: dict[str, str] = {}
        for name, cell in zip(self.header or (), self.row, strict=False):
            cells.setdefault(name, cell)
        more = self.row[len(self.header or ()) :]
        return {"cells": cells} | ({"more": more} if any(more) else {})


class ObjectFile(DataFile):
    """The objects of JSON Lines; a column is a field, or a path of fields: `properties.name`."""

    def __init__(self, file: Iterable[bytes], profile: Any, done: Callable[[], None]) -> None:
        """Read nothing yet."""
        self.file, self.profile, self.done = file, profile, done
        self.line = b""

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the objects, with the values of these fields."""
        paths = [(column.name.split("."), column.many) for column in columns]
        empty = frozenset(self.profile.empty)
        integers = [
            number
            for number, column in enumerate(columns)
            if column.name in self.profile.integers and not column.many
        ]
        for number, line in enumerate(self.file, 1):
            if number % WATCHED == 0:
                self.done()
            if not line.strip():
                continue
            self.line = line
            try:
                tree = _parse_object(line)
            except ValueError as error:
                yield DataRow(number, CellError((), str(error)))
                continue
            if self.counter is not None:
                self.counter.update(set(_list_paths(tree, "")))
            cells = [_find_all(tree, path) if many else _find(tree, path) for path, many in paths]
            if empty:
                cells = ["" if isinstance(cell, str) and cell in empty else cell for cell in cells]
            for place in integers:
                cells[place] = as_integer(str(cells[place]))
            yield DataRow(number, cells)

    def keep(self) -> dict[str, Any]:
        """Return the object, or the text of a line that is none."""
        try:
            return {"cells": _parse_object(self.line)}
        except ValueError:
            return {"text": self.line.strip().decode(errors="surrogateescape")}


def _parse_object(line: bytes) -> dict[str, Any]:
    """Parse a line; numbers of many digits are texts, since a float would not have all of them.

    Raises:
        ValueError: it is not one JSON object, or has a field twice.
    """
    tree = parse_object(line, ADVICE)
    if MANY_DIGITS.search(line):
        tree = json.loads(line, parse_int=str, parse_float=str)
    return tree


def _picker(places: list[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Return a function that picks the cells at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: [row[place] for place in places]


def _list_filled(header: Sequence[str], row: Sequence[str], empty: frozenset[str]) -> Iterator[str]:
    for name, cell in zip(header, row, strict=False):
        if (text := cell.strip()) and text not in empty:
            yield name


def _list_paths(tree: Any, path: str) -> Iterator[str]:
    """Yield the paths of the texts in a JSON value."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _list_paths(value, f"{path}.{name}" if path else name)
    elif isinstance(tree, list):
        for item in tree:
            yield from _list_paths(item, path)
    elif tree not in {None, ""}:
        yield path


def find_spreadsheet_error(columns: Sequence[Column], cells: Sequence[Any]) -> CellError | None:
    """Return what is wrong with a table's row that has an error of a spreadsheet, such as #REF!."""
    if SPREADSHEET_ERRORS.isdisjoint(cells):
        return None
    wrong = {
        column.name: cell
        for column, cell in zip(columns, cells, strict=True)
        if cell in SPREADSHEET_ERRORS
    }
    text = (
        f"{', '.join(sorted(set(wrong.values())))}: an error of the spreadsheet, and no text: "
        "correct it there or, if it means an empty cell, list it in `empty` of the profile"
    )
    return CellError(wrong, text)


def as_integer(text: str) -> str:
    """Return 4.0 as 4; another text as it is, such as 1.000, which may be a thousand."""
    whole, point, fraction = text.partition(".")
    return whole if point and not fraction.strip("0") and fraction != "000" else text


def _find(tree: Any, path: Sequence[str]) -> str:
    for name in path:
        while isinstance(tree, list):
            tree = tree[0] if tree else None
        tree = tree.get(name) if isinstance(tree, dict) else None
    return as_text(tree)


def _find_all(tree: Any, path: Sequence[str]) -> list[Any]:
    found = [tree]
    for name in path:
        values = [item.get(name) for item in found if isinstance(item, dict)]
        found = [
            item for value in values for item in (value if isinstance(value, list) else [value])
        ]
    return [item for item in found if item is not None]


def as_text(value: Any) -> str:
    """Return a JSON value as a cell's text: of a list, its first item; of an object, nothing."""
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
