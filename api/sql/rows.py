"""The source of a list's rows and their order, from which lists and pages select."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from api.plan.nodes import Rows
from api.plan.parameter_sources import Parameter
from api.schema.bindings import Column, Link, Order
from api.sql import dialects
from api.sql.conditions import build_condition
from api.sql.dialects import SQL
from api.sql.hits import build_hits
from api.sql.merged import ACTOR, build_survivor
from api.sql.parameters import build_parameter
from api.sql.scope import Names, Scope, Select, reference


@dataclass(frozen=True, slots=True)
class RowSource:
    """A table under an alias, with the joins, conditions and order of a list."""

    table: sa.Table
    alias: str
    from_: sa.FromClause
    where: tuple[SQL, ...]
    order: tuple[tuple[SQL, bool], ...]

    def ordering(self, *, backward: bool = False) -> list[SQL]:
        """Build the ORDER BY terms; reversed if `backward`."""
        return [term.desc() if down != backward else term.asc() for term, down in self.order]

    def beyond(self, position: tuple[Parameter, ...], *, before: bool, at: bool = False) -> SQL:
        """Build the condition that a row is after or before a position, or also `at` it."""
        place = [build_parameter(item) for item in position]
        down = [descending != before for _, descending in self.order]
        terms = [term for term, _ in self.order]
        if len(set(down)) == 1:
            # Produces: (event_1.date_desc, event_1.kind, event_1.key) < (:after_1, …)
            return _compare(sa.tuple_(*terms), sa.tuple_(*place), down=down[0], at=at)
        return _beyond(list(zip(terms, place, down, strict=True)), at=at)


def _beyond(steps: list[tuple[SQL, SQL, bool]], *, at: bool) -> SQL:
    # Produces: place <= :after_1 AND (place < :after_1 OR (key > :after_2))
    (term, value, down), *rest = steps
    if not rest:
        return _compare(term, value, down=down, at=at)
    further = sa.or_(_compare(term, value, down=down, at=False), _beyond(rest, at=at))
    return sa.and_(_compare(term, value, down=down, at=True), further)


def _compare(term: Any, value: Any, *, down: bool, at: bool) -> SQL:
    compared: SQL
    if down:
        compared = term <= value if at else term < value
    else:
        compared = term >= value if at else term > value
    return compared


def is_indexed(rows: Rows) -> bool:
    """Return whether an index serves a list in its order, so that a page reads only its rows."""
    table = rows.entity.table
    if rows.through or rows.condition or rows.hits or len({t.descending for t in rows.order}) > 1:
        return False
    given = [column.name for column, _ in rows.where]
    given += [] if rows.on is None else [rows.on.name]
    ordered = [term.column.name for term in rows.order]
    return any(
        set(columns[: len(given)]) == set(given)
        and columns[len(given) :][: len(ordered)] == ordered
        for columns in (*_unique(table), *([*index.columns.keys()] for index in table.indexes))
    )


def _unique(table: sa.Table) -> list[list[str]]:
    kinds = sa.UniqueConstraint | sa.PrimaryKeyConstraint
    return [[*item.columns.keys()] for item in table.constraints if isinstance(item, kinds)]


def build_row_source(rows: Rows, scope: Scope, alias: str = "") -> RowSource:
    """Build the source of a parent row's list."""
    names = scope.select.names
    table = rows.entity.table
    alias = alias or names.alias(table)
    from_: sa.FromClause = table.alias(alias)
    if rows.hits is not None:
        from_ = build_hits(rows.hits, names).subquery(alias)
    where = [_equals(column, alias, value, scope) for column, value in rows.where]
    through = rows.through
    aliases = {table: alias}
    if rows.on is not None:
        on = reference(alias, rows.on)
        parent = scope.column(scope.table.c.id)
        if _orders_by(rows.order, through[:1]) or _leads_once(through):
            link = through[0]
            aliases[link.far.table] = names.alias(link.far.table)
            joined = aliases[link.far.table]
            from_ = from_.join(link.far.table.alias(joined), reference(joined, link.far) == on)
            on, through = reference(joined, link.near), through[1:]
        where.append(_reaches(on, through, parent, names))
    if rows.condition is not None:
        row = Scope(Select(names), table, alias)
        where.append(build_condition(rows.condition, row))
        from_ = row.select.from_(from_)
    order = tuple(
        (reference(aliases[term.column.table], term.column), term.descending) for term in rows.order
    )
    return RowSource(table, alias, from_, tuple(where), order)


def _orders_by(order: Order, links: tuple[Link, ...]) -> bool:
    return any(term.column.table is link.far.table for term in order for link in links)


def _leads_once(through: tuple[Link, ...]) -> bool:
    """Return whether a path is one link to at most one row."""
    return len(through) == 1 and any(
        {*columns} == {through[0].far.name, through[0].near.name}
        for columns in _unique(through[0].far.table)
    )


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


def _equals(
    key: Column,
    alias: str,
    value: str | bool | Parameter | Column,  # noqa: FBT001 — a constant of a column
    scope: Scope,
) -> SQL:
    column = reference(alias, key)
    match value:
        case bool():
            return column.is_(value)
        case str():
            return column == dialects.text(value)
        case Parameter():
            given = build_parameter(value)
            return column == (build_survivor(given) if key is ACTOR.c.key else given)
        case _:
            return column == scope.column(value)
