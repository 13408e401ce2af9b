"""Table exports: rows, formats, arguments, refusals, and clients that leave; on both databases."""

import asyncio
import csv
import gzip
import sys
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import pytest_asyncio
from pyarrow import parquet
from starlette.applications import Starlette
from starlette.routing import Route

from api.access.bucket import Buckets
from api.answer import Answerer
from api.fair_semaphore import FairSemaphore
from api.http.access import open_access
from api.http.exports import ExportEndpoint
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from api.tables.columns import NODES, Column, Table, list_tables
from api.tables.export import Asked, prepare_export
from api.tables.formats import write_csv, write_parquet
from tests.endless import until
from tests.http.conftest import code_of, connect
from tests.http.live import serving_live
from tests.http.test_websocket import make_key

RECORDED = Path(__file__).parents[1] / "tables"
TABLES = list_tables(build_catalog(SCHEMA))
# A filter of each kind of condition, and an argument that is none.
ASKED = [
    ("meetings", {"filter": {"date": {"within": {"from": "1970-01-01"}}}}),
    ("events", {"filter": {"not": {"kind": ["MEETING"]}}}),
    ("events", {"filter": {"participants": {"some": {"actor": {"kind": ["PERSON"]}}}}}),
    ("actors", {"filter": {"kind": ["STATE"]}, "orderBy": [{"field": "NAME"}]}),
    ("claims", {"filter": {"stance": ["DENIES"]}}),
    ("changes", {"kinds": ["MEETING", "PLACE"]}),
    ("topics", {"scheme": "mithaq"}),
]


def serve(answerer: Answerer, slots: FairSemaphore | None = None, access: Any = None) -> Starlette:
    endpoint = ExportEndpoint(answerer, access, slots or FairSemaphore(2))
    return Starlette(routes=[Route("/export/{file}", endpoint)])


