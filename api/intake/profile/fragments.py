"""What a conversion has made of rows, before those of one record are merged, on disk."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

BATCH = 10_000  # fragments that are stored at once


class Origin(NamedTuple):
    """Where a line is from: the number of the data file, the row, and the rule."""

    file: int
    row: int
    rule: int


class Fragment(NamedTuple):
    """What a rule made of a row for a record: the rank of its kind, its key, and its line.

    A record that is wrong has no line.
    """

    rank: int
    key: str
    file: int
    row: int
    rule: int
    line: bytes | None


class Fragments:
    """The fragments of a conversion and, for a quarantine, its rows as they were.

    They are in a temporary database, which SQLite deletes. `flush` comes before they are read.
    """

    def __init__(self) -> None:
        """Create the database."""
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute(
            "CREATE TABLE fragment (rank INT, key TEXT, file INT, row INT, rule INT, line BLOB)"
        )
        self.database.execute(
            "CREATE TABLE source (file INT, row INT, kept BLOB, PRIMARY KEY (file, row))"
        )
        self.database.execute("BEGIN")  # one transaction, since nothing is to outlast it
        self.pending: list[Fragment] = []
        self.sources: list[tuple[int, int, bytes]] = []

    def add(self, fragment: Fragment) -> None:
        """Store a fragment."""
        self.pending.append(fragment)
        if len(self.pending) >= BATCH:
            self.flush()

    def keep(self, file: int, row: int, source: bytes) -> None:
        """Store a row as it was."""
        self.sources.append((file, row, source))
        if len(self.sources) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is pending."""
        self.database.executemany("INSERT INTO fragment VALUES (?, ?, ?, ?, ?, ?)", self.pending)
        self.database.executemany("INSERT INTO source VALUES (?, ?, ?)", self.sources)
        self.pending.clear()
        self.sources.clear()

    def index(self) -> None:
        """Make `has` and `find_rows` fast."""
        self.database.execute("CREATE INDEX IF NOT EXISTS fragment_key ON fragment (rank, key)")

    def has(self, rank: int, key: str) -> bool:
        """Return whether there is a record, also if it is wrong."""
        query = "SELECT 1 FROM fragment WHERE rank = ? AND key = ?"
        return self.database.execute(query, (rank, key)).fetchone() is not None

    def list_keys(self) -> Iterable[tuple[int, str]]:
        """Return the rank and key of each record."""
        return self.database.execute("SELECT DISTINCT rank, key FROM fragment")

    def find_rows(self, rank: int, key: str) -> list[tuple[int, int]]:
        """Return the rows that make a record, by file and number."""
        query = "SELECT DISTINCT file, row FROM fragment WHERE rank = ? AND key = ? ORDER BY 1, 2"
        return list(self.database.execute(query, (rank, key)))

    def list_others(self) -> Iterable[tuple[int, int, int, str]]:
        """Return the good rows of records of which other rows are wrong.

        Each has its file and number, and the record's rank and key.
        """
        return self.database.execute(
            "SELECT DISTINCT file, row, rank, key FROM fragment WHERE line IS NOT NULL AND "
            "(rank, key) IN (SELECT rank, key FROM fragment WHERE line IS NULL) ORDER BY 1, 2"
        )

    def take_source(self, file: int, row: int) -> bytes | None:
        """Return a row as it was, the first time that it is asked for."""
        query = "DELETE FROM source WHERE file = ? AND row = ? RETURNING kept"
        found = self.database.execute(query, (file, row)).fetchall()
        return found[0][0] if found else None

    def list_sorted(self, place: Callable[[int, int], str] | None = None) -> Iterator[Fragment]:
        """Yield the fragments by rank and key; those of one record in the order of their rows.

        `place` gives, for a file and row, a text by which rows sort; else they are as read.
        """
        order = "rank, key, rowid"
        if place is not None:
            self.database.create_function("place", 2, place)
            order = "rank, key, place(file, row), rowid"
        query = f"SELECT rank, key, file, row, rule, line FROM fragment ORDER BY {order}"  # noqa: S608
        return map(Fragment._make, self.database.execute(query))
