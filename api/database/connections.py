"""Connections to PostgreSQL for short reads: asyncpg's, and its pool to open and mend them."""

from contextlib import suppress
from time import perf_counter
from typing import Any

import asyncpg

from api.database import CompiledQuery

REST = 300.0  # seconds after which what lies between may have forgotten a connection


class Connections:
    """A pool's connections, of which those that work rest here: only others are given back to it.

    They only read, so there is nothing to reset; and to take one from a pool and give it back is a
    third of what a short read costs.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Begin with all of them in the pool."""
        self.pool = pool
        self.resting: list[tuple[float, Any]] = []

    async def fetch(self, statement: CompiledQuery, values: list[Any], most: float | None) -> bytes:
        """Fetch a statement's answer on a pooled connection, within a time limit in seconds."""
        connection = await self._take()
        try:
            answer: bytes = await connection.fetchval(statement.sql, *values, timeout=most)
        except BaseException:
            await self.pool.release(connection)
            raise
        self.resting.append((perf_counter(), connection))
        return answer

    async def _take(self) -> Any:
        """Return the most recently used idle connection, unless it is closed or too old."""
        while self.resting:
            since, connection = self.resting.pop()
            with suppress(asyncpg.InterfaceError):  # the pool has seen that it is closed
                if perf_counter() - since < REST and not connection.is_closed():
                    return connection
                connection.terminate()
        return await self.pool.acquire()

    def count(self) -> tuple[int, int]:
        """Count those that are open, and those of them that are in use."""
        size: int = self.pool.get_size()
        return size, size - self.pool.get_idle_size() - len(self.resting)

    async def close(self) -> None:
        """Close them, when they are no longer in use."""
        for _, connection in self.resting:
            await self.pool.release(connection)
        await self.pool.close()
