"""Client-facing errors of the database; the driver's messages are only logged."""

import logging
from typing import NamedTuple

import asyncpg

from api.errors import DatabaseError, DatabaseUnavailable
from api.fair_semaphore import RETRY_AFTER
from api.output import CHECK_DISK, MAKE_SPACE

LOG = logging.getLogger(__name__)
NOT_AT_HEAD = "DATABASE_NOT_AT_HEAD"
# Where a statement names what the database lacks: PostgreSQL has classes, SQLite only messages.
UNDEFINED = (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError)
NO_SUCH = ("no such table: ", "no such column: ")

LOST = "the connection to the database was lost"


class Obstacle(NamedTuple):
    """What keeps a database from being written: the drivers' errors, its name, and the remedy."""

    sqlite: tuple[str, ...]  # how SQLite's names of the errors begin
    asyncpg: tuple[type[BaseException], ...]
    reason: str
    remedy: str


OBSTACLES = (
    Obstacle(
        ("SQLITE_FULL",),
        (asyncpg.DiskFullError,),
        "the database's disk is full",
        MAKE_SPACE,
    ),
    Obstacle(
        ("SQLITE_IOERR",),
        (asyncpg.PostgresIOError,),
        "the database's disk is full or fails",
        CHECK_DISK,
    ),
    Obstacle(
        ("SQLITE_READONLY",),
        (asyncpg.ReadOnlySQLTransactionError,),
        "the database is read-only",
        "Let this user write it, then try again.",
    ),
    Obstacle(
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        (asyncpg.LockNotAvailableError,),
        "other processes write the database",
        "Try again when they are done.",
    ),
    Obstacle(
        (),
        (asyncpg.TargetServerAttributeNotMatched,),
        "no server of the database takes writes",
        "Start the primary server, or promote a replica.",
    ),
    Obstacle(
        (),
        (
            OSError,
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,
            asyncpg.PostgresConnectionError,
            asyncpg.OperatorInterventionError,
        ),
        LOST,
        "Try again when it can be reached.",
    ),
)


def find_obstacle(error: BaseException) -> Obstacle | None:
    """Return what a driver's error says of the database; None if that is something else."""
    name = getattr(error, "sqlite_errorname", "")
    for obstacle in OBSTACLES:
        if isinstance(error, obstacle.asyncpg) or name.startswith(obstacle.sqlite):
            return obstacle
    return None


def is_undefined(error: BaseException) -> bool:
    """Return whether a driver's error says that the database lacks a table or column."""
    return isinstance(error, UNDEFINED) or str(error).startswith(NO_SUCH)


def was_cancelled(error: BaseException) -> bool:
    """Return whether the database ended a statement before its end, by a limit or as asked."""
    reason = getattr(error, "orig", error)
    cause = reason.__cause__ or reason
    name = getattr(cause, "sqlite_errorname", "")
    return isinstance(cause, asyncpg.QueryCanceledError) or name.startswith("SQLITE_INTERRUPT")


def timed_out(seconds: float) -> DatabaseUnavailable:
    """Return the error of a statement that reached its timeout."""
    message = f"The answer was not there within {seconds:g} seconds: ask for less at once."
    return DatabaseUnavailable("TIMEOUT", message)


def not_at_head(error: Exception) -> DatabaseUnavailable:
    """Return the error of a missing table or column, and log which it is."""
    LOG.error("The database lacks what a statement reads: %s", error)
    message = "The database's tables are not those of this version: run `mithaq migrate`."
    return DatabaseUnavailable(NOT_AT_HEAD, message)


def unavailable(error: Exception) -> DatabaseUnavailable:
    """Return the error of an unreachable database, and log its cause."""
    LOG.error("The database cannot be asked: %s: %s", type(error).__name__, error)
    message = f"The database cannot be reached now: ask again in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)


def unwritable(error: DatabaseError) -> DatabaseUnavailable:
    """Return the error of a database that cannot be written, and log its cause."""
    LOG.error("The database cannot be written: %s", error)
    reason = error.reason or "the database cannot be written now"
    message = f"Nothing was written: {reason}. Retry in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)


def replaced() -> DatabaseUnavailable:
    """Return the error of a SQLite database whose file is another than at the start, and log it."""
    LOG.error("The database's file was replaced or is missing: restart the server.")
    message = "The database's file was replaced or is missing: the server has to be restarted."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)


def uncertain(error: DatabaseError) -> DatabaseUnavailable:
    """Return the error of a commit whose outcome is not known, and log its cause."""
    LOG.error("The connection was lost in a commit: %s", error)
    message = (
        "Whether this was written is not known: the connection to the database was lost. Retry in "
        f"{RETRY_AFTER} seconds, with the same `Idempotency-Key` if the request had one."
    )
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)
