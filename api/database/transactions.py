"""Work in one transaction through SQLAlchemy, on either database; writers take turns."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from asyncpg import PostgresError
from sqlalchemy.ext.asyncio import create_async_engine

from api.database.sqlite import check_exists, load_driver
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
    with _told("written"):
        if (path := settings.sqlite_path) is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            pragmas = (
                "journal_mode=WAL",
                "synchronous=NORMAL",
                f"foreign_keys={int(foreign_keys)}",
            )
            return _run_sqlite(path, work, "BEGIN IMMEDIATE", pragmas)
        return asyncio.run(_run_postgres(settings.database_url, work, locked=True))


def read(settings: Settings, work: Work[Result]) -> Result:
    """Run work that only reads, and waits for no writer.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    with _told("read"):
        if (path := settings.sqlite_path) is not None:
            check_exists(path)
            return _run_sqlite(path, work, "BEGIN", ("query_only=1",))
        return asyncio.run(_run_postgres(settings.database_url, work, locked=False))


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sa.exc.OperationalError, sa.exc.InterfaceError, PostgresError) as error:
        reason = getattr(error, "orig", error)
        message = f"The database cannot be {what}: {reason}. Is MITHAQ_DATABASE_URL right?"
        raise DatabaseError(message) from None


def _run_sqlite(path: Path, work: Work[Result], begin: str, pragmas: Iterable[str]) -> Result:
    engine = sa.create_engine(f"sqlite:///{path}", module=load_driver())

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says, DDL's too
        for pragma in (f"busy_timeout={WAIT_MS}", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


async def _run_postgres(url: str, work: Work[Result], *, locked: bool) -> Result:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.begin() as connection:
            if locked:
                await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
