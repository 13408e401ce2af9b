"""What a selection asks of each type it may meet; the one file that reads graphql-core's insides.

`collect_fields` merges duplicate keys and applies @skip and @include, which Strawberry's own
`selected_fields` does not.
"""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A response key, its field nodes, and the types for which they are asked."""

    key: str
    details: list[FieldDetails]
    types: tuple[str, ...]

    @property
    def node(self) -> FieldNode:
        """The first field node; validation has seen to it that the others agree with it."""
        return self.details[0].node


@dataclass(frozen=True, slots=True)
class Selector:
    """Collects selections of one operation under given variables."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues

    def root(self) -> list[Entry]:
        """List what the operation asks of the query type."""
        query = self.schema.query_type
        assert query is not None
        collected = collect_fields(
            self.schema, self.fragments, self.variables, query, self.operation
        )
        return merge({query.name: collected.grouped_field_set})

    def below(self, details: list[FieldDetails], types: Sequence[str]) -> list[Entry]:
        """List what the fields' sub-selections ask of each of these types."""
        return merge({name: self._subfields(details, name) for name in types})

    def _subfields(self, details: list[FieldDetails], name: str) -> GroupedFieldSet:
        runtime = self.schema.type_map[name]
        assert isinstance(runtime, GraphQLObjectType)
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, runtime, details
        ).grouped_field_set


def select_fragments(document: DocumentNode) -> dict[str, FragmentDetails]:
    """List a document's fragments by name."""
    return {
        definition.name.value: FragmentDetails(definition)
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }


def merge(selections: dict[str, Selected]) -> list[Entry]:
    """Lay the types' selections over each other, keeping each type's order.

    What several types ask by the same nodes becomes one entry, so that a selection on an
    interface is planned once and not once a type: nested interfaces would multiply.
    """
    queues = {name: list(selected.items()) for name, selected in selections.items()}
    entries = []
    while any(queues.values()):
        key, details, types = _next(queues)
        for name in types:
            queues[name].pop(0)
        entries.append(Entry(key, details, types))
    return entries


def _next(
    queues: dict[str, list[tuple[str, list[FieldDetails]]]],
) -> tuple[str, list[FieldDetails], tuple[str, ...]]:
    """Take a head that no other queue holds further down; where all do, the first one's alone."""
    heads = [(name, queue[0]) for name, queue in queues.items() if queue]
    for _, head in heads:
        mark = _identity(head)
        at_head = tuple(name for name, other in heads if _identity(other) == mark)
        waiting = any(
            _identity(item) == mark
            for name, queue in queues.items()
            if name not in at_head
            for item in queue
        )
        if not waiting:
            return (*head, at_head)
    name, head = heads[0]
    return (*head, (name,))


def _identity(item: tuple[str, list[FieldDetails]]) -> tuple[str, tuple[int, ...]]:
    key, details = item
    return key, tuple(id(detail.node) for detail in details)
