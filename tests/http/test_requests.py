"""GraphQL over HTTP: which requests hold a question, and what the others are told."""

import json
import re
from typing import Any

import httpx
import pytest

from api.answer import Answerer
from api.errors import DatabaseUnavailable
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings
from tests.documentation import MANUAL
from tests.http.conftest import GRAPHQL, TITLES, code_of, connect


async def test_get_and_post_answer_alike(client: httpx.AsyncClient) -> None:
    posted = await client.post("/graphql", json={"query": TITLES})
    got = await client.get("/graphql", params={"query": TITLES})
    assert posted.status_code == got.status_code == 200
    assert posted.content == got.content
    assert posted.headers["content-type"] == "application/json; charset=utf-8"


async def test_the_manual_pages_through_a_whole_list(client: httpx.AsyncClient) -> None:
    (body,) = re.findall(r"^curl .* -d '(.*?)'$", MANUAL, re.DOTALL | re.MULTILINE)
    question, found = json.loads(body), []
    while True:
        response = await client.post("/graphql", json=question)
        page = response.json()["data"]["events"]
        found += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        question["variables"]["after"] = page["pageInfo"]["endCursor"]
    everything = await client.post("/graphql", json={"query": "{ events { nodes { id } } }"})
    assert found == [node["id"] for node in everything.json()["data"]["events"]["nodes"]]
    assert len(found) > len(page["nodes"])


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
        (f"{GRAPHQL};q=0.9, application/json;q=0.8", 400, GRAPHQL),
        (f"application/json, {GRAPHQL}", 400, GRAPHQL),
        (f"{GRAPHQL};q=0, */*;q=0.1", 200, "application/json"),
        ("application/json;q=0, application/*", 400, GRAPHQL),
        ("text/html, application/*;q=0.5", 200, "application/json"),
        ("application/json; charset=UTF-8", 200, "application/json"),
        (f"application/json; charset=utf-16, {GRAPHQL};q=0.1", 400, GRAPHQL),
        ("*/*", 200, "application/json"),
        ("", 200, "application/json"),
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


def accepting(accept: str) -> dict[str, Any]:
    return {"method": "POST", "json": {"query": TITLES}, "headers": {"accept": accept}}


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"method": "PUT"}, 405, "METHOD_NOT_ALLOWED"),
        ({"method": "POST", "content": b"{}", "headers": {}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"method": "POST", "json": {"query": TITLES}, "headers": {"accept": "text/css"}}, 406, ""),
        (accepting("application/json;q=0"), 406, "NOT_ACCEPTABLE"),
        (accepting("*/*;q=0.0"), 406, "NOT_ACCEPTABLE"),
        (accepting("application/json;q=much"), 406, "NOT_ACCEPTABLE"),
        ({"method": "POST", "json": {"query": " " * 1_000_001}}, 413, "BODY_TOO_LARGE"),
        ({"method": "POST", "json": []}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": 1}}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": TITLES, "variables": []}}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": TITLES, "operationName": 1}}, 400, "BAD_REQUEST"),
        ({"method": "POST", "json": {"query": TITLES, "extensions": "x"}}, 400, "BAD_REQUEST"),
        ({"method": "GET", "params": {"query": TITLES, "extensions": "[]"}}, 400, "BAD_REQUEST"),
        ({"method": "GET", "params": dict.fromkeys(map(str, range(40)), "x")}, 400, "BAD_REQUEST"),
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


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json; charset=utf-16",
        "",
    ],
)
async def test_what_a_form_of_another_site_could_send_is_refused(
    client: httpx.AsyncClient, content_type: str
) -> None:
    headers = {"content-type": content_type}
    body = json.dumps({"query": TITLES})
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 415
    assert code_of(response) == "UNSUPPORTED_MEDIA_TYPE"


