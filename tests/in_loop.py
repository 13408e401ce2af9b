"""A server in the tests' own event loop, and plain connections to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from api.http.graphql import GraphQLEndpoint

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    port: int

    async def connect(self) -> Streams:
        """Open a connection."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    def request(self, query: str) -> bytes:
        """Write a request."""
        body = json.dumps({"query": query}).encode()
        head = "POST /graphql HTTP/1.1\r\nHost: mithaq\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def read_answer(self, reader: asyncio.StreamReader) -> Any:
        """Read a response, and give its data."""
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        return json.loads(await reader.readexactly(length))["data"]


@asynccontextmanager
async def serving_in_loop(app: GraphQLEndpoint, protocol: Any) -> AsyncIterator[Served]:
    """Serve an endpoint by one of uvicorn's protocols for as long as the context lasts."""
    config = uvicorn.Config(
        app, port=0, http=protocol, lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    listening.listen()
    running = asyncio.create_task(server._serve([listening]))  # noqa: SLF001 — without its signals
    try:
        yield Served(listening.getsockname()[1])
    finally:
        server.should_exit = True
        await running
        listening.close()
