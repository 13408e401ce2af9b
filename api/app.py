"""The composition root: settings → database → schema → ASGI application."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import Answerer
from api.database import open_database
from api.http.access import open_access
from api.http.cors import allow_origins
from api.http.documents import Documents, read_documents
from api.http.elsewhere import tell_elsewhere
from api.http.graphql import GraphQLEndpoint
from api.http.playground import files
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings, read_settings


class Application:
    """Sends questions straight to the endpoint, and everything else through routes."""

    def __init__(self, settings: Settings) -> None:
        """Prepare to serve the database that the settings name."""
        self.settings = settings
        trusted = read_documents(settings.documents) if settings.documents else {}
        self.documents = Documents(trusted, trusted_only=settings.trusted_only)
        self.endpoint: ASGIApp | None = None
        routes = [Mount("/playground", files())]
        self.site = Starlette(
            routes=routes,
            lifespan=self.lifespan,
            exception_handlers={HTTPException: tell_elsewhere},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and scope["path"] == "/graphql" and self.endpoint is not None:
            await self.endpoint(scope, receive, send)
        else:
            await self.site(scope, receive, send)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Open the database for as long as the server runs."""
        database = await open_database(self.settings)
        access = open_access(database, self.settings)
        answerer = Answerer(build_catalog(SCHEMA), database, self.settings)
        endpoint = GraphQLEndpoint(answerer, self.settings, self.documents, access)
        self.endpoint = allow_origins(endpoint, self.settings.cors_origins)
        gc.collect()
        gc.freeze()  # what start-up made stays: the collector need not look at it again
        try:
            yield
        finally:
            await access.close()
            await database.close()


def create_app() -> Application:
    """Build the application from the environment's settings."""
    return Application(read_settings())
