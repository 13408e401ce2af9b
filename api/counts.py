"""A cache of the number of records of each kind, reloaded when the database's revision changes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import orjson

from api.database import NEWEST, CompiledQuery, Database
from api.model.kinds import RecordKind
from api.plan.cost import Cost
from api.plan.execution_input import ExecutionInput
from api.sql.revisions import build_counts

# Seconds after which counts that would refuse a request are read again: records may be deleted.
MAX_AGE = 1.0


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of records of each kind, the mark of the revision, and when they were read."""

    mark: str
    counts: Mapping[str, int]
    at: float

    def is_old(self) -> bool:
        """Return whether the counts were read more than a second ago."""
        return monotonic() - self.at > MAX_AGE


class RecordCounts:
    """The counts of one database, shared by all requests."""

    def __init__(self, database: Database) -> None:
        """Build the statement; the counts are not known until they are read."""
        self.database = database
        self.statement = CompiledQuery(build_counts(), database.dialect)
        self.lock = asyncio.Lock()
        self.cached: Counted | None = None

    async def find_useful(
        self, cost: Cost, inputs: ExecutionInput, most: int, outdated: Counted | None
    ) -> Counted | None:
        """Return counts that lower a request's cost; None if the page sizes alone decide it.

        Counts that the database has left behind are passed as `outdated`, and are read again;
        so are old counts by which the request would cost more than `most`.

        Raises:
            DatabaseUnavailable: the counts could not be read.
        """
        if not cost.lists:
            return None
        counted = self.cached
        if counted is None or counted is outdated:
            counted = await self.refresh(outdated)
        points = cost.compute(inputs, counted.counts)
        if points > most and counted.is_old():
            counted = await self.refresh(counted)
            points = cost.compute(inputs, counted.counts)
        return counted if points < cost.of_pages(inputs) else None

    async def refresh(self, outdated: Counted | None) -> Counted:
        """Return newer counts than the `outdated` ones; concurrent callers share one query.

        Raises:
            DatabaseUnavailable: the counts could not be read.
        """
        async with self.lock:
            if self.cached is None or self.cached is outdated:
                self.cached = await self._fetch()
            return self.cached

    async def _fetch(self) -> Counted:
        at = monotonic()
        statement = self.statement
        found = orjson.loads(await self.database.fetch(statement, statement.alone(), NEWEST))
        counts = dict.fromkeys(map(str, RecordKind), 0) | dict(found["counts"])
        return Counted(found["mark"], counts, at)
