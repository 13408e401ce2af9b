"""The database interface of the server, implemented for SQLite and PostgreSQL."""

import sys
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from api.settings import Settings

# Asks for the newest revision that there is: the primary's, while it responds.
NEWEST = sys.maxsize


class ServerState(NamedTuple):
    """A server of a database with replicas: whether it responds, and what it was asked."""

    name: str
    up: bool
    revision: int  # the newest that it was seen to have
    reads: int


class Database(Protocol):
    """Answers statements that select one JSON text."""

    dialect: sa.Dialect
    settings: Settings  # those that it was opened by

    def adapt(self, value: Any) -> Any:
        """Convert a value for the driver."""

    async def fetch(
        self, statement: "CompiledQuery", values: list[Any], revision: int = 0
    ) -> bytes:
        """Fetch the answer of a statement under these values, one for each placeholder.

        The answer is of a state that contains the revision, or of the primary server's.

        Raises:
            DatabaseUnavailable: the answer takes too long (TIMEOUT), no connection becomes free
                in time (OVERLOADED), the database cannot be reached (UNAVAILABLE), or it
                lacks a table or column (DATABASE_NOT_AT_HEAD).
        """

    def read_version(self) -> int | None:
        """Return a number that differs after each commit; None if that takes a round trip.

        Raises:
            DatabaseUnavailable: the database cannot be read.
        """

    async def wait_for_write(self) -> None:
        """Return when others may have committed since the last call returned; one caller at a time.

        Raises:
            DatabaseUnavailable: the database cannot be reached.
        """

    def reaches(self, revision: int) -> bool:
        """Return whether answers that contain a revision can be had now."""

    def find(self, revision: int) -> Settings:
        """Return settings by which other connections read a state that contains a revision."""

    def states(self) -> Iterable[ServerState]:
        """Return the servers, if there are replicas."""

    def connections(self) -> Mapping[str, int]:
        """Return the numbers of connections `open` and `used`, and of `waiting` statements."""

    async def close(self) -> None:
        """Close every connection."""


class OneServer:
    """A database of one server, which has every revision."""

    settings: Settings

    def reaches(self, revision: int) -> bool:
        """Return true."""
        del revision
        return True

    def find(self, revision: int) -> Settings:
        """Return the server's settings."""
        del revision
        return self.settings

    def states(self) -> Iterable[ServerState]:
        """Return none: the server has no state that statements do not tell."""
        return ()


class CompiledQuery:
    """A statement in a database's own SQL, and the parameters that its placeholders stand for.

    `seconds` is how long its last run took, as the engine measures it; None before the first.
    """

    __slots__ = ("constants", "order", "seconds", "sql")

    def __init__(self, select: sa.Select[Any], dialect: sa.Dialect) -> None:
        """Compile the statement once, for all values of its parameters."""
        compiled = select.compile(dialect=dialect)
        self.sql = str(compiled)
        self.order = tuple(compiled.positiontup or ())
        self.constants = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self.seconds: float | None = None

    def only_where(self, comparison: str, dialect: sa.Dialect) -> "CompiledQuery":
        """Build a statement that yields this one's answer if a comparison is true, else None.

        The comparison, in SQL, ends with its operator. Its right side is an additional last
        parameter.
        """
        # Produces: SELECT (SELECT (SELECT … AS answer) WHERE coalesce(…) = $3)
        numbered = dialect.paramstyle.startswith("numeric")
        placeholder = f"${len(self.order) + 1}" if numbered else "?"
        only = copy(self)
        only.sql = f"SELECT (SELECT ({self.sql}) WHERE {comparison} {placeholder})"
        only.order = (*self.order, comparison)
        only.seconds = None
        return only

    def alone(self) -> list[Any]:
        """Return the values of a statement without named parameters, one for each placeholder."""
        return [self.constants[name] for name in self.order]


async def open_database(settings: Settings) -> Database:
    """Open the database that the settings name, migrated to head.

    Raises:
        DatabaseError: it cannot be reached, is too old, or is not at head.
    """
    if (path := settings.sqlite_path) is not None:
        from api.database.sqlite import SQLite

        return SQLite(path, settings)
    if settings.read_urls:
        from api.database.replicas import open_replicated

        return await open_replicated(settings)
    from api.database.postgres import open_postgres

    return await open_postgres(settings)
