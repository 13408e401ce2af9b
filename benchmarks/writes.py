"""Mutations a second beside hand-written transactions, reads meanwhile, and 1,000 subscribers.

Prints a part of the report for each database: `make bench-writes`. Each mutation adds one meeting.
The hand-written transactions insert and update the rows that those mutations wrote, one meeting to
a transaction, by the bare driver and with the same durability.
"""

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import sqlalchemy as sa

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.database.migrations import migrate
from api.database.sqlite import load_driver
from api.database.transactions import read, write
from api.settings import Settings
from benchmarks.attack import percentile
from benchmarks.cases import write_request
from benchmarks.intake import (
    TABLES,
    Rows,
    build_people,
    import_file,
    list_columns,
    read_new_rows,
    read_rows,
    write_lines,
)
from benchmarks.load import Connection, ask, drive
from benchmarks.processes import family
from tests.postgres import running_postgres
from tests.server import started

ROUNDS, SECONDS, WARM = 3, 4.0, 1.0
CLIENTS = (1, 8)
PACE = 50  # mutations a second, while reads are measured
PAUSE = 0.005  # seconds between two reads
SUBSCRIBERS, DELIVERIES = 1_000, 20
WRITE = (
    "mutation Add($records: [RecordInput!]!) "
    "{ writeRecords(records: $records) { created userErrors { message } } }"
)
READ = write_request("/graphql", "{ meetings(first: 1) { nodes { key } } }", None, {})
SUBSCRIBE = "subscription { changes { record action } }"
# Without kept answers, since reads are to be statements.
LIMITS = {
    "MITHAQ_MAX_SUBSCRIPTIONS": "5000",
    "MITHAQ_MAX_CONNECTIONS": "5000",
    "MITHAQ_CACHE": "0",
}
DURABLE = "-c fsync=on -c synchronous_commit=on -c jit=off"
NUMBERS = count()
FORK = get_context("fork")
# What identifies a mutation's rows: the revision's number or the record's id.
BY_REVISION = {"revision": "id", "change": "revision_id"}
BY_RECORD = {
    "record": "id",
    "event": "id",
    "meeting": "id",
    "event_place": "event_id",
    "participation": "event_id",
    "search_record": "id",
    "search_field": "record_id",
    "search_index": "rowid",
}
Statements = list[tuple[str, list[Any]]]


def build_mutation(token: str) -> bytes:
    """Build a request that adds a meeting of two participants."""
    number = next(NUMBERS)
    record = {
        "key": f"meeting-{number}",
        "format": "TALKS",
        "title": [{"language": "en", "text": f"Talks number {number} on the crossing"}],
        "date": {"edtf": "2025-05"},
        "place": f"place-{number % 200}",
        "participants": [
            {"role": "HOST", "actor": f"actor-{number % 1000}"},
            {"role": "GUEST", "actor": f"actor-{1000 + number % 1000}"},
        ],
    }
    request = write_request("/graphql", WRITE, None, {"records": [{"meeting": record}]})
    return request.replace(b"\r\n", f"\r\nAuthorization: Bearer {token}\r\n".encode(), 1)


# The hand-written transactions.


def build_transactions(rows: Rows, numbered: Callable[[int], str]) -> list[Statements]:
    """Build the statements of each mutation from the rows that it wrote."""
    by_name = {table.name: (table.c.keys(), values) for table, values in rows.items()}
    columns, values = by_name["record"]
    owners = {}
    for row in values:
        named = dict(zip(columns, row, strict=True))
        owners[named["revision_id"]] = named["id"]
    first: list[Statements] = []
    of_record: dict[int, Statements] = defaultdict(list)
    for table, values in rows.items():
        marks = ", ".join(map(numbered, range(1, len(table.c) + 1)))
        sql = f"INSERT INTO {table.name} ({list_columns(table)}) VALUES ({marks})"  # noqa: S608
        owner = BY_REVISION.get(table.name) or BY_RECORD.get(table.name)
        if owner is None:  # the dossier of all mutations, which the first one writes
            first += [[(sql, list(row))] for row in values]
            continue
        place = table.c.keys().index(owner)
        for row in values:
            key = row[place]
            of_record[owners[key] if table.name in BY_REVISION else key].append((sql, list(row)))
    columns, values = by_name["participation"]
    counted = f"UPDATE actor SET event_count = event_count + 1 WHERE id = {numbered(1)}"  # noqa: S608
    ranked = f"UPDATE search_record SET date_desc = {numbered(1)} WHERE id = {numbered(2)}"  # noqa: S608
    for row in values:
        named = dict(zip(columns, row, strict=True))
        statements = of_record[named["event_id"]]
        statements.append((counted, [named["actor_id"]]))
        statements.append((ranked, [" 0000000026", named["actor_id"]]))
    tallied = f"INSERT INTO record_count VALUES ({', '.join(map(numbered, (1, 2, 3)))})"  # noqa: S608
    for revision, owner in owners.items():
        of_record[owner].append((tallied, ["MEETING", revision, 1]))
    return first + [of_record[owner] for _, owner in sorted(owners.items())]


