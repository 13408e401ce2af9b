"""CORS: the origins whose pages may send requests from a browser; none by default."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp


def allow_origins(app: ASGIApp, origins: str) -> ASGIApp:
    """Wrap an endpoint in CORS for comma-separated origins, without credentials."""
    allowed = [item.strip() for item in origins.split(",") if item.strip()]
    if not allowed:
        return app
    return CORSMiddleware(
        app,
        allow_origins=allowed,
        allow_methods=("GET", "HEAD", "POST"),
        allow_headers=("*",),
        expose_headers=("*",),
        max_age=7_200,
    )
