"""A server whose disk is full for a while: it refuses writes, answers reads, and recovers."""

import json
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from subprocess import DEVNULL
from threading import Event
from time import sleep
from typing import Any

from api.database.transactions import read
from api.settings import Settings
from tests.ops.crashes import WRITE, Ledger, begin, name_group, read_groups, write_group
from tests.postgres import Postgres
from tests.server import started
from tests.test_full_disk import FULL

COUNTS = "{ actors { totalCount } meetings { totalCount } }"
SOME = 10  # answers of each kind that are waited for
REASONS = {
    "sqlite": "the database's disk is full or fails",
    "postgresql": "the database's disk is full",
}


@dataclass
class Load:
    """Clients that read and write without pause."""

    port: int
    token: str
    refusal: str
    over: Event = field(default_factory=Event)
    ledger: Ledger = field(default_factory=Ledger)
    rounds: Iterator[int] = field(default_factory=lambda: count(1))
    refused: int = 0
    answered: int = 0

    def ask(self, connection: HTTPConnection, query: str, **variables: Any) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        body = json.dumps({"query": query, "variables": variables})
        connection.request("POST", "/graphql", body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    def read(self) -> None:
        """Count records; each group of records is there as a whole."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            while not self.over.is_set():
                status, body = self.ask(connection, COUNTS)
                assert status == 200, body
                counts = {name: value["totalCount"] for name, value in body["data"].items()}
                assert counts["actors"] == 2 * counts["meetings"]
                self.answered += 1

    def write(self, client: int) -> None:
        """Write groups of records, or be refused."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            while not self.over.is_set():
                round_ = next(self.rounds)
                name = f"group{client}x{round_}"
                records, state = write_group(name, round_), name_group(name, round_)
                status, body = self.ask(connection, WRITE, records=records)
                if status == 200:
                    self.ledger.send(name, state)
                    self.ledger.acknowledge(name)
                    continue
                (error,) = body["errors"]
                assert (status, error["extensions"]["code"]) == (503, "UNAVAILABLE")
                assert error["message"] == self.refusal
                self.refused += 1


@contextmanager
def full_disk(settings: Settings, postgres: Postgres, process: int) -> Iterator[None]:
    """Let no file of a process grow; PostgreSQL says that its disk is full."""
    if settings.sqlite_path is not None:
        limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, limits[1]))
        yield
        resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
        return
    name = settings.database_url.rpartition("/")[2]
    postgres.run_script(name, FULL)
    yield
    postgres.run_script(name, "DROP TRIGGER full_disk ON revision")


def wait_until(reached: Callable[[], bool], tasks: list[Future[None]]) -> None:
    while not reached():
        assert not any(task.done() for task in tasks), [task.exception(0) for task in tasks]
        sleep(0.01)


def test_reads_go_on_while_the_disk_is_full(
    settings: Settings, engine: str, postgres: Postgres, tmp_path: Path
) -> None:
    storm = begin(settings, tmp_path)
    with started(settings, [], {}, DEVNULL, cold=True) as (process, address):
        port = int(address.removesuffix("/graphql").rpartition(":")[2])
        told = f"Nothing was written: {REASONS[engine]}. Retry in 5 seconds."
        load = Load(port, storm.token, told)
        with ThreadPoolExecutor(4) as threads:
            tasks = [threads.submit(load.read) for _ in range(2)]
            tasks += [threads.submit(load.write, client) for client in range(2)]
            try:
                wait_until(lambda: load.ledger.told >= SOME and load.answered >= SOME, tasks)
                with full_disk(settings, postgres, process.pid):
                    before = load.answered
                    wait_until(
                        lambda: load.refused >= SOME and load.answered >= before + SOME, tasks
                    )
                written = load.ledger.told
                wait_until(lambda: load.ledger.told >= written + SOME, tasks)
            finally:
                load.over.set()
        for task in tasks:
            task.result()
    load.ledger.check(read(settings, read_groups))
    storm.check_derived()
    storm.check_history()
