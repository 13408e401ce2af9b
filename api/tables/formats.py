"""The file formats of tables: CSV (RFC 4180), JSON Lines and Parquet.

They are written of rows as the database gives them: texts with the JSON of each column's value,
each after a line feed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import orjson

from api.errors import INSTALL, ExportError
from api.tables.columns import Column
from api.tables.parquet import write_row_groups

Batches = Iterable[list[str]]
# The first characters of a cell that a spreadsheet reads as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its media type, and the function that writes batches of rows."""

    media_type: str
    write: Callable[[Sequence[Column], Batches, bool], Iterator[bytes]]
    lists: str = "array"  # Frictionless's type of a list of values; "string" if they are joined
    compressed: bool = False  # whether compressing its files would gain nothing
    # The extra of Mithaq that writes it, and the module that the extra brings.
    extra: tuple[str, str] | None = None

    @property
    def joined(self) -> bool:
        """Whether it has the values of a list as one text, with `; ` between them."""
        return self.lists == "string"

    @property
    def installed(self) -> bool:
        """Whether what writes the format is installed."""
        return self.extra is None or find_spec(self.extra[1]) is not None

    def check(self) -> None:
        """Check that the format can be written.

        Raises:
            ExportError: the extra that writes it is not installed.
        """
        if self.extra and not self.installed:
            name, module = self.extra
            message = f"To write {name}, {module} has to be installed: {INSTALL.format(module)}."
            raise ExportError(message)


def write_csv(columns: Sequence[Column], batches: Batches, excel: bool) -> Iterator[bytes]:  # noqa: FBT001
    """Write rows as CSV, with a header; texts are quoted, and null is an empty cell.

    With `excel`, the file begins with a byte order mark, and a text that a spreadsheet would read
    as a formula with an apostrophe.
    """
    write_row = partial(_write_cells, write=_write_guarded) if excel else _write_row
    yield f"{BOM if excel else ''}{','.join(column.name for column in columns)}\r\n".encode()
    for batch in batches:
        yield "".join([f"{write_row(row)}\r\n" for row in batch]).encode()


def _write_row(row: str) -> str:
    if "\\" in row:
        return _write_cells(row, _write_cell)
    # JSON without escapes is CSV, but for null: its strings have neither quotes nor line feeds.
    return row.replace("\nnull", "\n")[1:].replace("\n", ",")


def _write_cells(row: str, write: Callable[[str], str]) -> str:
    return ",".join(map(write, row[1:].split("\n")))


def _write_cell(json: str) -> str:
    if json == "null":
        return ""
    if "\\" in json:
        text: str = orjson.loads(json)
        return '"' + text.replace('"', '""') + '"'
    return json


def _write_guarded(json: str) -> str:
    cell = _write_cell(json)
    return f"\"'{cell[1:]}" if cell[:1] == '"' and cell[1:].startswith(FORMULA) else cell


def write_json_lines(
    columns: Sequence[Column],
    batches: Batches,
    excel: bool,  # noqa: FBT001
) -> Iterator[bytes]:
    """Write each row as a JSON object on a line."""
    del excel
    members = ",".join(f'"{column.name}":%s' for column in columns)
    line = f"{{{members}}}\n"
    for batch in batches:
        yield "".join([line % tuple(row[1:].split("\n")) for row in batch]).encode()


def write_parquet(
    columns: Sequence[Column],
    batches: Batches,
    excel: bool,  # noqa: FBT001
) -> Iterator[bytes]:
    """Write rows as Parquet, a row group at a time."""
    return write_row_groups(columns, write_json_lines(columns, batches, excel))


FORMATS = {
    "csv": Format("text/csv; charset=utf-8; header=present", write_csv, lists="string"),
    "jsonl": Format("application/jsonl; charset=utf-8", write_json_lines),
    "parquet": Format(
        "application/vnd.apache.parquet",
        write_parquet,
        lists="any",  # frictionless-py reads them as arrays of NumPy, which are none to it
        compressed=True,
        extra=("parquet", "pyarrow"),
    ),
}
