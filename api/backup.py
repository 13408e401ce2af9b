"""Backups: a SQLite file with all tables, from a database of either kind and into either kind.

Records alone are in an export too; a backup has their history, API keys and releases besides.
"""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.database.migrations import create_sqlite, migrate, read_revision
from api.database.sqlite import load_driver, write_compact
from api.database.transactions import read, write
from api.errors import BackupError, DatabaseError
from api.intake.batches import analyze
from api.intake.rows import CHUNK, Row, insert_rows, table_of, update_rows
from api.intake.write.rebuild import rebuild
from api.output import naming, temporary_folder, working_folder
from api.releases import at_file
from api.settings import Settings

# The prefix of the folders in which backups are made, in whatever folder the user names.
NEW = ".mithaq-backup-"
KEYS, RECORD, REVISION = map(table_of, (m.ApiKey, m.Record, m.Revision))
# Tables of the search index, which each database makes in its own form.
INDEX = {table_of(model) for model in (m.SearchField, m.SearchRecord, m.SearchVersion)}


def back_up(settings: Settings, path: Path) -> None:
    """Write all tables as they are at this moment to a new SQLite file; others may write meanwhile.

    Raises:
        BackupError: the file exists already.
    """
    if path.exists():
        message = f"{path} exists already: name another file."
        raise BackupError(message)
    with naming(path), temporary_folder(path.parent, NEW) as temporary:
        file = temporary / path.name
        if settings.sqlite_path is not None:
            write_compact(settings.sqlite_path, file)
        else:
            create_sqlite(file)
            _copy(settings, at_file(settings, file))
            _merge_log(file)
        file.replace(path)


def _merge_log(file: Path) -> None:
    """Merge a SQLite file's write-ahead log into it."""
    connection = load_driver().connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def restore(settings: Settings, path: Path) -> int:
    """Write a backup's tables into an empty database, and return the number of records.

    A backup of an older version of Mithaq is migrated on a copy.

    Raises:
        BackupError: the database is not empty, or the file is not there or no backup.
    """
    if not path.is_file():
        message = f"There is no file {path}."
        raise BackupError(message)
    with working_folder() as temporary, naming(temporary):
        file = temporary / "backup.db"
        shutil.copyfile(path, file)
        backup = at_file(settings, file)
        if not _has_tables(backup):
            message = f"{path} is no backup, which `mithaq backup` writes."
            raise BackupError(message)
        migrate(settings)
        migrate(backup)
        _copy(backup, settings)
    query = sa.select(sa.func.count()).select_from(RECORD)
    return read(settings, lambda connection: connection.scalar(query)) or 0


def _has_tables(settings: Settings) -> bool:
    """Return whether a file is a database with Mithaq's tables, of whatever version."""
    try:
        return read(settings, read_revision) is not None
    except DatabaseError:
        return False


def _copy(origin: Settings, target: Settings) -> None:
    """Copy all tables from one database to another in a transaction of each."""

    def work(source: sa.Connection) -> None:
        write(target, lambda connection: _copy_tables(source, connection), foreign_keys=False)

    read(origin, work)


def _copy_tables(source: sa.Connection, target: sa.Connection) -> None:
    for table in (KEYS, REVISION):
        if target.execute(sa.select(table).limit(1)).first():
            message = "The database is not empty: restore into a new one."
            raise BackupError(message)
    tables = [table for table in m.METADATA.sorted_tables if table not in INDEX]
    for table in reversed(tables):  # the migrations have filled countries and languages
        target.execute(sa.delete(table))
    for table in tables:
        _copy_table(table, source, target)
    rebuild(target)
    analyze(target)


def _copy_table(table: sa.Table, source: sa.Connection, target: sa.Connection) -> None:
    """Copy a table's rows; references to rows of the same table follow when all are there."""
    within = [
        column.name
        for column in table.c
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    found = source.execute(sa.select(table), execution_options={"yield_per": CHUNK})
    references: dict[int, Row] = {}
    for partition in found.mappings().partitions():
        rows = [_read_row(row) for row in partition]
        if within:
            references |= {row["id"]: {name: row[name] for name in within} for row in rows}
            rows = [row | dict.fromkeys(within) for row in rows]
        insert_rows(target, table, rows)
    update_rows(target, table, references)


def _read_row(row: Mapping[Any, Any]) -> Row:
    """Return a row with time zones, which SQLite does not store."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
