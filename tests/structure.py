"""What the tables of a database are made of, as text: two that are alike give the same lines."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

# Statements whose rows are a table's name and a line about it.
POSTGRESQL = (
    # Columns.
    (
        "SELECT relname, concat_ws(' ', 'column', attname, format_type(atttypid, atttypmod), "
        "CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || collname END, "
        "CASE WHEN attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(adbin, adrelid)) "
        "FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid "
        "JOIN pg_type AS t ON t.oid = atttypid LEFT JOIN pg_collation AS l ON l.oid = attcollation "
        "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
        "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace "
        "AND attnum > 0 AND NOT attisdropped"
    ),
    # Constraints; newer versions list NOT NULL among them, too.
    (
        "SELECT relname, 'constraint ' || conname || ' ' || pg_get_constraintdef(n.oid) "
        "FROM pg_constraint AS n JOIN pg_class AS c ON c.oid = conrelid "
        "WHERE connamespace = current_schema()::regnamespace AND contype NOT IN ('n', 't')"
    ),
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    (
        "SELECT relname, pg_get_triggerdef(t.oid) FROM pg_trigger AS t "
        "JOIN pg_class AS c ON c.oid = tgrelid WHERE NOT tgisinternal"
    ),
)
SQLITE = (
    "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    (
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' "
        "OR sql LIKE 'CREATE VIRTUAL TABLE %'"
    ),
)
TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
KNOWN: dict[str, list[str]] = {}  # the lines about a table of SQLite by what created it


def describe_tables(connection: sa.Connection) -> str:
    """List the tables in order of their names, each with its columns, constraints and triggers."""
    on_sqlite = connection.dialect.name == "sqlite"
    lines = _describe_sqlite(connection) if on_sqlite else []
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        rows = connection.exec_driver_sql(statement)
        lines += [f"{table}: {' '.join(text.split())}" for table, text in rows]
    return "\n".join(sorted(lines)) + "\n"


def _describe_sqlite(connection: sa.Connection) -> list[str]:
    """Describe SQLite's tables; those that were created by the same statement are read once."""
    tables = {row.name: row.sql for row in connection.execute(sa.text(TABLES))}
    inspector = sa.inspect(connection)
    shown = [name for name in inspector.get_table_names() if name in tables]
    unknown = [name for name in shown if tables[name] not in KNOWN]
    lines = defaultdict[str, list[str]](list)
    for read, describe in (
        (inspector.get_multi_columns, _describe_columns),
        (inspector.get_multi_pk_constraint, _describe_primary_key),
        (inspector.get_multi_check_constraints, _describe_checks),
        (inspector.get_multi_unique_constraints, _describe_unique),
        (inspector.get_multi_foreign_keys, _describe_foreign_keys),
    ):
        for (_, table), found in read(filter_names=unknown).items():
            lines[table] += [f"{table}: {line}" for line in describe(found)]
    KNOWN.update({tables[name]: lines[name] for name in unknown})
    return [line for name in shown for line in KNOWN[tables[name]]]


def _describe_columns(columns: Any) -> Iterator[str]:
    for column in columns:
        null = "" if column["nullable"] else " NOT NULL"
        default = "" if column["default"] is None else f" DEFAULT {column['default']}"
        yield f"column {column['name']} {column['type']!r}{null}{default}"


def _describe_primary_key(key: Any) -> Iterator[str]:
    yield f"primary key {', '.join(key['constrained_columns'])}"


def _describe_checks(checks: Any) -> Iterator[str]:
    for check in checks:
        yield f"check {check['name']}: {check['sqltext']}"


def _describe_unique(constraints: Any) -> Iterator[str]:
    for unique in constraints:
        yield f"unique {unique['name']}: {', '.join(unique['column_names'])}"


def _describe_foreign_keys(keys: Any) -> Iterator[str]:
    for key in keys:
        columns, others = map(", ".join, (key["constrained_columns"], key["referred_columns"]))
        options = "".join(f" {name} {value}" for name, value in key.get("options", {}).items())
        yield f"foreign key {key['name']}: {columns} to {key['referred_table']} ({others}){options}"
