"""Checks a database: whether all that derives from its records is what a new import of them gives.

The records are exported, imported into a temporary SQLite file, and both are compared row by row
with names in the place of ids, on disk: memory does not grow with the database.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from sqlite3 import connect
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.database.migrations import create_sqlite
from api.database.transactions import read, writing
from api.errors import CheckError
from api.intake.batches import LinesImport
from api.intake.forms.read_back import read_lines
from api.intake.progress import no_bytes
from api.intake.rows import CHUNK, chunked, table_of
from api.output import naming, working_folder
from api.releases import at_file
from api.settings import Settings
from api.statements import compile_once, share, stream

COUNT, DOSSIER, RECORD = map(table_of, (m.RecordCount, m.Dossier, m.Record))
# Tables that do not derive from records, or are compared in another form.
LEFT_OUT = {
    *("api_key", "bookmark", "followed", "idempotency"),
    *("change", "release", "revision", "version"),
    *("country", "language", "dossier", "record_count", "search_version", "compatibility"),
}
# Columns that an import writes anew.
WRITTEN = {"recorded_at", "revision_id", "digest"}
# The words that each record is found by, sorted. SQLite's index keeps no row as it was written.
VOCABULARY = "CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab(main, search_index, instance)"
WORDS = {
    "sqlite": """
SELECT record.kind || ':' || record."key" AS id, found.col, found.words FROM (
    SELECT doc, col, group_concat(term, ' ' ORDER BY term) AS words
    FROM temp.occurrence GROUP BY doc, col
) AS found LEFT JOIN record ON record.id = found.doc
""",
    "postgresql": """
SELECT record.kind || ':' || record."key" AS id, found.col, (
    SELECT string_agg(DISTINCT word COLLATE "C", ' ' ORDER BY word COLLATE "C")
    FROM unnest(string_to_array(found.words, ' ')) AS word
) AS words FROM (
    SELECT rowid, 'names' AS col, names AS words FROM search_index
    UNION ALL SELECT rowid, 'words', words FROM search_index
) AS found LEFT JOIN record ON record.id = found.rowid WHERE found.words <> ''
""",
}
Show = Callable[[str], object]


def check_database(settings: Settings, show: Show) -> int:
    """Return the number of records, if the database is what they give.

    Each difference is shown as a line: `-` and a stored row, `+` and a row that should be stored.

    Raises:
        CheckError: there are differences, or SQLite finds the file damaged.
        ImportFailure: a stored record is not valid.
    """
    with working_folder() as temporary, naming(temporary):
        lines, file = temporary / "lines.jsonl", temporary / "rebuilt.db"
        rows = connect(temporary / "rows.db", isolation_level=None)
        try:
            rows.execute("PRAGMA synchronous=OFF")
            rows.execute("CREATE TABLE stored (row TEXT PRIMARY KEY) WITHOUT ROWID")
            rows.execute("CREATE TABLE rebuilt (row TEXT PRIMARY KEY) WITHOUT ROWID")

            def copy(connection: sa.Connection) -> None:
                found = read_lines(connection)  # its first query sets the isolation level
                with lines.open("wb") as output:
                    output.writelines(found)
                _keep(rows, "stored", read_rows(connection))
                if connection.dialect.name == "sqlite":
                    _check_file(connection)

            read(settings, copy)
            records = _import(settings, lines, file)
            read(at_file(settings, file), lambda made: _keep(rows, "rebuilt", read_rows(made)))
            differences = 0
            for differences, line in enumerate(_compare(rows), 1):  # noqa: B007 — their number
                show(line)
            if differences:
                message = (
                    f"{differences:,} rows differ from what the records give: - is stored, "
                    "+ should be. `mithaq export`, imported into a new database, is free of them."
                )
                raise CheckError(message)
        finally:
            rows.close()
    return records


def _import(settings: Settings, lines: Path, file: Path) -> int:
    """Import lines into a new SQLite file, and return the number of its records."""
    count = sa.select(sa.func.count()).select_from(RECORD)
    create_sqlite(file)
    with writing(at_file(settings, file)) as write:
        LinesImport(lines, write, datetime.now(UTC), "mithaq", no_bytes, None).run()
        return write(lambda connection: connection.scalar(count)) or 0


def _check_file(connection: sa.Connection) -> None:
    """Check a SQLite file's pages, indexes and foreign keys."""
    problems = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    for table, number, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        problems.append(f"row {number} of {table} refers to a row that does not exist")
    if problems != ["ok"]:
        message = f"SQLite finds the file damaged: {'; '.join(map(str, problems[:5]))}."
        raise CheckError(message)


def _keep(rows: Any, table: str, found: Iterable[str]) -> None:
    rows.execute("BEGIN")
    for chunk in chunked(found):
        values = [(row,) for row in chunk]
        rows.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", values)  # noqa: S608
    rows.execute("COMMIT")


def _compare(rows: Any) -> Iterator[str]:
    for sign, one, other in (("-", "stored", "rebuilt"), ("+", "rebuilt", "stored")):
        query = f"SELECT row FROM {one} EXCEPT SELECT row FROM {other}"  # noqa: S608
        for (row,) in rows.execute(query):
            yield sign + row


def read_rows(connection: sa.Connection) -> Iterator[str]:
    """Yield, as JSON, all rows that derive from records, with names in the place of ids."""
    for name, table in m.METADATA.tables.items():
        if name not in LEFT_OUT:
            yield from _read_table(connection, table)
    total = sa.func.sum(COUNT.c.delta)
    counts = sa.select(COUNT.c.kind, sa.cast(total, sa.Integer).label("records"))
    counts = counts.group_by(COUNT.c.kind).having(total != 0)
    yield from _read(connection, "record_count", counts)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only=0")  # of the file nothing is written
        connection.exec_driver_sql(VOCABULARY)
    yield from _read(connection, "search_index", sa.text(WORDS[connection.dialect.name]))


def _read(connection: sa.Connection, name: str, query: Any) -> Iterator[str]:
    found = connection.execute(query, execution_options={"yield_per": CHUNK})
    for row in found.mappings():
        yield _write_row(name, dict(row))


def _read_table(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    query = _name_rows(table)
    names = [str(column.key) for column in query.selected_columns]
    compiled = compile_once(query, share(connection.dialect))
    for rows in stream(connection, compiled.sql, compiled.bind({}), CHUNK):
        for row in rows:
            yield _write_row(table.name, dict(zip(names, compiled.read(row), strict=True)))


def _write_row(table: str, row: dict[str, Any]) -> str:
    return json.dumps({"table": table, **row}, ensure_ascii=False, default=str)


@cache
def _name_rows(table: sa.Table) -> sa.Select[Any]:
    """Build the query of a table's rows, with the ids of records and the names of dossiers.

    Produces: SELECT record_1.kind || ':' || record_1.key AS id, … FROM event
    LEFT OUTER JOIN record AS record_1 ON record_1.id = event.id …
    """
    columns: list[Any] = []
    source: Any = table
    for column in table.c:
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name in WRITTEN or (target is None and column.name == "id"):
            continue
        if target in {None, "country", "language"}:
            columns.append(column)
        elif target == "dossier":
            other = DOSSIER.alias()
            source = source.outerjoin(other, other.c.id == column)
            has_source = other.c.source_kind.is_not(None)
            columns.append(sa.case((has_source, other.c.name)).label(column.name))
        else:
            other = RECORD.alias()
            source = source.outerjoin(other, other.c.id == column)
            columns.append((other.c.kind + ":" + other.c.key).label(column.name))
    return sa.select(*columns).select_from(source)
