"""How many meetings a second JSON Lines bring in, beside the same rows put in by bare drivers.

Prints a line for each database: `make bench-intake`, or with a number of meetings as ARGS.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import orjson
import sqlalchemy as sa

from api.database.revisions import migrate
from api.database.sqlite import load_driver
from api.database.transactions import read, writing
from api.intake import import_paths
from api.model import METADATA
from api.settings import Settings
from tests.postgres import running_postgres

MEETINGS = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
ACTORS, PLACES = 2000, 200
# The tables that meetings fill, each after those that it refers to.
TABLES = ("dossier", "revision", "record", "event", "meeting", "participation", "change")


def build_people() -> Iterator[dict[str, Any]]:
    """Build the actors and places that meetings refer to."""
    for number in range(ACTORS):
        yield {
            "record": "actor",
            "key": f"actor-{number}",
            "kind": "PERSON",
            "names": {"en": f"Actor {number}"},
        }
    for number in range(PLACES):
        yield {"record": "place", "key": f"place-{number}", "names": {"en": f"Place {number}"}}


def build_meetings() -> Iterator[dict[str, Any]]:
    """Build meetings of four participants each."""
    random = Random(7)  # noqa: S311 — the same meetings every time
    for number in range(MEETINGS):
        month, day = random.randrange(1, 13), random.randrange(1, 29)
        actors = random.sample(range(ACTORS), 4)
        yield {
            "record": "meeting",
            "key": f"meeting-{number}",
            "format": "TALKS",
            "title": {"en": f"Talks number {number} on the crossing"},
            "date": f"{random.randrange(1950, 2026)}-{month:02}-{day:02}",
            "place": f"place-{random.randrange(PLACES)}",
            "participants": [
                {"role": "GUEST" if place else "HOST", "actor": f"actor-{actor}"}
                for place, actor in enumerate(actors)
            ],
        }


def write_lines(path: Path, records: Iterator[dict[str, Any]]) -> Path:
    """Write records as JSON Lines."""
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


def measure(work: Callable[[], Any]) -> float:
    """Measure how many meetings a second some work brings in."""
    start = time.perf_counter()
    work()
    return MEETINGS / (time.perf_counter() - start)


def import_file(settings: Settings, path: Path) -> None:
    """Import a file as the command does."""
    with writing(settings) as write:
        import_paths([path], write)


def read_rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Read the rows that meetings made."""
    tables = {name: METADATA.tables[name] for name in TABLES}

    def read_all(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
        if settings.sqlite_path:
            driver: Any = connection.connection.dbapi_connection
            return {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
        return {
            name: [tuple(row) for row in connection.execute(sa.select(table))]
            for name, table in tables.items()
        }

    return read(settings, read_all)


def insert_sqlite(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Insert rows by the bare driver, in one transaction; no foreign key is checked."""
    connection = load_driver().connect(path)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-65536")
    with connection:
        for name, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", values)  # noqa: S608
    connection.close()


async def copy_postgres(url: str, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Copy rows by the bare driver, in one transaction."""
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        for name, values in rows.items():
            await connection.copy_records_to_table(name, records=values)
    await connection.close()


def run(name: str, settings: list[Settings], people: Path, meetings: Path) -> None:
    """Import into one database, put the same rows into another, and print both rates."""
    for each in settings:
        migrate(each)
        import_file(each, people)
    before = {table: set(rows) for table, rows in read_rows(settings[0]).items()}
    ours = measure(lambda: import_file(settings[0], meetings))
    rows = {
        table: [row for row in held if row not in before[table]]
        for table, held in read_rows(settings[0]).items()
    }
    if path := settings[1].sqlite_path:
        bare = measure(lambda: insert_sqlite(path, rows))
    else:
        bare = measure(lambda: asyncio.run(copy_postgres(settings[1].database_url, rows)))
    print(f"{name}: {ours:,.0f} meetings/s; bare driver {bare:,.0f}; {bare / ours:.2f} times")  # noqa: T201


def main() -> None:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        people = write_lines(Path(folder, "people.jsonl"), build_people())
        meetings = write_lines(Path(folder, "meetings.jsonl"), build_meetings())
        sqlite = [Settings(database_url=f"sqlite:///{folder}/{name}.db") for name in "ab"]
        run("SQLite", sqlite, people, meetings)
        postgres = [Settings(database_url=server.create_database(name)) for name in "ab"]
        run("PostgreSQL", postgres, people, meetings)


if __name__ == "__main__":
    main()
