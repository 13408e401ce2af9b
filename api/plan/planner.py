"""Plans an operation: a GraphQL operation in, a tree of `api.plan.nodes` out.

The layers below see only the plan, and import nothing of GraphQL.
"""

from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint

from api.errors import OperationError
from api.model.kinds import RecordKind
from api.plan import nodes
from api.plan.catalog import Catalog
from api.plan.document_size import too_many_fields
from api.plan.field_context import FieldContext, plan_name, plan_type_name
from api.plan.groups import GroupPlanner
from api.plan.introspection import Introspector
from api.plan.limits import ListCounter
from api.plan.pages import PagePlanner
from api.plan.parameter_sources import Introspection, Parameter
from api.plan.parameters import Parameters
from api.plan.selection import Entry, Selector
from api.plan.stream import EVENT
from api.schema import bindings as b
from api.settings import Limits

KINDS = frozenset(RecordKind)


def plan_operation(
    catalog: Catalog, selector: Selector, languages: int, limits: Limits
) -> nodes.Plan:
    """Plan an operation for a request that prefers this many languages.

    Raises:
        OperationError: an argument is not valid, or the operation exceeds a limit.
    """
    planner = _new_planner(catalog, selector, languages, limits)
    return nodes.Plan(planner.plan_root(), tuple(planner.parameters.sources), planner.lines)


def plan_payload(  # noqa: PLR0913, PLR0917 — as `plan_operation`, for some fields of one root field
    catalog: Catalog,
    selector: Selector,
    root: Entry,
    fields: list[Entry],
    languages: int,
    limits: Limits,
) -> nodes.Plan:
    """Plan the fields of a mutation's payload that are read from the revision that it wrote.

    Raises:
        OperationError: an argument is not valid, or the operation exceeds a limit.
    """
    planner = _new_planner(catalog, selector, languages, limits)
    payload = planner.plan_payload(root, fields)
    return nodes.Plan((payload,), tuple(planner.parameters.sources), planner.lines)


def _new_planner(catalog: Catalog, selector: Selector, languages: int, limits: Limits) -> "Planner":
    parameters = Parameters(catalog, selector, languages, limits)
    introspector, lists = Introspector(selector, limits), ListCounter(limits)
    return Planner(catalog, selector, parameters, limits, introspector, lists)


