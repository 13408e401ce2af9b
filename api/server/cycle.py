"""One request and its response on a connection: what the application's `send` writes."""

import asyncio
from typing import Any

from starlette.types import Message
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

STATUS_LINES = {status: line.removesuffix(b"\r\n") for status, line in STATUS_LINE.items()}
BODILESS = (204, 304)  # statuses of responses without a body
# Larger bodies are written after the head, since joining them would copy them.
MAX_JOINED = 65_536


class Cycle(RequestResponseCycle):
    """uvicorn's cycle, but a response's head is written together with its body.

    uvicorn writes them by two system calls, and matches the name and value of each header with a
    regular expression: together half of what a short response costs. The head of a response without
    a length, which is a stream, is written at once.
    """

    disconnected = False
    more_body = True
    response_started = False
    response_complete = False
    chunked_encoding = False
    expected_content_length = 0
    head = b""  # that is not written yet

    def __init__(self, protocol: HttpToolsProtocol, scope: Any, *, keep_alive: bool) -> None:
        """Read what has arrived of a request on a connection."""
        self.scope = scope
        self.transport, self.flow = protocol.transport, protocol.flow
        self.loop, self.logger = protocol.loop, protocol.logger
        self.default_headers = protocol.server_state.default_headers
        self.on_response = protocol.on_response_complete
        self.waiting_for_100_continue = protocol.expect_100_continue
        self.keep_alive = keep_alive
        self.tasks = protocol.tasks
        self.message_event = asyncio.Event()
        self.body = bytearray()

    def begin(self, app: Any) -> None:
        """Call the application in a task of its own, which is among the server's until it ends."""
        self.task = self.loop.create_task(self.run_asgi(app))
        self.tasks.add(self.task)

    async def run_asgi(self, app: Any) -> None:
        """Call the application; if it fails, respond 500, or close a connection with a response."""
        try:
            await app(self.scope, self.receive, self.send)
        except BaseException:
            self.logger.exception("The application failed.")
        try:
            if self.response_started and not self.response_complete:
                self.transport.close()
            elif not (self.response_started or self.disconnected):
                await self.send_500_response()
        finally:
            self.on_response = ignore  # breaks a circle of references
            self.tasks.discard(self.task)  # a callback of the task would be a call of the loop

    async def receive(self) -> Any:
        """Return what has arrived of the request, when there is more; else that its client left."""
        if self.waiting_for_100_continue and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.waiting_for_100_continue = False
        if not (self.disconnected or self.response_complete):
            self.flow.resume_reading()
            if not self.message_event.is_set():
                await self.message_event.wait()
            self.message_event.clear()
        if self.disconnected or self.response_complete:
            return {"type": "http.disconnect"}
        body, self.body = self.body, bytearray()
        return {"type": "http.request", "body": bytes(body), "more_body": self.more_body}

    async def send(self, message: Any) -> None:
        """Send the head of the response, or a part of its body.

        Raises:
            RuntimeError: the application sends something else, or a body of another length.
        """
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if not self.response_started:
            self.start(message)
        elif not self.response_complete:
            self.write(message.get("body", b""), more=message.get("more_body", False))
        else:
            error = f"{message['type']} was sent after the response was complete."
            raise RuntimeError(error)

    def start(self, message: Message) -> None:
        """Format the head of the response, and write it now if the response is a stream.

        Raises:
            RuntimeError: a header has a line break, which would begin another one.
        """
        status, headers = message["status"], [*self.default_headers, *message.get("headers", ())]
        named = dict(headers)
        if b"close" in named.get(b"connection", b"").lower():
            self.keep_alive = False
        elif not self.keep_alive:
            headers.append((b"connection", b"close"))
        if self.scope["method"] != "HEAD" and status not in BODILESS:
            length = named.get(b"content-length")
            self.chunked_encoding = length is None
            self.expected_content_length = int(length or 0)
        if self.chunked_encoding:
            headers.append((b"transfer-encoding", b"chunked"))
        head = b"\r\n".join([STATUS_LINES[status], *map(b": ".join, headers)])
        if head.count(b"\r") != len(headers) or head.count(b"\n") != len(headers):
            error = "A header of the response has a line break."
            raise RuntimeError(error)
        self.head = head + b"\r\n\r\n"
        self.response_started = True
        self.waiting_for_100_continue = False
        if self.chunked_encoding:
            self.flush()

    def write(self, body: bytes, *, more: bool) -> None:
        """Write a part of the body, with the head before the first one.

        Raises:
            RuntimeError: the body is longer or shorter than its `Content-Length`.
        """
        if self.scope["method"] == "HEAD":
            body = b""
        elif self.chunked_encoding:
            body = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
            if not more:
                body += b"0\r\n\r\n"
        else:
            self.expected_content_length -= len(body)
            if self.expected_content_length < 0 or (self.expected_content_length and not more):
                error = "The body of the response is not as long as its Content-Length."
                raise RuntimeError(error)
        if len(body) > MAX_JOINED:
            self.flush()
        self.transport.write(self.head + body if self.head else body)
        self.head = b""
        if not more:
            self.response_complete = True
            self.message_event.set()
            if not self.keep_alive:
                self.transport.close()
            self.on_response()

    def flush(self) -> None:
        """Write the head if it is not written yet."""
        if self.head:
            self.transport.write(self.head)
        self.head = b""


def ignore() -> None:
    """Do nothing."""
