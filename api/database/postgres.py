"""The database interface on PostgreSQL, with asyncpg."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from api.database import CompiledQuery, OneServer
from api.database.connections import Connections
from api.database.failures import is_undefined, not_at_head, timed_out, unavailable
from api.database.hosts import REFUSALS, connect
from api.errors import DatabaseError
from api.fair_semaphore import FairSemaphore, overloaded
from api.model.records import REVISION_CHANNEL
from api.settings import Settings
from api.text.words import Query

OLDEST, VERSION = 15, "SELECT current_setting('server_version_num')::int / 10000"
QUICK = 0.1  # seconds
GROWTH = 4
CONNECT = 5.0
# Seconds after which a commit is noticed without its notification: a proxy may drop the connection.
POLL = 2.0
# Seconds beyond the statement timeout, which the server enforces, until the client gives up.
GRACE = 2.0
# One connection in this many is reserved for statements that were quick in their last run.
SHARE = 5
PASSING = (
    OSError,  # a TimeoutError is one, too
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,  # see `api.database.hosts`
    asyncpg.OperatorInterventionError,
    asyncpg.SerializationError,  # the replay of a commit removed rows that a replica was reading
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


class Postgres(OneServer):
    """A pool of read-only connections; slow statements may use only part of it."""

    def __init__(
        self, pool: asyncpg.Pool, settings: Settings, connect: Callable[[], Awaitable[Any]]
    ) -> None:
        """Wrap an open pool, whose server ends statements that take too long.

        `connect` opens a connection outside the pool, for notifications.
        """
        self.dialect: sa.Dialect = dialect.dialect()  # type: ignore[no-untyped-call]
        self.pool, self.settings, self.timeout = Connections(pool), settings, settings.timeout
        size = pool.get_max_size()
        self.slots = FairSemaphore(size)
        self.slow_slots = FairSemaphore(size - size // SHARE)
        self.trials = FairSemaphore(1)
        self.connect = connect
        self.listener: Any = None
        self.written = asyncio.Event()

    def adapt(self, value: Any) -> Any:
        """Convert a search into text; asyncpg takes all other values as they are."""
        return format_query(value) if type(value) is Query else value

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        """Fetch the answer of a statement under these values; every revision is there."""
        del revision
        try:
            if statement.seconds is None and self.slow_slots.would_block():
                await self._try(statement, values)
            if statement.seconds is not None and statement.seconds < QUICK:
                return await self._fetch(statement, values)
            await self.slow_slots.acquire()
            try:
                return await self._fetch(statement, values)
            finally:
                self.slow_slots.release()
        except REFUSALS as error:
            raise explain(error, self.timeout) from None

    async def _try(self, statement: CompiledQuery, values: list[Any]) -> None:
        """Run a statement for at most QUICK seconds, to measure whether it is quick."""
        await self.trials.acquire()
        try:
            with suppress(TimeoutError):
                await self._fetch(statement, values, QUICK)
        finally:
            self.trials.release()

    async def _fetch(
        self, statement: CompiledQuery, values: list[Any], most: float | None = None
    ) -> bytes:
        await self.slots.acquire()
        start = perf_counter()
        try:
            return await self.pool.fetch(statement, values, most)
        finally:
            note_seconds(statement, perf_counter() - start)
            self.slots.release()

    def read_version(self) -> None:
        """Return None: PostgreSQL tells its newest revision only by a statement."""

    async def wait_for_write(self) -> None:
        """Return at the notification of a new revision, or after POLL seconds."""
        try:
            await self._listen()
        except REFUSALS as error:
            raise explain(error, self.timeout) from None
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await self.written.wait()
        self.written.clear()

    async def _listen(self) -> None:
        """Open the connection that receives notifications, unless it is open."""
        if self.listener is None or self.listener.is_closed():
            self.listener = await self.connect()
            self.listener.add_termination_listener(self._note_write)
            await self.listener.add_listener(REVISION_CHANNEL, self._note_write)
            self.written.set()  # others may have written before

    def _note_write(self, *_: object) -> None:
        self.written.set()

    def connections(self) -> dict[str, int]:
        """Count the connections by their states, and the statements that wait for one."""
        size, used = self.pool.count()
        waiting = sum(slots.waiting for slots in (self.slots, self.slow_slots, self.trials))
        return {"open": size, "used": used, "waiting": waiting}

    def abort(self) -> None:
        """Drop all connections, whose server does not respond; running statements fail at once."""
        if self.listener is not None:
            self.listener.terminate()
        self.pool.abort()

    async def close(self) -> None:
        """Close the pool, and the connection that receives notifications."""
        if self.listener is not None:
            await self.listener.close()
        await self.pool.close()


def note_seconds(statement: CompiledQuery, seconds: float) -> None:
    """Record a run's duration; one slow run does not mark a fast statement as slow."""
    known = statement.seconds
    statement.seconds = seconds if known is None else min(seconds, GROWTH * known)


def explain(error: Exception, timeout: float) -> Exception:
    """Translate an asyncpg error into a client-facing error; re-raise programming errors."""
    match error:
        case asyncpg.QueryCanceledError():
            return timed_out(timeout)
        case asyncpg.TooManyConnectionsError():
            return overloaded()
        case _ if is_undefined(error):
            return not_at_head(error)
        case ValueError():  # also an InterfaceError, but caused by a wrong value of a parameter
            return error
        case _:
            return unavailable(error) if isinstance(error, PASSING) else error


async def open_postgres(settings: Settings) -> Postgres:
    """Open a pool of connections to the database that the settings name.

    Raises:
        DatabaseError: the server cannot be reached, or is too old.
    """
    try:
        postgres = await build_postgres(settings, min_size=1)
        version = await postgres.pool.pool.fetchval(VERSION)
    except REFUSALS as error:
        message = f"PostgreSQL cannot be reached: {error}. Is MITHAQ_DATABASE_URL right?"
        raise DatabaseError(message) from None
    if version < OLDEST:
        await postgres.close()
        message = f"PostgreSQL {version} is too old: Mithaq needs {OLDEST} or newer."
        raise DatabaseError(message)
    return postgres


async def build_postgres(settings: Settings, min_size: int) -> Postgres:
    """Return a pool of connections, of which `min_size` are opened now."""
    # JIT compilation costs more than these statements, and so does planning each run anew.
    # Frequently read pages are in memory, where random access costs little more than a scan.
    options = {
        "jit": "off",
        "plan_cache_mode": "force_generic_plan",
        "random_page_cost": "1.1",
        "default_transaction_read_only": "on",
        "statement_timeout": f"{settings.timeout * 1000:.0f}",
    }
    pool = await asyncpg.create_pool(
        settings.database_url,
        connect=connect,
        min_size=min_size,
        max_size=settings.pool_size,
        timeout=CONNECT,
        command_timeout=settings.timeout + GRACE,
        server_settings=options,
    )
    return Postgres(pool, settings, partial(connect, settings.database_url, timeout=CONNECT))


def format_query(query: Query) -> str:
    """Return a search as a tsquery; a search without words matches nothing."""
    words = [f"'{word}'" for word in query.tokens]
    prefixes = [f"'{prefix}':*" for prefix in query.prefixes]
    choices = [f"({' | '.join(map(format_query, choice))})" for choice in query.choices]
    return " & ".join([*words, *prefixes, *choices])
