"""Servers to look at: one in this process, and real ones that can be sent signals."""

import json
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import httpx

from api.app import Application
from api.settings import Settings
from tests.server import started

QUERY = "query Titles { meetings(first: 1) { nodes { title } } }"


@asynccontextmanager
async def serving_here(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Serve in this process."""
    app = Application(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.site.router.lifespan_context(app.site),
        httpx.AsyncClient(transport=transport, base_url="http://mithaq") as client,
    ):
        yield client


@dataclass
class Server:
    """`mithaq serve`, as a process of its own."""

    process: subprocess.Popen[str]
    port: int
    lines: list[dict[str, Any]] = field(default_factory=list)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, body

    def said(self, message: str) -> dict[str, Any]:
        """Wait until the server logs something, and give that line."""
        assert self.process.stderr is not None
        for text in self.process.stderr:
            self.lines.append(json.loads(text))
            if message in self.lines[-1]["message"]:
                return self.lines[-1]
        raise AssertionError(self.lines)

    def wait_until_refused(self) -> None:
        """Wait until nobody listens any more."""
        while True:
            try:
                self.connect().close()
            except ConnectionRefusedError:
                return
            except ConnectionResetError:
                continue  # it met the very moment at which the address was closed

    def stopped(self) -> int:
        """Wait for the end, and give its code; nothing it said is a traceback."""
        code = self.process.wait(60)
        assert self.process.stderr is not None
        self.lines += map(json.loads, self.process.stderr)
        assert not any("traceback" in line for line in self.lines)
        return code


@contextmanager
def running(settings: Settings, *arguments: str, **environment: str) -> Iterator[Server]:
    """Run `mithaq serve` on a free port."""
    told = {"MITHAQ_LOG_LEVEL": "info"} | environment
    with started(settings, arguments, told, subprocess.PIPE) as (process, address):
        yield Server(process, int(address.removesuffix("/graphql").rpartition(":")[2]))


class HalfAsked:
    """A request of which the server has the head and waits for the body."""

    def __init__(self, server: Server) -> None:
        self.body = json.dumps({"query": QUERY}).encode()
        self.socket = server.connect()
        self.socket.sendall(
            b"POST /graphql HTTP/1.1\r\nhost: mithaq\r\ncontent-type: application/json\r\n"
            b"expect: 100-continue\r\ncontent-length: %d\r\n\r\n" % len(self.body)
        )
        assert self.socket.recv(100).startswith(b"HTTP/1.1 100")

    def finish(self) -> None:
        self.socket.sendall(self.body)

    def answer(self) -> tuple[HTTPResponse, Any]:
        """Read the answer, and that the connection is closed behind it, not reset."""
        response = HTTPResponse(self.socket)
        response.begin()
        body = json.loads(response.read())
        assert self.socket.recv(1) == b""
        self.socket.close()
        return response, body
