"""Clients that read and write while servers are stopped, lost or replaced, and a table of it.

Readers check that no answer mixes two revisions (each mutation writes an actor and a meeting), the
writer that it reads what it wrote, and the end that all is there that was acknowledged.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from tests.cluster import WRITE
from tests.test_inputs import actor, meeting

READERS, PAUSE = 16, 0.02  # seconds between an answer and the reader's next question
PAIRS = "{ actors { totalCount } meetings { totalCount } }"
ONE = "query One($ids: [ID!]!) { nodes(ids: $ids) { id } }"
Reply = tuple[int, dict[str, str], Any]


def find_port(address: str) -> int:
    """Return the port of an address that `mithaq serve` printed."""
    return urlsplit(address).port or 80


def tell(status: int, answer: Any) -> str:
    """Return what an error response says."""
    return f"{status}: {answer if isinstance(answer, str) else answer['errors'][0]['message']}"


class Connection:
    """A client's connection to Mithaq, opened again after the server has closed it."""

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
        if received.get("connection") == "close":
            self.close()
        answer = json.loads(data) if "json" in received["content-type"] else data.decode()
        return int(head[0].split()[1]), received, answer

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


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


class Load:
    """Readers and a writer at one port, and the phases of what they meet."""

    def __init__(self, key: str, port: int, seconds: float) -> None:
        """Send requests with a key; phases last for some seconds."""
        self.key, self.port, self.seconds = key, port, seconds
        self.tasks: list[asyncio.Task[None]] = []
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
            phase.errors.append(tell(status, answer))

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
        headers = {"authorization": f"Bearer {self.key}", "idempotency-key": key}
        while True:
            status, told, answer = await connection.post(WRITE, records, **headers)
            if status == 200:
                assert answer["data"]["writeRecords"]["created"] == 2, answer
                return told["mithaq-revision"]
            self.phases[-1].refused.append(tell(status, answer))
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

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read and write until the context ends, then check what was acknowledged."""
        readers = [asyncio.create_task(self.read()) for _ in range(READERS)]
        self.tasks = [*readers, asyncio.create_task(self.write())]
        yield
        self.begin("end")
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.check()

    @asynccontextmanager
    async def phase(self, name: str) -> AsyncIterator[None]:
        """Begin a phase, and go on once it has lasted after what the context does."""
        self.begin(name)
        yield
        await asyncio.sleep(self.seconds)

    def begin(self, name: str) -> None:
        """Begin a phase; raise the error of a client that has failed."""
        for task in self.tasks:
            if task.done():
                task.result()
        self.phases.append(Phase(name))

    def report(self) -> str:
        """Return the table of the phases, and what was refused."""
        phases = self.phases[1:-1]
        told = sorted({text for one in phases for text in (*one.errors, *one.refused)})
        return "\n".join(
            [
                "| servers | reads | p50 ms | p99 ms | max ms | failed | written | refused |",
                "| --- | --: | --: | --: | --: | --: | --: | --: |",
                *(phase.row() for phase in phases),
                "",
                f"All {len(self.acknowledged)} acknowledged pairs are there. What was refused, was",
                "with these sentences:" if told else "nothing.",
                *(f"- {text}" for text in told),
                "",
            ]
        )
