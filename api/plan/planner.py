"""Plans an operation. Later layers know nothing of GraphQL."""

from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import Any

from graphql import GraphQLObjectType, get_named_type
from sqlalchemy import Table, UniqueConstraint

from api.errors import OperationError
from api.model.kinds import RecordKind
from api.plan import nodes
from api.plan.arguments import FieldSelection
from api.plan.catalog import Catalog
from api.plan.introspection import Introspector
from api.plan.limits import Lists, too_many_fields
from api.plan.parameter_sources import Introspection, Parameter
from api.plan.parameters import Parameters
from api.plan.selection import Entry, Selector
from api.schema import bindings as b
from api.settings import Limits

KINDS = frozenset(RecordKind)


def plan_operation(
    catalog: Catalog, selector: Selector, languages: int, limits: Limits
) -> nodes.Plan:
    """Plan an operation for a request that prefers this many languages.

    Raises:
        OperationError: the operation asks for what cannot be given.
    """
    given = Parameters(catalog, selector, languages, limits)
    introspector, lists = Introspector(selector, limits), Lists(limits)
    planner = Planner(catalog, selector, given, limits, introspector, lists)
    return nodes.Plan(planner.plan_root(), tuple(planner.given.sources))


@dataclass(frozen=True, slots=True)
class Here:
    """The planner's position: a type, the entity of its row, and the path of response keys."""

    type: str
    entry: Entry
    path: tuple[str, ...]
    table: Table | None = None
    prefix: str = ""
    sought: tuple[Parameter, Parameter] | None = None  # patterns and phrases, where it is a hit
    kinds: tuple[str, ...] = ()  # that the record can only be of
    lists: int = 0  # in which it is

    @property
    def name(self) -> str:
        """The field's name in the schema."""
        return self.entry.node.name.value


