"""Mutations: what they need, what they write and what they tell, on both databases."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from types import NoneType
from typing import Any

import httpx
import orjson
import pytest
import pytest_asyncio
import sqlalchemy as sa

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.answer import Answerer
from api.database import open_database
from api.database.failures import LOST
from api.database.writer import WriteThread
from api.errors import OperationError
from api.http.access import open_access
from api.http.graphql import GraphQLEndpoint
from api.mutations import compile_payload
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Limits, Settings
from api.statements import compile_once
from tests.conftest import AT
from tests.endless import until
from tests.http.conftest import code_of, connect
from tests.postgres import Postgres
from tests.test_inputs import actor, article, list_homes, meeting
from tests.transactions import write

CATALOG = build_catalog(SCHEMA)
ERRORS = "userErrors { code message field }"
WRITE = f"""mutation Write($records: [RecordInput!]!, $dryRun: Boolean! = false, $since: Int) {{
  writeRecords(records: $records, dryRun: $dryRun, ifRevision: $since) {{
    created updated unchanged {ERRORS}
  }}
}}"""
IMPORT = f"""mutation Import($dossier: DossierInput!) {{
  importDossier(dossier: $dossier) {{ created updated unchanged {ERRORS} }}
}}"""
DELETE = f"""mutation Delete($ids: [ID!]!, $cascade: Boolean! = false, $since: Int) {{
  deleteRecords(ids: $ids, cascade: $cascade, ifRevision: $since) {{ deleted {ERRORS} }}
}}"""


@dataclass
class Server:
    """A server of an empty database, with a client that has a key for writing."""

    settings: Settings
    client: httpx.AsyncClient
    headers: dict[str, str]
    answerer: Answerer
    writer: WriteThread

    async def post(self, query: str, headers: dict[str, str], **variables: Any) -> httpx.Response:
        body = {"query": query, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=headers)

    async def send(self, query: str, **variables: Any) -> Any:
        """Send a mutation of one root field, and return its payload."""
        response = await self.post(query, self.headers, **variables)
        assert "errors" not in response.json(), response.text
        ((_, payload),) = response.json()["data"].items()
        return payload

    async def write(self, *records: dict[str, Any], **variables: Any) -> Any:
        return await self.send(WRITE, records=records, **variables)

    async def key(self, name: str, *scopes: KeyScope) -> dict[str, str]:
        work = partial(add_key, name=name, scopes=scopes, now=AT)
        token = await asyncio.to_thread(write, self.settings, work)
        return {"authorization": f"Bearer {token}"}

    async def read(self, query: str) -> list[tuple[Any, ...]]:
        def work(connection: sa.Connection) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(sa.text(query))]

        return await asyncio.to_thread(write, self.settings, work)

    async def wait_for_jobs(self, count: int) -> None:
        """Wait until so many works wait for the writers' lock."""

        async def are_there() -> bool:
            return len(self.writer.jobs) == count

        await until(are_there)

    async def homes(self) -> dict[str, str]:
        return await asyncio.to_thread(list_homes, self.settings)


@pytest_asyncio.fixture
async def server(settings: Settings) -> AsyncIterator[Server]:
    database, writer = await open_database(settings), WriteThread(settings)
    access = open_access(database, settings)
    answerer = Answerer(CATALOG, database, Limits(max_records=5), writer)
    async with connect(GraphQLEndpoint(answerer, settings, access=access)) as client:
        server = Server(settings, client, {}, answerer, writer)
        server.headers = await server.key("me", KeyScope.WRITE)
        yield server
    await access.close()
    await writer.close()
    await database.close()


