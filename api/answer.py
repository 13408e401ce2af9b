"""The request, top to bottom: document → plan → statement → answer.

parse and validate   a document is read once, then remembered
plan and build       once for each shape of its variables, then remembered
bind                 the last point at which a request is refused
fetch                one statement, whose bytes are the answer
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    NamedTypeNode,
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
from graphql.language import FragmentDefinitionNode, ListTypeNode, NonNullTypeNode

from api.database import Database, Statement
from api.errors import Refusal
from api.plan.binding import Request, bind
from api.plan.catalog import Catalog
from api.plan.nodes import Plan
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.plan.selection import Selector, select_fragments
from api.sql.builder import build_statement
from api.text.language import lookup_chain

MAX_DOCUMENTS = 1_000
MAX_PLANS = 2_000
MAX_TOKENS = 15_000
# Enumerations whose members decide how a statement is built; of all others, members are values.
STRUCTURAL = ("OrderField", "Direction", "Dimension")


@dataclass(frozen=True, slots=True)
class Question:
    """What a client sends: a document, its variables, and the languages it prefers."""

    document: str
    operation: str | None = None
    variables: Mapping[str, Any] | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The response's JSON, and whether the question was answered or refused before it began."""

    json: bytes
    answered: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan with its statement; None where there is nothing to ask the database."""

    plan: Plan
    statement: Statement


class Cache(OrderedDict[Any, Any]):
    """Remembers so many values, and forgets the one longest unused."""

    def __init__(self, size: int) -> None:
        """Remember `size` values at most."""
        super().__init__()
        self.size = size

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """Give the value of a key, making it where it is not known."""
        if key in self:
            self.move_to_end(key)
            return self[key]
        value = self[key] = make()
        if len(self) > self.size:
            self.popitem(last=False)
        return value


class Answerer:
    """Answers questions about one schema from one database."""

    def __init__(self, catalog: Catalog, database: Database) -> None:
        """Start with nothing remembered."""
        self.catalog = catalog
        self.database = database
        self.documents = Cache(MAX_DOCUMENTS)
        self.prepared = Cache(MAX_PLANS)

    async def answer(self, question: Question) -> Answer:
        """Answer a question, or say what is wrong with it."""
        try:
            operation = self._read(question)
            variables = self._coerce(operation, question.variables or {})
            prepared = self._prepare(question, operation, variables)
            values = bind(prepared.plan, self._request(question, operation, variables))
        except Refused as refused:
            return refuse(refused.errors, refused.code)
        except Refusal as refusal:
            return refuse([GraphQLError(refusal.message, path=list(refusal.path))], refusal.code)
        data = await self.database.fetch(prepared.statement, values)
        return Answer(b'{"data":%b}' % data, answered=True)

    def _read(self, question: Question) -> "Operation":
        document = self.documents.remember(
            question.document, lambda: read_document(self.catalog, question.document)
        )
        if isinstance(document, Refused):
            raise document
        return select_operation(document, question.operation)

    def _coerce(self, operation: "Operation", variables: Mapping[str, Any]) -> VariableValues:
        definitions = operation.node.variable_definitions or ()
        values = get_variable_values(self.catalog.schema, definitions, dict(variables), 20)
        if isinstance(values, list):
            raise Refused("BAD_USER_INPUT", values)
        return values

    def _prepare(
        self, question: Question, operation: "Operation", variables: VariableValues
    ) -> Prepared:
        languages = slots_for(len(question.languages)) if question.languages else 0
        shape = shape_of(operation.node, variables.coerced)
        key = (question.document, question.operation, languages, shape)

        def prepare() -> Prepared:
            selector = Selector(self.catalog.schema, operation.node, operation.fragments, variables)
            plan = plan_operation(self.catalog, selector, languages)
            return Prepared(plan, Statement(build_statement(plan), self.database.dialect))

        prepared: Prepared = self.prepared.remember(key, prepare)
        return prepared

    def _request(
        self, question: Question, operation: "Operation", variables: VariableValues
    ) -> Request:
        def introspect(nodes: tuple[FieldNode, ...]) -> str:
            return introspect_schema(self.catalog, operation, nodes, question.variables or {})

        return Request(variables.coerced, question.languages, introspect)


class Refused(Exception):
    """A document or operation that is wrong in itself, with all that is wrong."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        """Hold the errors, which share a code."""
        super().__init__(code)
        self.code = code
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document, with the document's fragments."""

    node: OperationDefinitionNode
    document: DocumentNode
    fragments: dict[str, Any]


def read_document(catalog: Catalog, text: str) -> "DocumentNode | Refused":
    """Parse and validate a document."""
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        return Refused("GRAPHQL_PARSE_FAILED", [error])
    if errors := validate(catalog.schema, document, max_errors=20):
        return Refused("GRAPHQL_VALIDATION_FAILED", errors)
    return document


def select_operation(document: DocumentNode, name: str | None) -> Operation:
    """Find the operation to run: the one of this name, or the only one."""
    node = get_operation_ast(document, name)
    if node is None:
        message = (
            f'The document has no operation named "{name}".'
            if name
            else "The document has several operations: say which with `operationName`."
        )
        raise Refused("OPERATION_NOT_FOUND", [GraphQLError(message)])
    if node.operation is not OperationType.QUERY:
        message = f"This server answers queries only, no {node.operation.value}."
        raise Refused("OPERATION_NOT_SUPPORTED", [GraphQLError(message, node)])
    return Operation(node, document, select_fragments(document))


def shape_of(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> tuple[Any, ...]:
    """Tell what of the variables a plan depends on: which are given, and a few of their sizes."""
    return tuple(
        _shape_of_value(definition, variables.get(definition.variable.name.value))
        for definition in operation.variable_definitions or ()
    )


def _shape_of_value(definition: VariableDefinitionNode, value: Any) -> Any:
    node: Any = definition.type
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    if value is not None and isinstance(node, NamedTypeNode) and node.name.value == "Language":
        return slots_for(len(lookup_chain(value if isinstance(value, list) else [value])))
    return structure_of(value)


def structure_of(value: Any) -> Any:
    """Tell how a value is built: what is null, booleans, and what an order or group names."""
    match value:
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


def introspect_schema(
    catalog: Catalog,
    operation: Operation,
    nodes: tuple[FieldNode, ...],
    variables: Mapping[str, Any],
) -> str:
    """Answer a question about the schema itself, as graphql-core does."""
    alone = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=operation.node.variable_definitions,
        selection_set=SelectionSetNode(selections=nodes),
    )
    fragments = [
        definition
        for definition in operation.document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    ]
    document = DocumentNode(definitions=(alone, *fragments))
    result = execute_sync(catalog.schema, document, variable_values=dict(variables))
    assert isinstance(result, ExecutionResult)
    if result.errors:
        raise Refused("BAD_USER_INPUT", result.errors)
    data = result.data or {}
    return orjson.dumps(next(iter(data.values()))).decode()


def refuse(errors: list[GraphQLError], code: str) -> Answer:
    """Write the errors, each with a code."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written}), answered=False)
