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
CLIENT_LEFT = 499  # the client left before it was answered
NOTHING = (None, None, None)
STOPPING = format_error("STOPPING", "The server stops, and had no time left for this: ask again.")


class Exchange:
    """A request and the outcome of its response, as middleware sees them."""

    __slots__ = ("_send", "code", "cost", "id", "operation", "scope", "size", "start", "status")

    def __init__(self, scope: Scope, send: Send) -> None:
        """Begin, under the client's own id if it is short and plain, else under a new one."""
        self.start = perf_counter_ns()
        self.scope = scope
        self._send = send
        self.id = read_id(scope) or make_id()
        self.status = self.size = 0
        self.code: str | None = None
        self.cost: int | None = None
        self.operation: str | None = None

    def send(self, message: Message) -> Any:
        """Send a part of the response, and record its status, outcome and size."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.code, self.cost, self.operation = message.pop(OUTCOME, NOTHING)
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self.id)]
        else:
            self.size += len(message.get("body", b""))
        return self._send(message)

    async def stop(self) -> None:
        """Answer that the server stops before it could answer."""
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
    """Make an id for a request that has none."""
    return b"%032x" % getrandbits(128)


def read_id(scope: Scope) -> bytes | None:
    """Read the id that a client gave its request, if it is fit for a header and a log."""
    for name, value in scope.get("headers", ()):
        if name == b"x-request-id":
            return value if ID.fullmatch(value) else None
    return None


# The id of the request that this task answers, for log lines and traces.
REQUEST_ID: ContextVar[bytes] = ContextVar("REQUEST_ID", default=b"")


class AccessLog:
    """Gives each request an id, counts it and, where it pays, logs it."""

    def __init__(self, meter: Meter, slow: float) -> None:
        """Count in a meter; requests slower than `slow` seconds are logged as warnings."""
        self.meter = meter
        self.slow = int(slow * 1e9)

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to an application, and record its outcome."""
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
            self.note(exchange, perf_counter_ns() - exchange.start)

    def note_refusal(self, status: int, code: str, id_: bytes) -> None:
        """Count a request that the protocol refused, and log it where requests are logged."""
        self.meter.count_refusal(status, code)
        fields = {"request_id": id_.decode(), "status": status, "code": code}
        LOG.info("request refused", extra={"fields": fields})

    def note(self, exchange: Exchange, elapsed: int) -> None:
        """Count a request; log it by its status and duration."""
        if refused := exchange.scope.get(REFUSED):
            exchange.status, exchange.code, exchange.id = refused
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
