"""Pages of connections: their rows, edges, cursors and page information.

The rows are ordered and limited in a subquery before other tables are joined to them. If an index
has their order, the rows are joined while the index is read, without sorting.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, DateTime, Integer, Text

from api.model import RecordCount
from api.plan import nodes
from api.plan.parameter_sources import Parameter
from api.schema.bindings import Order
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.groups import build_groups
from api.sql.json import braces, concatenate, listed
from api.sql.parameters import build_parameter
from api.sql.rows import RowSource, build_row_source, is_indexed
from api.sql.scope import Scope, Select, reference

ONE, ZERO = sa.literal_column("1", sa.Integer()), sa.literal_column("0", sa.Integer())
COUNT: sa.Table = RecordCount.__table__  # type: ignore[attr-defined]
BuildObject = Callable[[nodes.Object, Scope], SQL]


def build_page(page: nodes.Page, scope: Scope, build_object: BuildObject) -> SQL:
    """Build a connection, with only the selected parts."""
    builder = PageBuilder(page, scope, build_object)
    return builder.build()


def build_rows(
    rows: nodes.Rows, item: nodes.Object, scope: Scope, build_object: BuildObject
) -> sa.Select[Any]:
    """Build the statement of a whole list: the JSON object of each row, in the list's order."""
    none = Parameter("none")
    page = nodes.Page(rows, (), none, backward=False, after=(), before=(), signature=none)
    return PageBuilder(page, scope, build_object).build_all(item)


