"""Write transactions of a server: one at a time, in a thread that keeps a connection open."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

import sqlalchemy as sa

from api.database.failures import unwritable
from api.database.transactions import Run, writing
from api.errors import DatabaseError
from api.fair_semaphore import FairSemaphore
from api.settings import Settings

Result = TypeVar("Result")


class WriteThread:
    """Runs write transactions; a transaction is durable when its result is returned.

    The connection is opened by the first transaction, and again after an error.
    """

    def __init__(self, settings: Settings) -> None:
        """Write to the database of the settings."""
        self.settings = settings
        self.slots = FairSemaphore(1)
        self.thread = ThreadPoolExecutor(1, "writer")
        self.stack = ExitStack()
        self.transaction: Run | None = None

    async def run(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Run work in a transaction under the writers' lock, and return its result.

        A transaction that has begun ends by itself, even if the caller is cancelled.

        Raises:
            DatabaseUnavailable: other writers took too long (OVERLOADED), or the database cannot
                be written (UNAVAILABLE); nothing was written.
        """
        await self.slots.acquire()
        writing = asyncio.get_running_loop().run_in_executor(self.thread, self._run, work)
        writing.add_done_callback(lambda _: self.slots.release())
        try:
            return await asyncio.shield(writing)
        except DatabaseError as error:
            raise unwritable(error) from None

    def _run(self, work: Callable[[sa.Connection], Result]) -> Result:
        if self.transaction is None:
            self.stack = ExitStack()
            self.transaction = self.stack.enter_context(
                writing(self.settings, durable=True, wait=self.settings.timeout)
            )
        try:
            return self.transaction(work)
        except DatabaseError:
            self._close()
            raise

    def _close(self) -> None:
        self.transaction = None
        self.stack.close()

    async def close(self) -> None:
        """Close the connection, after the running transaction."""
        await asyncio.get_running_loop().run_in_executor(self.thread, self._close)
        self.thread.shutdown()
