"""GraphQL over server-sent events: each operation has a response of its own, which stays open.

This is the mode of distinct connections of the protocol graphql-sse: an event `next` for each
answer, then an event `complete`. A stream that ends without it was cut off, by the network or since
the server stops: the client should connect again. The `id` of an event is its cursor: a client that
sends the last one in `Last-Event-ID`, as browsers' EventSource does, goes on after it.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from time import perf_counter_ns

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.errors import DatabaseUnavailable
from api.http.access_log import OUTCOME, STREAMED
from api.http.disconnect import DisconnectWatcher
from api.http.errors import RequestError
from api.http.negotiation import EVENT_STREAM
from api.http.streams import Streams, refuse
from api.request import GraphQLRequest
from api.response import Answer

HEADERS = (
    (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would collect events
    (b"vary", b"accept"),
    (b"x-content-type-options", b"nosniff"),
)
COMPLETE = b"event: complete\ndata:\n\n"
HEARTBEAT = b":\n\n"  # a comment


class EventStream:
    """A response with the answers to one operation as events."""

    transport = "event-stream"

    def __init__(
        self,
        streams: Streams,
        client: str,
        request: GraphQLRequest,
        answers: AsyncGenerator[Answer, None],
        admit: Callable[[], Awaitable[object]],
    ) -> None:
        """Prepare a response; `admit` raises RequestError if the API key is no longer valid."""
        self.streams, self.client, self.admit = streams, client, admit
        self.request, self.answers = request, answers
        self.last: Answer | None = None  # the error with which the server ends the stream
        self.ended = self.sending = False

    async def respond(
        self, scope: Scope, receive: Receive, send: Send, disconnects: DisconnectWatcher
    ) -> None:
        """Send the response until the operation ends, the client disconnects or the server stops.

        Raises:
            RequestError: the client has too many open operations (429).
        """
        self.send, self.task = send, asyncio.current_task()
        with self.streams.operation(self.client), self.streams.connected(self):
            outcome = None, None, self.request.operation_name
            start = {"type": "http.response.start", "status": 200, "headers": [*HEADERS]}
            scope[STREAMED] = perf_counter_ns()
            await send(start | {OUTCOME: outcome})
            if scope["method"] != "HEAD":
                try:
                    delivering = self.streams.deliver(self.answers, self.send_event)
                    await disconnects.wait(delivering, receive)
                    await self.write(COMPLETE)
                except ClientDisconnect:
                    return
                except asyncio.CancelledError:
                    await self.finish()
                except TimeoutError:
                    pass  # the end is sent when the client reads again, if it does
            await send({"type": "http.response.body", "body": b""})

    async def finish(self) -> None:
        """Send the error with which the server ended the stream, if it did.

        Raises:
            CancelledError: the server did not end the stream; its task was cancelled.
        """
        if not self.ended or self.task is None:
            raise asyncio.CancelledError
        self.task.uncancel()
        if self.last is not None:
            await self.send_event(self.last)
            await self.write(COMPLETE)

    async def send_event(self, answer: Answer) -> None:
        """Send an answer; JSON without indentation has no line breaks.

        An id without data is no event, but is remembered by the client.
        """
        event = b"event: next\ndata: %b\n" % answer.json if answer.json else b""
        id_ = b"id: %b\n" % answer.cursor.encode() if answer.cursor is not None else b""
        await self.write(b"%b%b\n" % (event, id_))

    async def write(self, body: bytes) -> None:
        """Send a part of the body."""
        self.sending = True
        try:
            await self.send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            self.sending = False

    async def check(self) -> None:
        """Send a heartbeat, or end the stream if its API key is no longer valid."""
        try:
            await self.admit()
        except RequestError as error:
            self.end(refuse(error))
        except DatabaseUnavailable:
            return
        else:
            if not self.sending:
                await self.write(HEARTBEAT)

    async def stop(self) -> None:
        """End a subscription without an event, so that the client connects again.

        Queries and mutations are answered.
        """
        if self.request.lasts:
            self.end(None)

    def end(self, last: Answer | None) -> None:
        """End the stream."""
        self.last, self.ended = last, True
        if self.task is not None:
            self.task.cancel()
