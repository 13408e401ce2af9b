"""What was made for a request, kept for those that ask the same."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

from api.database.turns import Turns

T = TypeVar("T")


class Desk:
    """Where what takes Python long is done, one thing at a time: in a thread, or in the event loop.

    A process's first thread costs all that it does: SQLite is 3 to 9 % slower, for memory has to be
    locked from then on. So what is not `large` is done in the loop, until there are threads anyway.
    """

    def __init__(self, *, large: bool) -> None:
        """Start the thread when it is needed."""
        self.large = large
        self.turns = Turns(1)
        self.thread = ThreadPoolExecutor(1, "desk")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the desk is free; whoever is next is so after what the loop has to do.

        Raises:
            Unanswered: it is not for too long (OVERLOADED).
        """
        await self.turns.take()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_soon(self.turns.release)

    async def work(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do something at the desk."""
        if not self.large and threading.active_count() == 1:
            return work(*arguments)
        return await asyncio.get_running_loop().run_in_executor(self.thread, work, *arguments)


class Cache(Generic[T]):
    """Remembers so many values, and forgets the one longest unused."""

    def __init__(self, size: int) -> None:
        """Remember `size` values at most."""
        self.size = size
        self.values: OrderedDict[Any, T] = OrderedDict()

    def find(self, key: Any) -> T | None:
        """Give the value of a key, if it is known."""
        value = self.values.get(key)
        if value is not None:
            self.values.move_to_end(key)
        return value

    async def make(self, desk: Desk, key: Any, work: Callable[..., T], *arguments: Any) -> T:
        """Make a value at a desk, and remember it.

        Raises:
            Unanswered: the desk is not free for too long (OVERLOADED).
        """
        async with desk.turn():
            known = self.find(key)  # made for whom this one waited for
            return known or self.keep(key, await desk.work(work, *arguments))

    def keep(self, key: Any, value: T) -> T:
        """Remember a value."""
        self.values[key] = value
        if len(self.values) > self.size:
            self.values.popitem(last=False)
        return value
