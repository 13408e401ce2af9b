"""Transactions through SQLAlchemy, on either database; there is one writer at a time."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from struct import Struct
from time import monotonic, sleep
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from api.database.failures import find_obstacle, is_undefined, timed_out, was_cancelled
from api.database.hosts import connect as connect_to_hosts
from api.database.sqlite import MAPPED, STEPS, check_exists, load_driver
from api.errors import DatabaseError
from api.output import REMEDIES
from api.settings import Settings
from api.statements import get_driver, run_sql, run_together, send_waiting

# The lock that migrations and imports take on PostgreSQL: "mithaq" in ASCII.
LOCK = int.from_bytes(b"mithaq", "big")
# The first statement of a transaction on PostgreSQL.
LOCKING = f"SELECT pg_advisory_xact_lock({LOCK})"
WRITING = "SET TRANSACTION READ WRITE"
READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
WAIT = 600.0  # seconds
CONNECT = 1.0  # least seconds to wait for a connection
PLANNED_ONCE = {"plan_cache_mode": "force_generic_plan"}
RETRY = 0.01  # seconds between attempts, where SQLite returns SQLITE_BUSY without waiting
# The errors of a wrong URL: no server at the address, an unknown database, user or parameter.
MISDIRECTED = (
    OSError,
    OverflowError,  # a port beyond the last
    asyncpg.ClientConfigurationError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
# Errors of our own SQL; all other errors of a database become a message.
OURS = (
    sa.exc.IntegrityError,
    sa.exc.ProgrammingError,
    sa.exc.NotSupportedError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.SyntaxOrAccessError,
    asyncpg.DataError,
)
NO_DATABASE = ("SQLITE_CANTOPEN", "SQLITE_NOTADB")
# PostgreSQL counts days from 1 January 2000, in four bytes.
DAYS, FIRST_DAY = Struct("!i"), date(2000, 1, 1).toordinal()
Result = TypeVar("Result")
Work = Callable[[sa.Connection], Result]
NewLoop = Callable[[], asyncio.AbstractEventLoop]


class Run(Protocol):
    """Runs work in a transaction of its own, committed or rolled back as a whole."""

    def __call__(self, work: Work[Result], /) -> Result:
        """Run the work in a transaction, and return its result."""


def write_aside(settings: Settings, work: Work[Result], wait: float = WAIT) -> Result:
    """Run work on tables that imports do not write; only on SQLite it waits for imports.

    Raises:
        DatabaseError: the database cannot be reached, or others write to it for too long.
    """
    if (path := settings.sqlite_path) is not None:
        check_exists(path)
        with _open_sqlite(path, ("synchronous=NORMAL",), wait) as run:
            return run(work)
    limits = {"timeout": max(wait, CONNECT), "server_settings": _limit_wait(wait)}
    with _open_postgres(settings.database_url, "written", WRITING, limits) as run:
        return run(work)


def write(settings: Settings, work: Work[Result], *, foreign_keys: bool = True) -> Result:
    """Run work in one transaction under the writers' lock, committed or rolled back as a whole.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    with writing(settings, foreign_keys=foreign_keys) as run:
        return run(work)


@contextmanager
def writing(
    settings: Settings,
    *,
    foreign_keys: bool = True,
    durable: bool = False,
    wait: float = WAIT,
    response: float | None = None,
) -> Iterator[Run]:
    """Yield what runs transactions on one connection; the writers' lock is released between them.

    A transaction waits for the lock for `wait` seconds. PostgreSQL has to respond to each statement
    within `response` seconds, if they are given: a server that is lost says nothing. Transactions
    with this limit are short, so that PostgreSQL plans each statement only once, and run by uvloop,
    which takes less of the processor. With `durable`, SQLite's transactions survive power loss too,
    as PostgreSQL's always do. SQLite's migrations rebuild tables, for which the enforcement of
    foreign keys is off.
    """
    if (path := settings.sqlite_path) is None:
        server, loop = _limit_wait(wait), None
        if response is not None:
            server, loop = server | PLANNED_ONCE, _find_event_loop()
        limits = {"server_settings": server, "command_timeout": response}
        with _open_postgres(settings.database_url, "written", LOCKING, limits, loop) as run:
            yield run
        return
    pragmas = (
        f"synchronous={'FULL' if durable else 'NORMAL'}",
        "cache_size=-65536",
        f"foreign_keys={int(foreign_keys)}",
    )
    with _open_sqlite(path, pragmas, wait) as run:
        yield run


