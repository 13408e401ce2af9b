"""Documents by name: those that clients register, and those that are trusted."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.answer import Answerer
from api.errors import OperationFileError, SettingsError
from api.http.graphql import GraphQLEndpoint
from api.http.persisted import MAX_LENGTH, PersistedDocuments, hash_document, read_documents
from api.plan.operation_files import build_documents
from api.schema import SCHEMA
from api.settings import Settings
from tests.http.conftest import connect
from tests.test_cli import run

TEXT = "{ meetings(first: 1) { nodes { key } } }"
HASH = hash_document(TEXT)
PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": HASH}}
FILES = {
    Path("a.graphql"): "query A { meetings { nodes { ...Named } } } query B { __typename }",
    Path("b.graphql"): "fragment Named on Meeting { key title } fragment Other on Actor { key }",
}


def client_of(answerer: Answerer, documents: PersistedDocuments) -> httpx.AsyncClient:
    return connect(GraphQLEndpoint(answerer, Settings(), documents))


def code_of(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


async def test_a_document_is_sent_once_and_then_its_hash(answerer: Answerer) -> None:
    async with client_of(answerer, PersistedDocuments({})) as client:
        unknown = await client.post("/graphql", json={"extensions": PERSISTED})
        assert unknown.status_code == 200
        assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
        assert code_of(unknown) == "PERSISTED_QUERY_NOT_FOUND"
        sent = await client.post("/graphql", json={"query": TEXT, "extensions": PERSISTED})
        named = await client.post("/graphql", json={"extensions": PERSISTED})
        got = await client.get("/graphql", params={"extensions": json.dumps(PERSISTED)})
        by_id = await client.post("/graphql", json={"documentId": f"sha256:{HASH}"})
    assert sent.json()["data"]["meetings"]["nodes"]
    assert sent.content == named.content == got.content == by_id.content


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"query": "{ __typename }", "extensions": PERSISTED}, "PERSISTED_QUERY_HASH_MISMATCH"),
        ({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": HASH}}}, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"version": 1}}}, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": []}}, "BAD_REQUEST"),
        ({"documentId": 5}, "BAD_REQUEST"),
        ({"documentId": "sha256:00"}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"query": 5, "documentId": HASH}, "BAD_REQUEST"),
        ({"extensions": {}}, "BAD_REQUEST"),
    ],
)
async def test_a_name_is_the_hash_of_its_document(
    answerer: Answerer, fields: Mapping[str, Any], code: str
) -> None:
    async with client_of(answerer, PersistedDocuments({})) as client:
        assert code_of(await client.post("/graphql", json=fields)) == code


def test_a_long_document_is_not_remembered() -> None:
    long = "{ __typename }" + " " * MAX_LENGTH
    documents = PersistedDocuments({})
    name = {"persistedQuery": {"version": 1, "sha256Hash": hash_document(long)}}
    assert documents.find({"query": long, "extensions": name}) == long
    assert not documents.registered.values


async def test_only_trusted_documents_are_answered(answerer: Answerer) -> None:
    trusted = PersistedDocuments({"first": TEXT}, trusted_only=True)
    async with client_of(answerer, trusted) as client:
        named = await client.post("/graphql", json={"documentId": "first"})
        written = await client.post("/graphql", json={"query": TEXT})
        other = await client.post("/graphql", json={"query": "{ __typename }"})
        hashed = {"persistedQuery": {"version": 1, "sha256Hash": hash_document("{__typename}")}}
        registering = {"query": "{__typename}", "extensions": hashed}
        registered = await client.post("/graphql", json=registering)
    assert named.content == written.content
    assert other.status_code == registered.status_code == 403
    assert code_of(other) == code_of(registered) == "DOCUMENT_NOT_TRUSTED"
    assert not trusted.registered.values, "nothing of a stranger's is kept"


def test_each_operation_is_a_document_with_its_fragments() -> None:
    a, b = build_documents(SCHEMA._schema, FILES)  # noqa: SLF001 — Strawberry has no other door
    assert a.startswith("query A")
    assert "fragment Named on Meeting" in a
    assert "Other" not in a
    assert b == "query B {\n  __typename\n}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("query A {\n  nothing\n}", "c.graphql:2: Cannot query field 'nothing' on type 'Query'."),
        ("query A {", "c.graphql:1: Syntax Error: Expected Name, found <EOF>."),
        ("\n{ __typename }", "c.graphql:2: The operation has no name: give it one."),
        ("query A { __typename }\nquery A { __typename }", "c.graphql:1: There can be only one"),
    ],
)
def test_a_problem_is_told_at_its_line(text: str, problem: str) -> None:
    with pytest.raises(OperationFileError) as refused:
        build_documents(SCHEMA._schema, {Path("c.graphql"): text})  # noqa: SLF001
    assert str(refused.value).startswith(problem)


def test_the_command_writes_what_the_server_reads(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    written = tmp_path / "documents.json"
    run("documents", str(tmp_path), "--output", str(written))
    documents = read_documents(written)
    assert {hash_document(text) for text in documents.values()} == set(documents)
    assert len(documents) == 2


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, ": no *.graphql file is here"), (b"\xff", "a.graphql:1: the file is not UTF-8: ")],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / "a.graphql").write_bytes(content)
    with pytest.raises(OperationFileError, match=re.escape(problem)):
        run("documents", str(tmp_path))


def test_apollo_s_manifest_is_read(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    operation = {"id": HASH, "name": "A", "type": "query", "body": TEXT}
    manifest.write_text(json.dumps({"version": 1, "operations": [operation]}))
    assert read_documents(manifest) == {HASH: TEXT}


@pytest.mark.parametrize("content", [None, "[", "[]", '{"a": 1}', '{"operations": [1]}'])
def test_a_wrong_file_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "documents.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match=r"documents\.json: .*mithaq documents"):
        read_documents(path)
