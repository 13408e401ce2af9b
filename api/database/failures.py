"""Client-facing errors of the database; the driver's messages are only logged."""

import logging

import asyncpg

from api.errors import DatabaseUnavailable
from api.fair_semaphore import RETRY_AFTER

LOG = logging.getLogger(__name__)
NOT_AT_HEAD = "DATABASE_NOT_AT_HEAD"
# Where a statement names what the database lacks: PostgreSQL has classes, SQLite only messages.
UNDEFINED = (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError)
NO_SUCH = ("no such table: ", "no such column: ")


def is_undefined(error: BaseException) -> bool:
    """Return whether a driver's error says that the database lacks a table or column."""
    return isinstance(error, UNDEFINED) or str(error).startswith(NO_SUCH)


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


def unwritable(error: Exception) -> DatabaseUnavailable:
    """Return the error of a database that cannot be written, and log its cause."""
    LOG.error("The database cannot be written: %s", error)
    message = f"Nothing was written: the database is busy or full. Retry in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)
