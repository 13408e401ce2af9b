"""GraphQL over server-sent events: answers, errors, limits, heartbeats, slow clients, shutdown."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
import pytest
import pytest_asyncio

from api.access.register import revoke_key
from api.access.scopes import KeyScope
from api.database.transactions import write_aside
from api.settings import Settings
from tests.http.conftest import TITLES
from tests.http.live import (
    PATIENCE,
    TICKS,
    Live,
    Ticking,
    serving_live,
    until_none_is_open,
    until_open,
)
from tests.http.test_websocket import WRITE, held_lock, make_key

ACCEPT = {"accept": "text/event-stream"}
COMPLETE = ("complete", "")
Event = tuple[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def live(seeded: Settings) -> AsyncIterator[Live]:
    changes = {"max_subscriptions": 2, "cors_origins": "https://friend.example"}
    async with serving_live(seeded.model_copy(update=changes)) as live:
        yield live


@asynccontextmanager
async def opened(
    live: Live, query: str, headers: dict[str, str] | None = None, **variables: Any
) -> AsyncIterator[AsyncIterator[Event]]:
    body = {"query": query, "variables": variables}
    told = ACCEPT | (headers or {})
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream("POST", live.http, json=body, headers=told) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        yield read(response)


async def read(response: httpx.Response) -> AsyncIterator[Event]:
    """Yield the events and comments of a stream."""
    name = ""
    async for line in response.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, orjson.loads(value)
        elif line == "data:":
            yield name, ""
        elif line == ":":
            yield "comment", ""


async def collect(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


async def ask(live: Live, query: str, **variables: Any) -> list[Event]:
    async with opened(live, query, **variables) as events:
        return await collect(events)


def codes(event: Event) -> list[str]:
    return [error["extensions"]["code"] for error in event[1]["errors"]]


async def test_a_query_is_one_event(live: Live) -> None:
    answer, end = await ask(live, TITLES)
    assert answer[0] == "next"
    assert len(answer[1]["data"]["meetings"]["nodes"]) == 1
    assert end == COMPLETE


async def test_a_url_is_asked_too(live: Live) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.get(live.http, params={"query": TITLES}, headers=ACCEPT)
        assert response.text.startswith("event: next\ndata: {")
        assert "etag" not in response.headers
        head = await client.head(live.http, params={"query": TITLES}, headers=ACCEPT)
        assert (head.status_code, head.text) == (200, "")


async def test_a_subscription_is_many_events(live: Live) -> None:
    events = await ask(live, TICKS, to=3)
    assert [data["data"]["ticks"] for _, data in events[:-1]] == [0, 1, 2]
    assert events[-1] == COMPLETE
    assert not Ticking.open


async def test_an_event_has_its_cursor_as_id(live: Live) -> None:
    async with httpx.AsyncClient() as client:
        body = {"query": TICKS, "variables": {"to": 1}}
        response = await client.post(live.http, json=body, headers=ACCEPT)
    event, end, rest = response.text.split("\n\n")
    assert event.splitlines()[0] == "event: next"
    assert event.splitlines()[2] == "id: after 0"
    assert (end, rest) == ("event: complete\ndata:", "")


async def test_a_client_that_leaves_ends_its_subscription(live: Live) -> None:
    async with opened(live, TICKS) as events:
        assert (await anext(events))[0] == "next"
    await until_none_is_open()
    assert not live.app.streams.connections


@pytest.mark.parametrize(
    ("query", "code"),
    [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")],
)
async def test_a_refused_operation_is_an_event_with_its_code(
    live: Live, query: str, code: str
) -> None:
    event, end = await ask(live, query)
    assert codes(event) == [code]
    assert end == COMPLETE


async def test_an_unexpected_error_is_an_event(live: Live) -> None:
    event, end = await ask(live, TICKS, to=0, fails=True)
    assert codes(event) == ["INTERNAL"]
    assert end == COMPLETE


async def test_a_request_that_is_none_gets_a_status(live: Live) -> None:
    async with httpx.AsyncClient(headers=ACCEPT) as client:
        response = await client.post(live.http, json={})
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        response = await client.delete(live.http)
        assert response.status_code == 405


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/event-stream", "text/event-stream"),
        ("text/event-stream, multipart/mixed", "text/event-stream"),
        ("text/event-stream, */*", "text/event-stream"),
        ("application/json, text/event-stream", "application/json"),
        ("application/json;q=0.5, text/event-stream", "text/event-stream"),
        ("application/graphql-response+json, text/event-stream", "graphql-response+json"),
        ("*/*", "application/json"),
        ("text/*", None),
    ],
)
async def test_a_stream_is_sent_to_those_who_name_it(
    live: Live, accept: str, expected: str | None
) -> None:
    async with httpx.AsyncClient() as client:
        body = {"query": "{ __typename }"}
        response = await client.post(live.http, json=body, headers={"accept": accept})
        assert response.status_code == (406 if expected is None else 200)
        assert (expected or "application/json") in response.headers["content-type"]


async def test_pages_of_allowed_origins_may_read_streams(live: Live) -> None:
    async with httpx.AsyncClient() as client:
        headers = ACCEPT | {"origin": "https://friend.example"}
        response = await client.post(live.http, json={"query": TITLES}, headers=headers)
        assert response.headers["access-control-allow-origin"] == "https://friend.example"


async def test_a_client_may_have_so_many_streams_open(live: Live) -> None:
    async with opened(live, TICKS) as one, opened(live, TICKS) as two:
        await anext(one)
        await anext(two)
        async with httpx.AsyncClient() as client:
            response = await client.post(live.http, json={"query": TITLES}, headers=ACCEPT)
            assert response.status_code == 429
            metrics = (await client.get(live.http.replace("/graphql", "/metrics"))).text
            assert 'mithaq_streams{transport="event-stream"} 2' in metrics
            assert "mithaq_stream_operations 2" in metrics
    await until_none_is_open()
    assert not live.app.streams.operations


async def test_a_quiet_stream_has_heartbeats(seeded: Settings) -> None:
    async with (
        serving_live(seeded, check_every=0.1) as live,
        opened(live, TICKS, pause=100) as events,
    ):
        assert (await anext(events))[0] == "next"
        assert [await anext(events) for _ in range(2)] == [("comment", "")] * 2


async def test_a_stream_ends_when_its_key_is_revoked(settings: Settings) -> None:
    token = await asyncio.to_thread(make_key, settings, "me")
    keyed = settings.model_copy(update={"access": "keys"})
    async with serving_live(keyed, check_every=0.1) as live:
        headers = {"authorization": f"Bearer {token}"}
        async with opened(live, TICKS, headers, pause=100) as events:
            assert (await anext(events))[0] == "next"
            await asyncio.to_thread(
                write_aside, settings, lambda connection: revoke_key(connection, "me")
            )
            rest = [event for event in await collect(events) if event[0] != "comment"]
            assert codes(rest[0]) == ["UNAUTHENTICATED"]
            assert rest[1:] == [COMPLETE]


async def test_a_stopping_server_ends_streams_without_completing_them(seeded: Settings) -> None:
    async with serving_live(seeded) as live, opened(live, TICKS) as events:
        assert (await anext(events))[0] == "next"
        live.server.should_exit = True
        assert COMPLETE not in await collect(events)
    assert not Ticking.open


async def test_a_mutation_is_answered_before_the_server_stops(settings: Settings) -> None:
    token = await asyncio.to_thread(make_key, settings, "me", KeyScope.WRITE)
    headers = {"authorization": f"Bearer {token}"}
    async with (
        serving_live(settings) as live,
        opened(live, TICKS) as ticks,
        held_lock(settings) as over,
        opened(live, WRITE, headers) as mutation,
    ):
        await until_open(live, 2)
        live.server.should_exit = True
        assert COMPLETE not in await collect(ticks)
        over.set()
        answer, end = await collect(mutation)
        assert answer[1] == {"data": {"writeRecords": {"created": 1}}}
        assert end == COMPLETE


async def fill(live: Live) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a stream whose events the client does not read for a while."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    raw.connect(("127.0.0.1", live.port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=1_000)
    body = orjson.dumps({"query": TICKS, "variables": {"size": 400_000, "pause": 0}})
    writer.write(
        b"POST /graphql HTTP/1.1\r\nhost: mithaq\r\naccept: text/event-stream\r\n"
        b"content-type: application/json\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b"
        % (len(body), body)
    )
    await asyncio.sleep(1)
    return reader, writer


async def test_a_slow_client_is_told_where_to_go_on(seeded: Settings) -> None:
    async with serving_live(seeded, slow=0.3, stuck=PATIENCE) as live:
        reader, writer = await fill(live)
        made = live.app.streams.answers
        await asyncio.sleep(0.3)
        assert live.app.streams.answers == made  # no more than the sockets hold
        async with asyncio.timeout(PATIENCE):
            text = await reader.read(-1)
        writer.close()
        assert b'"code":"SLOW_CONSUMER"' in text
        last = text.count(b'{"data":{"ticks":') - 1
        assert b'"cursor":"after %d"' % last in text
        assert text.rstrip(b"\r\n0").endswith(b"event: complete\ndata:")


async def test_the_stream_of_a_client_that_reads_nothing_is_cut_off(
    seeded: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving_live(seeded, slow=0.1, stuck=0.3) as live:
        reader, writer = await fill(live)
        await until_none_is_open()
        assert "A client reads nothing: its connection is closed." in caplog.text
        assert 'mithaq_errors_total{code="SLOW_CONSUMER"} 1' in live.app.meter.write()
        async with asyncio.timeout(PATIENCE):
            text = await reader.read(-1)
        writer.close()
        assert text.endswith(b"\r\n0\r\n\r\n")
        assert b"SLOW_CONSUMER" not in text
        assert b"complete" not in text


async def test_a_stream_is_no_slow_request(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    live.app.access_log.slow = 50_000_000
    await ask(live, TICKS, to=10)
    assert not [item for item in caplog.records if item.name == "api.http.access_log"]
