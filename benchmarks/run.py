"""Measures: each server alone on one core, the load and PostgreSQL on the other, in rounds.

What is timed is checked before: every server gives the floor's values, and Mithaq its very bytes.
The cells go to .cache/bench/results/<scale>.json, and from there into a table and a plot.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.cases import Case, read_cases, same_values, walk_to_the_middle
from benchmarks.databases import CACHE, ROOT, Databases, alone, kept_postgres, prepare
from benchmarks.load import Load, ask, drive
from benchmarks.peers import ALL, FLOOR, MITHAQ, Peer, Running
from benchmarks.processes import OTHER_CORE, cpu_seconds, free_port, peak_memory, running

CHECKED = 12  # sets of variables whose answers are compared


@dataclass(slots=True)
class Cell:
    """What one server did with one query in one round; times in milliseconds, sizes in bytes."""

    peer: str
    query: str
    round: int
    problem: str = ""
    connections: int = 0
    rate: float = 0
    p50: float = 0
    p99: float = 0
    cpu: float = 0
    database_cpu: float = 0
    size: float = 0
    memory: int = 0
    seconds: float = 0


class Bench:
    """Measures servers on the databases of one scale."""

    def __init__(self, databases: Databases, seconds: float, log: Path) -> None:
        """Find the middle's cursors and the floor's answers, by which all others are judged."""
        self.databases, self.seconds, self.log = databases, seconds, log
        self.expected: dict[str, list[bytes]] = {}
        self.cursors: dict[str, int] = {}
        self._read_cursors()
        self.cases = read_cases(databases.scale, list(self.cursors))
        with self._started(FLOOR) as (_, server):
            for case in self.cases:
                self._check(FLOOR, case, FLOOR.requests(case, server), server)

    def _read_cursors(self) -> None:
        kept = self.databases.folder / "cursors.json"
        if not kept.exists():
            with self._started(MITHAQ) as (_, server):
                cursors = walk_to_the_middle(self.databases.scale, server.port)
                kept.write_text(json.dumps(cursors))
        self.cursors = json.loads(kept.read_text())

    @contextmanager
    def _started(self, peer: Peer) -> Iterator[tuple[int, Running]]:
        url, port = self.databases.url(peer.engine), free_port()
        told = {"MITHAQ_DATABASE_URL": url, "DATABASE_URL": url, "PORT": str(port)}
        command = peer.command(url, port, self.databases)
        with running(command, port, self.log, told | dict(peer.environment)) as pid:
            yield pid, Running(port, self.cursors)

    def measure(self, peer: Peer, round_: int, queries: Sequence[str]) -> Iterator[Cell]:
        """Start a server, ask it each query, stop it."""
        cases = [case for case in self.cases if case.name.startswith(tuple(queries or [""]))]
        try:
            with self._started(peer) as (pid, server):
                for case in cases:
                    yield self._measure_case(peer, round_, case, pid, server)
        except (RuntimeError, OSError) as error:
            yield from (Cell(peer.name, case.name, round_, f"stops: {error}") for case in cases)

    def _measure_case(self, peer: Peer, round_: int, case: Case, pid: int, server: Running) -> Cell:
        cell = Cell(peer.name, case.name, round_, seconds=self.seconds)
        requests = peer.requests(case, server)
        cell.problem = self._check(peer, case, requests, server)
        if not cell.problem.startswith(("fails", "cannot")):
            self._time(cell, requests, pid, server)
        cell.memory = peak_memory(pid)
        return cell

    def _check(self, peer: Peer, case: Case, requests: list[bytes], server: Running) -> str:
        """Compare a server's answers with the floor's; say what is wrong."""
        if not requests:
            return "cannot be asked"
        answers = [ask(server.port, request) for request in requests[:CHECKED]]
        for answer in answers:
            if answer[:1] != b"{" or b'"errors":' in answer[-20_000:]:
                return f"fails: {answer[:300].decode(errors='replace')}"
        expected = self.expected.setdefault(case.name, answers)
        if peer.exact:
            return "" if answers == expected else "differs in its bytes"
        same = all(map(same_values, answers, expected))
        return "" if same else "differs in its values"

    def _time(self, cell: Cell, requests: list[bytes], pid: int, server: Running) -> None:
        """Load the server; one that takes long gets fewer requests at a time."""
        alone = min(drive(server.port, requests, 1, 0).seconds for _ in range(3))
        cell.connections = max(1, min(report.CONNECTIONS, int(self.seconds / alone)))
        drive(server.port, requests, cell.connections, min(1, self.seconds))
        before = cpu_seconds(pid), cpu_seconds(postmaster())
        load = drive(server.port, requests, cell.connections, self.seconds)
        after = cpu_seconds(pid), cpu_seconds(postmaster())
        self._note(cell, load, after[0] - before[0], after[1] - before[1])

    @staticmethod
    def _note(cell: Cell, load: Load, cpu: float, database_cpu: float) -> None:
        answers = len(load.latencies)
        if load.failed:
            cell.problem = f"fails: {load.failed} of {answers} answers under load"
        cell.rate = answers / load.seconds
        cell.p50, cell.p99 = load.percentile(0.5) * 1000, load.percentile(0.99) * 1000
        cell.cpu, cell.database_cpu = cpu / answers * 1000, database_cpu / answers * 1000
        cell.size = load.size / answers


def postmaster() -> int:
    """Read the process id of the benchmark's PostgreSQL."""
    return int((CACHE / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def move_postgres() -> None:
    """Put PostgreSQL's later processes on the other core, as urgent as the load."""
    os.sched_setaffinity(postmaster(), {int(OTHER_CORE)})
    os.setpriority(os.PRIO_PROCESS, postmaster(), os.getpriority(os.PRIO_PROCESS, 0))


def read_arguments() -> argparse.Namespace:
    """Read what to measure; names may be cut short: --peers mithaq,floor."""
    parser = argparse.ArgumentParser(prog="benchmarks.run")
    parser.add_argument("scale")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--peers", default="")
    parser.add_argument("--queries", default="")
    parser.add_argument("--add", action="store_true", help="keep what is not measured now")
    return parser.parse_args()


def read_commit() -> str:
    """Name the commit that is measured."""
    command = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip()


def main() -> None:
    """Measure in rounds, so that a slow minute of the machine does not hit one server alone."""
    told = read_arguments()
    peers = [peer for peer in ALL if peer.name.startswith(tuple(told.peers.split(",")))]
    results = CACHE / "results"
    results.mkdir(parents=True, exist_ok=True)
    about = {"scale": told.scale, "commit": read_commit()}
    path = results / f"{told.scale}.json"
    queries = told.queries.split(",")
    cells = list(read_others(path, peers, queries)) if told.add else []
    os.sched_setaffinity(0, {int(OTHER_CORE)})
    with alone(), kept_postgres() as server:
        move_postgres()
        bench = Bench(prepare(told.scale, server), told.seconds, results / "server.log")
        for round_, peer in turns(peers, told.rounds):
            for cell in bench.measure(peer, round_, queries):
                cells.append(cell)
                report.show(cell)
            kept = about | {"cells": [asdict(cell) for cell in sorted(cells, key=place)]}
            path.write_text(json.dumps(kept, indent=1))
    report.write(told.scale)


def read_others(path: Path, peers: Sequence[Peer], queries: Sequence[str]) -> Iterator[Cell]:
    """Read the cells that are not measured now."""
    measured = {peer.name for peer in peers}
    for cell in json.loads(path.read_text())["cells"] if path.exists() else ():
        if cell["peer"] not in measured or not cell["query"].startswith(tuple(queries)):
            yield Cell(**cell)


def place(cell: Cell) -> int:
    """Return a server's place in the tables."""
    return [peer.name for peer in ALL].index(cell.peer)


def turns(peers: list[Peer], rounds: int) -> Iterator[tuple[int, Peer]]:
    """Put the servers in turn, each round starting with another one."""
    for round_ in range(rounds):
        first = round_ % len(peers)
        yield from ((round_, peer) for peer in peers[first:] + peers[:first])


if __name__ == "__main__":
    main()
