"""Clients whose connections are lost go on after the last change: none is missed, none comes twice.

Connections are cut by a proxy, by a server that is killed, and by one that stops, while each client
also writes.
"""

import asyncio
import json
from asyncio import StreamReader, StreamWriter, to_thread
from asyncio.subprocess import PIPE
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
from gql import Client, gql
from gql.transport.exceptions import TransportError
from gql.transport.websockets import WebsocketsTransport

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.settings import Settings
from tests.conftest import AT
from tests.nodejs import FOLDER, find_node
from tests.server import started
from tests.transactions import write

FOLLOW = gql("subscription ($after: String) { changes(after: $after) { id } }")
WRITE = gql("""mutation ($key: String!) {
  writeRecords(records: [{place: {key: $key, names: [{language: "en", text: $key}]}}]) {
    userErrors { message } } }""")
PAGE = """query ($after: String) { changes(first: 500, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }"""
LOSSES = ("cut", "kill", "terminate")
WRITES = 5  # of one client between two losses
PATIENCE = 90


class Proxy:
    """Forwards connections to the port `target`, and cuts those that are open."""

    def __init__(self) -> None:
        self.target = 0
        self.writers: set[StreamWriter] = set()

    async def forward(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self.writers |= {writer, to_server}
        await asyncio.gather(copy(reader, to_server), copy(from_server, writer))
        self.writers -= {writer, to_server}

    def cut(self) -> None:
        for writer in self.writers:
            writer.transport.abort()


async def copy(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(10_000):
            writer.write(data)
            await writer.drain()
    writer.close()


class Server:
    """A server that is started anew behind a proxy."""

    def __init__(self, settings: Settings, proxy: Proxy) -> None:
        self.settings, self.proxy, self.stack = settings, proxy, ExitStack()

    def start(self) -> None:
        process, url = self.stack.enter_context(started(self.settings, (), {}))
        self.process, self.proxy.target = process, urlsplit(url).port or 0

    def lose(self, how: str) -> None:
        """Kill or terminate the server, and start another."""
        getattr(self.process, how)()
        self.process.wait()
        self.start()


class Gql:
    """Follows and writes with the library gql."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.replace("http", "ws")
        self.headers = {"authorization": f"Bearer {token}"}
        self.received: list[str] = []
        self.written = 0
        self.stopped = False

    def connect(self) -> Client:
        return Client(transport=WebsocketsTransport(url=self.url, headers=self.headers))

    @property
    def cursor(self) -> str:
        return self.received[-1] if self.received else "revision:0"

    async def follow(self) -> None:
        while True:
            with suppress(TransportError, OSError):
                async with self.connect() as session:
                    FOLLOW.variable_values = {"after": self.cursor}
                    async for data in session.subscribe(FOLLOW):
                        self.received.append(data["changes"]["id"])
            await asyncio.sleep(0.02)

    async def write(self) -> None:
        while not self.stopped:
            with suppress(TransportError, OSError):
                async with self.connect() as session:
                    while not self.stopped:
                        WRITE.variable_values = {"key": f"gql-{self.written}"}
                        await session.execute(WRITE)
                        self.written += 1
                        await asyncio.sleep(0.02)
            await asyncio.sleep(0.02)


async def test_clients_that_lose_their_connections_miss_nothing(settings: Settings) -> None:
    token = await to_thread(
        write, settings, lambda connection: add_key(connection, "me", [KeyScope.WRITE], AT)
    )
    proxy = Proxy()
    listening = await asyncio.start_server(proxy.forward, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/graphql"
    server, python = Server(settings, proxy), Gql(url, token)
    with server.stack:
        await to_thread(server.start)
        command = [find_node(), "--experimental-eventsource", "reconnections.mjs", url, token]
        javascript = await asyncio.create_subprocess_exec(
            *command, cwd=FOLDER, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=10_000_000
        )
        following = asyncio.create_task(python.follow())
        writing = asyncio.create_task(python.write())
        for count, loss in enumerate(LOSSES, 1):
            while python.written < WRITES * count:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            if loss == "cut":
                proxy.cut()
            else:
                await to_thread(server.lose, loss)
        while python.written < WRITES * (len(LOSSES) + 1):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        python.stopped = True
        await writing
        async with asyncio.timeout(PATIENCE):
            output, errors = await javascript.communicate(b"stop\n")
            assert output, errors.decode()
            told = json.loads(output)
            feed = await read_feed(url)
            while python.cursor != feed[-1]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        following.cancel()
        proxy.cut()
        while proxy.writers:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    listening.close()
    assert told["received"] | {"gql": python.received} == dict.fromkeys(
        [*told["received"], "gql"], feed
    )
    written = told["written"] | {"gql": python.written}
    assert len(written) == 7
    assert all(written.values())
    assert len(feed) == sum(written.values())


async def read_feed(url: str) -> list[str]:
    """Read the ids of all changes by the query."""
    feed: list[str] = []
    page: dict[str, Any] = {"endCursor": None, "hasNextPage": True}
    async with httpx.AsyncClient() as client:
        while page["hasNextPage"]:
            body = {"query": PAGE, "variables": {"after": page["endCursor"]}}
            changes = (await client.post(url, json=body)).json()["data"]["changes"]
            feed += [node["id"] for node in changes["nodes"]]
            page = changes["pageInfo"]
    return feed
