"""GraphQL over WebSocket: operations, close codes, keys, limits, slow clients and shutdown."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx
import pytest
import pytest_asyncio
import sqlalchemy as sa
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus

from api.access.register import add_key, revoke_key
from api.access.scopes import KeyScope
from api.database.transactions import write_aside
from api.settings import Settings
from tests.http.live import (
    INIT,
    PATIENCE,
    TICKS,
    Live,
    Ticking,
    closed,
    hear,
    say,
    serving_live,
    subscribe,
    until_none_is_open,
    until_open,
)
from tests.transactions import write

TYPENAME = "{ __typename }"
LIMITS = {"max_subscriptions": 3, "max_body": 100_000, "cors_origins": "https://Friend.example"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def live(seeded: Settings) -> AsyncIterator[Live]:
    async with serving_live(seeded.model_copy(update=LIMITS)) as live:
        yield live


async def test_a_query_is_answered_and_its_id_can_be_used_again(live: Live) -> None:
    async with live.acknowledged() as client:
        for _ in range(2):
            await subscribe(client, "1", "{ meetings(first: 1) { nodes { id } } }")
            message = await hear(client)
            assert message["type"] == "next"
            assert len(message["payload"]["data"]["meetings"]["nodes"]) == 1
            assert await hear(client) == {"id": "1", "type": "complete"}


async def test_languages_are_those_of_the_handshake(live: Live) -> None:
    async with live.open(additional_headers={"accept-language": "tr"}) as client:
        await say(client, INIT)
        await hear(client)
        await subscribe(client, "1", '{ node(id: "place:damascus") { ... on Place { name } } }')
        assert (await hear(client))["payload"]["data"]["node"] == {"name": "Şam"}


async def test_operations_are_answered_side_by_side(live: Live) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "ticks", TICKS)
        assert (await hear(client))["payload"]["data"]["ticks"] == 0
        await subscribe(client, "query", TYPENAME)
        kinds = {(m["id"], m["type"]) for m in [await hear(client) for _ in range(6)]}
        assert kinds == {("ticks", "next"), ("query", "next"), ("query", "complete")}


async def test_a_subscription_ends_when_the_client_completes_it(live: Live) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "1", TICKS)
        assert (await hear(client))["type"] == "next"
        await say(client, {"id": "1", "type": "complete"})
        await until_none_is_open()
        await say(client, {"type": "ping"})
        while (message := await hear(client))["type"] == "next":
            pass
        assert message == {"type": "pong"}


async def test_a_subscription_ends_when_the_client_disconnects(live: Live) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "1", TICKS)
        assert (await hear(client))["type"] == "next"
        client.transport.abort()
    await until_none_is_open()
    assert not live.app.streams.connections


async def test_a_subscription_that_ends_is_completed(live: Live) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "1", TICKS, to=3)
        types = [(await hear(client))["type"] for _ in range(4)]
        assert types == ["next", "next", "next", "complete"]


async def test_an_unexpected_error_is_told_and_costs_no_connection(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "1", TICKS, to=0, fails=True)
        assert await code_of(client) == "INTERNAL"
        assert "unexpected" in caplog.text
        await subscribe(client, "1", TYPENAME)
        assert (await hear(client))["type"] == "next"


async def code_of(client: Any) -> str:
    message = await hear(client)
    assert message["type"] == "error"
    (error,) = message["payload"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("mutation { __typename }", "UNAUTHENTICATED"),
        ("{ meetings(first: 501) { totalCount } }", "PAGE_TOO_LARGE"),
    ],
)
async def test_a_refused_operation_is_an_error_with_its_code(
    live: Live, query: str, code: str
) -> None:
    async with live.acknowledged() as client:
        await subscribe(client, "1", query)
        assert await code_of(client) == code


async def test_persisted_queries_are_found(live: Live) -> None:
    name = sha256(TYPENAME.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": name}}
    async with live.acknowledged() as client:
        payload: dict[str, Any] = {"extensions": extensions}
        await say(client, {"id": "1", "type": "subscribe", "payload": payload})
        assert await code_of(client) == "PERSISTED_QUERY_NOT_FOUND"
        payload["query"] = TYPENAME
        await say(client, {"id": "1", "type": "subscribe", "payload": payload})
        assert (await hear(client))["payload"] == {"data": {"__typename": "Query"}}


SUBSCRIBE = {"id": "1", "type": "subscribe", "payload": {"query": TICKS}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([b"\x00"], 4400),
        (["{"], 4400),
        (["\x00"], 4400),
        (["[" * 100_001], 1009),
        ([[]], 4400),
        ([None], 4400),
        ([{}], 4400),
        ([{"type": 1}], 4400),
        ([{"type": []}], 4400),
        ([{"type": "start"}], 4400),
        ([{"type": "ping", "payload": []}], 4400),
        ([INIT | {"payload": []}], 4400),
        ([INIT | {"payload": "x"}], 4400),
        ([INIT, INIT], 4429),
        ([SUBSCRIBE], 4401),
        ([INIT, SUBSCRIBE, SUBSCRIBE], 4409),
        ([INIT, {"type": "subscribe"}], 4400),
        ([INIT, SUBSCRIBE | {"id": 1}], 4400),
        ([INIT, SUBSCRIBE | {"id": []}], 4400),
        ([INIT, SUBSCRIBE | {"id": ""}], 4400),
        ([INIT, SUBSCRIBE | {"payload": []}], 4400),
        ([INIT, SUBSCRIBE | {"payload": None}], 4400),
        ([INIT, SUBSCRIBE | {"payload": {}}], 4400),
        ([INIT, SUBSCRIBE | {"payload": {"query": 1}}], 4400),
        ([INIT, SUBSCRIBE | {"payload": {"query": TICKS, "variables": []}}], 4400),
        ([INIT, SUBSCRIBE | {"payload": {"query": TICKS, "operationName": 1}}], 4400),
        ([INIT, SUBSCRIBE | {"payload": {"query": TICKS, "extensions": 1}}], 4400),
        ([INIT, {"type": "complete"}], 4400),
        ([INIT, {"type": "complete", "id": {}}], 4400),
        (["{", "{", "{"], 4400),
    ],
)
async def test_bad_messages_close_with_the_codes_of_the_protocol(
    live: Live, caplog: pytest.LogCaptureFixture, messages: list[Any], code: int
) -> None:
    async with live.open() as client:
        for message in messages:
            if isinstance(message, str | bytes):
                await client.send(message)
            else:
                await say(client, message)
        assert await closed(client) == code
    await until_none_is_open()
    assert "Traceback" not in caplog.text


MASK = bytes(4)  # of zeros, which change nothing


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\x81\x81" + MASK + b"\xff", 1007),  # text that is not UTF-8
        (b"\x80\x82" + MASK + b"{}", 1002),  # a continuation of nothing
        (b"\xc1\x82" + MASK + b"{}", 1002),  # compressed, which was not agreed
        (b"\x81\x02{}", 1002),  # not masked
        (b"\x89\xfe\x00\x7e" + MASK + b"x" * 126, 1002),  # a ping that is too long
        (b"\x81\xff\x00\x00\x00\x01\x00\x00\x00\x00" + MASK, 1009),  # 4 GB announced
    ],
)
async def test_bad_frames_close_with_the_codes_of_websockets(
    live: Live, frame: bytes, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with live.open() as client:
        client.transport.write(frame)
        assert await closed(client) == code
    assert not caplog.records  # as no fault of a client is


async def test_a_client_without_the_protocol_is_told_so(live: Live) -> None:
    for protocols in (None, ["graphql-ws"]):
        async with live.open(subprotocols=protocols) as client:
            assert await closed(client) == 4406


async def test_a_connection_that_is_not_initialized_is_closed(seeded: Settings) -> None:
    settings = seeded.model_copy(update={"read_timeout": 0.2})
    async with serving_live(settings) as live:
        async with live.open() as client:
            assert await closed(client) == 4408
        async with live.acknowledged() as client:  # it stays open longer than the read timeout
            await asyncio.sleep(0.4)
            await subscribe(client, "1", TYPENAME)
            assert (await hear(client))["type"] == "next"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://friend.example", True),
        ("https://friend.example:443", True),
        ("http://friend.example", False),
        ("https://other.example", False),
        ("null", False),
        ("same", True),
    ],
)
async def test_pages_of_other_origins_do_not_connect(
    live: Live, origin: str, caplog: pytest.LogCaptureFixture, *, allowed: bool
) -> None:
    told = {"origin": f"http://127.0.0.1:{live.port}" if origin == "same" else origin}
    if allowed:
        async with live.open(additional_headers=told):
            return
    with pytest.raises(InvalidStatus) as refused:
        async with live.open(additional_headers=told):
            pass
    assert refused.value.response.status_code == 403
    assert b"FORBIDDEN" in (refused.value.response.body or b"")
    await asyncio.sleep(0)  # the handler returns after its answer
    assert not [item for item in caplog.records if item.levelname == "ERROR"]


async def test_no_other_path_takes_websockets(live: Live) -> None:
    for path in ("/", "/metrics", "/nothing"):
        with pytest.raises(InvalidStatus) as refused:
            async with live.open(path):
                pass
        assert refused.value.response.status_code in (403, 404)


@pytest.mark.parametrize("headers", [{"x": "y" * 8_200}, {f"x{n}": "y" for n in range(130)}])
async def test_a_long_handshake_is_refused(live: Live, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with live.open(additional_headers=headers):
            pass
    assert refused.value.response.status_code == 431


async def test_a_client_may_have_so_many_operations_open(live: Live) -> None:
    async with live.acknowledged() as one, live.acknowledged() as two:
        for number in range(2):
            await subscribe(one, str(number), TICKS, pause=100)
            await hear(one)
        await subscribe(two, "2", TICKS, pause=100)
        await hear(two)
        await subscribe(two, "3", TICKS)
        assert await code_of(two) == "TOO_MANY_SUBSCRIPTIONS"
        async with httpx.AsyncClient() as client:
            accept = {"accept": "text/event-stream"}
            response = await client.post(live.http, json={"query": TYPENAME}, headers=accept)
            assert response.status_code == 429
            assert "TOO_MANY_SUBSCRIPTIONS" in response.text
        await say(one, {"id": "0", "type": "complete"})
        await say(one, {"type": "ping"})
        assert await hear(one) == {"type": "pong"}
        await subscribe(two, "3", TICKS)
        assert (await hear(two))["type"] == "next"
    await until_none_is_open()
    assert not live.app.streams.operations


async def test_connections_are_limited(seeded: Settings) -> None:
    async with serving_live(seeded.model_copy(update={"max_connections": 2})) as live:
        async with live.acknowledged(), live.acknowledged():
            with pytest.raises(InvalidStatus) as refused:
                async with live.open():
                    pass
            assert refused.value.response.status_code == 503
        async with live.acknowledged():
            pass


@asynccontextmanager
async def filled(live: Live) -> AsyncIterator[ClientConnection]:
    """Open a connection with a subscription whose answers the client does not read for a while."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    raw.connect(("127.0.0.1", live.port))
    async with live.open(sock=raw, max_size=None, max_queue=1) as client:
        await say(client, INIT)
        await hear(client)
        await subscribe(client, "1", TICKS, size=400_000, pause=0)
        await asyncio.sleep(1)
        yield client


