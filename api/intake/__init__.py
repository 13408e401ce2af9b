"""Imports files: dossiers as one revision, all or nothing; JSON Lines in batches."""

import getpass
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from api.errors import ImportFailure
from api.intake.batches import LinesImport, analyze_after
from api.intake.importing import Import
from api.intake.progress import ProgressCallbacks, RunTransaction, StepProgress
from api.intake.quarantine import Quarantine
from api.intake.read.files import LINES, find_files
from api.intake.read.validation import read_dossiers
from api.intake.summary import Summary
from api.intake.write.upsert import Writer


def import_paths(
    paths: Iterable[Path],
    write: RunTransaction,
    at: datetime | None = None,
    watching: ProgressCallbacks = ProgressCallbacks(),  # noqa: B008 — nobody, for ever
    quarantine: Path | None = None,
) -> Summary:
    """Import the dossiers of files and folders, and then their files of JSON Lines.

    `write` runs work in one transaction; `watching` are the progress callbacks; bad lines go
    to the `quarantine`, if one is given.

    Raises:
        ImportFailure: something is wrong; its problems are one line each.
    """
    listed = list(paths)
    files = find_files(listed)
    dossiers = [path for path in files if path.suffix != LINES]
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    by = getpass.getuser()
    summary = Summary()
    if dossiers:
        why = "import " + " ".join(path.name for path in listed if path.suffix != LINES)
        summary += _import_dossiers(dossiers, write, (moment, by, why), watching.steps)
    for path in files:
        if path.suffix == LINES:
            bad = Quarantine(quarantine) if quarantine else None
            lines = LinesImport(path, write, moment, by, watching.bytes, bad).run()
            summary += lines
            analyze_after(lines, write)
    return summary


def _import_dossiers(
    paths: list[Path], write: RunTransaction, when: tuple[datetime, str, str], watch: StepProgress
) -> Summary:
    dossiers, problems = read_dossiers(paths, watch)

    def work(connection: sa.Connection) -> Summary:
        running = Import(Writer(connection, *when), watch, problems)
        running.add(dossiers)
        return running.run()

    return write(work)


__all__ = ["ImportFailure", "ProgressCallbacks", "Summary", "import_paths"]