@pytest_asyncio.fixture
async def client(answerer: Answerer) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(serve(answerer)) as client:
        yield client


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def write_parameters(arguments: dict[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else orjson.dumps(value).decode()
        for name, value in arguments.items()
    }


async def ask(answerer: Answerer, table: Table, arguments: dict[str, Any]) -> list[Any]:
    """Return what GraphQL answers to the question behind an export."""
    request = GraphQLRequest(table.write_document(), None, arguments, ("en",))
    data = orjson.loads((await answerer.answer(request)).json)["data"][table.name]
    rows: list[Any] = data["nodes"] if () in table.openings else data
    for (path,) in (path for path, opening in table.openings.items() if path and opening == NODES):
        for row in rows:
            if path in row:
                row[path] = row[path]["nodes"]
    return rows


def find_value(row: Any, column: Column) -> Any:
    """Return the value of a column in a record as GraphQL answers it."""

    def walk(value: Any, path: tuple[str, ...]) -> Any:
        return walk(value[path[0]], path[1:]) if path and value is not None else value

    if column.listed:
        return [walk(item, column.path[1:]) for item in row[column.path[0]]]
    return walk(row, column.path)


@pytest.mark.parametrize("name", TABLES)
async def test_a_table_is_that_recorded(
    client: httpx.AsyncClient, name: str, *, accept: bool
) -> None:
    path = RECORDED / f"{name}.csv"
    response = await client.get(f"/export/{name}.csv", params={"lang": "ar"})
    assert response.status_code == 200
    if accept:
        path.write_bytes(response.content)
    assert response.content == path.read_bytes(), "where that is meant, run pytest --accept"
    assert response.headers["content-type"].startswith("text/csv; charset=utf-8")


@pytest.mark.parametrize("name", TABLES)
async def test_a_table_has_what_graphql_answers(
    client: httpx.AsyncClient, answerer: Answerer, name: str
) -> None:
    response = await client.get(f"/export/{name}.jsonl", params={"lang": "en"})
    rows = [orjson.loads(line) for line in response.content.splitlines()]
    found = await ask(answerer, TABLES[name], {})
    columns = TABLES[name].columns
    flat = [{column.name: find_value(row, column) for column in columns} for row in found]
    assert flat == rows[:50]
    assert name == "releases" or rows


PARSERS: dict[str, Callable[[str], Any]] = {
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
    "Decimal": Decimal,
}


@pytest.mark.parametrize("name", ["meetings", "agreements", "places", "datasets", "releases"])
async def test_parquet_has_the_values_of_json_lines_with_their_types(
    client: httpx.AsyncClient, name: str
) -> None:
    response = await client.get(f"/export/{name}.parquet", headers={"accept-encoding": "gzip"})
    assert response.headers["content-type"] == "application/vnd.apache.parquet"
    assert "content-encoding" not in response.headers
    lines = await client.get(f"/export/{name}.jsonl")
    columns = TABLES[name].columns

    def parse(column: Column, value: Any) -> Any:
        if isinstance(value, list):
            return [parse(column, item) for item in value]
        parser = PARSERS.get(column.type)
        return parser(value) if parser and value is not None else value

    expected = [
        {column.name: parse(column, row[column.name]) for column in columns}
        for row in map(orjson.loads, lines.content.splitlines())
    ]
    assert parquet.read_table(BytesIO(response.content)).to_pylist() == expected


@pytest.mark.parametrize(("name", "arguments"), ASKED)
async def test_the_rows_are_those_that_graphql_counts(
    client: httpx.AsyncClient, answerer: Answerer, name: str, arguments: dict[str, Any]
) -> None:
    table = TABLES[name].select(["id"])
    found = await ask(answerer, table, arguments)
    parameters = write_parameters(arguments) | {"columns": "id"}
    response = await client.get(f"/export/{name}.csv", params=parameters)
    rows = read_csv(response.text)
    assert rows == found
    assert rows


async def test_columns_and_rows_are_chosen(client: httpx.AsyncClient) -> None:
    names = ["place_name", "participants_role", "id", "place_id", "participants_actor_id"]
    parameters: dict[str, Any] = {"columns": ", ".join(names), "first": 2, "lang": "tr"}
    response = await client.get("/export/meetings.csv", params=parameters)
    rows = read_csv(response.text)
    assert [list(row) for row in rows] == [names] * 2
    whole = await client.get("/export/meetings.csv", params={"first": 2, "lang": "tr"})
    assert rows == [{name: row[name] for name in names} for row in read_csv(whole.text)]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("meeting.csv", 404, "NOT_FOUND"),
        ("meetings.xls", 404, "NOT_FOUND"),
        ("meetings", 404, "NOT_FOUND"),
        ("meetings.csv?filters={}", 400, "BAD_USER_INPUT"),
        ("meetings.csv?filter={", 400, "BAD_USER_INPUT"),
        ('meetings.csv?filter={"colour":1}', 400, "BAD_USER_INPUT"),
        ('places.csv?filter={"country":{"eq":"TUR"}}', 400, "BAD_USER_INPUT"),
        ("meetings.csv?orderBy=DATE", 400, "BAD_USER_INPUT"),
        ("meetings.csv?columns=id,colour", 400, "BAD_USER_INPUT"),
        ("meetings.csv?columns=", 400, "BAD_USER_INPUT"),
        ("meetings.csv?first=0", 400, "BAD_USER_INPUT"),
        ("meetings.csv?excel=2", 400, "BAD_USER_INPUT"),
        ("meetings.csv?columns=id&columns=key", 400, "BAD_REQUEST"),
        ("meetings.csv?first=two", 400, "BAD_USER_INPUT"),
        ("meetings.csv?%ff", 400, "BAD_REQUEST"),
    ],
)
async def test_a_wrong_request_is_refused(
    client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    response = await client.get(f"/export/{path}")
    assert (response.status_code, code_of(response)) == (status, code)


async def test_other_methods_are_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/export/meetings.csv")
    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_an_export_is_confirmed_by_its_etag(client: httpx.AsyncClient) -> None:
    first = await client.get("/export/places.csv")
    assert first.headers["mithaq-revision"] == "1"
    known = {"if-none-match": first.headers["etag"]}
    assert (await client.get("/export/places.csv", headers=known)).status_code == 304
    assert (await client.get("/export/places.jsonl", headers=known)).status_code == 200
    head = await client.head("/export/places.csv")
    assert (head.headers["etag"], head.content) == (first.headers["etag"], b"")


async def test_an_export_is_compressed_where_the_client_says_so(answerer: Answerer) -> None:
    async with connect(serve(answerer)) as client:
        headers = {"accept-encoding": "gzip"}
        async with client.stream("GET", "/export/actors.csv", headers=headers) as response:
            raw = b"".join([chunk async for chunk in response.aiter_raw()])
        assert response.headers["content-encoding"] == "gzip"
        plain = await client.get("/export/actors.csv", headers={"accept-encoding": "identity"})
        assert gzip.decompress(raw) == plain.content


async def test_a_key_and_points_are_needed_as_for_graphql(
    answerer: Answerer, seeded: Settings
) -> None:
    closed = seeded.model_copy(update={"access": "keys"})
    access = open_access(answerer.database, closed)
    access.buckets = Buckets(100_000, 1)
    async with connect(serve(answerer, access=access)) as client:
        refused = await client.get("/export/meetings.csv")
        assert (refused.status_code, code_of(refused)) == (401, "UNAUTHENTICATED")
        token = await asyncio.to_thread(make_key, closed, "exporter")
        headers = {"authorization": f"Bearer {token}"}
        assert (await client.get("/export/meetings.csv", headers=headers)).status_code == 200
        access.buckets = Buckets(60, 10**6)  # many pages, in a bucket that holds one at a time
        waited = await client.get("/export/changes.csv", headers=headers)
        assert waited.text == (await client.get("/export/changes.csv", headers=headers)).text
        assert len(waited.text.splitlines()) > 3 * 50
        access.buckets = Buckets(1, 1)
        poor = await client.get("/export/meetings.csv", headers=headers)
        assert (poor.status_code, code_of(poor)) == (400, "COST_TOO_HIGH")
    await access.close()


async def test_a_client_that_leaves_ends_its_export(seeded: Settings) -> None:
    changes = {"max_exports": 1}
    async with serving_live(seeded.model_copy(update=changes)) as live:
        address = live.http.removesuffix("/graphql") + "/export/claims.csv"
        for _ in range(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
            writer.write(b"GET /export/articles.csv HTTP/1.1\r\nHost: here\r\n\r\n")
            await reader.readline()
            writer.close()
        async with httpx.AsyncClient(timeout=20) as client:
            assert (await client.get(address)).status_code == 200

        async def all_ended() -> bool:
            return live.app.export_slots.free == 1

        await until(all_ended)


async def test_a_client_that_reads_nothing_is_cut_off(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.http.exports.STALLED", 0.01)
    slots, sent = FairSemaphore(1), []

    async def send(message: Any) -> None:
        sent.append(message["type"])
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def receive() -> Any:
        await asyncio.Event().wait()

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/export/claims.csv"}
    scope |= {"query_string": b"", "headers": [], "path_params": {"file": "claims.csv"}}
    await ExportEndpoint(answerer, None, slots)(scope, receive, send)
    assert sent == ["http.response.start", "http.response.body"]
    assert "its client read nothing for" in caplog.text
    assert slots.free == 1


@pytest.mark.parametrize(
    ("columns", "cost"), [("id", 51), ("id,participants_role,participants_actor_id", 551)]
)
def test_a_page_of_rows_costs_its_columns(answerer: Answerer, columns: str, cost: int) -> None:
    table = TABLES["meetings"].select(columns.split(","))
    parts = answerer.catalog, answerer.database, answerer.limits
    assert prepare_export(*parts, table, Asked({})).cost == cost


# Formats.


def test_spreadsheets_read_no_formula() -> None:
    table = TABLES["actors"].select(["name", "names_text"])
    rows = [['\n"=1+1"\n"@SUM(A1); b"', '\n"a"\n""', '\n"\\tb"\n-1']]
    text = b"".join(write_csv(table.columns, rows, excel=True)).decode()
    assert text == '\ufeffname,names_text\r\n"\'=1+1","\'@SUM(A1); b"\r\n"a",""\r\n"\'\tb",-1\r\n'
    exact = b"".join(write_csv(table.columns, rows, excel=False)).decode()
    assert exact == 'name,names_text\r\n"=1+1","@SUM(A1); b"\r\n"a",""\r\n"\tb",-1\r\n'


def test_texts_are_quoted_and_null_is_empty() -> None:
    table = TABLES["claims"].select(["quote_text", "quote_start"])
    rows = [['\n"a \\"b\\", c\\nd\\\\"\n7', "\nnull\nnull", '\n",null,"\ntrue']]
    text = b"".join(write_csv(table.columns, rows, excel=False)).decode()
    assert text == ('quote_text,quote_start\r\n"a ""b"", c\nd\\",7\r\n,\r\n",null,",true\r\n')
    none = b"".join(write_csv(table.columns, [], excel=False))
    assert none == b"quote_text,quote_start\r\n"


def test_parquet_is_written_in_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.tables.parquet.ROW_GROUP", 100)
    table = TABLES["provisions"].select(["id", "ordinal"])
    batches = [[f'\n"{batch}.{row}"\n{row}' for row in range(10)] for batch in range(5)]
    chunks = list(write_parquet(table.columns, batches, excel=False))
    written = parquet.ParquetFile(BytesIO(b"".join(chunks)))
    assert chunks[0] == b"PAR1"
    assert written.num_row_groups == 5
    assert written.read().column("id").to_pylist()[-1] == "4.9"


async def test_what_is_no_parameter_is_told_with_those_that_are(client: httpx.AsyncClient) -> None:
    response = await client.get("/export/meetings.csv?colums=id")
    assert response.json()["errors"][0]["message"] == (
        "`colums` is no parameter of meetings: write filter, orderBy, columns, lang, first, excel."
    )


async def test_parquet_without_pyarrow_is_refused(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    response = await client.get("/export/meetings.parquet")
    assert (response.status_code, code_of(response)) == (404, "NOT_FOUND")
    assert "pip install pyarrow" in response.json()["errors"][0]["message"]


def test_each_table_has_columns_that_say_what_they_are() -> None:
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        assert not [column.name for column in table.columns if not column.description]
