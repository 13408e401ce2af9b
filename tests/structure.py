"""What the tables of a database are made of, as text: two that are alike give the same lines."""

from collections.abc import Iterator

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
        for table in inspector.get_table_names()
        for describe in (_describe_columns, _describe_rules)
        for line in describe(inspector, table)
    ]
    for statements in (INDEXES, TRIGGERS):
        rows = connection.execute(sa.text(statements[connection.dialect.name]))
        lines += [f"{table}: {' '.join(sql.split())}" for table, sql in rows]
    return "\n".join(sorted(lines)) + "\n"


def _describe_columns(inspector: sa.Inspector, table: str) -> Iterator[str]:
    for column in inspector.get_columns(table):
        null = "" if column["nullable"] else " NOT NULL"
        default = "" if column["default"] is None else f" DEFAULT {column['default']}"
        yield f"column {column['name']} {column['type']!r}{null}{default}"


def _describe_rules(inspector: sa.Inspector, table: str) -> Iterator[str]:
    yield f"primary key {', '.join(inspector.get_pk_constraint(table)['constrained_columns'])}"
    for check in inspector.get_check_constraints(table):
        yield f"check {check['name']}: {check['sqltext']}"
    for unique in inspector.get_unique_constraints(table):
        yield f"unique {unique['name']}: {', '.join(unique['column_names'])}"
    for key in inspector.get_foreign_keys(table):
        columns, others = map(", ".join, (key["constrained_columns"], key["referred_columns"]))
        options = "".join(f" {name} {value}" for name, value in key.get("options", {}).items())
        yield f"foreign key {key['name']}: {columns} to {key['referred_table']} ({others}){options}"
