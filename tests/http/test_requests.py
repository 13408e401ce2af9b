"""GraphQL over HTTP: which requests hold a question, and what the others are told."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from api.answer import Answerer
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings

GRAPHQL = "application/graphql-response+json"
TITLES = "{ meetings(first: 1) { nodes { title } } }"


@pytest_asyncio.fixture
async def client(answerer: Answerer) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=GraphQLEndpoint(answerer, Settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://mithaq") as client:
        yield client


def code_of(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    assert error["message"].endswith((".", "}"))
    return str(error["extensions"]["code"])


async def test_get_and_post_answer_alike(client: httpx.AsyncClient) -> None:
    posted = await client.post("/graphql", json={"query": TITLES})
    got = await client.get("/graphql", params={"query": TITLES})
    assert posted.status_code == got.status_code == 200
    assert posted.content == got.content
    assert posted.headers["content-type"] == "application/json; charset=utf-8"


async def test_variables_come_in_the_url(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int) { actors(first: $n) { nodes { key } } }"
    params = {"query": query, "variables": '{"n": 2}'}
    response = await client.get("/graphql", params=params)
    assert len(response.json()["data"]["actors"]["nodes"]) == 2


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        (GRAPHQL, 400, GRAPHQL),
        ("application/json", 200, "application/json"),
        (f"application/json, {GRAPHQL};q=0.9", 200, "application/json"),
        ("*/*", 200, "application/json"),
    ],
)
async def test_a_refusal_s_status_is_the_media_type_s(
    client: httpx.AsyncClient, accept: str, status: int, media_type: str
) -> None:
    headers = {"accept": accept}
    response = await client.post("/graphql", json={"query": "{ nothing }"}, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"].startswith(media_type)
    assert code_of(response) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"method": "PUT"}, 405, "METHOD_NOT_ALLOWED"),
        ({"method": "POST", "content": b"{}", "headers": {}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"method": "POST", "json": {"query": TITLES}, "headers": {"accept": "text/css"}}, 406, ""),
        ({"method": "POST", "json": {"query": " " * 1_000_001}}, 413, "BODY_TOO_LARGE"),
        ({"method": "POST", "json": []}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": 1}}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": TITLES, "variables": []}}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": TITLES, "operationName": 1}}, 400, "BAD_REQUEST"),
        ({"method": "GET"}, 400, "BAD_REQUEST"),
        ({"method": "GET", "params": {"query": TITLES, "variables": "{"}}, 400, "BAD_REQUEST"),
    ],
)
async def test_what_holds_no_question_is_told_so(
    client: httpx.AsyncClient, request_: dict[str, Any], status: int, code: str
) -> None:
    response = await client.request(url="/graphql", **request_)
    assert response.status_code == status
    assert code_of(response) == code or not code
    if status == 405:
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"nonsense", b'{"query": "\xff"}', b"[" * 100_000, b'{"query": 1' + b"0" * 9999],
)
async def test_a_body_that_is_no_json_is_told_so(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert code_of(response) == "BAD_REQUEST"


async def test_the_header_s_languages_are_preferred(client: httpx.AsyncClient) -> None:
    headers = {"accept-language": "tr-TR, en;q=0.5"}
    query = '{ actor(key: "turkey-mod") { name } actors { nodes { name(lang: "en") } } }'
    response = await client.post("/graphql", json={"query": query}, headers=headers)
    plain = await client.post("/graphql", json={"query": query})
    assert response.status_code == plain.status_code == 200
    assert response.headers["vary"] == "accept, accept-encoding, accept-language"
    turkish = [item["name"] for item in (await names(client, {"accept-language": "tr"}))]
    arabic = [item["name"] for item in (await names(client, {"accept-language": "ar"}))]
    assert "Türkiye" in turkish
    assert "تركيا" in arabic


async def names(client: httpx.AsyncClient, headers: dict[str, str]) -> list[dict[str, str]]:
    query = {"query": "{ actors(first: 100) { nodes { name } } }"}
    response = await client.post("/graphql", json=query, headers=headers)
    nodes: list[dict[str, str]] = response.json()["data"]["actors"]["nodes"]
    return nodes


class Broken:
    """A database that fails."""

    dialect = None

    async def fetch(self, *_: object) -> bytes:
        raise ValueError("password=secret")

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_fault_of_the_server_s_is_told_without_details(
    answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Broken()
    broken.dialect = answerer.database.dialect
    app = GraphQLEndpoint(Answerer(answerer.catalog, broken), Settings())
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://mithaq") as client:
        response = await client.post("/graphql", json={"query": TITLES})
    assert response.status_code == 500
    assert code_of(response) == "INTERNAL"
    assert b"secret" not in response.content
    assert "secret" in caplog.text


async def test_raw_bytes_are_compact_utf8(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": TITLES})
    text = json.dumps(response.json(), ensure_ascii=False, separators=(",", ":"))
    assert response.content == text.encode()
