"""Connections that carry many answers: limits per client, key checks, slow clients, shutdown."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from time import monotonic
from typing import Any, Protocol

import orjson

from api.errors import DatabaseUnavailable
from api.http.errors import INTERNAL, RequestError, format_error
from api.http.metrics import Meter, Sample
from api.response import Answer

LOG = logging.getLogger(__name__)
CHECK_EVERY = 15.0  # seconds between two checks of a connection
CHECK_TIMEOUT = 1.0  # seconds that one check may take
CLOSING = 0.5  # seconds beyond the grace period in which all connections have to close
SLOW = 10.0  # seconds within which a client has to accept an answer
STUCK = 15.0  # seconds after which the connection of a client that accepts nothing is closed


class Connection(Protocol):
    """An open event stream or WebSocket connection."""

    transport: str

    async def check(self) -> None:
        """Keep the connection alive, or close it if its API key is no longer valid."""

    async def stop(self) -> None:
        """Close the connection, since the server stops, when queries and mutations are answered."""


class Streams:
    """The open connections of a worker process, and their operations by client."""

    def __init__(
        self, meter: Meter, most: int, *, slow: float = SLOW, check_every: float = CHECK_EVERY
    ) -> None:
        """Allow each client `most` operations at once."""
        self.meter = meter
        self.most = most
        self.slow = slow
        self.stuck = STUCK
        self.check_every = check_every
        self.connections: set[Connection] = set()
        self.operations: Counter[str] = Counter()
        self.answers = 0
        self.checking: asyncio.Task[None] | None = None

    @contextmanager
    def operation(self, client: str) -> Iterator[None]:
        """Count an operation of a client while it is open.

        Raises:
            RequestError: the client has too many open operations (429).
        """
        self.check_limit(client)
        self.operations[client] += 1
        try:
            yield
        finally:
            self.operations[client] -= 1
            if not self.operations[client]:
                del self.operations[client]

    def check_limit(self, client: str) -> None:
        """Check that a client may open another operation.

        Raises:
            RequestError: the client has too many open operations (429).
        """
        if self.operations[client] >= self.most:
            message = (
                f"A client may have {self.most:,} event streams and WebSocket operations open: "
                "close one first."
            )
            raise RequestError(429, "TOO_MANY_SUBSCRIPTIONS", message)

    @contextmanager
    def connected(self, connection: Connection) -> Iterator[None]:
        """Register a connection while it is open: it is checked regularly, and at last stopped."""
        self.connections.add(connection)
        if self.checking is None:
            self.checking = asyncio.create_task(self._check_all())
        try:
            yield
        finally:
            self.connections.discard(connection)
            if not self.connections and self.checking is not None:
                self.checking.cancel()
                self.checking = None

    async def _check_all(self) -> None:
        while True:
            await asyncio.sleep(self.check_every)
            for connection in list(self.connections):
                with suppress(TimeoutError, OSError):
                    async with asyncio.timeout(CHECK_TIMEOUT):
                        await connection.check()

    async def deliver(
        self, answers: AsyncGenerator[Answer, None], send: Callable[[Answer], Awaitable[None]]
    ) -> None:
        """Send the answers of an operation one after another, up to and including an error.

        The next answer is made when the client has accepted the last one, so that a slow client
        takes no memory. If it takes longer than `slow` seconds, the operation ends with an error
        that has the cursor after which the client can go on.

        Raises:
            TimeoutError: the client did not accept an answer at all.
        """
        async for answer in catch_errors(answers):
            start = monotonic()
            try:
                async with asyncio.timeout(self.stuck):
                    await send(answer)
            except TimeoutError:
                self.meter.count_error("SLOW_CONSUMER")
                LOG.warning("A client reads nothing: its connection is closed.")
                raise
            self.answers += 1
            if answer.code is None and monotonic() - start > self.slow:
                answer = slow_consumer(self.slow, answer.cursor)  # noqa: PLW2901
                await send(answer)
            if answer.code is not None:
                self.meter.count_error(answer.code)
                return

    async def stop(self, grace: float) -> None:
        """Close all connections, in `grace` seconds: subscriptions end, other operations finish."""
        stopping = [asyncio.create_task(item.stop()) for item in self.connections]
        if stopping:
            await asyncio.wait(stopping, timeout=grace + CLOSING)

    def sample(self) -> Iterator[Sample]:
        """Yield the metrics of the connections."""
        transports = Counter(item.transport for item in self.connections)
        for transport in ("event-stream", "websocket"):
            yield f'mithaq_streams{{transport="{transport}"}}', transports[transport]
        yield "mithaq_stream_operations", self.operations.total()
        yield "mithaq_stream_answers_total", self.answers


async def catch_errors(answers: AsyncGenerator[Answer, None]) -> AsyncIterator[Answer]:
    """Yield answers; an unexpected exception is logged and becomes the last answer."""
    try:
        async with aclosing(answers):
            async for answer in answers:
                yield answer
    except Exception:
        LOG.exception("An operation failed with an unexpected error.")
        yield Answer(format_error("INTERNAL", INTERNAL), "INTERNAL")


def slow_consumer(seconds: float, cursor: str | None) -> Answer:
    """Return the error of a client that accepts answers too slowly."""
    message = f"The client did not accept an answer within {seconds:g} seconds: subscribe again."
    extensions: dict[str, Any] = {"code": "SLOW_CONSUMER"}
    if cursor is not None:
        message = f"{message[:-1]} after the cursor."
        extensions["cursor"] = cursor
    error = {"message": message, "extensions": extensions}
    return Answer(orjson.dumps({"errors": [error]}), "SLOW_CONSUMER")


def refuse(error: RequestError | DatabaseUnavailable) -> Answer:
    """Return the answer to an operation that is refused after its connection was accepted."""
    return Answer(format_error(error.code, error.message), error.code)
