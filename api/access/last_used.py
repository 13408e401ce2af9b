"""Last-used times of API keys, buffered in memory and written in batches."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import time

import sqlalchemy as sa

from api.access.register import write_last_used
from api.errors import DatabaseError

LOG = logging.getLogger(__name__)
INTERVAL = 60.0  # seconds between writes
Write = Callable[[Callable[[sa.Connection], None]], None]


class LastUsed:
    """Buffers the keys' last-used times; flushes once a minute and at shutdown.

    A write per request would block imports, and imports would block requests.
    """

    def __init__(self, write: Write, interval: float = INTERVAL) -> None:
        """Start empty; `write` runs work in a transaction, and may block its thread."""
        self.write = write
        self.interval = interval
        self.buffer: dict[str, float] = {}
        self.closing = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def record(self, key: str) -> None:
        """Record that the key of this id is used now."""
        self.buffer[key] = time()
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._write_later())

    async def _write_later(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.closing.wait(), self.interval)
        await self._write()

    async def _write(self) -> None:
        buffered, self.buffer = self.buffer, {}
        uses = {key: datetime.fromtimestamp(int(at), UTC) for key, at in buffered.items()}
        try:
            await asyncio.to_thread(self.write, partial(write_last_used, uses=uses))
        except DatabaseError as error:
            self.buffer = buffered | self.buffer
            LOG.warning("The last-used times of API keys could not be written: %s", error)

    async def close(self) -> None:
        """Flush the buffer."""
        self.closing.set()
        if self.task is not None:
            await self.task
        if self.buffer:  # by requests since the last write, or because it failed
            await self._write()
