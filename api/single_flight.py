"""An LRU cache bounded by weight, and single-flight execution."""

import asyncio
import gc
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.errors import DatabaseUnavailable
from api.fair_semaphore import FairSemaphore

MAX_LONG_JOBS = 50
T = TypeVar("T")


class Cache(Generic[T]):
    """An LRU cache, bounded in entries and in weight."""

    def __init__(self, size: int, max_weight: int = 0) -> None:
        """Keep at most `size` entries of a total weight of at most `max_weight`."""
        self.size = size
        self.max_weight = max_weight
        self.weight = 0
        self.hits = self.misses = 0
        self.values: OrderedDict[Any, tuple[T, int]] = OrderedDict()

    def find(self, key: Any) -> T | None:
        """Return a key's cached value, or None."""
        found = self.values.get(key)
        if found is None:
            return None
        self.values.move_to_end(key)
        self.hits += 1
        return found[0]

    def keep(self, key: Any, value: T, weight: int = 0) -> T:
        """Cache a value under a key; evict the least recently used entries beyond the bounds."""
        self.misses += 1
        self._evict(key)
        self.values[key] = value, weight
        self.weight += weight
        while len(self.values) > self.size or self.weight > self.max_weight:
            self._evict(next(iter(self.values)))
        return value

    def _evict(self, key: Any) -> None:
        _, weight = self.values.pop(key, (None, 0))
        self.weight -= weight


@dataclass(slots=True)
class Job:
    """A running computation, with the number of its waiters."""

    future: asyncio.Future[Any]
    long: bool
    waiting: int = 0


class SingleFlight:
    """Single-flight execution: concurrent callers share a result; long work runs in a thread.

    Short work runs on the event loop, one at a time; other tasks run in between.
    """

    def __init__(self) -> None:
        """Start without running jobs."""
        self.thread = ThreadPoolExecutor(1, "mithaq-plan")
        self.jobs: dict[Any, Job] = {}
        self.slots = FairSemaphore(1)

    async def run(self, key: Any, work: Callable[[], T], *, long: bool) -> T:
        """Run `work` once per key, and share its result with concurrent callers.

        Raises:
            DatabaseUnavailable: too many long jobs are waiting (OVERLOADED).
        """
        job = self.jobs.get(key) or self.jobs.setdefault(key, self._begin(work, long=long))
        job.waiting += 1
        try:
            result: T = await asyncio.shield(job.future)
        finally:
            job.waiting -= 1
            if not job.waiting:
                job.future.cancel()  # all waiters have the result or have left
                self.jobs.pop(key, None)
        return result

    def _begin(self, work: Callable[[], Any], *, long: bool) -> Job:
        if not long:
            return Job(asyncio.ensure_future(self.slots.run(work)), long)
        if sum(job.long for job in self.jobs.values()) >= MAX_LONG_JOBS:
            message = "The server is planning too many large operations: send the request again."
            raise DatabaseUnavailable("OVERLOADED", message, retry_after=1)
        future = asyncio.get_running_loop().run_in_executor(self.thread, _run_without_gc, work)
        return Job(future, long)


def _run_without_gc(work: Callable[[], T]) -> T:
    """Run work without garbage collection, since it creates many short-lived objects.

    A garbage collection during the work would scan all of them and block the event loop.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if collecting:
            gc.enable()
