"""Reads a quarantine of rows as the data file that they are from, as they are now."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from api.errors import ImportFailure, Problem
from api.intake.forms.fields import MAX_INTEGER
from api.intake.profile.data_rows import DataFile, Head, Heads, ObjectFile, TableFile, as_text
from api.intake.profile.formats import find_format
from api.intake.profile.templates import FileFormat

NEEDED = {"file": str, "row": int, "sourceRow": str, "reason": str, "records": list}


def is_quarantine(file: BinaryIO) -> bool:
    """Return whether a file is a quarantine of rows: its first object has the fields of entries.

    An editor may have put a byte order mark or an empty line before it.
    """
    first = next((line for line in file if line.strip()), b"")
    file.seek(0)
    entry = _parse(first) if b'"sourceRow"' in first else None
    return isinstance(entry, dict) and NEEDED.keys() <= entry.keys()


def _parse(line: bytes) -> Any:
    """Parse a line of JSON, which may have halves of surrogate pairs; None if it is none."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def _parse_entry(line: bytes) -> dict[str, Any] | None:
    """Return an entry of a quarantine of rows; None if the line is none."""
    entry = _parse(line)
    valid = (
        isinstance(entry, dict)
        and all(isinstance(entry.get(name), type_) for name, type_ in NEEDED.items())
        and isinstance(entry.get("makes", []), list)
        and 0 <= entry["row"] <= MAX_INTEGER
    )
    return entry if valid else None


def open_quarantine(path: Path, file: BinaryIO, profile: Any, done: Callable[[], None]) -> DataFile:
    """Return the rows of a quarantine, as the data had them or as they were mended since.

    Raises:
        ImportFailure: a line is no entry.
    """
    heads, header = Heads(), dict[str, None]()
    for number, entry in _list_entries(path, file):
        makes = frozenset(map(str, entry.get("makes", ())))
        head = Head(entry["file"], entry["row"], entry["sourceRow"], makes)
        heads.add(number, head, map(str, entry["records"]))
        if isinstance(entry.get("cells"), dict):
            header |= dict.fromkeys(entry["cells"])
    file.seek(0)
    data: DataFile
    if find_format(Path(heads.file), profile) is FileFormat.JSONL:
        data = ObjectFile(_list_objects(path, file), profile, done)
    else:
        columns = profile.columns or list(header)
        as_is = profile.model_copy(update={"skip": 0, "columns": columns})
        data = TableFile(_list_cells(path, file, columns), as_is, done)
    data.heads = heads
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
