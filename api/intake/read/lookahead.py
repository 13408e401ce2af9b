"""An on-disk index of the records that later lines of a file define; memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from api.intake.drafts import Ref
from api.intake.forms.form import Form, form_of
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.read.lines import Line
from api.output import naming


class Lookahead:
    """Finds later lines by the ids they define, and records which were read out of order."""

    def __init__(self, path: Path) -> None:
        """Open no index yet: most files refer only to earlier lines."""
        self.file = path.open("rb")
        # A temporary database, which SQLite deletes. Its driver may be another than the imported
        # database's: they share no file.
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute(
            "CREATE TABLE line (id TEXT PRIMARY KEY, number INT, start INT) WITHOUT ROWID"
        )
        self.database.execute("CREATE TABLE taken (start INTEGER PRIMARY KEY)")
        self.is_built = False

    def build_index(self, number: int, offset: int) -> None:
        """Build the index of the lines after this number and offset, on the first call only."""
        if self.is_built:
            return
        self.is_built = True
        self.file.seek(offset)
        with naming(f"The temporary index of {self.file.name}"):
            self.database.execute("BEGIN")
            self.database.executemany(
                "INSERT OR IGNORE INTO line VALUES (?, ?, ?)", self._index_lines(number, offset)
            )
            self.database.execute("COMMIT")

    def _index_lines(self, number: int, offset: int) -> Iterator[tuple[str, int, int]]:
        start = offset
        for place, text in enumerate(self.file, number + 1):
            for name in _parse_ids(text):
                yield name, place, start
            start += len(text)

    def take(self, ids: Iterable[str], offset: int) -> Iterator[Line]:
        """Read the lines after an offset that define these records, each line only once."""
        for name in ids:
            query = "SELECT number, start FROM line WHERE id = ? AND start >= ?"
            found = self.database.execute(query, (name, offset)).fetchone()
            if found and self._mark(found[1]):
                number, start = found
                self.file.seek(start)
                yield Line(number, start, self.file.readline())

    def _mark(self, start: int) -> bool:
        sql = "INSERT OR IGNORE INTO taken VALUES (?)"
        return self.database.execute(sql, (start,)).rowcount == 1

    def drop_taken(self, lines: list[Line]) -> list[Line]:
        """Return the lines without those already read out of order."""
        if not self.is_built or not lines:
            return lines
        query = "SELECT start FROM taken WHERE start BETWEEN ? AND ?"
        between = (lines[0].offset, lines[-1].offset)
        taken = {row[0] for row in self.database.execute(query, between)}
        return [line for line in lines if line.offset not in taken]

    def close(self) -> None:
        """Close the file and delete the index."""
        self.database.close()
        self.file.close()


def _parse_ids(text: bytes) -> Iterator[str]:
    """Yield the ids of the records that a line defines; an invalid line defines none."""
    try:
        tree = orjson.loads(text)
        yield from list_ids(tree, form_of(SECTIONS[LINES[tree["record"]]]))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return


def list_ids(tree: dict[str, Any], form: Form, owner: str = "") -> Iterator[str]:
    """Yield the ids of a record and its children."""
    key = owner + ".".join(tree[name] for name in form.model.key_fields)
    if form.kind:
        yield str(Ref(form.kind, key))
    for name, codec in form.children:
        for child in tree.get(name) or ():
            yield from list_ids(child, codec.child, f"{key}.")
