"""uvicorn's HTTP protocol with a limit on the size of request heads, and errors as JSON."""

import re
import string
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from httptools import parse_url
from uvicorn.protocols.http.flow_control import service_unavailable
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.access_log import REFUSED, make_id, read_id
from api.http.errors import RequestError
from api.http.negotiation import JSON
from api.http.responses import CONTENT_TYPES, NO_STORE, Header, write_rejection
from api.server.cycle import Cycle

MAX_HEAD = 65_536  # bytes of a request's line and headers
# The value of a `Host` header: a host and port as RFC 3986 defines them; it may be empty.
HOST = re.compile(rb"(\[[\w:.%~-]+\]|[\w.~%!$&'()*+,;=-]*)(:[0-9]*)?", re.ASCII)
UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)
WEBSOCKET = re.compile(rb"\r\nupgrade:[ \t]*websocket[ \t]*(\r\n|\Z)", re.IGNORECASE)


class FinalResponse(NamedTuple):
    """An error response after which the connection is closed, with its status and code."""

    status: int
    code: str
    response: bytes

    def format(self, id_: bytes) -> bytes:
        """Return the response's bytes, with the id of the refused request as a header."""
        return self.response.replace(b"\r\n\r\n", b"\r\nx-request-id: %b\r\n\r\n" % id_, 1)


def ignore_refusal(status: int, code: str, id_: bytes) -> None:
    """Do not count or log a refused request."""
    del status, code, id_


