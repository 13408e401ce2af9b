"""What the tables of a database are made of, as text: two that are alike give the same lines."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

INDEXES = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
}
TRIGGERS = {
    "sqlite": (
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' "
        "OR sql LIKE 'CREATE VIRTUAL TABLE %'"
    ),
    "postgresql": (
        "SELECT relname, pg_get_triggerdef(t.oid) FROM pg_trigger AS t "
        "JOIN pg_class AS c ON c.oid = tgrelid WHERE NOT tgisinternal"
    ),
}


def describe_tables(connection: sa.Connection) -> str:
    """List the tables in order of their names, each with its columns, constraints and triggers."""
    inspector = sa.inspect(connection)
    lines = [
        f"{table}: {line}"
        for read, describe in (
            (inspector.get_multi_columns, _describe_columns),
            (inspector.get_multi_pk_constraint, _describe_primary_key),
            (inspector.get_multi_check_constraints, _describe_checks),
            (inspector.get_multi_unique_constraints, _describe_unique),
            (inspector.get_multi_foreign_keys, _describe_foreign_keys),
        )
        for (_, table), found in read().items()  # PostgreSQL tells of all tables at once
        for line in describe(found)
    ]
    for statements in (INDEXES, TRIGGERS):
        rows = connection.execute(sa.text(statements[connection.dialect.name]))
        lines += [f"{table}: {' '.join(sql.split())}" for table, sql in rows]
    return "\n".join(sorted(lines)) + "\n"


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
