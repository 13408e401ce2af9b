"""Kept answers beside a bare uvicorn that sends the same bytes, misses, and a mix with writes.

Prints a table: `make bench-cache`. Rates are requests per second of the server's own processor
time, as ratios of one round; the median of the rounds is told with the least and the greatest.
"""

import random
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from statistics import median

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.database.transactions import write
from api.settings import Settings
from benchmarks.cases import QUERIES, write_request
from benchmarks.databases import CACHE, COMMAND, Databases, alone, kept_postgres, prepare
from benchmarks.load import ask, drive
from benchmarks.processes import cpu_seconds, free_port, running
from benchmarks.writes import build_mutation
from tests.postgres import Postgres

ROUNDS, SECONDS, CONNECTIONS = 5, 2.0, 32
MIXED, PACE = 1_000, 10  # questions of the mix, and mutations a second meanwhile
DOCUMENT = (QUERIES / "02_first.graphql").read_text()
SHORT = write_request("/graphql", "{ __typename }", None, {})
NUMBERS = count(100)
Server = tuple[int, int]  # a process id and a port


def ask_page(first: int = 50, number: int = 0) -> bytes:
    """Write a request of a page of meetings; a number, which is not read, makes it another."""
    return write_request("/graphql", DOCUMENT, "First", {"first": first, "number": number})


PAGE = ask_page()


@contextmanager
def serving(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """Run a server for as long as the context lasts."""
    port = free_port()
    with running([*command, str(port)], port, CACHE / "cache.log", environment) as pid:
        yield pid, port


def measure(server: Server, requests: Sequence[bytes]) -> float:
    """Return the requests that a server answers in a second of its processor's time."""
    pid, port = server
    before = cpu_seconds(pid)
    load = drive(port, requests, CONNECTIONS, SECONDS)
    if load.failed:
        message = f"{load.failed} of {len(load.latencies)} requests failed."
        raise RuntimeError(message)
    return len(load.latencies) / (cpu_seconds(pid) - before)


def write_meanwhile(port: int, token: str, stop: threading.Event) -> None:
    """Add PACE meetings a second."""
    while not stop.wait(1 / PACE):
        ask(port, build_mutation(token))


def compare(first: Callable[[], float], second: Callable[[], float]) -> str:
    """Return the median, least and greatest ratio of two rates that are measured in turn."""
    first(), second()
    ratios = [first() / second() for _ in range(ROUNDS)]
    return f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def draw_mix() -> list[bytes]:
    """Draw requests of 1,000 questions, of which the n-th is asked 1/n as often as the first."""
    source = random.Random(1)  # noqa: S311 — the same questions every time
    questions = [ask_page(number % 50 + 1, number) for number in range(MIXED)]
    return source.choices(questions, [1 / (number + 1) for number in range(MIXED)], k=20_000)


def draw_once() -> list[bytes]:
    """Write requests that are never asked twice."""
    return [ask_page(50, next(NUMBERS)) for _ in range(40_000)]


def measure_engine(databases: Databases, engine: str) -> Iterator[tuple[str, str]]:
    """Yield what is compared on one database, and the ratio."""
    url = databases.url(engine)
    mithaq = [*COMMAND, "serve", "--port"]
    settings = Settings(database_url=url)
    now = datetime.now(UTC)
    token = write(settings, lambda connection: add_key(connection, "b", [KeyScope.WRITE], now))
    with ExitStack() as stack:
        kept = stack.enter_context(serving(mithaq, MITHAQ_DATABASE_URL=url))
        none = stack.enter_context(serving(mithaq, MITHAQ_DATABASE_URL=url, MITHAQ_CACHE="0"))
        for title, request in (("50 meetings", PAGE), ("`{ __typename }`", SHORT)):
            file = CACHE / "answer.json"
            file.write_bytes(ask(none[1], request))
            command = [sys.executable, "-m", "benchmarks.bare", str(file)]
            with serving(command) as bare:
                for server, how in ((kept, "kept"), (none, "not kept")):
                    measured = partial(measure, server, [request])
                    ratio = compare(measured, partial(measure, bare, [request]))
                    yield f"{title}, {how} ÷ bare uvicorn", ratio
        yield (
            "asked once: with the cache ÷ without",
            compare(lambda: measure(kept, draw_once()), lambda: measure(none, draw_once())),
        )
        stop = threading.Event()
        writer = threading.Thread(target=write_meanwhile, args=(none[1], token, stop))
        writer.start()
        mix = draw_mix()
        yield (
            f"a mix of {MIXED:,} questions, {PACE} mutations a second: with ÷ without",
            compare(lambda: measure(kept, mix), lambda: measure(none, mix)),
        )
        stop.set()
        writer.join()


def copy(databases: Databases, server: Postgres) -> Databases:
    """Copy the databases that other benchmarks read."""
    file = CACHE / "cache.db"
    shutil.copyfile(databases.sqlite, file)
    name = databases.postgresql.rpartition("/")[2]
    url = server.create_database(f"cache-{time.time_ns()}", template=name)
    return replace(databases, sqlite=file, postgresql=url)


def main() -> None:
    """Print the table."""
    with alone(), kept_postgres() as server:
        databases = copy(prepare("1k", server), server)
        print("| database | requests per second of processor time | ratio |\n| --- | --- | --- |")  # noqa: T201
        for engine in ("sqlite", "postgresql"):
            for what, ratio in measure_engine(databases, engine):
                print(f"| {engine} | {what} | {ratio} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
