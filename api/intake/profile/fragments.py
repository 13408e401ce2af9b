"""What a conversion has made of rows, before those of one record are merged, on disk."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

# The size of an insert: so many fragments, rows and problems, or so many bytes of them.
BATCH, BATCH_BYTES = 10_000, 4_000_000
# The good fragments of records of which other rows are wrong.
OTHERS = (
    "FROM fragment WHERE line IS NOT NULL "
    "AND (rank, key) IN (SELECT rank, key FROM fragment WHERE line IS NULL)"
)


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


class BadRow(NamedTuple):
    """A problem of a row: the number of the file, the row, its columns, and what is wrong.

    It has the id of the record that could not be made, if it is known.
    """

    file: int
    row: int
    columns: Sequence[str]
    text: str
    id: str | None


class Fragments:
    """The fragments of a conversion, the problems of its rows and, for a quarantine, the rows.

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
        self.database.execute(
            "CREATE TABLE problem (file INT, row INT, columns TEXT, text TEXT, id TEXT)"
        )
        self.database.execute("CREATE TABLE gap (file INT, row INT, rule INT, columns TEXT)")
        self.database.execute(
            "CREATE TABLE stay (rank INT, key TEXT, taken INT, PRIMARY KEY (rank, key)) "
            "WITHOUT ROWID"
        )
        self.database.execute("CREATE INDEX gap_origin ON gap (file, row, rule)")
        self.database.execute("BEGIN")  # one transaction, since nothing is to outlast it
        # The rows to be inserted, by table, and their number and bytes.
        self.pending: dict[str, list[tuple[Any, ...]]] = {}
        self.rows = self.bytes = 0

    def __del__(self) -> None:
        """Delete the database with the object: a conversion is asked after it has run, too."""
        self.database.close()

    def add(self, fragment: Fragment) -> None:
        """Store a fragment."""
        self._insert("fragment", fragment, len(fragment.line or b""))

    def keep(self, file: int, row: int, source: bytes) -> None:
        """Store a row as it was."""
        self._insert("source", (file, row, source), len(source))

    def report(self, bad: BadRow) -> None:
        """Store a problem."""
        columns = json.dumps(bad.columns)
        self._insert("problem", bad._replace(columns=columns), len(columns) + len(bad.text))

    def note_gaps(self, origin: Origin, gaps: Mapping[str, Sequence[str]]) -> None:
        """Store the empty columns, by field, of fields that a record needs and a row lacks."""
        columns = json.dumps(gaps)
        self._insert("gap", (*origin, columns), len(columns))

    def find_gaps(self, origin: Origin) -> dict[str, list[str]]:
        """Return the empty columns, by field, of the fields that a row does not give."""
        query = "SELECT columns FROM gap WHERE file = ? AND row = ? AND rule = ?"
        found = self.database.execute(query, origin).fetchone()
        gaps: dict[str, list[str]] = json.loads(found[0]) if found else {}
        return gaps

    def _insert(self, table: str, row: tuple[Any, ...], size: int) -> None:
        self.pending.setdefault(table, []).append(row)
        self.rows += 1
        self.bytes += size
        if self.rows >= BATCH or self.bytes >= BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is pending."""
        for table, rows in self.pending.items():
            places = ", ".join("?" * len(rows[0]))
            self.database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        self.pending = {}
        self.rows = self.bytes = 0

    def index(self) -> None:
        """Make `has`, `find_rows` and `find_made` fast."""
        for columns in ("rank, key", "file, row"):
            name = columns.replace(", ", "_")
            self.database.execute(f"CREATE INDEX IF NOT EXISTS {name} ON fragment ({columns})")

    def has(self, rank: int, key: str) -> bool:
        """Return whether there is a record, also if it is wrong."""
        query = "SELECT 1 FROM fragment WHERE rank = ? AND key = ?"
        return self.database.execute(query, (rank, key)).fetchone() is not None

    def list_keys(self) -> Iterable[tuple[int, str]]:
        """Return the rank and key of each record."""
        return self.database.execute("SELECT DISTINCT rank, key FROM fragment")

    # The records that are stored, and stay as they are though rows make them.

    def let_stay(self, records: Iterable[tuple[int, str]]) -> None:
        """Have these records stay."""
        self.database.executemany("INSERT OR IGNORE INTO stay VALUES (?, ?, 0)", records)

    def list_staying(self) -> Iterable[tuple[int, str]]:
        """Return the rank and key of the records that stay."""
        return self.database.execute("SELECT rank, key FROM stay")

    def take(self, rank: int, key: str) -> None:
        """Record that a record that stays is now made of other rows than before their mending."""
        query = "UPDATE stay SET taken = 1 WHERE rank = ? AND key = ?"
        self.database.execute(query, (rank, key))

    def stays(self, rank: int, key: str, *, taken: bool = False) -> bool:
        """Return whether a record stays; if `taken`, whether it was taken by other rows, too."""
        query = "SELECT 1 FROM stay WHERE rank = ? AND key = ? AND taken >= ?"
        return self.database.execute(query, (rank, key, taken)).fetchone() is not None

    def find_rows(self, rank: int, key: str) -> list[tuple[int, int]]:
        """Return the rows that make a record, by file and number."""
        query = "SELECT DISTINCT file, row FROM fragment WHERE rank = ? AND key = ? ORDER BY 1, 2"
        return list(self.database.execute(query, (rank, key)))

    def list_problems(self) -> Iterator[BadRow]:
        """Yield the problems of rows, in the order of the rows."""
        found = self.database.execute("SELECT * FROM problem ORDER BY rowid")
        return (BadRow(*row)._replace(columns=json.loads(row[2])) for row in found)

    def count_wrong(self) -> int:
        """Return the number of rows that are wrong, or of whose records other rows are wrong."""
        rows = f"SELECT file, row FROM problem UNION SELECT file, row {OTHERS}"  # noqa: S608
        (count,) = self.database.execute(f"SELECT count(*) FROM ({rows})").fetchone()  # noqa: S608
        return int(count)

    def find_made(self, file: int, row: int) -> list[tuple[int, str]]:
        """Return the rank and key of each record that a row makes and that is not wrong."""
        query = (
            "SELECT DISTINCT rank, key FROM fragment "
            "WHERE file = ? AND row = ? AND line IS NOT NULL"
        )
        return list(self.database.execute(query, (file, row)))

    def find_origins(self, rank: int, key: str) -> list[Origin]:
        """Return the rows that make a record, each with its rule."""
        query = "SELECT file, row, rule FROM fragment WHERE rank = ? AND key = ?"
        return [Origin(*found) for found in self.database.execute(query, (rank, key))]

    def list_others(self) -> Iterable[tuple[int, int, int, str]]:
        """Return the good rows of records of which other rows are wrong.

        Each has its file and number, and the record's rank and key.
        """
        query = f"SELECT DISTINCT file, row, rank, key {OTHERS} ORDER BY 1, 2"
        return self.database.execute(query)

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
