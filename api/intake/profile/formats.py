"""The formats of data files, and which one a file has."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
MARKS = (",", ";", "\t", "|")  # that separate cells, the likeliest first


def find_format(path: Path, profile: Any) -> FileFormat:
    """Return the format of a data file: its profile's, or that of its name.

    Raises:
        ImportFailure: neither tells.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    found = profile.format or SUFFIXES.get(suffixes[-1] if suffixes else "")
    if found is None:
        text = (
            "the name of this file does not tell its format: name it *.csv, *.tsv, *.xlsx or "
            "*.jsonl, or write `format` into the profile; save *.xls and *.ods as *.xlsx"
        )
        raise ImportFailure([Problem(path, 0, text)])
    return FileFormat(found)


def suggest_delimiter(header: Sequence[str]) -> str:
    """Return which delimiter a header of one column seems to have; empty if none."""
    marks = [mark for mark in MARKS if len(header) == 1 and mark in header[0]]
    return f": is it separated by `delimiter: {json.dumps(marks[0])}`?" if marks else ""
