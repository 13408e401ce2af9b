"""Traces: the spans of a request, and that there are none, nor imports of them, by default."""

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.settings import Settings
from tests.conftest import ROOT
from tests.ops.serving import QUERY, serving_here

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr("opentelemetry.trace.get_tracer_provider", lambda: provider)
    monkeypatch.setattr(provider, "shutdown", lambda: None)
    yield exporter
    assert trace.get_current_span() is trace.INVALID_SPAN


def attributes(span: ReadableSpan) -> Mapping[str, object]:
    return span.attributes or {}


async def test_a_request_s_steps_are_spans(
    seeded: Settings, engine: str, spans: InMemorySpanExporter
) -> None:
    traced = seeded.model_copy(update={"traces": True})
    async with serving_here(traced) as client:
        headers = {"traceparent": PARENT}
        response = await client.post("/graphql", json={"query": QUERY}, headers=headers)
    found = {span.name: span for span in spans.get_finished_spans()}
    assert list(found) == ["read", "plan", "SELECT", "query", "POST /graphql"]
    request, operation, fetch = found["POST /graphql"], found["query"], found["SELECT"]
    assert request.parent is not None
    assert f"{request.parent.trace_id:x}-{request.parent.span_id:x}" in PARENT.replace("-0", "-")
    assert operation.parent == request.context
    assert fetch.parent == operation.context
    assert attributes(operation) == {
        "graphql.operation.type": "query",
        "graphql.operation.name": "Titles",
    }
    assert attributes(fetch) == {"db.system.name": engine, "db.operation.name": "SELECT"}
    told = attributes(request)
    assert told["http.response.status_code"] == 200
    assert told["mithaq.request_id"] == response.headers["x-request-id"]
    assert not any("nodes" in str(value) for span in found.values() for value in attributes(span))


async def test_a_page_s_steps_are_spans(seeded: Settings, spans: InMemorySpanExporter) -> None:
    traced = seeded.model_copy(update={"traces": True})
    async with serving_here(traced) as client:
        await client.get("/actor/turkey")
    found = {span.name: span for span in spans.get_finished_spans()}
    assert list(found) == ["SELECT", "read", "plan", "query", "GET /actor/{key}"]
    assert found["query"].parent == found["GET /actor/{key}"].context
    assert attributes(found["GET /actor/{key}"])["url.path"] == "/actor/turkey"


async def test_a_refusal_is_told_by_its_code(seeded: Settings, spans: InMemorySpanExporter) -> None:
    traced = seeded.model_copy(update={"traces": True})
    async with serving_here(traced) as client:
        await client.post("/graphql", json={"query": "{ nothing }"})
    codes = {span.name: attributes(span).get("error.type") for span in spans.get_finished_spans()}
    assert codes["POST /graphql"] == codes["GraphQL Operation"] == "GRAPHQL_VALIDATION_FAILED"
    assert not any(span.events for span in spans.get_finished_spans())


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector"}, True),
        ({"OTEL_TRACES_EXPORTER": "console"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "MITHAQ_TRACES": "true"}, False),
        ({"MITHAQ_TRACES": "true"}, True),
        ({"MITHAQ_TRACES": "true", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_traces_are_off_unless_wanted(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, wanted: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Settings().traces_wanted is wanted


def test_what_is_off_is_not_imported() -> None:
    program = "import sys, api.app, api.cli; sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
