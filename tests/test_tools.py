"""Other people's tools and clients, on the schema and against the running server."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gql import Client, gql
from gql.transport.httpx import HTTPXAsyncTransport

from api.http.persisted import read_documents
from api.settings import Settings
from tests.conftest import ROOT
from tests.nodejs import FOLDER, NODES, TOOLS, run_node
from tests.server import serving

SCRIPTS = Path(sys.executable).parent
REFUSALS = {"BAD_USER_INPUT", "BAD_CURSOR", "BAD_ID", "FIRST_AND_LAST", "PAGE_TOO_LARGE"}
SCHEMA = ROOT / "schema.graphql"
CLIENTS = {
    "apollo",
    "apollo, persisted",
    "apollo, persisted, by GET",
    "urql",
    "urql, by GET",
    "urql, persisted",
    "graphql-request",
    "graphql-request, by GET",
}


# Tools see no difference between the databases.
pytestmark = [
    pytest.mark.usefixtures("engine"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session"),
]


@pytest.fixture(scope="module")
def address(seeded: Settings) -> Iterator[str]:
    with serving(seeded) as url:
        yield url


def test_graphql_eslint_finds_nothing() -> None:
    """Every schema rule and Relay's; the exceptions are argued in eslint.config.mjs."""
    run_node(
        TOOLS / "eslint", "--stdin", "--stdin-filename", "schema.graphql", stdin=SCHEMA.read_text()
    )


@pytest.mark.parametrize(("node", "by_url"), [("locked", True), ("20", False)])
def test_graphql_codegen_makes_types(
    tmp_path: Path, address: str, node: str, *, by_url: bool
) -> None:
    config = json.loads((FOLDER / "codegen.json").read_text())
    made = tmp_path / "types.ts"
    config["generates"] = {str(made): next(iter(config["generates"].values()))}
    ours = tmp_path / "codegen.json"
    config["schema"] = address if by_url else str(SCHEMA)
    config["documents"] = str(ROOT / "tests" / "cases" / "playground" / "*.graphql")
    ours.write_text(json.dumps(config))
    run_node(TOOLS / "graphql-codegen", "--config", ours, node=NODES[node]())
    assert "export type MeetingConnection = {" in made.read_text()


def test_relay_s_compiler_makes_documents_that_are_trusted_and_answered(
    tmp_path: Path, seeded: Settings
) -> None:
    relay = shutil.copytree(FOLDER / "relay", tmp_path / "relay")
    shutil.copy(SCHEMA, tmp_path)
    run_node(TOOLS / "relay-compiler", "relay.config.json", folder=relay)
    documents = read_documents(relay / "documents.json")
    assert len(documents) == 3
    variables = {"country": "TR", "id": "meeting:ankara-reception"}
    trusting = {"MITHAQ_DOCUMENTS": str(relay / "documents.json"), "MITHAQ_TRUSTED_ONLY": "1"}
    with serving(seeded, **trusting) as url:
        for name in documents:
            body = {"documentId": name, "variables": variables}
            answer = httpx.post(url, json=body).json()
            assert "errors" not in answer, answer


def test_clients_of_javascript_get_their_answers(address: str) -> None:
    answers = json.loads(run_node("clients.mjs", address))
    assert set(answers) == CLIENTS
    (same,) = {tuple(names) for names in answers.values()}
    assert len(set(same)) == 6, "two pages of three"


async def test_gql_knows_the_schema_and_gets_its_answer(address: str) -> None:
    transport = HTTPXAsyncTransport(url=address)
    async with Client(transport=transport, fetch_schema_from_transport=True) as client:
        query = gql(
            '{ node(id: "meeting:ankara-reception") { ... on Event { title(lang: "en") } } }'
        )
        assert (await client.execute(query))["node"]["title"].startswith("Reception")


def test_schemathesis_finds_no_fault_but_its_own(address: str, tmp_path: Path) -> None:
    """What it reports are refusals of what it had no way to know: each has a code that says so."""
    # Mutations are left out: without a key each of them is refused.
    options = ["--include-name-regex=^Query", "--max-examples=2", "--seed=1", "--no-color"]
    command = [str(SCRIPTS / "schemathesis"), "run", address, *options]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Tested: 25" in result.stdout, result.stdout + result.stderr
    found = re.findall(r"^- (ST\d+) ", result.stdout, re.MULTILINE)
    codes = re.findall(r'"code":"(\w+)"', result.stdout)
    assert len(found) <= len(codes), result.stdout
    assert set(codes) <= REFUSALS, result.stdout
