"""Limits on documents, checked in one walk before validation and planning."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    Node,
    OperationDefinitionNode,
    SelectionNode,
)

from api.errors import OperationError
from api.settings import Limits

# Depth of nested selection sets, fragments included: each level is a recursive call.
MAX_NESTING = 150
# Inputs that are plain values in a file, where GraphQL has no union of them, and what to write.
OBJECTS = {"DateInput": '{edtf: "2025-07-26"}', "LocalizedTextInput": '{language: "en", text: "…"}'}
OBJECT = re.compile(rf"(?<=type ')({'|'.join(OBJECTS)})' to be an object")


class DocumentErrors(Exception):
    """A document or operation is invalid; holds all its errors."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        """Store the errors, which share a code."""
        super().__init__(code)
        self.code = code
        self.errors = errors


def document_error(code: str, message: str, node: Node | None = None) -> DocumentErrors:
    """Return a DocumentErrors with one error at a place in the document."""
    return DocumentErrors(code, [GraphQLError(message, node)])


def list_errors(errors: Iterable[GraphQLError], most: int) -> list[GraphQLError]:
    """Return the first distinct errors, up to a number; they say what an object looks like."""
    found: dict[str, GraphQLError] = {}
    for error in errors:
        error.message = OBJECT.sub(
            lambda named: f"{named[0]} such as {OBJECTS[named[1]]}", error.message
        )
        found.setdefault(error.message, error)
    return list(found.values())[:most]


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


def check_values(given: Mapping[str, Any], limits: Limits, most: int) -> int:
    """Check the number and depth of the variables' values before coercion; return the number.

    Raises:
        DocumentErrors: there are too many values, or they are nested too deep.
    """
    count = len(given)
    waiting = [(value, 0) for value in given.values() if isinstance(value, NESTED)]
    while waiting:
        value, depth = waiting.pop()
        count += len(value)
        if count > most:
            message = f"The variables have more than {most:,} values: send fewer."
            raise document_error("VARIABLES_TOO_LARGE", message)
        if depth > MAX_LEVELS * limits.max_filter_depth:
            levels = MAX_LEVELS * limits.max_filter_depth
            message = f"The variables are nested more than {levels} levels deep: nest fewer."
            raise document_error("VARIABLES_TOO_LARGE", message)
        items = value.values() if isinstance(value, dict) else value
        waiting += [(item, depth + 1) for item in items if isinstance(item, NESTED)]
    return count


NESTED = (dict, list)
# A level of a filter's depth has two levels of values: a list, and an object in it.
MAX_LEVELS = 2
# A filter may have at most this many fields per condition, on average: fields nest conditions.
FIELDS_PER_CONDITION = 8


@dataclass(slots=True)
class ConditionCounter:
    """Counts the conditions of an operation's filters."""

    limits: Limits
    count: int = 0
    fields: int = 0

    def add(self, value: Any, path: tuple[str, ...]) -> None:
        """Count a filter's conditions; it is walked no further than the limits allow.

        Raises:
            OperationError: there are too many conditions, or objects are nested too deep.
        """
        waiting: list[tuple[Any, int]] = [(value, 0)]
        while waiting:
            item, depth = waiting.pop()
            if isinstance(item, dict):
                self._check(len(item), depth + 1, path)
                waiting += [(below, depth + 1) for below in item.values()]
            elif isinstance(item, list) and item and isinstance(item[0], dict):
                self._check(len(item), depth, path)
                waiting += [(below, depth) for below in item]
            else:
                self.count += item is not None
        self._check(0, 0, path)

    def _check(self, fields: int, depth: int, path: tuple[str, ...]) -> None:
        self.fields += fields
        most = self.limits.max_conditions
        if self.count > most or self.fields > FIELDS_PER_CONDITION * most:
            message = f"The operation's filters have more than {most:,} conditions: use fewer."
            raise OperationError("FILTER_TOO_LARGE", message, path)
        if depth > self.limits.max_filter_depth:
            message = (
                f"The filter's objects are nested more than {self.limits.max_filter_depth} levels "
                "deep: nest fewer."
            )
            raise OperationError("FILTER_TOO_DEEP", message, path)


@dataclass(slots=True)
class ListCounter:
    """Counts the lists and connections of an operation."""

    limits: Limits
    count: int = 0

    def add(self, depth: int, path: tuple[str, ...]) -> None:
        """Count a field at a depth.

        Raises:
            OperationError: the operation has too many lists, or they are nested too deep.
        """
        self.count += 1
        if self.count > self.limits.max_lists:
            message = (
                f"The operation selects more than {self.limits.max_lists:,} lists: select fewer."
            )
            raise OperationError("TOO_MANY_LISTS", message, path)
        if depth > self.limits.max_list_depth:
            message = (
                f"Lists are nested more than {self.limits.max_list_depth} levels deep: request the "
                "deeper records by their ids."
            )
            raise OperationError("LISTS_TOO_DEEP", message, path)
