"""Threads for SQLite's long reads, each with a connection of its own that can be interrupted."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import thread_time
from typing import Any

from api.database import CompiledQuery
from api.fair_semaphore import FairSemaphore

THREADS = 4
AGAIN = 0.02  # seconds between two interrupts


class Reader:
    """A connection that one thread at a time uses; the first thread opens it."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        """Store the function that opens the connection."""
        self.connect = connect
        self.connection: Any = None

    def run(self, statement: CompiledQuery, arguments: Sequence[Any]) -> bytes:
        """Run a statement to its end, and record the CPU time of its thread."""
        if self.connection is None:
            self.connection = self.connect()
        start = thread_time()
        try:
            answer: bytes = self.connection.execute(statement.sql, arguments).fetchone()[0]
            return answer
        finally:
            statement.seconds = thread_time() - start

    def interrupt(self) -> None:
        """Interrupt the running statement; thread-safe."""
        if self.connection is not None:
            self.connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()


class Interrupt:
    """Interrupts a reader's statement at its timeout, or at once."""

    def __init__(self, reader: Reader, timeout: float) -> None:
        """Interrupt the reader after this many seconds."""
        self.reader = reader
        self.loop = asyncio.get_running_loop()
        self.timer = self.loop.call_later(timeout, self._interrupt)

    def now(self) -> None:
        """Interrupt at once."""
        self.timer.cancel()
        self._interrupt()

    def cancel(self) -> None:
        """Cancel the interrupt."""
        self.timer.cancel()

    def _interrupt(self) -> None:
        self.reader.interrupt()
        # SQLite ignores an interrupt that arrives before the statement begins.
        self.timer = self.loop.call_later(AGAIN, self._interrupt)


class Readers:
    """A pool of reader threads; each runs one statement until its end, timeout or cancellation."""

    def __init__(self, connect: Callable[[], Any], timeout: float, size: int = THREADS) -> None:
        """Allow this many threads; they and their connections are created on demand."""
        self.connect, self.timeout = connect, timeout
        self.slots = FairSemaphore(size)
        self.busy: dict[Reader, Interrupt] = {}
        self.idle: list[Reader] = []
        self.threads = ThreadPoolExecutor(size, "reader")

    async def fetch(self, statement: CompiledQuery, arguments: Sequence[Any]) -> bytes:
        """Fetch a statement's answer.

        Raises:
            DatabaseUnavailable: no thread was free for too long (OVERLOADED).
        """
        await self.slots.acquire()
        reader = self.idle.pop() if self.idle else Reader(self.connect)
        self.busy[reader] = interrupt = Interrupt(reader, self.timeout)
        loop = asyncio.get_running_loop()
        reading = loop.run_in_executor(self.threads, reader.run, statement, arguments)
        reading.add_done_callback(lambda _: self._take_back(reader))
        try:
            return await asyncio.shield(
                reading
            )  # a cancelled caller does not free the reader; its thread does
        except asyncio.CancelledError:
            interrupt.now()
            raise

    def _take_back(self, reader: Reader) -> None:
        self.busy.pop(reader).cancel()
        self.idle.append(reader)
        self.slots.release()

    async def close(self) -> None:
        """Close the connections once their threads have ended, without waiting for them."""
        for interrupt in self.busy.values():
            interrupt.now()
        await asyncio.to_thread(self.threads.shutdown)
        for reader in (*self.busy, *self.idle):
            reader.close()
