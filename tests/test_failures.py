"""No answer: the code that says why, in words of ours, and answers again once it has passed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import sqlalchemy as sa

from api.answer import Answerer
from api.database import CompiledQuery, open_database
from api.database.migrations import migrate
from api.database.sqlite import LONG, Prefixes, format_match, load_driver
from api.errors import DatabaseUnavailable
from api.fair_semaphore import FairSemaphore
from api.http.graphql import GraphQLEndpoint
from api.request import GraphQLRequest
from api.settings import Settings
from api.text.words import parse_query
from tests.conftest import NUMBERS, NewDatabase
from tests.endless import Activity, Endless, ask, endless, quick, until
from tests.postgres import Postgres, running_postgres

TITLES = {"query": "{ meetings(first: 1) { nodes { title } } }"}
SLOW = 1.0  # what a statement took the last time


@pytest_asyncio.fixture
async def busy(seeded: Settings, engine: str) -> AsyncIterator[Any]:
    """A database all of whose connections for slow statements are taken."""
    settings = seeded.model_copy(update={"pool_size": 5})
    database: Any = await open_database(settings)
    turns = database.readers if engine == "sqlite" else database
    name = "slots" if engine == "sqlite" else "slow_slots"
    setattr(turns, name, FairSemaphore(4, patience=0.01))
    statement = endless(engine, database.dialect)
    statement.seconds = SLOW
    running = [asyncio.create_task(ask(database, statement)) for _ in range(4)]
    await Activity(database, settings).has(4)
    yield database
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await database.close()


async def test_who_waits_too_long_is_told_when_to_come_back(
    answerer: Answerer, busy: Any, engine: str
) -> None:
    endpoint = GraphQLEndpoint(Answerer(answerer.catalog, Endless(busy, engine)), Settings())
    transport = httpx.ASGITransport(app=endpoint)
    async with httpx.AsyncClient(transport=transport, base_url="http://mithaq") as client:
        response = await client.post("/graphql", json=TITLES)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "OVERLOADED"}


async def test_connections_are_counted_by_their_states(busy: Any, seeded: Settings) -> None:
    counted = busy.connections()
    assert counted["open"] >= counted["used"] == 4
    assert counted["waiting"] == 0
    database = await open_database(seeded)
    at_rest = database.connections()
    assert at_rest == {"open": at_rest["open"], "used": 0, "waiting": 0}
    assert at_rest["open"] >= 1
    await database.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_new_statements_are_tried_one_at_a_time(seeded: Settings, engine: str) -> None:
    database: Any = await open_database(seeded)
    database.slow_slots = FairSemaphore(0, patience=0.01)
    statements = [endless(engine, database.dialect) for _ in range(3)]
    running = [asyncio.create_task(ask(database, statement)) for statement in statements]
    await Activity(database, seeded).has(1)
    assert database.connections()["waiting"] == 2
    for result in await asyncio.gather(*running, return_exceptions=True):
        assert isinstance(result, DatabaseUnavailable)
    await database.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_the_timeout_is_postgresql_s_own_too(seeded: Settings, engine: str) -> None:
    assert engine == "postgresql"
    database = await open_database(seeded.model_copy(update={"timeout": 7.0}))
    setting = sa.text("convert_to(current_setting('statement_timeout'), 'UTF8')")
    assert await ask(database, CompiledQuery(sa.select(setting), database.dialect)) == b"7s"
    await database.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_closing_a_database_closes_its_readers(seeded: Settings, engine: str) -> None:
    database: Any = await open_database(seeded)
    statement = quick(engine, database.dialect)
    statement.seconds = SLOW
    assert await ask(database, statement) == b"1"
    (reader,) = database.readers.idle
    await database.close()
    with pytest.raises(load_driver().ProgrammingError, match="closed"):
        reader.connection.execute("SELECT 1")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_statement_of_some_milliseconds_is_run_in_the_event_loop(
    seeded: Settings, engine: str
) -> None:
    assert engine == "sqlite"
    database: Any = await open_database(seeded)
    numbers = sa.select(sa.literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.i + 1).where(numbers.c.i < 4_000))
    statement = CompiledQuery(sa.select(sa.func.count()).select_from(numbers), database.dialect)
    await ask(database, statement)
    assert statement.seconds is not None
    assert 0 < statement.seconds < LONG
    assert database.connections()["open"] == 1
    await database.close()


async def test_quick_statements_are_answered_beside_slow_ones(busy: Any, engine: str) -> None:
    assert await ask(busy, quick(engine, busy.dialect)) == b"1"


async def test_what_is_new_may_be_quick_too(busy: Any, engine: str) -> None:
    statement = quick(engine, busy.dialect)
    statement.seconds = None
    assert await ask(busy, statement) == b"1"


async def code_of(database: Any, statement: CompiledQuery) -> tuple[str, str]:
    with pytest.raises(DatabaseUnavailable) as raised:
        await ask(database, statement)
    assert raised.value.retry_after
    return raised.value.code, raised.value.message


@pytest.fixture(scope="module")
def other_postgres() -> Iterator[Postgres]:
    """A server of these tests alone, which stop it and start it again."""
    with running_postgres() as server:
        yield server


async def test_a_postgresql_that_was_stopped_is_asked_again(
    other_postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(database_url=other_postgres.create_database(f"test_{next(NUMBERS)}"))
    database: Any = await open_database(settings)
    statement = quick("postgresql", database.dialect)
    waiting = asyncio.create_task(code_of(database, endless("postgresql", database.dialect)))
    await Activity(database, settings).has(1)
    await asyncio.to_thread(other_postgres.stop)
    assert (await waiting)[0] == "UNAVAILABLE"
    code, message = await code_of(database, statement)
    assert code == "UNAVAILABLE"
    assert message == "The database cannot be reached now: ask again in 5 seconds."
    assert "The database cannot be asked: " in caplog.text
    await asyncio.to_thread(other_postgres.start)
    assert await ask(database, statement) == b"1"
    await database.close()


@pytest.mark.parametrize(("rest", "same"), [(300, True), (0, False)])
async def test_a_connection_rests_for_so_long(
    new_postgres: NewDatabase, monkeypatch: pytest.MonkeyPatch, rest: float, *, same: bool
) -> None:
    monkeypatch.setattr("api.database.connections.REST", rest)
    settings = new_postgres()
    database: Any = await open_database(settings)
    text = sa.text("convert_to(pg_backend_pid()::text, 'UTF8')")
    process = CompiledQuery(sa.select(text), database.dialect)
    processes = {await ask(database, process) for _ in range(3)}
    assert (len(processes) == 1) is same
    assert database.connections()["used"] == 0
    await database.close()


async def test_a_connection_that_was_closed_meanwhile_is_replaced(
    other_postgres: Postgres,
) -> None:
    settings = Settings(database_url=other_postgres.create_database(f"test_{next(NUMBERS)}"))
    database: Any = await open_database(settings)
    statement = quick("postgresql", database.dialect)
    assert await ask(database, statement) == b"1"
    await asyncio.to_thread(other_postgres.stop)
    await asyncio.to_thread(other_postgres.start)
    assert await ask(database, statement) == b"1"
    await database.close()


@pytest.fixture
def on_the_way(new_database: NewDatabase) -> Settings:
    """A database that is not yet at head."""
    settings = new_database()
    migrate(settings, "0001")
    return settings


async def test_tables_that_are_not_there_are_told_in_words_of_ours(
    answerer: Answerer, on_the_way: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database = await open_database(on_the_way)
    endpoint = GraphQLEndpoint(Answerer(answerer.catalog, database), on_the_way)
    transport = httpx.ASGITransport(app=endpoint)
    async with httpx.AsyncClient(transport=transport, base_url="http://mithaq") as client:
        query = {"query": '{ search(text: "talks") { nodes { node { id } } } }'}
        response = await client.post("/graphql", json=query)
    assert response.status_code == 503
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "DATABASE_NOT_AT_HEAD"}
    assert "run `mithaq migrate`" in error["message"]
    assert "search_" not in response.text
    assert "retry-after" not in response.headers
    assert "search_" in caplog.text
    await database.close()


@pytest.fixture
def file(new_sqlite: NewDatabase) -> Path:
    """An SQLite database without a log, which a writer locks for readers, too."""
    path = new_sqlite().sqlite_path
    assert path
    with load_driver().connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return path


async def test_a_locked_file_is_waited_for_in_a_thread(file: Path) -> None:
    database: Any = await open_database(Settings(database_url=f"sqlite:///{file}"))
    statement = CompiledQuery(count_records(), database.dialect)
    writer = load_driver().connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    fetching = asyncio.create_task(ask(database, statement))

    async def waits() -> bool:
        return bool(database.readers.busy)

    await until(waits)
    writer.execute("ROLLBACK")
    assert await fetching == b"0"
    writer.close()
    await database.close()


async def test_a_file_that_stays_locked_is_told_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.database.sqlite.LOCKED", 0.01)
    database: Any = await open_database(Settings(database_url=f"sqlite:///{file}"))
    writer = load_driver().connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    code, _ = await code_of(database, CompiledQuery(count_records(), database.dialect))
    assert code == "UNAVAILABLE"
    writer.close()
    await database.close()


def count_records() -> sa.Select[Any]:
    return sa.select(sa.text("CAST((SELECT count(*) FROM event) AS text)"))


async def test_what_was_long_runs_in_a_thread_until_it_is_short(seeded: Settings) -> None:
    database: Any = await open_database(Settings(database_url=seeded.database_url))
    if seeded.sqlite_path is not None:
        statement = quick("sqlite", database.dialect)
        await ask(database, statement)
        assert database.readers.idle == []
        statement.seconds = SLOW
        await ask(database, statement)
        assert len(database.readers.idle) == 1
        assert statement.seconds < SLOW
    await database.close()


class Expecting:
    """A database that notes how long each statement is expected to take, and takes long."""

    def __init__(self, database: Any) -> None:
        self.dialect, self.adapt = database.dialect, database.adapt
        self.expected: list[float | None] = []

    async def fetch(self, statement: CompiledQuery, *_: object) -> bytes:
        self.expected.append(statement.seconds)
        statement.seconds = SLOW
        return b"{}"


async def test_what_was_long_is_expected_to_be_so_in_other_words(answerer: Answerer) -> None:
    database: Any = Expecting(answerer.database)
    asked = Answerer(answerer.catalog, database)
    for words in ("", " # the same", " # and again"):
        await asked.answer(GraphQLRequest(TITLES["query"] + words))
    assert database.expected == [None, SLOW, SLOW]


def test_beginnings_of_words_are_searched_in_a_thread() -> None:
    assert not isinstance(format_match(parse_query("talks")), Prefixes)
    assert isinstance(format_match(parse_query("ta*")), Prefixes)
