"""Turns a plan into one SELECT whose only column is the answer's JSON.

To-one relations are joined flat; to-many ones are correlated subqueries.
"""

from dataclasses import replace
from functools import singledispatch
from typing import Any

import sqlalchemy as sa

from api.model import Language, Record
from api.model.kinds import RecordKind
from api.plan import nodes
from api.plan.nodes import LINE_MARK
from api.schema.bindings import Column, Line
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.hits import build_hit_part
from api.sql.json import braces, build_list, build_scalar, concatenate
from api.sql.merged import build_survivor
from api.sql.pages import BuildObject, build_page
from api.sql.parameters import build_parameter
from api.sql.rows import RowSource, build_row_source
from api.sql.scope import Names, Scope, Select, reference, target_column
from api.sql.words import build_words

RECORD: sa.Table = Record.__table__  # type: ignore[attr-defined]
LANGUAGE: sa.Table = Language.__table__  # type: ignore[attr-defined]


def build_statement(plan: nodes.Plan) -> sa.Select[Any]:
    """Build the statement that answers a plan."""
    select = Select(Names())
    nowhere = Scope(select, RECORD, "nothing")
    parts = [(f'"{item.key}":', build_value(item.value, nowhere)) for item in plan.fields]
    return sa.select(dialects.encoded(braces(parts)).label("answer"))


def build_object(item: nodes.Object, scope: Scope) -> SQL:
    """Build the JSON object of a row."""
    if all(field.kinds is None for field in item.fields):
        return braces(
            [(f'"{field.key}":', build_value(field.value, scope)) for field in item.fields]
        )
    parts: list[SQL | str] = []
    for field in item.fields:
        part = concatenate(f',"{field.key}":', build_value(field.value, scope))
        parts.append(part if field.kinds is None else _only(field.kinds, part, scope, item.table))
    return concatenate("{", sa.func.substr(concatenate(*parts), 2), "}")


def _only(kinds: tuple[str, ...], part: SQL, scope: Scope, table: sa.Table) -> SQL:
    # Produces: CASE WHEN event_1.kind IN ('MEETING') THEN ',"format":' || … ELSE '' END
    kind = scope.column(table.c.kind)
    names = [dialects.text(name) for name in kinds]
    return sa.case((kind.in_(names), part), else_=dialects.text(""))


@singledispatch
def build_value(value: Any, scope: Scope) -> SQL:
    """Build one value of a row's JSON object."""
    raise TypeError(value, scope)


@build_value.register
def _(value: nodes.Constant, scope: Scope) -> SQL:
    del scope
    return concatenate(value.json)


@build_value.register
def _(value: nodes.External, scope: Scope) -> SQL:
    del scope
    return build_parameter(value.json)


@build_value.register
def _(value: nodes.Scalar, scope: Scope) -> SQL:
    if value.through is not None:
        # Produces: (SELECT … FROM language AS language_2 WHERE language_2.tag = article_1.language)
        table = value.column.table
        alias = scope.select.names.alias(table)
        query = sa.select(_build_scalar(value, reference(alias, value.column)))
        on = reference(alias, table.c[target_column(value.through)]) == scope.column(value.through)
        return query.select_from(table.alias(alias)).where(on).scalar_subquery()
    return _build_scalar(value, scope.column(value.column))


def _build_scalar(value: nodes.Scalar, column: SQL) -> SQL:
    return build_scalar(column, value.form, nullable=bool(value.column.nullable))


@build_value.register
def _(value: nodes.Id, scope: Scope) -> SQL:
    key = scope.column(value.key)
    if isinstance(value.kind, str):
        return concatenate(f'"{value.kind}:', key, '"')
    kind = sa.func.lower(scope.column(value.kind))
    if value.revision is None:
        return concatenate('"', kind, ":", key, '"')
    revision = dialects.as_text(scope.column(value.revision))
    return concatenate('"change:', revision, ":", kind, ":", key, '"')


@build_value.register
def _(value: Line, scope: Scope) -> SQL:
    # Produces: CASE change_1.action WHEN 'CREATED' THEN 'null' ELSE '"\\u0000meeting:talks@7"' END
    kind, key = sa.func.lower(scope.column(value.kind)), scope.column(value.key)
    revision = scope.column(value.revision)
    if value.before:
        revision -= sa.literal_column("1")
    reference = concatenate(f'"{LINE_MARK}', kind, ":", key, "@", dialects.as_text(revision), '"')
    is_absent = scope.column(value.action) == dialects.text(value.absent)
    return sa.case((is_absent, dialects.text("null")), else_=reference)


