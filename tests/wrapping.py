"""The base of databases that watch or change what another database is asked."""

from typing import Any

from api.database import CompiledQuery


class Wrapped:
    """A database that answers as another does."""

    def __init__(self, database: Any) -> None:
        self.database = database
        self.dialect, self.adapt = database.dialect, database.adapt
        self.settings = database.settings
        self.connections, self.close = database.connections, database.close
        self.wait_for_write, self.read_version = database.wait_for_write, database.read_version
        self.reaches, self.find, self.states = database.reaches, database.find, database.states

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        answer: bytes = await self.database.fetch(statement, values, revision)
        return answer
