"""The endpoint: GraphQL over HTTP, on bare ASGI.

The ordinary way through a web framework costs more than the answers themselves.
"""

import logging
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from api.answer import Answerer, Question
from api.http.playground import page
from api.http.questions import (
    GRAPHQL_JSON,
    JSON,
    MAX_BODY,
    BadRequest,
    negotiate,
    parse_get,
    parse_post,
)

LOG = logging.getLogger(__name__)
INTERNAL = "The server failed to answer; the fault is its own, and its log has the details."
CONTENT_TYPES = {name: f"{name}; charset=utf-8".encode() for name in (JSON, GRAPHQL_JSON)}


class GraphQLEndpoint:
    """Answers questions sent by GET and POST, and gives browsers the playground."""

    def __init__(self, answerer: Answerer) -> None:
        """Serve what this answers."""
        self.answerer = answerer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = dict(scope["headers"])
        accept = headers.get(b"accept", b"")
        if scope["method"] == "GET" and wants_page(accept, scope["query_string"]):
            await page()(scope, receive, send)
            return
        media_type = GRAPHQL_JSON
        try:
            media_type = negotiate(accept)
            answer = await self.answerer.answer(await read_question(scope, receive, headers))
        except BadRequest as error:
            await reject(send, error, JSON if error.status == 406 else media_type)  # noqa: PLR2004
            return
        except Exception:
            LOG.exception("A question went unanswered.")
            await reject(send, BadRequest(500, "INTERNAL", INTERNAL), media_type)
            return
        status = 400 if media_type == GRAPHQL_JSON and not answer.answered else 200
        await respond(send, status, media_type, answer.json)


async def read_question(scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> Question:
    """Read the question of a request.

    Raises:
        BadRequest: it holds none.
    """
    languages = headers.get(b"accept-language", b"")
    match scope["method"]:
        case "POST":
            body = await read_body(receive)
            return parse_post(headers.get(b"content-type", b""), body, languages)
        case "GET":
            return parse_get(scope["query_string"], languages)
        case method:
            message = f"{method} asks nothing here: send GET or POST."
            raise BadRequest(405, "METHOD_NOT_ALLOWED", message)


def wants_page(accept: bytes, query: bytes) -> bool:
    """Tell a person's browser from a program."""
    return b"query=" not in query and b"text/html" in accept


async def read_body(receive: Receive) -> bytes:
    """Read a request's body, up to a limit."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            text = f"The body is larger than {MAX_BODY:,} bytes."
            raise BadRequest(413, "BODY_TOO_LARGE", text)
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


async def reject(send: Send, error: BadRequest, media_type: str) -> None:
    """Say that a request holds no question."""
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    extra = [(b"allow", b"GET, POST")] if error.status == 405 else []  # noqa: PLR2004
    await respond(send, error.status, media_type, orjson.dumps(body), extra)


async def respond(
    send: Send, status: int, media_type: str, body: bytes, extra: list[Any] | None = None
) -> None:
    """Send a response."""
    headers = [
        (b"content-type", CONTENT_TYPES[media_type]),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"accept, accept-language"),
        *(extra or ()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
