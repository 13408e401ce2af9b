"""PostgreSQL, through asyncpg's pool."""

from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from api.database import Statement
from api.errors import DatabaseError
from api.text.words import Query

OLDEST = 15


class Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that only reads: there is nothing to reset between its reads."""

    def get_reset_query(self) -> str:
        """Give no query: the usual one is half of a short read's time."""
        return ""


class Postgres:
    """A pool of read-only connections."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Wrap an open pool."""
        self.dialect: sa.Dialect = dialect.dialect()  # type: ignore[no-untyped-call]
        self.pool = pool

    def adapt(self, value: Any) -> Any:
        """Write a search as text; all else is as asyncpg takes it."""
        return format_query(value) if type(value) is Query else value

    async def fetch(self, statement: Statement, values: list[Any]) -> bytes:
        """Fetch the answer of a statement under these values, one for each placeholder."""
        answer: bytes = await self.pool.fetchval(statement.sql, *values)
        return answer

    def connections(self) -> dict[str, int]:
        """Count the connections by their states."""
        size: int = self.pool.get_size()
        return {"open": size, "used": size - self.pool.get_idle_size()}

    async def close(self) -> None:
        """Close the pool."""
        await self.pool.close()


async def open_postgres(url: str, size: int) -> Postgres:
    """Open a pool of connections, `size` at most.

    Raises:
        DatabaseError: the server cannot be reached, or is too old.
    """
    # Compiling to machine code costs more than these statements, and so does planning them anew.
    # What is asked for often is in memory, where an index costs little more than a scan.
    options = {
        "jit": "off",
        "plan_cache_mode": "force_generic_plan",
        "random_page_cost": "1.1",
        "default_transaction_read_only": "on",
    }
    try:
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=size, server_settings=options, connection_class=Connection
        )
    except (OSError, asyncpg.PostgresError) as error:
        message = f"PostgreSQL cannot be reached: {error}. Is MITHAQ_DATABASE_URL right?"
        raise DatabaseError(message) from None
    version = await pool.fetchval("SELECT current_setting('server_version_num')::int / 10000")
    if version < OLDEST:
        await pool.close()
        message = f"PostgreSQL {version} is too old: Mithaq needs {OLDEST} or newer."
        raise DatabaseError(message)
    return Postgres(pool)


def format_query(query: Query) -> str:
    """Write a search as a tsquery; one without words finds nothing."""
    words = [f"'{word}'" for word in query.words]
    return " & ".join([*words, *(f"'{prefix}':*" for prefix in query.prefixes)])
