"""Kills servers and imports in a storm of writes: `python -m tests.ops.crashes 200`.

Four clients write and delete by mutations to a server of two workers while a command imports a
file, and all are ended by SIGKILL at a random moment. After each kill everything acknowledged has
to be there, and each revision whole; after some, everything derived from the records (denormalized
columns, counts, the search index) has to be what a rebuild from their lines gives. At the end
history has to lead to what is there, and an import into a new database to the same rows.
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
from api.check import check_database, read_rows
from api.database.migrations import migrate
from api.database.transactions import read, write
from api.errors import CheckError
from api.intake import import_paths
from api.intake.export import export_lines
from api.intake.forms.read_back import read_lines
from api.intake.history import find_newest, read_lines_at
from api.settings import Settings
from tests.conftest import AT
from tests.postgres import running_postgres
from tests.server import COMMAND

IMPORT = [*COMMAND[:3], "import"]
CLIENTS, GROUPS = 4, 12
DERIVED = 10  # kills between two rebuilds, each of which takes seconds
LINES = 200  # records of the file that is imported again and again, all of one round
WRITE = """mutation Write($records: [RecordInput!]!) {
  writeRecords(records: $records) { userErrors { message } }
}"""
DELETE = """mutation Delete($ids: [ID!]!) {
  deleteRecords(ids: $ids) { userErrors { message } }
}"""
DELETED = 0.25  # the share of written groups that are deleted again
# A group of records that are written together: the ids that are there, each with its round.
State = dict[str, int]


@dataclass
class Ledger:
    """The acknowledged state of each group of records, and the state that was sent last."""

    known: dict[str, State] = field(default_factory=dict)
    sent: dict[str, State] = field(default_factory=dict)
    told: int = 0

    def send(self, name: str, state: State) -> None:
        """Record that a state is being written, which may succeed or not."""
        self.sent[name] = state

    def acknowledge(self, name: str) -> None:
        """Record that the state that was sent last is acknowledged."""
        self.known[name] = self.sent.pop(name)
        self.told += 1

    def check(self, found: dict[str, State]) -> None:
        """Check that each group is as acknowledged or, if a later state was sent, as that."""
        for name in self.known | self.sent | found:
            state, known = found.get(name, {}), self.known.get(name, {})
            assert state in (known, self.sent.get(name, known)), (name, known, state)
        self.known, self.sent = found, {}


@dataclass
class Storm:
    """Writers of a database: servers' clients, and a command that imports."""

    settings: Settings
    token: str
    folder: Path
    ledger: Ledger = field(default_factory=Ledger)
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
        """Write groups of records, and delete some of them, one mutation after the other."""
        source = random.Random(client)
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            while not over.is_set():
                round_ = next(self.rounds)
                name = f"group{client}x{round_ % GROUPS}"
                records, state = write_group(name, round_), name_group(name, round_)
                answered = self._send(connection, name, state, WRITE, {"records": records})
                if answered and source.random() < DELETED:
                    answered = self._send(connection, name, {}, DELETE, {"ids": list(state)})
                if not answered:
                    assert over.is_set(), "a connection was lost before the server was killed"
                    return

    def _send(
        self,
        connection: HTTPConnection,
        name: str,
        state: State,
        mutation: str,
        variables: dict[str, Any],
    ) -> bool:
        """Send a mutation that leads to a state, and return whether it was acknowledged."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        body = json.dumps({"query": mutation, "variables": variables})
        self.ledger.send(name, state)
        try:
            connection.request("POST", "/graphql", body, headers)
            response = json.loads(connection.getresponse().read())
        except (OSError, HTTPException):
            return False
        (payload,) = response["data"].values()
        assert not payload["userErrors"], payload
        self.ledger.acknowledge(name)
        return True

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
            self.ledger.send("bulk", {f"actor:bulk-{number}": round_ for number in range(LINES)})
            with started([*IMPORT, str(path)], told) as command:
                while command.poll() is None and not over.wait(0.01):
                    pass
                if command.poll() == 0:
                    self.ledger.acknowledge("bulk")
                else:
                    assert over.is_set(), "an import failed before it was killed"

    # Afterwards.

    def check(self) -> None:
        """Check that what was acknowledged is there, and each revision as a whole."""
        self.ledger.check(read(self.settings, read_groups))

    def check_derived(self) -> None:
        """Check that all that derives from the records is what a rebuild from them gives."""
        shown: list[str] = []
        try:
            check_database(self.settings, shown.append)
        except CheckError as error:
            raise AssertionError(shown[:20]) from error

    def check_history(self) -> None:
        """Check that history ends in what is there."""
        newest = read(self.settings, find_newest)
        as_of = read(self.settings, lambda connection: list(read_lines_at(connection, newest)))
        assert as_of == read(self.settings, lambda connection: list(read_lines(connection)))

    def check_import(self, target: Settings) -> None:
        """Check that an import of the export gives the same export, index, counts and rows."""
        path, again = self.folder / "export.jsonl", self.folder / "again.jsonl"
        export_lines(partial(read, self.settings), [], path)
        import_paths([path], partial(write, target), AT)
        export_lines(partial(read, target), [], again)
        assert again.read_bytes() == path.read_bytes()
        rows, imported = (
            read(settings, lambda connection: sorted(read_rows(connection)))
            for settings in (self.settings, target)
        )
        assert imported == rows


def write_group(name: str, round_: int) -> list[dict[str, Any]]:
    """Write two actors and their meeting, all named for their round, as a mutation has them."""
    text = [{"language": "en", "text": f"Round {round_}"}]
    keys = [f"{name}-{side}" for side in "ab"]
    participants = [{"role": "HOST", "actor": key} for key in keys]
    meeting = {"key": f"{name}-m", "format": "TALKS", "title": text, "participants": participants}
    actors = [{"actor": {"key": key, "kind": "PERSON", "names": text}} for key in keys]
    return [*actors, {"meeting": meeting}]


def name_group(name: str, round_: int) -> State:
    """Return the state of a group that was written in a round."""
    return dict.fromkeys((f"actor:{name}-a", f"actor:{name}-b", f"meeting:{name}-m"), round_)


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


def read_groups(connection: sa.Connection) -> dict[str, State]:
    """Read the state of each group, and of the file's records."""
    found: dict[str, State] = {}
    for line in read_lines(connection, ["actor", "meeting"]):
        record = json.loads(line)
        text = record.get("names") or record["title"]
        group = found.setdefault(record["key"].partition("-")[0], {})
        group[f"{record['record']}:{record['key']}"] = int(text["en"].split()[1])
    return found


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
        urls = (
            [f"sqlite:///{home}/{name}.db" for name in ("storm", "target")],
            [server.create_database(name) for name in ("storm", "target")],
        )
        for pair in urls:
            settings, target = (Settings(database_url=url) for url in pair)
            migrate(settings)
            migrate(target)
            storm, source = begin(settings, Path(home)), random.Random(told.seed)
            for kill in range(1, told.kills + 1):
                storm.rage(source.uniform(0, 1.5))
                storm.check()
                if kill % DERIVED == 0:
                    storm.check_derived()
            storm.check_derived()
            storm.check_history()
            storm.check_import(target)
            written = f"{storm.ledger.told:,} writes were acknowledged, none is lost or half"
            engine = settings.database_url.partition(":")[0]
            print(f"{engine}: {told.kills} kills; {written}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
