"""An HTTP request in, a question out; what is wrong with it is said in the protocol's words."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from api.answer import Question
from api.text.language import lookup_chain, parse_accept_language

JSON = "application/json"
FindDocument = Callable[[Mapping[str, Any]], str]
GRAPHQL_JSON = "application/graphql-response+json"


class BadRequest(Exception):
    """A request that holds no question, with the status and code to say so."""

    def __init__(
        self, status: int, code: str, message: str, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        """Say what was wrong, and what would be right."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


@lru_cache(256)
def negotiate(accept: bytes) -> str:
    """Choose the media type of the response.

    Raises:
        BadRequest: the client takes neither (406).
    """
    items = accept.decode("latin-1").split(",")
    ranges = [item.partition(";")[0].strip().lower() for item in items if item.strip()]
    if GRAPHQL_JSON in ranges:
        return GRAPHQL_JSON
    if not ranges or not {JSON, "application/*", "*/*"}.isdisjoint(ranges):
        return JSON
    message = f"Answers are {GRAPHQL_JSON} or {JSON}: accept one of them."
    raise BadRequest(406, "NOT_ACCEPTABLE", message)


async def read_body(receive: Receive, limit: int) -> bytes:
    """Read a request's body.

    Raises:
        BadRequest: it has more bytes than the limit (413).
        ClientDisconnect: the client left before its end.
    """
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise BadRequest(413, "BODY_TOO_LARGE", f"The body is larger than {limit:,} bytes.")
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def parse_get(query: bytes, accept_language: bytes, find: FindDocument) -> Question:
    """Read a question from a URL's query."""
    try:
        fields: dict[str, Any] = dict(parse_qsl(query.decode("ascii"), errors="strict"))
    except ValueError:
        raise BadRequest(400, "BAD_REQUEST", "The URL's query is not UTF-8.") from None
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = _parse_json(fields[name].encode(), f"`{name}`")
    return _question(fields, accept_language, find)


def parse_post(
    content_type: bytes, body: bytes, accept_language: bytes, find: FindDocument
) -> Question:
    """Read a question from a body."""
    check_content_type(content_type)
    fields = _parse_json(body, "The body")
    if not isinstance(fields, dict):
        message = 'The body should be an object: {"query": "…", "variables": {…}}.'
        raise BadRequest(400, "BAD_REQUEST", message)
    return _question(fields, accept_language, find)


@lru_cache(256)
def check_content_type(content_type: bytes) -> None:
    """Check that a body is JSON.

    Raises:
        BadRequest: it is not (415).
    """
    media_type, _, parameters = content_type.decode("latin-1").partition(";")
    if media_type.strip().lower() != JSON:
        message = f"The body should be {JSON}, and the Content-Type say so."
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", message)
    charset = parameters.lower().partition("charset=")[2].strip().strip('"')
    if charset not in ("", "utf-8"):
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "The body should be UTF-8.")


@lru_cache(1024)
def read_languages(accept_language: bytes) -> tuple[str, ...]:
    """Read the languages that a request prefers, each with those it stands in for."""
    return lookup_chain(parse_accept_language(accept_language.decode("latin-1")))


def _parse_json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_REQUEST", f"{what} is no JSON: {error}.") from None


def _question(fields: Mapping[str, Any], accept_language: bytes, find: FindDocument) -> Question:
    operation = fields.get("operationName")
    variables, extensions = fields.get("variables"), fields.get("extensions")
    if operation is not None and not isinstance(operation, str):
        raise BadRequest(400, "BAD_REQUEST", "`operationName` should be a name.")
    for name, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict | str):
            raise BadRequest(400, "BAD_REQUEST", f"`{name}` should be an object.")
    if isinstance(variables, str):
        raise BadRequest(400, "BAD_REQUEST", "`variables` should be an object.")
    languages = read_languages(accept_language) if accept_language else ()
    return Question(find(fields), operation or None, variables, languages)