async def test_records_are_written_and_read_back(server: Server) -> None:
    payload = await server.write(actor("syria", country="SY"), meeting("talks", summary=None))
    assert payload == {"created": 2, "updated": 0, "unchanged": 0, "userErrors": []}
    again = await server.write(actor("syria", country="SY"), actor("turkey"))
    assert again == {"created": 1, "updated": 0, "unchanged": 1, "userErrors": []}
    query = '{ actor(key: "syria") { id country { code } } meetings { totalCount } }'
    answer = (await server.post(query, {})).json()
    assert answer["data"] == {
        "actor": {"id": "actor:syria", "country": {"code": "SY"}},
        "meetings": {"totalCount": 1},
    }
    assert await server.read('SELECT id, "by", why FROM revision ORDER BY id') == [
        (1, "me", "writeRecords 2 records"),
        (2, "me", "writeRecords 2 records"),
    ]


@pytest.mark.parametrize(
    ("field", "form"),
    [("date", '{edtf: "2025-07-26"}'), ("summary", '{language: "en", text: "…"}')],
)
async def test_a_plain_value_where_files_take_it_is_refused_with_the_form_of_the_object(
    server: Server, field: str, form: str
) -> None:
    literal = f"""mutation {{ writeRecords(records: [{{ meeting: {{
      key: "x", format: TALKS, title: [], {field}: "2025-07-26" }} }}]) {{ created }} }}"""
    record = meeting("x", **{field: "2025-07-26"})
    for document, variables in ((literal, {}), (WRITE, {"records": [record]})):
        response = await server.post(document, server.headers, **variables)
        errors = response.json()["errors"]
        assert f"to be an object such as {form}, found: " in errors[0]["message"]


async def test_a_dossier_is_written_as_a_whole(server: Server) -> None:
    dossier = article("daily", "They met in Damascus.") | {
        "meetings": [
            meeting("talks", claims=[{"quote": "They met"}])["meeting"],
            meeting("more")["meeting"],
        ]
    }
    assert (await server.send(IMPORT, dossier=dossier))["created"] == 4
    del dossier["meetings"][1]
    payload = await server.send(IMPORT, dossier=dossier)
    assert payload == {"created": 0, "updated": 0, "unchanged": 3, "userErrors": []}
    assert "more" not in await server.homes()
    dossier["meetings"][0]["claims"][0]["quote"] = "They parted"
    (error,) = (await server.send(IMPORT, dossier=dossier))["userErrors"]
    assert error["code"] == "INVALID"
    assert error["field"] == ["dossier", "meetings", "0", "claims", "0", "quote"]
    assert error["message"].startswith('the quote "They parted" is not in the body')
    assert await server.read("SELECT why FROM revision WHERE id = 1") == [
        ("importDossier article:daily",)
    ]


async def test_publication_resolves_the_dates_that_hang_on_it(server: Server) -> None:
    date = {"edtf": "XXXX-07", "anchor": "published"}
    text = article("daily", "They met last July.")
    await server.write(text, meeting("talks", article="daily", date=date))
    edtf = "SELECT date_edtf FROM event"
    assert await server.read(edtf) == [("XXXX-07",)]
    text["article"]["published"] = {"edtf": "2025-08-13"}
    await server.write(text)
    assert await server.read(edtf) == [("2025-07",)]
    text["article"]["published"] = None
    await server.write(text)
    assert await server.read(edtf) == [("XXXX-07",)]


async def test_a_dry_run_and_a_refusal_write_nothing(server: Server) -> None:
    payload = await server.write(actor("syria"), dryRun=True)
    assert payload == {"created": 1, "updated": 0, "unchanged": 0, "userErrors": []}
    payload = await server.write(actor("syria"), meeting("talks", place="nowhere"))
    text = "there is no place:nowhere: define it here, or import the file that defines it"
    field = ["records", "1", "meeting", "place"]
    error = {"code": "NOT_FOUND", "message": text, "field": field}
    assert payload == {"created": 0, "updated": 0, "unchanged": 0, "userErrors": [error]}
    assert await server.read("SELECT count(*) FROM revision") == [(0,)]
    assert await server.read("SELECT count(*) FROM record") == [(0,)]


