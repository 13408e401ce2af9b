"""Wakes tasks when the database has a newer revision, whichever process wrote it."""

import asyncio
import logging

from api.database import NEWEST, CompiledQuery, Database
from api.errors import DatabaseUnavailable
from api.sql.revisions import build_newest

LOG = logging.getLogger(__name__)
RETRY = 1.0  # seconds to wait after the database could not be asked
UNKNOWN = -1


class RevisionWatch:
    """The newest revision of a database, watched by one task while others wait for the next.

    Revisions become visible in the order of their numbers, since writers hold one lock until they
    commit: a task that has read all changes up to a number misses none by waiting beyond it.
    """

    def __init__(self, database: Database) -> None:
        """Build the statement; the database is watched only while a task waits."""
        self.database = database
        self.statement = CompiledQuery(build_newest(), database.dialect)
        self.newest = UNKNOWN
        self.changed = asyncio.Event()
        self.waiting = 0
        self.task: asyncio.Task[None] | None = None

    async def fetch_newest(self, revision: int = NEWEST) -> int:
        """Fetch the newest revision's number; 0 if there is none.

        If a `revision` is given, a server is asked that has it, or the primary.

        Raises:
            DatabaseUnavailable: the database did not say.
        """
        return int(await self.database.fetch(self.statement, [], revision))

    async def wait_beyond(self, revision: int) -> int:
        """Return the newest revision's number as soon as it is greater than this one.

        A smaller one is returned too: the database was restored to a state before this revision.
        """
        self.waiting += 1
        if self.task is None:
            self.newest = UNKNOWN  # what was known before may have been restored away
            self.task = asyncio.create_task(self._watch())
        try:
            while self.newest <= revision:
                if self.newest in {UNKNOWN, revision}:
                    await self.changed.wait()
                    continue
                try:  # the caller may know a newer one, which no server that responds has now
                    newest = await self.fetch_newest(revision)
                except DatabaseUnavailable:
                    await asyncio.sleep(RETRY)
                    continue
                self.announce(newest)
                if newest < revision:
                    break
            return self.newest
        finally:
            self.waiting -= 1
            if not self.waiting:
                self.close()

    def announce(self, revision: int) -> None:
        """Wake the waiting tasks for a revision, which this process has committed or read."""
        if revision != self.newest:
            self.newest = revision
            self.changed.set()
            self.changed = asyncio.Event()

    async def _watch(self) -> None:
        """Announce each new revision; a database that was restored has an older one."""
        while True:
            try:
                self.announce(await self.fetch_newest())
                await self.database.wait_for_write()
            except DatabaseUnavailable:
                await asyncio.sleep(RETRY)
            except Exception:
                LOG.exception("The newest revision cannot be read.")
                await asyncio.sleep(RETRY)

    def close(self) -> None:
        """Stop watching."""
        if self.task is not None:
            self.task.cancel()
            self.task = None
