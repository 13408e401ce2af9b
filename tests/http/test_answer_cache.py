"""Kept answers: sent again without the statement, and never when the database has changed."""

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx
import pytest
import pytest_asyncio

from api.access.keyring import Keyring
from api.access.last_used import LastUsed
from api.access.register import add_key
from api.access.scopes import KeyScope
from api.answer import Answerer
from api.database import CompiledQuery, Database, open_database
from api.errors import DatabaseUnavailable
from api.http.access import Access
from api.http.answer_cache import OVERHEAD, AnswerStore, SharedCheck
from api.http.graphql import GraphQLEndpoint
from api.http.responses import Response
from api.intake import import_paths
from api.settings import Settings
from tests.conftest import AT, DOSSIERS
from tests.http.conftest import TITLES, connect
from tests.server import serving
from tests.transactions import write
from tests.wrapping import Wrapped

COUNT = "{ events { totalCount } articles { totalCount } }"
ADD = (
    "mutation Add($key: String!) { writeRecords(records: [{place: {key: $key, "
    'names: [{language: "en", text: "Somewhere"}]}}]) { created userErrors { message } } }'
)
PLACES = "{ places { totalCount } }"


class Held(Wrapped):
    """A database that counts the statements of places, and holds them back while it is closed."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.opened = asyncio.Event()
        self.opened.set()
        self.asked, self.began = 0, asyncio.Semaphore(0)

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        if "place" in statement.sql:
            self.asked += 1
            self.began.release()
            await self.opened.wait()
        return await super().fetch(statement, values, revision)


class Cached:
    """An endpoint that keeps answers, with its store and database."""

    def __init__(
        self,
        answerer: Answerer,
        database: Database,
        settings: Settings,
        access: Access | None = None,
    ) -> None:
        self.store, self.database = AnswerStore(1_000_000), Held(database)
        answerer = Answerer(answerer.catalog, self.database)
        self.endpoint = GraphQLEndpoint(answerer, settings, access=access)
        self.endpoint.keep_answers(self.store)
        self.client = connect(self.endpoint)

    async def ask(self, query: str, **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post("/graphql", json={"query": query}, headers=names)

    async def prime(self) -> None:
        """Ask one question until its answer is kept, so that the version is known."""
        for _ in range(4):
            await self.ask(TITLES)
        assert self.store.hits


@pytest_asyncio.fixture
async def cached(answerer: Answerer, settings: Settings) -> AsyncIterator[Cached]:
    """An endpoint of an empty database of its own."""
    database = await open_database(settings)
    yield Cached(answerer, database, settings)
    await database.close()


def seed(settings: Settings) -> None:
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)


async def test_a_repeated_question_is_answered_from_the_store(cached: Cached) -> None:
    await cached.prime()
    answers = [await cached.ask(PLACES) for _ in range(5)]
    assert len({(answer.content, *answer.headers.items()) for answer in answers}) == 1
    assert cached.database.asked == 2, "the second time, it is kept"
    samples = dict(cached.store.sample())
    assert samples['mithaq_answers_total{from="cache"}'] == cached.store.hits
    assert samples['mithaq_answers_total{from="database"}'] == cached.store.misses
    assert samples["mithaq_cache_bytes"] > 0


async def test_a_commit_is_in_the_next_answer(cached: Cached, settings: Settings) -> None:
    before = [await cached.ask(COUNT) for _ in range(4)]
    assert cached.store.hits
    await asyncio.to_thread(seed, settings)
    after = await cached.ask(COUNT)
    assert before[-1].json()["data"]["events"] == {"totalCount": 0}
    assert after.json()["data"]["events"]["totalCount"] > 0


async def test_equal_questions_that_arrive_together_run_once(cached: Cached) -> None:
    await cached.prime()
    cached.database.opened.clear()
    waiting = [asyncio.ensure_future(cached.ask(PLACES)) for _ in range(8)]
    await cached.database.began.acquire()
    cached.database.opened.set()
    answers = await asyncio.gather(*waiting)
    assert len({answer.content for answer in answers}) == 1
    assert cached.database.asked == 1


async def test_the_response_to_a_client_that_left_is_nobody_else_s(
    cached: Cached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.disconnect.CHECK_INTERVAL", 0.01)
    await cached.prime()
    body = json.dumps({"query": PLACES}).encode()
    content = {"content-type": "application/json"}
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b""}
    scope["headers"] = [(b"content-type", b"application/json")]
    for _ in range(2):
        messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": body},
            {"type": "http.disconnect"},
        ]

        async def receive(messages: list[dict[str, Any]] = messages) -> dict[str, Any]:
            return messages.pop(0)

        sent: list[Any] = []

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        cached.database.opened.clear()
        await cached.endpoint(scope, receive, send)
        assert sent[0]["status"] == 499
    cached.database.opened.set()
    answer = await cached.client.post("/graphql", content=body, headers=content)
    assert answer.json()["data"]["places"] == {"totalCount": 0}


async def test_a_client_that_knows_the_answer_leaves_it_to_the_next(cached: Cached) -> None:
    await cached.prime()
    url = "/graphql?query={places{totalCount}}"
    etag = (await cached.client.get(url)).headers["etag"]
    for _ in range(3):
        answer = await cached.client.get(url, headers={"if-none-match": etag})
        assert answer.status_code == 304
    assert (await cached.client.get(url)).status_code == 200


async def test_a_run_from_before_a_commit_is_not_shared(cached: Cached, settings: Settings) -> None:
    await cached.prime()
    cached.database.opened.clear()
    early = asyncio.ensure_future(cached.ask(PLACES))
    await cached.database.began.acquire()
    await asyncio.to_thread(seed, settings)
    late = asyncio.ensure_future(cached.ask(PLACES))
    await cached.database.began.acquire()
    cached.database.opened.set()
    await early
    assert (await late).json()["data"]["places"]["totalCount"] > 0


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("{ releases { name } }", {}),
        (TITLES, {"mithaq_cost": "1"}),
        (TITLES, {"idempotency_key": "once"}),
        ("{ nothing }", {}),
        ('mutation { deleteRecords(ids: ["place:x"]) { deleted } }', {}),
    ],
)
async def test_what_is_a_request_s_own_is_not_kept(
    cached: Cached, query: str, headers: dict[str, str]
) -> None:
    answers = [await cached.ask(query, **headers) for _ in range(4)]
    assert len({answer.status_code for answer in answers}) == 1
    assert not cached.store.entries


async def test_languages_and_media_types_have_their_own_answers(cached: Cached) -> None:
    for language in ("en", "ar", "tr"):
        for media_type in ("application/json", "application/graphql-response+json"):
            for _ in range(3):
                answer = await cached.ask(TITLES, accept_language=language, accept=media_type)
                assert answer.headers["content-type"].startswith(media_type)
    assert len(cached.store.entries) == 6


async def test_a_kept_answer_costs_what_it_cost(answerer: Answerer) -> None:
    settings = Settings(bucket_size=40, bucket_rate=1)
    access = Access(Keyring(answerer.database), LastUsed(lambda _: None), settings)
    cached = Cached(answerer, answerer.database, settings, access)
    query = "{ meetings(first: 4) { nodes { key } } }"
    answers = [await cached.ask(query) for _ in range(20)]
    assert cached.store.hits
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    other = await cached.ask(query.replace("key", "id"))
    assert answers[-1].json() == other.json()


async def test_a_kept_answer_to_get_is_confirmed_by_its_etag(cached: Cached) -> None:
    for _ in range(4):
        answer = await cached.client.get("/graphql", params={"query": PLACES})
    etag = {"if-none-match": answer.headers["etag"]}
    assert cached.store.hits
    confirmed = await cached.client.get("/graphql", params={"query": PLACES}, headers=etag)
    assert confirmed.status_code == 304
    assert confirmed.headers["etag"] == answer.headers["etag"]


async def test_a_compressed_body_is_kept(answerer: Answerer) -> None:
    cached = Cached(answerer, answerer.database, Settings())
    query = "{ articles { nodes { body } } }"
    plain = [await cached.ask(query, accept_encoding="identity") for _ in range(3)]
    packed = [await cached.ask(query, accept_encoding="gzip") for _ in range(2)]
    assert {answer.content for answer in (*plain, *packed)} == {plain[0].content}
    assert packed[1].headers["content-encoding"] == "gzip"
    (entry,) = cached.store.entries.values()
    assert [*(entry.response.compressed or {})] == ["gzip"]


def test_a_store_is_bounded_and_admits_what_is_asked_again() -> None:
    store = AnswerStore(20 * (OVERHEAD + 200))
    for number in range(100):
        assert store.is_first(number)
        assert not store.is_first(number)
        store.keep(number, Response(200, b"x" * 90), 1, 20)
        assert store.bytes <= store.max_bytes
    assert [*store.entries] == [*range(80, 100)], "the least recently used are evicted"
    store.keep(0, Response(200, b"x" * 1_000_000), 1, 20)
    assert 0 not in store.entries, "an answer that would fill the store is not kept"


def test_no_worker_answers_what_was_before_an_acknowledged_write(settings: Settings) -> None:
    token = write(settings, lambda connection: add_key(connection, "me", [KeyScope.WRITE], AT))
    headers = {"authorization": f"Bearer {token}"}
    numbers, acknowledged = count(), count(1)
    written = 0

    def add(address: str) -> None:
        nonlocal written
        for _ in range(12):
            variables = {"key": f"place-{next(numbers)}"}
            with httpx.Client(headers=headers, verify=False) as client:
                told = client.post(address, json={"query": ADD, "variables": variables}).json()
            assert told["data"]["writeRecords"]["created"] == 1, told
            written = max(written, next(acknowledged))
            check(address)

    def check(address: str) -> None:
        # A connection of its own, to any worker; without certificates, which take long to read.
        with httpx.Client(verify=False) as client:
            for _ in range(4):
                least = written
                found = client.post(address, json={"query": PLACES}).json()["data"]["places"]
                assert found["totalCount"] >= least

    def read(address: str) -> None:
        for _ in range(40):
            check(address)

    with serving(settings, "--workers", "2") as address, ThreadPoolExecutor() as pool:
        running = [pool.submit(work, address) for work in (add, add, read, read)]
        for future in running:
            future.result()
        total = httpx.post(address, json={"query": PLACES}).json()["data"]["places"]["totalCount"]
    assert total == 24


async def test_a_check_is_shared_by_callers_that_arrived_before_it_began() -> None:
    begun, ends = count(1), asyncio.Semaphore(0)

    async def check() -> bytes:
        number = next(begun)
        await ends.acquire()
        if number == 3:
            raise DatabaseUnavailable("UNAVAILABLE", "It is down.")
        return b"%d" % number

    shared = SharedCheck(check)
    first = [shared.request() for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = shared.request()  # the first check has begun
    await asyncio.sleep(0)
    first[1].cancel()
    ends.release()
    assert [await first[0], await first[2]] == [b"1", b"1"]
    assert not later.done()
    ends.release()
    assert await later == b"2"
    failing = [shared.request() for _ in range(2)]
    ends.release()
    for item in failing:
        with pytest.raises(DatabaseUnavailable):
            await item
    ends.release()
    assert await shared.request() == b"4"
