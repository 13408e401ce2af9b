"""One server process: what a connection may take, and how it stops."""

import asyncio
import multiprocessing
import signal
import socket
from types import FrameType

import orjson
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.settings import Settings

LINGER = 0.25  # seconds in which what was under way to the server when it was told to stop arrives
MAX_HEAD = 64 * 1024
LATE = "The request did not arrive within {} seconds."
LONG = f"The request's head is larger than {MAX_HEAD:,} bytes."
NO_HTTP = "This is no HTTP request."


class Protocol(HttpToolsProtocol):
    """One connection, on which a request arrives in time and in bounds, or not at all."""

    patience = 30.0
    late: asyncio.TimerHandle | None = None
    received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self.late = self.loop.call_later(self.patience, self.give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self.arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; until a request is there, they are counted and its time runs."""
        super().data_received(data)
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            if self.late is not None:
                self.arrived()
            return
        self.received += len(data)
        if self.late is None:
            self.late = self.loop.call_later(self.patience, self.give_up)
        if self.received > MAX_HEAD and (cycle is None or cycle.response_complete):
            self.refuse(431, "HEAD_TOO_LARGE", LONG)

    def arrived(self) -> None:
        """Stop the time of a request that is there."""
        if self.late is not None:
            self.late.cancel()
        self.late, self.received = None, 0

    def give_up(self) -> None:
        """Close a connection on which nothing came, or refuse what came in part."""
        cycle = self.cycle
        reading = cycle is not None and not cycle.response_complete
        if (reading and not cycle.response_started) or (not reading and self.received):
            self.refuse(408, "REQUEST_TIMEOUT", LATE.format(f"{self.patience:g}"))
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Refuse what is no HTTP."""
        self.refuse(400, "BAD_REQUEST", NO_HTTP)

    def refuse(self, status: int, code: str, message: str) -> None:
        """Answer what never became a request, and close the connection."""
        if self.transport.is_closing():
            return
        body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
        length = str(len(body)).encode()
        head = b"content-type: application/json; charset=utf-8\r\ncontent-length: " + length
        self.transport.write(STATUS_LINE[status] + head + b"\r\nconnection: close\r\n\r\n" + body)
        self.transport.close()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()


class Server(uvicorn.Server):
    """A server that resets no connection when it stops, and then ends with code 0."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Stop; a second Ctrl-C waits for nobody."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; a worker stops when the process that started it is gone."""
        await super().startup(sockets)
        if (parent := multiprocessing.parent_process()) is not None:
            loop, gone = asyncio.get_running_loop(), parent.sentinel
            loop.add_reader(gone, self.orphaned, loop, gone)

    def orphaned(self, loop: asyncio.AbstractEventLoop, gone: int) -> None:
        """Stop, for nobody else would stop this process."""
        loop.remove_reader(gone)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, tell open ones to close, and answer what is on its way.

        A connection that is closed while its next request arrives would be reset.
        """
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        self.server_state.default_headers.append((b"connection", b"close"))
        for connection in self.server_state.connections:
            if (cycle := getattr(connection, "cycle", None)) is not None:
                cycle.keep_alive = False
        await asyncio.sleep(LINGER)
        await super().shutdown(sockets)


def configure(app: ASGIApp, settings: Settings, host: str, port: int) -> uvicorn.Config:
    """Say to uvicorn what the settings say."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=type("Patient", (Protocol,), {"patience": settings.read_timeout}),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        limit_concurrency=settings.max_connections,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.grace,
    )


def listen(config: uvicorn.Config, settings: Settings) -> socket.socket:
    """Open the address: from now on, who connects is answered as soon as the server has started."""
    listening = config.bind_socket()
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # a client that reads no answer is dropped, too
        milliseconds = int(settings.read_timeout * 1000)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    listening.listen(config.backlog)
    return listening
