"""The documentation: its examples are run, its answers compared, its links and file names checked.

A fenced block is run by its language: `graphql` is asked of the seeds, a `json` block after it is
its answer, and a `sql` block after it is asked of the exported tables; `sh` is run in a folder with
the seeds; `yaml`, `jsonl` and `text` are written to the file that the sentence before them names,
for the commands after them; `js` and `python` are run until they have printed the newest change.
`ini` is not run.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import httpx
import pytest

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.intake import import_paths
from api.settings import Settings
from api.tables.files import write_package
from tests.conftest import AT, NUMBERS, ROOT, NewDatabase
from tests.documentation import DOCUMENTS
from tests.nodejs import FOLDER, find_node
from tests.postgres import Postgres
from tests.server import mithaq, serving
from tests.transactions import write
from tests.warm import warm_python

PAGES = [*DOCUMENTS, ROOT / "SECURITY.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+)`:\n\n$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:api|benchmarks|docs|migrations|playground|seeds|tests)/[\w./-]*)`")
ADDRESS = "http://127.0.0.1:8000"
NEWEST = "{ changes(last: 1) { nodes { id } } }"
# Programs that follow changes, and the names of their files.
PROGRAMS = {"js": (find_node, "follow.mjs"), "python": (lambda: sys.executable, "follow.py")}
POSTGRESQL = "postgresql://user:password@host:5432/mithaq"
# `mithaq serve` stops as soon as it answers.
SERVE = """
import re, subprocess, sys, urllib.request
command = [*{mithaq}, *sys.argv[1:], "--port", "0"]
pipe = subprocess.PIPE
with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, text=True) as server:
    address = re.search("http://[^/ ]+", server.stdout.readline())
    if address:
        urllib.request.urlopen(address[0] + "/health/live", timeout=60)
        server.terminate()
sys.exit(server.wait())
"""


def write_commands(folder: Path) -> None:
    """Write the commands that pages name; `make` only shows what it would do."""
    serve = shlex.join([*warm_python(), "-c", SERVE.format(mithaq=mithaq())])
    scripts = {
        "make": f'unset MAKEFLAGS; exec "{shutil.which("make")}" -n -C "{ROOT}" "$@"',
        "alembic": f'exec {shlex.join(warm_python())} -m alembic "$@"',
        "pytest": f'exec "{sys.executable}" -m pytest "$@"',
        "mithaq": f'[ "$1" = serve ] || exec {shlex.join(mithaq())} "$@"\nexec {serve} "$@"',
    }
    folder.mkdir(parents=True)
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)


class Block(NamedTuple):
    """A fenced block: its language, its text, and the text between it and the block before it."""

    language: str
    text: str
    before: str


def read_blocks(path: Path) -> list[Block]:
    """Read a page's blocks, in order."""
    page, end, blocks = path.read_text("utf-8"), 0, []
    for match in BLOCK.finditer(page):
        blocks.append(Block(match[1], match[2], page[end : match.start()]))
        end = match.end()
    return blocks


BLOCKS = {path: read_blocks(path) for path in DOCUMENTS}
WITH_COMMANDS = [path for path in BLOCKS if any(block.language == "sh" for block in BLOCKS[path])]
# Pages whose examples are asked in their order, with a key, of a database of their own.
WRITING = [
    path for path, blocks in BLOCKS.items() if any("mutation" in block.text for block in blocks)
]
QUERIES = [
    pytest.param(block.text, following, id=f"{path.stem}-{number}")
    for path, blocks in BLOCKS.items()
    if path not in WRITING
    for number, (block, following) in enumerate(pairwise([*blocks, None]))
    if block and block.language == "graphql"
]


@pytest.fixture(scope="module")
def with_seeds(new_migrated: NewDatabase) -> Settings:
    settings = new_migrated()
    import_paths([ROOT / "seeds"], lambda work: write(settings, work))
    return settings


@pytest.fixture(scope="module")
def address(with_seeds: Settings) -> Iterator[str]:
    """Serve the seeds alone, as `make serve` does."""
    with serving(with_seeds) as server:
        yield server.removesuffix("/graphql")


def find_empty(value: Any, path: str = "") -> Iterator[str]:
    """Find lists without items, and counts of zero."""
    if value in ([], 0) and path.endswith((".nodes", ".groups", ".totalCount")):
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from find_empty(item, f"{path}.{key}")


def ask(address: str, query: str) -> Any:
    """Return the answer to a query, or the first answer to a subscription."""
    headers = {"Mithaq-Cost": "1"}
    if query.startswith("subscription"):
        headers = {"Accept": "text/event-stream"}
    url = f"{address}/graphql"
    asked = httpx.stream("POST", url, json={"query": query}, headers=headers, verify=False)
    with asked as response:
        if query.startswith("subscription"):
            lines = (line for line in response.iter_lines() if line.startswith("data: "))
            return json.loads(next(lines).removeprefix("data: "))
        return json.loads(response.read())


