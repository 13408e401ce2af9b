"""Groups: the counts of records by shared values, and the number of groups."""

from typing import Any

import sqlalchemy as sa

from api.plan import nodes
from api.schema.dimensions import Dimension, Grain, Step
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.json import braces, build_list, concatenate
from api.sql.parameters import build_parameter
from api.sql.rows import RowSource, build_row_source
from api.sql.scope import Names, Scope, reference
from api.sql.words import build_words

GRAINS = {Grain.YEAR: dialects.year, Grain.MONTH: dialects.month}


def build_groups(groups: nodes.Groups | nodes.GroupTotal, scope: Scope) -> SQL:
    """Build the JSON list of groups, or their number."""
    if isinstance(groups, nodes.GroupTotal):
        return _build_total(groups, scope)
    # Produces: (SELECT '[' || … || ']' FROM (SELECT '{"keys":[…],"count":…}' AS item FROM
    #            (SELECT place_2.key AS value_1, count(*) AS number FROM … GROUP BY place_2.key …)))
    names = scope.select.names
    counted = _count(groups, build_row_source(groups.rows, scope), names)
    alias = names.alias("group")
    values: list[SQL] = [
        sa.literal_column(f"{alias}.value_{place}", sa.Text())
        for place, _ in enumerate(groups.dimensions, 1)
    ]
    number: SQL = sa.literal_column(f"{alias}.number", sa.Integer())
    sums = {
        field: dialects.token(sa.literal_column(f"{alias}.sum_{place}", sa.Text()))
        for place, field in enumerate(_list_sums(groups), 1)
    }
    made = [
        sums[field]
        if isinstance(field, nodes.GroupSum)
        else _group_field(groups, field, values, number, names)
        for _, field in groups.fields
    ]
    items = (
        sa.select(
            braces(
                [(f'"{key}":', item) for (key, _), item in zip(groups.fields, made, strict=True)]
            ).label("item")
        )
        .select_from(counted.subquery(alias))
        .order_by(*_ordering(groups, values, number))
    )
    return build_list(items, names.alias("list"))


def _build_total(total: nodes.GroupTotal, scope: Scope) -> SQL:
    # Produces: (SELECT count(*) FROM (SELECT 1 FROM … GROUP BY place_2.key) AS group_3)
    names = scope.select.names
    walk = Walk(build_row_source(total.rows, scope), names)
    values = [walk.value(dimension) for dimension in total.dimensions]
    grouped = walk.select(sa.literal_column("1")).group_by(*values).subquery(names.alias("group"))
    counted = sa.select(dialects.as_text(sa.func.count())).select_from(grouped)
    return concatenate(counted.scalar_subquery())


def _count(groups: nodes.Groups, source: RowSource, names: Names) -> sa.Select[Any]:
    walk = Walk(source, names)
    values = [walk.value(dimension) for dimension in groups.dimensions]
    single = all(dimension.single for dimension in groups.dimensions)
    row = reference(source.alias, source.table.c.id)
    number: SQL = sa.func.count() if single else sa.func.count(row.distinct())
    labelled = [value.label(f"value_{place}") for place, value in enumerate(values, 1)]
    if sums := _list_sums(groups):
        members = walk.select(*labelled, row.label("id")).distinct()
        counted, values, number = _add_up(members, values, sums, names)
    else:
        counted = walk.select(*labelled, number.label("number"))
    return (
        counted.group_by(*values)
        .order_by(*_ordering(groups, values, number))
        .limit(build_parameter(groups.size))
        .offset(sa.literal_column("0"))
    )


def _list_sums(groups: nodes.Groups) -> list[nodes.GroupSum]:
    """Return the different sums of a group."""
    sums = (field for _, field in groups.fields if isinstance(field, nodes.GroupSum))
    return [*dict.fromkeys(sums)]


def _add_up(
    members: sa.Select[Any], values: list[SQL], sums: list[nodes.GroupSum], names: Names
) -> tuple[sa.Select[Any], list[SQL], SQL]:
    """Select the groups of different pairs of values and record, with sums over the records."""
    # Produces: SELECT member_5.value_1, count(*) AS number, … AS sum_1
    #           FROM (SELECT DISTINCT place_2.key AS value_1, event_1.id AS id FROM …) AS member_5
    #           LEFT JOIN figure AS figure_6 ON figure_6.event_id = member_5.id AND …
    alias = names.alias("member")
    from_: sa.FromClause = members.subquery(alias)
    added = []
    for place, item in enumerate(sums, 1):
        table = item.amounts.owner.table
        joined = names.alias(table)
        unit = reference(joined, item.amounts.unit)
        condition = sa.and_(
            reference(joined, item.amounts.owner) == sa.literal_column(f"{alias}.id", sa.Integer()),
            reference(joined, item.amounts.measure) == build_parameter(item.measure),
            unit.is_(None) if item.unit is None else unit == build_parameter(item.unit),
        )
        from_ = from_.outerjoin(table.alias(joined), condition)
        value = reference(joined, item.amounts.value)
        total = dialects.total(dialects.billions(value), dialects.rest(value))
        added.append(total.label(f"sum_{place}"))
    named: list[SQL] = [
        sa.literal_column(f"{alias}.value_{place}", value.type)
        for place, value in enumerate(values, 1)
    ]
    number: SQL = sa.func.count()
    return sa.select(*named, number.label("number"), *added).select_from(from_), named, number


