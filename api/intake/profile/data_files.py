"""Opens CSV, TSV, XLSX and JSON Lines, also compressed with gzip, in constant memory."""

import csv
import gzip
import io
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, AnyStr, BinaryIO, NoReturn, cast

from api.errors import INSTALL, ImportFailure, Problem
from api.intake.profile.data_rows import DataFile, ObjectFile, TableFile
from api.intake.profile.encodings import explain_encoding, is_decoded, is_utf_8
from api.intake.profile.formats import DELIMITERS, find_format
from api.intake.profile.quarantine_reader import is_quarantine, open_quarantine
from api.intake.profile.templates import FileFormat

MAX_CELL = 10_000_000  # characters
MAX_LINE = 5 * MAX_CELL  # a gzip of 2 MB may have one of 2 GB
AGAIN = "If it should have been complete, it is damaged: copy or download it again."
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}  # byte order marks
# Is called with the number of bytes that are read, from time to time.
Watch = Callable[[int], None]


@contextmanager
def open_data(path: Path, profile: Any, watch: Watch) -> Iterator[DataFile]:
    """Open a data file.

    Raises:
        ImportFailure: it cannot be read.
    """
    try:
        with path.open("rb") as raw:

            def done() -> None:
                watch(raw.tell())

            if is_quarantine(raw):
                yield open_quarantine(path, raw, profile, done)
                return
            format_ = find_format(path, profile)
            first = raw.read(2)
            raw.seek(0)
            packed = first == GZIP
            if first in UTF_16 and is_utf_8(profile.encoding):
                text = "this begins as UTF-16 does: write `encoding: utf-16` into the profile"
                raise ImportFailure([Problem(path, 0, text)])
            file = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
            if format_ is not FileFormat.XLSX:
                _check_text(path, file)
            if format_ is FileFormat.JSONL:
                yield ObjectFile(_read_lines(path, file, profile.encoding), profile, done)
            elif format_ is FileFormat.XLSX:
                yield _open_table(path, _read_sheet(path, file, profile.sheet), profile, done)
            else:
                delimiter = profile.delimiter or DELIMITERS[format_]
                yield _open_table(path, _read_cells(path, file, profile, delimiter), profile, done)
    except OSError as error:
        text = f"this cannot be read: {error.strerror or f'{error}. {AGAIN}'}"
        raise ImportFailure([Problem(path, 0, text)]) from None
    except UnicodeError:  # of some encodings, whole files are wrong
        text = explain_encoding("this", profile.encoding)
        raise ImportFailure([Problem(path, 0, text)]) from None
    except (EOFError, LookupError, zlib.error) as error:
        raise ImportFailure([Problem(path, 0, f"this cannot be read: {error}. {AGAIN}")]) from None


def _check_text(path: Path, file: BinaryIO) -> None:
    """Raise ImportFailure for a ZIP archive, which an XLSX file is, too."""
    first = file.read(len(ZIP))
    file.seek(0)
    if first == ZIP:
        text = "this is no text, but a spreadsheet or an archive: name it *.xlsx, or unzip it"
        raise ImportFailure([Problem(path, 0, text)])


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
        text = (
            f"this has no header in row {profile.skip + 1}: `skip` the rows above it, or name the "
            "`columns` in the profile"
        )
        raise ImportFailure([Problem(path, 0, text)])
    return table


def _read_lines(path: Path, file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield the lines of a file in UTF-8."""
    if is_utf_8(encoding):
        lines = _limit_lines(path, file)
        yield from (line.removeprefix(BOM_UTF8) for line in islice(lines, 1))
        yield from lines
        return
    with io.TextIOWrapper(file, encoding, "surrogateescape", newline="\n") as text:
        for line in _limit_lines(path, text):
            yield line.encode(errors="surrogateescape")


def _limit_lines(path: Path, file: IO[AnyStr]) -> Iterator[AnyStr]:
    """Yield the lines of a file.

    Raises:
        ImportFailure: a line is too long to be held in memory.
    """
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            text = f"this line has {MAX_LINE:,} characters or more: write a row, or object, a line"
            raise ImportFailure([Problem(path, number, text)])
        yield line


def _read_cells(path: Path, file: BinaryIO, profile: Any, delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of a text file's rows; bytes that are not of its encoding are kept apart.

    Raises:
        ImportFailure: a quotation mark is not closed, or a cell is too long.
    """
    csv.field_size_limit(MAX_CELL)
    encoding = "utf-8-sig" if is_utf_8(profile.encoding) else profile.encoding
    text = io.TextIOWrapper(file, encoding, "surrogateescape", newline="")
    ended = False

    def end() -> Iterator[str]:
        nonlocal ended
        ended = True
        yield from ()

    rows = csv.reader(
        chain(_limit_lines(path, text), end()),
        delimiter=delimiter,
        quotechar=profile.quote or None,
        quoting=csv.QUOTE_MINIMAL if profile.quote else csv.QUOTE_NONE,
    )
    number = 0
    try:
        with text:
            for number, row in enumerate(rows, 1):
                # Only of a cell whose quotation mark is not closed, more lines are asked for than
                # there are. (`strict` would refuse other text after a closed one, too.)
                if ended:
                    _refuse_quotation(path, number, "unexpected end of the file")
                yield row
    except csv.Error as error:
        _refuse_quotation(path, number + 1, str(error))


def _refuse_quotation(path: Path, row: int, error: str) -> NoReturn:
    text = (
        f"this cannot be read: {error}. A quotation mark in this row that is not closed makes one "
        'cell of all that follows: close it, or write `quote: ""` into the profile, which reads '
        "quotation marks as any character."
    )
    raise ImportFailure([Problem(path, row, text)]) from None


def list_sheets(path: Path) -> list[str]:
    """Return the names of the sheets of an XLSX file.

    Raises:
        ImportFailure: openpyxl is not installed, or the file cannot be read.
    """
    with path.open("rb") as file:
        return list(_find_sheets(path, file))


def _read_sheet(path: Path, file: BinaryIO, sheet: str | None) -> Iterator[list[str]]:
    """Return the cells of a sheet's rows; a date without a time is written as 2026-01-31.

    Raises:
        ImportFailure: openpyxl is not installed, or the file has no such sheet.
    """
    found = _find_sheets(path, file)
    visible = (name for name, item in found.items() if item.sheet_state == "visible")
    name = sheet or next(chain(visible, found), "")
    if name not in found:
        text = f"this has no sheet `{name}`; it has {', '.join(found)}"
        raise ImportFailure([Problem(path, 0, text)])
    # One cell far from the others would make every row as long: a million rows of 16,384 cells.
    found[name].reset_dimensions()
    return ([_write_cell(cell) for cell in row] for row in found[name].iter_rows(values_only=True))


def _find_sheets(path: Path, file: BinaryIO) -> dict[str, Any]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        text = f"to read XLSX, openpyxl has to be installed: {INSTALL.format('openpyxl')}"
        raise ImportFailure([Problem(path, 0, text)]) from None
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        return {item.title: item for item in book.worksheets}
    except Exception as error:  # noqa: BLE001 — of a damaged file, openpyxl raises what it likes
        text = (
            f"this cannot be read: {error}. Save it anew as *.xlsx, or name it *.csv if it is text."
        )
        raise ImportFailure([Problem(path, 0, text)]) from None


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(" 00:00:00")