def write_sqlite(path: Path, transactions: list[Statements]) -> float:
    """Run transactions by the bare driver; return how many a second."""
    connection = load_driver().connect(path, isolation_level=None)
    for pragma in ("synchronous=FULL", "cache_size=-65536", "foreign_keys=1"):
        connection.execute(f"PRAGMA {pragma}")
    start = time.perf_counter()
    for statements in transactions:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            connection.execute(sql, values)
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return len(transactions) / seconds


async def write_postgres(url: str, transactions: list[Statements]) -> float:
    """Run transactions by the bare driver, which prepares each statement once."""
    connection = await asyncpg.connect(url)
    start = time.perf_counter()
    for statements in transactions:
        async with connection.transaction():
            for sql, values in statements:
                await connection.fetch(sql, *values)
    seconds = time.perf_counter() - start
    await connection.close()
    return len(transactions) / seconds


def write_by_hand(settings: Settings, rows: Rows) -> float:
    """Write the rows by hand; return how many transactions a second."""
    if (path := settings.sqlite_path) is not None:
        return write_sqlite(path, build_transactions(rows, lambda _: "?"))
    transactions = build_transactions(rows, lambda number: f"${number}")
    return asyncio.run(write_postgres(settings.database_url, transactions))


def measure_writes(port: int, token: str, ours: Settings, other: Settings) -> Iterator[str]:
    """Measure mutations and the same rows written by hand, in turn."""
    for clients in CLIENTS:
        rates, ratios, latencies = [], [], []
        for _ in range(ROUNDS):
            before = read_rows(ours)
            # More than can be sent in this time, since `drive` begins anew after the last.
            requests = [build_mutation(token) for _ in range(int(SECONDS * 500))]
            load = drive(port, requests, clients, SECONDS)
            rows = read_new_rows(ours, before)
            written = len(rows[TABLES["meeting"]])
            if load.failed or written != len(load.latencies):
                message = f"{written} of {len(load.latencies)} mutations were written."
                raise RuntimeError(message)
            by_hand = write_by_hand(other, rows)
            rates.append(written / load.seconds)
            ratios.append(rates[-1] / by_hand)
            latencies += load.latencies
        yield (
            f"| {clients} | {median(rates):.1f} | {median(rates) / median(ratios):.1f} | "
            f"{median(ratios):.2f} | {percentile(latencies, 0.5) * 1000:.1f} | "
            f"{percentile(latencies, 0.99) * 1000:.1f} |\n"
        )


# Reads while others write.


def write_steadily(port: int, requests: list[bytes]) -> None:
    """Send mutations at an even pace."""
    connection, due = Connection(port), time.perf_counter()
    for request in requests:
        connection.send(request)
        while not connection.receive():
            pass
        due = max(due + 1 / PACE, time.perf_counter() - 1)
        time.sleep(max(0, due - time.perf_counter()))


def read_for(port: int, seconds: float) -> list[float]:
    """Read one meeting again and again; return how long each answer took."""
    connection, latencies = Connection(port), []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        time.sleep(PAUSE)
        connection.send(READ)
        while not connection.receive():
            pass
        latencies.append(time.perf_counter() - connection.sent_at)
    connection.socket.close()
    return latencies


def count_revisions(settings: Settings) -> int:
    """Return the number of revisions."""
    query = sa.select(sa.func.max(TABLES["revision"].c.id))
    return int(read(settings, lambda connection: connection.scalar(query)) or 0)


