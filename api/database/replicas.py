"""The database interface on a primary PostgreSQL server and its streaming replicas.

Each server is asked for its newest revision several times a second, on a connection of its own. A
replica answers reads while it responds in time and is at most `max_lag` revisions behind the newest
that any server has; the one with the fewest outstanding statements is taken, weighted by the time
that its last response took. The primary answers if no replica may. Statements whose server fails
are repeated on another, since they only read.
"""

import asyncio
import logging
from asyncio import sleep
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from api.database import NEWEST, CompiledQuery, ServerState
from api.database.failures import NOT_AT_HEAD, is_undefined
from api.database.hosts import REFUSALS
from api.database.postgres import CONNECT, OLDEST, VERSION, Postgres, build_postgres
from api.errors import DatabaseError, DatabaseUnavailable
from api.fair_semaphore import RETRY_AFTER
from api.settings import Settings
from api.tasks import retrieve_exception

LOG = logging.getLogger(__name__)
INTERVAL = 0.2  # seconds between two checks of a server
NEAR = 0.005  # seconds; servers that respond faster count as equally fast
DEADLINE = 0.5  # seconds after which a server that does not respond is passed over
PATIENCE = 1.0  # seconds that a read waits for a revision that the primary alone had
NEWEST_REVISION = "SELECT coalesce(max(id), 0) FROM revision"
# The errors after which another server is asked: a replica may lack a migration for a moment.
PASSED_OVER = frozenset({"UNAVAILABLE", NOT_AT_HEAD})


class Server:
    """A server, the newest revision that it was seen to have, and its outstanding statements.

    Each statement has a timeout of its own, which expires when the server does not respond.
    """

    def __init__(self, name: str, database: Postgres) -> None:
        """Name a server that is not known to respond yet."""
        self.name, self.database = name, database
        self.connection: Any = None
        self.up = False
        self.revision = 0
        self.reads, self.seconds = 0, NEAR
        self.outstanding: set[asyncio.Timeout] = set()
        self.error: Exception | None = None

    async def check(self) -> None:
        """Ask for the newest revision; without an answer in time, running statements are ended."""
        known = self.up = self.up and not self.connection.is_closed()
        seconds, start = DEADLINE if known else CONNECT, perf_counter()
        asking = asyncio.create_task(self._ask())
        asking.add_done_callback(retrieve_exception)
        try:
            # A response that arrived while the event loop was blocked counts, unlike in a timeout.
            if not (await asyncio.wait([asking], timeout=seconds))[0]:
                message = f"no response within {seconds:g} seconds"
                raise TimeoutError(message)
            revision = asking.result()
        except (*REFUSALS, DatabaseError) as error:
            self._fail(error)
            return
        finally:
            asking.cancel()
        self.up, self.revision, self.error = True, revision, None
        if known:
            self.seconds = max(NEAR, perf_counter() - start)

    async def _ask(self) -> int:
        if self.connection is None or self.connection.is_closed():
            self.connection = await self.database.connect()
            if (version := await self.connection.fetchval(VERSION)) < OLDEST:
                message = f"PostgreSQL {version} is too old: Mithaq needs {OLDEST} or newer."
                raise DatabaseError(message)
        revision: int = await self.connection.fetchval(NEWEST_REVISION)
        return revision

    def _fail(self, error: Exception) -> None:
        if self.error is None:
            LOG.warning("The %s cannot be reached; other servers are read: %r", self.name, error)
        self.up, self.error = False, error
        self.abort()
        self.database.abort()
        now = asyncio.get_running_loop().time()
        for timeout in self.outstanding:  # those that wait for a connection, too
            timeout.reschedule(now)

    async def fetch(self, statement: CompiledQuery, values: list[Any]) -> bytes:
        """Fetch the answer of a statement.

        Raises:
            TimeoutError: the server does not respond.
            DatabaseUnavailable: the server does not answer the statement.
        """
        self.reads += 1
        async with asyncio.timeout(None) as timeout:
            self.outstanding.add(timeout)
            try:
                return await self.database.fetch(statement, values)
            finally:
                self.outstanding.remove(timeout)

    def abort(self) -> None:
        """Drop the connection of the checks."""
        if self.connection is not None:
            self.connection.terminate()
            self.connection = None


