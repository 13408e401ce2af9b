"""Starts servers, each alone on a core, and reads what they cost from /proc."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SERVER_CORE, OTHER_CORE = "0", "1"
PATIENCE = 60.0
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    log: Path,
    environment: Mapping[str, str],
    cores: str = SERVER_CORE,
) -> Iterator[int]:
    """Run a server on its cores for as long as the context lasts; give its process id."""
    pinned = ["taskset", "--cpu-list", cores, *command]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 — commands of ours
            pinned,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | environment,
            start_new_session=True,
        )
    try:
        _wait_until_open(port, process, log)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"The server did not start; {log} says:\n{log.read_text()[-2000:]}"
    raise RuntimeError(message)


def cpu_seconds(pid: int) -> float:
    """Read how long a process and its children, ended ones too, have used a processor."""
    total = 0
    for item in family(pid):
        fields = _read(item, "stat").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime
    return total / TICK


def peak_memory(pid: int) -> int:
    """Read the most memory, in bytes, that a process and its children have held."""
    kilobytes = 0
    for item in family(pid):
        for line in _read(item, "status").splitlines():
            if line.startswith("VmHWM:"):
                kilobytes += int(line.split()[1])
    return kilobytes * 1024


def family(pid: int) -> Iterator[int]:
    """List a process and its descendants."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        for child in (thread / "children").read_text().split():
            yield from family(int(child))


def _read(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()
