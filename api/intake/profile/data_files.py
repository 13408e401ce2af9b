"""Reads rows of CSV, TSV, XLSX and JSON Lines, also compressed with gzip, in constant memory."""

import csv
import gzip
import io
import json
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
    try:
        with path.open("rb") as raw:
            if is_quarantine(raw):
                yield _open_quarantine(path, raw, profile, lambda: watch(raw.tell()))
                return
            format_ = find_format(path, profile)
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


class Head(NamedTuple):
    """Where a row that was in quarantine came from: its file, its number, and its `sourceRow`."""

    file: str
    row: int
    name: str


class DataFile:
    """The rows of a data file."""

    header: list[str] | None = None
    # Of a quarantine: line → where its row came from, and the ids of records that were left out.
    heads: dict[int, Head]
    left_out: set[str]
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
        self.heads, self.left_out = {}, set()
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
                cells[place] = _as_integer(cells[place])
            yield DataRow(self.number, cells)

    def keep(self) -> dict[str, Any]:
        """Return the cells by column, and those that the header has no column for."""
        cells: dict[str, str] = {}
        for name, cell in zip(self.header or (), self.row, strict=False):
            cells.setdefault(name, cell)
        more = self.row[len(self.header or ()) :]
        return {"cells": cells} | ({"more": more} if any(more) else {})


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

    def __init__(self, file: Iterable[bytes], profile: Any, done: Callable[[], None]) -> None:
        """Read nothing yet."""
        self.file, self.profile, self.done = file, profile, done
        self.heads, self.left_out = {}, set()
        self.line = b""

    def rows(self, columns: Sequence[Column]) -> Iterator[DataRow]:
        """Yield the objects, with the values of these fields."""
        paths = [(column.name.split("."), column.many) for column in columns]
        empty = frozenset(self.profile.empty)
        for number, line in enumerate(self.file, 1):
            if number % WATCHED == 0:
                self.done()
            if not line.strip():
                continue
            self.line = line
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

    def keep(self) -> dict[str, Any]:
        """Return the object, or the text of a line that is none."""
        try:
            return {"cells": orjson.loads(self.line)}
        except orjson.JSONDecodeError:
            return {"text": self.line.strip().decode(errors="surrogateescape")}


# The quarantine.


def is_quarantine(file: BinaryIO) -> bool:
    """Return whether a file is a quarantine of rows: its first line is an entry."""
    first = file.readline()
    file.seek(0)
    return first.startswith(b'{"file":') and _parse_entry(first) is not None


def _parse_entry(line: bytes) -> dict[str, Any] | None:
    """Return an entry of a quarantine of rows, which may have halves of surrogate pairs."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    needed = {"file": str, "row": int, "sourceRow": str, "reason": str, "records": list}
    valid = isinstance(entry, dict) and all(
        isinstance(entry.get(name), type_) for name, type_ in needed.items()
    )
    return entry if valid else None


def _open_quarantine(
    path: Path, file: BinaryIO, profile: Any, done: Callable[[], None]
) -> DataFile:
    """Return the rows of a quarantine, as the data had them or as they were mended since.

    Raises:
        ImportFailure: a line is no entry.
    """
    heads, left_out, header = {}, set[str](), dict[str, None]()
    for number, entry in _list_entries(path, file):
        heads[number] = Head(entry["file"], entry["row"], entry["sourceRow"])
        left_out.update(map(str, entry["records"]))
        if isinstance(entry.get("cells"), dict):
            header |= dict.fromkeys(entry["cells"])
    file.seek(0)
    data: DataFile
    if find_format(Path(next(iter(heads.values())).file), profile) is FileFormat.JSONL:
        data = ObjectFile(_list_objects(path, file), profile, done)
    else:
        columns = profile.columns or list(header)
        as_is = profile.model_copy(update={"skip": 0, "columns": columns})
        data = TableFile(_list_cells(path, file, columns), as_is, done)
    data.heads, data.left_out = heads, left_out
    return data


def _list_entries(path: Path, file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        entry = _parse_entry(line) if line.strip() else {}
        if entry is None:
            text = "this is no entry of a quarantine of rows: mend `cells`, and leave the rest"
            raise ImportFailure([Problem(path, number, text)])
        if entry:
            yield number, entry


def _list_cells(path: Path, file: BinaryIO, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each line; none of one that has no row."""
    last = 0
    for number, entry in _list_entries(path, file):
        yield from [[]] * (number - last - 1)
        last = number
        cells, more = entry.get("cells"), entry.get("more")
        row = [as_text(cells.get(name)) for name in columns] if isinstance(cells, dict) else []
        yield row + [as_text(cell) for cell in more] if isinstance(more, list) else row


def _list_objects(path: Path, file: BinaryIO) -> Iterator[bytes]:
    """Yield the object of each line; a line feed for one that has none."""
    last = 0
    for number, entry in _list_entries(path, file):
        yield from [b"\n"] * (number - last - 1)
        last = number
        if "cells" in entry:
            yield json.dumps(entry["cells"]).encode()
        else:
            yield str(entry.get("text", "")).encode(errors="surrogateescape") + b"\n"


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
        "profile, such as `encoding: cp1254` (Turkish), `cp1256` (Arabic) or `cp1252` (Western). "
        "`mithaq profile` takes it as `--encoding`"
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
