"""The database interface on SQLite: short reads run on the event loop, without a thread switch.

A statement that takes too long there is interrupted, and runs again in a thread, where it then
always runs. Statements on the event loop run one at a time, with other tasks in between.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from time import thread_time
from types import ModuleType, NoneType
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from api.database import CompiledQuery, OneServer
from api.database.failures import is_undefined, not_at_head, replaced, timed_out, unavailable
from api.database.readers import Readers
from api.errors import DatabaseError
from api.fair_semaphore import FairSemaphore
from api.settings import Settings
from api.text.words import Query

# Older versions overflow their parser's stack on nested statements.
OLDEST = (3, 46)
SHORT, LONG = 0.001, 0.015  # seconds
# Virtual machine steps between two calls of the progress handler: 20,000 take two milliseconds.
STEPS = 20_000
LOCKED = 3.0
MAPPED = 2**31 - 2**16  # bytes of the file that are mapped into memory: the most that SQLite takes
POLL = 0.1  # seconds between two checks for commits of other processes, which take 2 µs
# Transient errors of the environment; all others are programming errors.
PASSING = ("BUSY", "LOCKED", "PROTOCOL", "CANTOPEN", "IOERR", "NOTADB", "CORRUPT", "FULL", "NOMEM")


def load_driver() -> ModuleType:
    """Return the packaged SQLite driver, or the standard library's if its SQLite is new enough.

    A process may load only one SQLite library: two break each other's file locks.
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
    # Before it binds a None or a bool, the driver looks for its adapter, and for methods that would
    # adapt it: 2 µs each, ten times what it takes to call these.
    driver.register_adapter(NoneType, {}.get)
    driver.register_adapter(bool, int)
    return cast("ModuleType", driver)