@build_value.register
def _(value: nodes.TypeName, scope: Scope) -> SQL:
    names = [(dialects.text(kind), dialects.text(f'"{name}"')) for kind, name in value.names]
    column = scope.column(value.column)
    return sa.case(*((column == kind, name) for kind, name in names))


@build_value.register
def _(value: nodes.Words, scope: Scope) -> SQL:
    column = scope.column(value.column)
    return build_words(column, value.languages, nullable=bool(value.column.nullable))


@build_value.register
def _(value: nodes.Translations, scope: Scope) -> SQL:
    # Produces: (SELECT '[' || … || ']' FROM (SELECT … FROM json_each(title) WHERE key <> '*'
    #            ORDER BY key <> title ->> '*', key))
    column = scope.column(value.column)
    alias = scope.select.names.alias("text")
    key = sa.literal_column(f"{alias}.key", sa.Text())
    translated = dialects.by_code_point(key) != dialects.original_language(column)
    made = {
        "language": dialects.token(key),
        "text": dialects.member(column, key),
        "direction": _direction(key, scope.select.names),
        "original": dialects.boolean(sa.not_(translated)),
        "__typename": concatenate('"LocalizedText"'),
    }
    items = (
        sa.select(
            braces([(f'"{name}":', made[field]) for name, field in value.fields]).label("item")
        )
        .select_from(sa.func.json_each(column).table_valued("key", "value", name=alias))
        .where(key != dialects.text("*"))
        .order_by(translated, dialects.by_code_point(key))
    )
    return build_list(items, scope.select.names.alias("list"))


def _direction(tag: SQL, names: Names) -> SQL:
    alias = names.alias(LANGUAGE)
    query = sa.select(dialects.token(reference(alias, LANGUAGE.c.direction)))
    found = query.select_from(LANGUAGE.alias(alias)).where(reference(alias, LANGUAGE.c.tag) == tag)
    return found.scalar_subquery()


@build_value.register
def _(value: nodes.HitPart, scope: Scope) -> SQL:
    return build_hit_part(value, scope)


@build_value.register
def _(value: nodes.Part, scope: Scope) -> SQL:
    return build_part(value, scope, build_object)


def build_part(value: nodes.Part, scope: Scope, build: BuildObject) -> SQL:
    """Build what `build` makes of an object of the same row; null unless the row has the object."""
    item = build(value.object, scope)
    if value.when is None:
        return item
    column, constant = value.when
    own = scope.column(column)
    condition = own.is_not(None) if constant is None else own == dialects.text(constant)
    return sa.case((condition, item), else_=dialects.text("null"))


@build_value.register
def _(value: nodes.One, scope: Scope) -> SQL:
    return build_one(value, scope, build_object)


def build_one(value: nodes.One, scope: Scope, build: BuildObject) -> SQL:
    """Build what `build` makes of the row that a foreign key refers to; null if the key is null."""
    joined = scope.refer(value.key, value.object.table)
    if joined is None:
        keys = {target_column(value.key): scope.column(value.key)}
        return build_row(value.object, scope, keys, build)
    item = build(value.object, joined)
    if not value.key.nullable:
        return item
    return sa.case((scope.column(value.key).is_(None), dialects.text("null")), else_=item)


def build_row(
    item: nodes.Object, scope: Scope, keys: dict[str, SQL], build: BuildObject = build_object
) -> SQL:
    """Build what `build` makes of a row by its keys, in a subquery; null without such a row."""
    select = Select(scope.select.names)
    alias = select.names.alias(item.table)
    row = Scope(select, item.table, alias)
    content = build(item, row)
    query = sa.select(content).select_from(select.from_(item.table.alias(alias)))
    found = query.where(
        *(reference(alias, item.table.c[name]) == key for name, key in keys.items())
    ).scalar_subquery()
    return sa.func.coalesce(found, dialects.text("null"))


@build_value.register
def _(value: nodes.AnyRecord, scope: Scope) -> SQL:
    return build_any_record(value, scope, build_object)


def build_any_record(value: nodes.AnyRecord, scope: Scope, build: BuildObject) -> SQL:
    """Build what `build` makes of the record of any kind that a key refers to."""
    # Produces: CASE record_2.kind WHEN 'ARTICLE' THEN (SELECT … WHERE article_3.id = …) … END
    if value.via is not None:
        return _build_via(value.via, replace(value, via=None), scope, build)
    key = scope.column(value.key)
    kind = _kind_of(value, scope)
    by_id = bool(value.key.foreign_keys)
    branches = [
        (
            _is_one_of(kind, branch.kinds),
            build_row(branch.object, scope, {"id": key}, build)
            if by_id
            else _build_branch(branch, scope, kind, key, build),
        )
        for branch in value.branches
    ]
    return sa.case(*branches, else_=dialects.text("null"))


