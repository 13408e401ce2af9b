"""Write transactions of a server, in a thread that keeps a connection open."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from api.database.failures import LOST, replaced, uncertain, unwritable
from api.database.migrations import check_writable, find_head
from api.database.sqlite import identify_file
from api.database.transactions import Run, writing
from api.errors import DatabaseError, DatabaseUnavailable, OperationError
from api.fair_semaphore import FairSemaphore
from api.settings import Settings

LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
Work = Callable[[sa.Connection], Result]
GRACE = 2.0  # seconds beyond the timeout until a server counts as lost
MAX_GROUP = 16  # works that one transaction commits


class Job(NamedTuple):
    """Work that waits for the thread, and the future of its result."""

    work: Work[Any]
    result: asyncio.Future[Any]


class WriteThread:
    """Runs write transactions; what was written is durable when a result is returned.

    Works that arrive while a transaction runs are committed together by the next one, so that they
    share the time that the disk takes. The connection is opened by the first transaction, and again
    after an error.
    """

    def __init__(self, settings: Settings) -> None:
        """Write to the database of the settings, as long as it is at this version's migration."""
        self.settings = settings
        self.file = identify_file(settings.sqlite_path)
        self.head = find_head(settings)
        self.slots = FairSemaphore(MAX_GROUP)
        self.thread = ThreadPoolExecutor(1, "writer")
        self.stack = ExitStack()
        self.transaction: Run | None = None
        self.jobs: list[Job] = []
        self.group: asyncio.Future[list[Any]] | None = None

    async def run(self, work: Work[Result]) -> Result:
        """Run work under the writers' lock, and return its result once it is committed.

        Work that raises an OperationError has to have written nothing; by another exception all is
        undone that it wrote. Work that waits or runs ends by itself, even if the caller is
        cancelled.

        Raises:
            DatabaseUnavailable: other writers took too long (OVERLOADED), or the database cannot
                be written (UNAVAILABLE); nothing was written, unless the message says that this is
                not known, because the connection was lost in the commit.
        """
        await self.slots.acquire()
        job = Job(work, asyncio.get_running_loop().create_future())
        job.result.add_done_callback(self._release)
        self.jobs.append(job)
        if self.group is None:
            self._start()
        result: Result = await asyncio.shield(job.result)
        return result

    def _release(self, result: asyncio.Future[Any]) -> None:
        result.exception()  # the caller may be gone
        self.slots.release()

    def _start(self) -> None:
        jobs, self.jobs = self.jobs, []
        works = [job.work for job in jobs]
        loop = asyncio.get_running_loop()
        self.group = loop.run_in_executor(self.thread, self._run_group, works)
        self.group.add_done_callback(partial(self._finish, jobs))

    def _finish(self, jobs: Sequence[Job], group: asyncio.Future[list[Any]]) -> None:
        for job, outcome in zip(jobs, group.result(), strict=True):
            if isinstance(outcome, Exception):
                job.result.set_exception(outcome)
            else:
                job.result.set_result(outcome)
        self.group = None
        if self.jobs:
            self._start()

    def _run_group(self, works: Sequence[Work[Any]]) -> list[Any]:
        """Run works in one transaction; return the result or the exception of each.

        If a work fails, which undoes the whole transaction, each is run again by itself, so that it
        alone has the exception.
        """
        if len(works) == 1:
            return [self._run_alone(works[0])]
        try:
            outcomes: list[Any] = self._run(partial(_run_each, works))
        except DatabaseUnavailable as error:
            outcomes = [error] * len(works)
        except Exception:  # noqa: BLE001 — raised again
            LOG.warning("A transaction of %d mutations failed; each is run again.", len(works))
            outcomes = [self._run_alone(work) for work in works]
        return outcomes

    def _run_alone(self, work: Work[Any]) -> Any:
        try:
            return self._run(work)
        except Exception as error:  # noqa: BLE001 — raised to the caller
            return error

    def _run(self, work: Work[Any]) -> Any:
        """Run work in a transaction.

        Raises:
            DatabaseUnavailable: the database cannot be written; the connection is closed. Or
                it has been migrated by another version, or SQLite's file is another.
        """
        if identify_file(self.settings.sqlite_path) != self.file:
            raise replaced()
        done = False

        def run(connection: sa.Connection) -> Any:
            nonlocal done
            check_writable(connection, self.head)
            result = work(connection)
            done = True
            return result

        try:
            return self._open()(run)
        except DatabaseError as error:
            self._close()
            raise (uncertain if done and error.reason == LOST else unwritable)(error) from None

    def _open(self) -> Run:
        """Return what runs transactions on the open connection."""
        if self.transaction is None:
            self.stack = ExitStack()
            self.transaction = self.stack.enter_context(
                writing(
                    self.settings,
                    durable=True,
                    wait=self.settings.timeout,
                    response=self.settings.timeout + GRACE,
                )
            )
        return self.transaction

    def _close(self) -> None:
        self.transaction = None
        self.stack.close()

    async def close(self) -> None:
        """Close the connection, after the works that wait."""
        while self.group is not None:
            await asyncio.wait([self.group])
        await asyncio.get_running_loop().run_in_executor(self.thread, self._close)
        self.thread.shutdown()


def _run_each(works: Iterable[Work[Any]], connection: sa.Connection) -> list[Any]:
    """Run works in one transaction; return the result or the OperationError of each."""
    outcomes: list[Any] = []
    for work in works:
        try:
            outcomes.append(work(connection))
        except OperationError as error:
            outcomes.append(error)
    return outcomes
