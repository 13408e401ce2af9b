"""Field collection by type; the one module that uses internals of graphql-core.

`collect_fields` merges duplicate keys and applies @skip and @include, which Strawberry's own
`selected_fields` does not.
"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

Selected = dict[str, list[FieldDetails]]
# A response key and the field nodes that ask for it: the same for every type that they are of.
Mark = tuple[str, tuple[int, ...]]
Marked = tuple[Mark, tuple[str, list[FieldDetails]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A response key, its field nodes, and the types for which they are asked."""

    key: str
    details: list[FieldDetails]
    types: tuple[str, ...]

    @property
    def node(self) -> FieldNode:
        """The first field node; validation has checked that the others can be merged with it."""
        return self.details[0].node

    @property
    def name(self) -> str:
        """The field's name in the schema."""
        return self.node.name.value


@dataclass(slots=True)
class Selector:
    """Collects and counts the selections of one operation under given variables."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    collected: int = 0

    def root(self) -> list[Entry]:
        """Return the root selections."""
        root = self.schema.get_root_type(self.operation.operation)
        assert root is not None
        collected = collect_fields(
            self.schema, self.fragments, self.variables, root, self.operation
        )
        return self._count(merge({root.name: collected.grouped_field_set}))

    def below(self, details: list[FieldDetails], types: Sequence[str]) -> list[Entry]:
        """Return the sub-selections of fields for each possible type."""
        return self._count(merge({name: self._subfields(details, name) for name in types}))

    def _count(self, entries: list[Entry]) -> list[Entry]:
        self.collected += len(entries)
        return entries

    def _subfields(self, details: list[FieldDetails], name: str) -> GroupedFieldSet:
        runtime = self.schema.type_map[name]
        assert isinstance(runtime, GraphQLObjectType)
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, runtime, details
        ).grouped_field_set


def select_fragments(document: DocumentNode) -> dict[str, FragmentDetails]:
    """Return a document's fragments by name."""
    return {
        definition.name.value: FragmentDetails(definition)
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }


def merge(selections: dict[str, Selected]) -> list[Entry]:
    """Merge the selections of several types, keeping each type's order.

    Fields that several types select by the same nodes become one entry, so that a selection on an
    interface is planned once and not once per type: nested interfaces would multiply.
    """
    queues = {
        name: deque(map(_mark, selected.items()))
        for name, selected in selections.items()
        if selected
    }
    left = Counter(mark for queue in queues.values() for mark, _ in queue)
    entries = []
    while queues:
        mark, types = _next(queues, left)
        for name in types:
            _, (key, details) = queues[name].popleft()
            if not queues[name]:
                del queues[name]
        left[mark] -= len(types)
        entries.append(Entry(key, details, types))
    return entries


def _next(queues: Mapping[str, deque[Marked]], left: Counter[Mark]) -> tuple[Mark, tuple[str, ...]]:
    """Return a head that is not further down in another queue; else the first queue's head."""
    heads: dict[Mark, list[str]] = {}
    for name, queue in queues.items():
        heads.setdefault(queue[0][0], []).append(name)
    for mark, names in heads.items():
        if left[mark] == len(names):
            return mark, tuple(names)
    mark, names = next(iter(heads.items()))
    return mark, (names[0],)


def _mark(item: tuple[str, list[FieldDetails]]) -> Marked:
    key, details = item
    return (key, tuple(id(detail.node) for detail in details)), item
