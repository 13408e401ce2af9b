"""A FIFO semaphore with a deadline for waiters."""

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

    Deadlines are checked periodically in the order of the queue, which costs less than a timer per
    waiter: `asyncio.Semaphore` with `asyncio.timeout` takes three times as long.
    """

    def __init__(self, size: int, patience: float = PATIENCE) -> None:
        """Allow `size` holders; others wait for `patience` seconds at most."""
        self.free = size
        self.patience = patience
        self.queue: deque[tuple[float, asyncio.Future[None]]] = deque()
        self.scheduled = False

    @property
    def waiting(self) -> int:
        """Return the number of waiters."""
        return sum(not waiter.done() for _, waiter in self.queue)

    def would_block(self) -> bool:
        """Return whether acquiring would block."""
        return not self.free

    async def acquire(self) -> None:
        """Acquire the semaphore.

        Raises:
            DatabaseUnavailable: no slot was free for too long (OVERLOADED).
        """
        if self.free:
            self.free -= 1
            return
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self.queue.append((loop.time() + self.patience, waiter))
        if not self.scheduled:
            self._schedule_check(loop, self.patience)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self.release()  # acquired, but the waiter is gone
            raise

    def release(self) -> None:
        """Release the semaphore to the longest waiter."""
        while self.queue:
            _, waiter = self.queue.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self.free += 1

    def _schedule_check(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self.scheduled = True
        loop.call_later(seconds, self._check, loop)

    def _check(self, loop: asyncio.AbstractEventLoop) -> None:
        """Fail the waiters that are past their deadline, and schedule the next check."""
        self.scheduled = False
        while self.queue:
            until, waiter = self.queue[0]
            if not waiter.done() and until > loop.time():
                self._schedule_check(loop, until - loop.time())
                return
            self.queue.popleft()
            if not waiter.done():
                waiter.set_exception(overloaded())

    async def run(self, work: Callable[[], T]) -> T:
        """Run on the event loop while holding the semaphore, then yield to other tasks.

        Raises:
            DatabaseUnavailable: no slot was free for too long (OVERLOADED).
        """
        await self.acquire()
        try:
            return work()
        finally:
            asyncio.get_running_loop().call_soon(self.release)


def overloaded() -> DatabaseUnavailable:
    """Return the error of a waiter that reached its deadline."""
    message = f"The server is overloaded: send the request again in {RETRY_AFTER} seconds."
    return DatabaseUnavailable("OVERLOADED", message, RETRY_AFTER)
