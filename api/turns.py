"""Turns: how many may be at something at once, and how long others wait before they are told."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from api.errors import Unanswered

PATIENCE = 5.0
RETRY_AFTER = 5
T = TypeVar("T")


class Turns:
    """So many turns at once; one that does not come in time is an error of a code of its own."""

    def __init__(self, size: int, patience: float = PATIENCE) -> None:
        """Give `size` turns, and let others wait for `patience` seconds."""
        self.semaphore = asyncio.Semaphore(size)
        self.patience = patience
        self.waiting = 0

    async def take(self) -> None:
        """Take a turn.

        Raises:
            Unanswered: all were taken for too long (OVERLOADED).
        """
        if not self.semaphore.locked():  # a timeout would cost more than the turn
            await self.semaphore.acquire()
            return
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self.semaphore.acquire()
        except TimeoutError:
            raise overloaded() from None
        finally:
            self.waiting -= 1

    def release(self) -> None:
        """Give the turn to who waits longest."""
        self.semaphore.release()

    async def work(self, work: Callable[[], T]) -> T:
        """Work in the event loop for a turn; before the next, it does whatever else there is.

        Raises:
            Unanswered: all turns were taken for too long (OVERLOADED).
        """
        await self.take()
        try:
            return work()
        finally:
            asyncio.get_running_loop().call_soon(self.release)


def overloaded() -> Unanswered:
    """Say that there was too much to do for too long."""
    message = f"The server has too much to do: ask again in {RETRY_AFTER} seconds."
    return Unanswered("OVERLOADED", message, RETRY_AFTER)
