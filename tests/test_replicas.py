"""Reads from replicas: never older than asked for, and without an error while servers are lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from api.database.replicas import open_replicated
from api.errors import DatabaseError
from api.request import GraphQLRequest
from api.settings import Settings
from tests.cluster import Client, Cluster, running_cluster, serving_cluster
from tests.conftest import NewDatabase
from tests.endless import ask, quick, until
from tests.http.conftest import connect
from tests.http.test_exports import serve

READERS = 8


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest_asyncio.fixture
async def client(cluster: Cluster) -> AsyncIterator[Client]:
    async with serving_cluster(cluster) as client:
        await caught_up(client)
        yield client


async def caught_up(client: Client) -> None:
    """Wait until all servers are known to have the primary's newest revision."""

    async def are() -> bool:
        newest = await client.answerer.watch.fetch_newest()
        return {state.revision for state in client.database.states()} == {newest}

    await until(are)


def reads(client: Client) -> list[int]:
    return [state.reads for state in client.database.states()]


async def test_what_a_client_wrote_is_in_what_it_reads(cluster: Cluster, client: Client) -> None:
    before, (primary, *replicas) = await client.count(), reads(client)
    for _ in range(4):
        assert await client.count() == before
    after = reads(client)
    assert after[0] == primary
    assert all(now > then for now, then in zip(after[1:], replicas, strict=True))
    cluster.pause()
    events = client.answerer.stream(
        GraphQLRequest("subscription { changes { record } }", last_event_id="")
    )
    await anext(events)
    try:
        revision = await client.write_one("second")
        assert await client.count() == before
        for _ in range(3):  # the answer is kept meanwhile
            assert await client.count(**{"mithaq-revision": revision}) == before + 1
        assert b"actor:second" in (await anext(events)).json
        # Only the primary has the revision of the cursor.
        newest = await client.ask(f'{{ changes(after: "revision:{revision}") {{ totalCount }} }}')
        assert newest.json()["data"]["changes"]["totalCount"] > 0
        begun = client.answerer.stream(
            GraphQLRequest(
                f'subscription {{ changes(after: "revision:{revision}") {{ record }} }}',
                last_event_id="",
            )
        )
        assert (await anext(begun)).code is None
        await begun.aclose()
    finally:
        cluster.resume()
    await events.aclose()
    for wrong in ("", "-1", "1 2026", "9" * 19):
        refused = await client.ask(**{"mithaq-revision": wrong})
        assert refused.status_code == 400
        assert "`Mithaq-Revision` is not valid" in refused.text
    await caught_up(client)
    primary, *_ = reads(client)
    assert await client.count(**{"mithaq-revision": revision}) == before + 1
    assert reads(client)[0] == primary


async def test_a_replica_that_is_too_far_behind_is_passed_over(cluster: Cluster) -> None:
    async with serving_cluster(cluster, max_lag=1) as client:
        await caught_up(client)
        before = await client.count()
        cluster.pause()
        try:
            await client.write_one("third")
            await client.write_one("fourth")

            async def is_known() -> bool:
                primary, *replicas = client.database.states()
                return primary.revision > max(state.revision for state in replicas) + 1

            await until(is_known)
            assert await client.count() == before + 2
        finally:
            cluster.resume()


async def test_servers_are_lost_and_one_is_promoted(cluster: Cluster) -> None:
    primary, one, _ = cluster.servers
    async with serving_cluster(cluster, timeout=3) as client, asyncio.TaskGroup() as group:
        await client.write_one("kept")
        await caught_up(client)
        before = await client.count()

        async def read() -> None:
            while True:
                assert await client.count() >= before

        async def is_down(*names: str) -> bool:
            return {state.name for state in client.database.states() if not state.up} == set(names)

        async def is_written() -> bool:
            return (await client.write("after")).status_code == 200

        readers = [group.create_task(read()) for _ in range(READERS)]
        cluster.proxies[2].cut()
        await until(lambda: is_down("replica 2"))
        primary.kill()
        await until(lambda: is_down("replica 2", "primary"))
        for _ in range(2):  # the first finds the old connection closed
            refused = await client.write("lost")
            assert refused.status_code == 503
        assert "no server of the database takes writes" in refused.text
        async with connect(serve(client.answerer)) as exports:
            table = await exports.get("/export/actors.csv?columns=key")
        assert table.status_code == 200
        assert len(table.text.split()) == before + 1
        one.promote()
        await until(is_written)
        await until(lambda: is_down("replica 2"))
        assert await client.count() == before + 1
        for reader in readers:
            reader.cancel()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_server_starts_if_any_of_its_databases_responds(
    engine: str, settings: Settings, new_database: NewDatabase
) -> None:
    nobody = "postgresql://mithaq@127.0.0.1:1/mithaq"
    replica = Settings(database_url=nobody, read_urls=settings.database_url)
    database = await open_replicated(replica)
    assert [state.up for state in database.states()] == [False, True]
    assert await ask(database, quick(engine, database.dialect)) == b"1"
    await database.close()
    empty = new_database().database_url
    for urls, hint in ((nobody, "MITHAQ_DATABASE_URL"), (empty, "`mithaq migrate`")):
        with pytest.raises(DatabaseError, match=hint):
            await open_replicated(Settings(database_url=urls, read_urls=nobody))
