"""Which rows a list has, in which order: a source of rows that lists and pages select from."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from api.plan.nodes import Rows
from api.plan.sources import Parameter, Type
from api.schema.bindings import Link, Order
from api.sql import json
from api.sql.json import SQL
from api.sql.scope import Names, Scope, reference

TYPES: dict[Type, Any] = {
    Type.TEXT: sa.Text(),
    Type.INTEGER: sa.Integer(),
    Type.BOOLEAN: sa.Boolean(),
}


def build_parameter(parameter: Parameter) -> SQL:
    """Name a value that the request supplies."""
    return sa.bindparam(parameter.name, type_=TYPES[parameter.type])


@dataclass(frozen=True, slots=True)
class Source:
    """A table under an alias, with the joins, conditions and order of a list."""

    table: sa.Table
    alias: str
    from_: sa.FromClause
    where: tuple[SQL, ...]
    order: tuple[tuple[SQL, bool], ...]

    def ordering(self, *, backward: bool = False) -> list[SQL]:
        """Build the ORDER BY, or that of the same walk from its end."""
        return [term.desc() if down != backward else term.asc() for term, down in self.order]

    def beyond(self, position: tuple[Parameter, ...], *, before: bool, at: bool = False) -> SQL:
        """Build the condition that a row comes after a position, or before; or is `at` it."""
        # Produces: (event_1.date_desc, event_1.kind, event_1.key) < (:after_1, …)
        row = sa.tuple_(*(term for term, _ in self.order))
        place = sa.tuple_(*(build_parameter(item) for item in position))
        descending = self.order[0][1]
        if descending != before:
            return row <= place if at else row < place
        return row >= place if at else row > place


def build_source(rows: Rows, scope: Scope) -> Source:
    """Build the source of the rows that a list of this parent row has."""
    names = scope.select.names
    table = rows.entity.table
    alias = names.alias(table)
    from_: sa.FromClause = table.alias(alias)
    where = [_equals(reference(alias, column), value) for column, value in rows.where]
    through = rows.through
    aliases = {table: alias}
    if rows.on is not None:
        on = reference(alias, rows.on)
        parent = scope.column(scope.table.c.id)
        if _orders_by(rows.order, through[:1]):
            link = through[0]
            aliases[link.far.table] = names.alias(link.far.table)
            joined = aliases[link.far.table]
            from_ = from_.join(link.far.table.alias(joined), reference(joined, link.far) == on)
            on, through = reference(joined, link.near), through[1:]
        where.append(_reaches(on, through, parent, names))
    order = tuple(
        (reference(aliases[term.column.table], term.column), term.descending) for term in rows.order
    )
    return Source(table, alias, from_, tuple(where), order)


def _orders_by(order: Order, links: tuple[Link, ...]) -> bool:
    return any(term.column.table is link.far.table for term in order for link in links)


def _reaches(on: SQL, through: tuple[Link, ...], parent: SQL, names: Names) -> SQL:
    # Produces: event_1.id IN (SELECT report_2.event_id FROM report AS report_2
    #                          WHERE report_2.article_id = article_3.id)
    if not through:
        return on == parent
    link, *rest = through
    alias = names.alias(link.far.table)
    near = _reaches(reference(alias, link.near), tuple(rest), parent, names)
    linked = sa.select(reference(alias, link.far)).select_from(link.far.table.alias(alias))
    return on.in_(linked.where(near))


def _equals(column: SQL, value: str | Parameter) -> SQL:
    return column == (json.text(value) if isinstance(value, str) else build_parameter(value))
