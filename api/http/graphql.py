"""The endpoint of GraphQL over HTTP, an ASGI application without a web framework.

A web framework's routing and request objects take longer than most answers.
"""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.answer import Answerer
from api.errors import DatabaseUnavailable, OperationError
from api.http.access import Access, admit, identify
from api.http.access_log import CLIENT_LEFT
from api.http.answer_cache import AnswerCache, AnswerStore
from api.http.caching import is_known, make_etag, read_version
from api.http.disconnect import DisconnectWatcher
from api.http.errors import RequestError
from api.http.event_stream import EventStream
from api.http.metrics import Meter
from api.http.negotiation import EVENT_STREAM, JSON
from api.http.persisted import PersistedDocuments
from api.http.playground import page
from api.http.requests import (
    MAX_HEADER,
    FindDocument,
    Headers,
    HTTPRequest,
    decode_body,
    negotiate,
    parse_get,
    parse_post,
    parse_revision,
    read_body,
)
from api.http.responses import (
    ALLOW,
    REVALIDATED,
    Header,
    Response,
    send_response,
    write_answer,
    write_error,
    write_unchanged,
)
from api.http.streams import Streams
from api.request import GraphQLRequest
from api.response import write_refusal
from api.settings import Settings
from api.sql.revisions import read_number

LOG = logging.getLogger(__name__)
BY_NAME = (b"documentId=", b"extensions=")
Parse = Callable[[HTTPRequest, bytes, FindDocument], GraphQLRequest]
Method = Callable[[HTTPRequest], Awaitable[Response | EventStream]]


class GraphQLEndpoint:
    """Answers GraphQL requests by GET and POST, and serves the playground to browsers."""

    def __init__(
        self,
        answerer: Answerer,
        settings: Settings,
        documents: PersistedDocuments | None = None,
        access: Access | None = None,
        streams: Streams | None = None,
    ) -> None:
        """Serve an answerer, with its persisted documents, access rules and open streams."""
        self.cacheable: Header = REVALIDATED  # of answers to GET, which clients may cache
        self.answerer = answerer
        self.settings = settings
        self.disconnects = DisconnectWatcher()
        self.find = (documents or PersistedDocuments({})).find
        self.access = access
        self.streams = streams or Streams(Meter(), settings.max_subscriptions)
        self.kept: AnswerCache | None = None
        self.methods: dict[str, Method] = {
            "POST": self.answer_post,
            "GET": self.answer_get,
            "HEAD": self.answer_get,
            "OPTIONS": list_methods,
        }
        read_version()

    def keep_answers(self, store: AnswerStore) -> None:
        """Keep answers in a store from now on, unless it has no space."""
        self.kept = AnswerCache(store, self.answerer, self.disconnects) if store.max_bytes else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = read_headers(scope["headers"])
        if wants_page(scope, headers):
            await page()(scope, receive, send)
            return
        response = await self.respond(scope, receive, headers)
        if isinstance(response, EventStream):
            await response.respond(scope, receive, send, self.disconnects)
            return
        await send_response(send, response, scope["method"], headers.get(b"accept-encoding", b""))

    async def respond(
        self, scope: Scope, receive: Receive, headers: Headers
    ) -> Response | EventStream:
        """Return the response to a request; every error has one."""
        media_type = JSON
        try:
            budget, client = await admit(self.access, scope, headers)
            media_type = negotiate(headers.get(b"accept", b""))
            method, query = scope["method"], scope["query_string"]
            answer = self.methods.get(method, refuse_method)
            revision = parse_revision(headers.get(b"mithaq-revision"))
            request = HTTPRequest(
                method, query, headers, receive, media_type, scope, budget, client, revision
            )
            return await answer(request)
        except Exception as error:  # noqa: BLE001 — an unexpected one is logged
            return write_error(error, media_type)

    async def answer_post(self, request: HTTPRequest) -> Response | EventStream:
        """Answer the GraphQL request in a body.

        Raises:
            RequestError: the body holds no GraphQL request.
            ClientDisconnect: the client left before the body's end.
        """
        limit, headers = self.settings.max_body, request.headers
        body = await read_body(request.receive, limit, headers.get(b"content-length", b""))
        if b"content-encoding" in headers:
            body = decode_body(body, headers[b"content-encoding"], limit)
        return await self.answer_once(request, body, parse_post, self.answer)

    async def answer_get(self, request: HTTPRequest) -> Response | EventStream:
        """Answer the GraphQL request in a URL's query, or with 304 if the client's ETag matches.

        Raises:
            RequestError: the query holds no GraphQL request.
            DatabaseUnavailable: the newest revision could not be read.
        """
        return await self.answer_once(request, request.query, parse_get, self.answer_unless_known)

    async def answer_once(
        self,
        request: HTTPRequest,
        asked: bytes,
        parse: Parse,
        answer: Callable[[GraphQLRequest, HTTPRequest], Awaitable[Response | EventStream]],
    ) -> Response | EventStream:
        """Return the kept response to a request's body or query, or parse and answer it."""
        kept = self.kept
        key = None if kept is None else kept.make_key(request, asked)
        if kept is None or key is None:
            return await answer(parse(request, asked, self.find), request)
        if kept.may_have(key) and (found := await kept.find(key, request)) is not None:
            return share(found, request, self.cacheable)
        graphql_request = parse(request, asked, self.find)
        return await kept.run(
            key, len(asked), graphql_request, partial(answer, graphql_request, request)
        )

    async def answer_unless_known(
        self, graphql_request: GraphQLRequest, request: HTTPRequest
    ) -> Response | EventStream:
        """Answer a GraphQL request by GET, or with 304 if the client's ETag matches."""
        # A persisted document's text may change under the same name, so the ETag includes the text.
        document = graphql_request.document
        mark = await self.answerer.fetch_mark(document, graphql_request.revision)
        graphql_request.revision = max(graphql_request.revision, read_number(mark))
        etag = make_etag(mark, document.encode() + b"?" + request.query, request.headers)
        if is_known(etag, request.headers.get(b"if-none-match", b"")):
            return write_unchanged(etag, graphql_request.operation_name, self.cacheable)
        return await self.answer(graphql_request, request, etag)

    async def answer(
        self, graphql_request: GraphQLRequest, request: HTTPRequest, etag: bytes | None = None
    ) -> Response | EventStream:
        """Answer a GraphQL request unless the client disconnects; an `etag` allows caching."""
        if request.media_type == EVENT_STREAM:
            return await self.open_stream(graphql_request, request)
        try:
            answer = await self.disconnects.wait(
                self.answerer.answer(graphql_request), request.receive
            )
        except ClientDisconnect:
            return Response(CLIENT_LEFT, operation=graphql_request.operation_name)
        response = write_answer(answer, request.media_type, etag, self.cacheable)
        response.operation = graphql_request.operation_name
        return response

    async def open_stream(
        self, graphql_request: GraphQLRequest, request: HTTPRequest
    ) -> EventStream:
        """Return the event stream of a GraphQL request.

        Raises:
            RequestError: the client has too many open operations (429).
        """
        admit = partial(identify, self.access, request.scope, request.headers)
        client = await admit()
        self.streams.check_limit(client)
        last_event_id = request.headers.get(b"last-event-id", b"")[:MAX_HEADER]
        graphql_request.last_event_id = last_event_id.decode("latin-1")
        answers = self.answerer.stream(graphql_request)
        return EventStream(self.streams, client, graphql_request, answers, admit)


