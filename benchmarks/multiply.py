"""Multiplies a benchmark's PostgreSQL database, which takes minutes where an import takes hours.

All that its articles define is repeated under other keys, with the same actors, places, dates and
words, so that each question finds as many times more. Rows are copied inside the server, without
indexes, which are made afterwards from their own definitions.
"""

import asyncio
from dataclasses import dataclass

import asyncpg

from benchmarks.generate import Scale

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text
FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
WHERE contype = 'f' AND connamespace = 'public'::regnamespace"""
COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"""
# Constraints first, since most indexes belong to one; foreign keys before what they refer to.
DEFINITIONS = """
SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name,
  pg_get_constraintdef(oid) AS definition, contype = 'f' AS is_foreign
FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND connamespace = 'public'::regnamespace
ORDER BY contype = 'f' DESC"""
INDEXES = """
SELECT quote_ident(indexname) AS name, indexdef AS definition FROM pg_indexes
WHERE schemaname = 'public' AND indexname NOT IN (
  SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))"""
Columns = dict[str, list[str]]
References = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Multiplier:
    """Writes the statements that repeat the rows of a database's articles."""

    columns: Columns
    references: References
    last_record: int  # the id of the last record that no article defines
    last_dossier: int  # the id of the last dossier that is no article's
    last: dict[str, int]  # the last id of each table with ids
    scale: Scale

    def write(self, table: str, times: int) -> str | None:
        """Write the statement for a table; None if it has nothing that articles define."""
        owners = [name for name in self.columns[table] if self._is_record(table, name)]
        if owners:
            repeated = " OR ".join(f"{name} > {self.last_record}" for name in owners)
        elif table == "dossier":
            repeated = "source_kind = 'ARTICLE'"
        elif table == "change":
            repeated = "kind NOT IN ('ACTOR', 'PLACE')"
        else:
            return None
        names = ", ".join(self.columns[table])
        values = ", ".join(self._shift(table, name) for name in self.columns[table])
        return (
            f"INSERT INTO {table} ({names}) SELECT {values} "  # noqa: S608 — the catalog's names
            f"FROM generate_series(1, {times - 1}) n CROSS JOIN {table} WHERE {repeated}"
        )

    def _is_record(self, table: str, column: str) -> bool:
        """Whether a column has a record's id: all kinds of records share their ids."""
        target = self.references.get((table, column))
        return (table, column) == ("record", "id") or (
            target is not None and self._is_record(target, "id")
        )

    def _shift(self, table: str, name: str) -> str:
        if self._is_record(table, name):
            return _move(name, self.last_record, self.last["record"])
        if "dossier" in (table, self.references.get((table, name))) and name.endswith("id"):
            return _move(name, self.last_dossier, self.last["dossier"])
        if name == "id" and table in self.last:
            return f"id + n * {self.last[table]}"
        named = name.endswith("key") or (table, name) == ("dossier", "name")
        return self._renumber(name) if named else name

    def _renumber(self, name: str) -> str:
        """Write the key of a repeated record; a key without a number is a claim's hash."""
        cases = []
        for kind, size in (
            ("article", self.scale.articles),
            ("meeting", self.scale.meetings),
            ("agreement", self.scale.meetings // 5),
        ):
            first = f"strpos({name}, '{kind}-') + {len(kind) + 1}"
            number = f"substr({name}, {first}, 7)::int + n * {size}"
            moved = f"overlay({name} PLACING lpad(({number})::text, 7, '0') FROM {first} FOR 7)"
            cases.append(f"WHEN {name} LIKE '%{kind}-%' THEN {moved}")
        return f"CASE {' '.join(cases)} ELSE left(md5({name} || n), 24) END"


def _move(name: str, shared: int, step: int) -> str:
    return f"{name} + CASE WHEN {name} > {shared} THEN n * {step} ELSE 0 END"


async def read_multiplier(connection: asyncpg.Connection, scale: Scale) -> Multiplier:
    """Read the tables of a database, and where the ids begin that are to be repeated."""
    columns: Columns = {}
    last = {}
    for table, column, type_ in await connection.fetch(COLUMNS):
        columns.setdefault(table, []).append(column)
        if column == "id" and type_ == "integer":
            query = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608
            last[table] = await connection.fetchval(query)
    references = {(row[0], row[1]): row[2] for row in await connection.fetch(FOREIGN_KEYS)}
    shared = "SELECT max(id), max(dossier_id) FROM record WHERE kind IN ('ACTOR', 'PLACE')"
    record, dossier = await connection.fetchrow(shared)
    return Multiplier(columns, references, record, dossier, last, scale)


def multiply(scale: Scale, times: int, url: str) -> None:
    """Repeat what the articles of a scale's database define, so that there is `times` as much."""
    asyncio.run(_multiply(scale, times, url))


async def _multiply(scale: Scale, times: int, url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("SET maintenance_work_mem = '1GB'")
    multiplier = await read_multiplier(connection, scale)
    constraints = await connection.fetch(DEFINITIONS)
    indexes = await connection.fetch(INDEXES)
    for row in constraints:
        await connection.execute(f"ALTER TABLE {row['table']} DROP CONSTRAINT {row['name']}")
    for row in indexes:
        await connection.execute(f"DROP INDEX {row['name']}")
    for table in multiplier.columns:
        if (statement := multiplier.write(table, times)) is not None:
            await connection.execute(statement)
    await connection.execute(
        f"UPDATE record_count SET delta = delta * {times} WHERE kind NOT IN ('ACTOR', 'PLACE')"  # noqa: S608
    )
    await connection.execute(f"UPDATE actor SET event_count = event_count * {times}")  # noqa: S608
    await connection.execute(
        "UPDATE search_record SET date_desc = ' ' || "  # noqa: S608
        f"lpad((date_desc::int * {times})::text, 10, '0') WHERE kind = 'ACTOR'"
    )
    for row in reversed(constraints):
        valid = " NOT VALID" if row["is_foreign"] else ""
        added = f"ADD CONSTRAINT {row['name']} {row['definition']}{valid}"
        await connection.execute(f"ALTER TABLE {row['table']} {added}")
    for row in indexes:
        await connection.execute(row["definition"])
    await connection.close()
