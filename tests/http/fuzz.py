"""Sends mutated requests to a server: `python -m tests.http.fuzz 100000 --seed 1`.

Every one has to be answered below 500, in JSON whose errors have codes, and the connection kept;
only a request whose end nobody can tell, or that is too large, may cost it.
"""

import argparse
import socket
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import orjson

from api.database.migrations import migrate
from api.database.transactions import write
from api.intake import import_paths
from api.settings import Settings
from tests.conftest import DOSSIERS
from tests.http.documents import read_cases, write_random
from tests.http.mutations import Mutator, Sent
from tests.server import serving

PATIENCE = 30
BODILESS = (204, 304)


@dataclass(slots=True)
class Found:
    """What requests came to: how often each status, and those that were not answered well."""

    statuses: Counter[int] = field(default_factory=Counter)
    hung_up: int = 0
    faults: list[tuple[str, Sent]] = field(default_factory=list)


class Connection:
    """A connection that is opened again when a server has closed it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.address = (parts.hostname or "", parts.port or 80)
        self.socket = self.open()

    def open(self) -> socket.socket:
        opened = socket.create_connection(self.address, PATIENCE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def ask(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        """Send a request; give the status, headers and body of its answer.

        Raises:
            OSError: there is none.
        """
        self.socket.sendall(sent.data)
        if not sent.whole:  # nothing follows, so that nobody waits for the rest
            self.socket.shutdown(socket.SHUT_WR)
        status, headers, rest = self.read_head(b"")
        if status == 100:
            status, headers, rest = self.read_head(rest)
        if status in BODILESS or sent.method == "HEAD":
            return status, headers, b""
        while len(rest) < int(headers["content-length"]):
            rest += self.receive()
        return status, headers, rest

    def read_head(self, received: bytes) -> tuple[int, dict[str, str], bytes]:
        while b"\r\n\r\n" not in received:
            received += self.receive()
        head, _, rest = received.partition(b"\r\n\r\n")
        line, *lines = head.decode("latin-1").split("\r\n")
        pairs = (item.partition(": ") for item in lines)
        return int(line.split()[1]), {name.lower(): value for name, _, value in pairs}, rest

    def receive(self) -> bytes:
        data = self.socket.recv(65_536)
        if not data:
            message = "closed"
            raise ConnectionError(message)
        return data

    def open_again(self) -> None:
        self.socket.close()
        self.socket = self.open()


def fuzz(url: str, requests: Iterable[Sent]) -> Found:
    """Send requests one after the other."""
    found, connection = Found(), Connection(url)
    for sent in requests:
        try:
            status, headers, body = connection.ask(sent)
        except OSError as error:
            if sent.whole:
                found.faults.append((f"no answer: {error!r}", sent))
            connection.open_again()
            continue
        found.statuses[status] += 1
        if fault := find_fault(sent, status, headers, body):
            found.faults.append((fault, sent))
        if headers.get("connection") == "close" or not sent.whole:
            found.hung_up += sent.whole
            connection.open_again()
    connection.socket.close()
    return found


def find_fault(sent: Sent, status: int, headers: dict[str, str], body: bytes) -> str | None:
    """Return what is wrong with an answer; None if nothing is."""
    if status >= 500:
        return f"{status}: {body[:300]!r}"
    if headers.get("connection") == "close" and sent.whole and status not in (413, 431):
        return f"{status} and hung up"
    is_json = "json" in headers.get("content-type", "")
    is_page = "html" in headers.get("content-type", "") and b"text/html" in sent.data
    if status >= 400 and not is_json and not is_page:
        return f"{status} without JSON"
    if is_json and "content-encoding" not in headers and body:
        errors = orjson.loads(body).get("errors", [])
        if not all(item["message"] and item["extensions"]["code"] for item in errors):
            return f"an error without a code: {body[:300]!r}"
        if len(body) > 1_000_000 and errors:
            return f"an error of {len(body)} bytes"
    return None


def mutate(seed: int, count: int, documents: int) -> Iterable[Sent]:
    """Make so many requests of the cases and so many random documents."""
    return islice(Mutator(seed, read_cases() + write_random(documents)).requests(), count)


@contextmanager
def own_server() -> Iterator[str]:
    """Serve a database of our own, with the seed and the example."""
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/mithaq.db")
        migrate(settings)
        import_paths(DOSSIERS, lambda work: write(settings, work))
        with serving(settings) as url:
            yield url


def main() -> int:
    """Run from the command line; 1 is returned where something was not answered well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", help="a server that runs; else one is started")
    given = parser.parse_args()
    with nullcontext(given.url) if given.url else own_server() as url:
        found = fuzz(url, mutate(given.seed, given.count, 500))
    print(dict(sorted(found.statuses.items())), f"hung up: {found.hung_up}")  # noqa: T201
    for fault, sent in found.faults[:50]:
        print(fault, sent.method, sent.data[:1_500])  # noqa: T201
    print(f"{len(found.faults)} faults")  # noqa: T201
    return bool(found.faults)


if __name__ == "__main__":
    sys.exit(main())