async def test_a_conflict_and_a_reference_are_told(server: Server) -> None:
    host = [{"role": "HOST", "actor": "syria"}]
    await server.write(actor("syria"), meeting("talks", participants=host))
    await server.write(actor("syria", country="SY"))
    (error,) = (await server.write(actor("syria"), since=1))["userErrors"]
    assert (error["code"], error["field"]) == ("CONFLICT", ["records", "0", "actor"])
    payload = await server.send(DELETE, ids=["actor:syria"])
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"], payload["deleted"]) == ("REFERENCED", ["ids", "0"], [])
    payload = await server.send(DELETE, ids=["actor:syria"], cascade=True)
    assert payload == {"deleted": ["actor:syria", "meeting:talks"], "userErrors": []}


async def test_a_refused_deletion_takes_back_nothing_that_an_article_adds(server: Server) -> None:
    host = {"actor": "syria", "role": "HOST"}
    added = {"add": {"article": "a", "to": "meeting:talks", "participants": [host]}}
    await server.write(actor("syria"), meeting("talks"), article("a", "Talks."), added)
    payload = await server.send(DELETE, ids=["article:a"], since=0)
    assert [error["code"] for error in payload["userErrors"]] == ["CONFLICT"]
    assert await server.read("SELECT role FROM participation") == [("HOST",)]
    assert await server.read("SELECT count(*) FROM revision") == [(1,)]


async def test_a_record_that_an_article_adds_to_may_not_have_changed(server: Server) -> None:
    host = {"actor": "syria", "role": "HOST"}
    added = {"add": {"article": "a", "to": "meeting:talks", "participants": [host]}}
    name = {"article": "a", "actor": "syria", "text": "Cham", "language": "en"}
    await server.write(actor("syria"), meeting("talks"), article("a", "Talks."))
    payload = await server.write(added, since=0)
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == ("CONFLICT", ["records", "0", "add"])
    assert error["message"].startswith("meeting:talks was changed by revision 1, after revision 0")
    payload = await server.write({"alias": name}, since=0)
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == ("CONFLICT", ["records", "0", "alias"])
    assert await server.read("SELECT count(*) FROM revision") == [(1,)]
    payload = await server.write(added, {"alias": name}, since=1)
    assert payload["userErrors"] == []
    # An import that no longer adds to a record changes it too.
    dossier = {"article": {"key": "a", "title": "A", "language": "en", "text": "Talks."}}
    changed = meeting("talks", occurrence="PLANNED")
    await server.write(changed)
    query = IMPORT.replace("$dossier)", "$dossier, ifRevision: 2)")
    payload = await server.send(query, dossier=dossier)
    (error,) = payload["userErrors"]
    assert error["message"].startswith("meeting:talks was changed by revision 3")


async def test_the_fields_of_a_mutation_run_in_order_each_a_revision(server: Server) -> None:
    query = f"""mutation ($one: [RecordInput!]!, $two: [RecordInput!]!) {{
      __typename
      one: writeRecords(records: $one) {{ __typename created {ERRORS} }}
      bad: writeRecords(records: $two, ifRevision: 0) {{
        made: created userErrors {{ __typename }}
      }}
      two: writeRecords(records: $two) {{ created }}
      gone: deleteRecords(ids: ["meeting:talks"]) {{ deleted }}
    }}"""
    host = [{"role": "HOST", "actor": "syria"}]
    two = [meeting("talks", participants=host), actor("syria")]
    response = await server.post(query, server.headers, one=[actor("syria")], two=two)
    assert response.json()["data"] == {
        "__typename": "Mutation",
        "one": {"__typename": "ImportPayload", "created": 1, "userErrors": []},
        "bad": {"made": 0, "userErrors": [{"__typename": "UserError"}]},
        "two": {"created": 1},
        "gone": {"deleted": ["meeting:talks"]},
    }
    assert await server.read("SELECT count(*) FROM revision") == [(3,)]