@dataclass(slots=True)
class Planner:
    """Plans one operation."""

    catalog: Catalog
    selector: Selector
    given: Parameters
    limits: Limits
    introspector: Introspector
    lists: Lists

    def plan_root(self) -> tuple[nodes.Field, ...]:
        """Plan each root field."""
        entries = self.selector.root()
        return tuple(nodes.Field(entry.key, self._plan_root_field(entry)) for entry in entries)

    def _plan_root_field(self, entry: Entry) -> nodes.Value:
        name = entry.node.name.value
        if name == "__typename":
            return nodes.Constant('"Query"')
        if name.startswith("__"):
            json = self.given.parameter("introspection")
            asked = tuple(item.node for item in entry.details)
            answer = self.introspector.answer(asked, (entry.key,))
            self.given.sources.append(Introspection(json, answer))
            return nodes.External(json)
        return self._plan_field(Here("Query", entry, (entry.key,)))

    def _plan_field(self, here: Here) -> nodes.Value:
        # A record of any kind has its fields planned for each kind.
        if self.selector.collected > self.limits.max_fields:
            raise OperationError("TOO_MANY_FIELDS", too_many_fields(self.limits), here.path)
        return self._plan(self.catalog.bindings[here.type, here.name], here)

    # One method for each kind of binding.

    @singledispatchmethod
    def _plan(self, binding: Any, here: Here) -> nodes.Value:
        raise TypeError(binding, here)

    @_plan.register
    def _(self, binding: b.Value, here: Here) -> nodes.Value:
        del here
        return nodes.Scalar(binding.column, binding.form, binding.through)

    @_plan.register
    def _(self, binding: b.Part, here: Here) -> nodes.Value:
        assert here.table is not None
        return nodes.Scalar(here.table.c[here.prefix + binding.suffix], binding.form)

    @_plan.register
    def _(self, binding: b.Identity, here: Here) -> nodes.Value:
        entity = self.catalog.entities[here.type]
        if entity.kind is not None and len(here.entry.types) == 1:
            return nodes.Id(entity.kind.lower(), binding.key)
        return nodes.Id(binding.kind, binding.key)

    @_plan.register
    def _(self, binding: b.Localized, here: Here) -> nodes.Value:
        return nodes.Words(binding.column, self.given.plan_languages(self._asked(here)))

    @_plan.register
    def _(self, binding: b.Translations, here: Here) -> nodes.Value:
        entries = self.selector.below(here.entry.details, ["LocalizedText"])
        fields = tuple((entry.key, entry.node.name.value) for entry in entries)
        return nodes.Translations(binding.column, fields)

    @_plan.register
    def _(self, binding: b.Embedded, here: Here) -> nodes.Value:
        assert here.table is not None
        below = replace(here, prefix=binding.prefix)
        return nodes.Part(self._plan_object(below, here.table, [self._target(here)]), binding.when)

    @_plan.register
    def _(self, binding: b.One, here: Here) -> nodes.Value:
        return nodes.One(binding.key, self._plan_target(here))

    @_plan.register
    def _(self, binding: b.AnyRecord, here: Here) -> nodes.Value:
        branches = self._plan_branches(here)
        if len(branches) == 1:
            return nodes.One(binding.key, branches[0].object)
        return nodes.AnyRecord(binding.key, branches, binding.kind)

    @_plan.register
    def _(self, binding: b.NodeById, here: Here) -> nodes.Value:
        ids = self.given.plan_ids(self._asked(here), many=binding.many)
        return nodes.Records(ids, self._plan_branches(here), binding.many)

    @_plan.register
    def _(self, binding: b.Lookup, here: Here) -> nodes.Value:
        given = self.given.plan_equal(self._asked(here), binding.arguments)
        if len(given) != 1:
            names = " or ".join(name for name, _ in binding.arguments)
            raise OperationError(
                "BAD_USER_INPUT", f"Give exactly one argument: {names}.", here.path
            )
        ((column, _),) = given
        order = () if _is_unique(column) else (b.Term(column.table.c.key),)
        rows = replace(self._rows(here, where=given), order=order)
        return nodes.First(rows, self._plan_target(here))

    @_plan.register
    def _(self, binding: b.All, here: Here) -> nodes.Value:
        here = self._enter_list(here)
        where = self.given.plan_equal(self._asked(here), binding.arguments)
        return self._plan_rows(here, self._rows(here, where=where))

    @_plan.register
    def _(self, binding: b.Many, here: Here) -> nodes.Value:
        here = self._enter_list(here)
        if binding.text is not None:
            entity = b.Entity((binding.on.table,))
            rows = nodes.Rows(entity, binding.order, binding.on)
            return nodes.Many(
                rows, nodes.Words(binding.text, self.given.plan_languages(self._asked(here)))
            )
        where = (binding.where,) if binding.where else ()
        rows = self._rows(here, binding.on, binding.through, where, binding.order)
        return self._plan_rows(here, rows)

    @_plan.register
    def _(self, binding: b.Search, here: Here) -> nodes.Value:
        del binding
        here = self._enter_list(here)
        hits, patterns = self.given.plan_search(self._asked(here))
        kinds = self._asked(here).argument("kinds")
        if kinds.constant:
            here = replace(here, kinds=tuple(str(kind) for kind in kinds.constant))
            hits = replace(hits, kinds=here.kinds)
        rows = replace(self._rows(here), hits=hits, kinds=here.kinds or tuple(RecordKind))
        return self._plan_rows(replace(here, sought=(patterns, hits.phrases)), rows)

    @_plan.register
    def _(self, binding: b.HitPart, here: Here) -> nodes.Value:
        assert here.sought is not None
        entries = self.selector.below(here.entry.details, ["Highlight"])
        fields = tuple((entry.key, self._name_or_typename(entry)) for entry in entries)
        return nodes.HitPart(binding.name, *here.sought, fields)

    # Objects: the selections on one row.

    def _asked(self, here: Here) -> FieldSelection:
        parent: Any = self.catalog.schema.type_map[here.type]
        return FieldSelection(parent.fields[here.name], here.entry.node, here.path)

    def _target(self, here: Here) -> str:
        """Return the type of a field, or of a connection's nodes."""
        parent: Any = self.catalog.schema.type_map[here.type]
        named = get_named_type(parent.fields[here.name].type)
        if named.name.endswith("Connection"):
            named = get_named_type(named.fields["nodes"].type)
        return str(named.name)

    def _concrete(self, name: str) -> list[str]:
        named: Any = self.catalog.schema.type_map[name]
        if isinstance(named, GraphQLObjectType):
            return [name]
        return [item.name for item in self.catalog.schema.get_possible_types(named)]

    def _plan_target(self, here: Here) -> nodes.Object:
        target = self._target(here)
        return self._plan_object(here, self.catalog.entities[target].table, self._concrete(target))

    def _plan_branches(self, here: Here) -> tuple[nodes.Branch, ...]:
        below = replace(here, kinds=())
        branches = []
        for table, names in self.catalog.types_by_table(self._target(here)).items():
            types = [name for name in names if not here.kinds or name.upper() in here.kinds]
            if types:
                kinds = tuple(name.upper() for name in types)
                branches.append(nodes.Branch(kinds, self._plan_object(below, table, types)))
        return tuple(branches)

    def _plan_object(self, here: Here, table: Table, types: list[str]) -> nodes.Object:
        entries = self.selector.below(here.entry.details, types)
        fields = tuple(self._plan_entry(here, table, entry, types) for entry in entries)
        return nodes.Object(table, fields)

    def _plan_entry(self, here: Here, table: Table, entry: Entry, types: list[str]) -> nodes.Field:
        path = (*here.path, entry.key)
        below = replace(here, type=entry.types[0], entry=entry, path=path, table=table)
        value = (
            self._type_name(entry, table) if below.name == "__typename" else self._plan_field(below)
        )
        return nodes.Field(entry.key, value, self._kinds(entry.types, types))

    def _kinds(self, types: tuple[str, ...], all_types: list[str]) -> tuple[str, ...] | None:
        if len(types) == len(all_types):
            return None
        return tuple(str(self.catalog.entities[name].kind) for name in types)

    def _type_name(self, entry: Entry, table: Table) -> nodes.Value:
        if len(entry.types) == 1:
            return nodes.Constant(f'"{entry.types[0]}"')
        names = tuple((str(self.catalog.entities[name].kind), name) for name in entry.types)
        return nodes.TypeName(table.c.kind, names)

    # Rows: lists and pages.

    def _enter_list(self, here: Here) -> Here:
        self.lists.add(here.lists + 1, here.path)
        return replace(here, lists=here.lists + 1)

    def _rows(
        self,
        here: Here,
        on: b.Column | None = None,
        through: tuple[b.Link, ...] = (),
        where: tuple[tuple[b.Column, str | Parameter], ...] = (),
        order: b.Order = (),
    ) -> nodes.Rows:
        target = self._target(here)
        entity = self.catalog.entities[target]
        if entity.kind is not None:
            where = ((entity.table.c.kind, entity.kind), *where)
        asked = self.given.plan_order(self._asked(here), self.catalog.identity_of(target))
        order = asked or order or entity.order
        condition = self.given.plan_filter(self._asked(here), order)
        kinds = tuple(kind for kind in map(str.upper, self._concrete(target)) if kind in KINDS)
        return nodes.Rows(entity, order, on, through, where, condition, kinds=kinds)

    def _plan_rows(self, here: Here, rows: nodes.Rows) -> nodes.Value:
        parent: Any = self.catalog.schema.type_map[here.type]
        named = get_named_type(parent.fields[here.name].type)
        if named.name.endswith("Connection"):
            return self._plan_page(here, rows, named.name)
        return nodes.Many(rows, self._plan_target(here))

    def _plan_page(self, here: Here, rows: nodes.Rows, connection: str) -> nodes.Page:
        asked = self._asked(here)
        size, backward = self.given.plan_size(asked)
        signature = self.given.plan_signature(asked, rows.order)
        entries = self.selector.below(here.entry.details, [connection])
        fields = tuple((item.key, self._plan_page_field(here, rows, item)) for item in entries)
        if not any(nodes.gives_cursors(field) for _, field in fields):
            self.given.sources.remove(signature)
        return nodes.Page(
            rows,
            fields,
            size,
            backward,
            self.given.plan_position(asked, "after", signature),
            self.given.plan_position(asked, "before", signature),
            signature.parameter,
        )

    def _plan_page_field(self, here: Here, rows: nodes.Rows, entry: Entry) -> nodes.PageField:
        below = replace(here, entry=entry, path=(*here.path, entry.key))
        match entry.node.name.value:
            case "__typename":
                return nodes.Constant(f'"{entry.types[0]}"')
            case "totalCount":
                return nodes.TotalCount(self._whole_kinds(here, rows))
            case "pageInfo":
                return nodes.PageInfo(
                    tuple(
                        (item.key, self._name_or_typename(item))
                        for item in self.selector.below(entry.details, ["PageInfo"])
                    )
                )
            case "groups" | "groupCount":
                return self._plan_groups(below, rows)
            case "nodes":
                return nodes.Nodes(self._plan_nodes(below, entry))
            case _:
                return self._plan_edges(below, entry)

    def _whole_kinds(self, here: Here, rows: nodes.Rows) -> tuple[str, ...]:
        """Return the kinds of which a list has all records; empty if it has only some."""
        own = () if rows.entity.kind is None else ((rows.entity.table.c.kind, rows.entity.kind),)
        if rows.where != own or rows.on is not None or rows.condition or rows.hits:
            return ()
        return tuple(name.upper() for name in self._concrete(self._target(here)))

    def _plan_groups(self, here: Here, rows: nodes.Rows) -> nodes.Groups | nodes.GroupTotal:
        here = replace(here, type=here.entry.types[0])
        names, dimensions = self.given.plan_dimensions(self._asked(here))
        if here.name == "groupCount":
            return nodes.GroupTotal(rows, dimensions)
        size, by_keys = self.given.plan_groups(self._asked(here))
        entries = self.selector.below(here.entry.details, ["Group"])
        fields = tuple((entry.key, self._plan_group_field(here, entry)) for entry in entries)
        return nodes.Groups(rows, names, dimensions, size, fields, by_keys)

    def _plan_group_field(self, here: Here, entry: Entry) -> nodes.GroupField:
        match entry.node.name.value:
            case "__typename":
                return nodes.Constant(f'"{entry.types[0]}"')
            case "count":
                return nodes.GroupCount()
            case _:
                keys = self.selector.below(entry.details, ["GroupKey"])
                below = replace(here, type="GroupKey", path=(*here.path, entry.key))
                return nodes.GroupKeys(
                    tuple((item.key, self._plan_key_field(below, item)) for item in keys)
                )

    def _plan_key_field(self, here: Here, entry: Entry) -> nodes.KeyField:
        below = replace(here, entry=entry, path=(*here.path, entry.key))
        if below.name == "label":
            return nodes.Label(self.given.plan_languages(self._asked(below)))
        return self._name_or_typename(entry)

    def _plan_nodes(self, here: Here, owner: Entry) -> nodes.Object:
        parent: Any = self.catalog.schema.type_map[owner.types[0]]
        target = get_named_type(parent.fields[owner.node.name.value].type).name
        entity = self.catalog.entities[target]
        return self._plan_object(here, entity.table, self._concrete(target))

    def _plan_edges(self, here: Here, entry: Entry) -> nodes.Edges:
        parent: Any = self.catalog.schema.type_map[entry.types[0]]
        edge = get_named_type(parent.fields["edges"].type).name
        items = self.selector.below(entry.details, [edge])
        return nodes.Edges(tuple((item.key, self._plan_edge_field(here, item)) for item in items))

    def _plan_edge_field(
        self, here: Here, item: Entry
    ) -> nodes.Object | nodes.Cursor | nodes.Constant:
        match item.node.name.value:
            case "__typename":
                return nodes.Constant(f'"{item.types[0]}"')
            case "cursor":
                return nodes.Cursor()
            case _:
                below = replace(here, entry=item, path=(*here.path, item.key))
                return self._plan_nodes(below, item)

    def _name_or_typename(self, item: Entry) -> str | nodes.Constant:
        name = item.node.name.value
        return nodes.Constant(f'"{item.types[0]}"') if name == "__typename" else name


def _is_unique(column: b.Column) -> bool:
    """Return whether no two rows have the same value in a column."""
    return any(
        isinstance(constraint, UniqueConstraint) and [*constraint.columns] == [column]
        for constraint in column.table.constraints
    )
