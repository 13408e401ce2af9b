"""A primary PostgreSQL server with streaming replicas, and a Mithaq that uses them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.answer import Answerer
from api.database.migrations import migrate
from api.database.replicas import Replicated, open_replicated
from api.database.transactions import write
from api.database.writer import WriteThread
from api.http.access import open_access
from api.http.answer_cache import AnswerStore
from api.http.graphql import GraphQLEndpoint
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT
from tests.http.conftest import connect
from tests.postgres import Postgres, replicating, running_postgres
from tests.proxy import Proxy, proxied
from tests.test_inputs import actor

CATALOG = build_catalog(SCHEMA)
DURABLE = "-c fsync=off -c full_page_writes=off -c jit=off"
WRITE = """mutation Write($records: [RecordInput!]!) {
  writeRecords(records: $records) { created userErrors { message } }
}"""
PAUSE = """SELECT pg_wal_replay_pause();
DO $$ BEGIN
  WHILE pg_get_wal_replay_pause_state() <> 'paused' LOOP PERFORM pg_sleep(0.01); END LOOP;
END $$"""
COUNT = "{ actors { totalCount } }"


@dataclass
class Cluster:
    """A primary and its replicas, each behind a proxy."""

    servers: list[Postgres]
    proxies: list[Proxy]
    key: str

    def settings(self, **changed: Any) -> Settings:
        """Return settings by which any server may be the primary, and the replicas are read."""
        ports = [proxy.port for proxy in self.proxies]
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        replicas = [f"postgresql://mithaq@127.0.0.1:{port}/mithaq" for port in ports[1:]]
        database = f"postgresql://mithaq@{hosts}/mithaq"
        return Settings(database_url=database, read_urls=" ".join(replicas), **changed)

    def pause(self) -> None:
        """Have the replicas receive commits, but not show them."""
        for replica in self.servers[1:]:
            replica.run_script("mithaq", PAUSE)

    def resume(self) -> None:
        """Have the replicas show what they have received."""
        for replica in self.servers[1:]:
            replica.run_script("mithaq", "SELECT pg_wal_replay_resume()")


@contextmanager
def running_cluster(replicas: int = 2) -> Iterator[Cluster]:
    """Run a cluster whose database is at head, for as long as the context lasts."""
    with ExitStack() as stack:
        primary = stack.enter_context(running_postgres(DURABLE))
        first = Settings(database_url=primary.create_database("mithaq"))
        migrate(first)
        key = write(first, partial(add_key, name="me", scopes=(KeyScope.WRITE,), now=AT))
        servers = [primary]
        servers += [stack.enter_context(replicating(primary)) for _ in range(replicas)]
        proxies = [stack.enter_context(proxied(server.port)) for server in servers]
        yield Cluster(servers, proxies, key)


@dataclass
class Client:
    """A client of a Mithaq in this process, with a key for writing."""

    http: httpx.AsyncClient
    database: Replicated
    answerer: Answerer
    key: dict[str, str]

    async def ask(self, query: str = COUNT, **headers: str) -> httpx.Response:
        return await self.http.post("/graphql", json={"query": query}, headers=headers)

    async def count(self, **headers: str) -> int:
        """Return how many actors there are, for all that the client is told."""
        response = await self.ask(COUNT, **headers)
        assert response.status_code == 200, response.text
        number: int = response.json()["data"]["actors"]["totalCount"]
        return number

    async def write(self, key: str) -> httpx.Response:
        body = {"query": WRITE, "variables": {"records": [actor(key)]}}
        return await self.http.post("/graphql", json=body, headers=self.key)

    async def write_one(self, key: str) -> str:
        """Write an actor, and return the header with its revision."""
        response = await self.write(key)
        assert response.status_code == 200, response.text
        assert response.json()["data"]["writeRecords"]["created"] == 1, response.text
        revision: str = response.headers["mithaq-revision"]
        return revision


@asynccontextmanager
async def serving_cluster(cluster: Cluster, **changed: Any) -> AsyncIterator[Client]:
    """Serve a cluster's database in this process."""
    settings = cluster.settings(**changed)
    async with AsyncExitStack() as stack:
        database = await open_replicated(settings)
        stack.push_async_callback(database.close)
        writer = WriteThread(settings)
        stack.push_async_callback(writer.close)
        access = open_access(database, settings)
        stack.push_async_callback(access.close)
        answerer = Answerer(CATALOG, database, settings.limits, writer)
        endpoint = GraphQLEndpoint(answerer, settings, access=access)
        endpoint.keep_answers(AnswerStore(settings.cache))
        http = await stack.enter_async_context(connect(endpoint))
        yield Client(http, database, answerer, {"authorization": f"Bearer {cluster.key}"})
