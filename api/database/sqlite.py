"""SQLite: short reads run in the event loop, where they cost less than a thread's switch."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from api.database import Statement
from api.errors import DatabaseError
from api.text.words import Query

# Older versions overflow their parser's stack on nested statements.
OLDEST = (3, 46)


def load_driver() -> ModuleType:
    """Load the SQLite that comes with the project, or the standard library's where it is new.

    One library per process: two break each other's file locks.
    """
    try:
        import pysqlite3 as driver
    except ModuleNotFoundError:
        import sqlite3 as driver
    if driver.sqlite_version_info < OLDEST:
        message = (
            f"SQLite {driver.sqlite_version} is too old: Mithaq needs 3.46 or newer. "
            "Install the package pysqlite3, or a Python that has a newer SQLite."
        )
        raise DatabaseError(message)
    return cast("ModuleType", driver)


def check_exists(path: Path) -> None:
    """Check that there is a database to read.

    Raises:
        DatabaseError: there is none.
    """
    if not path.exists():
        message = f"There is no database {path}: run `mithaq migrate` first."
        raise DatabaseError(message)


class SQLite:
    """One read-only connection."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        check_exists(path)
        self.dialect: sa.Dialect = sqlite.dialect(paramstyle="qmark")
        self.connection = load_driver().connect(
            f"file:{path.resolve()}?mode=ro", uri=True, cached_statements=512
        )
        self.connection.text_factory = bytes
        for pragma in ("mmap_size=2147418112", "cache_size=-65536", "busy_timeout=5000"):
            self.connection.execute(f"PRAGMA {pragma}")

    def adapt(self, value: Any) -> Any:
        """Write as text what SQLite has no type for."""
        return ADAPTED[type(value)](value) if type(value) in ADAPTED else value

    async def fetch(self, statement: Statement, values: list[Any]) -> bytes:
        """Fetch the answer of a statement under these values, one for each placeholder."""
        cursor = self.connection.execute(statement.sql, values)
        answer: bytes = cursor.fetchone()[0]
        return answer

    def connections(self) -> dict[str, int]:
        """Count the connections by their states: a read that lets others be counted uses none."""
        return {"open": 1, "used": 0}

    async def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def format_match(query: Query) -> str:
    """Write a search in the language of FTS5; one without words finds nothing."""
    words = [f'"{word}"' for word in query.words]
    return " AND ".join([*words, *(f'"{prefix}" *' for prefix in query.prefixes)]) or NOTHING


NOTHING = '"\x1f"'  # no token has this character
ADAPTED: dict[type, Callable[[Any], str]] = {
    Query: format_match,
    list: lambda items: orjson.dumps(items).decode(),
    datetime: lambda moment: f"{moment:%Y-%m-%d %H:%M:%S.%f}",
}
