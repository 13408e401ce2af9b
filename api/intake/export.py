"""The database as JSON Lines, in canonical form: to a file, or to standard output."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from api.errors import ExportError
from api.intake.forms.kinds import LINES
from api.intake.forms.read_back import read_lines
from api.intake.progress import RunTransaction


def export_lines(read: RunTransaction, names: Sequence[str], output: Path | None) -> None:
    """Write records of these names, or of all, each a line.

    A file is there when all of it is written, and is the old one until then.

    Raises:
        ExportError: there are no such records, or the file cannot be written.
    """
    if unknown := [name for name in names if name not in LINES]:
        message = f"There are no records of the kind {unknown[0]}: name {', '.join(LINES)}."
        raise ExportError(message)
    wanted = names or list(LINES)
    if output is None:
        read(lambda connection: _write(connection, wanted, sys.stdout.buffer))
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            read(lambda connection: _write(connection, wanted, file))
        part.replace(output)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}."
        raise ExportError(message) from None
    finally:
        part.unlink(missing_ok=True)


def _write(connection: sa.Connection, names: Sequence[str], file: BinaryIO) -> None:
    file.writelines(read_lines(connection, names))
