"""Errors of HTTP requests, and how they are written: JSON as GraphQL writes errors."""

from collections.abc import Sequence

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.errors import MithaqError
from api.http.negotiation import JSON

INTERNAL = "The server failed with an unexpected error; its log has the details."
CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


class RequestError(MithaqError):
    """An HTTP request that is refused; `status` and `code` are those of the response."""

    def __init__(
        self, status: int, code: str, message: str, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        """Refuse with a status, a stable code, a message and further headers."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


def format_error(code: str, message: str) -> bytes:
    """Return a response body with one error."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})


def list_headers(error: HTTPException) -> dict[str, str]:
    """Return the headers of Starlette's errors; its files do not name the methods of a 405."""
    headers = dict(error.headers or {})
    if error.status_code == 405:  # noqa: PLR2004
        headers.setdefault("Allow", "GET, HEAD")
    return headers


async def render_http_exception(_: Request, error: Exception) -> Response:
    """Render Starlette's 404 and 405 as a GraphQL error."""
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "BAD_REQUEST")
    message = f"{error.detail}: the GraphQL endpoint is /graphql; send it GET or POST."
    return Response(format_error(code, message), error.status_code, list_headers(error), JSON)
