"""Schema changes that Alembic has no operation for: constraints on SQLite, kinds of records.

Migrations import these functions; what they do to a database never changes.
"""

import re

import sqlalchemy as sa
from alembic import op

# A constraint in CREATE TABLE; a CHECK's parentheses are nested twice at most.
CONSTRAINT = (
    r"(?:(?:CHECK|UNIQUE) \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
    r"|FOREIGN KEY \(\w+\) REFERENCES \w+ \(\w+\) ON DELETE \w+)"
)


def replace_check(table: str, name: str, condition: str | None) -> None:
    """Add a CHECK constraint, or replace the one of this name; with no condition, drop it."""
    _replace(table, name, condition and f"CHECK ({condition})")


def replace_unique(table: str, name: str, column: str | None) -> None:
    """Add a UNIQUE constraint, or replace the one of this name; with no column, drop it."""
    _replace(table, name, column and f"UNIQUE ({column})")


def replace_foreign_key(table: str, name: str, column: str, target: str | None) -> None:
    """Add a foreign key to a table's `id`, whose rows are deleted with their target.

    It may replace the one of this name; with no target, it is dropped.
    """
    key = f"FOREIGN KEY ({column}) REFERENCES {target} (id) ON DELETE CASCADE"
    _replace(table, name, target and key)


def _replace(table: str, name: str, constraint: str | None) -> None:
    """Replace a constraint.

    SQLite cannot alter one: the table is made anew from its own CREATE TABLE, with its rows,
    indexes and triggers. Foreign keys are not enforced while migrations run.
    """
    if op.get_context().dialect.name == "sqlite":
        _rebuild(table, name, constraint)
        return
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
    if constraint is not None:
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {constraint}")


def _rebuild(table: str, name: str, constraint: str | None) -> None:
    connection = op.get_bind()
    query = "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
    found = [tuple(row) for row in connection.exec_driver_sql(query, (table,))]
    (create,) = (sql for kind, sql in found if kind == "table")
    columns = re.sub(rf",\s*CONSTRAINT {name} {CONSTRAINT}", "", create[create.index("(") :])
    if constraint is not None:
        columns = f"{columns.rstrip()[:-1].rstrip()}, \n\tCONSTRAINT {name} {constraint}\n)"
    for sql in (
        f"CREATE TABLE rebuilt {columns}",
        f"INSERT INTO rebuilt SELECT * FROM {table}",  # noqa: S608 — a migration's own names
        f"DROP TABLE {table}",
        f"ALTER TABLE rebuilt RENAME TO {table}",
        *(sql for kind, sql in found if kind != "table"),
    ):
        connection.exec_driver_sql(sql)


def delete_kind(kind: str) -> None:
    """Delete the records of a kind, all rows that refer to them, claims included, and their counts.

    For downgrades: an older version of the code cannot read these records.
    """
    own = f"SELECT id FROM record WHERE kind = '{kind}'"  # noqa: S608 — a migration's own name
    gone = f"{own} UNION SELECT id FROM claim WHERE subject_id IN ({own})"  # noqa: S608
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TEMPORARY TABLE gone AS {gone}")
        for table, column in _list_references():
            op.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM gone)")  # noqa: S608
        op.execute("DELETE FROM record WHERE id IN (SELECT id FROM gone)")
        op.execute("DROP TABLE gone")
    else:  # ON DELETE CASCADE deletes the referring rows
        op.execute(f"DELETE FROM record WHERE id IN ({gone})")  # noqa: S608
    op.execute(f"DELETE FROM change WHERE kind = '{kind}'")  # noqa: S608
    op.execute("DELETE FROM record_count")
    op.execute(
        "INSERT INTO record_count (kind, revision_id, delta) "
        "SELECT kind, (SELECT max(id) FROM revision), count(*) FROM record GROUP BY kind"
    )


def _list_references() -> list[tuple[str, str]]:
    """Return the columns that refer to `record`, or to tables that share its ids."""
    inspector = sa.inspect(op.get_bind())
    keys = [
        (table, key["constrained_columns"][0], key["referred_table"])
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
    ]
    shared = {"record"}
    for _ in keys:
        shared |= {table for table, column, to in keys if column == "id" and to in shared}
    return [(table, column) for table, column, to in keys if to in shared]
