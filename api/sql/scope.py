"""The tables of a SELECT while it is being built: their aliases, joins and used columns.

Columns are referred to by name, `event_1.title`, not as SQLAlchemy columns: the rows of a page are
a subquery whose columns are those that the rest of the statement uses, known only at its end.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import sqlalchemy as sa

from api.schema.bindings import Column
from api.sql.dialects import SQL, kept_join

# SQLite joins 64 tables at most, and each row that is referred to may join two of its kin; beyond
# this many, a branch becomes a subquery.
MAX_JOINS = 20


@dataclass(slots=True)
class Names:
    """Numbers the aliases of a statement, the same way every time."""

    numbers: Any = field(default_factory=lambda: count(1))

    def alias(self, table: sa.Table | str) -> str:
        """Return the next alias."""
        return f"{table}_{next(self.numbers)}"


@dataclass(slots=True)
class Select:
    """A SELECT statement with the joins to its first table."""

    names: Names
    nested: bool = False  # whether it is in a condition on other rows
    joins: list[tuple[sa.FromClause, SQL, bool]] = field(default_factory=list)
    referred: int = 0

    def from_(self, first: sa.FromClause, *, kept: bool = False) -> sa.FromClause:
        """Build the FROM clause; with `kept`, the rows stay in the first table's order."""
        for table, condition, optional in self.joins:
            join = kept_join if kept and not optional else sa.join
            first = join(first, table, condition, isouter=optional)
        return first


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a row: a unique column of its table, and the value of that column."""

    on: str
    value: SQL


@dataclass(slots=True)
class Scope:
    """A row of a table in a SELECT, joined only if a column other than its reference is used.

    `kin` are rows of other tables with the same id, joined in the same way; tables of `whole` have
    a row for every row of this table. `referred` are rows that its foreign keys refer to. If
    `optional`, the row may be missing, and is joined by LEFT JOIN.
    """

    select: Select
    table: sa.Table
    alias: str = ""
    reached: Reference | None = None
    optional: bool = False
    whole: tuple[sa.Table, ...] = ()
    used: dict[str, Column] = field(default_factory=dict)
    kin: dict[sa.Table, "Scope"] = field(default_factory=dict)
    referred: dict[Column, "Scope"] = field(default_factory=dict)

    def column(self, column: Column) -> SQL:
        """Return a column of this row."""
        if column.table is not self.table:
            return self._kin(column.table).column(column)
        if self.reached is not None and column.name == self.reached.on:
            return self.reached.value
        if not self.alias:
            self._join()
        self.used[column.name] = column
        return reference(self.alias, column)

    def _join(self) -> None:
        assert self.reached is not None
        self.alias = self.select.names.alias(self.table)
        on = reference(self.alias, self.table.c[self.reached.on]) == self.reached.value
        self.select.joins.append((self.table.alias(self.alias), on, self.optional))

    def refer(self, key: Column, table: sa.Table) -> "Scope | None":
        """Return the row of a foreign key; None if the joins are used up."""
        if key.table is not self.table:
            return self._kin(key.table).refer(key, table)
        if key not in self.referred:
            if self.select.referred >= MAX_JOINS:
                return None
            self.select.referred += 1
            reached = Reference(target_column(key), self.column(key))
            optional = self.optional or bool(key.nullable)
            self.referred[key] = Scope(self.select, table, "", reached, optional)
        return self.referred[key]

    def _kin(self, table: sa.Table) -> "Scope":
        if table not in self.kin:
            reached = Reference("id", self.column(self.table.c.id))
            optional = self.optional or table not in self.whole
            self.kin[table] = Scope(self.select, table, "", reached, optional)
        return self.kin[table]


def target_column(key: Column) -> str:
    """Return the column that a foreign key refers to."""
    return next(iter(key.foreign_keys)).column.name


def reference(alias: str, column: Column) -> SQL:
    """Return a column of an aliased table."""
    return sa.literal_column(f"{alias}.{column.name}", column.type)
