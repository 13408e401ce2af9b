"""Pooled connections to PostgreSQL for short reads, on top of asyncpg's pool."""

from contextlib import suppress
from time import perf_counter
from typing import Any

import asyncpg

from api.database import CompiledQuery

REST = 300.0  # seconds after which a firewall or proxy may have dropped an idle connection


class Connections:
    """A pool that keeps idle connections itself; only broken ones are released to asyncpg's pool.

    The connections only read, so they need no reset; asyncpg's acquire and release would cost a
    third of a short read.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Start with all connections in asyncpg's pool."""
        self.pool = pool
        self.resting: list[tuple[float, Any]] = []
        self.used: set[Any] = set()

    async def fetch(self, statement: CompiledQuery, values: list[Any], most: float | None) -> bytes:
        """Fetch a statement's answer on a pooled connection, within a time limit in seconds."""
        connection = await self._take()
        self.used.add(connection)
        try:
            answer: bytes = await connection.fetchval(statement.sql, *values, timeout=most)
        except BaseException:
            self.used.discard(connection)
            await self.pool.release(connection)
            raise
        self.used.discard(connection)
        self.resting.append((perf_counter(), connection))
        return answer

    async def _take(self) -> Any:
        """Return the most recently used idle connection, unless it is closed or too old."""
        while self.resting:
            since, connection = self.resting.pop()
            with suppress(asyncpg.InterfaceError):  # the pool has noticed that it is closed
                if perf_counter() - since < REST and not connection.is_closed():
                    return connection
                connection.terminate()
        return await self.pool.acquire()

    def count(self) -> tuple[int, int]:
        """Return the number of open connections, and of those in use."""
        size: int = self.pool.get_size()
        return size, size - self.pool.get_idle_size() - len(self.resting)

    def abort(self) -> None:
        """Drop all connections without waiting for their server; running statements fail."""
        connections = [*self.used, *(connection for _, connection in self.resting)]
        self.resting.clear()
        for connection in connections:
            with suppress(asyncpg.InterfaceError):  # it is closed already
                connection.terminate()

    async def close(self) -> None:
        """Close the connections, when they are no longer in use."""
        for _, connection in self.resting:
            await self.pool.release(connection)
        await self.pool.close()