def share(response: Response, request: HTTPRequest, cacheable: Header) -> Response:
    """Return the response to a request whose answer was made for another, at the same cost."""
    etag = response.etag
    if etag is not None and is_known(etag, request.headers.get(b"if-none-match", b"")):
        return write_unchanged(etag, response.operation, cacheable)
    if request.budget is not None:
        try:
            request.budget.charge(response.cost or 0)
        except (OperationError, DatabaseUnavailable) as refused:
            refusal = write_answer(write_refusal(refused), request.media_type)
            refusal.operation = response.operation
            return refusal
    return response


async def list_methods(_: HTTPRequest) -> Response:
    """Return the response to OPTIONS: the methods that the endpoint allows."""
    return Response(204, headers=(ALLOW,))


async def refuse_method(request: HTTPRequest) -> Response:
    """Raise the error of any other method (405)."""
    message = f"The method {request.method[:20]} is not allowed at /graphql: send GET or POST."
    raise RequestError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])


def read_headers(pairs: list[tuple[bytes, bytes]]) -> Headers:
    """Return a request's headers; repeated headers are joined by commas."""
    headers = dict(pairs)
    if len(headers) == len(pairs):
        return headers
    lines: dict[bytes, list[bytes]] = {name: [] for name in headers}
    for name, value in pairs:
        lines[name].append(value)
    return {name: b", ".join(values) for name, values in lines.items()}


def wants_page(scope: Scope, headers: Headers) -> bool:
    """Return whether to serve the playground: a browser's GET that names no stored document."""
    query = scope["query_string"]
    return (
        b"text/html" in headers.get(b"accept", b"")
        and not any(field in query for field in BY_NAME)
        and scope["method"] in ("GET", "HEAD")
    )
