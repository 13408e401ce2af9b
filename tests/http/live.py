"""A server in this process, whose subscriptions are made up, and clients of both transports."""

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from api.answer import Answerer
from api.app import Application
from api.request import GraphQLRequest
from api.response import Answer
from api.server.process import Server, configure
from api.settings import Settings

PROTOCOL = Subprotocol("graphql-transport-ws")
INIT = {"type": "connection_init"}
ACK = {"type": "connection_ack"}
TICKS = "subscription Ticks { ticks }"
PATIENCE = 20


class Ticking(Answerer):
    """An answerer whose subscriptions count from a number on; `size` pads each answer."""

    open = 0

    async def stream(self, request: GraphQLRequest) -> AsyncGenerator[Answer, None]:
        if not request.document.startswith("subscription"):
            yield await self.answer(request)
            return
        request.lasts = True
        given = dict(request.variables or {})
        padding, number = "x" * given.get("size", 0), given.get("from", 0)
        Ticking.open += 1
        try:
            while number < given.get("to", 10**9):
                data = {"data": {"ticks": number, "padding": padding}}
                yield Answer(orjson.dumps(data), cursor=f"after {number}")
                await asyncio.sleep(given.get("pause", 0.01))
                number += 1
            if given.get("fails"):
                raise ZeroDivisionError
        finally:
            Ticking.open -= 1


@dataclass
class Live:
    """A server, with its application and address."""

    app: Application
    server: Server
    port: int

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    @asynccontextmanager
    async def open(self, path: str = "/graphql", **options: Any) -> AsyncIterator[ClientConnection]:
        """Open a WebSocket."""
        options = {"subprotocols": [PROTOCOL], "proxy": None} | options
        async with connect(f"ws://127.0.0.1:{self.port}{path}", **options) as client:
            yield client

    @asynccontextmanager
    async def acknowledged(self, payload: Any = None) -> AsyncIterator[ClientConnection]:
        """Open a WebSocket that has been acknowledged."""
        async with self.open() as client:
            await say(client, INIT if payload is None else INIT | {"payload": payload})
            assert await hear(client) == ACK
            yield client


@asynccontextmanager
async def serving_live(settings: Settings, **changes: float) -> AsyncIterator[Live]:
    """Serve in this process; `changes` are attributes of the streams."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.app.Answerer", Ticking)
        app = Application(settings)
        config = configure(app, settings, "127.0.0.1", 0, app.access_log)
        started = asyncio.Event()
        server = Server(config, app.lifespan, started.set, app.stop)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve([listening]))
            async with asyncio.timeout(PATIENCE):
                await started.wait()
            for name, value in changes.items():
                setattr(app.streams, name, value)
            yield Live(app, server, listening.getsockname()[1])
            server.should_exit = True
            await serving


async def say(client: ClientConnection, message: Any) -> None:
    await client.send(orjson.dumps(message).decode())


async def subscribe(client: ClientConnection, id_: str, query: str, **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    await say(client, {"id": id_, "type": "subscribe", "payload": payload})


async def hear(client: ClientConnection) -> Any:
    async with asyncio.timeout(PATIENCE):
        return orjson.loads(await client.recv())


async def closed(client: ClientConnection) -> int | None:
    """Wait until the server closes, and return its code."""
    async with asyncio.timeout(PATIENCE):
        try:
            while True:
                await client.recv()
        except ConnectionClosed as error:
            return None if error.rcvd is None else error.rcvd.code


async def until_none_is_open() -> None:
    async with asyncio.timeout(PATIENCE):
        while Ticking.open:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def until_open(live: Live, count: int) -> None:
    """Wait until this number of operations is open."""
    async with asyncio.timeout(PATIENCE):
        while live.app.streams.operations.total() < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
