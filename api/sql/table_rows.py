"""Builds the statement of a table export, whose rows have one value for each column.

A row is a text: the JSON of each value after a line feed, which JSON itself never has. The columns
are the leaves of the plan's object, in their order. A list within a record is read by one subquery,
whatever the number of its columns.
"""

from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from api.plan import nodes
from api.schema.bindings import Form
from api.sql import dialects
from api.sql.builder import RECORD, build_any_record, build_one, build_part, build_value
from api.sql.dialects import SQL
from api.sql.json import concatenate, listed
from api.sql.pages import build_rows
from api.sql.rows import build_row_source
from api.sql.scope import Names, Scope, Select

UNQUOTED = (Form.INTEGER, Form.BOOLEAN, Form.DECIMAL, Form.FILLED)  # whose JSON is no string


def build_table_statement(
    rows: nodes.Rows, item: nodes.Object, *, joined: bool
) -> sa.Select[tuple[str]]:
    """Build the statement whose rows are the values of a list's records, in its order.

    The values of a list within a record are a JSON list or, if `joined`, a JSON string with `; `
    between them.
    """

    def build_record(item: nodes.Object, scope: Scope) -> SQL:
        values = [
            _build_lists(field.value, scope, joined=joined)
            if isinstance(field.value, nodes.Many)
            else _build_leaf(leaf, scope)
            for field in item.fields
            for leaf in _split(field.value)
        ]
        return concatenate("\n", *_separate(values))

    return build_rows(rows, item, Scope(Select(Names()), RECORD, "nothing"), build_record)


def _separate(values: list[SQL]) -> list[SQL | str]:
    return [part for value in values for part in ("\n", value)][1:]


def _build_lists(value: nodes.Many, scope: Scope, *, joined: bool) -> SQL:
    """Build the values of a list's columns."""
    # Produces: (SELECT '[' || group_concat(list_1.item0, ',') || '],[' || … FROM
    #            (SELECT … AS item0, … FROM participation ORDER BY …) AS list_1)
    source = build_row_source(value.rows, scope)
    select = Select(scope.select.names)
    row = Scope(select, source.table, source.alias)
    item = value.item
    values = [one.value for one in item.fields] if isinstance(item, nodes.Object) else [item]
    leaves = [leaf for one in values for leaf in _split(one)]
    columns = [_build_leaf(leaf, row).label(f"item{n}") for n, leaf in enumerate(leaves)]
    items = sa.select(*columns).select_from(select.from_(source.from_)).where(*source.where)
    alias = scope.select.names.alias("list")
    aggregate = _join if joined else _list
    lists = [
        aggregate(leaf, sa.literal_column(f"{alias}.{column.name}", sa.Text()))
        for leaf, column in zip(leaves, columns, strict=True)
    ]
    content = concatenate(*_separate(lists))
    ordered = items.order_by(*source.ordering()).subquery(alias)
    return sa.select(content).select_from(ordered).scalar_subquery()


def _list(leaf: nodes.Value, item: SQL) -> SQL:
    del leaf
    return listed(item)


def _join(leaf: nodes.Value, item: SQL) -> SQL:
    """Build a JSON string of the rows' `item`, which is JSON, with `; ` between them."""
    found, nullable = _find_leaf(leaf)
    if isinstance(found, nodes.Scalar) and found.form in UNQUOTED:
        unquoted = sa.func.nullif(item, dialects.text("null"))
        return dialects.joined_text(sa.func.coalesce(concatenate('"', unquoted, '"'), '""'))
    return dialects.joined_text(dialects.empty_for_null(item) if nullable else item)


def _find_leaf(value: nodes.Value) -> tuple[nodes.Value, bool]:
    """Return the only leaf below a value, and whether it may be null."""
    match value:
        case nodes.Part(item, when):
            leaf, nullable = _find_leaf(item.fields[0].value)
            return leaf, nullable or when is not None
        case nodes.One(key, item):
            leaf, nullable = _find_leaf(item.fields[0].value)
            return leaf, nullable or bool(key.nullable)
        case nodes.AnyRecord(branches=branches):
            return _find_leaf(branches[0].object.fields[0].value)[0], True
        case nodes.Scalar(column) | nodes.Words(column):
            return value, bool(column.nullable)
        case nodes.Id():
            return value, False
    return value, True


def _split(value: nodes.Value) -> Iterator[nodes.Value]:
    """Yield a value once for each leaf below it, with only that leaf."""
    match value:
        case nodes.Part(item) | nodes.One(_, item):
            yield from (replace(value, object=one) for one in _split_object(item))
        case nodes.AnyRecord(branches=branches):
            split = zip(*(_split_object(branch.object) for branch in branches), strict=True)
            for objects in split:
                pairs = zip(branches, objects, strict=True)
                only = tuple(replace(branch, object=one) for branch, one in pairs)
                yield replace(value, branches=only)
        case _:
            yield value


def _split_object(item: nodes.Object) -> Iterator[nodes.Object]:
    for field in item.fields:
        for leaf in _split(field.value):
            yield replace(item, fields=(replace(field, value=leaf),))


def _build_leaf(value: nodes.Value, scope: Scope) -> SQL:
    """Build the JSON of the only leaf below a value; null where an object on the way is null."""
    match value:
        case nodes.Part():
            return build_part(value, scope, _build_only)
        case nodes.One():
            return build_one(value, scope, _build_only)
        case nodes.AnyRecord():
            return build_any_record(value, scope, _build_only)
    return build_value(value, scope)


def _build_only(item: nodes.Object, scope: Scope) -> SQL:
    (field,) = item.fields
    return _build_leaf(field.value, scope)
