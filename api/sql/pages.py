"""Pages: which rows they have, and what is said about them.

The rows are ordered and limited before anything is joined to them. One row more than asked for
tells whether another page follows; it is fetched only where somebody asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, DateTime, Integer

from api.plan import nodes
from api.sql import json
from api.sql.groups import build_groups
from api.sql.json import SQL, braces, concatenate
from api.sql.parameters import build_parameter
from api.sql.rows import Source, build_source
from api.sql.scope import Scope, Select, reference

ONE, ZERO = sa.literal_column("1", sa.Integer()), sa.literal_column("0", sa.Integer())
BuildObject = Callable[[nodes.Object, Scope], SQL]


def build_page(page: nodes.Page, scope: Scope, build_object: BuildObject) -> SQL:
    """Write a connection: only what is asked of it is made."""
    builder = PageBuilder(page, scope, build_object)
    return builder.build()


@dataclass(slots=True)
class PageBuilder:
    """Builds one page; `items` are what its rows are selected as."""

    page: nodes.Page
    scope: Scope
    build_object: BuildObject
    items: list[SQL]
    row: Scope
    alias: str
    cursor: SQL | None

    def __init__(self, page: nodes.Page, scope: Scope, build_object: BuildObject) -> None:
        """Name the page's row and the list of what is selected of it."""
        self.page, self.scope, self.build_object = page, scope, build_object
        names = scope.select.names
        self.row = Scope(Select(names), page.rows.entity.table, names.alias(page.rows.entity.table))
        self.alias = names.alias("page")
        self.items = []
        self.cursor = None

    def build(self) -> SQL:
        """Write the connection's object."""
        parts = [(f'"{key}":', self._build_field(field)) for key, field in self.page.fields]
        answer = sa.select(braces(parts))
        if self.items or self._looks_ahead():
            answer = answer.select_from(self._rows().subquery(self.alias))
        return answer.scalar_subquery()

    def _build_field(self, field: nodes.PageField) -> SQL:
        match field:
            case nodes.Constant(text):
                return concatenate(text)
            case nodes.TotalCount():
                return self._total_count()
            case nodes.Groups():
                return build_groups(field, self.scope)
            case nodes.Nodes(item):
                return self._listed(self.build_object(item, self.row))
            case nodes.Edges(fields):
                return self._listed(
                    braces([(f'"{key}":', self._build_edge_field(item)) for key, item in fields])
                )
            case nodes.PageInfo(fields):
                return braces([(f'"{key}":', self._build_info(name)) for key, name in fields])

    def _build_edge_field(self, item: nodes.Object | nodes.Cursor | nodes.Constant) -> SQL:
        match item:
            case nodes.Constant(text):
                return concatenate(text)
            case nodes.Cursor():
                return concatenate('"', self._cursor(), '"')
            case nodes.Object():
                return self.build_object(item, self.row)

    def _listed(self, item: SQL) -> SQL:
        column = self._item(item)
        if self._looks_ahead():
            return json.listed(sa.case((self._number() <= self._size(), column)))
        return json.listed(column)

    def _item(self, item: SQL) -> SQL:
        self.items.append(item)
        return sa.literal_column(f"{self.alias}.item_{len(self.items)}", sa.Text())

    def _total_count(self) -> SQL:
        source = build_source(self.page.rows, self.scope)
        query = sa.select(json.written(sa.func.count())).select_from(source.from_)
        return query.where(*source.where).scalar_subquery()

    # The rows: fetched in the page's direction, given in the list's.

    def _rows(self) -> sa.Select[Any]:
        order = self._outer_order()
        items: list[SQL] = [item.label(f"item_{place}") for place, item in enumerate(self.items, 1)]
        if self._looks_ahead():
            walk = order.ordering(backward=self.page.backward)
            items.append(sa.func.row_number().over(order_by=walk).label("number"))
            items.append(sa.func.count().over().label("fetched"))
        rows = self._fetched().subquery(self.row.alias)
        query = sa.select(*items).select_from(self.row.select.from_(rows))
        return query.order_by(*order.ordering())

    def _fetched(self) -> sa.Select[Any]:
        # Produces: SELECT event_2.id, … FROM event AS event_2 WHERE … ORDER BY … LIMIT :first
        source = build_source(self.page.rows, self.scope)
        columns = [reference(source.alias, column) for column in self.row.used.values()]
        size = self._size() + ONE if self._looks_ahead() else self._size()
        query = sa.select(*columns).select_from(source.from_).where(*source.where)
        query = query.where(*self._bounds(source))
        return (
            query.order_by(*source.ordering(backward=self.page.backward)).limit(size).offset(ZERO)
        )

    def _outer_order(self) -> Source:
        order = tuple(
            (self.row.column(term.column), term.descending) for term in self.page.rows.order
        )
        return Source(self.row.table, self.row.alias, self.row.table, (), order)

    def _bounds(self, source: Source) -> list[SQL]:
        bounds = []
        if self.page.after:
            bounds.append(source.beyond(self.page.after, before=False))
        if self.page.before:
            bounds.append(source.beyond(self.page.before, before=True))
        return bounds

    # What PageInfo says.

    def _looks_ahead(self) -> bool:
        ahead = "hasPreviousPage" if self.page.backward else "hasNextPage"
        return any(
            isinstance(field, nodes.PageInfo)
            and any(name in (ahead, "startCursor", "endCursor") for _, name in field.fields)
            for _, field in self.page.fields
        )

    def _number(self) -> SQL:
        return sa.literal_column(f"{self.alias}.number", sa.Integer())

    def _size(self) -> SQL:
        return build_parameter(self.page.size)

    def _build_info(self, name: str | nodes.Constant) -> SQL:
        forward = not self.page.backward
        match name:
            case nodes.Constant(text):
                return concatenate(text)
            case "hasNextPage":
                return self._has_more(self.page.before, ahead=forward, before=False)
            case "hasPreviousPage":
                return self._has_more(self.page.after, ahead=not forward, before=True)
            case "startCursor":
                return self._end_cursor(nearest=forward)
            case _:
                return self._end_cursor(nearest=not forward)

    def _has_more(self, bound: tuple[Any, ...], *, ahead: bool, before: bool) -> SQL:
        # Produces: CASE WHEN count(*) > :first OR EXISTS (SELECT 1 … WHERE row >= :before) …
        signs: list[SQL] = []
        if ahead:
            signs.append(sa.func.count() > self._size())
        if bound:
            source = build_source(self.page.rows, self.scope)
            query: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(source.from_)
            there = source.beyond(bound, before=before, at=True)
            signs.append(query.where(*source.where, there).exists())
        return json.boolean(sa.or_(*signs)) if signs else concatenate("false")

    def _end_cursor(self, *, nearest: bool) -> SQL:
        """Write the cursor of the row fetched first, or of the last one on the page."""
        number = self._number()
        fetched = sa.literal_column(f"{self.alias}.fetched", sa.Integer())
        size = self._size()
        is_last = sa.or_(number == size, sa.and_(number == fetched, number < size))
        here = sa.and_(number == ONE, size > ZERO) if nearest else is_last
        if self.cursor is None:
            self.cursor = self._item(self._cursor())
        found = sa.func.max(sa.case((here, self.cursor)))
        return sa.func.coalesce(concatenate('"', found, '"'), json.text("null"))

    def _cursor(self) -> SQL:
        values: list[SQL | str] = []
        for term in self.page.rows.order:
            values += [_written(self.row.column(term.column), term.column), json.separator()]
        signature = build_parameter(self.page.signature)
        return concatenate(signature, json.hexed(concatenate(*values)))


def _written(value: SQL, column: Any) -> SQL:
    match column.type:
        case Boolean():
            return json.digit(value)
        case DateTime():
            return json.instant(value)
        case Integer():
            return json.written(value)
        case _:
            return value
