"""Runs migrations, and checks that a database is at the newest one."""

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.database.failures import NOT_AT_HEAD
from api.database.transactions import read, write
from api.errors import DatabaseError, DatabaseUnavailable
from api.model import Compatibility, SearchVersion
from api.resources import ALEMBIC_INI
from api.settings import Settings
from api.statements import fetch_one
from api.text.version import VERSION

STORED: sa.Table = SearchVersion.__table__  # type: ignore[attr-defined]
CURRENT = sa.select(sa.column("version_num", sa.Text)).select_from(sa.table("alembic_version"))
MIGRATE, INSTALL = "run `mithaq migrate`", "install the version of Mithaq that migrated it"
# The first empty SQLite file that this process made: others are copies, which take no migrations.
EMPTY: list[bytes] = []
NEWER = "Another version of Mithaq has migrated the database: this server only answers queries."


def alembic_config(settings: Settings) -> Config:
    """Build Alembic's configuration for the database that the settings name."""
    config = Config(ALEMBIC_INI)
    config.attributes["settings"] = settings
    return config


def migrate(settings: Settings, revision: str = "head") -> tuple[str | None, str | None]:
    """Migrate the database to a revision; return the revisions before and after.

    Raises:
        DatabaseError: the database is at a revision that this version of Mithaq does not have.
    """
    config = alembic_config(settings)

    def upgrade(connection: sa.Connection) -> tuple[str | None, str | None]:
        before = read_revision(connection)
        if before is not None and before not in list_revisions(settings):
            raise DatabaseError(_describe(before, find_head(settings), INSTALL))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        return before, read_revision(connection)

    return write(settings, upgrade, foreign_keys=False)


def create_sqlite(path: Path) -> None:
    """Make a SQLite file at the newest revision, without records."""
    if EMPTY:
        path.write_bytes(EMPTY[0])
    else:
        migrate(Settings(database_url=f"sqlite:///{path}"))
        EMPTY.append(path.read_bytes())


def read_revision(connection: sa.Connection) -> str | None:
    """Return a database's current migration; None if it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def read_version(connection: sa.Connection) -> int | None:
    """Return the version of the search index; None if it has not been built yet."""
    version: int | None = connection.scalar(sa.select(STORED.c.version))
    return version


@lru_cache
def find_head(settings: Settings) -> str:
    """Return the newest migration."""
    head = ScriptDirectory.from_config(alembic_config(settings)).get_current_head()
    assert head is not None
    return head


def list_revisions(settings: Settings) -> set[str]:
    """List the migrations that this version of Mithaq has."""
    scripts = ScriptDirectory.from_config(alembic_config(settings))
    return {script.revision for script in scripts.walk_revisions()}


def can_read(head: str, revision: str | None, oldest_reader: str | None) -> bool:
    """Return whether servers of the version whose newest migration is `head` can read a database.

    `revision` is the database's migration. If it is newer than `head`, it can be read where the
    migrations since only add, which `oldest_reader` tells; it may not be written.
    """
    if revision is None or revision <= head:
        return revision == head
    return oldest_reader is not None and oldest_reader <= head


def read_oldest_reader(connection: sa.Connection) -> str | None:
    """Return the oldest migration whose servers can read a database."""
    revision: str | None = connection.scalar(sa.select(Compatibility.oldest_reader))  # type: ignore[call-overload]
    return revision


def check_writable(connection: sa.Connection, head: str) -> None:
    """Check, under the writers' lock, that a server whose newest migration is `head` may write.

    Raises:
        DatabaseUnavailable: the database has been migrated since the server started.
    """
    if fetch_one(connection, CURRENT) != head:
        raise DatabaseUnavailable(NOT_AT_HEAD, NEWER)


def check_at_head(settings: Settings, *, reads_only: bool = False) -> None:
    """Check that the database is at the newest revision, and has the newest search index.

    With `reads_only` it may be at a newer one that this version can read.

    Raises:
        DatabaseError: it is not, or cannot be reached.
    """
    head = find_head(settings)
    current = read(settings, read_revision)
    newer = current is not None and current > head
    if current != head:
        readers = read(settings, read_oldest_reader) if reads_only and newer else None
        if not can_read(head, current, readers):
            raise DatabaseError(_describe(current, head, INSTALL if newer else MIGRATE))
    if read(settings, read_version) != VERSION:
        message = f"The search index was made by another version of Mithaq: {MIGRATE}."
        raise DatabaseError(message)


def _describe(current: str | None, head: str, remedy: str) -> str:
    return f"The database is at {current or 'no revision'}, not {head}: {remedy}."
