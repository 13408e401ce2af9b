"""Parse HTTP requests into GraphQL requests: bodies, their codings and media types, URL queries."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from api.access.bucket import Budget
from api.http.compression import DECOMPRESSORS, decompress
from api.http.errors import RequestError
from api.http.negotiation import GRAPHQL_JSON, JSON, choose_media_type, is_foreign
from api.mutations import Client
from api.request import GraphQLRequest
from api.text.language import lookup_chain, parse_accept_language

Headers = dict[bytes, bytes]
FindDocument = Callable[[Mapping[str, Any]], str]
MAX_HEADER = 1_000  # bytes of a header that are parsed; the rest is ignored
MAX_FIELDS = 32  # fields of a URL's query
# A body that exceeds the limit by fewer bytes is read and dropped, so that the connection can stay
# open; for a larger one, the connection is closed.
MAX_EXCESS = 1_000_000
IDEMPOTENCY_KEY = re.compile(rb"[\x20-\x7e]{1,200}")
REVISION = re.compile(rb"[0-9]{1,18}")
CLOSE = (b"connection", b"close")
ACCEPTED_CODINGS = ((b"accept-encoding", b"gzip, zstd"),)


@dataclass(slots=True)
class HTTPRequest:
    """An HTTP request to the endpoint; a `budget` of None means no rate limit."""

    method: str
    query: bytes
    headers: Headers
    receive: Receive
    media_type: str  # of the response
    scope: Scope
    budget: Budget | None = None
    client: Client | None = None
    revision: int = 0  # that the answer has to contain


def negotiate(accept: bytes) -> str:
    """Return the media type of the response.

    Raises:
        RequestError: the client accepts neither media type (406).
    """
    if media_type := choose_media_type(accept[:MAX_HEADER]):
        return media_type
    message = f"The `Accept` header allows neither {GRAPHQL_JSON} nor {JSON}: send one of them."
    raise RequestError(406, "NOT_ACCEPTABLE", message)


def parse_get(request: HTTPRequest, query: bytes, find: FindDocument) -> GraphQLRequest:
    """Parse a GraphQL request from a URL's query."""
    fields: dict[str, Any] = parse_query(query)
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = _parse_json(fields[name].encode(), f"`{name}`")
    return build_graphql_request(fields, request, find)


def parse_query(query: bytes, *, with_blank: bool = False) -> dict[str, str]:
    """Return the fields of a URL's query; those without a value only if they are asked for.

    Raises:
        RequestError: it is not UTF-8, has too many fields, or has one twice (400).
    """
    try:
        pairs = parse_qsl(
            query.decode(),
            keep_blank_values=with_blank,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        message = f"The URL's query should be UTF-8 with at most {MAX_FIELDS} fields."
        raise RequestError(400, "BAD_REQUEST", message) from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"The URL's query has `{twice[:40]}` twice: write it once."
        raise RequestError(400, "BAD_REQUEST", message)
    return fields


def parse_post(request: HTTPRequest, body: bytes, find: FindDocument) -> GraphQLRequest:
    """Parse a GraphQL request from a body."""
    check_content_type(request.headers.get(b"content-type", b"")[:MAX_HEADER])
    fields = _parse_json(body, "The body")
    if not isinstance(fields, dict):
        message = 'The body should be an object: {"query": "…", "variables": {…}}.'
        raise RequestError(400, "BAD_REQUEST", message)
    return build_graphql_request(fields, request, find)


@lru_cache(256)
def check_content_type(content_type: bytes) -> None:
    """Check that a body is JSON.

    Raises:
        RequestError: the Content-Type names another media type or charset (415).
    """
    media_type, _, parameters = content_type.decode("latin-1").partition(";")
    if media_type.strip().lower() != JSON:
        message = f"The Content-Type should be {JSON}, and the body JSON."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message)
    if any(map(is_foreign, parameters.split(";"))):
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body's charset should be UTF-8.")


@lru_cache(1024)
def read_languages(accept_language: bytes) -> tuple[str, ...]:
    """Return the languages of `Accept-Language`, each followed by its fallbacks."""
    return lookup_chain(parse_accept_language(accept_language.decode("latin-1")))


