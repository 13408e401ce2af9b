"""What is said of paths where nothing is."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.http.negotiation import JSON
from api.http.questions import format_error

CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


async def tell_elsewhere(_: Request, error: Exception) -> Response:
    """Say that nothing is here, or that it is not done this way."""
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "BAD_REQUEST")
    message = f"{error.detail}: questions are asked at /graphql, by GET or POST."
    return Response(format_error(code, message), error.status_code, error.headers, JSON)
