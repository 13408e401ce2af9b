"""The endpoints of releases, `/releases/NAME/graphql`: answers that never change."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graphql import OperationType
from starlette.types import ASGIApp, Receive, Scope, Send

from api.database import Database
from api.database.failures import unavailable
from api.database.sqlite import SQLite
from api.errors import DatabaseError, DatabaseUnavailable, OperationError, ReleaseError
from api.http.errors import RequestError
from api.http.responses import Header, send_response, write_error
from api.plan.operations import Operation
from api.prepared import PreparedOperations
from api.releases import NAME, at_file, find_file, open_file
from api.response import Answer
from api.settings import Settings

MAX_OPEN = 8  # releases that stay open while they are not used
YEAR = 31_536_000  # seconds
Key = tuple[str, int, int]  # a release's name, and the inode and modification time of its file
QUERIES_ONLY = "A release never changes: it answers queries, not mutations or subscriptions."


class PreparedQueries(PreparedOperations):
    """The operations that a release answers: mutations and subscriptions are refused."""

    async def read(self, document: str, name: str | None) -> Operation | Answer:
        """Return a document's query of this name, or the answer that refuses the document.

        Raises:
            OperationError: it is a mutation or subscription.
        """
        operation = await super().read(document, name)
        if isinstance(operation, Operation) and operation.type is not OperationType.QUERY:
            raise OperationError("OPERATION_NOT_SUPPORTED", QUERIES_ONLY)
        return operation


@dataclass(slots=True)
class OpenRelease:
    """A release's endpoint and database, and the number of requests that it is answering."""

    endpoint: ASGIApp
    database: Database
    users: int = 0


class ReleaseEndpoints:
    """Serves each release at an endpoint of its own, opened at the first request to it.

    A deleted release is found at once by its missing file.
    """

    def __init__(self, settings: Settings, build: Callable[[Database], ASGIApp]) -> None:
        """Open no release yet; `build` returns the endpoint of a release's database."""
        self.settings, self.build = settings, build
        self.open: dict[Key, OpenRelease] = {}  # the most recently used last
        self.opening: dict[Key, asyncio.Task[Path]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below `/releases/{release}`."""
        try:
            release = await self._open(scope["path_params"]["release"])
        except (RequestError, DatabaseUnavailable) as error:
            await send_response(send, write_error(error), scope["method"])
            return
        release.users += 1
        try:
            await release.endpoint(scope, receive, send)
        finally:
            release.users -= 1
            await self._close_unused(MAX_OPEN)

    async def _open(self, name: str) -> OpenRelease:
        """Return an open release; its file is opened, or migrated, in a thread.

        Raises:
            RequestError: there is no such release (404).
            DatabaseUnavailable: its file cannot be read, or was changed.
        """
        key = self._find(name)
        if key not in self.open:
            file = await self._find_open_file(key)
            if key not in self.open:  # by another request meanwhile
                database = SQLite(file, at_file(self.settings, file))
                self.open[key] = OpenRelease(self.build(database), database)
        release = self.open[key] = self.open.pop(key)
        return release

    def _find(self, name: str) -> Key:
        try:
            if NAME.fullmatch(name):
                status = find_file(self.settings, name).stat()
                return name, status.st_ino, status.st_mtime_ns
        except FileNotFoundError:
            pass
        message = "There is no such release: ask /graphql for `{ releases { name } }`."
        raise RequestError(404, "NOT_FOUND", message)

    async def _find_open_file(self, key: Key) -> Path:
        if key not in self.opening:
            work = asyncio.to_thread(open_file, self.settings, key[0])
            self.opening[key] = task = asyncio.create_task(work)
            task.add_done_callback(lambda _: self.opening.pop(key))
        try:
            return await asyncio.shield(self.opening[key])
        except (DatabaseError, ReleaseError, OSError) as error:
            raise unavailable(error) from None

    async def _close_unused(self, most: int) -> None:
        """Close the least recently used releases until at most `most` are open."""
        unused = [key for key, release in self.open.items() if not release.users]
        for key in unused[: max(len(self.open) - most, 0)]:
            await self.open.pop(key).database.close()

    async def close(self) -> None:
        """Close all releases."""
        await self._close_unused(0)


def cache_for_ever(settings: Settings) -> Header:
    """Return the header of answers that never change; shared caches know no keys."""
    audience = "private" if settings.access == "keys" else "public"
    return b"cache-control", f"{audience}, max-age={YEAR}, immutable".encode()
