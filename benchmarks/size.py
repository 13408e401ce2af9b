"""How much slower answers are in a larger PostgreSQL database: `make bench-size SIZES="1 4"`.

Each size is a number of millions of meetings, made once by multiplying the database of 100,000, and
kept. After each this prints, of all sizes so far: the ten questions' p50 and p99 of one client that
waits for each answer, the largest tables and indexes, and the questions that PostgreSQL plans
otherwise than at the size before.
"""

import asyncio
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import asyncpg

from api.database import open_database
from api.plan.catalog import build_catalog
from api.plan.operations import Operation
from api.prepared import PreparedOperations
from api.schema import SCHEMA
from api.settings import Settings
from benchmarks.cases import QUERIES, Case, read_cases, walk_to_the_middle, write_request
from benchmarks.databases import CACHE, COMMAND, alone, kept_postgres, make_once, prepare_postgresql
from benchmarks.generate import SCALES
from benchmarks.load import Load, drive
from benchmarks.multiply import multiply
from benchmarks.processes import free_port, running

BASE = "100k"
SECONDS, WARM = 10.0, 2.0  # that each question is asked for, and before that
LARGEST = 15  # tables and indexes that are printed
MEGABYTE = 1 << 20
# Answers are statements, however long they take.
SERVED = {"MITHAQ_CACHE": "0", "MITHAQ_TIMEOUT": "60"}
# The settings of a server's connections that plans depend on.
PLANNING = {"plan_cache_mode": "force_generic_plan", "jit": "off", "random_page_cost": "1.1"}
SIZES = """
SELECT relname AS name, pg_relation_size(oid) AS bytes FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') ORDER BY bytes DESC"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at one size: the load of each question, and the nodes of its plan."""

    meetings: int
    loads: dict[str, Load]
    plans: dict[str, list[str]]
    sizes: list[tuple[str, int]]
    total: int


def list_nodes(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the nodes of a plan that read tables, as "Index Scan event_date_desc"."""
    name = plan.get("Index Name") or plan.get("Relation Name")
    if name:
        yield f"{plan['Node Type']} {name}"
    for inner in plan.get("Plans", []):
        yield from list_nodes(inner)


async def read_plans(settings: Settings, cases: Sequence[Case]) -> dict[str, list[str]]:
    """Return the nodes of each question's plan, as a server has PostgreSQL plan it."""
    database = await open_database(settings)
    operations = PreparedOperations(build_catalog(SCHEMA), database, settings.limits)
    connection = await asyncpg.connect(settings.database_url, server_settings=PLANNING)
    plans = {}
    for case in cases:
        operation = await operations.read((QUERIES / f"{case.name}.graphql").read_text(), None)
        assert isinstance(operation, Operation)
        variables, shape = operation.read(case.variables[0])
        prepared = await operations.prepare(operation, variables, shape, 0)
        sql = prepared.statement.sql
        number = max(map(int, re.findall(r"\$(\d+)", sql)), default=0)
        values = f"({', '.join(['NULL'] * number)})" if number else ""
        await connection.execute(f"PREPARE question AS {sql}")
        found = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE question{values}")
        await connection.execute("DEALLOCATE question")
        plans[case.name] = list(list_nodes(json.loads(found)[0]["Plan"]))
    await connection.close()
    await database.close()
    return plans


def measure_loads(url: str, size: int) -> tuple[Sequence[Case], dict[str, Load]]:
    """Ask a server each question by one client, which waits for each answer."""
    port = free_port()
    environment = {"MITHAQ_DATABASE_URL": url} | SERVED
    loads = {}
    with running([*COMMAND, "serve", "--port", str(port)], port, CACHE / "size.log", environment):
        cases = read_cases(BASE, list(walk_to_the_middle(BASE, port)))
        for case in cases:
            query = (QUERIES / f"{case.name}.graphql").read_text()
            requests = [
                write_request("/graphql", query, case.operation, variables)
                for variables in case.variables
            ]
            drive(port, requests, 1, WARM)
            loads[case.name] = drive(port, requests, 1, SECONDS)
            show(f"{size}: {case.name} {loads[case.name].percentile(0.5) * 1e3:.2f} ms")
    return cases, loads


def measure(url: str, size: int) -> Measured:
    """Measure a database of so many meetings."""
    cases, loads = measure_loads(url, size)
    plans = asyncio.run(read_plans(Settings(database_url=url), cases))
    sizes = asyncio.run(fetch(url, SIZES))
    [(total,)] = asyncio.run(fetch(url, "SELECT pg_database_size(current_database())"))
    return Measured(size, loads, plans, [(row["name"], row["bytes"]) for row in sizes], total)


async def fetch(url: str, query: str) -> list[asyncpg.Record]:
    """Return the rows of a query."""
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(query)
        return rows
    finally:
        await connection.close()


def report(measured: Sequence[Measured]) -> Iterator[str]:
    """Write what was measured as Markdown."""
    heads = [f"{item.meetings:,}" for item in measured]
    yield write_row("p50, p99 in ms", *heads)
    yield write_row("---", *["---:"] * len(heads))
    for question in measured[0].loads:
        loads = [item.loads[question] for item in measured]
        yield write_row(question, *map(write_load, loads))
    yield ""
    yield write_row("MB", *heads)
    yield write_row("---", *["---:"] * len(heads))
    yield write_row("all", *[f"{item.total / MEGABYTE:,.0f}" for item in measured])
    sizes = [dict(item.sizes) for item in measured]
    for name in list(sizes[-1])[:LARGEST]:
        yield write_row(f"`{name}`", *[f"{item[name] / MEGABYTE:,.0f}" for item in sizes])
    for smaller, larger in pairwise(measured):
        for question, nodes in larger.plans.items():
            if nodes != smaller.plans[question]:
                yield f"\n{question}, {smaller.meetings:,} → {larger.meetings:,}:"
                yield from (f"- {', '.join(item.plans[question])}" for item in (smaller, larger))


def write_row(*cells: str) -> str:
    """Write a row of a table."""
    return f"| {' | '.join(cells)} |"


def write_load(load: Load) -> str:
    """Write the times of a question's answers, and how many failed."""
    times = ", ".join(f"{load.percentile(share) * 1e3:.1f}" for share in (0.5, 0.99))
    return times + (f", {load.failed} failed" if load.failed else "")


def show(line: str) -> None:
    """Print what is going on, apart from the report."""
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)  # noqa: T201


def main(millions: Sequence[str]) -> None:
    """Measure the base and its multiples."""
    base = SCALES[BASE]
    with alone(), kept_postgres() as server:
        url = prepare_postgresql(BASE, server)
        measured = [measure(url, base.meetings)]
        template = url.rpartition("/")[2]
        for item in millions:
            times = round(float(item) * 1e6 / base.meetings)
            show(f"{times} times {base.meetings:,} meetings")
            fill = partial(multiply, base, times)
            larger = make_once(server, f"{template}-times-{times}", fill, template)
            measured.append(measure(larger, times * base.meetings))
            print("\n".join(report(measured)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
