"""Exports the database as canonical JSON Lines, to a file or to standard output."""

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from api import model as m
from api.errors import ExportError
from api.intake.forms.form import form_of
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.read_back import read_lines
from api.intake.progress import RunTransaction
from api.intake.rows import table_of
from api.output import explain

# A progress callback: yields the lines; is given the total number of records.
LineProgress = Callable[[Iterable[bytes], int], Iterable[bytes]]
RECORD = table_of(m.Record)


def unwatched(lines: Iterable[bytes], total: int) -> Iterable[bytes]:
    """Return the lines unchanged, without a progress bar."""
    del total
    return lines


def export_lines(
    read: RunTransaction,
    names: Sequence[str],
    output: Path | None,
    watch: LineProgress = unwatched,
) -> None:
    """Write the records of these kinds, or all, as one line each, to a file or standard output.

    A regular file is replaced when all lines are written; until then the old one stays. `watch` is
    called with the lines and the total number of records, and yields the lines.

    Raises:
        ExportError: there are no such records, or the file cannot be written.
    """
    if unknown := [name for name in names if name not in LINES]:
        message = f"There are no records of the kind {unknown[0]}: name {', '.join(LINES)}."
        raise ExportError(message)
    wanted = names or list(LINES)
    where = output or Path("standard output")
    try:
        if output is None:
            read(lambda connection: _write(connection, wanted, sys.stdout.buffer, where, watch))
            sys.stdout.buffer.flush()
        elif output.exists() and not output.is_file():  # a device or a pipe: never replaced
            with output.open("wb") as file:
                read(lambda connection: _write(connection, wanted, file, where, watch))
        else:
            _replace(output, read, wanted, watch)
    except OSError as error:
        raise _unwritten(where, error) from error


def _replace(output: Path, read: RunTransaction, names: Sequence[str], watch: LineProgress) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            read(lambda connection: _write(connection, names, file, output, watch))
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _unwritten(where: Path, error: OSError) -> ExportError:
    return ExportError(explain(where, error))


def _write(
    connection: sa.Connection,
    names: Sequence[str],
    file: BinaryIO,
    where: Path,
    watch: LineProgress,
) -> None:
    lines = read_lines(connection, names)  # its first query sets the isolation level
    first = next(lines, b"")
    kinds = [str(kind) for name in names if (kind := form_of(SECTIONS[LINES[name]]).kind)]
    query = sa.select(sa.func.count()).select_from(m.Record).where(RECORD.c.kind.in_(kinds))
    for line in watch(chain([first], lines), connection.scalar(query) or 0):
        try:
            file.write(line)
        except OSError as error:  # not an error of the database, as the caller would report it
            raise _unwritten(where, error) from error