async def test_a_slow_client_is_told_where_to_go_on(seeded: Settings) -> None:
    async with serving_live(seeded, slow=0.3, stuck=PATIENCE) as live, filled(live) as client:
        made = live.app.streams.answers
        await asyncio.sleep(0.3)
        assert live.app.streams.answers == made  # no more than the sockets hold
        numbers = []
        while (message := await hear(client))["type"] == "next":
            numbers.append(message["payload"]["data"]["ticks"])
        (error,) = message["payload"]
        last = numbers[-1]
        assert numbers == list(range(last + 1))
        assert error["extensions"] == {"code": "SLOW_CONSUMER", "cursor": f"after {last}"}
        await subscribe(client, "1", TYPENAME)
        assert (await hear(client))["type"] == "next"


async def test_a_client_that_reads_nothing_is_closed_with_1013(
    seeded: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving_live(seeded, slow=0.1, stuck=0.3) as live, filled(live) as client:
        await until_none_is_open()
        assert not live.app.streams.operations
        assert "A client reads nothing: its connection is closed." in caplog.text
        assert 'mithaq_errors_total{code="SLOW_CONSUMER"} 1' in live.app.meter.write()
        assert await closed(client) == 1013  # behind the answers that were sent before


async def test_a_mutation_is_answered_before_a_stopping_server_closes(settings: Settings) -> None:
    token = await asyncio.to_thread(make_key, settings, "me", KeyScope.WRITE)
    async with (
        serving_live(settings) as live,
        live.acknowledged({"Authorization": f"Bearer {token}"}) as client,
        held_lock(settings) as over,
    ):
        await subscribe(client, "ticks", TICKS)
        await subscribe(client, "mutation", WRITE)
        await until_open(live, 2)
        live.server.should_exit = True
        await asyncio.sleep(0.5)
        over.set()
        heard = [await hear(client)]
        while heard[-1] != {"id": "mutation", "type": "complete"}:
            heard.append(await hear(client))
        (answer,) = [item["payload"] for item in heard[:-1] if item["id"] == "mutation"]
        assert answer == {"data": {"writeRecords": {"created": 1}}}
        assert await closed(client) == 1001
    assert not Ticking.open


async def test_a_mutation_that_outlasts_the_grace_is_closed_with_1012(settings: Settings) -> None:
    token = await asyncio.to_thread(make_key, settings, "me", KeyScope.WRITE)
    async with (
        serving_live(settings.model_copy(update={"grace": 0})) as live,
        live.acknowledged({"Authorization": f"Bearer {token}"}) as client,
        held_lock(settings) as over,
    ):
        await subscribe(client, "mutation", WRITE)
        await until_open(live, 1)
        live.server.should_exit = True
        assert await closed(client) == 1012
        over.set()


async def test_a_stopping_server_closes_with_1001(seeded: Settings) -> None:
    async with serving_live(seeded) as live, live.acknowledged() as client:
        await subscribe(client, "1", TICKS)
        assert (await hear(client))["type"] == "next"
        live.server.should_exit = True
        assert await closed(client) == 1001
    assert not Ticking.open


def make_key(settings: Settings, name: str, scope: KeyScope = KeyScope.READ) -> str:
    now = datetime.now(UTC)
    return write_aside(settings, lambda c: add_key(c, name, [scope], now))


WRITE = """mutation { writeRecords(records: [
  { place: { key: "x", names: [{ language: "en", text: "X" }] } }
]) { created } }"""


@asynccontextmanager
async def held_lock(settings: Settings) -> AsyncIterator[threading.Event]:
    """Keep the lock for which mutations wait, until the event is set."""
    held, over = threading.Event(), threading.Event()

    def hold(_: sa.Connection) -> None:
        held.set()
        over.wait(PATIENCE)

    holding = asyncio.create_task(asyncio.to_thread(write, settings, hold))
    await asyncio.to_thread(held.wait)
    yield over
    await holding


async def test_keys_come_with_the_handshake_or_with_the_first_message(settings: Settings) -> None:
    wrong = "Bearer mithaq_000000000000_" + "0" * 48
    token = f"Bearer {await asyncio.to_thread(make_key, settings, 'me')}"
    closed_settings = settings.model_copy(update={"access": "keys", "max_subscriptions": 1})
    async with serving_live(closed_settings, check_every=0.1) as live:
        with pytest.raises(InvalidStatus) as refused:
            async with live.open(additional_headers={"authorization": wrong}):
                pass
        assert refused.value.response.status_code == 401
        for payload in ({}, {"Authorization": wrong}, {"authorization": 1}):
            async with live.open() as client:
                await say(client, INIT | {"payload": payload})
                assert await closed(client) == 4401
        async with live.open(additional_headers={"authorization": token}) as client:
            await say(client, INIT)
            await hear(client)
            await subscribe(client, "1", TICKS, pause=100)
            assert (await hear(client))["type"] == "next"
            async with live.acknowledged({"Authorization": token}) as other:
                await subscribe(other, "1", TICKS)  # limits are those of the key
                assert await code_of(other) == "TOO_MANY_SUBSCRIPTIONS"
                await asyncio.to_thread(
                    write_aside, settings, lambda connection: revoke_key(connection, "me")
                )
                assert await closed(client) == 4401
                assert await closed(other) == 4401


async def test_operations_are_charged_to_the_rate_limit(seeded: Settings) -> None:
    limited = seeded.model_copy(update={"bucket_size": 10, "bucket_rate": 1})
    async with serving_live(limited) as live, live.acknowledged() as client:
        types = []
        for _ in range(6):
            await subscribe(client, "1", "{ meetings(first: 2) { nodes { id } } }")
            types.append((await hear(client))["type"])
            if types[-1] == "next":
                await hear(client)
        assert types[0] == "next"
        assert types[-1] == "error"
