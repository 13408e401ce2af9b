"""Files → valid records → rows: dossiers as one revision, all or nothing; lines in batches."""

import getpass
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from api.errors import ImportRefused
from api.intake.aside import Aside
from api.intake.bulk import Bulk
from api.intake.documents import LINES, find_files
from api.intake.dossiers import Import
from api.intake.progress import Watch, Watching, Write
from api.intake.tally import Tally
from api.intake.upsert import Writer
from api.intake.validation import read_dossiers


def import_paths(
    paths: Iterable[Path],
    write: Write,
    at: datetime | None = None,
    watching: Watching = Watching(),  # noqa: B008 — nobody, for ever
    quarantine: Path | None = None,
) -> Tally:
    """Import the dossiers of files and folders, and then their files of JSON Lines.

    `write` runs work in one transaction; `watching` are told how far it is; bad lines are set aside
    in the `quarantine`, where there is one.

    Raises:
        ImportRefused: something is wrong; its problems are one line each.
    """
    listed = list(paths)
    files = find_files(listed)
    dossiers = [path for path in files if path.suffix != LINES]
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    by = getpass.getuser()
    aside = Aside(quarantine) if quarantine else None
    tally = Tally()
    if dossiers:
        why = "import " + " ".join(str(path) for path in listed if path.suffix != LINES)
        tally += _import_dossiers(dossiers, write, (moment, by, why), watching.steps)
    for path in files:
        if path.suffix == LINES:
            bulk = Bulk(path, write, moment, by, watching.bytes, aside)
            lines = bulk.run()
            tally += lines
            if lines.created or lines.updated:
                write(_analyze)
    return tally


def _analyze(connection: sa.Connection) -> Tally:
    """Have the database look at how its tables are filled, for its plans depend on that."""
    connection.execute(sa.text("ANALYZE"))
    return Tally()


def _import_dossiers(
    paths: list[Path], write: Write, when: tuple[datetime, str, str], watch: Watch
) -> Tally:
    dossiers, problems = read_dossiers(paths, watch)

    def work(connection: sa.Connection) -> Tally:
        running = Import(Writer(connection, *when), watch, problems)
        running.add(dossiers)
        return running.run()

    return write(work)


__all__ = ["ImportRefused", "Tally", "Watching", "import_paths"]
