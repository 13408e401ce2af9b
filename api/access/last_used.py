"""Last-used times of API keys, buffered in memory and written in batches."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import time

import sqlalchemy as sa

from api.access.register import note_uses
from api.errors import DatabaseError

LOG = logging.getLogger(__name__)
PAUSE = 60.0
Write = Callable[[Callable[[sa.Connection], None]], None]


class LastUsed:
    """Buffers the keys' last-used times; flushes once a minute and at shutdown.

    A write per request would block imports, and imports would block requests.
    """

    def __init__(self, write: Write, pause: float = PAUSE) -> None:
        """Write in transactions of this function, which may block its thread."""
        self.write = write
        self.pause = pause
        self.noted: dict[str, float] = {}
        self.closing = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def note(self, key: str) -> None:
        """Record that the key of this id is used now."""
        self.noted[key] = time()
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._write_later())

    async def _write_later(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.closing.wait(), self.pause)
        await self._write()

    async def _write(self) -> None:
        noted, self.noted = self.noted, {}
        uses = {key: datetime.fromtimestamp(int(at), UTC) for key, at in noted.items()}
        try:
            await asyncio.to_thread(self.write, partial(note_uses, uses=uses))
        except DatabaseError as error:
            self.noted = noted | self.noted
            LOG.warning("When keys were last used could not be written: %s", error)

    async def close(self) -> None:
        """Flush the buffer."""
        self.closing.set()
        if self.task is not None:
            await self.task
        if self.noted:  # times of newer requests, or of a write that failed
            await self._write()
