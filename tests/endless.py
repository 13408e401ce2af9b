"""Statements that end only when they are ended, and what waits until something is so."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import sqlalchemy as sa

from api.database import CompiledQuery, Database
from api.settings import Settings
from tests.wrapping import Wrapped

PATIENCE = 30  # a bound that no test comes near, where it passes


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not await check():  # noqa: ASYNC110 — databases have no event to wait for
            await asyncio.sleep(0.01)


def endless(engine: str, dialect: sa.Dialect) -> CompiledQuery:
    """Make a statement that never ends by itself."""
    if engine == "postgresql":
        return CompiledQuery(sa.select(sa.func.pg_sleep(1_000_000)), dialect)
    numbers = sa.select(sa.literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.i))
    return CompiledQuery(sa.select(sa.func.count()).select_from(numbers), dialect)


def quick(engine: str, dialect: sa.Dialect) -> CompiledQuery:
    """Make a statement that is known to take no time."""
    made = "convert_to('1', 'UTF8')" if engine == "postgresql" else "'1'"
    statement = CompiledQuery(sa.select(sa.text(made)), dialect)
    statement.seconds = 0.0
    return statement


async def ask(database: Database, statement: CompiledQuery) -> bytes:
    """Fetch the answer of a statement that has no parameters."""
    return await database.fetch(statement, statement.alone())


class Endless(Wrapped):
    """A database that is asked something endless, whatever it is asked."""

    def __init__(self, database: Database, engine: str) -> None:
        super().__init__(database)
        self.statement = endless(engine, database.dialect)

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        del statement, values, revision
        return await ask(self.database, self.statement)


class Activity:
    """How many endless statements a database runs now, as the database itself tells."""

    def __init__(self, database: Any, settings: Settings) -> None:
        self.database, self.settings = database, settings

    async def count(self) -> int:
        if self.settings.sqlite_path is not None:
            return len(self.database.readers.busy)
        connection = await asyncpg.connect(self.settings.database_url)
        try:
            return int(await connection.fetchval(RUNNING))
        finally:
            await connection.close()

    async def has(self, number: int) -> None:
        """Wait until it runs so many."""

        async def so() -> bool:
            return await self.count() == number

        await until(so)


RUNNING = """SELECT count(*) FROM pg_stat_activity WHERE state = 'active'
AND datname = current_database() AND query LIKE 'SELECT pg_sleep%'"""
