"""Turns: how many may be at something at once, and how long others wait before they are told."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from api.errors import DatabaseUnavailable

PATIENCE = 5.0
RETRY_AFTER = 5
T = TypeVar("T")


class FairSemaphore:
    """A FIFO semaphore whose waiters get `OVERLOADED` after `patience` seconds.

    Who waits is looked after now and then, in order, which costs less than a timer for each; a
    semaphore under a timeout takes three times as long.
    """

    def __init__(self, size: int, patience: float = PATIENCE) -> None:
        """Allow `size` holders; others wait for `patience` seconds at most."""
        self.free = size
        self.patience = patience
        self.queue: deque[tuple[float, asyncio.Future[None]]] = deque()
        self.looking = False

    @property
    def waiting(self) -> int:
        """Return the number of waiters."""
        return sum(not turn.done() for _, turn in self.queue)

    def are_taken(self) -> bool:
        """Return whether acquiring would block."""
        return not self.free

    async def take(self) -> None:
        """Acquire the semaphore.

        Raises:
            DatabaseUnavailable: all were taken for too long (OVERLOADED).
        """
        if self.free:
            self.free -= 1
            return
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self.queue.append((loop.time() + self.patience, turn))
        if not self.looking:
            self._look_later(loop, self.patience)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.release()  # it came, but too late
            raise

    def release(self) -> None:
        """Release the semaphore to the longest waiter."""
        while self.queue:
            _, turn = self.queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1

    def _look_later(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self.looking = True
        loop.call_later(seconds, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Fail the waiters that are past their deadline, and schedule the next check."""
        self.looking = False
        while self.queue:
            until, turn = self.queue[0]
            if not turn.done() and until > loop.time():
                self._look_later(loop, until - loop.time())
                return
            self.queue.popleft()
            if not turn.done():
                turn.set_exception(overloaded())

    async def work(self, work: Callable[[], T]) -> T:
        """Run on the event loop while holding the semaphore, then yield to other tasks.

        Raises:
            DatabaseUnavailable: all turns were taken for too long (OVERLOADED).
        """
        await self.take()
        try:
            return work()
        finally:
            asyncio.get_running_loop().call_soon(self.release)


def overloaded() -> DatabaseUnavailable:
    """Return the error of a waiter that reached its deadline."""
    message = f"The server has too much to do: ask again in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("OVERLOADED", message, RETRY_AFTER)
