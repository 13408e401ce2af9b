"""Finds out how a data file is laid out, and reads the first texts of its columns."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from api.errors import ImportFailure, Problem
from api.intake.profile.data_files import list_sheets, open_data
from api.intake.profile.data_rows import CellError, Column, TableFile, as_integer
from api.intake.profile.encodings import explain_encoding, is_decoded
from api.intake.profile.formats import DELIMITERS, MARKS, find_format
from api.intake.profile.guessing import EMPTY, WHOLE, Sketch, is_header
from api.intake.profile.templates import FileFormat, ProfileHead

ROWS = 1_000  # that are looked at
BEGINNING = 20  # rows among which the header is looked for


def sniff(path: Path, encoding: str) -> tuple[ProfileHead, list[Sketch], int]:
    """Return the head of a profile for a data file, its columns, and how many rows were read.

    Raises:
        ImportFailure: the file cannot be read, is not of the encoding, or has no rows.
    """
    head = _find_layout(path, ProfileHead(title=path.name, encoding=encoding))
    columns, rows = _read_columns(path, head)
    columns, empty = _clean_empty(columns)
    columns, integers = _clean_integers(columns)
    return head.model_copy(update={"empty": empty, "integers": integers}), columns, rows


def _find_layout(path: Path, head: ProfileHead) -> ProfileHead:
    """Return the head of a profile that says how a table is laid out.

    The separator, and the sheet, is the one by which most rows have as many cells as others have.
    """
    format_ = find_format(path, head)
    if format_ is FileFormat.JSONL:
        return head
    best, found, rows = (0, 0), head, list[list[str]]()
    for tried, usual in _list_layouts(path, head, format_):
        with suppress(*([] if usual else [ImportFailure])):
            read = _read_beginning(path, tried)
            widths = Counter(len(row) for row in read if len(row) > 1)
            score = max(((count, width) for width, count in widths.items()), default=(0, 0))
            if usual or score > best:
                best, found, rows = score, tried, read
    most = max((sum(map(bool, row)) for row in rows), default=0)
    skip = next((n for n, row in enumerate(rows) if 2 * sum(map(bool, row)) > most), 0)
    first = rows[skip] if rows else []
    named = is_header(first, rows[skip + 1 :])
    columns = [] if named else [f"column{number}" for number, _ in enumerate(first, 1)]
    return found.model_copy(update={"skip": skip, "columns": columns})


def _list_layouts(
    path: Path, head: ProfileHead, format_: FileFormat
) -> Iterator[tuple[ProfileHead, bool]]:
    """Yield heads of profiles that a table may need, the usual one first."""
    yield head, True
    if format_ is FileFormat.XLSX:
        for sheet in list_sheets(path)[1:]:
            yield head.model_copy(update={"sheet": sheet}), False
        return
    for delimiter in MARKS:
        if delimiter != DELIMITERS[format_]:
            yield head.model_copy(update={"delimiter": delimiter}), False


def _read_beginning(path: Path, head: ProfileHead) -> list[list[str]]:
    """Return a table's first rows, the header among them."""
    with open_data(path, head.model_copy(update={"columns": ["all"]}), lambda _: None) as data:
        if not isinstance(data, TableFile):  # a quarantine of objects
            return []
        rows = [[cell.strip() for cell in row] for row in islice(data.source, BEGINNING)]
        if not all(map(is_decoded, rows)):
            number = next(n for n, row in enumerate(rows, 1) if not is_decoded(row))
            text = explain_encoding("this row" if number > 1 else "the header", head.encoding)
            raise ImportFailure([Problem(path, number, text)])
        return rows


def _read_columns(path: Path, head: ProfileHead) -> tuple[list[Sketch], int]:
    """Return the columns with their texts in the first rows, and the number of these.

    Raises:
        ImportFailure: there are no rows, or all are wrong.
    """
    columns = [Sketch(name) for name in _list_columns(path, head)]
    rows = 0
    problem = Problem(path, 0, "this has no rows: no profile is made of it")
    with open_data(path, head, lambda _: None) as data:
        for row in islice(data.rows([Column(column.name) for column in columns]), ROWS):
            if isinstance(row.cells, CellError):
                problem = Problem(path, row.number, row.cells.text)
                continue
            if not is_decoded(row.cells):
                text = explain_encoding("this row", head.encoding)
                raise ImportFailure([Problem(path, row.number, text)])
            rows += 1
            for column, text in zip(columns, row.cells, strict=True):
                column.cells.append(text)
    if not columns or not rows:
        raise ImportFailure([problem])
    return columns, rows


def _list_columns(path: Path, head: ProfileHead) -> list[str]:
    """Return the columns of a table, or the paths of the texts in the first objects."""
    counter: Counter[str] = Counter()
    with open_data(path, head, lambda _: None) as data:
        if data.header is None:
            data.counter = counter
            for _ in islice(data.rows([]), ROWS):
                pass
        return [name for name in data.header or counter if name]


def _clean_empty(columns: list[Sketch]) -> tuple[list[Sketch], list[str]]:
    """Return columns without the texts that mean an empty cell, and these texts."""
    found = []
    for text in EMPTY:
        having = [column for column in columns if text in column.cells]
        # NA is Namibia among codes of countries.
        if having and not any(set(map(len, column.texts)) == {len(text)} for column in having):
            found.append(text)
    if not found:
        return columns, found
    return [column.convert(lambda cell: "" if cell in found else cell) for column in columns], found


def _clean_integers(columns: list[Sketch]) -> tuple[list[Sketch], list[str]]:
    """Return columns with 4 for 4.0 where they have nothing else, and the names of these."""
    found = [
        column.name
        for column in columns
        if column.texts and all(map(WHOLE.fullmatch, column.texts))
    ]
    return [one.convert(as_integer) if one.name in found else one for one in columns], found
