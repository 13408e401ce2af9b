"""Reads rows of CSV, TSV, XLSX and JSON Lines, also compressed with gzip, in constant memory."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import orjson

from api.errors import ImportFailure, Problem
from api.intake.profile.templates import FileFormat

SUFFIXES = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.TSV,
    ".tab": FileFormat.TSV,
    ".txt": FileFormat.TSV,
    ".xlsx": FileFormat.XLSX,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".json": FileFormat.JSONL,
}
DELIMITERS = {FileFormat.CSV: ",", FileFormat.TSV: "\t"}
MAX_CELL = 10_000_000  # characters
GZIP = b"\x1f\x8b"
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}  # byte order marks
# Is called with the number of bytes that are read, from time to time.
Watch = Callable[[int], None]
WATCHED = 1_000  # rows


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


def find_format(path: Path, profile: Any) -> FileFormat:
    """Return the format of a data file: its profile's, or that of its name.

    Raises:
        ImportFailure: neither tells.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    found = profile.format or SUFFIXES.get(suffixes[-1] if suffixes else "")
    if found is None:
        text = "the name of this file does not tell its format: write `format` into the profile"
        raise ImportFailure([Problem(path, 0, text)])
    return FileFormat(found)


@contextmanager
def open_data(path: Path, profile: Any, watch: Watch) -> Iterator["DataFile"]:
    """Open a data file.

    Raises:
        ImportFailure: it cannot be read.
    """
    format_ = find_format(path, profile)
    try:
        with path.open("rb") as raw:
            first = raw.read(2)
            raw.seek(0)
            packed = first == GZIP
            if first in UTF_16 and _is_utf_8(profile.encoding):
                text = "this begins as UTF-16 does: write `encoding: utf-16` into the profile"
                raise ImportFailure([Problem(path, 0, text)])
            file = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw

            def done() -> None:
                watch(raw.tell())

            if format_ is FileFormat.JSONL:
                yield ObjectFile(file, profile, done)
            elif format_ is FileFormat.XLSX:
                yield _open_table(path, _read_sheet(path, file, profile.sheet), profile, done)
            else:
                delimiter = profile.delimiter or DELIMITERS[format_]
                yield _open_table(path, _read_cells(file, profile, delimiter), profile, done)
    except OSError as error:
        text = f"this cannot be read: {error.strerror or error}."
        raise ImportFailure([Problem(path, 0, text)]) from None
    except csv.Error as error:
        text = (
            f"this cannot be read: {error}. A quotation mark that is not closed makes one cell of "
            'all that follows: `quote: ""` in the profile reads quotation marks as any character.'
        )
        raise ImportFailure([Problem(path, 0, text)]) from None
    except (EOFError, LookupError) as error:
        raise ImportFailure([Problem(path, 0, f"this cannot be read: {error}.")]) from None


class DataFile:
    """The rows of a data file."""

    header: list[str] | None = None
    # Counts the rows that have a text in each column, if given.
    counter: Counter[str] | None = None

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the rows, with the cells of these columns."""
        raise NotImplementedError


class TableFile(DataFile):
    """The rows of a table, whose columns its header names, or its profile."""

    def __init__(
        self, rows: Iterator[Sequence[str]], profile: Any, done: Callable[[], None]
    ) -> None:
        """Read the header."""
        self.source, self.profile, self.done = rows, profile, done
        self.number = 0
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
                cells[place] = _as_integer(cells[place])
            yield DataRow(self.number, cells)


def _open_table(
    path: Path, rows: Iterator[Sequence[str]], profile: Any, done: Callable[[], None]
) -> TableFile:
    """Return the rows of a table.

    Raises:
        ImportFailure: it has no header, or one that is not of the encoding.
    """
    table = TableFile(rows, profile, done)
    if not is_decoded(table.header or ()):
        text = explain_encoding("the header", profile.encoding)
        raise ImportFailure([Problem(path, profile.skip + 1, text)])
    if not any(table.header or ()):
        text = f"this has no header in row {profile.skip + 1}: name the `columns` in the profile"
        raise ImportFailure([Problem(path, 0, text)])
    return table


class ObjectFile(DataFile):
    """The objects of JSON Lines; a column is a field, or a path of fields: `properties.name`."""

    def __init__(self, file: BinaryIO, profile: Any, done: Callable[[], None]) -> None:
        """Read nothing yet."""
        self.file, self.profile, self.done = file, profile, done

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the objects, with the values of these fields."""
        paths = [(column.name.split("."), column.many) for column in columns]
        empty = frozenset(self.profile.empty)
        for number, line in enumerate(self.file, 1):
            if number % WATCHED == 0:
                self.done()
            if not line.strip():
                continue
            try:
                tree = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield DataRow(number, CellError((), f"this is not JSON: {error}"))
                continue
            if self.counter is not None:
                self.counter.update(set(_list_paths(tree, "")))
            cells = [_find_all(tree, path) if many else _find(tree, path) for path, many in paths]
            if empty:
                cells = ["" if isinstance(cell, str) and cell in empty else cell for cell in cells]
            yield DataRow(number, cells)


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


def _as_integer(text: str) -> str:
    """Return 4.0 as 4; another text as it is."""
    whole, point, fraction = text.partition(".")
    return whole if point and not fraction.strip("0") else text


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


# Tables.


def is_decoded(texts: Iterable[str]) -> bool:
    """Return whether all bytes that texts were made of are of the file's encoding."""
    return not any("\udc80" <= character <= "\udcff" for text in texts for character in text)


def explain_encoding(what: str, encoding: str) -> str:
    """Return what to do about bytes that are not of the encoding."""
    return (
        f"{what} has bytes that are not of the encoding {encoding}: write the data's into the "
        "profile, such as `encoding: cp1254` (Turkish), `cp1256` (Arabic) or `cp1252` (Western)"
    )


def _is_utf_8(encoding: str) -> bool:
    return encoding.lower() in {"utf-8", "utf8"}


def _read_cells(file: BinaryIO, profile: Any, delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of a text file's rows; bytes that are not of its encoding are kept apart."""
    csv.field_size_limit(MAX_CELL)
    encoding = "utf-8-sig" if _is_utf_8(profile.encoding) else profile.encoding
    text = io.TextIOWrapper(file, encoding, "surrogateescape", newline="")
    if profile.quote:
        return csv.reader(text, delimiter=delimiter, quotechar=profile.quote)
    return csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _read_sheet(path: Path, file: BinaryIO, sheet: str | None) -> Iterator[list[str]]:
    """Return the cells of a sheet's rows; a date without a time is written as 2026-01-31.

    Raises:
        ImportFailure: openpyxl is not installed, or the file has no such sheet.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        text = "to read XLSX, install the extra: pip install 'mithaq[xlsx]'"
        raise ImportFailure([Problem(path, 0, text)]) from None
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        found = {item.title: item for item in book.worksheets}
    except Exception as error:  # noqa: BLE001 — of a damaged file, openpyxl raises what it likes
        raise ImportFailure([Problem(path, 0, f"this cannot be read: {error}.")]) from None
    name = sheet or next(iter(found), "")
    if name not in found:
        text = f"this has no sheet `{name}`; it has {', '.join(found)}"
        raise ImportFailure([Problem(path, 0, text)])
    return ([_write_cell(cell) for cell in row] for row in found[name].iter_rows(values_only=True))


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(" 00:00:00")
