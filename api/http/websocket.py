"""GraphQL over WebSocket, by the protocol graphql-transport-ws.

Strawberry's handler carries the protocol: its order of messages, its timeouts and close codes.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from functools import partial
from time import perf_counter_ns
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import (
    NonJsonMessageReceived,
    NonTextMessageReceived,
    WebSocketDisconnected,
)
from strawberry.http.websocket_origin import (
    is_same_origin,
    normalize_allowed_origins,
    normalize_origin,
)
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.types.unset import UNSET, UnsetType

from api.answer import Answerer
from api.errors import DatabaseUnavailable
from api.http.access import Access, admit, identify
from api.http.access_log import REQUEST_ID, make_id, read_id
from api.http.errors import RequestError
from api.http.graphql import read_headers
from api.http.negotiation import JSON
from api.http.persisted import PersistedDocuments
from api.http.requests import (
    FindDocument,
    Headers,
    HTTPRequest,
    build_graphql_request,
    parse_revision,
)
from api.http.responses import Response, write_rejection, write_unavailable
from api.http.streams import Streams, refuse
from api.request import GraphQLRequest
from api.response import Answer
from api.settings import Settings

LOG = logging.getLogger(__name__)
MAX_REASON = 123  # bytes of a close frame's reason (RFC 6455, section 5.5)
GOING_AWAY, TRY_AGAIN = 1001, 1013
UNACCEPTABLE = 4406
INVALID = "The message is not one of graphql-transport-ws."
OBJECT_OR_NULL = (dict, type(None))


class WebSocketEndpoint:
    """Answers GraphQL operations over WebSocket connections."""

    def __init__(
        self,
        answerer: Answerer,
        settings: Settings,
        documents: PersistedDocuments,
        access: Access | None,
        streams: Streams,
    ) -> None:
        """Serve an answerer, with its persisted documents, access rules and open streams."""
        self.answerer, self.access, self.streams = answerer, access, streams
        self.find: FindDocument = documents.find
        self.patience = timedelta(seconds=settings.read_timeout)
        origins = [item.strip() for item in settings.cors_origins.split(",") if item.strip()]
        self.origins = normalize_allowed_origins(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        start, id_ = perf_counter_ns(), read_id(scope) or make_id()
        REQUEST_ID.set(id_)
        await receive()  # the request to connect
        headers = read_headers(scope["headers"])
        try:
            self.check_origin(headers)
            if b"authorization" in headers:
                await identify(self.access, scope, headers)
        except RequestError as error:
            await reject(send, write_rejection(error), id_)
            return
        except DatabaseUnavailable as error:
            await reject(send, write_unavailable(error), id_)
            return
        socket = Socket(receive, send)
        await self.serve(scope, headers, socket, id_)
        fields = {
            "path": "/graphql",
            "code": socket.code,
            "seconds": round((perf_counter_ns() - start) / 1e9, 6),
        }
        LOG.info("WebSocket closed", extra={"fields": fields})

    async def serve(self, scope: Scope, headers: Headers, socket: "Socket", id_: bytes) -> None:
        """Accept a connection, and answer its operations until it closes."""
        known = GRAPHQL_TRANSPORT_WS_PROTOCOL in scope["subprotocols"]
        await socket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL if known else None, id_)
        if not known:
            reason = f"The subprotocol should be {GRAPHQL_TRANSPORT_WS_PROTOCOL}."
            await socket.close(UNACCEPTABLE, reason)
            return
        connection = WebSocketConnection(self, socket, scope, headers)
        with self.streams.connected(connection):
            await connection.handle()

    def check_origin(self, headers: Headers) -> None:
        """Check that a browser's page may connect: it is of this host, or of an allowed origin.

        Browsers do not apply CORS to WebSockets.

        Raises:
            RequestError: the page may not connect (403).
        """
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if not origin or "*" in self.origins or is_same_origin(origin, host):
            return
        if normalize_origin(origin) not in self.origins:
            message = "Pages of this origin may not connect: see MITHAQ_CORS_ORIGINS."
            raise RequestError(403, "FORBIDDEN", message)


class Socket(AsyncWebSocketAdapter):
    """An accepted WebSocket that sends and receives JSON; after its end it sends nothing."""

    def __init__(self, receive: Receive, send: Send) -> None:
        """Wrap a connection's ASGI functions."""
        self.receive, self.send = receive, send
        self.code: int | None = None  # with which the connection was closed

    async def accept(self, subprotocol: str | None, id_: bytes) -> None:
        """Accept the connection."""
        headers = [(b"x-request-id", id_)]
        accept = {"type": "websocket.accept", "subprotocol": subprotocol, "headers": headers}
        await self.send(accept)

    async def iter_json(
        self,
        *,
        ignore_parsing_errors: bool = False,  # noqa: ARG002
    ) -> AsyncGenerator[object, None]:
        """Yield the messages until the connection closes.

        Raises:
            NonTextMessageReceived: a message is binary.
            NonJsonMessageReceived: a message is not JSON.
        """
        while self.code is None:
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                self.code = message.get("code", 1005)
                return
            if message.get("text") is None:
                raise NonTextMessageReceived
            try:
                parsed = orjson.loads(message["text"])
            except orjson.JSONDecodeError as error:
                raise NonJsonMessageReceived from error
            yield parsed

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a message.

        Raises:
            WebSocketDisconnected: the connection is closed.
        """
        if self.code is not None:
            raise WebSocketDisconnected
        try:
            await self.send({"type": "websocket.send", "text": orjson.dumps(message).decode()})
        except OSError as error:
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """Close the connection, unless it is closed."""
        if self.code is None:
            self.code = code
            cut = reason.encode()[:MAX_REASON].decode(errors="ignore")
            try:
                await self.send({"type": "websocket.close", "code": code, "reason": cut})
            except OSError:
                return


class WebSocketConnection(BaseGraphQLTransportWSHandler[dict[str, Any], None]):
    """A connection's messages, handled by Strawberry, and its operations, answered by Mithaq."""

    transport = "websocket"

    def __init__(
        self, endpoint: WebSocketEndpoint, socket: Socket, scope: Scope, headers: Headers
    ) -> None:
        """Prepare to serve an accepted connection."""
        view: Any = self  # of which the handler calls `on_ws_connect`
        schema: Any = None
        super().__init__(view, socket, {}, None, schema, endpoint.patience)
        self.endpoint, self.scope, self.headers = endpoint, scope, headers
        self.client = ""
        self.revision = 0  # the newest that the connection's mutations wrote
        self.admit = partial(identify, endpoint.access, scope, headers)

    async def handle_message(self, message: Any) -> None:
        """Handle a message; one of another form closes the connection with 4400."""
        if is_message(message):
            await super().handle_message(message)
        else:
            await self.handle_invalid_message(INVALID)

    async def handle_connection_init(self, message: Any) -> None:
        """Acknowledge the connection, or close it with 4401 or 4403 for its API key."""
        if message.get("payload") is None:
            message = {"type": message["type"]}
        try:
            await super().handle_connection_init(message)
        except RequestError as error:
            await self.close(error)
        except DatabaseUnavailable as error:
            await self.websocket.close(TRY_AGAIN, error.message)

    async def on_ws_connect(self, context: dict[str, Any]) -> UnsetType:
        """Check the API key of the handshake's headers, or of the payload's `Authorization`.

        Browsers cannot send headers with a WebSocket.

        Raises:
            RequestError: the key is missing or not valid (401), or lacks the scope `read` (403).
            DatabaseUnavailable: the keys could not be read.
        """
        for name, value in context["connection_params"].items():
            if name.lower() == "authorization" and isinstance(value, str):
                authorization = value.encode("latin-1", "replace")
                self.headers = {**self.headers, b"authorization": authorization}
        self.admit = partial(identify, self.endpoint.access, self.scope, self.headers)
        self.client = await self.admit()
        no_payload: UnsetType = UNSET
        return no_payload

    async def handle_subscribe(self, message: Any) -> None:
        """Begin an operation, unless its document is not known or not allowed."""
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                request = await self.build_request(message["payload"])
            except RequestError as error:
                if error.status == 400:  # noqa: PLR2004
                    await self.handle_invalid_message(error.message)
                else:
                    await self.send_message(write_error(message["id"], refuse(error)))
                return
            except DatabaseUnavailable as error:
                await self.send_message(write_error(message["id"], refuse(error)))
                return
            message["payload"] = {"query": request}
        await super().handle_subscribe(message)

    async def build_request(self, payload: Mapping[str, Any]) -> GraphQLRequest:
        """Build a GraphQL request of a `subscribe` message's payload.

        Raises:
            RequestError: the payload is none (400), or its document is not known or not allowed.
            DatabaseUnavailable: the keys could not be read.
        """
        headers = self.headers
        budget, client = await admit(self.endpoint.access, self.scope, headers)
        revision = max(self.revision, parse_revision(headers.get(b"mithaq-revision")))
        request = HTTPRequest(
            "POST", b"", headers, no_body, JSON, self.scope, budget, client, revision
        )
        return build_graphql_request(payload, request, self.endpoint.find)

    async def run_operation(self, operation: Operation[dict[str, Any], None]) -> None:
        """Send the answers to an operation."""
        request: Any = operation.query
        streams = self.endpoint.streams

        async def send(answer: Answer) -> None:
            self.revision = max(self.revision, answer.revision)
            await operation.send_operation_message(write_answer(operation.id, answer))

        try:
            with streams.operation(self.client):
                await streams.deliver(self.endpoint.answerer.stream(request), send)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except RequestError as error:
            await send(refuse(error))
        except TimeoutError:
            await self.websocket.close(TRY_AGAIN, "The client reads too slowly: connect again.")
        except WebSocketDisconnected:
            return

    async def check(self) -> None:
        """Close the connection if its API key is no longer valid; uvicorn sends the pings."""
        if self.connection_acknowledged:
            try:
                await self.admit()
            except RequestError as error:
                await self.close(error)
            except DatabaseUnavailable:
                return

    async def stop(self) -> None:
        """Close the connection, since the server stops, when queries and mutations are answered."""
        running: list[Any] = list(self.operations.values())
        answering = [operation.task for operation in running if not operation.query.lasts]
        if answering:
            await asyncio.wait(answering)
        await self.websocket.close(GOING_AWAY, "The server stops: connect again.")

    async def close(self, error: RequestError) -> None:
        """Close the connection with the code of a refused API key."""
        await self.websocket.close(4000 + error.status, error.message)


def is_message(message: Any) -> bool:
    """Return whether a message has the members that its type needs, each of the right type."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    payload = message.get("payload")
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    if message["type"] == "subscribe":
        return bool(message["id"]) and isinstance(payload, dict)
    return isinstance(payload, OBJECT_OR_NULL)


def write_answer(id_: str, answer: Answer) -> Any:
    """Return the message with an operation's answer: `next`, or `error` if it has no data."""
    if answer.code is not None:
        return write_error(id_, answer)
    return {"id": id_, "type": "next", "payload": orjson.Fragment(answer.json)}


def write_error(id_: str, answer: Answer) -> Any:
    """Return the message that ends an operation with errors."""
    return {"id": id_, "type": "error", "payload": orjson.loads(answer.json)["errors"]}


async def reject(send: Send, response: Response, id_: bytes) -> None:
    """Respond to a request to connect with an error."""
    headers = [(b"content-type", JSON.encode()), (b"x-request-id", id_), *response.headers]
    start = {"type": "websocket.http.response.start", "status": response.status}
    await send(start | {"headers": headers})
    await send({"type": "websocket.http.response.body", "body": response.body})


async def no_body() -> Any:
    """Never called: a WebSocket's handshake has no body."""
    raise NotImplementedError
