"""A document in, the operation to run out: read once, coerced and shaped for every request."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    execute_sync,
    get_named_type,
    get_nullable_type,
    get_operation_ast,
    is_leaf_type,
    parse,
    type_from_ast,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import FragmentDefinitionNode

from api.plan.coercion import DOUBTS, Fields
from api.plan.parameters import slots_for
from api.plan.selection import Selector, select_fragments
from api.settings import Limits
from api.text.language import lookup_chain

# Enumerations whose members decide how a statement is built; of all others, members are values.
STRUCTURAL = ("OrderField", "Direction", "Dimension")
# What is given and how it is built, of the variables that decide more than values.
Shape = tuple[Any, ...]


class Refused(Exception):
    """A document or operation that is wrong in itself, with all that is wrong."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        """Hold the errors, which share a code."""
        super().__init__(code)
        self.code = code
        self.errors = errors


class Operation:
    """One operation of a valid document."""

    def __init__(
        self,
        schema: GraphQLSchema,
        node: OperationDefinitionNode,
        document: DocumentNode,
        limits: Limits,
    ) -> None:
        """Look at the operation's variables once."""
        self.schema = schema
        self.limits = limits
        self.node = node
        self.document = document
        self.fragments = select_fragments(document)
        self.definitions = node.variable_definitions or ()
        types: dict[str, Any] = {
            item.variable.name.value: type_from_ast(schema, item.type) for item in self.definitions
        }
        defaulted = [item for item in self.definitions if item.default_value]
        self.fields = Fields(types, self._coerce({}, defaulted).coerced)
        shapers = ((name, _build_shaper(type_)) for name, type_ in types.items())
        self.shapers = [(name, shape) for name, shape in shapers if shape is not None]

    def read(self, given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Shape]:
        """Read the variables' values, and what of them a plan depends on.

        Raises:
            Refused: some are not of their types.
        """
        try:
            variables = self.fields.read(given)
        except DOUBTS:
            variables = self._coerce(given, self.definitions).coerced
        if not self.shapers:
            return variables, ()
        return variables, tuple([shape(variables.get(name)) for name, shape in self.shapers])

    def _coerce(
        self, given: Mapping[str, Any], definitions: Sequence[VariableDefinitionNode]
    ) -> VariableValues:
        values = get_variable_values(self.schema, definitions, dict(given), self.limits.max_errors)
        if isinstance(values, list):
            raise Refused("BAD_USER_INPUT", values)
        return values

    def select(self, variables: Mapping[str, Any]) -> Selector:
        """Give what collects the operation's selections."""
        values = self._coerce(variables, self.definitions)
        return Selector(self.schema, self.node, self.fragments, values)

    def introspect(self, nodes: tuple[FieldNode, ...], given: Mapping[str, Any]) -> str:
        """Answer a question about the schema itself, as graphql-core does."""
        alone = OperationDefinitionNode(
            operation=OperationType.QUERY,
            variable_definitions=self.node.variable_definitions,
            selection_set=SelectionSetNode(selections=nodes),
        )
        fragments = (
            item for item in self.document.definitions if isinstance(item, FragmentDefinitionNode)
        )
        document = DocumentNode(definitions=(alone, *fragments))
        result = execute_sync(self.schema, document, variable_values=dict(given))
        assert isinstance(result, ExecutionResult)
        if result.errors:
            raise Refused("BAD_USER_INPUT", result.errors)
        return orjson.dumps(next(iter((result.data or {}).values()))).decode()


def read_operation(schema: GraphQLSchema, text: str, name: str | None, limits: Limits) -> Operation:
    """Parse and validate a document, and find the operation of this name, or the only one.

    Raises:
        Refused: the document is wrong, or has no such operation.
    """
    try:
        document = parse(text, max_tokens=limits.max_tokens)
    except GraphQLSyntaxError as error:
        raise Refused("GRAPHQL_PARSE_FAILED", [error]) from None
    node = get_operation_ast(document, name)
    if node is not None and node.operation is not OperationType.QUERY:
        message = f"This server answers queries only, no {node.operation.value}."
        raise Refused("OPERATION_NOT_SUPPORTED", [GraphQLError(message, node)])
    if errors := validate(schema, document, max_errors=limits.max_errors):
        raise Refused("GRAPHQL_VALIDATION_FAILED", errors)
    if node is None:
        message = (
            f'The document has no operation named "{name}".'
            if name
            else "The document has several operations: say which with `operationName`."
        )
        raise Refused("OPERATION_NOT_FOUND", [GraphQLError(message)])
    return Operation(schema, node, document, limits)


def _build_shaper(type_: GraphQLInputType) -> Callable[[Any], Any] | None:
    """Build what tells how a plan depends on a value of a type, if it depends on it at all."""
    if get_named_type(type_).name == "Language":
        return _slots_of
    inner = get_nullable_type(type_)
    decides = inner.name.endswith((*STRUCTURAL, "Boolean")) if is_leaf_type(inner) else True
    return structure_of if decides or inner is type_ else None


def _slots_of(tags: Any) -> int | None:
    if tags is None:
        return None
    return slots_for(len(lookup_chain(tags if isinstance(tags, list) else [tags])))


def structure_of(value: Any) -> Any:
    """Tell how a value is built: what is null, booleans, and what an order or group names."""
    kind = type(value)
    if kind is str:
        return ...
    if kind is dict:
        return tuple([(name, structure_of(item)) for name, item in value.items()])
    if kind is list:
        built = tuple([structure_of(item) for item in value])
        return built if any(item is not ... for item in built) else ...
    if value is None or kind is bool:
        return value
    return value if isinstance(value, Enum) and kind.__name__.endswith(STRUCTURAL) else ...