def read(settings: Settings, work: Work[Result], *, mapped: bool = False) -> Result:
    """Run work in a read-only transaction that sees one state, without waiting for writers.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    with reading(settings, mapped=mapped) as run:
        return run(work)


@contextmanager
def reading(settings: Settings, *, mapped: bool = False) -> Iterator[Run]:
    """Yield what runs read-only transactions on one connection, each of which sees one state.

    If `mapped`, SQLite reads its file from mapped memory. That takes an export of 100,000 meetings
    from 4.6 s to 3.4, but the kernel counts the pages that were read as the process's memory.
    """
    if (path := settings.sqlite_path) is None:
        with _open_postgres(settings.database_url, "read", READING) as run:
            yield run
        return
    check_exists(path)
    pragmas = ("query_only=1", *([f"mmap_size={MAPPED}"] if mapped else []))
    with _open_sqlite(path, pragmas, writes=False) as run:
        yield run


@contextmanager
def limit_time(
    connection: sa.Connection, seconds: float, *, whole: bool = True
) -> Iterator[Callable[[], object] | None]:
    """Have the database end what takes longer, and yield what interrupts SQLite from any thread.

    PostgreSQL ends each step that takes longer, and SQLite all of them together, if the `whole` is
    limited.

    Raises:
        DatabaseUnavailable: it took longer, or was interrupted.
    """
    interrupt = None
    if connection.dialect.name == "postgresql":
        run_sql(connection, f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
    else:
        driver = get_driver(connection)
        interrupt = driver.interrupt
        if whole:
            end = monotonic() + seconds
            driver.set_progress_handler(lambda: monotonic() > end, STEPS)
    try:
        yield interrupt
    except Exception as error:
        if was_cancelled(error):
            raise timed_out(seconds) from None
        raise


def _find_event_loop() -> NewLoop | None:
    """Return what makes event loops of uvloop; None if it is not installed, as on Windows."""
    try:
        from uvloop import new_event_loop
    except ModuleNotFoundError:
        return None
    return new_event_loop


def _limit_wait(seconds: float) -> dict[str, str]:
    """Return PostgreSQL's setting of how long a statement waits for a lock."""
    return {"lock_timeout": str(int(seconds * 1000))}


@contextmanager
def _told(what: str, driver: Any = sa.exc, name: str = "") -> Iterator[None]:
    """Raise a DatabaseError for the errors of a database, of SQLAlchemy's or a driver's types."""
    try:
        yield
    except (
        *MISDIRECTED,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        sa.exc.DBAPIError,
        driver.DatabaseError,
    ) as error:
        reason = getattr(error, "orig", error)
        cause = reason.__cause__ or reason
        if isinstance(error, OSError) and error.errno in REMEDIES:  # of a file that the work writes
            raise
        obstacle, hint = find_obstacle(cause), ""
        if isinstance(cause, MISDIRECTED) or _name_error(reason) in NO_DATABASE:
            hint = " Is MITHAQ_DATABASE_URL right?"
        elif is_undefined(cause):
            hint = " Its tables are not those of this version: run `mithaq migrate`."
        elif isinstance(error, (*OURS, driver.IntegrityError, driver.ProgrammingError)):
            raise
        elif obstacle is not None:
            hint = f" {obstacle.remedy}"
        text, _, _ = str(cause).partition("\n")
        message = f"The database{name} cannot be {what}: {text.rstrip('.')}.{hint}"
        raise DatabaseError(message, obstacle.reason if obstacle else "") from None


def _name_error(error: Any) -> str:
    """Return SQLite's name of an error, without the details that may follow it."""
    name: str = getattr(error, "sqlite_errorname", "")
    return "_".join(name.split("_")[:2])


def _use_wal(connection: Any, wait: float) -> None:
    """Have SQLite keep a write-ahead log.

    Where another connection does the same at this moment, SQLite refuses at once, whatever its
    busy timeout, so it is asked again.
    """
    end = monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except Exception as error:
            if _name_error(error) != "SQLITE_BUSY" or monotonic() > end:
                raise
            sleep(RETRY)
        else:
            return


@contextmanager
def _open_sqlite(
    path: Path, pragmas: Iterable[str], wait: float = WAIT, *, writes: bool = True
) -> Iterator[Run]:
    what, begin = ("written", "BEGIN IMMEDIATE") if writes else ("read", "BEGIN")
    driver = load_driver()
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), module=driver)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says, DDL's too
        connection.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
        if writes:
            _use_wal(connection, wait)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        get_driver(connection).execute(begin)

    with ExitStack() as stack:
        stack.callback(engine.dispose)

        @cache
        def connect() -> sa.Connection:
            path.parent.mkdir(parents=True, exist_ok=True)
            return stack.enter_context(engine.connect())

        def run(work: Work[Result], /) -> Result:
            with _told(what, driver, f" {path}"):
                connection = connect()
                with connection.begin():
                    return work(connection)

        yield run


async def _connect(url: str, limits: Mapping[str, Any]) -> Any:
    """Connect, with a codec for dates: asyncpg maps date.min and date.max to infinity."""
    connection = await connect_to_hosts(url, **limits)
    await connection.set_type_codec(
        "date",
        schema="pg_catalog",
        format="binary",
        encoder=lambda day: DAYS.pack(day.toordinal() - FIRST_DAY),
        decoder=lambda data: date.fromordinal(DAYS.unpack(data)[0] + FIRST_DAY),
    )
    return connection


@contextmanager
def _open_postgres(
    url: str,
    what: str,
    first: str,
    limits: Mapping[str, Any] = MappingProxyType({}),
    loop: NewLoop | None = None,
) -> Iterator[Run]:
    # asyncpg reads the URL here too, as it does for who serves: SQLAlchemy has other parameters.
    creator = partial(_connect, url, limits)
    engine = create_async_engine("postgresql+asyncpg://", async_creator=creator)

    @sa.event.listens_for(engine.sync_engine, "before_cursor_execute")
    def send(connection: sa.Connection, *_: object) -> None:
        send_waiting(connection)

    async def begin(work: Work[Result]) -> Result:
        async with engine.begin() as connection:
            # Before it SQLAlchemy has sent no BEGIN, which what the driver runs by itself needs.
            await connection.exec_driver_sql(first)
            return await connection.run_sync(partial(run_together, work))

    with asyncio.Runner(loop_factory=loop) as runner:

        def run(work: Work[Result], /) -> Result:
            with _told(what):
                return runner.run(begin(work))

        try:
            yield run
        finally:
            runner.run(engine.dispose())
