"""Client-facing errors of the database; the driver's messages are only logged."""

import logging

from api.errors import DatabaseUnavailable
from api.fair_semaphore import RETRY_AFTER

LOG = logging.getLogger(__name__)


def timed_out(seconds: float) -> DatabaseUnavailable:
    """Return the error of a statement that reached its timeout."""
    message = f"The answer was not there within {seconds:g} seconds: ask for less at once."
    return DatabaseUnavailable("TIMEOUT", message)


def unavailable(error: Exception) -> DatabaseUnavailable:
    """Return the error of an unreachable database, and log its cause."""
    LOG.error("The database cannot be asked: %s: %s", type(error).__name__, error)
    message = f"The database cannot be reached now: ask again in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("UNAVAILABLE", message, RETRY_AFTER)
