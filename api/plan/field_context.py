"""The field that the planner is at: its definition in the schema, and its place in the document."""

from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from sqlalchemy import Table

from api.plan import nodes
from api.plan.arguments import FieldSelection
from api.plan.catalog import Catalog
from api.plan.parameter_sources import Parameter
from api.plan.selection import Entry


@dataclass(frozen=True, slots=True)
class FieldContext:
    """The field that is being planned: its type, its selection and its place in the operation."""

    catalog: Catalog
    type: str
    entry: Entry
    path: tuple[str, ...]
    table: Table | None = None  # of the row that the field is read from
    prefix: str = ""  # of the columns of an embedded object
    searched: tuple[Parameter, Parameter] | None = None  # patterns and phrases, if it is a hit
    kinds: tuple[str, ...] = ()  # the kinds that the record may have; empty if any
    lists: int = 0  # the number of lists around it

    def enter(self, entry: Entry) -> "FieldContext":
        """Return the context of a field that is selected on this one."""
        return replace(self, type=entry.types[0], entry=entry, path=(*self.path, entry.key))

    @property
    def definition(self) -> GraphQLField:
        """The field's definition in the schema."""
        parent: Any = self.catalog.schema.type_map[self.type]
        field: GraphQLField = parent.fields[self.entry.name]
        return field

    @property
    def selection(self) -> FieldSelection:
        """The field with the arguments that the document gives it."""
        return FieldSelection(self.definition, self.entry.node, self.path)

    @property
    def connection(self) -> str | None:
        """The connection type that the field returns, if it returns one."""
        name = get_named_type(self.definition.type).name
        return name if name.endswith("Connection") else None

    @property
    def target(self) -> str:
        """The type that the field returns, or that of a connection's nodes."""
        named: Any = get_named_type(self.definition.type)
        if self.connection is not None:
            named = get_named_type(named.fields["nodes"].type)
        return str(named.name)

    @property
    def concrete_targets(self) -> list[str]:
        """The object types of the target: itself, or the implementations of an interface."""
        schema, target = self.catalog.schema, self.target
        named: Any = schema.type_map[target]
        if isinstance(named, GraphQLObjectType):
            return [target]
        return [item.name for item in schema.get_possible_types(named)]


def plan_name(entry: Entry) -> str | nodes.Constant:
    """Plan a field that SQL knows by its name: the name; of `__typename`, its value."""
    return plan_type_name(entry) if entry.name == "__typename" else entry.name


def plan_type_name(entry: Entry) -> nodes.Constant:
    """Plan the `__typename` of an object whose type the document decides."""
    return nodes.Constant(f'"{entry.types[0]}"')
