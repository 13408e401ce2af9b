"""Limits on the size of a document, checked in one walk before validation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
)

from api.plan.document_errors import document_error
from api.settings import Limits

# Depth of nested selection sets, fragments included: each level is a recursive call.
MAX_NESTING = 150


@dataclass(frozen=True, slots=True)
class SelectionSize:
    """The size of a selection with its fragments expanded.

    `fields` counts all fields, `depth` the levels of nested fields, `width` the fields at the top.
    """

    fields: int = 0
    depth: int = 0
    width: int = 0


@dataclass(slots=True)
class DocumentSize:
    """Measures a document; a fragment that is spread several times is walked once."""

    limits: Limits
    fragments: Mapping[str, FragmentDefinitionNode]
    fragment_sizes: dict[str, SelectionSize] = field(default_factory=dict)
    aliases: int = 0
    directives: int = 0
    fields: int = 0  # of the largest operation
    introspects: bool = False
    spreads: bool = False  # whether there are fragments: they are planned for each kind of record

    def measure(
        self, selections: Sequence[SelectionNode], depth: int, nesting: int
    ) -> SelectionSize:
        """Measure a selection at a depth of fields and selection sets."""
        if nesting > MAX_NESTING:
            message = (
                f"Fragments and fields are nested more than {MAX_NESTING} levels deep: nest fewer."
            )
            raise document_error("TOO_DEEP", message, selections[0])
        fields, deepest, width = 0, 0, 0
        for node in selections:
            selected = self._measure_one(node, depth, nesting + 1)
            fields += selected.fields
            deepest = max(deepest, selected.depth)
            width += selected.width
        return SelectionSize(fields, deepest, width)

    def _measure_one(self, node: SelectionNode, depth: int, nesting: int) -> SelectionSize:
        self.count_directives(node)
        self.spreads |= not isinstance(node, FieldNode)
        match node:
            case FieldNode():
                return self._measure_field(node, depth + 1, nesting)
            case FragmentSpreadNode():
                return self._measure_spread(node, depth, nesting)
            case _:
                return self.measure(node.selection_set.selections, depth, nesting)  # type: ignore[attr-defined]

    def _measure_field(self, node: FieldNode, depth: int, nesting: int) -> SelectionSize:
        self._check_depth(node, depth)
        self.introspects |= node.name.value in ("__schema", "__type")
        self.aliases += node.alias is not None
        if self.aliases > self.limits.max_aliases:
            message = f"The document has more than {self.limits.max_aliases:,} aliases: use fewer."
            raise document_error("TOO_MANY_ALIASES", message, node)
        if node.selection_set is None:
            return SelectionSize(1, 1, 1)
        below = self.measure(node.selection_set.selections, depth, nesting)
        return SelectionSize(below.fields + 1, below.depth + 1, 1)

    def _measure_spread(self, node: FragmentSpreadNode, depth: int, nesting: int) -> SelectionSize:
        name = node.name.value
        if name not in self.fragment_sizes and name in self.fragments:
            self.fragment_sizes[name] = (
                SelectionSize()
            )  # of itself, should it lead there: validation says so
            fragment = self.fragments[name]
            self.count_directives(fragment)
            self.fragment_sizes[name] = self.measure(
                fragment.selection_set.selections, depth, nesting
            )
        selected = self.fragment_sizes.get(name, SelectionSize())
        self._check_depth(node, depth + selected.depth)
        return selected

    def _check_depth(self, node: Node, depth: int) -> None:
        if depth > self.limits.max_depth:
            message = (
                f"Fields are nested more than {self.limits.max_depth} levels deep, fragments "
                "expanded: request the deeper records by their ids."
            )
            raise document_error("TOO_DEEP", message, node)

    def count_directives(self, node: Any) -> None:
        """Count the directives on a node."""
        self.directives += len(node.directives or ())
        if self.directives > self.limits.max_directives:
            message = (
                f"The document has more than {self.limits.max_directives:,} directives: use fewer."
            )
            raise document_error("TOO_MANY_DIRECTIVES", message, node)


def measure_document(document: DocumentNode, limits: Limits) -> DocumentSize:
    """Measure a document.

    Raises:
        DocumentErrors: the document exceeds a limit.
    """
    definitions = document.definitions
    if len(definitions) > limits.max_definitions:
        message = f"The document has more than {limits.max_definitions:,} operations and fragments."
        raise document_error("TOO_MANY_DEFINITIONS", message, definitions[limits.max_definitions])
    fragments = [item for item in definitions if isinstance(item, FragmentDefinitionNode)]
    size = DocumentSize(limits, {item.name.value: item for item in fragments})
    for item in definitions:
        if isinstance(item, OperationDefinitionNode):
            _measure_operation(size, item)
    for fragment in fragments:
        if fragment.name.value not in size.fragment_sizes:  # one that no operation uses
            size.count_directives(fragment)
            size.measure(fragment.selection_set.selections, 0, 0)
    return size


def _measure_operation(size: DocumentSize, node: OperationDefinitionNode) -> None:
    limits = size.limits
    definitions = node.variable_definitions or ()
    if len(definitions) > limits.max_variables:
        message = f"The operation has more than {limits.max_variables:,} variables."
        raise document_error("TOO_MANY_VARIABLES", message, definitions[limits.max_variables])
    for item in (node, *definitions):
        size.count_directives(item)
    selected = size.measure(node.selection_set.selections, 0, 0)
    if selected.width > limits.max_root_fields:
        message = (
            f"The operation has more than {limits.max_root_fields:,} root fields: "
            "`nodes` returns many records by their ids."
        )
        raise document_error("TOO_MANY_ROOT_FIELDS", message, node)
    if selected.fields > limits.max_fields:
        raise document_error("TOO_MANY_FIELDS", too_many_fields(limits), node)
    size.fields = max(size.fields, selected.fields)


def too_many_fields(limits: Limits) -> str:
    """Return the error of an operation with too many fields."""
    return (
        f"The operation selects more than {limits.max_fields:,} fields, fragments expanded: "
        "select fewer, or send several requests."
    )
