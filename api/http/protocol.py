"""Bytes in, HTTP requests out, by uvicorn; what is no HTTP is told so in JSON."""

import re
import string
from urllib.parse import quote

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.negotiation import JSON
from api.http.questions import BadRequest
from api.http.responses import CONTENT_TYPES, UNKEPT, Header, write_rejection

MAX_HEAD = 65_536  # bytes of a request's line and headers
UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)


class Protocol(HttpToolsProtocol):
    """A connection whose requests have heads of limited length."""

    head: int | None = 0  # bytes that came since a request began; None within its body
    url = b""

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self.head == 0:
            data = mend(data)
        super().data_received(data)
        if self.head:
            self.head += len(data)
            if self.head > MAX_HEAD and not self.transport.is_closing():
                self.refuse(LONG)

    def on_message_begin(self) -> None:
        """Begin to read a request's head."""
        self.head = 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Begin to answer a request."""
        self.head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next request."""
        self.head = 0
        super().on_message_complete()

    def send_400_response(self, _: str) -> None:
        """Say that what has come is no HTTP."""
        self.refuse(LONG if len(self.url) >= MAX_HEAD else BROKEN)

    def refuse(self, response: bytes) -> None:
        """Answer in the application's stead, unless it has begun to, and hang up."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(response)
        self.transport.close()


def mend(data: bytes) -> bytes:
    """Make a request's line ASCII, as people type it who do not know that it has to be.

    And leave out the wish to speak another protocol, as Java's client for HTTP/2 has it, which
    nobody need grant: the parser would take the request's body for that protocol.
    """
    line, end, rest = data.partition(b"\r\n")
    if not line.isascii():
        data = quote(line, safe=string.printable).encode() + end + rest
    if b"pgrade" in data:
        head, end, body = data.partition(b"\r\n\r\n")
        data = UPGRADE.sub(b"\r\nx-upgrade:", head) + end + body
    return data


def format_response(status: int, code: str, message: str) -> bytes:
    """Write the last response of a connection."""
    response = write_rejection(BadRequest(status, code, message))
    headers: list[Header] = [
        CONTENT_TYPES[JSON],
        (b"content-length", str(len(response.body)).encode()),
        (b"connection", b"close"),
        UNKEPT,
    ]
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return STATUS_LINE[status] + lines + b"\r\n" + response.body


BROKEN = format_response(
    400, "BAD_REQUEST", "This is no HTTP/1.1: the connection cannot be read any further."
)
LONG = format_response(
    431,
    "HEAD_TOO_LARGE",
    f"A request's line and headers have {MAX_HEAD:,} bytes at most.",
)