def _ordering(groups: nodes.Groups, values: list[SQL], number: SQL) -> list[SQL]:
    keys = [dialects.by_code_point(value) for value in values]
    direct = sa.desc if groups.order == "KEY_DESC" else sa.asc
    ordered: list[SQL] = [direct(key).nulls_last() for key in keys]
    return [number.desc(), *ordered] if groups.order == "COUNT" else ordered


class Walk:
    """The rows of a source, with those that their dimensions lead to, each joined once."""

    def __init__(self, source: RowSource, names: Names) -> None:
        """Start at the source's own rows."""
        self.names = names
        self.from_ = source.from_
        self.where = list(source.where)
        self.start = source.alias
        self.joined: dict[tuple[str, tuple[Step, ...]], str] = {}

    def select(self, *columns: Any) -> sa.Select[Any]:
        """Select columns of the rows and of the tables joined to them."""
        return sa.select(*columns).select_from(self.from_).where(*self.where)

    def value(self, dimension: Dimension) -> SQL:
        """Build a dimension's value."""
        if dimension.grain is Grain.PAIR:
            return self._pair(dimension)
        alias = self._follow(dimension.way)
        value = reference(alias, dimension.column)
        if dimension.scheme is not None:
            scheme = reference(alias, dimension.scheme)
            return dialects.grouped(scheme.concat(dialects.text(":")).concat(value))
        return GRAINS[dimension.grain](value) if dimension.grain in GRAINS else value

    def _pair(self, dimension: Dimension) -> SQL:
        """Build a pair of different values, the lesser first; null if a row has no two values."""
        # Produces: CASE WHEN actor_3.country_code < actor_5.country_code THEN … || '-' || … END
        #           … WHERE actor_3.country_code < actor_5.country_code OR
        #           ((SELECT min(actor_7.country_code) < max(actor_7.country_code) FROM …
        #             WHERE participation_6.event_id = event_1.id)) IS NOT TRUE
        aliases = [self._follow(dimension.way, copy) for copy in ("one", "two")]
        one, two = (dialects.by_code_point(reference(alias, dimension.column)) for alias in aliases)
        self.where.append(sa.or_(one < two, dialects.is_not_true(self._have_two(dimension))))
        return sa.case((one < two, one.concat(dialects.text("-")).concat(two)))

    def _have_two(self, dimension: Dimension) -> SQL:
        """Build the condition that a row has two different values."""
        first, *rest = dimension.way
        alias = self.names.alias(first.on.table)
        own = reference(alias, first.on) == reference(self.start, first.of)
        from_: sa.FromClause = first.on.table.alias(alias)
        for step in rest:
            before, alias = alias, self.names.alias(step.on.table)
            on = reference(alias, step.on) == reference(before, step.of)
            from_ = from_.join(step.on.table.alias(alias), on)
        value = dialects.by_code_point(reference(alias, dimension.column))
        return (
            sa.select(sa.func.min(value) < sa.func.max(value))
            .select_from(from_)
            .where(own)
            .scalar_subquery()
        )

    def _follow(self, way: tuple[Step, ...], copy: str = "") -> str:
        """Join the tables of a path; paths with a common start share their joins."""
        alias = self.start
        for place, _ in enumerate(way, 1):
            alias = self._join(way[:place], alias, copy)
        return alias

    def _join(self, way: tuple[Step, ...], before: str, copy: str) -> str:
        if (copy, way) not in self.joined:
            step = way[-1]
            alias = self.joined[copy, way] = self.names.alias(step.on.table)
            condition = reference(alias, step.on) == reference(before, step.of)
            if step.where is not None:
                column, wanted = step.where
                condition = sa.and_(condition, reference(alias, column) == dialects.text(wanted))
            self.from_ = self.from_.outerjoin(step.on.table.alias(alias), condition)
        return self.joined[copy, way]


def _group_field(
    groups: nodes.Groups,
    field: nodes.GroupCount | nodes.GroupKeys | nodes.Constant,
    values: list[SQL],
    number: SQL,
    names: Names,
) -> SQL:
    match field:
        case nodes.Constant(text):
            return concatenate(text)
        case nodes.GroupCount():
            return concatenate(dialects.as_text(number))
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
        case _ if dimension.scheme is not None:
            return dialects.quoted(value)
        case _:
            return dialects.identity(
                dialects.text(f"{dimension.kind}:" if dimension.kind else ""), value
            )


def _label(dimension: Dimension, wanted: nodes.Label, value: SQL, names: Names) -> SQL:
    # Produces: coalesce((SELECT coalesce(…) FROM country AS country_4 WHERE code = value_1), …)
    if dimension.label is None or dimension.key is None:
        return concatenate("null")
    table = dimension.key.table
    alias = names.alias(table)
    text = build_words(reference(alias, dimension.label), wanted.languages, nullable=False)
    query = sa.select(text).select_from(table.alias(alias))
    found = query.where(reference(alias, dimension.key) == value).scalar_subquery()
    return sa.func.coalesce(found, dialects.text("null"))
