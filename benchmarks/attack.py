"""Attacks a server, and measures how others fare meanwhile, and how soon what is over ends.

`mithaq serve` with its own settings, for each engine: every attack of `attacks.py` from eight
connections, while two others ask something small; clients that leave; and SIGTERM under load.
"""

import argparse
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.attacks import ATTACKS, EXPENSIVE, Attack
from benchmarks.cases import write_request
from benchmarks.databases import CACHE, Databases, alone, kept_postgres, prepare
from benchmarks.endings import Endings
from benchmarks.load import Connection, ask
from benchmarks.peers import serve_mithaq
from benchmarks.processes import OTHER_CORE, SERVER_CORE, free_port, running
from benchmarks.report import number, write_table

CONNECTIONS, SAMPLES, PAUSE = 8, 300, 0.01
AT_ONCE = 4  # servers that are stopped, for each takes seconds to start and to end
WITNESSES = {
    "__typename": "{ __typename }",
    "meetings": "{ meetings(first: 1) { nodes { key } } }",
}
FORK = get_context("fork")
CODE = re.compile(rb'"code":"(\w+)"')


@dataclass(slots=True)
class Row:
    """How others fared under one attack: seconds by witness, and what the attackers were told."""

    attack: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0
    told: Counter[str] = field(default_factory=Counter)


def request(document: str) -> bytes:
    """Write a question as a request."""
    return write_request("/graphql", document, None, {})


# The attackers: a process of its own, a thread for each connection.


def assault(port: int, attack: Attack, told: Any) -> None:
    """Ask a hostile question again and again, never in the same words, until killed."""

    def ask_on(place: int) -> None:
        for turn in range(1_000_000):
            document = f"{attack.document}\n# {place}.{turn}"
            with suppress(OSError):
                found = CODE.search(ask(port, request(document))[-2_000:])
                told.put(found[1].decode() if found else "answered")

    for place in range(CONNECTIONS):
        Thread(target=ask_on, args=(place,), daemon=True).start()
    signal.pause()


@contextmanager
def under(port: int, attack: Attack, row: Row) -> Iterator[None]:
    """Have a server attacked for as long as the context lasts."""
    told = FORK.SimpleQueue()
    process = FORK.Process(target=assault, args=(port, attack, told), daemon=True)
    process.start()
    try:
        time.sleep(1)
        yield
    finally:
        while not told.empty():
            row.told[told.get()] += 1
        process.kill()
        process.join()


# The witnesses.


def witness(port: int, row: Row, samples: int) -> None:
    """Ask the small questions in turn, and note how long each answer took."""
    for _ in range(samples):
        for name, document in WITNESSES.items():
            time.sleep(PAUSE)
            connection = Connection(port)
            connection.send(request(document))
            while not connection.receive():
                pass
            row.seconds.setdefault(name, []).append(time.perf_counter() - connection.sent_at)
            row.failed += connection.received[9:12] != b"200"
            connection.socket.close()


