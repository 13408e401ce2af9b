"""Groups: how many records of a list share a value, most frequent first."""

from typing import Any

import sqlalchemy as sa

from api.plan import nodes
from api.schema.dimensions import Dimension, Grain, Step
from api.sql import json
from api.sql.json import SQL, braces, concatenate
from api.sql.parameters import build_parameter
from api.sql.rows import Source, build_source
from api.sql.scope import Names, Scope, reference
from api.sql.words import build_words

GRAINS = {Grain.YEAR: json.year, Grain.MONTH: json.month}


def build_groups(groups: nodes.Groups, scope: Scope) -> SQL:
    """Write the list of groups."""
    # Produces: (SELECT '[' || … || ']' FROM (SELECT '{"keys":[…],"count":…}' AS item FROM
    #            (SELECT place_2.key AS value_1, count(*) AS number FROM … GROUP BY place_2.key …)))
    names = scope.select.names
    counted = _count(groups, build_source(groups.rows, scope), names)
    alias = names.alias("group")
    values: list[SQL] = [
        sa.literal_column(f"{alias}.value_{place}", sa.Text())
        for place, _ in enumerate(groups.dimensions, 1)
    ]
    number: SQL = sa.literal_column(f"{alias}.number", sa.Integer())
    made = [_group_field(groups, field, values, number, names) for _, field in groups.fields]
    items = (
        sa.select(
            braces(
                [(f'"{key}":', item) for (key, _), item in zip(groups.fields, made, strict=True)]
            ).label("item")
        )
        .select_from(counted.subquery(alias))
        .order_by(*_ordering(values, number))
    )
    return json.build_list(items, names.alias("list"))


def _count(groups: nodes.Groups, source: Source, names: Names) -> sa.Select[Any]:
    walk = Walk(source, names)
    values = [walk.value(dimension) for dimension in groups.dimensions]
    single = all(dimension.single for dimension in groups.dimensions)
    row = reference(source.alias, source.table.c.id)
    number: SQL = sa.func.count() if single else sa.func.count(row.distinct())
    return (
        sa.select(
            *(value.label(f"value_{place}") for place, value in enumerate(values, 1)),
            number.label("number"),
        )
        .select_from(walk.from_)
        .where(*source.where)
        .group_by(*values)
        .order_by(*_ordering(values, number))
        .limit(build_parameter(groups.size))
        .offset(sa.literal_column("0"))
    )


def _ordering(values: list[SQL], number: SQL) -> list[SQL]:
    return [number.desc(), *(json.by_code_point(value).asc().nulls_last() for value in values)]


class Walk:
    """The rows of a source, with those that their dimensions lead to, each joined once."""

    def __init__(self, source: Source, names: Names) -> None:
        """Start at the source's own rows."""
        self.names = names
        self.from_ = source.from_
        self.start = source.alias
        self.joined: dict[tuple[Step, ...], str] = {}

    def value(self, dimension: Dimension) -> SQL:
        """Write a dimension's value."""
        alias = self.start
        for place, _ in enumerate(dimension.way, 1):
            alias = self._join(dimension.way[:place], alias)
        value = reference(alias, dimension.column)
        return GRAINS[dimension.grain](value) if dimension.grain in GRAINS else value

    def _join(self, way: tuple[Step, ...], before: str) -> str:
        if way not in self.joined:
            step = way[-1]
            alias = self.joined[way] = self.names.alias(step.on.table)
            condition = reference(alias, step.on) == reference(before, step.of)
            if step.where is not None:
                column, wanted = step.where
                condition = sa.and_(condition, reference(alias, column) == json.text(wanted))
            self.from_ = self.from_.outerjoin(step.on.table.alias(alias), condition)
        return self.joined[way]


def _group_field(
    groups: nodes.Groups,
    field: nodes.GroupField,
    values: list[SQL],
    number: SQL,
    names: Names,
) -> SQL:
    match field:
        case nodes.Constant(text):
            return concatenate(text)
        case nodes.GroupCount():
            return concatenate(json.written(number))
        case nodes.GroupKeys(fields):
            keys: list[SQL | str] = ["["]
            for name, dimension, value in zip(groups.names, groups.dimensions, values, strict=True):
                parts = [
                    (f'"{key}":', _key_field(item, name, dimension, value, names))
                    for key, item in fields
                ]
                keys += [braces(parts), ","]
            return concatenate(*keys[:-1], "]")


def _key_field(
    item: nodes.KeyField, name: str, dimension: Dimension, value: SQL, names: Names
) -> SQL:
    match item:
        case nodes.Constant(text):
            return concatenate(text)
        case nodes.Label():
            return _label(dimension, item, value, names)
        case "dimension":
            return concatenate(f'"{name}"')
        case _:
            return json.token(concatenate(f"{dimension.kind}:", value) if dimension.kind else value)


def _label(dimension: Dimension, wanted: nodes.Label, value: SQL, names: Names) -> SQL:
    # Produces: coalesce((SELECT coalesce(…) FROM country AS country_4 WHERE code = value_1), …)
    if dimension.label is None or dimension.key is None:
        return concatenate("null")
    table = dimension.key.table
    alias = names.alias(table)
    text = build_words(reference(alias, dimension.label), wanted.languages)
    query = sa.select(text).select_from(table.alias(alias))
    found = query.where(reference(alias, dimension.key) == value).scalar_subquery()
    return sa.func.coalesce(found, json.text("null"))