async def test_a_key_for_writing_is_needed(server: Server) -> None:
    records = [actor("syria")]
    for headers in ({}, {"authorization": "Basic x"}):
        response = await server.post(WRITE, headers, records=records)
        assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
        assert response.headers["www-authenticate"] == "Bearer"
    response = await server.post(WRITE, await server.key("reader", KeyScope.READ), records=records)
    assert (response.status_code, code_of(response)) == (403, "FORBIDDEN")
    url = "/graphql?query=mutation{deleteRecords(ids:[]){deleted}}"
    response = await server.client.get(url, headers=server.headers)
    assert (response.status_code, code_of(response)) == (405, "OPERATION_NOT_SUPPORTED")
    assert await server.read("SELECT count(*) FROM revision") == [(0,)]


async def test_a_key_for_writing_opens_a_closed_server(server: Server) -> None:
    closed = server.settings.model_copy(update={"access": "keys"})
    database = await open_database(closed)
    access = open_access(database, closed)
    async with connect(
        GraphQLEndpoint(Answerer(CATALOG, database), closed, access=access)
    ) as client:
        body = {"query": "{ __typename }"}
        response = await client.post("/graphql", json=body, headers=server.headers)
    assert response.json() == {"data": {"__typename": "Query"}}
    await access.close()
    await database.close()


async def test_too_many_records_and_wrong_values_are_refused(server: Server) -> None:
    records = [actor(f"actor-{number}") for number in range(6)]
    response = await server.post(WRITE, server.headers, records=records)
    assert code_of(response) == "TOO_MANY_RECORDS"
    for record in ({}, {"actor": None}, actor("a") | meeting("b"), actor("a", kind="X")):
        response = await server.post(WRITE, server.headers, records=[record])
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await server.read("SELECT count(*) FROM revision") == [(0,)]


async def test_concurrent_mutations_are_all_written(server: Server) -> None:
    await asyncio.gather(*(server.write(actor(f"actor-{number}")) for number in range(20)))
    assert await server.read("SELECT count(*), max(id) FROM revision") == [(20, 20)]
    assert len(await server.homes()) == 20


async def test_a_repeated_request_is_answered_as_before_and_not_run_again(server: Server) -> None:
    named = server.headers | {"idempotency-key": "first"}
    mine = await server.key("other", KeyScope.WRITE) | {"idempotency-key": "first"}
    records = [actor("syria")]
    first = await server.post(WRITE, named, records=records)
    assert first.json()["data"]["writeRecords"]["created"] == 1
    answers = [server.post(WRITE, named, records=records) for _ in range(3)]
    assert {answer.content for answer in await asyncio.gather(*answers)} == {first.content}
    other = await server.post(WRITE, named, records=[actor("turkey")])
    assert code_of(other) == "IDEMPOTENCY_KEY_REUSED"
    assert (await server.post(WRITE, mine, records=[actor("turkey")])).json()["data"]
    assert len(await server.read("SELECT id FROM revision")) == 2
    refused = [meeting("talks", place="nowhere")]
    again = server.headers | {"idempotency-key": "second"}
    answer = await server.post(WRITE, again, records=refused)
    assert answer.json()["data"]["writeRecords"]["userErrors"]
    await server.write({"place": {"key": "nowhere", "names": [{"language": "en", "text": "N"}]}})
    assert (await server.post(WRITE, again, records=refused)).content == answer.content


async def test_an_idempotency_key_is_forgotten_after_a_day(server: Server) -> None:
    named = server.headers | {"idempotency-key": "first"}
    await server.post(WRITE, named, records=[actor("syria")])
    await server.read("UPDATE idempotency SET at = '2020-01-01 00:00:00' RETURNING field")
    response = await server.post(WRITE, named, records=[actor("turkey")])
    assert response.json()["data"]["writeRecords"]["created"] == 1
    assert await server.read("SELECT count(*) FROM idempotency") == [(1,)]


