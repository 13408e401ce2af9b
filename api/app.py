"""The composition root: settings → database → schema → ASGI application."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.scopes import KeyScope
from api.answer import Answerer
from api.database import Database, open_database
from api.database.migrations import find_head
from api.database.writer import WriteThread
from api.errors import INSTALL, DatabaseError, DatabaseUnavailable, SettingsError
from api.fair_semaphore import FairSemaphore
from api.http.access import open_access
from api.http.access_log import AccessLog
from api.http.answer_cache import AnswerStore
from api.http.cors import allow_origins
from api.http.errors import RequestError, render_http_exception
from api.http.exports import ExportEndpoint
from api.http.graphql import GraphQLEndpoint
from api.http.metrics import CONTENT_TYPE, Meter, Sample, sampling
from api.http.negotiation import JSON
from api.http.persisted import PersistedDocuments, read_documents
from api.http.playground import files
from api.http.releases import PreparedQueries, ReleaseEndpoints, cache_for_ever
from api.http.responses import REVALIDATED, Header, write_rejection, write_unavailable
from api.http.responses import Response as Written
from api.http.streams import Streams
from api.pages.endpoint import Site
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.server.health import Readiness, show_life
from api.server.log import configure_logging
from api.settings import Settings, read_settings

if TYPE_CHECKING:
    from api.server.tracing import Traces

# Requests to these paths are neither counted nor logged.
UNLOGGED = frozenset({"/health/live", "/health/ready", "/metrics"})
ENDPOINT = ("/graphql", "/graphql/")
TRACING = "opentelemetry-sdk opentelemetry-exporter-otlp-proto-http"
CLOSE_TIMEOUT = 1.0  # seconds in which the database connections have to close


class BuiltLater:
    """An ASGI application that is built when the server starts."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application."""
        await self.app(scope, receive, send)


