"""uvicorn's HTTP protocol with limits on heads, and errors as JSON."""

import re
import string
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.access_log import REFUSED, make_id, read_id
from api.http.errors import RequestError
from api.http.negotiation import JSON
from api.http.responses import CONTENT_TYPES, UNKEPT, Header, write_rejection

MAX_HEAD = 65_536  # bytes of a request's line and headers
# RFC 3986's host and port, or nothing.
HOST = re.compile(rb"(\[[\w:.%~-]+\]|[\w.~%!$&'()*+,;=-]*)(:[0-9]*)?", re.ASCII)
UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)


class FinalResponse(NamedTuple):
    """The last response of a connection, with the status and code that it carries."""

    status: int
    code: str
    response: bytes

    def format(self, id_: bytes) -> bytes:
        """Return the response, with the id of the request that it refuses."""
        return self.response.replace(b"\r\n\r\n", b"\r\nx-request-id: %b\r\n\r\n" % id_, 1)


def ignore_refusal(status: int, code: str, id_: bytes) -> None:
    """Count and log nothing."""
    del status, code, id_


class Protocol(HttpToolsProtocol):
    """An HTTP connection that limits the length of request heads and requires a valid `Host`.

    `note_refusal` is called with the status, code and id of each request that is refused before the
    application sees it. Of one that the application has begun to answer, its exchange is told.
    """

    note_refusal: Callable[[int, str, bytes], None] = staticmethod(ignore_refusal)
    head: int | None = 0  # bytes that came since a request began; None within its body
    received = 0  # bytes that came last
    url = b""
    headers: list[tuple[bytes, bytes]]
    refusal: FinalResponse | None = None  # why the head that is being read is refused

    def data_received(self, data: bytes) -> None:
        """Feed the parser."""
        if self.head == 0:
            data = mend(data)
        self.received = len(data)
        super().data_received(data)
        if self.head:
            self.head += len(data)
            if self.head > MAX_HEAD and not self.transport.is_closing():
                self.refuse(LONG)

    def on_message_begin(self) -> None:
        """Start counting the bytes of a request's head."""
        self.head = 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Check a request's head and start the application.

        Raises:
            ValueError: it is refused; the parser passes that on to `send_400_response`.
        """
        most = (self.head or 0) + self.received  # some of which may be the body's
        self.head = None
        if most > MAX_HEAD and measure(self.url, self.headers) > MAX_HEAD:
            self.refusal = LONG
        elif not names_host(self.headers, self.parser.get_http_version()):
            self.refusal = HOSTLESS
        if self.refusal:
            raise ValueError(self.refusal.code)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next request."""
        self.head = 0
        super().on_message_complete()

    def send_400_response(self, _: str) -> None:
        """Respond 400 to bytes that are not HTTP."""
        self.refuse(self.refusal or (LONG if len(self.url) >= MAX_HEAD else BROKEN))

    def refuse(self, refusal: FinalResponse) -> None:
        """Send an error, unless the application has begun to respond; close the connection."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            id_ = make_id()
            self.transport.write(refusal.format(id_))
            self.note_refusal(refusal.status, refusal.code, id_)
        elif not cycle.response_started:
            scope: Any = cycle.scope
            id_ = read_id(scope) or make_id()
            self.transport.write(refusal.format(id_))
            scope[REFUSED] = refusal.status, refusal.code, id_
        self.transport.close()


def measure(url: bytes, headers: list[tuple[bytes, bytes]]) -> int:
    """Return how many bytes a request's URL and headers take."""
    return len(url) + sum(len(name) + len(value) + len(": \r\n") for name, value in headers)


def names_host(headers: list[tuple[bytes, bytes]], version: str) -> bool:
    """Return whether a request has one valid `Host`, or none before HTTP/1.1 (RFC 9112, 3.2)."""
    hosts = [value for name, value in headers if name == b"host"]
    if not hosts:
        return version < "1.1"
    return len(hosts) == 1 and HOST.fullmatch(hosts[0]) is not None


def mend(data: bytes) -> bytes:
    """Percent-encode a request line that is not ASCII.

    Also rename the `Upgrade` header, which Java's HTTP/2 client sends and which
    servers may ignore: the parser would read the request's body as the new protocol.
    """
    line, end, rest = data.partition(b"\r\n")
    if not line.isascii():
        data = quote(line, safe=string.printable).encode() + end + rest
    if b"pgrade" in data:
        head, end, body = data.partition(b"\r\n\r\n")
        data = UPGRADE.sub(b"\r\nx-upgrade:", head) + end + body
    return data


def format_refusal(status: int, code: str, message: str) -> FinalResponse:
    """Return a connection's last response, an error in JSON."""
    response = write_rejection(RequestError(status, code, message))
    headers: list[Header] = [
        CONTENT_TYPES[JSON],
        (b"content-length", str(len(response.body)).encode()),
        (b"connection", b"close"),
        UNKEPT,
    ]
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return FinalResponse(status, code, STATUS_LINE[status] + lines + b"\r\n" + response.body)


HOSTLESS = format_refusal(
    400, "BAD_REQUEST", "A request has one `Host` header: a host's name or address, and its port."
)
BROKEN = format_refusal(
    400, "BAD_REQUEST", "This is no HTTP/1.1: the connection cannot be read any further."
)
LONG = format_refusal(
    431,
    "HEAD_TOO_LARGE",
    f"A request's line and headers have {MAX_HEAD:,} bytes at most.",
)
