"""The file formats of tables: CSV (RFC 4180), JSON Lines and Parquet."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import orjson

from api.tables.columns import Column

Row = Sequence[Any]
Batches = Iterable[list[Any]]
# What a spreadsheet reads as a formula begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
SEPARATOR = "; "  # between the values of a list
WORDS = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its media type, and the function that writes batches of rows."""

    media_type: str
    write: Callable[[Sequence[Column], Batches, bool], Iterator[bytes]]


def write_csv(columns: Sequence[Column], batches: Batches, excel: bool) -> Iterator[bytes]:  # noqa: FBT001
    """Write rows as CSV, with a header; null is an empty cell.

    With `excel`, the file begins with a byte order mark, and a text that a spreadsheet would read
    as a formula with an apostrophe.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    if excel:
        text.write(BOM)
    writer.writerow([column.name for column in columns])
    convert = [_choose_cell(column, excel=excel) for column in columns]
    for batch in batches:
        columns_of = zip(*batch, strict=True)
        cells = (
            map(one, values) if one else values
            for one, values in zip(convert, columns_of, strict=True)
        )
        writer.writerows(zip(*cells, strict=True))
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def _choose_cell(column: Column, *, excel: bool) -> Callable[[Any], Any] | None:
    """Return what converts a column's values into cells; None if they are written as they are."""
    if column.listed:
        return _join_guarded if excel else _join
    if column.type == "Boolean":
        return WORDS.get
    return _guard if excel and column.type not in ("Int", "Float") else None


def _join(values: Sequence[Any]) -> str:
    return SEPARATOR.join([_write(value) for value in values])


def _join_guarded(values: Sequence[Any]) -> Any:
    return _guard(_join(values))


def _write(value: Any) -> str:
    if value is None:
        return ""
    return WORDS[value] if isinstance(value, bool) else str(value)


def _guard(value: str | None) -> str | None:
    return f"'{value}" if value and value.startswith(FORMULA) else value


def write_json_lines(
    columns: Sequence[Column],
    batches: Batches,
    excel: bool,  # noqa: FBT001
) -> Iterator[bytes]:
    """Write each row as a JSON object on a line."""
    del excel
    names = [column.name for column in columns]
    for batch in batches:
        yield b"".join(
            [
                orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
                for row in batch
            ]
        )


FORMATS = {
    "csv": Format("text/csv; charset=utf-8; header=present", write_csv),
    "jsonl": Format("application/jsonl; charset=utf-8", write_json_lines),
}
