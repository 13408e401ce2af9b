"""An HTTP request in, a question out; what is wrong with it is said in the protocol's words."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

from api.answer import Question
from api.http.negotiation import GRAPHQL_JSON, JSON, choose_media_type, is_foreign
from api.text.language import lookup_chain, parse_accept_language

FindDocument = Callable[[Mapping[str, Any]], str]
LONGEST = 1_000  # bytes of a header that are looked at
MAX_FIELDS = 32  # of a URL's query


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


def format_error(code: str, message: str) -> bytes:
    """Write why a request has no answer, as GraphQL writes errors."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})


def negotiate(accept: bytes) -> str:
    """Choose the media type of the response.

    Raises:
        BadRequest: the client takes neither (406).
    """
    if media_type := choose_media_type(accept[:LONGEST]):
        return media_type
    message = f"Answers are {GRAPHQL_JSON} or {JSON}: accept one of them."
    raise BadRequest(406, "NOT_ACCEPTABLE", message)


def parse_get(query: bytes, accept_language: bytes, find: FindDocument) -> Question:
    """Read a question from a URL's query."""
    try:
        pairs = parse_qsl(query.decode(), errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        message = f"The URL's query should be UTF-8, of {MAX_FIELDS} fields at most."
        raise BadRequest(400, "BAD_REQUEST", message) from None
    fields: dict[str, Any] = dict(pairs)
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = _parse_json(fields[name].encode(), f"`{name}`")
    return _question(fields, accept_language, find)


def parse_post(
    content_type: bytes, body: bytes, accept_language: bytes, find: FindDocument
) -> Question:
    """Read a question from a body."""
    check_content_type(content_type[:LONGEST])
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
    if any(map(is_foreign, parameters.split(";"))):
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
        if value is not None and not isinstance(value, dict):
            raise BadRequest(400, "BAD_REQUEST", f"`{name}` should be an object.")
    languages = read_languages(accept_language[:LONGEST]) if accept_language else ()
    return Question(find(fields), operation or None, variables, languages)
