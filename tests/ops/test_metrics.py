"""Metrics: what Prometheus reads is right, documented, and as long whatever clients send."""

import asyncio
import re
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families as parse

from api.fair_semaphore import FairSemaphore
from api.http.metrics import METRICS, SLOTS, Meter
from api.settings import Settings
from tests.documentation import MANUAL
from tests.ops.serving import QUERY, running, serving_here

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in parse(text)
        for sample in family.samples
    }


def find(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, frozenset(labels.items())), 0)


async def scrape(client: httpx.AsyncClient) -> Samples:
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return read(response.text)


async def ask(client: httpx.AsyncClient, query: str, **more: Any) -> None:
    await client.post("/graphql", json={"query": query} | more)


async def test_requests_are_counted(seeded: Settings) -> None:
    async with serving_here(seeded.model_copy(update={"cache": 0})) as client:
        for _ in range(3):
            await ask(client, QUERY)
        await ask(client, "{ nothing }")
        await client.put("/graphql")
        samples = await scrape(client)
    total = "mithaq_requests_total"
    assert find(samples, total, method="POST", status="200") == 4
    assert find(samples, total, method="PUT", status="405") == 1
    assert find(samples, "mithaq_errors_total", code="GRAPHQL_VALIDATION_FAILED") == 1
    assert find(samples, "mithaq_errors_total", code="METHOD_NOT_ALLOWED") == 1
    assert find(samples, "mithaq_request_seconds_count") == 5
    assert find(samples, "mithaq_request_seconds_bucket", le="+Inf") == 5
    assert find(samples, "mithaq_request_seconds_sum") > 0
    assert find(samples, "mithaq_requests_in_flight") == 0
    assert find(samples, "mithaq_connections", state="open") >= 1
    assert find(samples, "mithaq_cache_entries", cache="plans") == 1
    assert find(samples, "mithaq_cache_hits_total", cache="plans") == 2
    assert find(samples, "mithaq_cache_misses_total", cache="documents") == 2
    assert find(samples, "mithaq_workers") == 1


async def test_what_clients_make_up_is_no_label(seeded: Settings) -> None:
    async with serving_here(seeded) as client:
        for number in range(SLOTS):
            await client.request(f"BREW{number}", "/graphql")
        names = [f"Operation{number}" for number in range(20)]
        await ask(client, QUERY)
        before = await scrape(client)
        for name in names:
            await ask(client, QUERY.replace("Titles", name), operationName=name)
        after = await scrape(client)
    assert find(before, "mithaq_requests_total", method="OTHER", status="405") == SLOTS
    assert before.keys() == after.keys()


def test_what_the_protocol_refuses_is_counted_and_logged(seeded: Settings) -> None:
    refused = {
        b"no HTTP at all\r\n\r\n": ("400", "BAD_REQUEST"),
        b"GET /graphql HTTP/1.1\r\n\r\n": ("400", "BAD_REQUEST"),
        b"GET /graphql HTTP/1.1\r\nHost: a b\r\n\r\n": ("400", "BAD_REQUEST"),
        b"GET / HTTP/1.1\r\nHost: a\r\nX: %b\r\n\r\n" % (b"x" * 70_000): ("431", "HEAD_TOO_LARGE"),
        b"GET / HTTP/1.1\r\nHost: ": ("408", "REQUEST_TIMEOUT"),
    }
    with running(seeded, MITHAQ_READ_TIMEOUT="0.5") as server:
        for sent, (status, code) in refused.items():
            with server.connect() as connection:
                connection.sendall(sent)
                head = connection.recv(1_000)
                assert head.startswith(f"HTTP/1.1 {status} ".encode())
                said = server.said("request refused")
                assert said["code"] == code
                assert f"x-request-id: {said['request_id']}\r\n".encode() in head
        samples = read(server.get("/metrics")[1])
    total = "mithaq_requests_total"
    assert find(samples, total, method="OTHER", status="400") == 3
    assert find(samples, total, method="OTHER", status="431") == 1
    assert find(samples, total, method="OTHER", status="408") == 1
    assert find(samples, "mithaq_errors_total", code="HEAD_TOO_LARGE") == 1


def test_a_request_refused_within_its_body_is_counted_once(seeded: Settings) -> None:
    refused = {
        b"Transfer-Encoding: chunked\r\n\r\nno length\r\n": ("400", "BAD_REQUEST"),
        b"Content-Length: 100\r\n\r\n{": ("408", "REQUEST_TIMEOUT"),
    }
    begun = b"POST /graphql HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n"
    with running(seeded, MITHAQ_READ_TIMEOUT="0.5") as server:
        for sent, (status, code) in refused.items():
            with server.connect() as connection:
                connection.sendall(begun + sent)
                head = connection.recv(1_000)
                assert head.startswith(f"HTTP/1.1 {status} ".encode())
                assert b"x-request-id: mine\r\n" in head
                said = server.said("POST /graphql")
                assert (said["status"], said["code"]) == (int(status), code)
        samples = read(server.get("/metrics")[1])
    counts = {labels: n for (name, labels), n in samples.items() if name == "mithaq_requests_total"}
    assert sum(counts.values()) == len(refused)
    assert find(samples, "mithaq_errors_total", code="REQUEST_TIMEOUT") == 1


def test_every_metric_is_documented() -> None:
    rows = re.findall(r"^\| `(mithaq_\w+)` \| (\w+) \| (.+) \|$", MANUAL, re.MULTILINE)
    assert [(name, kind) for name, kind, _ in rows] == [
        (name, kind) for name, (kind, _) in METRICS.items()
    ]


def test_costs_are_counted_where_there_are_any() -> None:
    meter = Meter()
    meter.count("POST", 200, None, 1_000, 12)
    meter.count("POST", 200, None, 1_000, None)
    samples = read(meter.write())
    assert find(samples, "mithaq_request_cost_bucket", le="10") == 0
    assert find(samples, "mithaq_request_cost_bucket", le="100") == 1
    assert find(samples, "mithaq_request_cost_sum") == 12


def test_a_worker_goes_on_where_the_one_before_it_ended() -> None:
    meter = Meter(workers=2)
    meter.sources = [lambda: [('mithaq_cache_hits_total{cache="plans"}', 5)]]
    for worker in (1, 0, 1):  # the last takes the first one's place
        meter.use(worker)
        meter.count("POST", 200, None, 1_000, None)
        samples = read(meter.write())
    assert find(samples, "mithaq_requests_total", method="POST", status="200") == 3
    assert find(samples, "mithaq_cache_hits_total", cache="plans") == 15
    assert find(samples, "mithaq_workers") == 2


def test_whichever_worker_is_asked_says_what_all_did(seeded: Settings) -> None:
    with running(seeded, "--workers", "2") as server:
        for _ in range(40):
            assert server.get("/nowhere")[0] == 404
        counted = 0.0
        while counted < 40:  # the last one may be counted after its response has arrived
            samples = read(server.get("/metrics")[1])
            counted = find(samples, "mithaq_request_seconds_count")
        for _ in range(10):
            samples = read(server.get("/metrics")[1])
            assert find(samples, "mithaq_requests_total", method="GET", status="404") == 40
            assert find(samples, "mithaq_request_seconds_count") == 40


async def test_statements_that_wait_for_a_connection_are_counted() -> None:
    turns = FairSemaphore(1)
    await turns.acquire()
    second = asyncio.create_task(turns.acquire())
    await asyncio.sleep(0)
    assert turns.waiting == 1
    turns.release()
    await second
    assert turns.waiting == 0