def _parse_json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, "BAD_REQUEST", f"{what} is not valid JSON: {error}.") from None


def build_graphql_request(
    fields: Mapping[str, Any], request: HTTPRequest, find: FindDocument
) -> GraphQLRequest:
    """Build a GraphQL request from its JSON members and the HTTP request that carried them.

    Raises:
        RequestError: a member has the wrong type (400), or the document is not known.
    """
    operation = fields.get("operationName")
    variables, extensions = fields.get("variables"), fields.get("extensions")
    if operation is not None and not isinstance(operation, str):
        raise RequestError(400, "BAD_REQUEST", "`operationName` should be a string.")
    for name, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise RequestError(400, "BAD_REQUEST", f"`{name}` should be a JSON object.")
    headers = request.headers
    accepted = headers.get(b"accept-language")
    languages = read_languages(accepted[:MAX_HEADER]) if accepted else ()
    with_cost = b"mithaq-cost" in headers
    key = headers.get(b"idempotency-key")
    return GraphQLRequest(
        find(fields),
        operation or None,
        variables,
        languages,
        with_cost,
        request.budget,
        request.client,
        request.method != "POST",
        None if key is None else parse_idempotency_key(key),
        request.revision,
    )


def parse_revision(header: bytes | None) -> int:
    """Return the revision of a header `Mithaq-Revision`; 0 if there is none.

    Raises:
        RequestError: it is not the number of a revision.
    """
    if header is None:
        return 0
    if not REVISION.fullmatch(header):
        message = "`Mithaq-Revision` is not valid: send the number that a mutation's response had."
        raise RequestError(400, "BAD_REQUEST", message)
    return int(header)


def parse_idempotency_key(key: bytes) -> str:
    """Return the idempotency key of a header.

    Raises:
        RequestError: it is empty, too long, or not of printable ASCII characters.
    """
    if not IDEMPOTENCY_KEY.fullmatch(key):
        message = "`Idempotency-Key` is not valid: send 1 to 200 printable ASCII characters."
        raise RequestError(400, "BAD_REQUEST", message)
    return key.decode()


async def read_body(receive: Receive, limit: int, declared: bytes = b"") -> bytes:
    """Read a request's body up to the limit; a declared length over the limit is refused at once.

    Raises:
        RequestError: the body is larger than the limit (413).
        ClientDisconnect: the client disconnected before the body was complete.
    """
    if declared.isdigit() and int(declared[:20]) > limit + MAX_EXCESS:
        raise _too_large(limit, CLOSE)
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        elif size > limit + MAX_EXCESS:
            raise _too_large(limit, CLOSE)
        more = message.get("more_body", False)
    if size > limit:
        raise _too_large(limit)
    return b"".join(chunks)


def decode_body(body: bytes, coding: bytes, limit: int) -> bytes:
    """Decode a request's body as its `Content-Encoding` says.

    Raises:
        RequestError: the coding is not supported (415), the body is not valid in it (400), or
            the decoded body is larger than the limit (413).
    """
    name = coding.strip().lower()
    if name in (b"", b"identity"):
        return body
    if name not in DECOMPRESSORS:
        message = f"The Content-Encoding `{name[:50].decode('latin-1')}` is not supported: "
        raise RequestError(
            415, "UNSUPPORTED_MEDIA_TYPE", f"{message}send gzip, zstd or none.", ACCEPTED_CODINGS
        )
    try:
        decoded = decompress(body, name, limit)
    except ValueError:
        message = (
            f"The body is not one complete {name.decode()} stream, as its Content-Encoding says."
        )
        raise RequestError(400, "BAD_REQUEST", message) from None
    if len(decoded) > limit:
        raise _too_large(limit)
    return decoded


def _too_large(limit: int, *headers: tuple[bytes, bytes]) -> RequestError:
    message = f"The body is larger than {limit:,} bytes: send a smaller request."
    return RequestError(413, "BODY_TOO_LARGE", message, headers)
