"""One server process: uvicorn's configuration, sockets and graceful shutdown."""

import asyncio
import multiprocessing
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from time import monotonic
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from api.errors import SettingsError
from api.http.access_log import AccessLog
from api.server.read_timeout import ReadTimeoutProtocol
from api.settings import Settings

Announce = Callable[[], None]  # is called when a server has started
LINGER = 0.25  # seconds in which requests sent before the stop signal may still arrive
# Seconds after which a thread that runs Python yields to another. With Python's default of 5 ms, an
# event loop that wakes while a mutation runs waits so long. Each handing over takes of the
# processor, too (benchmarks/results/writes.md).
SWITCH_INTERVAL = 0.0005


class Server(uvicorn.Server):
    """A uvicorn server that closes connections without resets and exits with code 0.

    It enters `lifespan` before it serves, and lets its errors pass, which uvicorn would log with a
    traceback. Signals are handled from the beginning.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        lifespan: Callable[[], AbstractAsyncContextManager[None]],
        announce: Announce,
        stop: Callable[[], Awaitable[None]],
    ) -> None:
        """Prepare a server that calls `announce` once it has started.

        It awaits `stop` when it begins to shut down, which closes event streams and WebSockets; the
        time that this takes is a part of the grace period.
        """
        super().__init__(config)
        self.lifespan_context, self.announce, self.stop = lifespan, announce, stop

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal arrives."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        with self.capture_signals():
            async with self.lifespan_context():
                await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Stop gracefully; at a second signal, at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the server; a worker also stops when its parent process is gone."""
        await super().startup(sockets)
        if (parent := multiprocessing.parent_process()) is not None:
            loop, gone = asyncio.get_running_loop(), parent.sentinel
            loop.add_reader(gone, self.orphaned, loop, gone)
        self.announce()

    def orphaned(self, loop: asyncio.AbstractEventLoop, gone: int) -> None:
        """Stop, since the parent process is gone."""
        loop.remove_reader(gone)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, close idle connections, and finish the running requests.

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
        begun = monotonic()
        await self.stop()
        await asyncio.sleep(LINGER)
        grace = self.config.timeout_graceful_shutdown or 0
        self.config.timeout_graceful_shutdown = max(0, grace - round(monotonic() - begun))
        await super().shutdown(sockets)


def configure(
    app: ASGIApp, settings: Settings, host: str, port: int, access_log: AccessLog
) -> uvicorn.Config:
    """Return uvicorn's configuration; `access_log` logs the requests that the protocol refuses."""
    protocol = {"read_timeout": settings.read_timeout, "log_refusal": access_log.log_refusal}
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=type("Protocol", (ReadTimeoutProtocol,), protocol),
        ws="none",  # the protocol imports it for the first WebSocket
        ws_max_size=settings.max_body,
        ws_per_message_deflate=False,  # would take 60 kB of memory for each connection
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        limit_concurrency=settings.max_connections,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.grace,
    )


def _bind(host: str, port: int) -> socket.socket:
    """Bind an address.

    Raises:
        SettingsError: another program has it, or it is none of this machine's.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        message = f"{host} port {port} cannot be listened on: {error.strerror}. Try another --port."
        raise SettingsError(message) from None
    listening.set_inheritable(True)
    return listening


def listen(config: uvicorn.Config, settings: Settings) -> socket.socket:
    """Return a listening socket; connections wait in its backlog until the server has started.

    Raises:
        SettingsError: the address cannot be listened on.
    """
    listening = _bind(config.host, config.port)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # a client that reads no answer is dropped, too
        milliseconds = int(settings.read_timeout * 1000)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    listening.listen(config.backlog)
    return listening