def _build_via(via: Column, value: nodes.AnyRecord, scope: Scope, build: BuildObject) -> SQL:
    # Produces: CASE dossier_3.source_kind … END, FROM event AS event_1
    #           LEFT JOIN record AS record_2 ON record_2.id = event_1.id
    #           LEFT JOIN dossier AS dossier_3 ON dossier_3.id = record_2.dossier_id
    table = value.key.table
    joined = scope.refer(via, table)
    if joined is not None:
        return build_any_record(value, joined, build)
    select = Select(scope.select.names)
    alias = select.names.alias(table)
    query = sa.select(build_any_record(value, Scope(select, table, alias), build))
    found = query.select_from(select.from_(table.alias(alias)))
    own = reference(alias, table.c[target_column(via)]) == scope.column(via)
    return found.where(own).scalar_subquery()


def _kind_of(value: nodes.AnyRecord, scope: Scope) -> SQL:
    if value.kind is not None:
        return scope.column(value.kind)
    record = scope.refer(value.key, RECORD)
    if record is not None:
        return record.column(RECORD.c.kind)
    query = sa.select(RECORD.c.kind).where(RECORD.c.id == scope.column(value.key))
    return query.scalar_subquery()


def _is_one_of(kind: SQL, kinds: tuple[str, ...]) -> SQL:
    names = [dialects.text(name) for name in kinds]
    return kind.in_(names) if names[1:] else kind == names[0]


@build_value.register
def _(value: nodes.Records, scope: Scope) -> SQL:
    # Produces: SELECT … FROM json_each('{"000": ["ARTICLE", "key"], …}') AS id_1 with, for each,
    #           CASE kind WHEN 'ARTICLE' THEN (SELECT … WHERE article_2.key = key) … END
    alias = scope.select.names.alias("id")
    pair: SQL = sa.literal_column(f"{alias}.value")
    kind, key = (dialects.element(pair, sa.literal_column(place)) for place in "01")
    branches = [
        (
            _is_one_of(kind, branch.kinds),
            _build_branch(branch, scope, kind, build_survivor(key) if _is_actor(branch) else key),
        )
        for branch in value.branches
    ]
    ids = sa.func.json_each(dialects.document(build_parameter(value.ids)))
    items = (
        sa.select(sa.case(*branches, else_=dialects.text("null")).label("item"))
        .select_from(ids.table_valued("key", "value", name=alias))
        .order_by(sa.literal_column(f"{alias}.key"))
    )
    if value.many:
        return build_list(items, scope.select.names.alias("list"))
    return items.scalar_subquery()


def _is_actor(branch: nodes.Branch) -> bool:
    """Return whether a branch is that of actors, which may have been merged."""
    return branch.kinds == (RecordKind.ACTOR,)


def _build_branch(
    branch: nodes.Branch, scope: Scope, kind: SQL, key: SQL, build: BuildObject = build_object
) -> SQL:
    shared = {"kind": kind} if len(branch.kinds) > 1 else {}
    return build_row(branch.object, scope, {"key": key, **shared}, build)


@build_value.register
def _(value: nodes.First, scope: Scope) -> SQL:
    source = build_row_source(value.rows, scope)
    query = (
        _select(value.object, source, scope)
        .order_by(*source.ordering())
        .limit(sa.literal_column("1"))
        .offset(sa.literal_column("0"))
        .scalar_subquery()
    )
    return sa.func.coalesce(query, dialects.text("null"))


@build_value.register
def _(value: nodes.Many, scope: Scope) -> SQL:
    source = build_row_source(value.rows, scope)
    items = _select(value.item, source, scope).order_by(*source.ordering())
    return build_list(items, scope.select.names.alias("list"))


def _select(
    item: nodes.Object | nodes.Words | nodes.AnyRecord, source: RowSource, scope: Scope
) -> sa.Select[Any]:
    select = Select(scope.select.names)
    row = Scope(select, source.table, source.alias)
    content = build_object(item, row) if isinstance(item, nodes.Object) else build_value(item, row)
    query = sa.select(content.label("item")).select_from(select.from_(source.from_))
    return query.where(*source.where)


@build_value.register
def _(value: nodes.Page, scope: Scope) -> SQL:
    return build_page(value, scope, build_object)
