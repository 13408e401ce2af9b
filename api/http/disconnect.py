"""Client disconnects: the request's handler is cancelled, and with it the running statement."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

CHECK_INTERVAL = 0.25  # seconds
T = TypeVar("T")


class DisconnectWatcher:
    """Cancels the handlers of slow requests whose clients disconnect.

    A request is watched from the next periodic check on, which costs less than a timer per request:
    most are answered before it.
    """

    def __init__(self) -> None:
        """Start without watched requests."""
        self.waiting: dict[asyncio.Task[Any] | None, Receive] = {}
        self.watched: dict[asyncio.Task[Any] | None, asyncio.Task[None]] = {}
        self.scheduled = False

    async def wait(self, answering: Awaitable[T], receive: Receive) -> T:
        """Await an answer; cancel it when `receive` reports that the client disconnected.

        Raises:
            ClientDisconnect: the client disconnected, and answering was cancelled.
        """
        task = asyncio.current_task()
        self.waiting[task] = receive
        if not self.scheduled:
            self._schedule_check()
        try:
            return await answering
        except asyncio.CancelledError:
            if self._has_disconnected(task):
                raise ClientDisconnect from None
            raise
        finally:
            del self.waiting[task]
            if task in self.watched:
                self.watched.pop(task).cancel()

    def _has_disconnected(self, task: asyncio.Task[Any] | None) -> bool:
        """Return whether a cancellation came from the client's disconnect."""
        watch = self.watched.get(task)
        return watch is not None and watch.done() and task is not None and not task.uncancel()

    def _schedule_check(self) -> None:
        self.scheduled = True
        asyncio.get_running_loop().call_later(CHECK_INTERVAL, self._check)

    def _check(self) -> None:
        self.scheduled = False
        for task, receive in self.waiting.items():
            if task is not None and task not in self.watched:
                self.watched[task] = asyncio.create_task(cancel_on_disconnect(task, receive))
        if self.waiting:
            self._schedule_check()


async def cancel_on_disconnect(task: asyncio.Task[Any], receive: Receive) -> None:
    """Wait for a request's client to disconnect, then cancel the request's task."""
    while (await receive())["type"] != "http.disconnect":
        pass
    task.cancel()
