"""Files → valid records → rows, as one revision: all of an import is written, or nothing."""

import getpass
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from api.errors import ImportRefused
from api.intake.dossiers import Import
from api.intake.progress import Watch, unwatched
from api.intake.upsert import Tally, Writer
from api.intake.validation import read_dossiers

Write = Callable[[Callable[[sa.Connection], Tally]], Tally]


def import_paths(
    paths: Iterable[Path], write: Write, at: datetime | None = None, watch: Watch = unwatched
) -> Tally:
    """Import the dossiers of files and folders.

    `write` runs work in one transaction; `watch` is told of each step that takes time.

    Raises:
        ImportRefused: something is wrong; its problems are one line each.
    """
    listed = list(paths)
    dossiers, problems = read_dossiers(listed, watch)
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    why = "import " + " ".join(str(path) for path in listed)

    def work(connection: sa.Connection) -> Tally:
        writer = Writer(connection, moment, getpass.getuser(), why)
        running = Import(writer, watch, problems)
        running.add(dossiers)
        return running.run()

    return write(work)


__all__ = ["ImportRefused", "Tally", "import_paths"]
