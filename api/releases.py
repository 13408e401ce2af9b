"""Releases: named, immutable SQLite files of the database as it was at the end of a revision.

A release's hash is that of its canonical export, which later versions of Mithaq write byte for byte
the same: a file of an older version is migrated on a copy, whose export has to have the same hash.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from api import model as m
from api.database.migrations import find_head, migrate, read_revision, read_version
from api.database.sqlite import check_exists, load_driver
from api.database.transactions import Run, read, write_aside, writing
from api.errors import ReleaseError
from api.intake.forms.read_back import read_lines
from api.intake.rows import table_of
from api.output import hash_file, temporary_folder, working_folder
from api.settings import Settings
from api.text.version import VERSION

RECORD, RELEASE, REVISION = map(table_of, (m.Record, m.Release, m.Revision))
# A name is a part of a URL and of a file's name.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
READ_ONLY, WRITABLE = 0o444, 0o644
NEW = ".new-"  # the prefix of the folders in which files are made


class Release(NamedTuple):
    """A row of the table of releases."""

    name: str
    revision_id: int
    at: datetime
    records: int
    sha256: str
    note: str | None
    file_sha256: str | None


COLUMNS = [RELEASE.c[name] for name in Release._fields]


def check_name(name: str) -> None:
    """Check that a release's name can be told from a revision's number and from a date."""
    if not NAME.fullmatch(name) or name.isdecimal() or _is_date(name):
        message = (
            f'"{name}" cannot name a release: write up to 100 letters, digits and .-_ that are '
            "neither a number nor a date, such as 2026.1."
        )
        raise ReleaseError(message)


def _is_date(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True


def taken(name: str) -> ReleaseError:
    """Build the error that a release of this name exists."""
    return ReleaseError(f"There is a release {name} already: choose another name.")


def _hash(lines: Iterable[bytes]) -> str:
    digest = sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


@contextmanager
def migrated(settings: Settings, file: Path) -> Iterator[Run]:
    """Migrate a file to be written; then merge its write-ahead log, and make it read-only."""
    inside = at_file(settings, file)
    migrate(inside)
    with writing(inside) as write:
        yield write
    connection = load_driver().connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    file.chmod(READ_ONLY)


def at_file(settings: Settings, file: Path) -> Settings:
    """Return the settings with a SQLite file as their database."""
    return settings.model_copy(update={"database_url": f"sqlite:///{file}"})


def hash_export(settings: Settings, file: Path) -> str:
    """Return the SHA-256 of a release's export, in hexadecimal."""
    return read(at_file(settings, file), lambda connection: _hash(read_lines(connection)))


# Releases that exist.


def find_file(settings: Settings, name: str) -> Path:
    """Return the path of a release's file."""
    return settings.releases_folder / f"{name}.db"


def find_release(connection: sa.Connection, name: str) -> Release | None:
    """Return a release's row; None if there is none."""
    row = connection.execute(sa.select(*COLUMNS).where(RELEASE.c.name == name)).first()
    return None if row is None else _read_row(row)


def require_release(settings: Settings, name: str) -> Release:
    """Return a release's row.

    Raises:
        ReleaseError: no release has this name.
    """
    release = read(settings, partial(find_release, name=name))
    if release is None:
        message = f"There is no release {name}: `mithaq release list` lists them all."
        raise ReleaseError(message)
    return release


def list_releases(connection: sa.Connection) -> list[Release]:
    """List the releases by their revisions."""
    query = sa.select(*COLUMNS).order_by(RELEASE.c.revision_id, RELEASE.c.at, RELEASE.c.name)
    return [_read_row(row) for row in connection.execute(query)]


def _read_row(row: sa.Row[Any]) -> Release:
    return Release._make(row)._replace(at=row.at.replace(tzinfo=UTC))  # SQLite stores no time zone


def verify_release(settings: Settings, name: str) -> Release:
    """Check that a release's file and its export still have their hashes, and return the row.

    Raises:
        ReleaseError: one has not, or there is no such release.
        DatabaseError: its file is missing or not a database.
    """
    release = require_release(settings, name)
    file = find_file(settings, name)
    check_exists(file)
    if release.file_sha256 is not None and hash_file(file) != release.file_sha256:
        message = (
            f"The file of the release {name} was changed: its SHA-256 is not {release.file_sha256}."
        )
        raise ReleaseError(message)
    with working_folder() as temporary:
        _check_export(settings, release, _migrate_copy(settings, release, temporary))
    return release


def _check_export(settings: Settings, release: Release, file: Path) -> None:
    if (digest := hash_export(settings, file)) != release.sha256:
        message = (
            f"The file of the release {release.name} was changed: the SHA-256 of its export is "
            f"{digest}, not {release.sha256}."
        )
        raise ReleaseError(message)


def delete_release(settings: Settings, name: str) -> None:
    """Delete a release and its files.

    Raises:
        ReleaseError: no release has this name.
    """
    release = require_release(settings, name)
    write_aside(settings, lambda c: c.execute(sa.delete(RELEASE).where(RELEASE.c.name == name)))
    find_file(settings, name).unlink(missing_ok=True)
    _find_copy(settings, release).unlink(missing_ok=True)


def open_file(settings: Settings, name: str) -> Path:
    """Return a file that holds a release in this version's tables: its own, or a migrated copy.

    Raises:
        ReleaseError: there is no such release, or the copy's export is another than the release's.
        DatabaseError: its file is missing or not a database.
    """
    release = require_release(settings, name)
    copy = _find_copy(settings, release)
    if copy.exists():
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(copy.parent, NEW) as temporary:
        file = _migrate_copy(settings, release, temporary)
        if file.parent != temporary:
            return file
        _check_export(settings, release, file)
        return file.replace(copy)


def _find_copy(settings: Settings, release: Release) -> Path:
    """Return the path of a release's copy at this version's migration, which may not exist."""
    version = f"{release.sha256[:16]}-{find_head(settings)}-{VERSION}"
    return settings.releases_folder / "migrated" / f"{release.name}-{version}.db"


def _migrate_copy(settings: Settings, release: Release, folder: Path) -> Path:
    """Return a release's file if it is at head, else a migrated copy in a folder."""
    path = find_file(settings, release.name)
    check_exists(path)
    inside = at_file(settings, path)
    if read(inside, read_revision) == find_head(settings) and read(inside, read_version) == VERSION:
        return path
    copy = folder / path.name
    shutil.copyfile(path, copy)
    copy.chmod(WRITABLE)
    with migrated(settings, copy):
        return copy
