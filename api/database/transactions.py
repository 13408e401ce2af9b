"""Writing: one transaction at a time, through SQLAlchemy, on either database."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from api.database.sqlite import load_driver
from api.errors import DatabaseError
from api.settings import Settings

# The lock that migrations and imports take on PostgreSQL: "mithaq" in ASCII.
LOCK = int.from_bytes(b"mithaq", "big")
WAIT_MS = 600_000
Result = TypeVar("Result")
Work = Callable[[sa.Connection], Result]


def write(settings: Settings, work: Work[Result], *, foreign_keys: bool = True) -> Result:
    """Run work in one transaction that no other writer shares; all of it is kept, or nothing.

    SQLite's migrations rebuild tables, which takes foreign keys that are not enforced meanwhile.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    try:
        if (path := settings.sqlite_path) is not None:
            return _write_sqlite(path, work, foreign_keys=foreign_keys)
        return asyncio.run(_write_postgres(settings.database_url, work))
    except (OSError, sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        reason = getattr(error, "orig", error)
        message = f"The database cannot be written: {reason}. Is MITHAQ_DATABASE_URL right?"
        raise DatabaseError(message) from None


def _write_sqlite(path: Path, work: Work[Result], *, foreign_keys: bool) -> Result:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}", module=load_driver())

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says, DDL's too
        for pragma in (
            f"busy_timeout={WAIT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            f"foreign_keys={int(foreign_keys)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def lock(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


async def _write_postgres(url: str, work: Work[Result]) -> Result:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
