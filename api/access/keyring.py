"""A cache of all API keys in the server's memory."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import monotonic

import orjson

from api.access.keys import Key, Token
from api.database import NEWEST, CompiledQuery, Database
from api.sql.keys import build_keys
from api.tasks import retrieve_exception

FRESH = 1.0  # seconds after which the next request with a key reloads the keys
STALE = 5.0  # seconds after which cached keys are no longer accepted


class Keyring:
    """Finds keys in memory, and reloads all keys from the database when the cache is stale.

    Unknown keys are not looked up in the database. During a reload, requests with a known key
    do not wait for it, even if all connections are in use. A revoked key is refused after five
    seconds at the latest.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = monotonic) -> None:
        """Start without keys; they are read from the database on demand."""
        self.database = database
        self.clock = clock
        self.statement = CompiledQuery(build_keys(), database.dialect)
        self.keys: dict[str, Key] = {}
        self.read_at = float("-inf")
        self.reading: asyncio.Task[None] | None = None

    async def find(self, text: bytes) -> Key | None:
        """Return the valid key of a token; None if the token is malformed or the key revoked.

        Raises:
            DatabaseUnavailable: the cache is stale, and the keys could not be read.
        """
        token = Token.parse(text)
        if token is None:
            return None
        age = self.clock() - self.read_at
        if age > FRESH:
            reading = self._start_reading()
            if age > STALE or token.id not in self.keys:
                await asyncio.shield(reading)
        key = self.keys.get(token.id)
        return key if key is not None and key.fits(token) else None

    def _start_reading(self) -> asyncio.Task[None]:
        if self.reading is None or self.reading.done():
            self.reading = asyncio.create_task(self._read())
            self.reading.add_done_callback(retrieve_exception)
        return self.reading

    async def _read(self) -> None:
        began = self.clock()
        # Keys are made and revoked without a revision, by which a replica's lag is measured.
        statement = self.statement
        rows = orjson.loads(await self.database.fetch(statement, statement.alone(), NEWEST))
        self.keys = {row[0]: _parse_row(*row) for row in rows}
        self.read_at = began


def _parse_row(id_: str, name: str, digest: str, scopes: str, expiry: str | None) -> Key:
    expires = datetime.fromisoformat(expiry).timestamp() if expiry else None
    return Key(id_, name, digest, frozenset(scopes.split()), expires)
