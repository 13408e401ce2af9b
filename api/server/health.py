"""Liveness and readiness probes."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.database import CompiledQuery, Database
from api.database.failures import NOT_AT_HEAD
from api.database.migrations import INSTALL, MIGRATE, can_read
from api.database.sqlite import identify_file
from api.errors import DatabaseUnavailable
from api.model import Compatibility, SearchVersion
from api.sql.dialects import encoded, text
from api.text.version import VERSION

LOG = logging.getLogger(__name__)
TIMEOUT = 2.0  # seconds in which the database has to return its revision
NO_STORE = {"cache-control": "no-store"}
REVISION = sa.table("alembic_version", sa.column("version_num")).c.version_num
READERS = sa.cast(Compatibility.oldest_reader, sa.Text)
INDEX = sa.func.coalesce(
    sa.select(sa.cast(SearchVersion.version, sa.Text)).scalar_subquery(), text("none")
)


@dataclass(frozen=True, slots=True)
class Unready:
    """The reason why the server is not ready, with its code."""

    code: str
    reason: str


class Readiness:
    """Checks that the database is reachable, and at a migration that this server can read."""

    def __init__(self, database: Database, head: str, path: Path | None = None) -> None:
        """Check a database; `path` is SQLite's file, which may be replaced while it is open."""
        self.database = database
        self.head = head
        self.path = path
        self.file = identify_file(path)
        self.last: Unready | None = None
        self.revision = CompiledQuery(sa.select(encoded(REVISION)), database.dialect)
        self.readers = CompiledQuery(sa.select(encoded(READERS)), database.dialect)
        self.index = CompiledQuery(sa.select(encoded(INDEX)), database.dialect)

    async def check(self) -> Unready | None:
        """Return the problem; None if the database is ready."""
        if (file := identify_file(self.path)) != self.file:
            return MISSING if file is None else REPLACED
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._compare()
        except Exception as error:  # noqa: BLE001
            if isinstance(error, DatabaseUnavailable) and error.code == NOT_AT_HEAD:
                return Unready(NOT_AT_HEAD, error.message)
            if self.last is None:
                LOG.warning("The database cannot be reached: %r", error)
            return UNREACHABLE

    async def _compare(self) -> Unready | None:
        revision = await self._fetch(self.revision)
        if revision != self.head:
            newer = revision > self.head
            readers = await self._fetch(self.readers) if newer else None
            if not can_read(self.head, revision, readers):
                remedy = INSTALL if newer else MIGRATE
                return _differs(f"is at {revision}", self.head, remedy)
        if (index := await self._fetch(self.index)) != str(VERSION):
            return _differs(f"has search index {index}", f"{VERSION}", MIGRATE)
        return None

    async def _fetch(self, statement: CompiledQuery) -> str:
        return (await self.database.fetch(statement, statement.alone())).decode()

    async def show(self, _: Request) -> Response:
        """Respond 200 if the server is ready, else 503 with a code and a reason."""
        self.last = problem = await self.check()
        if problem is None:
            return JSONResponse({"status": "ready"} | self._list_down(), headers=NO_STORE)
        body = {"status": "unready", "code": problem.code, "reason": problem.reason}
        return JSONResponse(body, 503, headers=NO_STORE | {"retry-after": "1"})

    def _list_down(self) -> dict[str, list[str]]:
        """Return a member with the servers that do not respond, while others answer reads."""
        down = [state.name for state in self.database.states() if not state.up]
        return {"down": down} if down else {}


async def show_life(_: Request) -> Response:
    """Respond 200 to the liveness probe."""
    return JSONResponse({"status": "live"}, headers=NO_STORE)


def _differs(state: str, wanted: str, remedy: str) -> Unready:
    return Unready(NOT_AT_HEAD, f"The database {state}, but this server needs {wanted}: {remedy}.")


UNREACHABLE = Unready(
    "DATABASE_UNREACHABLE",
    f"The database does not respond within {TIMEOUT:g} seconds: check that it is running.",
)
MISSING = Unready(
    "DATABASE_UNREACHABLE", "The database's file is missing: restore it, and restart the server."
)
REPLACED = Unready(
    "DATABASE_REPLACED",
    "The database's file was replaced while the server was running: restart the server.",
)