@pytest.mark.parametrize(("query", "following"), QUERIES)
def test_a_query_is_answered_as_shown(address: str, query: str, following: Block | None) -> None:
    response = ask(address, query)
    assert "errors" not in response
    assert list(find_empty(response["data"])) == []
    if following and following.language == "json":
        shown = json.loads(following.text)
        assert {key: response[key] for key in shown} == shown
    *_, cost = re.findall(r"= ([\d,]+)$", query, re.MULTILINE) or [None]
    if cost:
        spent = response["extensions"]["cost"]["requestedQueryCost"]
        assert spent == int(cost.replace(",", ""))


def test_tables_answer_as_graphql_does(address: str, with_seeds: Settings, tmp_path: Path) -> None:
    write_package(with_seeds, tmp_path / "tables", "parquet")
    asked = [
        (block.text, following.text)
        for blocks in BLOCKS.values()
        for block, following in pairwise(blocks)
        if (block.language, following.language) == ("graphql", "sql")
    ]
    assert len(asked) == 10
    for query, sql in asked:
        answer = json.dumps(ask(address, query)["data"])
        rows = duckdb.execute(sql.replace("'tables/", f"'{tmp_path}/tables/")).fetchall()
        assert rows
        missing = {
            json.dumps(value) for row in rows for value in row if json.dumps(value) not in answer
        }
        assert not missing, sql


@pytest.mark.parametrize("path", WRITING, ids=lambda path: path.stem)
def test_mutations_are_answered_as_shown(path: Path, new_migrated: NewDatabase) -> None:
    settings = new_migrated()
    import_paths([ROOT / "seeds"], lambda work: write(settings, work))
    token = write(settings, lambda connection: add_key(connection, "me", [KeyScope.WRITE], AT))
    headers = {"Authorization": f"Bearer {token}"}
    with serving(settings) as address, httpx.Client(headers=headers) as client:
        for block, following in pairwise([*BLOCKS[path], Block("", "", "")]):
            if block.language == "graphql":
                answer = client.post(address, json={"query": block.text}).json()
                shown = json.loads(following.text) if following.language == "json" else answer
                assert answer == shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database that `mithaq init` creates, as `make serve` runs it."""
    path = tmp_path_factory.mktemp("documentation")
    subprocess.run(mithaq("init"), cwd=path, check=True)
    return path


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.stem)
def test_commands_run(path: Path, folder: Path, postgres: Postgres, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    for name in ("seeds", "migrations", "alembic.ini"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "titles.graphql").write_text("query Titles { meetings { totalCount } }")
    tools = tmp_path / ".venv" / "bin"
    write_commands(tools)
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    bash = shutil.which("bash")
    assert bash
    url = postgres.create_database(f"docs_{path.stem}_{next(NUMBERS)}".lower())

    def run(script: str, address: str = "") -> None:
        script = script.replace(ADDRESS, address).replace(POSTGRESQL, url)
        done = subprocess.run(
            [bash, "-euc", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"

    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")

    def follow(block: Block, address: str) -> None:
        find_program, name = PROGRAMS[block.language]
        here = ADDRESS.removeprefix("http:")
        (tmp_path / name).write_text(block.text.replace(here, address.removeprefix("http:")))
        (node,) = ask(address, NEWEST)["data"]["changes"]["nodes"]
        command = [find_program(), str(tmp_path / name)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as following:
            assert following.stdout
            assert any(line.startswith(node["id"]) for line in following.stdout)
            following.kill()

    with serving(Settings(database_url=f"sqlite:///{tmp_path}/var/mithaq.db")) as endpoint:
        for block in BLOCKS[path]:
            if block.language in {"yaml", "jsonl", "text"}:
                named = NAMED.search(block.before)
                assert named, f"no sentence names the file of:\n{block.text}"
                file = tmp_path / named[1]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.text, "utf-8")
            elif block.language == "sh":
                run(block.text, endpoint.removesuffix("/graphql"))
            elif block.language in PROGRAMS:
                follow(block, endpoint.removesuffix("/graphql"))
            else:
                assert block.language in {"graphql", "json", "sql", "ini"}, block.language


def list_anchors(page: Path) -> set[str]:
    """List the anchors of a page's headings, as they are made of the headings' words."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_and_file_names_exist(page: Path) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    for link in LINK.findall(text):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link
    for name in PATH.findall(text):
        assert (ROOT / name).exists(), name


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150
