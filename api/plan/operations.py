"""Operations: parsed and validated once; variables are coerced for every request."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    VariableDefinitionNode,
    get_named_type,
    get_nullable_type,
    get_operation_ast,
    is_leaf_type,
    type_from_ast,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values

from api.plan.coercion import FALLBACK, Fields
from api.plan.document_errors import DocumentErrors, document_error, list_errors
from api.plan.document_size import DocumentSize, measure_document
from api.plan.limits import check_values
from api.plan.parameters import slots_for
from api.plan.selection import Selector, select_fragments
from api.plan.validation import drop_tokens, parse_document, validate_document
from api.settings import Limits
from api.text.language import lookup_chain

# Operations with more fields, values and arguments (estimated from the tokens) are planned in a
# thread, since that takes more than a few milliseconds.
MAX_SHORT_OPERATION, TOKENS_PER_FIELD = 80, 5
# Enumerations whose members change the statement, by the end of their names; members of all others
# are values of parameters.
STRUCTURAL = ("OrderField", "Direction", "Dimension", "GroupOrder")
# The part of the variables that a plan depends on; see `structure_of`.
Shape = tuple[Any, ...]
# The shape of a variable that is not given; one that is null has the shape None.
ABSENT = "absent"


class Operation:
    """One operation of a valid document."""

    def __init__(
        self,
        schema: GraphQLSchema,
        node: OperationDefinitionNode,
        document: DocumentNode,
        size: DocumentSize,
    ) -> None:
        """Build the coercers of the operation's variables."""
        self.schema = schema
        self.limits = size.limits
        self.type = node.operation
        mutates = self.type is OperationType.MUTATION
        self.max_values = self.limits.max_written if mutates else self.limits.max_values
        self.size = size
        self.node = node
        self.document = document
        self.fragments = select_fragments(document)
        self.definitions = node.variable_definitions or ()
        types: dict[str, Any] = {
            item.variable.name.value: type_from_ast(schema, item.type) for item in self.definitions
        }
        self.nested = not all(is_leaf_type(get_nullable_type(type_)) for type_ in types.values())
        defaulted = [item for item in self.definitions if item.default_value]
        self.fields = Fields(types, self._coerce({}, defaulted).coerced)
        shapers = ((name, _build_shaper(type_)) for name, type_ in types.items())
        self.shapers = [(name, shape) for name, shape in shapers if shape is not None]

    def read(self, given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Shape]:
        """Coerce the variables; return them with their shape, which plans depend on.

        Raises:
            DocumentErrors: values are not of their variables' types, or are too many.
        """
        if self.nested:
            check_values(given, self.limits, self.max_values)
        try:
            variables = self.fields.read(given)
        except FALLBACK:
            variables = self._coerce(given, self.definitions).coerced
        if (
            self.size.introspects
        ):  # the answer is part of the plan, so the values are part of the shape
            return variables, (repr(variables),)
        if not self.shapers:
            return variables, ()
        return variables, tuple(
            [
                shape(variables[name]) if name in variables else ABSENT
                for name, shape in self.shapers
            ]
        )

    def _coerce(
        self, given: Mapping[str, Any], definitions: Sequence[VariableDefinitionNode]
    ) -> VariableValues:
        values = get_variable_values(self.schema, definitions, dict(given), self.limits.max_errors)
        if isinstance(values, list):
            raise DocumentErrors("BAD_USER_INPUT", list_errors(values, self.limits.max_errors))
        return values

    def is_large(self, variables: Mapping[str, Any]) -> bool:
        """Return whether planning may take more than milliseconds under these variables."""
        if self.size.introspects or self.size.spreads:
            return True
        written = self.document.token_count // TOKENS_PER_FIELD
        values = check_values(variables, self.limits, self.max_values)
        return self.size.fields + written + values > MAX_SHORT_OPERATION

    def select_mutation(self, given: Mapping[str, Any]) -> Selector:
        """Coerce the variables, and return the field collector for this mutation.

        Raises:
            DocumentErrors: values are not of their variables' types, or are too many.
        """
        check_values(given, self.limits, self.max_values)
        return self.select(given)

    def select(self, variables: Mapping[str, Any]) -> Selector:
        """Return the field collector for this operation."""
        return Selector(self.schema, self.node, self.fragments, self._read_values(variables))

    def _read_values(self, given: Mapping[str, Any]) -> VariableValues:
        """Coerce the variables as graphql-core does, which takes five times as long."""
        try:
            coerced = self.fields.read(given)
        except FALLBACK:
            return self._coerce(given, self.definitions)
        signatures = (get_variable_signature(self.schema, item) for item in self.definitions)
        sources = {
            signature.name: VariableValueSource(signature, given.get(signature.name, Undefined))
            for signature in signatures
            if not isinstance(signature, GraphQLError)
        }
        return VariableValues(sources, coerced)


def read_operation(schema: GraphQLSchema, text: str, name: str | None, limits: Limits) -> Operation:
    """Parse and validate a document; return the operation with this name, or the only one.

    Raises:
        DocumentErrors: the document is not valid, exceeds a limit, or has no such operation.
    """
    document = parse_document(text, limits)
    node = get_operation_ast(document, name)
    size = measure_document(document, limits)
    validate_document(schema, document, limits)
    if node is None:
        message = (
            f'The document has no operation named "{name}": correct `operationName`.'
            if name
            else "The document has several operations: name one as `operationName`."
        )
        raise document_error("OPERATION_NOT_FOUND", message)
    drop_tokens(document)
    return Operation(schema, node, document, size)


def _build_shaper(type_: GraphQLInputType) -> Callable[[Any], Any] | None:
    """Return a function that extracts the part of a value that a plan depends on, or None."""
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
    """Return a value's shape: which fields it has, nulls, booleans, and members of STRUCTURAL.

    Plans are cached by it: all other values become parameters, and have the shape `...`.
    """
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
