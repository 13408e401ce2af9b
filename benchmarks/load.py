"""Drives a server: prepared requests in, what was answered and how long it took out.

A closed loop over keep-alive connections and one epoll: each connection sends its next request
when it has the answer to the last. It runs in this process, on a core that the server has not.
"""

import gc
import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

CHUNK = 1 << 16
END_OF_HEAD, LENGTH, LAST_CHUNK = b"\r\n\r\n", b"content-length:", b"0\r\n\r\n"
PATIENCE = 60  # seconds that an answer may take


@dataclass(slots=True)
class Load:
    """What a server did under load."""

    seconds: float = 0
    latencies: list[float] = field(default_factory=list)
    size: int = 0  # bytes of all answers, heads included
    failed: int = 0  # answers whose status is not 200

    def percentile(self, share: float) -> float:
        """Return the latency, in seconds, that this share of the answers did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


class Connection:
    """One connection, and what has come of the answer that it waits for."""

    __slots__ = ("received", "sent_at", "socket", "wanted")

    def __init__(self, port: int) -> None:
        """Connect to a server on this machine."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received, self.wanted, self.sent_at = bytearray(), 0, 0.0

    def send(self, request: bytes) -> None:
        """Send a request; the last answer is forgotten."""
        self.received, self.wanted = bytearray(), 0
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; tell whether the answer is complete."""
        data = self.socket.recv(CHUNK)
        if not data:
            message = "The server closed a connection."
            raise ConnectionError(message)
        self.received += data
        if not self.wanted and not self._read_head():
            return False
        if self.wanted < 0:
            return self.received.endswith(LAST_CHUNK)
        return len(self.received) >= self.wanted

    def _read_head(self) -> bool:
        """Read how long the answer will be; one in chunks says so at its end."""
        end = self.received.find(END_OF_HEAD)
        if end < 0:
            return False
        head = self.received[:end].lower()
        _, found, rest = head.partition(LENGTH)
        self.wanted = end + 4 + int(rest.partition(b"\r")[0]) if found else -1
        return True

    def body(self) -> bytes:
        """Return the body of a complete answer."""
        head, _, body = self.received.partition(END_OF_HEAD)
        if b"chunked" not in head.lower():
            return bytes(body)
        return b"".join(_chunks(bytes(body)))


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        yield rest[:length]
        body = rest[length + 2 :] if length else b""


def ask(port: int, request: bytes) -> bytes:
    """Send one request on a connection of its own; give the body of the answer."""
    connection = Connection(port)
    try:
        connection.send(request)
        while not connection.receive():
            pass
        return connection.body()
    finally:
        connection.socket.close()


def drive(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Send these requests in turn for so long, and wait for the last answers."""
    load, following = Load(), cycle(requests)
    poll = select.epoll()
    opened = [Connection(port) for _ in range(connections)]
    waiting = {item.socket.fileno(): item for item in opened}
    gc.disable()
    try:
        start = time.perf_counter()
        for number, item in waiting.items():
            item.socket.settimeout(None)  # a timeout costs a system call each time
            poll.register(number, select.EPOLLIN)
            item.send(next(following))
        _loop(load, poll, waiting, following, start + seconds)
        load.seconds = time.perf_counter() - start
        return load
    finally:
        gc.enable()
        poll.close()
        for item in opened:
            item.socket.close()


def _loop(
    load: Load,
    poll: select.epoll,
    waiting: dict[int, Connection],
    following: Iterator[bytes],
    deadline: float,
) -> None:
    clock, latencies = time.perf_counter, load.latencies
    while waiting:
        ready = poll.poll(PATIENCE)
        if not ready:
            message = f"{len(waiting)} answers did not come within {PATIENCE} seconds."
            raise TimeoutError(message)
        for number, _ in ready:
            item = waiting[number]
            if not item.receive():
                continue
            now = clock()
            latencies.append(now - item.sent_at)
            load.size += len(item.received)
            load.failed += item.received[9:12] != b"200"
            if now < deadline:
                item.send(next(following))
            else:
                poll.unregister(number)
                del waiting[number]