class Application:
    """The ASGI application: calls the GraphQL endpoint directly, all else through Starlette."""

    def __init__(self, settings: Settings, workers: int = 1) -> None:
        """Build the application; `workers` is the number of forked processes that will serve it."""
        self.settings = settings
        trusted = read_documents(settings.documents) if settings.documents else {}
        self.documents = PersistedDocuments(trusted, trusted_only=settings.trusted_only)
        self.catalog = build_catalog(SCHEMA)
        self.head = find_head(settings)
        self.meter = Meter(workers)
        self.endpoint: ASGIApp | None = None
        self.access_log = AccessLog(self.meter, settings.log_slow)
        self.exports = BuiltLater()
        self.releases = ReleaseEndpoints(settings, self.build_release_endpoint)
        self.pages = Site(self.catalog) if settings.pages else None
        routes = [
            Mount("/playground", files()),
            *(self.pages.routes if self.pages else [Route("/", show_playground)]),
            Route("/health/live", show_life),
            Route("/health/ready", self.show_readiness),
            Route("/metrics", self.show_metrics),
            Mount("/releases/{release}", self.releases),
            Route("/export/{file}", self.exports),
        ]
        self.site = Starlette(
            routes=routes,
            lifespan=self.lifespan,
            exception_handlers={
                HTTPException: self.pages.render_http_exception
                if self.pages
                else render_http_exception
            },
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the lifespan events of the server."""
        path = scope.get("path")
        if path in ENDPOINT and self.endpoint is not None:
            if scope["type"] == "websocket":
                await self.websocket()(scope, receive, send)
            else:
                await self.access_log(self.endpoint, scope, receive, send)
        elif path is None or path in UNLOGGED or scope["type"] == "websocket":
            await self.site(scope, receive, send)
        else:
            await self.access_log(self.site, scope, receive, send)

    @asynccontextmanager
    async def lifespan(self, _: Starlette | None = None) -> AsyncIterator[None]:
        """Open the database when the server starts, and close it when the server stops."""
        self.traces = open_traces(self.settings)  # here, after the fork, since it starts a thread
        database = await open_database(self.settings)
        self.access = open_access(database, self.settings)
        writer = WriteThread(self.settings)
        try:
            self.readiness = Readiness(database, self.head, self.settings.sqlite_path)
            if problem := await self.readiness.check():
                raise DatabaseError(problem.reason)
            answerer = Answerer(self.catalog, database, self.settings.limits, writer)
            if self.traces is not None:
                answerer = self.traces.trace_answers(answerer)
            self.export_slots = FairSemaphore(self.settings.max_exports)
            streams = self.streams = Streams(self.meter, self.settings.max_subscriptions)
            shared = answerer, self.settings, self.documents, self.access, streams
            self.answers = AnswerStore(self.settings.cache)
            endpoint = GraphQLEndpoint(*shared)
            endpoint.keep_answers(self.answers)
            self.websocket = lru_cache(partial(open_websocket, *shared))
            self.endpoint = allow_origins(endpoint, self.settings.cors_origins)
            self.exports.app = self.build_exports(answerer)
            if self.pages:
                trace = self.traces.trace_requests if self.traces else None
                self.pages.open(answerer, self.access, trace, self.answers)
            if self.traces is not None:
                self.endpoint = self.traces.trace_requests(self.endpoint)
            self.meter.sources = [lambda: sample(answerer), streams.sample, self.answers.sample]
            gc.collect()
            gc.freeze()  # exempts the objects of start-up from garbage collection
            async with sampling(self.meter):
                yield
            answerer.watch.close()
        finally:
            await self.releases.close()
            await writer.close()
            await self.access.close()
            await close(database)
            if self.traces is not None:
                self.traces.close()

    def build_release_endpoint(self, database: Database) -> ASGIApp:
        """Build the endpoints of a release, with the keys and documents of this server."""
        limits = self.settings.limits
        queries = PreparedQueries(self.catalog, database, limits)
        answerer = Answerer(self.catalog, database, limits, operations=queries)
        shared = self.settings, self.documents, self.access, self.streams
        endpoint = GraphQLEndpoint(answerer, *shared)
        endpoint.keep_answers(self.answers)
        endpoint.cacheable = cache_for_ever(self.settings)
        allowed = allow_origins(endpoint, self.settings.cors_origins)
        graphql = self.traces.trace_requests(allowed) if self.traces else allowed
        exports = self.build_exports(answerer, endpoint.cacheable)
        pages = self.pages.at(answerer, self.access) if self.pages else []
        return Router([Route("/graphql", graphql), Route("/export/{file}", exports), *pages])

    def build_exports(self, answerer: Answerer, cacheable: Header = REVALIDATED) -> ASGIApp:
        """Build the endpoint of table exports from an answerer's database."""
        endpoint = ExportEndpoint(answerer, self.access, self.export_slots, cacheable)
        return allow_origins(endpoint, self.settings.cors_origins)

    async def stop(self) -> None:
        """Close the connections that would stay open, within the grace period."""
        await self.streams.stop(self.settings.grace)

    async def show_readiness(self, request: Request) -> Response:
        """Respond to the readiness probe."""
        return await self.readiness.show(request)

    async def show_metrics(self, request: Request) -> Response:
        """Respond with the metrics; a server that requires keys requires the scope `metrics`."""
        try:
            await self.access.require(dict(request.scope["headers"]), KeyScope.METRICS)
        except RequestError as error:
            return show_refusal(write_rejection(error))
        except DatabaseUnavailable as missing:
            return show_refusal(write_unavailable(missing))
        return PlainTextResponse(self.meter.write(), media_type=CONTENT_TYPE)


async def show_playground(request: Request) -> Response:
    """Redirect a browser from `/` to the playground; other clients get 404.

    Raises:
        HTTPException: the client does not accept HTML.
    """
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(404)
    return RedirectResponse("/graphql")


def show_refusal(written: Written) -> Response:
    """Convert a response of the endpoint into Starlette's."""
    headers = {name.decode(): value.decode() for name, value in written.headers}
    return Response(written.body, written.status, headers, JSON)


def open_traces(settings: Settings) -> "Traces | None":
    """Return the tracer if the settings enable traces, else None.

    Raises:
        SettingsError: traces are enabled, but OpenTelemetry is not installed.
    """
    if not settings.traces_wanted:
        return None
    try:
        from api.server.tracing import Traces
    except ModuleNotFoundError as error:
        message = f"Traces need OpenTelemetry ({error}): {INSTALL.format(TRACING)}."
        raise SettingsError(message) from None
    return Traces()


def open_websocket(*shared: Any) -> ASGIApp:
    """Return the WebSocket endpoint; its libraries are imported only when a client connects."""
    from api.http.websocket import WebSocketEndpoint

    return WebSocketEndpoint(*shared)


def sample(answerer: Answerer) -> Iterator[Sample]:
    """Yield the metrics of the connection pools, the database's servers and the caches."""
    for state, number in answerer.database.connections().items():
        yield f'mithaq_connections{{state="{state}"}}', number
    states = list(answerer.database.states())
    newest = max((state.revision for state in states), default=0)
    for name, up, revision, reads in states:
        yield f'mithaq_server_up{{server="{name}"}}', int(up)
        yield f'mithaq_server_lag{{server="{name}"}}', newest - revision
        yield f'mithaq_server_reads_total{{server="{name}"}}', reads
    operations = answerer.operations
    for name, cache in (("documents", operations.documents), ("plans", operations.plans)):
        yield f'mithaq_cache_entries{{cache="{name}"}}', len(cache.values)
        yield f'mithaq_cache_hits_total{{cache="{name}"}}', cache.hits
        yield f'mithaq_cache_misses_total{{cache="{name}"}}', cache.misses


async def close(database: Database) -> None:
    """Close a database's connections, waiting for at most CLOSE_TIMEOUT seconds."""
    try:
        async with asyncio.timeout(CLOSE_TIMEOUT):
            await database.close()
    except TimeoutError:
        return


def create_app(workers: int = 1) -> Application:
    """Build the application from the environment's settings."""
    settings = read_settings()
    configure_logging(settings.log_level, settings.log_format)
    return Application(settings, workers)
