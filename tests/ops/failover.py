"""A primary PostgreSQL server, two replicas and a Mithaq with two workers: `make cluster`.

With `--drill` the servers are lost one after the other under load, and a table is printed. Readers
check that no answer mixes two revisions (each mutation writes an actor and a meeting), the writer
that it reads what it wrote, and the end that all is there that was acknowledged.
"""

import argparse
import asyncio
import json
import signal
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any

from tests.cluster import WRITE, Cluster, running_cluster
from tests.server import started
from tests.test_inputs import actor, meeting

READERS, PAUSE = 16, 0.02  # seconds between an answer and the reader's next question
PAIRS = "{ actors { totalCount } meetings { totalCount } }"
ONE = "query One($ids: [ID!]!) { nodes(ids: $ids) { id } }"
SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'; SELECT pg_reload_conf()"
DELAY = 0.1  # seconds that the proxy of a slow server takes for each chunk
Reply = tuple[int, dict[str, str], Any]


class Connection:
    """A client's connection to Mithaq, opened again after an error."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, query: str, variables: Any = None, **headers: str) -> Reply:
        """Send a request, and return the status, the headers and the JSON of its response."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = json.dumps({"query": query, "variables": variables}).encode()
        told = {"host": "mithaq", "content-type": "application/json"} | headers
        told["content-length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"POST /graphql HTTP/1.1\r\n{lines}\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        received = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        data = await reader.readexactly(int(received["content-length"]))
        return int(head[0].split()[1]), received, json.loads(data)

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()


@dataclass
class Phase:
    """What readers and the writer met while servers were in one state."""

    name: str
    seconds: list[float] = field(default_factory=list)  # of each read
    errors: list[str] = field(default_factory=list)  # of reads
    written: int = 0
    refused: list[str] = field(default_factory=list)  # mutations, by their sentences

    def row(self) -> str:
        """Return a line of the table."""
        times = sorted(self.seconds)
        half, most = (1_000 * times[int(part * len(times))] for part in (0.5, 0.99))
        told = f"{half:.0f} | {most:.0f} | {1_000 * times[-1]:.0f} | {len(self.errors)}"
        return f"| {self.name} | {len(times):,} | {told} | {self.written} | {len(self.refused)} |"


class Drill:
    """Readers and a writer, and the phases of what they meet."""

    def __init__(self, cluster: Cluster, port: int) -> None:
        self.cluster, self.port = cluster, port
        self.phases = [Phase("begin")]
        self.acknowledged: list[str] = []
        self.wrote = asyncio.Event()

    async def read(self) -> None:
        with closing(Connection(self.port)) as connection:
            while True:
                await self.read_once(connection)
                await asyncio.sleep(PAUSE)

    async def read_once(self, connection: Connection) -> None:
        """Read both halves of all pairs, which one answer has equally many of."""
        phase, start = self.phases[-1], perf_counter()
        status, _, answer = await connection.post(PAIRS)
        phase.seconds.append(perf_counter() - start)
        if status == 200:
            actors, meetings = (found["totalCount"] for found in answer["data"].values())
            assert actors == meetings, answer
        else:
            phase.errors.append(answer["errors"][0]["message"])

    async def write(self) -> None:
        """Write one pair after the other, and read each."""
        with closing(Connection(self.port)) as connection:
            for number in count():
                key = f"pair-{number}"
                revision = await self.write_one(connection, key)
                self.acknowledged.append(key)
                self.phases[-1].written += 1
                self.wrote.set()
                status, found = await self.find(connection, key, revision)
                assert status == 503 or None not in found, (key, found)
                await asyncio.sleep(PAUSE)

    async def write_one(self, connection: Connection, key: str) -> str:
        """Write a pair, again and again until it is acknowledged; return its revision."""
        records = {"records": [actor(key), meeting(key)]}
        headers = {"authorization": f"Bearer {self.cluster.key}", "idempotency-key": key}
        while True:
            status, told, answer = await connection.post(WRITE, records, **headers)
            if status == 200:
                assert answer["data"]["writeRecords"]["created"] == 2, answer
                return told["mithaq-revision"]
            self.phases[-1].refused.append(answer["errors"][0]["message"])
            await asyncio.sleep(PAUSE)

    async def find(self, connection: Connection, key: str, revision: str) -> tuple[int, list[Any]]:
        """Return the status, and a pair as it is in a state that contains a revision."""
        variables = {"ids": [f"actor:{key}", f"meeting:{key}"]}
        status, _, answer = await connection.post(ONE, variables, **{"mithaq-revision": revision})
        return status, answer["data"]["nodes"] if status == 200 else []

    async def check(self) -> None:
        """Check that all that was acknowledged is there, as the primary tells."""
        with closing(Connection(self.port)) as connection:
            for key in self.acknowledged:
                status, found = await self.find(connection, key, str(10**17))
                assert (status, None in found) == (200, False), key

    async def run(self, seconds: float) -> float:
        """Lose the servers; return the seconds from a promotion to the next written pair."""
        primary, one, two = self.cluster.servers
        _, proxy, _ = self.cluster.proxies
        for server in self.cluster.servers:
            server.run_script("mithaq", SYNCHRONOUS)
        readers = [asyncio.create_task(self.read()) for _ in range(READERS)]
        tasks = [*readers, asyncio.create_task(self.write())]

        async def phase(name: str) -> None:
            for task in tasks:
                if task.done():
                    task.result()
            self.phases.append(Phase(name))

        async def last() -> None:
            await asyncio.sleep(seconds)

        await phase("all servers answer")
        await last()
        await phase("replica 1 is cut off")
        proxy.cut()
        await last()
        await phase(f"replica 1 is back, {DELAY * 1_000:.0f} ms late")
        proxy.delay = DELAY
        proxy.mend()
        await last()
        await phase("replica 1 is back in time; replica 2 is killed")
        proxy.delay = 0
        two.kill()
        await last()
        await phase("replica 2 is started")
        await asyncio.to_thread(two.start)
        await last()
        await phase("the primary is killed")
        primary.kill()
        await last()
        await phase("replica 1 is promoted, and replica 2 follows it")
        follow = f"ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port={one.port} user=mithaq'"
        await asyncio.to_thread(one.promote)
        start = perf_counter()
        self.wrote.clear()
        await asyncio.to_thread(two.run_script, "mithaq", f"{follow}; SELECT pg_reload_conf()")
        await self.wrote.wait()
        back = perf_counter() - start
        await last()
        await phase("end")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.check()
        return back

    def report(self, back: float) -> str:
        """Return the table of the phases, and what was refused."""
        phases = self.phases[1:-1]
        told = sorted({text for one in phases for text in (*one.errors, *one.refused)})
        return "\n".join(
            [
                "| servers | reads | p50 ms | p99 ms | max ms | failed | written | refused |",
                "| --- | --: | --: | --: | --: | --: | --: | --: |",
                *(phase.row() for phase in phases),
                "",
                f"Written again {back:.1f} s after the promotion. All {len(self.acknowledged)}",
                "acknowledged pairs are there. What was refused, was with these sentences:",
                *(f"- {text}" for text in told),
                "",
            ]
        )


def serve(cluster: Cluster, seconds: float | None) -> None:
    """Serve a cluster: for the drill, or until the command is interrupted."""
    settings = cluster.settings()
    environment = {"MITHAQ_READ_URLS": settings.read_urls}
    with started(settings, ("--workers", "2"), environment) as (process, address):
        if seconds is None:
            sys.stdout.write(explain(cluster, address))
            sys.stdout.flush()
            with suppress(KeyboardInterrupt):
                process.wait()
            return
        port = int(address.removesuffix("/graphql").rpartition(":")[2])
        drill = Drill(cluster, port)
        back = asyncio.run(drill.run(seconds))
    sys.stdout.write(drill.report(back))


def explain(cluster: Cluster, address: str) -> str:
    """Return how to use the cluster, and how to lose its servers."""
    primary, one, two = cluster.servers
    return f"""
Mithaq:     {address}
A key:      {cluster.key}
Primary:    {primary.url("mithaq")}
Replica 1:  {one.url("mithaq")}
Replica 2:  {two.url("mithaq")}

See which respond:    curl {address.replace("/graphql", "/health/ready")}
Lose the primary:     kill -9 $(head -1 {primary.data}/postmaster.pid)
Promote replica 1:    {one.binaries}/psql {one.url("mithaq")} -c 'SELECT pg_promote()'

Ctrl-C stops all of it and removes its data.
"""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drill", action="store_true", help="lose the servers under load")
    parser.add_argument("--seconds", type=float, default=5, help="the length of a phase")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), running_cluster() as cluster:
        serve(cluster, given.seconds if given.drill else None)


if __name__ == "__main__":
    main()
