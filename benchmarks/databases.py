"""Makes the databases of a scale: generated, imported, analyzed, and kept under .cache/bench.

They are made once, and anew when the generator has changed; new migrations are run on them.
"""

import asyncio
import fcntl
import getpass
import os
import pwd
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TextIO

import asyncpg

from api.database.sqlite import load_driver
from benchmarks import generate
from tests.postgres import OPTIONS, Postgres, _readable, _run, find_binaries, find_free_port

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "bench"
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
KEPT_UNDER = "0005"
FUNCTIONS = Path(__file__).parent / "peers" / "postgraphile.sql"
TUNING = "-c shared_buffers=2GB -c autovacuum=off -c max_parallel_workers_per_gather=0"


@dataclass(frozen=True, slots=True)
class Databases:
    """The two databases of a scale."""

    scale: str
    folder: Path
    sqlite: Path
    postgresql: str

    @property
    def inspected(self) -> Path:
        """Name the file of what datasette knows of the SQLite database."""
        return self.folder / "inspected.json"

    def url(self, engine: str) -> str:
        """Return the URL of one, as Mithaq's settings have it."""
        return f"sqlite:///{self.sqlite}" if engine == "sqlite" else self.postgresql


def version() -> str:
    """Name what the data depends on: the generator, and the migrations it was first kept under.

    Later ones carry what is kept along, as they do anybody's data.
    """
    migrations = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    kept = [path for path in migrations if path.name[:4] <= KEPT_UNDER]
    sources = [Path(generate.__file__), *kept]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def prepare(scale: str, server: Postgres) -> Databases:
    """Return the databases of a scale, which are made if they do not exist."""
    databases = find_databases(scale, server)
    with _locked(databases):
        if not databases.sqlite.exists():
            _make_sqlite(databases)
    _run_command(databases.url("sqlite"), "migrate")
    prepare_postgresql(scale, server)
    asyncio.run(execute(databases.postgresql, FUNCTIONS.read_text()))
    return databases


def prepare_postgresql(scale: str, server: Postgres) -> str:
    """Return the URL of a scale's PostgreSQL database, which is made if it is not there yet."""
    databases = find_databases(scale, server)
    with _locked(databases):
        make_once(server, databases.folder.name, partial(_fill, databases))
    _run_command(databases.postgresql, "migrate")
    return databases.postgresql


def make_once(
    server: Postgres, name: str, fill: Callable[[str], None], template: str = "template1"
) -> str:
    """Return the URL of a database; it is copied from another one and filled, if it is not there.

    `fill` is given the URL.
    """
    if not asyncio.run(_exists(server, name)):
        part = f"{name}-part"
        asyncio.run(execute(server.url("postgres"), f'DROP DATABASE IF EXISTS "{part}"'))
        url = server.create_database(part, template)
        fill(url)
        asyncio.run(execute(url, "VACUUM (ANALYZE, FREEZE)"))
        rename = f'ALTER DATABASE "{part}" RENAME TO "{name}"'
        asyncio.run(execute(server.url("postgres"), rename))
    return server.url(name)


def find_databases(scale: str, server: Postgres) -> Databases:
    """Return where the databases of a scale are, or will be."""
    folder = CACHE / f"{scale}-{version()}"
    folder.mkdir(parents=True, exist_ok=True)
    return Databases(scale, folder, folder / "mithaq.db", server.url(folder.name))


@contextmanager
def _locked(databases: Databases) -> Iterator[None]:
    """Wait for other processes that make the databases of a scale."""
    with (databases.folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_sqlite(databases: Databases) -> None:
    part = databases.folder / "part.db"
    part.unlink(missing_ok=True)
    _fill(databases, f"sqlite:///{part}")
    connection = load_driver().connect(str(part), isolation_level=None)
    for command in ("ANALYZE", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        connection.execute(command)
    connection.close()
    part.rename(databases.sqlite)


async def _exists(server: Postgres, name: str) -> bool:
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        query = "SELECT true FROM pg_database WHERE datname = $1"
        return bool(await connection.fetchval(query, name))
    finally:
        await connection.close()


async def execute(url: str, command: str) -> None:
    """Run a command in a database."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(command)
    finally:
        await connection.close()


def _fill(databases: Databases, url: str) -> None:
    """Migrate a database and import the scale's records, as anybody would."""
    records = _generated(databases)
    _run_command(url, "migrate")
    _run_command(url, "import", str(records))


def _run_command(url: str, *arguments: str) -> None:
    environment = os.environ | {"MITHAQ_DATABASE_URL": url}
    subprocess.run([*COMMAND, *arguments], env=environment, cwd=ROOT, check=True)  # noqa: S603


def _generated(databases: Databases) -> Path:
    records = databases.folder / "records.jsonl"
    if not records.exists():
        part = records.with_suffix(".part")
        command = [sys.executable, "-m", "benchmarks.generate", databases.scale]
        with part.open("wb") as output:
            subprocess.run(command, stdout=output, cwd=ROOT, check=True)  # noqa: S603
        part.rename(records)
    return records


@contextmanager
def alone() -> Iterator[None]:
    """Keep other runs away for as long as the context lasts.

    Raises:
        SystemExit: there is one.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "running").open("w") as file:
        if not _lock(file):
            sys.exit("Another benchmark is running here: wait until it has ended.")
        yield


@contextmanager
def kept_postgres() -> Iterator[Postgres]:
    """Run a server whose data stays when the context ends; as root, under another user.

    Processes share it: the first one here starts it, the last one stops it.
    """
    home = CACHE / "postgres"
    home.mkdir(parents=True, exist_ok=True)
    user = "nobody" if getpass.getuser() == "root" else None
    with (CACHE / "lock").open("w") as file:
        first = _lock(file)
        copied = home / "postgresql" / "bin"
        binaries = copied if copied.exists() else _readable(find_binaries(), home, user)
        if first:
            _start_postgres(binaries, home / "data", user)
        fcntl.flock(file, fcntl.LOCK_SH)
        try:
            yield Postgres(_read_port(home / "data"), binaries)
        finally:
            if _lock(file):
                _run([*_control(binaries, home / "data"), "stop"], user)


def _lock(file: TextIO) -> bool:
    """Lock a file, unless another process has."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_postgres(binaries: Path, data: Path, user: str | None) -> None:
    if not (data / "PG_VERSION").exists():
        _initialize(binaries, data, user)
    control = _control(binaries, data)
    if is_running(data):  # left by a run that was killed
        _run([*control, "stop"], user)
    options = f"-p {find_free_port()} -k '' -h 127.0.0.1 {OPTIONS} {TUNING}"
    _run([*control, "-o", options, "-l", str(data / "log"), "start"], user)


def _control(binaries: Path, data: Path) -> list[str]:
    return [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-m", "fast"]


def _read_port(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split("\n")[3])


def is_running(data: Path) -> bool:
    """Return whether a server runs on this data."""
    known = data / "postmaster.pid"
    return known.exists() and Path("/proc", known.read_text().split()[0]).exists()


def _initialize(binaries: Path, data: Path, user: str | None) -> None:
    data.mkdir(mode=0o700, exist_ok=True)
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "mithaq", "-A", "trust"]
    _run([*command, "--no-sync", "--locale=C", "--encoding=UTF8"], user)


def main(scale: str) -> None:
    """Make the databases of a scale."""
    with kept_postgres() as server:
        prepare(scale, server)


if __name__ == "__main__":
    main(sys.argv[1])
