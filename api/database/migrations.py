"""Runs migrations, and checks that a database is at the newest one."""

from functools import lru_cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.database.transactions import read, write
from api.errors import DatabaseError
from api.model import SearchVersion
from api.resources import ALEMBIC_INI
from api.settings import Settings
from api.text.version import VERSION

STORED: sa.Table = SearchVersion.__table__  # type: ignore[attr-defined]


def alembic_config(settings: Settings) -> Config:
    """Build Alembic's configuration for the database that the settings name."""
    config = Config(ALEMBIC_INI)
    config.attributes["settings"] = settings
    return config


def migrate(settings: Settings, revision: str = "head") -> tuple[str | None, str | None]:
    """Migrate the database to a revision; return the revisions before and after."""
    config = alembic_config(settings)

    def upgrade(connection: sa.Connection) -> tuple[str | None, str | None]:
        before = read_revision(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        return before, read_revision(connection)

    return write(settings, upgrade, foreign_keys=False)


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


def check_at_head(settings: Settings) -> None:
    """Check that the database is at the newest revision, and has the newest search index.

    Raises:
        DatabaseError: it is not, or cannot be reached.
    """
    head = find_head(settings)
    current = read(settings, read_revision)
    if current != head:
        message = (
            f"The database is at {current or 'no revision'}, not {head}: run `mithaq migrate`."
        )
        raise DatabaseError(message)
    if read(settings, read_version) != VERSION:
        message = "The search index was made by another version of Mithaq: run `mithaq migrate`."
        raise DatabaseError(message)
