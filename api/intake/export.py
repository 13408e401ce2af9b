"""Exports the database as canonical JSON Lines, to a file or to standard output."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa

from api import model as m
from api.errors import ExportError
from api.intake.forms.form import form_of
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.read_back import read_lines
from api.intake.progress import RunTransaction
from api.intake.rows import table_of
from api.output import Write, replacing

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
        ExportError: there are no such records.
        OutputError: the file cannot be written.
    """
    if unknown := [name for name in names if name not in LINES]:
        message = f"There are no records of the kind {unknown[0]}: name {', '.join(LINES)}."
        raise ExportError(message)
    with replacing(output) as append:
        read(lambda connection: _write(connection, names or list(LINES), append, watch))


def _write(
    connection: sa.Connection, names: Sequence[str], append: Write, watch: LineProgress
) -> None:
    kinds = [str(kind) for name in names if (kind := form_of(SECTIONS[LINES[name]]).kind)]
    query = sa.select(sa.func.count()).select_from(m.Record).where(RECORD.c.kind.in_(kinds))
    for line in watch(read_lines(connection, names), connection.scalar(query) or 0):
        append(line)
