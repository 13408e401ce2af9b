"""What is said of paths where nothing is."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


async def tell_elsewhere(_: Request, error: Exception) -> JSONResponse:
    """Say that nothing is here, or that it is not done this way."""
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "BAD_REQUEST")
    message = f"{error.detail}: questions are asked at /graphql, by GET or POST."
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return JSONResponse(body, error.status_code, error.headers)
