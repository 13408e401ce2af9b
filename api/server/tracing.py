"""OpenTelemetry traces, imported only if they are enabled.

A request's spans: the request → the operation → read, plan and fetch, named and described as the
semantic conventions have it. No span holds a document, a variable or a value.
"""

import os
import threading
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answer import Answerer
from api.database import CompiledQuery, Database
from api.errors import DatabaseUnavailable
from api.http.access_log import OUTCOME, REQUEST_ID
from api.http.metrics import METHODS
from api.plan.catalog import Catalog
from api.plan.operations import Operation, Shape
from api.prepared import Prepared, PreparedOperations
from api.request import GraphQLRequest
from api.response import Answer
from api.settings import Limits

PROPAGATED = frozenset({b"traceparent", b"tracestate", b"baggage"})
CLOSING = 1.0  # seconds that the last spans get to be sent


class Traces:
    """The tracer of requests and answers, until it is closed."""

    def __init__(self) -> None:
        """Configure tracing from the OpenTelemetry environment variables."""
        self.provider = open_provider()
        self.tracer = self.provider.get_tracer("mithaq")

    def trace_requests(self, endpoint: ASGIApp, route: str = "/graphql") -> ASGIApp:
        """Return an endpoint whose requests are traced; the route is its address as declared."""
        return TracedEndpoint(endpoint, self.tracer, route)

    def trace_answers(self, answerer: Answerer) -> Answerer:
        """Return an answerer whose steps are traced."""
        return TracedAnswerer(answerer, self.tracer)

    def close(self) -> None:
        """Flush the last spans, for at most CLOSING seconds."""
        if isinstance(self.provider, TracerProvider):
            sending = threading.Thread(target=self.provider.shutdown, daemon=True)
            sending.start()
            sending.join(CLOSING)


class TracedEndpoint:
    """An endpoint whose requests are spans, within the client's trace if it sends one."""

    def __init__(self, endpoint: ASGIApp, tracer: Tracer, route: str) -> None:
        """Trace an endpoint."""
        self.endpoint, self.tracer, self.route = endpoint, tracer, route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = scope["headers"]
        carrier = {
            key.decode(): item.decode("latin-1") for key, item in headers if key in PROPAGATED
        }
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        attributes = {
            "http.request.method": method,
            "http.route": self.route,
            "url.path": scope["path"],
            "url.scheme": scope.get("scheme", "http"),
        }
        with self.tracer.start_as_current_span(
            f"{method.replace('_OTHER', 'HTTP')} {self.route}",
            context=extract(carrier),
            kind=SpanKind.SERVER,
            attributes=attributes,
        ) as span:
            span.set_attribute("mithaq.request_id", REQUEST_ID.get().decode())

            async def send_traced(message: Message) -> None:
                if message["type"] == "http.response.start":
                    describe_response(span, message)
                await send(message)

            await self.endpoint(scope, receive, send_traced)


def describe_response(span: Span, message: Message) -> None:
    """Set the status and error code of a response on its request's span."""
    span.set_attribute("http.response.status_code", message["status"])
    if code := message.get(OUTCOME, (None,))[0]:
        span.set_attribute("error.type", code)
    if message["status"] >= 500:  # noqa: PLR2004
        span.set_status(StatusCode.ERROR)


class TracedAnswerer(Answerer):
    """Answers GraphQL requests, each of whose steps is a span."""

    def __init__(self, plain: Answerer, tracer: Tracer) -> None:
        """Build an answerer like the untraced one."""
        database = TracedDatabase(plain.database, tracer)
        operations = TracedOperations(plain.catalog, database, plain.limits, tracer)
        super().__init__(plain.catalog, database, plain.limits, plain.writer, operations)
        self.tracer = tracer

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Answer a request within a span."""
        with self.tracer.start_as_current_span("GraphQL Operation") as span:
            answer = await super().answer(request)
            if answer.code is not None:
                span.set_attribute("error.type", answer.code)
                span.set_status(StatusCode.ERROR, answer.code)
            return answer


class TracedOperations(PreparedOperations):
    """Operations whose reading and planning are spans."""

    def __init__(
        self, catalog: Catalog, database: Database, limits: Limits, tracer: Tracer
    ) -> None:
        """Start with empty caches."""
        super().__init__(catalog, database, limits)
        self.tracer = tracer

    async def read(self, document: str, name: str | None) -> Operation | Answer:
        """Read an operation within a span, and describe it on the outer one."""
        outer = trace.get_current_span()
        with self.tracer.start_as_current_span("read", record_exception=False):
            operation = await super().read(document, name)
        if isinstance(operation, Answer):
            return operation
        kind = operation.node.operation.value
        outer.update_name(kind)
        outer.set_attribute("graphql.operation.type", kind)
        if operation.node.name is not None:
            outer.set_attribute("graphql.operation.name", operation.node.name.value)
        return operation

    async def prepare(
        self, operation: Operation, variables: Mapping[str, Any], shape: Shape, languages: int
    ) -> Prepared:
        """Plan an operation within a span."""
        with self.tracer.start_as_current_span("plan", record_exception=False):
            return await super().prepare(operation, variables, shape, languages)


class TracedDatabase:
    """A database each of whose statements is a span."""

    def __init__(self, database: Database, tracer: Tracer) -> None:
        """Trace a database."""
        self.database, self.tracer = database, tracer
        self.dialect: sa.Dialect = database.dialect
        self.attributes = {"db.system.name": self.dialect.name, "db.operation.name": "SELECT"}
        self.settings, self.adapt = database.settings, database.adapt
        self.wait_for_write = database.wait_for_write
        self.read_version = database.read_version
        self.connections = database.connections
        self.find, self.reaches = database.find, database.reaches
        self.states = database.states
        self.close = database.close

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        """Fetch the answer of a statement under these values."""
        with self.tracer.start_as_current_span(
            "SELECT", kind=SpanKind.CLIENT, attributes=self.attributes, record_exception=False
        ) as span:
            try:
                return await self.database.fetch(statement, values, revision)
            except DatabaseUnavailable as missing:
                span.set_attribute("error.type", missing.code)
                raise


def open_provider() -> trace.TracerProvider:
    """Return the process's tracer provider, created from the environment if there is none."""
    found = trace.get_tracer_provider()
    if isinstance(found, TracerProvider):
        return found
    os.environ.setdefault("OTEL_SERVICE_NAME", "mithaq")
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(build_exporter()))
    trace.set_tracer_provider(provider)
    return provider


def build_exporter() -> SpanExporter:
    """Build the exporter that `OTEL_TRACES_EXPORTER` names: console, or OTLP over HTTP."""
    if os.environ.get("OTEL_TRACES_EXPORTER") == "console":
        return ConsoleSpanExporter()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()
