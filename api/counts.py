"""A cache of the number of records of each kind, reloaded when the database's revision changes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import orjson

from api.database import CompiledQuery, Database
from api.model.kinds import RecordKind
from api.sql.revisions import build_counts

# Seconds for which counts are used where only a deletion could change the decision.
FRESH = 1.0


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of records of each kind, the mark of the revision, and when they were read."""

    mark: str
    counts: Mapping[str, int]
    at: float

    def is_old(self) -> bool:
        """Return whether the counts were read more than a second ago."""
        return monotonic() - self.at > FRESH


class RecordCounts:
    """The counts of one database, shared by all requests."""

    def __init__(self, database: Database) -> None:
        """Build the statement; the counts are not known until they are read."""
        self.database = database
        self.statement = CompiledQuery(build_counts(), database.dialect)
        self.lock = asyncio.Lock()
        self.known: Counted | None = None

    async def read_again(self, old: Counted | None) -> Counted:
        """Return counts newer than these; concurrent callers share one query.

        Raises:
            DatabaseUnavailable: the database did not say.
        """
        async with self.lock:
            if self.known is None or self.known is old:
                self.known = await self._fetch()
            return self.known

    async def _fetch(self) -> Counted:
        at = monotonic()
        found = orjson.loads(await self.database.fetch(self.statement, self.statement.alone()))
        counts = dict.fromkeys(map(str, RecordKind), 0) | dict(found["counts"])
        return Counted(found["mark"], counts, at)
