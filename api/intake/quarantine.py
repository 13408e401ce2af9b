"""The quarantine: bad lines of JSON Lines, verbatim, with the reason."""

import sqlite3
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from api.errors import Problem
from api.intake.drafts import Ref
from api.intake.read.lines import Line
from api.output import naming


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A file of JSON Lines that bad lines are added to."""

    path: Path

    def write(self, problems: Iterable[Problem], lines: Iterable[Line]) -> list[Line]:
        """Append the lines that have problems to the file; return those lines."""
        reasons: dict[int, list[str]] = defaultdict(list)
        file = ""
        for problem in problems:
            reasons[problem.line].append(problem.text)
            file = problem.path
        bad = [line for line in lines if line.number in reasons]
        with naming(self.path), self.path.open("ab") as out:
            for line in bad:
                out.writelines(self.describe(file, line, reasons[line.number]))
        return bad

    def describe(self, file: str, line: Line, reasons: list[str]) -> Iterator[bytes]:
        """Yield the entries of a bad line: where it is, why it is bad, and the line itself."""
        entry = {"file": file, "line": line.number, "reason": "; ".join(reasons)}
        yield orjson.dumps(entry | as_it_was(line.text)) + b"\n"


class QuarantinedRecords:
    """The records that quarantined lines define, on disk: other lines may refer to them."""

    def __init__(self) -> None:
        """Create a temporary database, which SQLite deletes."""
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute("CREATE TABLE record (id TEXT PRIMARY KEY, line INT) WITHOUT ROWID")

    def add(self, ref: Ref, line: int) -> None:
        """Remember the first line of a record."""
        with naming("The temporary index of quarantined lines"):
            self.database.execute("INSERT OR IGNORE INTO record VALUES (?, ?)", (str(ref), line))

    def find(self, ref: Ref) -> int | None:
        """Return the line of a record; None if it is not quarantined."""
        query = "SELECT line FROM record WHERE id = ?"
        found = self.database.execute(query, (str(ref),)).fetchone()
        return found[0] if found else None

    def close(self) -> None:
        """Delete the temporary database."""
        self.database.close()


def as_it_was(text: bytes) -> dict[str, str]:
    """Return a line verbatim as JSON text, or in base 64 if it is not UTF-8."""
    whole = text.removesuffix(b"\n")
    try:
        return {"record": whole.decode()}
    except UnicodeDecodeError:
        return {"base64": b64encode(whole).decode()}
