"""CHECKs of enumerations without lists on SQLite, which makes a table of a list for every row.

Revision: 0039
After: 0038
"""

import re
from collections.abc import Callable

from alembic import op


revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None
# Whether servers of the version before can read these tables: the conditions are the same.
additive = True

# Inside CHECK (…): column IN ('A', 'B'), and what says the same.
LIST = re.compile(r"CHECK \((\w+) IN \(('\w+'(?:, '\w+')*)\)\)")
ALTERNATIVES = re.compile(r"CHECK \((\w+) = '\w+'(?: OR \1 = '\w+')*\)")


def upgrade() -> None:
    rewrite(LIST, lambda match: write(match[1], match[2].split(", ")))


def downgrade() -> None:
    rewrite(ALTERNATIVES, lambda match: f"CHECK ({match[1]} IN ({', '.join(read(match[0]))}))")


def write(column: str, values: list[str]) -> str:
    return f"CHECK ({' OR '.join(f'{column} = {value}' for value in values)})"


def read(check: str) -> list[str]:
    return re.findall(r"'\w+'", check)


def rewrite(check: re.Pattern[str], to: Callable[[re.Match[str]], str]) -> None:
    """Rewrite CHECKs in the definitions of tables, as SQLite's manual has it for such changes.

    Tables need not be made anew: the rows that they have meet the conditions.
    """
    if op.get_context().dialect.name != "sqlite":
        return  # PostgreSQL compares with a constant array
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    for name, sql in tables.all():
        if (new := check.sub(to, sql)) != sql:
            update = "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?"
            connection.exec_driver_sql(update, (new, name))
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=RESET")
