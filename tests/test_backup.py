"""Backups: the restored database has the same tables, whichever kind either database is."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.access.register import add_key
from api.access.scopes import KeyScope
from api.backup import INDEX, back_up, restore
from api.check import check_database
from api.database.transactions import write_aside
from api.errors import BackupError
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.history import read_lines_at
from api.releasing import create_release
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, NUMBERS, NewDatabase
from tests.postgres import Postgres
from tests.transactions import read, write


def read_all(settings: Settings) -> dict[str, list[str]]:
    """Read the rows of all tables but those of the search index."""

    def work(connection: sa.Connection) -> dict[str, list[str]]:
        tables = [table for table in m.METADATA.sorted_tables if table not in INDEX]
        return {
            table.name: sorted(
                repr([*map(plain, row)]) for row in connection.execute(table.select())
            )
            for table in tables
        }

    return read(settings, work)


def plain(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def test_a_backup_has_all_tables(
    settings: Settings, engine: str, postgres: Postgres, tmp_path: Path
) -> None:
    """A backup is an SQLite file: it is restored into the other kind of database."""
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    now = datetime.now(UTC)
    write_aside(settings, lambda c: add_key(c, "k", [KeyScope.WRITE], now))
    key = read(settings, lambda connection: connection.scalar(sa.text("SELECT key FROM claim")))
    delete_records([f"claim:{key}"], lambda work: write(settings, work), AT)
    create_release(settings.model_copy(update={"releases": tmp_path / "releases"}), "r")
    path = tmp_path / "backup.db"
    back_up(settings, path)
    assert [file.name for file in tmp_path.glob("*backup*")] == [path.name]
    url = f"sqlite:///{tmp_path}/new/x.db"
    if engine == "sqlite":
        url = postgres.create_database(f"b_{next(NUMBERS)}")
    target = Settings(database_url=url)
    shown: list[str] = []
    assert restore(target, path) == check_database(target, shown.append)
    assert read_all(target) == read_all(settings)
    first, same = (
        read(database, lambda connection: list(read_lines_at(connection, 1)))
        for database in (settings, target)
    )
    assert first == same != []
    summary = import_paths(DOSSIERS, partial(write, target), AT)
    assert (summary.created, summary.updated) == (1, 0)


def test_what_cannot_be_restored_is_said(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "backup.db"
    with pytest.raises(BackupError, match="There is no file"):
        restore(settings, path)
    back_up(settings, path)
    with pytest.raises(BackupError, match="exists already: name another file"):
        back_up(settings, path)
    restore(settings, path)
    import_paths(DOSSIERS[1:2], lambda work: write(settings, work), AT)
    with pytest.raises(BackupError, match="The database is not empty: restore into a new one"):
        restore(settings, path)
    for other in (b"This is no database, however long one looks at it." * 100, b""):
        path.write_bytes(other)
        with pytest.raises(BackupError, match=r"backup\.db is no backup, which"):
            restore(new_migrated(), path)
