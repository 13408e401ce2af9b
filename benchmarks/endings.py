"""When a server's statements begin and end, as the database or the kernel tells."""

import asyncio
import time
from pathlib import Path
from typing import Self

import asyncpg

from benchmarks.databases import Databases

EVERY = 0.002
RUNNING = """SELECT count(*) FROM pg_stat_activity WHERE state = 'active'
AND datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


class Endings:
    """Tells whether a server has a statement running; of SQLite, whether a thread runs."""

    def __init__(self, databases: Databases, engine: str, pid: int) -> None:
        """Watch a server's process, or its database."""
        self.url = databases.url(engine)
        self.engine, self.pid = engine, pid
        self.runner = asyncio.Runner()

    def __enter__(self) -> Self:
        """Connect to PostgreSQL, where that is it."""
        if self.engine == "postgresql":
            self.connection = self.runner.run(asyncpg.connect(self.url))
        return self

    def __exit__(self, *_: object) -> None:
        """Be done with it."""
        if self.engine == "postgresql":
            self.runner.run(self.connection.close())
        self.runner.close()

    def wait_until(self, *, busy: bool) -> None:
        """Wait until a statement runs, or none does; twice in a row, for threads pause."""
        seen = 0
        while seen < 2:  # noqa: PLR2004
            seen = seen + 1 if self._is_busy() == busy else 0
            time.sleep(EVERY)

    def _is_busy(self) -> bool:
        if self.engine == "postgresql":
            return bool(self.runner.run(self.connection.fetchval(RUNNING)))
        return any(self._states())

    def _states(self) -> list[bool]:
        threads = Path(f"/proc/{self.pid}/task").glob("*")
        others = (item for item in threads if item.name != str(self.pid))
        return [
            (item / "stat").read_text().rpartition(")")[2].split()[0] in ("R", "D")
            for item in others
        ]
