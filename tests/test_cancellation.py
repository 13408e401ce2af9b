"""A statement ends: at its timeout, when nobody waits for it, when its client has left."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from starlette.requests import ClientDisconnect

from api.answer import Answerer
from api.database import open_database
from api.errors import DatabaseUnavailable
from api.http.disconnect import DisconnectWatcher
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings
from tests.endless import Activity, Endless, ask, endless, quick, until
from tests.in_loop import serving_in_loop

TITLES = "{ meetings(first: 1) { nodes { title } } }"


@pytest_asyncio.fixture
async def database(seeded: Settings) -> AsyncIterator[Any]:
    opened = await open_database(seeded)
    yield opened
    await opened.close()


@pytest.fixture
def activity(database: Any, seeded: Settings) -> Activity:
    return Activity(database, seeded)


async def test_a_statement_ends_at_its_timeout(seeded: Settings, engine: str) -> None:
    settings = seeded.model_copy(update={"timeout": 0.05})
    database = await open_database(settings)
    with pytest.raises(DatabaseUnavailable, match=r"within 0\.05 seconds") as raised:
        await ask(database, endless(engine, database.dialect))
    assert raised.value.code == "TIMEOUT"
    await Activity(database, settings).has(0)
    assert await ask(database, quick(engine, database.dialect)) == b"1"
    await database.close()


async def test_a_statement_ends_when_nobody_waits_for_it(
    database: Any, activity: Activity, engine: str
) -> None:
    fetching = asyncio.create_task(ask(database, endless(engine, database.dialect)))
    await activity.has(1)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    await activity.has(0)
    assert await ask(database, quick(engine, database.dialect)) == b"1"


async def test_one_given_up_before_it_runs_ends_too(
    database: Any, activity: Activity, engine: str
) -> None:
    fetching = asyncio.create_task(ask(database, endless(engine, database.dialect)))
    await asyncio.sleep(0)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    await activity.has(0)


@pytest.fixture(params=["httptools", "h11"])
def protocol(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


async def test_a_client_that_leaves_takes_its_statement_along(
    answerer: Answerer, database: Any, activity: Activity, engine: str, protocol: str
) -> None:
    app = GraphQLEndpoint(Answerer(answerer.catalog, Endless(database, engine)), Settings())
    async with serving_in_loop(app, protocol) as served:
        reader, writer = await served.connect()
        writer.write(served.request(TITLES))
        await activity.has(1)
        writer.close()
        await activity.has(0)
        del reader


class Held:
    """A database whose answers come when they are let go."""

    def __init__(self, database: Any) -> None:
        self.dialect, self.adapt = database.dialect, database.adapt
        self.settings = database.settings
        self.go = asyncio.Event()

    async def fetch(self, *_: object) -> bytes:
        await self.go.wait()
        return b"{}"

    async def close(self) -> None:
        """Nothing is open."""


async def test_watching_for_disconnects_keeps_the_connection_alive(
    answerer: Answerer, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.disconnect.CHECK_INTERVAL", 0.01)
    held: Any = Held(answerer.database)
    app = GraphQLEndpoint(Answerer(answerer.catalog, held), Settings())

    async def is_watched() -> bool:
        return bool(app.disconnects.watched)

    async with serving_in_loop(app, protocol) as served:
        reader, writer = await served.connect()
        writer.write(served.request(TITLES) + served.request("{ __typename }"))
        await until(is_watched)
        writer.write(served.request("{ again: __typename }"))
        held.go.set()
        answers = [await served.read_answer(reader) for _ in range(3)]
        assert answers == [{}, {"__typename": "Query"}, {"again": "Query"}]
        writer.close()
        await writer.wait_closed()
    assert not app.disconnects.waiting
    assert not app.disconnects.watched


async def test_what_the_document_decides_asks_no_database(answerer: Answerer) -> None:
    held: Any = Held(answerer.database)
    app = GraphQLEndpoint(Answerer(answerer.catalog, held), Settings())
    async with serving_in_loop(app, "httptools") as served:
        reader, writer = await served.connect()
        query = '{ a: __typename __type(name: "Query") { name } b: __typename }'
        writer.write(served.request(query))
        answer = await served.read_answer(reader)
        assert orjson.dumps(answer) == b'{"a":"Query","__type":{"name":"Query"},"b":"Query"}'
        writer.close()
        await writer.wait_closed()


async def leave(departures: DisconnectWatcher, *, stopping: bool) -> int:
    """Wait for what never comes while the client leaves, and count what else wants an end."""
    task = asyncio.current_task()
    assert task is not None

    async def receive() -> dict[str, str]:
        if stopping:
            task.cancel()
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        await departures.wait(asyncio.Event().wait(), receive)
    return task.cancelling()


async def test_a_client_that_leaves_cancels_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.disconnect.CHECK_INTERVAL", 0)
    departures = DisconnectWatcher()
    assert await asyncio.create_task(leave(departures, stopping=False)) == 0
    stopping = asyncio.create_task(leave(departures, stopping=True))
    with pytest.raises(asyncio.CancelledError):
        await stopping
    assert not departures.waiting