@dataclass(slots=True)
class Planner:
    """Plans one operation."""

    catalog: Catalog
    selector: Selector
    parameters: Parameters
    limits: Limits
    introspector: Introspector
    lists: ListCounter
    lines: bool = False
    mutation: FieldContext | None = None  # the root field whose payload is planned
    pages: PagePlanner = field(init=False)

    def __post_init__(self) -> None:
        """Plan pages with the objects that this planner plans."""
        groups = GroupPlanner(self.selector, self.parameters)
        self.pages = PagePlanner(self.selector, self.parameters, groups, self._plan_target)

    def plan_root(self) -> tuple[nodes.Field, ...]:
        """Plan each root field."""
        entries = self.selector.root()
        return tuple(nodes.Field(entry.key, self._plan_root_field(entry)) for entry in entries)

    def _plan_root_field(self, entry: Entry) -> nodes.Value:
        if entry.name == "__typename":
            return plan_type_name(entry)
        if entry.name.startswith("__"):
            json = self.parameters.parameter("introspection")
            asked = tuple(item.node for item in entry.details)
            answer = self.introspector.answer(asked, (entry.key,))
            self.parameters.sources.append(Introspection(json, answer))
            return nodes.External(json)
        return self._plan_field(FieldContext(self.catalog, entry.types[0], entry, (entry.key,)))

    def plan_payload(self, root: Entry, entries: list[Entry]) -> nodes.Field:
        """Plan fields of a payload as those of the newest row of the payload's entity."""
        types = list(entries[0].types)
        entity = self.catalog.entities[types[0]]
        context = self.mutation = FieldContext(self.catalog, "Mutation", root, (root.key,))
        fields = (self._plan_entry(context, entity.table, item, types) for item in entries)
        row = nodes.Object(entity.table, tuple(fields))
        return nodes.Field(root.key, nodes.First(nodes.Rows(entity, entity.order), row))

    def _plan_field(self, context: FieldContext) -> nodes.Value:
        # A record of any kind has its fields planned for each kind.
        if self.selector.collected > self.limits.max_fields:
            raise OperationError("TOO_MANY_FIELDS", too_many_fields(self.limits), context.path)
        return self._plan(self.catalog.bindings[context.type, context.entry.name], context)

    # One method for each kind of binding.

    @singledispatchmethod
    def _plan(self, binding: Any, context: FieldContext) -> nodes.Value:
        raise TypeError(binding, context)

    @_plan.register
    def _(self, binding: b.Value, context: FieldContext) -> nodes.Value:
        del context
        return nodes.Scalar(binding.column, binding.form, binding.through)

    @_plan.register
    def _(self, binding: b.Part, context: FieldContext) -> nodes.Value:
        assert context.table is not None
        return nodes.Scalar(context.table.c[context.prefix + binding.suffix], binding.form)

    @_plan.register
    def _(self, binding: b.Identity, context: FieldContext) -> nodes.Value:
        return nodes.Id(self._kind_of(binding, context), binding.key, binding.revision)

    def _kind_of(self, identity: b.Identity, context: FieldContext) -> b.Column | str:
        """Return the kind of a type's records, in lower case, or the column that has it."""
        entity = self.catalog.entities[context.type]
        if entity.kind is not None and len(context.entry.types) == 1:
            return entity.kind.lower()
        return identity.kind

    @_plan.register
    def _(self, binding: b.Line, context: FieldContext) -> nodes.Value:
        del context
        self.lines = True
        return binding

    @_plan.register
    def _(self, binding: b.Localized, context: FieldContext) -> nodes.Value:
        return nodes.Words(binding.column, self.parameters.plan_languages(context.selection))

    @_plan.register
    def _(self, binding: b.LocalizedPart, context: FieldContext) -> nodes.Value:
        assert context.table is not None
        column = context.table.c[context.prefix + binding.suffix]
        return nodes.Words(column, self.parameters.plan_languages(context.selection))

    @_plan.register
    def _(self, binding: b.Translations, context: FieldContext) -> nodes.Value:
        entries = self.selector.below(context.entry.details, ["LocalizedText"])
        fields = tuple((entry.key, entry.name) for entry in entries)
        return nodes.Translations(binding.column, fields)

    @_plan.register
    def _(self, binding: b.Embedded, context: FieldContext) -> nodes.Value:
        assert context.table is not None
        below = replace(context, prefix=binding.prefix)
        return nodes.Part(self._plan_object(below, context.table, [context.target]), binding.when)

    @_plan.register
    def _(self, binding: b.One, context: FieldContext) -> nodes.Value:
        return nodes.One(binding.key, self._plan_target(context))

    @_plan.register
    def _(self, binding: b.AnyRecord, context: FieldContext) -> nodes.Value:
        branches = self._plan_branches(context)
        if len(branches) == 1:
            return nodes.One(binding.key, branches[0].object)
        return nodes.AnyRecord(binding.key, branches, binding.kind, binding.via)

    @_plan.register
    def _(self, binding: b.RecordsBy, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        where = self.parameters.plan_equal(context.selection, binding.arguments)
        order = (b.Term(binding.kind), b.Term(binding.key))
        rows = nodes.Rows(b.Entity((binding.id.table,)), order, where=where)
        branches = self._plan_branches(context)
        return nodes.Many(rows, nodes.AnyRecord(binding.id, branches, binding.kind))

    @_plan.register
    def _(self, binding: b.NodeById, context: FieldContext) -> nodes.Value:
        ids = self.parameters.plan_ids(context.selection, many=binding.many)
        return nodes.Records(ids, self._plan_branches(context), binding.many)

    @_plan.register
    def _(self, binding: b.Written, context: FieldContext) -> nodes.Value:
        assert self.mutation is not None
        asked = self.mutation.selection
        name = next(name for name in binding.arguments if name in asked.field.args)
        ids = self.parameters.plan_ids(asked, many=False, name=name)
        kinds = (context.target.upper(),)
        return nodes.Records(ids, (nodes.Branch(kinds, self._plan_target(context)),), many=False)

    @_plan.register
    def _(self, binding: b.Lookup, context: FieldContext) -> nodes.Value:
        given = self.parameters.plan_equal(context.selection, binding.arguments)
        if len(given) != 1:
            names = " or ".join(name for name, _ in binding.arguments)
            raise OperationError(
                "BAD_USER_INPUT", f"Give exactly one of the arguments {names}.", context.path
            )
        ((column, _),) = given
        order = () if _is_unique(column) else (b.Term(column.table.c.key),)
        rows = replace(self._rows(context, where=given), order=order)
        return nodes.First(rows, self._plan_target(context))

    @_plan.register
    def _(self, binding: b.All, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        where = self.parameters.plan_equal(context.selection, binding.arguments)
        return self._plan_rows(context, self._rows(context, where=where))

    @_plan.register
    def _(self, binding: b.Changes, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        where = self.parameters.plan_record(context.selection, binding.kind, binding.key)
        condition = self.parameters.plan_kinds(context.selection, binding.kind)
        rows = replace(self._rows(context, where=where), condition=condition)
        return self._plan_rows(context, rows)

    @_plan.register
    def _(self, binding: b.ChangeStream, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        asked = context.selection
        condition = self.parameters.plan_kinds(asked, binding.kind)
        rows = replace(self._rows(context), condition=condition)
        size, after, signature = self.parameters.plan_stream(asked, rows.order)
        node = self._plan_target(context)
        edges = nodes.Edges(((EVENT, nodes.Cursor()), (context.entry.key, node)))
        return nodes.Page(
            rows,
            (("edges", edges),),
            size,
            backward=False,
            after=after,
            before=(),
            signature=signature,
        )

    @_plan.register
    def _(self, binding: b.History, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        identity = self.catalog.bindings[context.type, "id"]
        assert isinstance(identity, b.Identity)
        kind = self._kind_of(identity, context)
        where = (
            (binding.kind, kind.upper() if isinstance(kind, str) else kind),
            (binding.key, identity.key),
        )
        return self._plan_rows(context, self._rows(context, where=where, order=binding.order))

    @_plan.register
    def _(self, binding: b.Many, context: FieldContext) -> nodes.Value:
        context = self._enter_list(context)
        if binding.text is not None:
            entity = b.Entity((binding.on.table,))
            rows = nodes.Rows(entity, binding.order, binding.on)
            return nodes.Many(
                rows,
                nodes.Words(binding.text, self.parameters.plan_languages(context.selection)),
            )
        where = (binding.where,) if binding.where else ()
        rows = self._rows(context, binding.on, binding.through, where, binding.order)
        return self._plan_rows(context, rows)

    @_plan.register
    def _(self, binding: b.Search, context: FieldContext) -> nodes.Value:
        del binding
        context = self._enter_list(context)
        hits, patterns = self.parameters.plan_search(context.selection)
        kinds = context.selection.argument("kinds")
        if kinds.constant:
            context = replace(context, kinds=tuple(str(kind) for kind in kinds.constant))
            hits = replace(hits, kinds=context.kinds)
        rows = replace(self._rows(context), hits=hits, kinds=context.kinds or tuple(RecordKind))
        return self._plan_rows(replace(context, searched=(patterns, hits.phrases)), rows)

    @_plan.register
    def _(self, binding: b.HitPart, context: FieldContext) -> nodes.Value:
        assert context.searched is not None
        entries = self.selector.below(context.entry.details, ["Highlight"])
        fields = tuple((entry.key, plan_name(entry)) for entry in entries)
        return nodes.HitPart(binding.name, *context.searched, fields)

    # Objects: the selections on one row.

    def _plan_target(self, context: FieldContext) -> nodes.Object:
        table = self.catalog.entities[context.target].table
        return self._plan_object(context, table, context.concrete_targets)

    def _plan_branches(self, context: FieldContext) -> tuple[nodes.Branch, ...]:
        below = replace(context, kinds=())
        branches = []
        for table, names in self.catalog.types_by_table(context.target).items():
            types = [name for name in names if not context.kinds or name.upper() in context.kinds]
            if types:
                kinds = tuple(name.upper() for name in types)
                branches.append(nodes.Branch(kinds, self._plan_object(below, table, types)))
        return tuple(branches)

    def _plan_object(self, context: FieldContext, table: Table, types: list[str]) -> nodes.Object:
        entries = self.selector.below(context.entry.details, types)
        fields = tuple(self._plan_entry(context, table, entry, types) for entry in entries)
        return nodes.Object(table, fields)

    def _plan_entry(
        self, context: FieldContext, table: Table, entry: Entry, types: list[str]
    ) -> nodes.Field:
        if entry.name == "__typename":
            value = self._plan_type_name(entry, table)
        else:
            value = self._plan_field(replace(context.enter(entry), table=table))
        return nodes.Field(entry.key, value, self._kinds(entry.types, types))

    def _kinds(self, types: tuple[str, ...], all_types: list[str]) -> tuple[str, ...] | None:
        if len(types) == len(all_types):
            return None
        return tuple(str(self.catalog.entities[name].kind) for name in types)

    def _plan_type_name(self, entry: Entry, table: Table) -> nodes.Value:
        if len(entry.types) == 1:
            return plan_type_name(entry)
        names = tuple((str(self.catalog.entities[name].kind), name) for name in entry.types)
        return nodes.TypeName(table.c.kind, names)

    # Rows: lists and pages.

    def _enter_list(self, context: FieldContext) -> FieldContext:
        self.lists.add(context.lists + 1, context.path)
        return replace(context, lists=context.lists + 1)

    def _rows(
        self,
        context: FieldContext,
        on: b.Column | None = None,
        through: tuple[b.Link, ...] = (),
        where: tuple[tuple[b.Column, str | bool | Parameter | b.Column], ...] = (),
        order: b.Order = (),
    ) -> nodes.Rows:
        target = context.target
        entity = self.catalog.entities[target]
        if entity.kind is not None:
            where = ((entity.table.c.kind, entity.kind), *where)
        asked = self.parameters.plan_order(context.selection, self.catalog.identity_of(target))
        order = asked or order or entity.order
        condition = self.parameters.plan_filter(context.selection, order)
        kinds = tuple(kind for kind in map(str.upper, context.concrete_targets) if kind in KINDS)
        return nodes.Rows(entity, order, on, through, where, condition, kinds=kinds)

    def _plan_rows(self, context: FieldContext, rows: nodes.Rows) -> nodes.Value:
        if context.connection is not None:
            return self.pages.plan(context, rows, context.connection)
        return nodes.Many(rows, self._plan_target(context))


def _is_unique(column: b.Column) -> bool:
    """Return whether no two rows have the same value in a column."""
    return any(
        isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
        and [*constraint.columns] == [column]
        for constraint in column.table.constraints
    )
