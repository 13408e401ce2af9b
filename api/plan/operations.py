"""A document in, the operation to run out: read once, coerced and shaped for every request."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import (
    FragmentDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    print_ast,
)

from api.plan.parameters import slots_for
from api.plan.selection import Selector, select_fragments
from api.settings import Limits
from api.text.language import lookup_chain

LARGEST = 2**31 - 1
# Enumerations whose members decide how a statement is built; of all others, members are values.
STRUCTURAL = ("OrderField", "Direction", "Dimension")
# What is given and how it is built, of the variables that decide more than values.
Shape = tuple[Any, ...]
# What is of these types at a glance needs no coercion; all else is looked at closely.
PLAIN: dict[str, Callable[[Any], bool]] = {
    "Int": lambda value: type(value) is int and -LARGEST <= value <= LARGEST,
    "String": lambda value: type(value) is str,
    "ID": lambda value: type(value) is str,
}


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
        self.glances = [_glance_at(definition) for definition in self.definitions]
        self.plain_shape: Shape = (...,) * len(self.glances)
        self.languages = {
            definition.variable.name.value
            for definition in self.definitions
            if _type_name(definition) == "Language"
        }

    def read(self, given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Shape]:
        """Read the variables' values, and what of them a plan depends on.

        Raises:
            Refused: some are not of their types.
        """
        if all(plain is not None and plain(given.get(name)) for name, plain in self.glances):
            return {name: given[name] for name, _ in self.glances}, self.plain_shape
        variables = self._coerce(given).coerced
        shape = (self._shape_of(name, variables.get(name)) for name, _ in self.glances)
        return variables, tuple(shape)

    def _coerce(self, given: Mapping[str, Any]) -> VariableValues:
        values = get_variable_values(
            self.schema, self.definitions, dict(given), self.limits.max_errors
        )
        if isinstance(values, list):
            raise Refused("BAD_USER_INPUT", values)
        return values

    def _shape_of(self, name: str, value: Any) -> Any:
        if name in self.languages and value is not None:
            return slots_for(len(lookup_chain(value if isinstance(value, list) else [value])))
        return structure_of(value)

    def select(self, variables: Mapping[str, Any]) -> Selector:
        """Give what collects the operation's selections."""
        values = self._coerce(variables)
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


def _glance_at(definition: VariableDefinitionNode) -> tuple[str, Callable[[Any], bool] | None]:
    """Give a variable's name, and what tells that a value needs no closer look, if anything."""
    return definition.variable.name.value, PLAIN.get(print_ast(definition.type).removesuffix("!"))


def _type_name(definition: VariableDefinitionNode) -> str:
    node: Any = definition.type
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def structure_of(value: Any) -> Any:
    """Tell how a value is built: what is null, booleans, and what an order or group names."""
    match value:
        case str() if not isinstance(value, Enum):
            return ...
        case None | bool():
            return value
        case Enum():
            return value if type(value).__name__.endswith(STRUCTURAL) else ...
        case dict():
            return tuple((name, structure_of(item)) for name, item in value.items())
        case list():
            built = tuple(structure_of(item) for item in value)
            return built if any(item is not ... for item in built) else ...
        case _:
            return ...
