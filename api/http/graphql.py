"""The endpoint: GraphQL over HTTP, on bare ASGI.

The ordinary way through a web framework costs more than the answers themselves.
"""

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.answer import Answer, Answerer, Question
from api.errors import DatabaseUnavailable
from api.http.access import Access
from api.http.access_log import CURRENT
from api.http.caching import is_known, make_etag, read_version
from api.http.disconnect import DisconnectWatcher
from api.http.errors import RequestError
from api.http.negotiation import JSON
from api.http.persisted import PersistedDocuments
from api.http.playground import page
from api.http.requests import decode_body, negotiate, parse_get, parse_post, read_body
from api.http.responses import (
    ALLOW,
    Response,
    send_response,
    write_answer,
    write_got,
    write_rejection,
    write_unanswered,
    write_unchanged,
)
from api.settings import Settings

LOG = logging.getLogger(__name__)
BY_NAME = (b"documentId=", b"extensions=")
INTERNAL = "The server failed to answer; the fault is its own, and its log has the details."
# Where a request carries what its sender may spend.
BUDGET = "mithaq.budget"
Headers = dict[bytes, bytes]
Method = Callable[[Scope, Receive, Headers, str], Awaitable[Response]]


class GraphQLEndpoint:
    """Answers questions sent by GET and POST, and gives browsers the playground."""

    def __init__(
        self,
        answerer: Answerer,
        settings: Settings,
        documents: PersistedDocuments | None = None,
        access: Access | None = None,
    ) -> None:
        """Serve what this answers, of the documents that are known or of any, to who is let in."""
        self.answerer = answerer
        self.settings = settings
        self.departures = DisconnectWatcher()
        self.find = (documents or PersistedDocuments({})).find
        self.access = access
        self.methods: dict[str, Method] = {
            "POST": self.answer_post,
            "GET": self.answer_get,
            "HEAD": self.answer_get,
            "OPTIONS": tell_methods,
        }
        read_version()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = read_headers(scope["headers"])
        if wants_page(scope, headers):
            await page()(scope, receive, send)
            return
        try:
            response = await self.respond(scope, receive, headers)
        except ClientDisconnect:
            return
        await send_response(send, response, scope["method"], headers.get(b"accept-encoding", b""))

    async def respond(self, scope: Scope, receive: Receive, headers: Headers) -> Response:
        """Write the response to a request; whatever goes wrong has one too.

        Raises:
            ClientDisconnect: nobody waits for it.
        """
        media_type = JSON
        try:
            if self.access and (self.access.busy or b"authorization" in headers):
                scope[BUDGET] = await self.access.admit(scope, headers)
            media_type = negotiate(headers.get(b"accept", b""))
            answer = self.methods.get(scope["method"], refuse_method)
            return await answer(scope, receive, headers, media_type)
        except RequestError as error:
            return write_rejection(error, media_type)
        except DatabaseUnavailable as missing:
            return write_unanswered(missing, media_type)
        except ClientDisconnect:
            raise
        except Exception:
            LOG.exception("A question went unanswered.")
            return write_rejection(RequestError(500, "INTERNAL", INTERNAL), media_type)

    async def answer_post(
        self, scope: Scope, receive: Receive, headers: Headers, media_type: str
    ) -> Response:
        """Answer the question of a body.

        Raises:
            RequestError: it holds none.
        """
        declared = headers.get(b"content-length", b"")
        body = await read_body(receive, self.settings.max_body, declared)
        if b"content-encoding" in headers:
            body = decode_body(body, headers[b"content-encoding"], self.settings.max_body)
        content_type = headers.get(b"content-type", b"")
        languages = headers.get(b"accept-language", b"")
        question = parse_post(content_type, body, languages, self.find)
        CURRENT.get().operation = question.operation
        return write_answer(await self.ask(question, scope, receive, headers), media_type)

    async def answer_get(
        self, scope: Scope, receive: Receive, headers: Headers, media_type: str
    ) -> Response:
        """Answer the question of a URL's query, unless the client has the answer.

        Raises:
            RequestError: it holds none.
            DatabaseUnavailable: the database did not say how new it is.
        """
        query: bytes = scope["query_string"]
        question = parse_get(query, headers.get(b"accept-language", b""), self.find)
        CURRENT.get().operation = question.operation
        asked = question.document.encode() + b"?" + query  # a document's name may change its sense
        etag = make_etag(await self.answerer.fetch_revision(), asked, headers)
        if is_known(etag, headers.get(b"if-none-match", b"")):
            return write_unchanged(etag)
        return write_got(await self.ask(question, scope, receive, headers), media_type, etag)

    async def ask(
        self, question: Question, scope: Scope, receive: Receive, headers: Headers
    ) -> Answer:
        """Ask a question in the name of who was let in, for as long as the client waits.

        Raises:
            ClientDisconnect: it does no more.
        """
        question.priced = b"mithaq-cost" in headers
        question.budget = scope.get(BUDGET)
        return await self.departures.wait(self.answerer.answer(question), receive)


async def tell_methods(*_: object) -> Response:
    """Write what may be asked for."""
    return Response(204, headers=(ALLOW,))


async def refuse_method(scope: Scope, *_: object) -> Response:
    """Refuse a method that asks nothing (405)."""
    message = f"{scope['method'][:20]} asks nothing here: send GET or POST."
    raise RequestError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])


def read_headers(pairs: list[tuple[bytes, bytes]]) -> Headers:
    """Read a request's headers; one that is sent in several lines is one list."""
    headers = dict(pairs)
    if len(headers) == len(pairs):
        return headers
    lines: dict[bytes, list[bytes]] = {name: [] for name in headers}
    for name, value in pairs:
        lines[name].append(value)
    return {name: b", ".join(values) for name, values in lines.items()}


def wants_page(scope: Scope, headers: Headers) -> bool:
    """Return whether a person's browser asks, which shows a question's text in the playground."""
    query = scope["query_string"]
    return (
        b"text/html" in headers.get(b"accept", b"")
        and not any(field in query for field in BY_NAME)
        and scope["method"] in ("GET", "HEAD")
    )