@dataclass(slots=True)
class PageBuilder:
    """Builds one page; `items` are the selected columns of its rows."""

    page: nodes.Page
    scope: Scope
    build_object: BuildObject
    items: list[SQL]
    row: Scope
    alias: str
    place: SQL | None
    cursor: SQL | None

    def __init__(self, page: nodes.Page, scope: Scope, build_object: BuildObject) -> None:
        """Name the page's row and its selected columns."""
        self.page, self.scope, self.build_object = page, scope, build_object
        names, entity = scope.select.names, page.rows.entity
        alias = names.alias(entity.table)
        self.row = Scope(Select(names), entity.table, alias, whole=entity.tables)
        self.alias = names.alias("page")
        self.items = []
        self.place = self.cursor = None

    def build(self) -> SQL:
        """Build the connection's JSON object."""
        parts = [(f'"{key}":', self._build_field(field)) for key, field in self.page.fields]
        answer = sa.select(braces(parts))
        if self.items:
            answer = answer.select_from(self._rows())
        return answer.scalar_subquery()

    def _build_field(self, field: nodes.PageField) -> SQL:
        match field:
            case nodes.Constant(text):
                return concatenate(text)
            case nodes.TotalCount(kinds):
                return build_kept_count(kinds) if kinds else self._total_count()
            case nodes.Groups() | nodes.GroupTotal():
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
                return concatenate('"', self._signed(self._place()), '"')
            case nodes.Object():
                return self.build_object(item, self.row)

    def _listed(self, item: SQL) -> SQL:
        return listed(self._item(item))

    def _item(self, item: SQL) -> SQL:
        self.items.append(item)
        return sa.literal_column(f"{self.alias}.item_{len(self.items)}", sa.Text())

    def _total_count(self) -> SQL:
        source = build_row_source(self.page.rows, self.scope)
        query = sa.select(dialects.as_text(sa.func.count())).select_from(source.from_)
        return query.where(*source.where).scalar_subquery()

    # The rows: fetched in the page's direction, given in the list's.

    def _rows(self) -> sa.FromClause:
        items = [item.label(f"item_{place}") for place, item in enumerate(self.items, 1)]
        if is_indexed(self.page.rows) and not self.page.backward:
            source = self._walk(self.row.alias)
            query = sa.select(*items).select_from(self.row.select.from_(source.from_, kept=True))
            return self._limited(query, source, [item.name for item in items], self.alias)
        order = self._outer_order().ordering()
        query = sa.select(*items).select_from(self.row.select.from_(self._fetched(), kept=True))
        return query.order_by(*order).subquery(self.alias)

    def build_all(self, item: nodes.Object) -> sa.Select[Any]:
        """Build the statement of all rows, each with its object."""
        query = sa.select(self.build_object(item, self.row).label("item"))
        if is_indexed(self.page.rows):
            source = self._walk(self.row.alias)
            query = query.select_from(self.row.select.from_(source.from_, kept=True))
            return query.where(*source.where).order_by(*source.ordering())
        # Produces: SELECT … FROM (SELECT event_2.id, … FROM event AS event_2 WHERE …) AS event_1
        order = self._outer_order().ordering()
        source = self._walk()
        rows = self._select_used(source).where(*source.where).subquery(self.row.alias)
        return query.select_from(self.row.select.from_(rows)).order_by(*order)

    def _fetched(self) -> sa.FromClause:
        # Produces: (SELECT event_2.id, … FROM event AS event_2 WHERE … ORDER BY … LIMIT :first)
        source = self._walk()
        query = self._select_used(source)
        return self._limited(query, source, list(self.row.used), self.row.alias)

    def _select_used(self, source: RowSource) -> sa.Select[Any]:
        columns = [reference(source.alias, column) for column in self.row.used.values()]
        return sa.select(*columns).select_from(source.from_)

    def _limited(
        self, query: sa.Select[Any], source: RowSource, columns: list[str], alias: str
    ) -> sa.FromClause:
        query = query.where(*source.where).order_by(*source.ordering(backward=self.page.backward))
        page = dialects.page_of(query.scalar_subquery(), self._size())
        return page.table_valued(*columns, name=alias)

    def _walk(self, alias: str = "") -> RowSource:
        """Build the rows from which the page is taken: those between its bounds."""
        source = build_row_source(self.page.rows, self.scope, alias)
        bounds = []
        if self.page.after:
            bounds.append(source.beyond(self.page.after, before=False))
        if self.page.before:
            bounds.append(source.beyond(self.page.before, before=True))
        return replace(source, where=(*source.where, *bounds))

    def _outer_order(self) -> RowSource:
        order = tuple(
            (self.row.column(term.column), term.descending) for term in self.page.rows.order
        )
        return RowSource(self.row.table, self.row.alias, self.row.table, (), order)

    # The fields of PageInfo.

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
                return self._end_cursor(first=True)
            case _:
                return self._end_cursor(first=False)

    def _has_more(self, bound: tuple[Any, ...], *, ahead: bool, before: bool) -> SQL:
        # Produces: CASE WHEN EXISTS (SELECT 1 … OFFSET :first) OR EXISTS (… row >= :before) …
        signs: list[SQL] = []
        if ahead:
            walk = self._walk()
            query: sa.Select[Any] = sa.select(ONE).select_from(walk.from_).where(*walk.where)
            signs.append(query.limit(ONE).offset(self._size()).exists())
        if bound:
            source = build_row_source(self.page.rows, self.scope)
            there = source.beyond(bound, before=before, at=True)
            query = sa.select(ONE).select_from(source.from_).where(*source.where, there)
            signs.append(query.exists())
        return dialects.boolean(sa.or_(*signs)) if signs else concatenate("false")

    def _end_cursor(self, *, first: bool) -> SQL:
        """Build the cursor of the page's first or last row."""
        down = self.page.rows.order[0].descending
        if _sorts_as_text(self.page.rows.order):
            # Produces: CASE WHEN min(…) IS NOT NULL THEN '"' || :signature || hex(min(…)) || '"' …
            if self.place is None:
                self.place = dialects.by_code_point(self._item(self._place()))
            end = sa.func.min(self.place) if first != down else sa.func.max(self.place)
            cursor = concatenate('"', self._signed(end), '"')
            return sa.case((end.is_not(None), cursor), else_=dialects.text("null"))
        if self.cursor is None:
            self.cursor = self._item(self._signed(self._place()))
        cursors = dialects.row_texts(self.cursor)
        return dialects.token(
            dialects.first_text(cursors) if first else dialects.last_text(cursors)
        )

    def _place(self) -> SQL:
        values: list[SQL | str] = []
        for term in self.page.rows.order:
            values += [_written(self.row.column(term.column), term.column), dialects.separator()]
        return concatenate(*values)

    def _signed(self, place: SQL) -> SQL:
        return concatenate(build_parameter(self.page.signature), dialects.hexed(place))


def _sorts_as_text(order: Order) -> bool:
    """Return whether the cursors of an order sort as text like its rows.

    They do where all terms are texts and run one way: no text has a character before the separator.
    """
    ways = {term.descending for term in order}
    return len(ways) == 1 and all(isinstance(term.column.type, Text) for term in order)


def build_kept_count(kinds: tuple[str, ...]) -> SQL:
    """Build the number of stored records of these kinds, from the table of counts."""
    # Produces: (SELECT coalesce(sum(delta), 0) FROM record_count WHERE kind IN ('MEETING'))
    total = sa.func.coalesce(sa.func.sum(COUNT.c.delta), ZERO)
    query = sa.select(dialects.as_text(total)).where(
        COUNT.c.kind.in_([dialects.text(k) for k in kinds])
    )
    return query.scalar_subquery()


def _written(value: SQL, column: Any) -> SQL:
    match column.type:
        case Boolean():
            return dialects.digit(value)
        case DateTime():
            return dialects.instant(value)
        case Integer():
            return dialects.as_text(value)
        case _:
            return value
