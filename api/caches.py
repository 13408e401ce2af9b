"""What was made for a request, kept for those that ask the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from api.database.turns import Turns

T = TypeVar("T")


class Desk:
    """A thread beside the event loop for what takes Python long; one thing at a time."""

    def __init__(self) -> None:
        """Start the thread when it is needed."""
        self.turns = Turns(1)
        self.thread = ThreadPoolExecutor(1, "desk")

    async def work(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do something in the thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, work, *arguments)


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
        """Make a value at a desk and remember it; the event loop answers others meanwhile.

        Raises:
            Unanswered: others' are being made for too long (OVERLOADED).
        """
        await desk.turns.take()
        try:
            known = self.find(key)  # made for whom this one waited for
            return known or self._keep(key, await desk.work(work, *arguments))
        finally:
            desk.turns.release()

    def _keep(self, key: Any, value: T) -> T:
        self.values[key] = value
        if len(self.values) > self.size:
            self.values.popitem(last=False)
        return value
