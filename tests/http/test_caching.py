"""What GET answers may be kept, and how a client learns that they still hold."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.answer import Answerer
from api.database import open_database
from api.http.graphql import GraphQLEndpoint
from api.http.persisted import PersistedDocuments
from api.intake import import_paths
from api.settings import Settings
from tests.conftest import AT, ROOT, NewDatabase
from tests.http.conftest import GRAPHQL, TITLES, connect
from tests.transactions import write
from tests.wrapping import Wrapped

EVERYTHING = "{ meetings { totalCount } actors { totalCount } }"


async def etag_of(client: httpx.AsyncClient, query: str = TITLES, **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await client.get("/graphql", params={"query": query}, headers=named)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"
    return str(response.headers["etag"])


async def test_what_a_client_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    etag = await etag_of(client)
    assert etag.startswith('W/"')
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        headers = {"if-none-match": known}
        response = await client.get("/graphql", params={"query": TITLES}, headers=headers)
        assert response.status_code == 304
        assert response.content == b""
        assert response.headers["etag"] == etag
        assert response.headers["vary"] == "accept, accept-encoding, accept-language, mithaq-cost"
        assert response.headers["cache-control"] == "no-cache"
        assert "content-type" not in response.headers


async def test_an_etag_is_of_all_that_the_answer_depends_on(client: httpx.AsyncClient) -> None:
    etags = [
        await etag_of(client),
        await etag_of(client, EVERYTHING),
        await etag_of(client, accept=GRAPHQL),
        await etag_of(client, accept_language="ar"),
        await etag_of(client, accept_encoding="gzip"),
    ]
    assert len(set(etags)) == len(etags)
    assert await etag_of(client) == etags[0]


async def test_another_etag_gets_the_answer(client: httpx.AsyncClient) -> None:
    for known in ('W/"x"', "nonsense", ""):
        headers = {"if-none-match": known}
        response = await client.get("/graphql", params={"query": TITLES}, headers=headers)
        assert response.status_code == 200


@pytest.mark.parametrize("params", [{"query": "{ nothing }"}, {"query": ""}, {"query": "{"}])
async def test_a_refusal_is_not_kept(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    response = await client.get("/graphql", params=params)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_a_name_that_means_another_document_has_another_etag(answerer: Answerer) -> None:
    etags = set()
    for text in ("{ __typename }", TITLES):
        app = GraphQLEndpoint(answerer, Settings(), PersistedDocuments({"first": text}))
        async with connect(app) as client:
            response = await client.get("/graphql", params={"documentId": "first"})
            etags.add(response.headers["etag"])
    assert len(etags) == 2


async def test_post_asks_for_no_revision(answerer: Answerer) -> None:
    counting = Counting(answerer.database)
    app = GraphQLEndpoint(Answerer(answerer.catalog, counting), Settings())
    async with connect(app) as other:
        posted = await other.post("/graphql", json={"query": TITLES})
        assert counting.fetched == 1
        await other.get("/graphql", params={"query": TITLES})
        assert counting.fetched == 3
    assert "etag" not in posted.headers


class Counting(Wrapped):
    """A database that counts what it is asked."""

    def __init__(self, database: Any) -> None:
        super().__init__(database)
        self.fetched = 0

    async def fetch(self, *arguments: Any) -> bytes:
        self.fetched += 1
        answer: bytes = await self.database.fetch(*arguments)
        return answer

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_revision_makes_every_etag_a_new_one(
    settings: Settings, answerer: Answerer
) -> None:
    database = await open_database(settings)
    async with connect(GraphQLEndpoint(Answerer(answerer.catalog, database), settings)) as client:
        before = await etag_of(client)
        assert await etag_of(client) == before
        await asyncio.to_thread(import_, settings)
        after = await etag_of(client)
        assert after != before
        headers = {"if-none-match": before}
        response = await client.get("/graphql", params={"query": TITLES}, headers=headers)
        assert response.status_code == 200
        await asyncio.to_thread(import_, settings)  # which changes nothing
        assert await etag_of(client) == after
    await database.close()


async def test_the_same_revision_at_another_time_is_another(
    new_migrated: NewDatabase, answerer: Answerer
) -> None:
    marks = []
    for days in (0, 1):
        settings = new_migrated()
        await asyncio.to_thread(import_, settings, days)
        database = await open_database(settings)
        marks.append(await Answerer(answerer.catalog, database).fetch_mark(""))
        await database.close()
    assert marks[0] != marks[1]
    assert all(mark.startswith(b"1 ") for mark in marks)


def import_(settings: Settings, days: int = 0) -> None:
    at = AT + timedelta(days)
    import_paths([ROOT / "seeds"], lambda work: write(settings, work), at)
