"""Clients that leave: what they asked is given up, so that no statement runs for nobody."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from starlette.types import Receive

LOOK_EVERY = 0.25  # seconds
T = TypeVar("T")


class Departed(Exception):
    """The client has left: there is nobody to answer."""


class Visit:
    """A request that is being answered, and what waits for its client to leave."""

    __slots__ = ("left", "receive", "task", "watcher")

    def __init__(self, receive: Receive) -> None:
        """Begin in the request's own task."""
        self.task: asyncio.Task[Any] | None = asyncio.current_task()
        self.receive = receive
        self.watcher: asyncio.Task[None] | None = None
        self.left = False

    async def watch(self) -> None:
        """Wait until the client leaves, and cancel the request's task."""
        while (await self.receive())["type"] != "http.disconnect":
            pass
        assert self.task is not None
        self.left = True
        self.task.cancel()


class Departures:
    """Watches the clients of requests that take long, and leaves short ones alone.

    To look around now and then costs a request less than a timer of its own.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self.visits: set[Visit] = set()
        self.looking = False

    async def wait(self, answering: Awaitable[T], receive: Receive) -> T:
        """Wait for an answer, as long as the client that `receive` listens to does.

        Raises:
            Departed: the client has left, and answering was cancelled.
        """
        visit = Visit(receive)
        self.visits.add(visit)
        if not self.looking:
            self._look_later()
        try:
            return await answering
        except asyncio.CancelledError:
            if visit.left and visit.task is not None and not visit.task.uncancel():
                raise Departed from None
            raise
        finally:
            self.visits.remove(visit)
            if visit.watcher is not None:
                visit.watcher.cancel()

    def _look_later(self) -> None:
        self.looking = True
        asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self.looking = False
        for visit in self.visits:
            if visit.watcher is None:
                visit.watcher = asyncio.create_task(visit.watch())
        if self.visits:
            self._look_later()
