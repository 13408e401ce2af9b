"""How many meetings a second JSON Lines bring in, beside the same rows put in by bare drivers.

Prints for each database meetings a second, and in brackets those a second of this process's CPU
(a PostgreSQL server's is not in it):
`make bench-intake`, or with a number of meetings as ARGS.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import asyncpg
import orjson
import sqlalchemy as sa

from api.database.migrations import migrate
from api.database.sqlite import load_driver
from api.database.transactions import read, writing
from api.intake import import_paths
from api.model import METADATA, SEARCH_INDEX
from api.settings import Settings
from tests.postgres import running_postgres

MEETINGS = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
ACTORS, PLACES = 2000, 200
# The tables that meetings fill, each after those that it refers to.
NAMES = (
    *("dossier", "revision", "record", "event", "meeting", "event_place", "participation"),
    *("change", "search_record", "search_field"),
)
TABLES = {name: METADATA.tables[name] for name in NAMES}
Rows = dict[sa.Table, list[tuple[Any, ...]]]


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


class Rate(NamedTuple):
    """How many meetings a second something brings in, and a second of CPU."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        """Write both."""
        return f"{self.wall:,.0f} ({self.cpu:,.0f})"


def measure(work: Callable[[], Any]) -> Rate:
    """Measure how many meetings a second some work brings in."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    return Rate(MEETINGS / (time.perf_counter() - start), MEETINGS / (time.process_time() - spent))


def import_file(settings: Settings, path: Path) -> None:
    """Import a file as the command does."""
    with writing(settings) as write:
        import_paths([path], write)


def read_rows(settings: Settings) -> Rows:
    """Read the rows that meetings made."""

    def read_all(connection: sa.Connection) -> Rows:
        if settings.sqlite_path:
            driver: Any = connection.connection.dbapi_connection
            return {
                table: driver.execute(f"SELECT {list_columns(table)} FROM {name}").fetchall()  # noqa: S608
                for name, table in TABLES.items()
            }
        return {
            table: [tuple(row) for row in connection.execute(sa.select(table))]
            for table in TABLES.values()
        }

    return read(settings, read_all)


def list_columns(table: sa.Table) -> str:
    """List a table's columns for SQL."""
    return ", ".join(f'"{column}"' for column in table.c.keys())  # noqa: SIM118 — names, not columns


def read_new_rows(settings: Settings, before: Rows) -> Rows:
    """Read the rows that meetings made, with what the search index has of them.

    The index keeps no text of its own: a meeting here has one text, whose tokens are its words.
    """
    rows = {}
    for table, held in read_rows(settings).items():
        key = itemgetter(*[list(table.c).index(column) for column in table.primary_key])
        known = set(map(key, before[table]))
        rows[table] = [row for row in held if key(row) not in known]
    tokens = [(row[0], row[5].strip()) for row in rows[TABLES["search_field"]]]
    return rows | {SEARCH_INDEX: [(key, words, words) for key, words in tokens]}


def insert_sqlite(path: Path, rows: Rows) -> None:
    """Insert rows by the bare driver, in one transaction; no foreign key is checked.

    The driver binds values as it does by itself, without what `load_driver` registers.
    """
    driver = load_driver()
    driver.adapters.clear()
    connection = driver.connect(path)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-65536")
    with connection:
        for table, values in rows.items():
            marks = ", ".join("?" * len(table.c))
            sql = f"INSERT OR IGNORE INTO {table} ({list_columns(table)}) VALUES ({marks})"  # noqa: S608
            connection.executemany(sql, values)
    connection.close()


async def copy_postgres(url: str, rows: Rows) -> None:
    """Copy rows by the bare driver, in one transaction."""
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        for table, values in rows.items():
            columns = table.c.keys()
            await connection.copy_records_to_table(table.name, columns=columns, records=values)
    await connection.close()


def run(name: str, settings: list[Settings], people: Path, meetings: Path) -> None:
    """Import into one database twice, put the same rows into another, and print the rates."""
    for each in settings:
        migrate(each)
        import_file(each, people)
    before = read_rows(settings[0])
    ours = measure(lambda: import_file(settings[0], meetings))
    again = measure(lambda: import_file(settings[0], meetings))
    rows = read_new_rows(settings[0], before)
    if path := settings[1].sqlite_path:
        bare = measure(lambda: insert_sqlite(path, rows))
    else:
        bare = measure(lambda: asyncio.run(copy_postgres(settings[1].database_url, rows)))
    print(  # noqa: T201
        f"{name}: {ours} meetings/s; again, unchanged, {again}; bare driver {bare}; "
        f"ours {ours.wall / bare.wall:.2f} of it ({ours.cpu / bare.cpu:.2f})"
    )


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
