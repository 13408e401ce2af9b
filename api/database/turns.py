"""Turns: how many may be at something at once, and how long others wait before they are told."""

import asyncio

from api.database.failures import overloaded

PATIENCE = 5.0


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
