"""The revision watch: woken by every writer, in order, and idle while nobody waits."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
import orjson
import pytest
import pytest_asyncio
import sqlalchemy as sa

from api.database import NEWEST, CompiledQuery, open_database
from api.errors import DatabaseUnavailable
from api.revision_watch import RevisionWatch
from api.settings import Settings
from api.sql.dialects import encoded
from api.sql.json import build_list
from api.sql.revisions import REVISION
from tests.endless import PATIENCE, until
from tests.importing import run, write_lines
from tests.transactions import write
from tests.wrapping import Wrapped

WRITERS, REVISIONS = 8, 3  # at once, and of each


@pytest_asyncio.fixture
async def watch(settings: Settings) -> AsyncIterator[RevisionWatch]:
    database = await open_database(settings)
    watch = RevisionWatch(database)
    yield watch
    watch.close()
    await database.close()


def write_revision(settings: Settings, folder: Path, key: str) -> None:
    """Import one topic, as another process would: over a connection of its own."""
    folder.mkdir(exist_ok=True)
    topic = {"record": "topic", "scheme": "test", "code": key, "labels": {"en": key}}
    assert run(settings, write_lines(folder, topic)).startswith("1 created")


async def beyond(watch: RevisionWatch, revision: int) -> int:
    async with asyncio.timeout(PATIENCE):
        return await watch.wait_beyond(revision)


async def test_a_revision_of_another_connection_wakes_all_who_wait(
    watch: RevisionWatch, settings: Settings, tmp_path: Path
) -> None:
    assert await beyond(watch, -1) == 0
    times: list[float] = []
    waiting = [asyncio.create_task(beyond(watch, 0)) for _ in range(1_000)]
    for task in waiting:
        task.add_done_callback(lambda _: times.append(monotonic()))
    await asyncio.to_thread(write_revision, settings, tmp_path, "one")
    written = monotonic()
    assert await asyncio.gather(*waiting) == [1] * 1_000
    assert max(times) - written < 0.25
    assert watch.task is None  # nobody waits, so nothing is asked


async def test_a_revision_that_was_written_while_nobody_waited_is_seen_at_once(
    watch: RevisionWatch, settings: Settings, tmp_path: Path
) -> None:
    assert await beyond(watch, -1) == 0
    await asyncio.to_thread(write_revision, settings, tmp_path, "one")
    assert await beyond(watch, 0) == 1


async def test_an_announced_revision_needs_no_database(watch: RevisionWatch) -> None:
    assert await beyond(watch, -1) == 0
    waiting = asyncio.create_task(beyond(watch, 0))

    async def watches() -> bool:
        return watch.task is not None and watch.newest == 0

    await until(watches)
    watch.announce(7)
    assert await waiting == 7


async def test_a_waiter_may_leave(watch: RevisionWatch) -> None:
    waiting = asyncio.create_task(beyond(watch, 0))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert (watch.waiting, watch.task) == (0, None)


async def test_concurrent_writers_are_seen_in_order_and_none_is_skipped(
    watch: RevisionWatch, settings: Settings, tmp_path: Path
) -> None:
    number = sa.cast(REVISION.c.id, sa.Text).label("item")
    found = sa.select(number).order_by(REVISION.c.id)
    listed = sa.select(encoded(build_list(found, "found")))
    statement = CompiledQuery(listed, watch.database.dialect)

    def write_many(writer: int) -> None:
        for item in range(REVISIONS):
            write_revision(settings, tmp_path / str(writer), f"topic-{writer}-{item}")

    seen: list[int] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write_many, writer) for writer in range(WRITERS)]
        while len(seen) < WRITERS * REVISIONS:
            newest = await beyond(watch, len(seen))
            visible = orjson.loads(await watch.database.fetch(statement, []))
            # What was visible before is a prefix, and nothing is missing below the newest number.
            assert visible == list(range(1, len(visible) + 1))
            assert len(visible) >= newest
            seen = visible
        for future in writing:
            future.result()
    assert seen == list(range(1, WRITERS * REVISIONS + 1))


async def test_a_lost_notification_connection_is_opened_again(
    watch: RevisionWatch, settings: Settings, tmp_path: Path
) -> None:
    if settings.sqlite_path:
        return
    waiting = asyncio.create_task(beyond(watch, 0))
    database: Any = watch.database

    async def listens() -> bool:
        return database.listener is not None and not database.written.is_set()

    await until(listens)
    first, admin = database.listener, await asyncpg.connect(settings.database_url)
    await admin.execute("SELECT pg_terminate_backend($1)", first.get_server_pid())
    await admin.close()
    await asyncio.to_thread(write_revision, settings, tmp_path, "one")
    assert await waiting == 1

    async def reopened() -> bool:
        return database.listener is not first

    waiting = asyncio.create_task(beyond(watch, 1))
    await until(reopened)
    await asyncio.to_thread(write_revision, settings, tmp_path, "two")
    assert await waiting == 2


class Reduced(Wrapped):
    """A database whose primary server is down: a replica has no revision yet."""

    down = True

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        if not self.down:
            return await super().fetch(statement, values, revision)
        if revision == NEWEST:
            return b"0"
        raise DatabaseUnavailable("UNAVAILABLE", "No server has this revision.")


async def test_a_server_that_is_behind_is_no_older_state(
    watch: RevisionWatch, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.revision_watch.RETRY", 0.01)
    await asyncio.to_thread(write_revision, settings, tmp_path, "one")
    database = Reduced(watch.database)
    reduced = RevisionWatch(database)
    waiting = asyncio.create_task(beyond(reduced, 1))

    async def is_told() -> bool:
        return reduced.newest == 0

    await until(is_told)
    assert not waiting.done()
    database.down = False
    await asyncio.to_thread(write_revision, settings, tmp_path, "two")
    assert await waiting == 2


async def test_a_transaction_that_is_rolled_back_wakes_nobody(
    watch: RevisionWatch, settings: Settings
) -> None:
    assert await beyond(watch, -1) == 0
    waiting = asyncio.create_task(beyond(watch, 0))

    def fail(connection: sa.Connection) -> None:
        row = {"id": 1, "at": sa.func.current_timestamp(), "by": "x", "why": "y"}
        connection.execute(sa.insert(REVISION).values(row))
        raise ZeroDivisionError

    for _ in range(2):
        try:
            await asyncio.to_thread(write, settings, fail)
        except ZeroDivisionError:
            continue
    await asyncio.sleep(0.2)
    assert not waiting.done()
    waiting.cancel()