def identify_file(path: Path | None) -> tuple[int, int] | None:
    """Return the device and inode of the file at a path; None if there is no file."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return found and (found.st_dev, found.st_ino)


def check_exists(path: Path) -> None:
    """Check that the database file exists.

    Raises:
        DatabaseError: the file does not exist.
    """
    if not path.exists():
        message = (
            f"There is no database {path.absolute()}: `mithaq migrate` creates it, and "
            "MITHAQ_DATABASE_URL names another."
        )
        raise DatabaseError(message)


def connect(path: Path, statements: int) -> Any:
    """Open a read-only connection with a statement cache of this size."""
    connection = load_driver().connect(
        f"{path.resolve().as_uri()}?mode=ro",
        uri=True,
        timeout=LOCKED,
        cached_statements=statements,
        check_same_thread=False,
    )
    connection.text_factory = bytes
    for pragma in (f"mmap_size={MAPPED}", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_compact(path: Path, file: Path) -> None:
    """Write a database's present content to a new file without free pages, while others write.

    Without memory mapping, whose pages would count as the process's memory.
    """
    connection = connect(path, statements=1)
    connection.execute("PRAGMA mmap_size=0")
    connection.execute("VACUUM INTO ?", (str(file),))
    connection.close()


class SQLite(OneServer):
    """A read-only connection on the event loop, and a pool of threads for slow statements."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Open the file; a statement may take as long as the settings allow."""
        check_exists(path)
        self.path, self.file = path, identify_file(path)
        self.settings, timeout = settings, settings.timeout
        self.dialect: sa.Dialect = sqlite.dialect(paramstyle="qmark")
        self.timeout = timeout
        self.connection = connect(path, statements=512)
        self.connection.execute(
            "PRAGMA busy_timeout=0"
        )  # threads may wait for a lock, the event loop may not
        self.connection.set_progress_handler(self._is_long, STEPS)
        self.began = 0.0
        self.version: int | None = None  # `PRAGMA data_version` when a write was last seen
        self.shared_version: int | None = None
        self.slots = FairSemaphore(1)
        self.readers = Readers(self._open_reader, timeout)

    def adapt(self, value: Any) -> Any:
        """Convert a value that SQLite has no type for into text."""
        return ADAPTED[type(value)](value) if type(value) in ADAPTED else value

    def connections(self) -> dict[str, int]:
        """Count the connections by their states, and the statements that wait for one.

        The event loop's connection is never in use when this is called.
        """
        used, idle = len(self.readers.busy), len(self.readers.idle)
        waiting = self.slots.waiting + self.readers.slots.waiting
        return {"open": 1 + used + idle, "used": used, "waiting": waiting}

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        """Fetch the answer of a statement under these values; every revision is there."""
        del revision
        seconds = LONG if Prefixes in map(type, values) else statement.seconds
        try:
            answer = None
            if seconds is not None and seconds < SHORT:
                answer = self._try(statement, values)
            elif seconds is None or seconds < LONG:
                answer = await self.slots.run(partial(self._try, statement, values))
            return answer or await self.readers.fetch(statement, values)
        except self.connection.Error as error:
            raise explain(error, self.timeout) from None

    def _open_reader(self) -> Any:
        """Open a connection to the file that the event loop's connection reads.

        Raises:
            DatabaseUnavailable: another file is in its place.
        """
        if identify_file(self.path) != self.file:
            raise replaced()
        return connect(self.path, statements=32)

    def read_version(self) -> int:
        """Return a number that differs after each commit of another connection.

        Reading it takes 4 µs; requests that the event loop received together share it.
        """
        if self.shared_version is None:
            # Before the version is read, so that what is received after a commit runs after this.
            asyncio.get_running_loop().call_soon(self._forget_version)
            self.shared_version = self._read_version()
        return self.shared_version

    def _forget_version(self) -> None:
        self.shared_version = None

    def _read_version(self) -> int:
        self.began = 0.0  # the progress handler counts the steps of all runs of a statement
        try:
            version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        except self.connection.Error as error:
            raise explain(error, self.timeout) from None
        return version

    async def wait_for_write(self) -> None:
        """Return when another connection has committed since the last call."""
        while True:
            version = self._read_version()
            if version != self.version:
                self.version = version
                return
            await asyncio.sleep(POLL)

    def _try(self, statement: CompiledQuery, values: list[Any]) -> bytes | None:
        """Run a statement on the event loop; return None if it is too slow or finds a lock."""
        self.began = 0.0
        answer: bytes | None = None
        try:
            answer = self.connection.execute(statement.sql, values).fetchone()[0]
        except self.connection.OperationalError as error:
            if not error.sqlite_errorname.startswith(("SQLITE_INTERRUPT", "SQLITE_BUSY")):
                raise
        statement.seconds = thread_time() - self.began if self.began else 0.0
        return answer

    def _is_long(self) -> bool:
        """SQLite's progress handler: return whether a statement is too slow for the event loop.

        The limit is CPU time, as wall time is misleading on a busy machine. The time runs from the
        first call, so that short statements pay for no measurement.
        """
        self.began = self.began or thread_time()
        return thread_time() - self.began > LONG

    async def close(self) -> None:
        """Close every connection."""
        await self.readers.close()
        self.connection.close()


def explain(error: Exception, timeout: float) -> Exception:
    """Translate a SQLite error into a client-facing error; re-raise programming errors."""
    name = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_")
    if name == "INTERRUPT":
        return timed_out(timeout)
    if is_undefined(error):
        return not_at_head(error)
    return unavailable(error) if name.startswith(PASSING) else error


class Prefixes(str):
    """A search with prefixes: SQLite merges all matching words in one step of its virtual machine.

    It cannot be interrupted within that step.
    """

    __slots__ = ()


def format_match(query: Query) -> str:
    """Return a search as an FTS5 query; a search without words matches nothing."""
    words = [f'"{word}"' for word in query.tokens]
    prefixes = [f'"{prefix}" *' for prefix in query.prefixes]
    choices = [[format_match(one) for one in choice] for choice in query.choices]
    match = " AND ".join([*words, *prefixes, *(f"({' OR '.join(texts)})" for texts in choices)])
    long = prefixes or any(type(text) is Prefixes for texts in choices for text in texts)
    return Prefixes(match) if long else match or NOTHING


NOTHING = '"\x1f"'  # no token has this character
ADAPTED: dict[type, Callable[[Any], str]] = {
    Query: format_match,
    list: lambda items: orjson.dumps(items).decode(),
    datetime: lambda moment: f"{moment:%Y-%m-%d %H:%M:%S.%f}",
}