class Replicated:
    """A primary server and its replicas, each with a pool of connections."""

    def __init__(self, primary: Server, replicas: list[Server], settings: Settings) -> None:
        """Read from servers that are not checked yet."""
        self.settings, self.max_lag = settings, settings.max_lag
        self.primary, self.replicas = primary, deque(replicas)
        self.servers = [primary, *replicas]
        self.dialect: sa.Dialect = primary.database.dialect
        self.adapt = primary.database.adapt
        self.read_version = primary.database.read_version
        self.wait_for_write = primary.database.wait_for_write
        self.checked = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Check all servers, then again and again until they are closed.

        Raises:
            DatabaseError: none can be reached.
        """
        await asyncio.gather(*(server.check() for server in self.servers))
        if not any(server.up for server in self.servers):
            await self.close()
            reason = self.primary.error
            hint = "Is MITHAQ_DATABASE_URL right?"
            if reason is not None and is_undefined(reason):
                hint = "Its tables are not those of this version: run `mithaq migrate`."
            message = f"The primary PostgreSQL server cannot be read: {reason}. {hint}"
            raise DatabaseError(message)
        self.tasks = [asyncio.create_task(self._watch(server)) for server in self.servers]

    async def _watch(self, server: Server) -> None:
        while True:
            await sleep(INTERVAL)
            try:
                await server.check()
            except Exception:
                LOG.exception("The %s cannot be checked.", server.name)
            self.checked.set()
            self.checked.clear()

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        """Fetch the answer of a statement from a server that has a revision."""
        failed: list[Server] = []
        while True:
            server = self._choose(revision, failed) or await self._wait(revision, failed)
            try:
                return await server.fetch(statement, values)
            except TimeoutError:
                failed.append(server)
            except DatabaseUnavailable as error:
                failed.append(server)
                if error.code not in PASSED_OVER or len(failed) == len(self.servers):
                    raise

    def reaches(self, revision: int) -> bool:
        """Return whether a server that responds has a revision."""
        up = (server for server in self.servers if server.up)
        return any(server is self.primary or server.revision >= revision for server in up)

    def find(self, revision: int) -> Settings:
        """Return the settings of a server that has a revision, for reads outside the pools."""
        return (self._choose(revision, []) or self.primary).database.settings

    def _choose(self, revision: int, failed: list[Server]) -> Server | None:
        """Return the server to ask; None if no server that may be asked has the revision."""
        up = [server for server in self.servers if server.up and server not in failed]
        newest = max((server.revision for server in up), default=0)
        if revision == NEWEST:
            if self.primary in up:
                return self.primary
            revision = newest
        least = max(revision, newest - self.max_lag)
        self.replicas.rotate()  # so that idle replicas take turns
        fresh = [one for one in self.replicas if one in up and one.revision >= least]
        if fresh:
            return min(fresh, key=_weigh)
        return self.primary if self.primary in up else None

    async def _wait(self, revision: int, failed: list[Server]) -> Server:
        """Return a server as soon as one has the revision, while the primary cannot be reached.

        Raises:
            DatabaseUnavailable: none had it in time (UNAVAILABLE).
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while any(one.up and one not in failed for one in self.servers):
                    await self.checked.wait()
                    if server := self._choose(revision, failed):
                        return server
        raise unreachable(revision if any(server.up for server in self.servers) else 0)

    def connections(self) -> dict[str, int]:
        """Count the connections to all servers by their states, and the statements that wait."""
        counted = [server.database.connections() for server in self.servers]
        return {state: sum(one[state] for one in counted) for state in counted[0]}

    def states(self) -> Iterator[ServerState]:
        """Yield the state of each server, the primary first."""
        for server in self.servers:
            yield ServerState(server.name, server.up, server.revision, server.reads)

    async def close(self) -> None:
        """Stop the checks, and close every connection."""
        for task in self.tasks:
            task.cancel()
        for server in self.servers:
            server.abort()
            await server.database.close()


def _weigh(server: Server) -> float:
    return (1 + len(server.outstanding)) * server.seconds


def unreachable(revision: int) -> DatabaseUnavailable:
    """Return the error of a read that no server can answer, or none that has a revision."""
    what = f"No server of the database that responds has revision {revision} yet"
    message = what if revision else "No server of the database can be reached now"
    message = f"{message}: ask again in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)


async def open_replicated(settings: Settings) -> Replicated:
    """Open the primary of the settings and its replicas, some of which may be down.

    Raises:
        DatabaseError: no server can be reached.
    """
    urls = [settings.database_url, *settings.read_urls.split()]
    names = ["primary", *(f"replica {number}" for number in range(1, len(urls)))]
    servers = []
    for name, url in zip(names, urls, strict=True):
        own = settings.model_copy(update={"database_url": url})
        servers.append(Server(name, await build_postgres(own, min_size=0)))
    database = Replicated(servers[0], servers[1:], settings)
    await database.open()
    return database
