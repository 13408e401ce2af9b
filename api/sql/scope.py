"""The tables of one SELECT while it is being built: their aliases, joins and used columns.

Columns are written by name, `event_1.title`: a page's row is a subquery that has the columns
used of it, and which they are is known only when everything else is built.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import sqlalchemy as sa

from api.schema.bindings import Column
from api.sql.json import SQL

# SQLite joins 64 tables at most; beyond this many, a branch becomes a subquery.
MAX_JOINS = 40


@dataclass(slots=True)
class Names:
    """Numbers the aliases of a statement, the same way every time."""

    numbers: Any = field(default_factory=lambda: count(1))

    def alias(self, table: sa.Table | str) -> str:
        """Name the next alias."""
        return f"{table}_{next(self.numbers)}"


@dataclass(slots=True)
class Select:
    """One SELECT: what it joins to its first table."""

    names: Names
    joins: list[tuple[sa.FromClause, SQL]] = field(default_factory=list)

    def join(self, table: sa.Table, on: str, value: SQL) -> "Scope":
        """Join a row of another table, by a column that is unique in it."""
        alias = self.names.alias(table)
        self.joins.append((table.alias(alias), reference(alias, table.c[on]) == value))
        return Scope(self, table, alias)

    def from_(self, first: sa.FromClause) -> sa.FromClause:
        """Build the FROM clause."""
        for table, condition in self.joins:
            first = first.outerjoin(table, condition)
        return first


@dataclass(slots=True)
class Scope:
    """One row in a SELECT; rows of tables that share its id are joined when they are asked for."""

    select: Select
    table: sa.Table
    alias: str
    used: dict[str, Column] = field(default_factory=dict)
    kin: dict[sa.Table, "Scope"] = field(default_factory=dict)
    referred: dict[Column, "Scope"] = field(default_factory=dict)

    def column(self, column: Column) -> SQL:
        """Write a column of this row."""
        if column.table is not self.table:
            return self._kin(column.table).column(column)
        self.used[column.name] = column
        return reference(self.alias, column)

    def refer(self, key: Column, table: sa.Table) -> "Scope | None":
        """Join the row that a foreign key refers to, once; None where no join is to spare."""
        if key not in self.referred:
            if len(self.select.joins) >= MAX_JOINS:
                return None
            self.referred[key] = self.select.join(table, target_column(key), self.column(key))
        return self.referred[key]

    def _kin(self, table: sa.Table) -> "Scope":
        if table not in self.kin:
            self.kin[table] = self.select.join(table, "id", self.column(self.table.c.id))
        return self.kin[table]


def target_column(key: Column) -> str:
    """Name the column that a foreign key refers to."""
    return next(iter(key.foreign_keys)).column.name


def reference(alias: str, column: Column) -> SQL:
    """Write a column of an aliased table."""
    return sa.literal_column(f"{alias}.{column.name}", column.type)