def percentile(values: list[float], share: float) -> float:
    """Return what this share of the values did not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


# A server, all of it.


@contextmanager
def served(databases: Databases, engine: str) -> Iterator[tuple[int, int]]:
    """Run a server as anybody would; give its process id and its port."""
    port, log = free_port(), CACHE / "results" / "attacked.log"
    environment = {"MITHAQ_DATABASE_URL": databases.url(engine)}
    command, cores = serve_mithaq("", port, databases), f"{SERVER_CORE},{OTHER_CORE}"
    with running(command, port, log, environment, cores) as pid:
        yield pid, port


def measure_attacks(databases: Databases, engine: str, told: argparse.Namespace) -> Iterator[Row]:
    """Attack a server in every way, each time from its start."""
    for attack in (Attack("nothing", "{ __typename }"), *ATTACKS):
        if told.attacks and told.attacks not in attack.name:
            continue
        row = Row(attack.name)
        with served(databases, engine) as (_, port), under(port, attack, row):
            witness(port, row, told.samples)
        yield row


def measure_departures(databases: Databases, engine: str, samples: int) -> list[float]:
    """Ask for something endless and leave, again and again: how soon does the statement end?"""
    seconds = []
    with served(databases, engine) as (pid, port), Endings(databases, engine, pid) as endings:
        for turn in range(samples):
            connection = Connection(port)
            connection.send(request(f"{EXPENSIVE.document}\n# {turn}"))
            endings.wait_until(busy=True)
            left = time.perf_counter()
            connection.socket.close()
            endings.wait_until(busy=False)
            seconds.append(time.perf_counter() - left)
    return seconds


def measure_stops(databases: Databases, engine: str, samples: int) -> list[float]:
    """Stop servers that are under attack, some at once: how long does each take?"""
    seconds: list[float] = []
    while len(seconds) < samples:
        with ExitStack() as stack:
            servers = [stack.enter_context(served(databases, engine)) for _ in range(AT_ONCE)]
            for _, port in servers:
                stack.enter_context(under(port, EXPENSIVE, Row("")))
            waiting = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
            seconds += waiting.map(_stop, [pid for pid, _ in servers])
    return seconds


def _stop(pid: int) -> float:
    start = time.perf_counter()
    os.kill(pid, signal.SIGTERM)
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.005)
    return time.perf_counter() - start


# What came of it.


def write_attacks(rows: list[Row]) -> str:
    """Write a table of how others fared; milliseconds."""
    columns = [f"{name}, {share}" for name in WITNESSES for share in ("p50", "p99")]
    by_name = {row.attack: row for row in rows}

    def cell(attack: str, column: str) -> str:
        row = by_name[attack]
        if column == "failed":
            return str(row.failed)
        if column == "attackers were told":
            return ", ".join(f"{code} {count}" for code, count in row.told.most_common())
        name, _, share = column.partition(", ")
        return number(percentile(row.seconds[name], int(share[1:]) / 100) * 1000)

    return write_table("ms", list(by_name), [*columns, "failed", "attackers were told"], cell)


def write_seconds(what: str, seconds: list[float]) -> str:
    """Write one line about how long something took."""
    if not seconds:
        return ""
    p50, p99 = (percentile(seconds, share) for share in (0.5, 0.99))
    return (
        f"{what}: p50 {p50:.3f} s, p99 {p99:.3f} s, longest {max(seconds):.3f} s "
        f"({len(seconds)} samples)\n\n"
    )


def write_engine(databases: Databases, engine: str, told: argparse.Namespace) -> Iterator[str]:
    """Measure an engine, and write its part of the report."""
    yield f"## {engine}, {told.scale} meetings\n\n"
    if rows := list(measure_attacks(databases, engine, told)):
        yield write_attacks(rows) + "\n"
    left = measure_departures(databases, engine, told.samples)
    yield write_seconds("From a client's leaving to its statement's end", left)
    stopped = measure_stops(databases, engine, told.stops)
    yield write_seconds("From SIGTERM to the exit, under attack", stopped)


def read_arguments() -> argparse.Namespace:
    """Read how much to measure."""
    parser = argparse.ArgumentParser(prog="benchmarks.attack")
    parser.add_argument("scale")
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--stops", type=int, default=SAMPLES)
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--attacks", default="", help="a part of the attacks' names")
    return parser.parse_args()


def main() -> None:
    """Measure each engine, and print the tables."""
    told = read_arguments()
    results = CACHE / "results"
    results.mkdir(parents=True, exist_ok=True)
    with suppress(PermissionError):  # what is measured is the server's, not the machine's queue
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    parts: list[str] = []
    with alone(), kept_postgres() as server:
        databases = prepare(told.scale, server)
        for engine in told.engines.split(","):
            parts += write_engine(databases, engine, told)
            print("".join(parts), flush=True)  # noqa: T201
            (results / "attack.md").write_text("".join(parts))


if __name__ == "__main__":
    main()
