"""ASGI middleware that gives each request an id, counts it in the metrics and logs it."""

import logging
import re
from asyncio import CancelledError
from contextvars import ContextVar
from random import getrandbits
from time import perf_counter_ns
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import format_error
from api.http.metrics import Meter

LOG = logging.getLogger(__name__)
ID = re.compile(rb"[\w.:=+/-]{1,64}", re.ASCII)
MAX_PATH = 200
NAME = re.compile(r"\w{1,64}\Z", re.ASCII)
# The key in `scope` of a request's status, code and id, if the protocol refused the request.
REFUSED = "mithaq.refused"
# The key in a response's first message of its code, cost and operation, for middleware.
OUTCOME = "mithaq.outcome"
# The key in `scope` of the time at which a response began that stays open.
STREAMED = "mithaq.streamed"
CLIENT_LEFT = 499  # the client disconnected before the response
NO_OUTCOME = (None, None, None)
STOPPING = format_error(
    "STOPPING", "The server stopped before it could answer: send the request again."
)


class Exchange:
    """A request with the outcome of its response, collected for the log and the metrics."""

    __slots__ = ("_send", "code", "cost", "id", "operation", "scope", "size", "start", "status")

    def __init__(self, scope: Scope, send: Send) -> None:
        """Start the clock; the id is the client's `X-Request-ID` if it is valid, else a new one."""
        self.start = perf_counter_ns()
        self.scope = scope
        self._send = send
        self.id = read_id(scope) or make_id()
        self.status = self.size = 0
        self.code: str | None = None
        self.cost: int | None = None
        self.operation: str | None = None

    def send(self, message: Message) -> Any:
        """Forward an ASGI message of the response, and record its status, outcome and size."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.code, self.cost, self.operation = message.pop(OUTCOME, NO_OUTCOME)
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self.id)]
        else:
            self.size += len(message.get("body", b""))
        return self._send(message)

    async def stop(self) -> None:
        """Respond 503 `STOPPING`, since the server stops before the request is answered."""
        self.code = "STOPPING"
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(STOPPING)).encode()),
            (b"retry-after", b"1"),
            (b"connection", b"close"),
        ]
        await self.send({"type": "http.response.start", "status": 503, "headers": headers})
        await self.send({"type": "http.response.body", "body": STOPPING})

    def fields(self, elapsed: int) -> dict[str, Any]:
        """Return a log line's fields, without URL query and headers, which may hold secrets."""
        path: bytes = self.scope.get("raw_path") or b"?"
        found = {
            "method": self.scope.get("method"),
            "path": path[:MAX_PATH].decode("ascii", "backslashreplace"),
            "status": self.status,
            "code": self.code,
            "seconds": round(elapsed / 1e9, 6),
            "bytes": self.size,
            "cost": self.cost,
            "operation": NAME.match(self.operation or "") and self.operation,
        }
        return {name: value for name, value in found.items() if value is not None}


def make_id() -> bytes:
    """Return a new random request id."""
    return b"%032x" % getrandbits(128)


def read_id(scope: Scope) -> bytes | None:
    """Return a request's `X-Request-ID`; None if it is missing, long or has other characters."""
    for name, value in scope.get("headers", ()):
        if name == b"x-request-id":
            return value if ID.fullmatch(value) else None
    return None


# The id of the current request, for log lines and traces.
REQUEST_ID: ContextVar[bytes] = ContextVar("REQUEST_ID", default=b"")


class AccessLog:
    """Gives each request an id, counts it in the metrics and logs it at a level by its outcome."""

    def __init__(self, meter: Meter, slow: float) -> None:
        """Count in a meter; a request slower than `slow` seconds is logged as a warning."""
        self.meter = meter
        self.slow = int(slow * 1e9)

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Call an application with a request, and record the outcome."""
        exchange = Exchange(scope, send)
        REQUEST_ID.set(exchange.id)
        self.meter.in_flight += 1
        try:
            await app(scope, receive, exchange.send)
        except CancelledError:
            if exchange.status:
                raise
            await exchange.stop()
        finally:
            self.meter.in_flight -= 1
            self.record(exchange, perf_counter_ns() - exchange.start)

    def log_refusal(self, status: int, code: str, id_: bytes) -> None:
        """Count and log a request that the protocol refused before calling the application."""
        self.meter.count_refusal(status, code)
        fields = {"request_id": id_.decode(), "status": status, "code": code}
        LOG.info("request refused", extra={"fields": fields})

    def record(self, exchange: Exchange, elapsed: int) -> None:
        """Count a request, and log it: an error from status 500 on, a warning if it was slow."""
        if refused := exchange.scope.get(REFUSED):
            exchange.status, exchange.code, exchange.id = refused
        if started := exchange.scope.get(STREAMED):
            elapsed = started - exchange.start
        status = exchange.status = exchange.status or CLIENT_LEFT
        self.meter.count(exchange.scope["method"], status, exchange.code, elapsed, exchange.cost)
        level = logging.INFO
        if status >= 500:  # noqa: PLR2004
            level = logging.ERROR
        elif elapsed > self.slow:
            level = logging.WARNING
        if LOG.isEnabledFor(level):
            fields = exchange.fields(elapsed)
            LOG.log(level, "%(method)s %(path)s", fields, extra={"fields": fields})
