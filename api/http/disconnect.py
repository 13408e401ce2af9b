"""Client disconnects: the handler of a client that left is cancelled, and its statement with it."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

LOOK_EVERY = 0.25  # seconds
T = TypeVar("T")


class DisconnectWatcher:
    """Cancels the handlers of slow requests whose clients disconnect.

    A periodic check of all requests costs less than a timer per request.
    """

    def __init__(self) -> None:
        """Start without watched requests."""
        self.waiting: dict[asyncio.Task[Any] | None, Receive] = {}
        self.watched: dict[asyncio.Task[Any] | None, asyncio.Task[None]] = {}
        self.looking = False

    async def wait(self, answering: Awaitable[T], receive: Receive) -> T:
        """Await an answer; cancel it when `receive` reports that the client disconnected.

        Raises:
            ClientDisconnect: the client has left, and answering was cancelled.
        """
        task = asyncio.current_task()
        self.waiting[task] = receive
        if not self.looking:
            self._look_later()
        try:
            return await answering
        except asyncio.CancelledError:
            if self._has_left(task):
                raise ClientDisconnect from None
            raise
        finally:
            del self.waiting[task]
            if task in self.watched:
                self.watched.pop(task).cancel()

    def _has_left(self, task: asyncio.Task[Any] | None) -> bool:
        """Return whether a cancellation came from the client's disconnect."""
        watch = self.watched.get(task)
        return watch is not None and watch.done() and task is not None and not task.uncancel()

    def _look_later(self) -> None:
        self.looking = True
        asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self.looking = False
        for task, receive in self.waiting.items():
            if task is not None and task not in self.watched:
                self.watched[task] = asyncio.create_task(cancel_when_left(task, receive))
        if self.waiting:
            self._look_later()


async def cancel_when_left(task: asyncio.Task[Any], receive: Receive) -> None:
    """Wait for a request's client to disconnect, then cancel the request's task."""
    while (await receive())["type"] != "http.disconnect":
        pass
    task.cancel()