async def test_a_request_that_stopped_halfway_continues(server: Server) -> None:
    query = """mutation ($one: [RecordInput!]!, $two: [RecordInput!]!) {
      one: writeRecords(records: $one) { created unchanged }
      two: writeRecords(records: $two) { created unchanged }
    }"""
    named = server.headers | {"idempotency-key": "first"}
    values = {"one": [actor("syria")], "two": [actor("turkey")]}
    first = await server.post(query, named, **values)
    await server.read("DELETE FROM idempotency WHERE field = 1 RETURNING field")
    data = (await server.post(query, named, **values)).json()["data"]
    assert first.json()["data"]["one"] == data["one"] == {"created": 1, "unchanged": 0}
    assert data["two"] == {"created": 0, "unchanged": 1}


async def test_an_idempotency_key_that_is_not_valid_is_refused(server: Server) -> None:
    for key in ("", "x" * 201, "\t"):
        headers = server.headers | {"idempotency-key": key}
        response = await server.post(WRITE, headers, records=[actor("syria")])
        assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_a_database_that_is_written_by_others_is_told(server: Server) -> None:
    server.writer.settings = server.settings.model_copy(update={"timeout": 0.2})
    held, free = threading.Event(), threading.Event()

    def hold(_: sa.Connection) -> None:
        held.set()
        free.wait(60)

    other = asyncio.create_task(asyncio.to_thread(write, server.settings, hold))
    await asyncio.to_thread(held.wait)
    response = await server.post(WRITE, server.headers, records=[actor("syria")])
    assert (response.status_code, code_of(response)) == (503, "UNAVAILABLE")
    assert response.headers["retry-after"] == "5"
    assert "other processes write the database" in response.text
    assert (await server.post("{ actors { totalCount } }", {})).json()["data"]
    free.set()
    await other
    assert (await server.write(actor("syria")))["created"] == 1


async def test_a_write_that_fails_writes_nothing_and_the_next_one_works(
    server: Server, engine: str
) -> None:
    await server.write(actor("syria"))
    if engine == "sqlite":
        limit = "PRAGMA max_page_count=1"
        await server.writer.run(lambda connection: connection.exec_driver_sql(limit) and None)
    else:
        here = "SELECT pg_backend_pid()"
        pid = await server.writer.run(lambda connection: connection.scalar(sa.text(here)))
        await server.read(f"SELECT pg_terminate_backend({pid})")
    response = await server.post(WRITE, server.headers, records=[LARGE])
    assert (response.status_code, code_of(response)) == (503, "UNAVAILABLE")
    assert response.json()["errors"][0]["path"] == ["writeRecords"]
    assert "They met" not in response.text
    assert (await server.post("{ articles { totalCount } }", {})).json()["data"] == {
        "articles": {"totalCount": 0}
    }
    assert (await server.write(LARGE))["created"] == 1
    assert await server.read("SELECT id FROM revision ORDER BY id") == [(1,), (2,)]


# What makes the writer's connection fail, and what the client is told; a new connection works.
OBSTACLES = {
    "sqlite": {
        "the database's disk is full": "PRAGMA max_page_count=1",
        "the database is read-only": "PRAGMA query_only=1",
    },
    "postgresql": {
        "the database's disk is full": "SET SESSION mithaq.fails = '53100'",
        "the database is read-only": "SET default_transaction_read_only = on",
        LOST: "SET SESSION mithaq.fails = 'lost'",
    },
}
FAILING = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_setting('mithaq.fails', true) = 'lost' THEN
    PERFORM pg_terminate_backend(pg_backend_pid());
  ELSIF current_setting('mithaq.fails', true) = '53100' THEN
    RAISE 'could not extend file' USING ERRCODE = '53100';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON revision DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION fail();
