"""Connections to PostgreSQL by a URL that may name several hosts, one of which is the primary."""

import asyncio
from typing import Any

import asyncpg

from api.settings import split_hosts

TIMEOUT = 2.0  # seconds in which one of several hosts has to respond
# The errors of a server that is not there. Of the driver's own, one says that a host is not the
# primary, and one that a connection is used which the server is just closing.
REFUSALS = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


async def connect(url: str, **options: Any) -> Any:
    """Connect to the primary server among a URL's hosts, all of which are asked at once.

    libpq and asyncpg ask them one after the other, so that a host that does not respond would use
    up the timeout. If the URL names a single host, its role is not checked.

    Raises:
        OSError: no host responds; the other errors are those of `asyncpg.connect`.
        TargetServerAttributeNotMatched: all hosts that respond are replicas.
    """
    urls = split_hosts(url)
    if len(urls) <= 1:
        return await asyncpg.connect(url, **options)
    options["target_session_attrs"] = "primary"
    options["timeout"] = min(options.get("timeout", TIMEOUT), TIMEOUT)
    attempts = [asyncio.create_task(asyncpg.connect(one, **options)) for one in urls]
    found, errors = None, []
    try:
        for attempt in asyncio.as_completed(attempts):
            try:
                found = await attempt
            except REFUSALS as error:
                errors.append(error)
            else:
                return found
        raise next((error for error in errors if not isinstance(error, OSError)), errors[0])
    finally:
        for task in attempts:
            if task.cancel() or task.exception() is not None:
                continue
            if (connection := task.result()) is not found:
                connection.terminate()
