"""HTTP responses: status, headers and bytes of an answer or an error."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import ClientDisconnect
from starlette.types import Send

from api.errors import DatabaseUnavailable, OperationError
from api.http.access_log import CLIENT_LEFT, OUTCOME
from api.http.caching import VARIES
from api.http.compression import MIN_COMPRESSED, compress
from api.http.errors import INTERNAL, RequestError, format_error
from api.http.negotiation import (
    ATOM,
    EVENT_STREAM,
    GRAPHQL_JSON,
    HTML,
    JSON,
    JSON_LD,
    TEXT,
    XML,
    choose_coding,
)
from api.http.requests import MAX_HEADER
from api.response import Answer

LOG = logging.getLogger(__name__)
Header = tuple[bytes, bytes]
CONTENT_TYPES = {
    name: (b"content-type", f"{name}; charset=utf-8".encode())
    for name in (JSON, GRAPHQL_JSON, JSON_LD, HTML, ATOM, XML, TEXT)
}
CONTENT_TYPES[EVENT_STREAM] = CONTENT_TYPES[JSON]  # of an error before the stream
# Headers of every response; `nosniff` keeps browsers from guessing another media type than JSON.
DEFAULT_HEADERS = ((b"vary", b", ".join(VARIES)), (b"x-content-type-options", b"nosniff"))
ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
# Clients may cache an answer, but have to revalidate it at each use.
REVALIDATED, NO_STORE = (b"cache-control", b"no-cache"), (b"cache-control", b"no-store")
# Errors that the operation did not cause have their own status, in either media type.
STATUSES = {
    "TIMEOUT": 504,
    "OVERLOADED": 503,
    "UNAVAILABLE": 503,
    "DATABASE_NOT_AT_HEAD": 503,
    "THROTTLED": 429,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
}


@dataclass(slots=True)
class Response:
    """A status, a JSON body or none, and headers beyond those of every response.

    The error's `code`, the `cost` and the name of the `operation` are for metrics, logs and traces.
    A response that is kept for later requests keeps its compressed bodies by their coding.
    """

    status: int
    body: bytes = b""
    media_type: str | None = None
    headers: Sequence[Header] = ()
    code: str | None = None
    cost: int | None = None
    operation: str | None = None
    compressed: dict[str, bytes] | None = None

    @property
    def etag(self) -> bytes | None:
        """The response's ETag, which only answers to GET have."""
        return next((value for name, value in self.headers if name == b"etag"), None)


def write_answer(
    answer: Answer, media_type: str, etag: bytes | None = None, cacheable: Header = REVALIDATED
) -> Response:
    """Return the response to an answer; refusals are 400 in GraphQL's media type, 200 in JSON.

    An `etag`, which only GET has, makes the response cacheable. A mutation by GET is refused (405).
    """
    if answer.code is None:
        caching = () if etag is None else ((b"etag", etag), cacheable)
        added = caching if not answer.revision else (write_revision(answer.revision),)
        return Response(200, answer.json, media_type, added, cost=answer.cost)
    status = STATUSES.get(answer.code, 400 if media_type == GRAPHQL_JSON else 200)
    headers = [NO_STORE]
    if answer.revision:
        headers.append(write_revision(answer.revision))
    if etag is not None and answer.code == "OPERATION_NOT_SUPPORTED":
        status = 405
        headers.append((b"allow", b"POST"))
    elif status == STATUSES["UNAUTHENTICATED"]:
        headers.append((b"www-authenticate", b"Bearer"))
    elif answer.retry_after:
        headers.append((b"retry-after", str(answer.retry_after).encode()))
    return Response(status, answer.json, media_type, headers, answer.code, answer.cost)


def write_revision(number: int) -> Header:
    """Return the header by which a client's next request reads what a mutation wrote."""
    return b"mithaq-revision", b"%d" % number


def write_unchanged(
    etag: bytes, operation: str | None, cacheable: Header = REVALIDATED
) -> Response:
    """Return 304: the client's cached answer is current."""
    return Response(304, headers=((b"etag", etag), cacheable), operation=operation)


def write_rejection(error: RequestError, media_type: str = JSON) -> Response:
    """Return the response to a refused request."""
    body = format_error(error.code, error.message)
    return Response(error.status, body, media_type, (NO_STORE, *error.headers), error.code)


def write_unavailable(error: DatabaseUnavailable, media_type: str = JSON) -> Response:
    """Return the response to a request that the database did not answer."""
    headers = [(b"retry-after", str(error.retry_after).encode())] if error.retry_after else []
    status = STATUSES.get(error.code, 503)
    return write_rejection(RequestError(status, error.code, error.message, headers), media_type)


def write_error(error: Exception, media_type: str = JSON) -> Response:
    """Return the response to a request that ended with an error; an unexpected one is logged."""
    match error:
        case RequestError():
            return write_rejection(error, media_type)
        case DatabaseUnavailable():
            return write_unavailable(error, media_type)
        case OperationError():
            return write_rejection(RequestError(400, error.code, error.message), media_type)
        case ClientDisconnect():
            return Response(CLIENT_LEFT)
    LOG.error("A request failed with an unexpected error.", exc_info=error)
    return write_rejection(RequestError(500, "INTERNAL", INTERNAL), media_type)


async def send_response(
    send: Send, response: Response, method: str = "POST", accept_encoding: bytes = b""
) -> None:
    """Send a response, compressed if it is large; the response to HEAD has no body."""
    headers, body = [*DEFAULT_HEADERS, *response.headers], response.body
    if len(body) >= MIN_COMPRESSED and (coding := choose_coding(accept_encoding[:MAX_HEADER])):
        body = await compress_response(response, coding)
        headers.append((b"content-encoding", coding.encode()))
    if response.media_type is not None:
        headers.append(CONTENT_TYPES[response.media_type])
        headers.append((b"content-length", str(len(body)).encode()))
    await send(
        {
            "type": "http.response.start",
            "status": response.status,
            "headers": headers,
            OUTCOME: (response.code, response.cost, response.operation),
        }
    )
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def compress_response(response: Response, coding: str) -> bytes:
    """Return a response's compressed body, which a kept response has after the first time."""
    if response.compressed is None:
        return await compress(response.body, coding)
    if (body := response.compressed.get(coding)) is None:
        body = response.compressed[coding] = await compress(response.body, coding)
    return body