"""
LARGE = article("daily", "They met in Damascus. " * 5_000)
THREE = """mutation Three($first: [RecordInput!]!, $second: [RecordInput!]!) {
  first: writeRecords(records: $first) { created revision { number } }
  second: writeRecords(records: $second) { created revision { number } }
  third: deleteRecords(ids: ["actor:syria"]) { deleted }
}"""


async def obstruct(server: Server, engine: str, reason: str) -> None:
    """Let the writer's connection fail for a reason."""
    sql = OBSTACLES[engine][reason]
    await server.writer.run(lambda connection: connection.exec_driver_sql(sql) and None)


@pytest.mark.parametrize("reason", OBSTACLES["postgresql"])
async def test_a_mutation_that_is_stopped_halfway_goes_on_when_sent_again(
    server: Server, engine: str, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason not in OBSTACLES[engine]:
        return  # SQLite has no connection that may be lost
    if engine == "postgresql":
        postgres.run_script(server.settings.database_url.rpartition("/")[2], FAILING)
    run = server.writer.run

    async def run_once(work: Any) -> Any:
        monkeypatch.undo()
        written = await run(work)
        await obstruct(server, engine, reason)
        return written

    monkeypatch.setattr(server.writer, "run", run_once)
    headers = server.headers | {"idempotency-key": "k"}
    variables = {"first": [actor("syria")], "second": [LARGE]}
    response = await server.post(THREE, headers, **variables)
    assert (response.status_code, code_of(response)) == (503, "UNAVAILABLE")
    body = response.json()
    first = {"created": 1, "revision": {"number": 1}}
    assert body["data"] is None
    assert body["errors"][0]["path"] == ["second"]
    assert body["errors"][0]["extensions"]["written"] == {"first": first}
    told = f"Nothing was written: {reason}. Retry in 5 seconds."
    if reason == LOST:
        told = f"Whether this was written is not known: {LOST}. Retry in 5 seconds, with the same"
    assert body["errors"][0]["message"].startswith(told)
    answer = await server.post("{ actors { totalCount } articles { totalCount } }", {})
    assert answer.json()["data"] == {"actors": {"totalCount": 1}, "articles": {"totalCount": 0}}
    again = (await server.post(THREE, headers, **variables)).json()
    second = {"created": 1, "revision": {"number": 2}}
    assert again == {
        "data": {"first": first, "second": second, "third": {"deleted": ["actor:syria"]}}
    }
    assert await server.read("SELECT id FROM revision ORDER BY id") == [(1,), (2,), (3,)]


async def test_who_waits_for_revisions_is_woken(server: Server) -> None:
    woken = asyncio.create_task(server.answerer.watch.wait_beyond(0))
    await server.write(actor("syria"))
    assert await asyncio.wait_for(woken, 10) == 1
    server.answerer.watch.close()


async def test_a_client_that_leaves_does_not_stop_what_has_begun(server: Server) -> None:
    begun, free = threading.Event(), threading.Event()

    def work(_: sa.Connection) -> str:
        begun.set()
        free.wait(60)
        return "written"

    running = asyncio.create_task(server.writer.run(work))
    await asyncio.to_thread(begun.wait)
    running.cancel()
    free.set()
    assert (await server.write(actor("syria")))["created"] == 1


async def test_what_arrives_together_is_committed_together(server: Server) -> None:
    begun, free, seen = threading.Event(), threading.Event(), []

    def hold(_: sa.Connection) -> None:
        begun.set()
        free.wait(60)

    def look(connection: sa.Connection) -> None:
        seen.append(id(connection))

    def refuse(_: sa.Connection) -> None:
        raise OperationError("FORBIDDEN", "No.")

    running = [asyncio.create_task(server.writer.run(hold))]
    await asyncio.to_thread(begun.wait)
    running += [asyncio.create_task(server.writer.run(work)) for work in (look, refuse, look)]
    written = [asyncio.create_task(server.write(actor(f"actor-{number}"))) for number in range(3)]
    await server.wait_for_jobs(6)
    free.set()
    outcomes = await asyncio.gather(*running, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NoneType, NoneType, OperationError, NoneType]
    assert [payload["created"] for payload in await asyncio.gather(*written)] == [1, 1, 1]
    assert len(seen) == 2
    assert len(set(seen)) == 1
    assert len(await server.read("SELECT id FROM revision")) == 3


async def test_a_mutation_that_fails_fails_alone(server: Server) -> None:
    begun, free = threading.Event(), threading.Event()

    def hold(_: sa.Connection) -> None:
        begun.set()
        free.wait(60)

    def fail(connection: sa.Connection) -> None:
        connection.execute(sa.text("DELETE FROM record"))
        raise ValueError("broken")

    running = asyncio.create_task(server.writer.run(hold))
    await asyncio.to_thread(begun.wait)
    first = asyncio.create_task(server.write(actor("syria")))
    failing = asyncio.create_task(server.writer.run(fail))
    second = asyncio.create_task(server.write(actor("turkey")))
    await server.wait_for_jobs(3)
    free.set()
    with pytest.raises(ValueError, match="broken"):
        await failing
    assert [(await task)["created"] for task in (first, second)] == [1, 1]
    await running
    assert await server.read("SELECT key FROM actor ORDER BY key") == [("syria",), ("turkey",)]


async def test_mutations_alike_compile_no_statement_again(server: Server) -> None:
    selected = """revision { number changes(first: 1) { nodes { record } } }
      changes { node { ... on Meeting { participants { nodes { role actor { name } } } } } }"""
    query = f"""mutation ($records: [RecordInput!]!) {{
      writeRecords(records: $records) {{ {selected} }}
    }}"""
    for key in ("syria", "turkey"):
        await server.send(query, records=[actor(key), meeting(f"talks-{key}")])
    compiled = [compile_.cache_info().misses for compile_ in (compile_once, compile_payload)]
    payload = await server.send(query, records=[actor("egypt"), meeting("talks-egypt")])
    assert payload["revision"]["changes"]["nodes"] == [{"record": "actor:egypt"}]
    again = [compile_.cache_info().misses for compile_ in (compile_once, compile_payload)]
    assert again == compiled


async def test_a_payload_has_the_changes_and_the_revision(server: Server) -> None:
    query = """mutation ($records: [RecordInput!]!, $dryRun: Boolean!) {
      writeRecords(records: $records, dryRun: $dryRun) {
        made: changes { id kind record action node { id ... on Actor { name(lang: "en") } } }
        created
        revision { number by why changes(first: 1) { totalCount nodes { record } } __typename }
        again: revision { number }
      }
    }"""
    records = [actor("syria"), meeting("talks")]
    host = [{"role": "HOST", "actor": "syria"}]
    dry = await server.send(query, records=records, dryRun=True)
    assert [change["record"] for change in dry["made"]] == ["actor:syria", "meeting:talks"]
    assert (dry["created"], dry["revision"], dry["again"]) == (2, None, None)
    await server.write(*records)
    records = [meeting("talks", participants=host)]
    assert await server.send(query, records=records, dryRun=False) == {
        "made": [
            {
                "id": "change:2:meeting:talks",
                "kind": "MEETING",
                "record": "meeting:talks",
                "action": "UPDATED",
                "node": {"id": "meeting:talks"},
            }
        ],
        "created": 0,
        "revision": {
            "number": 2,
            "by": "me",
            "why": "writeRecords 1 record",
            "changes": {"totalCount": 1, "nodes": [{"record": "meeting:talks"}]},
            "__typename": "Revision",
        },
        "again": {"number": 2},
    }
    nothing = await server.send(query, records=records, dryRun=False)
    assert nothing == {"made": [], "created": 0, "revision": None, "again": None}
    delete = """mutation {
      deleteRecords(ids: ["actor:syria"], cascade: true) { deleted revision { number } }
    }"""
    assert await server.send(delete) == {
        "deleted": ["actor:syria", "meeting:talks"],
        "revision": {"number": 3},
    }


async def test_a_payload_that_costs_too_much_is_refused_before_it_is_written(
    server: Server,
) -> None:
    below = "record"
    for _ in range(3):
        below = f"revision {{ changes(first: 500) {{ nodes {{ {below} }} }} }}"
    query = f"""mutation ($records: [RecordInput!]!) {{
      writeRecords(records: $records) {{ {below} }}
    }}"""
    response = await server.post(query, server.headers, records=[actor("syria")])
    assert code_of(response) == "COST_TOO_HIGH"
    assert await server.read("SELECT count(*) FROM revision") == [(0,)]


async def test_the_cost_of_a_mutation_is_told_and_charged(server: Server) -> None:
    told = server.headers | {"mithaq-cost": "1"}
    response = await server.post(WRITE, told, records=[actor("syria"), actor("turkey")])
    cost = {"requestedQueryCost": 21, "actualQueryCost": 21, "throttleStatus": None}
    assert response.json()["extensions"] == {"cost": cost}
    limited = server.settings.model_copy(update={"bucket_size": 30, "bucket_rate": 1})
    access = open_access(server.answerer.database, limited)
    endpoint = GraphQLEndpoint(server.answerer, limited, access=access)
    async with connect(endpoint) as client:
        for code in (None, "THROTTLED"):
            body = {"query": WRITE, "variables": {"records": [actor("oman"), actor("iraq")]}}
            response = await client.post("/graphql", json=body, headers=server.headers)
            assert (code_of(response) if code else None) == code
    await access.close()


async def test_a_payload_has_the_lines_before_and_after(server: Server) -> None:
    query = """mutation ($records: [RecordInput!]!, $dryRun: Boolean!) {
      writeRecords(records: $records, dryRun: $dryRun) { changes { before after } }
    }"""
    (made,) = (await server.send(query, records=[actor("syria")], dryRun=False))["changes"]
    assert made["before"] is None
    assert orjson.loads(made["after"])["key"] == "syria"
    changed = [{"actor": actor("syria")["actor"] | {"country": "SY"}}]
    (dry,) = (await server.send(query, records=changed, dryRun=True))["changes"]
    assert dry["before"] == made["after"]
    assert orjson.loads(dry["after"]) == orjson.loads(made["after"]) | {"country": "SY"}


async def test_actors_are_merged_and_unmerged(server: Server) -> None:
    await server.write(actor("syria"), actor("sham"), meeting("talks"))
    merge = f"""mutation ($from: ID!, $into: ID!) {{
      mergeActors(from: $from, into: $into) {{ actor {{ id }} revision {{ number why }} {ERRORS} }}
    }}"""
    unmerge = f"""mutation ($id: ID!) {{
      unmergeActors(id: $id) {{ actor {{ id }} revision {{ number }} {ERRORS} }}
    }}"""
    names = {"from": "actor:sham", "into": "actor:syria"}
    assert await server.send(merge, **names) == {
        "actor": {"id": "actor:syria"},
        "revision": {"number": 2, "why": "mergeActors actor:sham into actor:syria"},
        "userErrors": [],
    }
    again = await server.send(merge, **names)
    assert (again["actor"], again["revision"]) == (None, None)
    assert [(error["code"], error["field"]) for error in again["userErrors"]] == [
        ("NOT_FOUND", ["from"])
    ]
    wrong = await server.send(unmerge, id="meeting:talks")
    assert [(error["code"], error["field"]) for error in wrong["userErrors"]] == [
        ("INVALID", ["id"])
    ]
    await server.write(actor("syria", country="SY"))
    restored = await server.send(unmerge, id="actor:sham")
    assert (restored["actor"], restored["revision"]) == ({"id": "actor:sham"}, {"number": 4})
    assert [error["code"] for error in restored["userErrors"]] == ["CHANGED_SINCE"]