class HTTPProtocol(HttpToolsProtocol):
    """An HTTP connection that limits the size of request heads and requires a valid `Host`.

    `log_refusal` is called with the status, code and id of each request that is refused before the
    application is called. If the application is already running, they are put into the request's
    `scope` under REFUSED, where the access log reads them.
    """

    log_refusal: Callable[[int, str, bytes], None] = staticmethod(ignore_refusal)
    head_size: int | None = 0  # bytes received since the request began; None while in its body
    received = 0  # size of the last chunk
    url = b""
    headers: list[tuple[bytes, bytes]]
    refusal: FinalResponse | None = None  # the error of the head that is being parsed
    idle_since: float | None = None  # when the last response was complete; None during a request

    def data_received(self, data: bytes) -> None:
        """Feed the parser, and refuse a head that exceeds MAX_HEAD."""
        if self.head_size == 0:
            data = normalize_head(data)
        self.received = len(data)
        super().data_received(data)
        if self.head_size:
            self.head_size += len(data)
            if self.head_size > MAX_HEAD and not self.transport.is_closing():
                self.refuse(HEAD_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Start counting the bytes of a request's head."""
        self.head_size = 1
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        """Check a request's head and call the application.

        Raises:
            ValueError: the head is refused; the parser then calls `send_400_response`.
        """
        most = (self.head_size or 0) + self.received  # an upper bound: may include body bytes
        self.head_size = None
        version = self.parser.get_http_version()
        if most > MAX_HEAD and measure_head(self.url, self.headers) > MAX_HEAD:
            self.refusal = HEAD_TOO_LARGE
        elif not has_valid_host(self.headers, version):
            self.refusal = INVALID_HOST
        if self.refusal:
            raise ValueError(self.refusal.code)
        self.scope = self.build_scope(version)
        if not (self.parser.should_upgrade() and self._should_upgrade()):
            self.begin_cycle(keep_alive=version != "1.0" and self.parser.should_keep_alive())

    def build_scope(self, version: str) -> Any:
        """Return the ASGI scope of a request whose head has arrived."""
        url = parse_url(self.url)
        path = url.path.decode("ascii")
        return {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": version,
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": self.parser.get_method().decode("ascii"),
            "root_path": "",
            "path": unquote(path) if "%" in path else path,
            "raw_path": url.path,
            "query_string": url.query or b"",
            "headers": self.headers,
        }

    def begin_cycle(self, *, keep_alive: bool) -> None:
        """Call the application with a request, after the requests that arrived before it."""
        app, limit = self.app, self.limit_concurrency
        if limit is not None and max(len(self.connections), len(self.tasks)) >= limit:
            app = service_unavailable
            self.logger.warning("Exceeded concurrency limit.")
        before = self.cycle
        self.cycle = Cycle(self, self.scope, keep_alive=keep_alive)
        if before is None or before.response_complete:
            self.cycle.begin(app)
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, app))

    def _should_upgrade_to_ws(self) -> bool:
        return True

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over to the WebSocket protocol, which is imported now."""
        limit = self.limit_concurrency
        if limit is not None and len(self.connections) > limit:
            self.refuse(OVERLOADED)
            return
        from api.server.websocket import MAX_HEADERS, MAX_LINE, WebSocketProtocol

        longest = max((len(name) + len(value) for name, value in self.headers), default=0)
        if max(len(self.url), longest) > MAX_LINE or len(self.headers) > MAX_HEADERS:
            self.refuse(HEAD_TOO_LARGE)
            return
        self.ws_protocol_class = WebSocketProtocol
        super().handle_websocket_upgrade()

    def on_message_complete(self) -> None:
        """Start counting anew for the next request."""
        self.head_size = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Start the next request if it has arrived; else the connection is idle from now on.

        A timer that is started and cancelled for every request would cost as much as its parsing:
        the one of a connection looks at its end how long the connection has been idle.
        """
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            cycle.begin(app)  # type: ignore[attr-defined]
            return
        self.idle_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.start_idle_timer(self.idle_since)

    def start_idle_timer(self, since: float) -> None:
        """Schedule the check whether the connection has been idle for too long."""
        self.timeout_keep_alive_task = self.loop.call_at(
            since + self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that has been idle for too long."""
        self.timeout_keep_alive_task = None
        since = self.idle_since
        if since is None:
            return  # a request is being answered; its response starts the timer again
        if self.loop.time() < since + self.timeout_keep_alive:
            self.start_idle_timer(since)
        elif not self.transport.is_closing():
            self.transport.close()

    def _unset_keepalive_if_required(self) -> None:
        self.idle_since = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer of an idle connection."""
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
        super().connection_lost(exc)

    def send_400_response(self, _: str) -> None:
        """Send the error of a refused head, or 400 for bytes that are not HTTP."""
        self.refuse(self.refusal or (HEAD_TOO_LARGE if len(self.url) >= MAX_HEAD else INVALID_HTTP))

    def refuse(self, refusal: FinalResponse) -> None:
        """Send an error, unless the application has begun to respond; close the connection."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            id_ = make_id()
            self.transport.write(refusal.format(id_))
            self.log_refusal(refusal.status, refusal.code, id_)
        elif not cycle.response_started:
            scope: Any = cycle.scope
            id_ = read_id(scope) or make_id()
            self.transport.write(refusal.format(id_))
            scope[REFUSED] = refusal.status, refusal.code, id_
        self.transport.close()


def measure_head(url: bytes, headers: list[tuple[bytes, bytes]]) -> int:
    """Return the size of a request's URL and headers in bytes."""
    return len(url) + sum(len(name) + len(value) + len(": \r\n") for name, value in headers)


def has_valid_host(headers: list[tuple[bytes, bytes]], version: str) -> bool:
    """Return whether a request has one valid `Host` header (RFC 9112, section 3.2).

    HTTP/1.0 requests may omit it.
    """
    hosts = [value for name, value in headers if name == b"host"]
    if not hosts:
        return version < "1.1"
    return len(hosts) == 1 and is_host(hosts[0])


@lru_cache(256)
def is_host(value: bytes) -> bool:
    """Return whether a value is a host, optionally with a port."""
    return HOST.fullmatch(value) is not None


def normalize_head(data: bytes) -> bytes:
    """Return a request's first chunk, changed where the parser would fail on a valid request.

    A request line that is not ASCII is percent-encoded. The `Upgrade` header is renamed: servers
    may ignore it (Java's HTTP client sends it for HTTP/2), but the parser would take the body for
    the new protocol. It is kept if a GET asks for a WebSocket.
    """
    line, end, rest = data.partition(b"\r\n")
    if not line.isascii():
        data = quote(line, safe=string.printable).encode() + end + rest
    if b"pgrade" in data:
        head, end, body = data.partition(b"\r\n\r\n")
        if not (head.startswith(b"GET ") and WEBSOCKET.search(head)):
            data = UPGRADE.sub(b"\r\nx-upgrade:", head) + end + body
    return data


def format_refusal(status: int, code: str, message: str) -> FinalResponse:
    """Return an error response in JSON that closes the connection."""
    response = write_rejection(RequestError(status, code, message))
    headers: list[Header] = [
        CONTENT_TYPES[JSON],
        (b"content-length", str(len(response.body)).encode()),
        (b"connection", b"close"),
        NO_STORE,
    ]
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return FinalResponse(status, code, STATUS_LINE[status] + lines + b"\r\n" + response.body)


INVALID_HOST = format_refusal(
    400,
    "BAD_REQUEST",
    "The request needs one `Host` header with a valid host, and optionally a port.",
)
INVALID_HTTP = format_refusal(
    400, "BAD_REQUEST", "The request is not valid HTTP/1.1; the connection is closed."
)
OVERLOADED = format_refusal(
    503, "OVERLOADED", "The server has too many connections: connect again later."
)
HEAD_TOO_LARGE = format_refusal(
    431,
    "HEAD_TOO_LARGE",
    f"The request line and headers exceed {MAX_HEAD:,} bytes.",
)