def measure_reads(port: int, token: str, settings: Settings) -> str:
    """Measure reads without and with mutations, in turn."""
    alone, among, rates = [], [], []
    for _ in range(ROUNDS):
        alone += read_for(port, SECONDS)
        requests = [build_mutation(token) for _ in range(int(PACE * SECONDS * 3))]
        writer = FORK.Process(target=write_steadily, args=(port, requests), daemon=True)
        writer.start()
        time.sleep(WARM)
        before = count_revisions(settings)
        among += read_for(port, SECONDS)
        rates.append((count_revisions(settings) - before) / SECONDS)
        writer.kill()
        writer.join()
    p50, p99 = (
        [percentile(each, share) * 1000 for each in (alone, among)] for share in (0.5, 0.99)
    )
    return (
        f"Reads beside {median(rates):.0f} mutations/s: p50 {p50[0]:.2f} → {p50[1]:.2f} ms, "
        f"p99 {p99[0]:.2f} → {p99[1]:.2f} ms ({p99[1] / p99[0]:.2f} times).\n\n"
    )


# Subscribers.


def read_memory(pid: int) -> int:
    """Read how many kB a process and its children hold."""
    status = "".join(Path(f"/proc/{item}/status").read_text() for item in family(pid))
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


async def measure_subscribers(port: int, pid: int, token: str) -> str:
    """Open event streams on one feed, and measure how soon each has a mutation's change."""
    before = read_memory(pid)
    request = write_request("/graphql", SUBSCRIBE, None, {})
    request = request.replace(b"Accept: application/json", b"Accept: text/event-stream")
    streams = []
    for _ in range(SUBSCRIBERS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await reader.readuntil(b"\r\n\r\n")
        streams.append((reader, writer))
    await asyncio.sleep(2 * WARM)
    memory = (read_memory(pid) - before) / SUBSCRIBERS
    seconds: list[float] = []

    async def take(reader: asyncio.StreamReader, start: float) -> None:
        await reader.readuntil(b"event: next\ndata: ")
        seconds.append(time.perf_counter() - start)

    for _ in range(DELIVERIES):
        start = time.perf_counter()
        delivered = asyncio.gather(*(take(reader, start) for reader, _ in streams))
        await asyncio.to_thread(ask, port, build_mutation(token))
        await asyncio.wait_for(delivered, 60)
    for _, writer in streams:
        writer.close()
    p50, p99 = (percentile(seconds, share) * 1000 for share in (0.5, 0.99))
    return (
        f"{SUBSCRIBERS:,} subscribers (event streams, one worker): from sending a mutation to its "
        f"change, p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {max(seconds) * 1000:.0f} ms; "
        f"{memory:.0f} kB of the server's memory for each.\n"
    )


def measure(name: str, pair: list[Settings], people: Path) -> Iterator[str]:
    """Measure all on one database, and write its part of the report."""
    ours, other = pair
    for each in (ours, other):
        migrate(each)
        import_file(each, people)
    now = datetime.now(UTC)
    token = write(ours, lambda connection: add_key(connection, "bench", [KeyScope.WRITE], now))
    with started(ours, (), LIMITS, cold=True) as (process, address):
        port = int(address.rstrip("/").rpartition(":")[2].partition("/")[0])
        before = read_rows(ours)
        drive(port, [build_mutation(token) for _ in range(1000)], 1, WARM)
        write_by_hand(other, read_new_rows(ours, before))
        yield f"## {name}\n\n"
        yield "| clients | mutations/s | by hand/s | ratio | p50, ms | p99, ms |\n"
        yield "| ---: | ---: | ---: | ---: | ---: | ---: |\n"
        yield from measure_writes(port, token, ours, other)
        yield "\n" + measure_reads(port, token, ours)
        yield asyncio.run(measure_subscribers(port, process.pid, token)) + "\n"


def main() -> None:
    """Measure on both databases."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        people = write_lines(Path(folder, "people.jsonl"), build_people())
        pair = [Settings(database_url=f"sqlite:///{folder}/{name}.db") for name in "ab"]
        for part in measure("SQLite", pair, people):
            print(part, end="", flush=True)  # noqa: T201
        server = stack.enter_context(running_postgres(DURABLE))
        pair = [Settings(database_url=server.create_database(name)) for name in "ab"]
        for part in measure("PostgreSQL", pair, people):
            print(part, end="", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
