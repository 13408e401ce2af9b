"""Kills servers and imports in a storm of writes: `python -m tests.ops.crashes 200`.

Four clients write by mutations to a server of two workers while a command imports a file, and all
are ended by SIGKILL at a random moment. Afterwards whatever was acknowledged has to be there, each
revision whole, the database sound, and history has to end in what is there.
"""

import argparse
import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import sqlalchemy as sa

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.database.migrations import migrate
from api.database.transactions import read, write
from api.intake.forms.read_back import read_lines
from api.intake.history import find_newest, read_lines_at
from api.settings import Settings
from tests.conftest import AT
from tests.postgres import running_postgres
from tests.server import COMMAND

IMPORT = [*COMMAND[:3], "import"]
CLIENTS, PAIRS = 4, 12
LINES = 200  # records of the file that is imported again and again, all of one round
MUTATION = """mutation Write($records: [RecordInput!]!) {
  writeRecords(records: $records) { created updated userErrors { message } }
}"""


@dataclass
class Acknowledged:
    """What writers were told is written: the newest round of each, and how often they were told."""

    rounds: dict[str, int] = field(default_factory=dict)
    told: int = 0

    def note(self, name: str, round_: int) -> None:
        """Note that a round of a name was acknowledged."""
        self.rounds[name] = round_
        self.told += 1


@dataclass
class Storm:
    """Writers of a database: servers' clients, and a command that imports."""

    settings: Settings
    token: str
    folder: Path
    acknowledged: Acknowledged = field(default_factory=Acknowledged)
    rounds: Iterator[int] = field(default_factory=lambda: count(1))

    def rage(self, seconds: float) -> None:
        """Write as fast as the server and the command do, and kill them after so many seconds."""
        over = Event()
        told = self._environment()
        with started([*COMMAND, "--workers", "2"], told) as server:
            assert server.stdout is not None
            port = int(server.stdout.readline().split("/graphql")[0].rpartition(":")[2])
            with ThreadPoolExecutor(CLIENTS + 1) as threads:
                tasks = [
                    threads.submit(self._mutate, number, port, over) for number in range(CLIENTS)
                ]
                tasks.append(threads.submit(self._import, told, over))
                over.wait(seconds)
                over.set()
                os.killpg(server.pid, signal.SIGKILL)
        for task in tasks:
            task.result()

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ_")}
        return kept | {"MITHAQ_DATABASE_URL": self.settings.database_url}

    def _mutate(self, client: int, port: int, over: Event) -> None:
        """Write pairs of records, both of one round, one mutation after the other."""
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            self._mutate_by(connection, client, over)

    def _mutate_by(self, connection: HTTPConnection, client: int, over: Event) -> None:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        while not over.is_set():
            round_ = next(self.rounds)
            name = f"pair-{client}-{round_ % PAIRS}"
            records = [{"actor": write_actor(f"{name}-{side}", round_)} for side in "ab"]
            body = json.dumps({"query": MUTATION, "variables": {"records": records}})
            try:
                connection.request("POST", "/graphql", body, headers)
                response = json.loads(connection.getresponse().read())
            except (OSError, HTTPException):
                assert over.is_set(), "a connection was lost before the server was killed"
                return
            payload = response["data"]["writeRecords"]
            assert not payload["userErrors"], payload
            self.acknowledged.note(name, round_)

    def _import(self, told: dict[str, str], over: Event) -> None:
        """Import a file of records that are all of one round, again and again."""
        path = self.folder / "bulk.jsonl"
        while not over.is_set():
            round_ = next(self.rounds)
            lines = (
                {"record": "actor", **write_line(f"bulk-{number}", round_)}
                for number in range(LINES)
            )
            path.write_text("".join(json.dumps(line) + "\n" for line in lines))
            with started([*IMPORT, str(path)], told) as command:
                while command.poll() is None and not over.wait(0.01):
                    pass
                if command.poll() == 0:
                    self.acknowledged.note("bulk", round_)
                else:
                    assert over.is_set(), "an import failed before it was killed"

    # Afterwards.

    def check(self) -> None:
        """Check that what was acknowledged is there, and that each revision is there as a whole."""
        found = read(self.settings, read_rounds)
        halves = {name: rounds for name, rounds in found.items() if len(rounds) > 1}
        assert not halves
        lost = {
            name: (round_, found.get(name))
            for name, round_ in self.acknowledged.rounds.items()
            if max(found.get(name, {0})) < round_
        }
        assert not lost
        if self.settings.sqlite_path is not None:
            write(self.settings, check_sqlite)

    def check_history(self) -> None:
        """Check that history ends in what is there."""
        newest = read(self.settings, find_newest)
        as_of = read(self.settings, lambda connection: list(read_lines_at(connection, newest)))
        assert as_of == read(self.settings, lambda connection: list(read_lines(connection)))


def write_actor(key: str, round_: int) -> dict[str, Any]:
    """Write an actor named for its round, as a mutation has it."""
    names = [{"language": "en", "text": f"Round {round_}"}]
    return {"key": key, "kind": "PERSON", "names": names}


def write_line(key: str, round_: int) -> dict[str, Any]:
    """Write an actor named for its round, as a line has it."""
    return {"key": key, "kind": "PERSON", "names": {"en": f"Round {round_}"}}


@contextmanager
def started(command: list[str], told: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process group of its own, which is killed when the context ends."""
    with subprocess.Popen(
        command,
        cwd="/",
        env=told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def read_rounds(connection: sa.Connection) -> dict[str, set[int]]:
    """Read the rounds of the records of each name, sides of a pair and lines of the file alike."""
    found: dict[str, set[int]] = {}
    for line in read_lines(connection, ["actor"]):
        record = json.loads(line)
        name = "bulk" if record["key"].startswith("bulk") else record["key"][:-2]
        found.setdefault(name, set()).add(int(record["names"]["en"].split()[1]))
    return found


def check_sqlite(connection: sa.Connection) -> None:
    """Check a SQLite database's pages, foreign keys and search index."""
    assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def begin(settings: Settings, folder: Path) -> Storm:
    """Make the key that the storm writes with, on a migrated database."""
    work = partial(add_key, name="storm", scopes=[KeyScope.WRITE], now=AT)
    return Storm(settings, write(settings, work), folder)


def main() -> None:
    """Kill as often as asked, on each engine; say how much was acknowledged."""
    parser = argparse.ArgumentParser(prog="tests.ops.crashes")
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with TemporaryDirectory() as home, running_postgres() as server:
        for url in (f"sqlite:///{home}/mithaq.db", server.create_database("storm")):
            settings, source = Settings(database_url=url), random.Random(told.seed)
            migrate(settings)
            storm = begin(settings, Path(home))
            for _ in range(told.kills):
                storm.rage(source.uniform(0, 1.5))
                storm.check()
            storm.check_history()
            written = f"{storm.acknowledged.told:,} writes were acknowledged, none is lost or half"
            print(f"{url.partition(':')[0]}: {told.kills} kills; {written}")  # noqa: T201


if __name__ == "__main__":
    main()
