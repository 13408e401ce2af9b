"""An answer in, an HTTP response out: its status, its headers and its bytes."""

from collections.abc import Iterable

import orjson
from starlette.types import Send

from api.answer import Answer
from api.http.questions import GRAPHQL_JSON, JSON, BadRequest

Header = tuple[bytes, bytes]
CONTENT_TYPES = {name: f"{name}; charset=utf-8".encode() for name in (JSON, GRAPHQL_JSON)}
# What is no fault of the question has a status of its own, whatever the media type.
STATUSES = {"TIMEOUT": 504, "OVERLOADED": 503, "UNAVAILABLE": 503}


async def send_answer(send: Send, answer: Answer, media_type: str) -> None:
    """Send an answer; refusals are 400 in GraphQL's own media type, and 200 in plain JSON."""
    status = 200
    if answer.code is not None:
        refused = 400 if media_type == GRAPHQL_JSON else 200
        status = STATUSES.get(answer.code, refused)
    extra = [(b"retry-after", str(answer.retry_after).encode())] if answer.retry_after else ()
    await send_body(send, status, media_type, answer.json, extra)


async def send_rejection(send: Send, error: BadRequest, media_type: str) -> None:
    """Say that a request holds no question."""
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    await send_body(send, error.status, media_type, orjson.dumps(body), error.headers)


async def send_body(
    send: Send, status: int, media_type: str, body: bytes, extra: Iterable[Header] = ()
) -> None:
    """Send a response of one piece."""
    headers = [
        (b"content-type", CONTENT_TYPES[media_type]),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"accept, accept-language"),
        *extra,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
