"""What the protocol writes of an application's response, and by how many writes."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send
from uvicorn.server import ServerState

from api.server.protocol import HTTPProtocol

REQUEST = b" / HTTP/1.1\r\nHost: mithaq\r\n\r\n"
LARGE = b"x" * 100_000
Header = tuple[bytes, bytes]


class Written(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []
        self.closed = asyncio.Event()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.parts.append(bytes(data))

    def close(self) -> None:
        self.closed.set()

    def is_closing(self) -> bool:
        return self.closed.is_set()

    def resume_reading(self) -> None:
        pass


class Server:
    """A connection whose requests are answered by one status, these headers and parts of a body."""

    def __init__(self, headers: Sequence[Header], *parts: bytes, status: int = 200) -> None:
        self.start: Message = {"type": "http.response.start", "status": status}
        self.start["headers"] = headers
        self.parts = parts
        config = uvicorn.Config(self.respond, log_config=None, timeout_keep_alive=75)
        config.load()
        config.loaded_app = self.respond
        self.protocol = HTTPProtocol(config, ServerState(), {})
        self.transport = Written()
        self.protocol.connection_made(self.transport)

    async def respond(self, _: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send(self.start)
        for part in self.parts[:-1]:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": self.parts[-1]})

    async def ask(self, method: bytes = b"GET") -> list[bytes]:
        """Return what is written of the response."""
        self.protocol.data_received(method + REQUEST)
        await asyncio.gather(*self.protocol.tasks)
        return self.transport.parts


def length(body: bytes) -> Header:
    return b"content-length", b"%d" % len(body)


async def test_a_short_response_is_one_write() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"
    server = Server([length(b"{}")], b"{}")
    assert await server.ask() == [head + b"{}"]
    assert not server.transport.is_closing()


async def test_a_long_body_is_not_copied() -> None:
    _, body = await Server([length(LARGE)], LARGE).ask()
    assert body == LARGE


async def test_a_stream_begins_with_its_head() -> None:
    head, first, last = await Server([], b"ab", b"").ask()
    assert head == b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    assert (first, last) == (b"2\r\nab\r\n", b"0\r\n\r\n")


@pytest.mark.parametrize("headers", [[], [length(LARGE)]])
async def test_head_has_no_body(headers: list[Header]) -> None:
    (written,) = await Server(headers, LARGE).ask(b"HEAD")
    assert written.endswith(b"\r\n\r\n")
    assert LARGE not in written
    assert b"chunked" not in written


async def test_no_content_has_no_length() -> None:
    assert await Server([], b"", status=204).ask() == [b"HTTP/1.1 204 No Content\r\n\r\n"]


@pytest.mark.parametrize("value", [b"a\r\nset-cookie: b", b"a\nb", b"a\rb"])
async def test_a_header_cannot_begin_another_one(value: bytes) -> None:
    (written,) = await Server([(b"x-name", value), length(b"")], b"").ask()
    assert written.startswith(b"HTTP/1.1 500 ")
    assert b"x-name" not in written


@pytest.mark.parametrize("body", [b"a", b"abc"])
async def test_a_body_of_another_length_closes_the_connection(body: bytes) -> None:
    server = Server([length(b"ab")], body)
    assert b"".join(await server.ask()) == b""
    assert server.transport.is_closing()


async def test_the_application_may_close_the_connection() -> None:
    server = Server([length(b""), (b"connection", b"close")], b"")
    (written,) = await server.ask()
    assert written.count(b"close") == 1
    assert server.transport.is_closing()


async def test_a_connection_is_closed_once_it_has_been_idle_for_long_enough() -> None:
    server = Server([length(b"")], b"")
    protocol: Any = server.protocol
    await server.ask()
    timer = protocol.timeout_keep_alive_task
    protocol.timeout_keep_alive_handler()  # it is idle, but since now
    assert protocol.timeout_keep_alive_task is not timer
    protocol.timeout_keep_alive = 0
    protocol.data_received(b"GET" + REQUEST)
    protocol.timeout_keep_alive_handler()  # a request is being answered
    assert not server.transport.is_closing()
    await asyncio.gather(*protocol.tasks)
    await server.transport.closed.wait()


async def test_a_connection_too_many_is_refused_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = Server([length(b"")], b"")
    server.protocol.limit_concurrency = 1
    (written,) = await server.ask()
    assert written.startswith(b"HTTP/1.1 503 ")
    assert "limit" in caplog.text
