"""Exports a table: one statement, read row by row at one revision, whatever the number of rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.database import CompiledQuery, Database
from api.plan import nodes
from api.plan.binding import Binder
from api.plan.catalog import Catalog
from api.plan.cost import Cost
from api.plan.execution_input import ExecutionInput
from api.plan.operations import read_operation
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.settings import Limits
from api.sql.table_rows import build_table_statement
from api.statements import stream
from api.tables.columns import Table

# Rows that are read, converted and sent at once: at first fewer, so that a client has some soon.
FIRST, BATCH = 50, 500


class Asked(NamedTuple):
    """What a client asks of a table: its arguments, languages and the number of rows."""

    variables: Mapping[str, Any]
    languages: tuple[str, ...] = ()
    first: int | None = None
    excel: bool = False  # whether cells are guarded, and a byte order mark is written
    joined: bool = False  # whether the values of a list are one text


@dataclass(frozen=True, slots=True)
class Export:
    """The statement of an export, with the values of its parameters."""

    table: Table
    sql: str
    values: list[Any]
    first: int | None
    excel: bool
    cost: int  # of a page of the list, with the lists in its records as those without pages

    def read(self, connection: sa.Connection) -> Iterator[list[str]]:
        """Yield the rows in batches: the values of the columns as JSON, each after a line feed."""
        if connection.dialect.name == "postgresql":
            # It would rather sort all rows, on disk, than read an index in their order: of 51,070
            # meetings with five columns, the first came after 800 ms by the clock.
            connection.exec_driver_sql("SET LOCAL enable_sort = off")
        order = self.table.find_order()
        pick = order and itemgetter(0, *(place + 1 for place in order))
        left = self.first
        for batch in stream(connection, self.sql, self.values, BATCH, FIRST):
            rows = [row for (row,) in batch[:left]]
            yield ["\n".join(pick(row.split("\n"))) for row in rows] if pick else rows
            if left is not None and not (left := left - len(rows)):
                return


def prepare_export(
    catalog: Catalog, database: Database, limits: Limits, table: Table, asked: Asked
) -> Export:
    """Compile the statement of an export.

    Raises:
        DocumentErrors: an argument is not of its type.
        OperationError: an argument is not valid.
    """
    operation = read_operation(catalog.schema, table.write_document(), None, limits)
    variables, _ = operation.read(asked.variables)
    selector = operation.select(asked.variables)
    plan = plan_operation(catalog, selector, slots_for(len(asked.languages)), limits)
    rows, item = _find_list(plan.fields[0].value)
    built = build_table_statement(rows, item, joined=asked.joined)
    statement = CompiledQuery(built, database.dialect)
    inputs = ExecutionInput(variables, asked.languages)
    values = Binder(plan, statement, database.adapt, limits).bind(inputs)
    cost = Cost(_without_nested_pages(plan)).of_pages(inputs)
    return Export(table, statement.sql, values, asked.first, asked.excel, cost)


def _find_list(value: nodes.Value) -> tuple[nodes.Rows, nodes.Object]:
    """Return the rows and the object of a list, without pages in it."""
    match value:
        case nodes.Page(rows, ((_, nodes.Nodes(item)),)):
            return rows, _without_pages(item)
        case nodes.Many(rows, nodes.Object() as item):
            return rows, _without_pages(item)
    raise TypeError(value)


def _without_nested_pages(plan: nodes.Plan) -> nodes.Plan:
    """Return the plan of a list, whose pages are the list's own."""
    (field,) = plan.fields
    if not isinstance(field.value, nodes.Page):
        return plan
    _, item = _find_list(field.value)
    page = replace(field.value, fields=(("nodes", nodes.Nodes(item)),))
    return replace(plan, fields=(replace(field, value=page),))


def _without_pages(item: nodes.Object) -> nodes.Object:
    """Replace the pages in an object with whole lists."""
    fields = (
        replace(field, value=nodes.Many(*_find_list(field.value)))
        if isinstance(field.value, nodes.Page)
        else field
        for field in item.fields
    )
    return replace(item, fields=tuple(fields))
