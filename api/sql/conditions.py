"""Builds the SQL of conditions; each is true or false, never null, so it can be negated."""

from functools import singledispatch
from typing import Any

import sqlalchemy as sa

from api.plan import conditions as c
from api.plan.conditions import Comparison
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.parameters import build_parameter
from api.sql.scope import Scope, Select, reference, target_column

# The most conditions that one AND or OR joins.
MAX_JOINED = 100
# Texts that sort before and after every day.
BEFORE_ALL_DAYS, AFTER_ALL_DAYS = dialects.text("0000"), dialects.text("9999-99")


@singledispatch
def build_condition(condition: Any, row: Scope) -> SQL:
    """Build the SQL of a condition on a row."""
    raise TypeError(condition, row)


@build_condition.register
def _(condition: c.And, row: Scope) -> SQL:
    return _join(sa.and_, sa.true(), [build_condition(item, row) for item in condition.of])


@build_condition.register
def _(condition: c.Or, row: Scope) -> SQL:
    return _join(sa.or_, sa.false(), [build_condition(item, row) for item in condition.of])


def _join(join: Any, nothing: SQL, parts: list[SQL]) -> SQL:
    """Join conditions; many are joined as a tree, since SQLite limits the depth of a chain."""
    while len(parts) > MAX_JOINED:
        chunks = [parts[at : at + MAX_JOINED] for at in range(0, len(parts), MAX_JOINED)]
        parts = [dialects.grouped(join(nothing, *chunk)) for chunk in chunks]
    joined: SQL = join(nothing, *parts)
    return joined


@build_condition.register
def _(condition: c.Compared, row: Scope) -> SQL:
    column = row.column(condition.column)
    text = dialects.lowered(column) if condition.lowered else column
    compared: SQL = COMPARISONS[condition.comparison](text, build_parameter(condition.value))
    if not condition.negated:
        return compared
    return dialects.is_not_true(compared) if condition.column.nullable else sa.not_(compared)


def _starts_with(text: SQL, start: SQL) -> SQL:
    """Build a prefix condition on a text, as a range that an index serves."""
    return sa.and_(text >= start, text < dialects.prefix_end(start))


COMPARISONS: dict[Comparison, Any] = {
    Comparison.EQUALS: lambda column, value: column == value,
    Comparison.FILLED: lambda text, value: dialects.grouped(text != dialects.text("")) == value,
    Comparison.ONE_OF: dialects.among,
    Comparison.STARTS_WITH: _starts_with,
    Comparison.CONTAINS: dialects.contains,
    Comparison.ANY_TRANSLATION_EQUALS: dialects.any_translation_eq,
    Comparison.ANY_TRANSLATION_ONE_OF: dialects.any_translation_in,
    Comparison.KEY_STARTS_BY: lambda key, day: key < dialects.end_of_day(day),
    Comparison.KEY_STARTS_FROM: lambda key, day: key >= day,
    Comparison.KEY_ENDS_BY: lambda key, day: dialects.last_day(key) <= day,
    Comparison.KEY_ENDS_FROM: lambda key, day: dialects.last_day(key) >= day,
    Comparison.DAY_BY_OR_NULL: lambda first, day: (
        sa.func.coalesce(dialects.iso(first), BEFORE_ALL_DAYS) <= day
    ),
    Comparison.DAY_FROM_OR_NULL: lambda last, day: (
        sa.func.coalesce(dialects.iso(last), AFTER_ALL_DAYS) >= day
    ),
    Comparison.DAY_FROM: lambda bound, day: dialects.iso(bound) >= day,
    Comparison.DAY_BY: lambda bound, day: dialects.iso(bound) <= day,
    Comparison.AT_LEAST: lambda number, least: number >= least,
    Comparison.AT_MOST: lambda number, most: number <= most,
    Comparison.REFERS_TO_ONE_OF: dialects.identified,
    Comparison.DEFINED_BY_ONE_OF: dialects.defined,
}


@build_condition.register
def _(condition: c.IsNotNull, row: Scope) -> SQL:
    column = row.column(condition.column)
    return column.is_(None) if condition.negated else column.is_not(None)


@build_condition.register
def _(condition: c.HasBounds, row: Scope) -> SQL:
    # Events without a date come last in both orders: their keys are '~' and ''.
    key = row.column(condition.column)
    if condition.ascending:
        nothing = dialects.text("~")
        return key == nothing if condition.negated else key < nothing
    nothing = dialects.text("")
    return key == nothing if condition.negated else key > nothing


@build_condition.register
def _(condition: c.MatchesSearch, row: Scope) -> SQL:
    key = row.column(condition.record)
    found = dialects.matches_fts(key, build_parameter(condition.words))
    met = sa.and_(found, dialects.phrased(key, build_parameter(condition.phrases)))
    return sa.not_(met) if condition.negated else met


@build_condition.register
def _(condition: c.JoinedRow, row: Scope) -> SQL:
    joined = row.refer(condition.key, condition.table)
    if joined is not None:
        return build_condition(condition.condition, joined)
    on = condition.table.c[target_column(condition.key)]
    below = c.Exists(condition.table, on, condition.key, (), condition.condition)
    return build_condition(below, row)


@build_condition.register
def _(condition: c.Exists, row: Scope) -> SQL:
    """Query each row's related rows separately, which is fast for small pages.

    Rows that are only referred to are found once for all, and so is what is asked of other rows:
    asked of each, a condition nested n levels deep would take the nth power of the time.
    """
    # Produces: EXISTS (SELECT 1 FROM topic AS topic_2 JOIN event_topic AS event_topic_3
    #           ON event_topic_3.topic_id = topic_2.id WHERE event_topic_3.event_id = event_1.id …)
    #       or: event_1.area_id IN (SELECT place_within_3.inner_id FROM place AS place_2 JOIN …)
    select = Select(row.select.names, nested=True)
    alias = select.names.alias(condition.table)
    found = Scope(select, condition.table, alias)
    from_: sa.FromClause = condition.table.alias(alias)
    on = reference(alias, condition.on)
    for link in condition.through:
        linked = select.names.alias(link.far.table)
        from_ = from_.join(link.far.table.alias(linked), reference(linked, link.far) == on)
        on = reference(linked, link.near)
    met = build_condition(condition.condition, found)
    own = row.column(condition.of)
    query: sa.Select[Any] = sa.select(on).select_from(select.from_(from_)).where(met)
    if condition.of.primary_key and not row.select.nested:
        exists = query.with_only_columns(sa.literal_column("1")).where(on == own).exists()
        return sa.not_(exists) if condition.negated else exists
    among = own.in_(query)
    return dialects.is_not_true(among) if condition.negated else among
