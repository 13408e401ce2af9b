"""The database: one port, two engines."""

from typing import Any, Protocol

import sqlalchemy as sa

from api.settings import Settings


class Database(Protocol):
    """Answers statements that select one JSON text."""

    dialect: sa.Dialect

    async def fetch(self, statement: "Statement", values: dict[str, Any]) -> bytes:
        """Fetch the answer of a statement under these values.

        Raises:
            Unanswered: there is none in time (TIMEOUT), no connection is free for long
                (OVERLOADED), or the database cannot be reached (UNAVAILABLE).
        """

    async def close(self) -> None:
        """Close every connection."""


class Statement:
    """A statement in a database's own SQL, and how its parameters are ordered.

    `seconds` is how long its last run took, as the engine measures it; None before the first.
    """

    __slots__ = ("constants", "order", "seconds", "sql")

    def __init__(self, select: sa.Select[Any], dialect: sa.Dialect) -> None:
        """Compile once; the text is the same for all values."""
        compiled = select.compile(dialect=dialect)
        self.sql = str(compiled)
        self.order = tuple(compiled.positiontup or ())
        self.constants = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self.seconds: float | None = None

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        """Put the values in the order of the statement's placeholders."""
        return [values[name] if name in values else self.constants[name] for name in self.order]


async def open_database(settings: Settings) -> Database:
    """Open the database that the settings name, migrated to head.

    Raises:
        DatabaseError: it cannot be reached, is too old, or is not at head.
    """
    if (path := settings.sqlite_path) is not None:
        from api.database.sqlite import SQLite

        return SQLite(path, settings.timeout)
    from api.database.postgres import open_postgres

    return await open_postgres(settings)