@pytest.mark.parametrize("query", ["mutation { __typename }", "subscription { changes { id } }"])
async def test_get_never_writes(client: httpx.AsyncClient, query: str) -> None:
    for accept in (GRAPHQL, "application/json"):
        headers = {"accept": accept}
        response = await client.get("/graphql", params={"query": query}, headers=headers)
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"query": "query A { __typename } query B { __typename }"}, "OPERATION_NOT_FOUND"),
        ({"query": "query A { __typename }", "operationName": "B"}, "OPERATION_NOT_FOUND"),
        ({"query": "query A { __typename }", "operationName": ""}, None),
        ({"query": "query A { __typename }", "operationName": None}, None),
    ],
)
async def test_which_operation_is_meant_is_clear(
    client: httpx.AsyncClient, fields: dict[str, Any], code: str | None
) -> None:
    response = await client.post("/graphql", json=fields, headers={"accept": GRAPHQL})
    assert response.status_code == (400 if code else 200)
    assert code is None or code_of(response) == code


async def test_head_is_get_without_a_body(client: httpx.AsyncClient) -> None:
    got = await client.get("/graphql", params={"query": TITLES})
    response = await client.head("/graphql", params={"query": TITLES})
    assert response.content == b""
    assert response.headers == got.headers


async def test_options_tell_the_methods(client: httpx.AsyncClient) -> None:
    response = await client.options("/graphql")
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


async def test_headers_in_several_lines_are_one_list(client: httpx.AsyncClient) -> None:
    headers = [("accept", "text/css"), ("accept", GRAPHQL)]
    response = await client.post("/graphql", json={"query": TITLES}, headers=headers)
    assert response.headers["content-type"].startswith(GRAPHQL)


@pytest.mark.parametrize(
    "query",
    [
        "{ nothing" + "x" * 100_000 + " }",
        '{ actor(key: "\\ud800") { id } }',
        "{ meetings(first: " + "7" * 5_000 + ") { totalCount } }",
        "{ meetings(first: 1e" + "9" * 5_000 + ") { totalCount } }",
        "{ nodes(ids: [" + "7" * 5_000 + "]) { id } }",
        "{ a" * 5_000,
        "{ actor(key: " + "[" * 5_000,
        "\x00",
        "query ($x: " + "[" * 5_000 + "Int) { __typename }",
    ],
)
async def test_a_document_that_is_too_much_is_told_so_in_few_words(
    client: httpx.AsyncClient, query: str
) -> None:
    response = await client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
    assert response.status_code == 400
    assert len(response.content) < 3_000
    assert all(error["extensions"]["code"] for error in response.json()["errors"])


async def test_the_header_s_languages_are_preferred(client: httpx.AsyncClient) -> None:
    headers = {"accept-language": "tr-TR, en;q=0.5"}
    query = '{ actor(key: "turkey-mod") { name } actors { nodes { name(lang: "en") } } }'
    response = await client.post("/graphql", json={"query": query}, headers=headers)
    plain = await client.post("/graphql", json={"query": query})
    assert response.status_code == plain.status_code == 200
    assert response.headers["vary"] == "accept, accept-encoding, accept-language, mithaq-cost"
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


class Full(Broken):
    """A database that has no connection to spare."""

    async def fetch(self, *_: object) -> bytes:
        raise DatabaseUnavailable("OVERLOADED", "Too many questions at once.", retry_after=1)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_database_that_gives_no_answer_is_waited_for(
    answerer: Answerer, method: str
) -> None:
    full: Any = Full()
    full.dialect, full.adapt = answerer.database.dialect, answerer.database.adapt
    fields: dict[str, Any] = {"params" if method == "GET" else "json": {"query": TITLES}}
    async with connect(GraphQLEndpoint(Answerer(answerer.catalog, full), Settings())) as client:
        response = await client.request(method, "/graphql", **fields)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert response.headers["cache-control"] == "no-store"
    assert code_of(response) == "OVERLOADED"


async def test_a_fault_of_the_server_s_is_told_without_details(
    answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Broken()
    broken.dialect = answerer.database.dialect
    broken.adapt = answerer.database.adapt
    app = GraphQLEndpoint(Answerer(answerer.catalog, broken), Settings())
    async with connect(app) as client:
        response = await client.post("/graphql", json={"query": TITLES})
    assert response.status_code == 500
    assert code_of(response) == "INTERNAL"
    assert b"secret" not in response.content
    assert "secret" in caplog.text


async def test_raw_bytes_are_compact_utf8(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": TITLES})
    text = json.dumps(response.json(), ensure_ascii=False, separators=(",", ":"))
    assert response.content == text.encode()
