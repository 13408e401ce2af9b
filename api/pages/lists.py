"""The lists of records: a query and a form for each list of the schema, made of one query.

`list.graphql` is written for events. In the query of another list, what the schema does not have
there is left out. The form asks for the conditions of the list's filter that fit in a field.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    NameNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    parse_type,
    print_ast,
    separate_operations,
    value_from_ast,
    visit,
)
from graphql.utilities import do_types_overlap, type_from_ast

from api.pages.conditions import (
    ID,
    OVERLAPS,
    RANGE,
    WITHIN,
    Condition,
    CountryCondition,
    Negation,
    PeriodCondition,
    RecordCondition,
)
from api.pages.questions import LIST, Field, Question, parse_file

WRITTEN_FOR = "events"  # the list that the query is written for
# The operator of a text's condition.
OPERATORS = {"name": "contains", "property": "startsWith"}
# The fields of a form that are not named as the filter's, and the path from that to the condition.
# A form's field `matches` would hide the form's method of that name.
NAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "matches": {"words": ()},
    "participants": {
        "actor": ("some", "actor"),
        "role": ("some", "role"),
        "onBehalfOf": ("some", "onBehalfOf"),
    },
    "articles": {"publisher": ("some", "publisher")},
}
COUNTRY = "country"
UNDATED = "undated"  # a date without bounds, as one of no stated year, is in no range
# The fields that a form begins with.
FIRST = (
    "words", "name", "kind", "type", "from", "to", "certainly", "country", "actor", "role", "place",
)  # fmt: skip
LATEST_FIRST = ("DATE", "PUBLISHED", "RECORDED_AT")


@dataclass(frozen=True, slots=True)
class ListQuestion(Question):
    """The query of a list, whose variables are the filter and the order."""

    part: bool = False  # whether another list has all of its records

    def write_variables(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the query's variables for the fields that an address gives.

        Raises:
            OperationError: a field for a record has the id of none, or of one of another kind.
        """
        filter_, chosen = self._write_filter(given)
        variables: dict[str, Any] = {"filter": filter_} if filter_ else {}
        if order := given.get("order") or self.default_order:
            usual = "DESC" if order in LATEST_FIRST else "ASC"
            variables["orderBy"] = [{"field": order, "direction": given.get("direction") or usual}]
        kept = {"after": given.get("after"), "chosen": chosen}
        return variables | {name: value for name, value in kept.items() if value}

    def _write_filter(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Return the filter of the fields that an address gives, and the ids of chosen records."""
        bounds = WITHIN if given.get("certainly") else OVERLAPS
        filter_: dict[str, Any] = {}
        several: list[tuple[RecordCondition, list[Any]]] = []
        chosen: list[str] = []
        for field in self.fields:
            if not isinstance(field, Condition) or (read := given.get(field.name)) in (None, ""):
                continue
            if isinstance(field, RecordCondition):
                first, *more = values = read if field.listed else [read]
                chosen += filter(ID.fullmatch, values)
                if more:
                    several.append((field, values))
                    continue
                read = first
            _merge(filter_, field.write(read, bounds))
        names = {field.path[0] for field, _ in several}
        shared = {name: filter_.pop(name, {}) for name in names}
        for field, values in several:
            name = field.path[0]
            for value in values:
                one = {name: deepcopy(shared[name])}
                _merge(one, field.write(value, bounds))
                filter_.setdefault("and", []).append(one)
        return filter_, chosen

    @property
    def is_fed(self) -> bool:
        """Whether a feed has the records that were added last: it says when each was."""
        return "recordedAt" in self.document

    @property
    def default_order(self) -> Any:
        """The order of an address that names none."""
        return next((field.default for field in self.fields if field.name == "order"), None)


class Lists(dict[str, ListQuestion]):
    """The question of each list of records, by the list's name."""

    @cached_property
    def by_kind(self) -> dict[str, list[tuple[str, str]]]:
        """For each kind of record, the lists that a record filters, and the field that does."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, question in self.items():
            for field in () if question.part else question.fields:
                if field.kind is not None:
                    found.setdefault(field.kind, []).append((name, field.name))
        return found


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        else:
            into[name] = value


@cache
def read_lists(schema: GraphQLSchema) -> Lists:
    """Return the question of each list of records of the schema, by the list's name."""
    assert schema.query_type is not None
    document = parse_file(LIST)
    return Lists(
        (name, _make_question(name, field, document, schema))
        for name, field in schema.query_type.fields.items()
        if _lists_records(field, schema)
    )


def _lists_records(field: GraphQLField, schema: GraphQLSchema) -> bool:
    connection = get_named_type(field.type)
    if "filter" not in field.args or not isinstance(connection, GraphQLObjectType):
        return False
    return do_types_overlap(schema, _find_node(field), schema.type_map["Node"])  # type: ignore[arg-type]


def _make_question(
    name: str, field: GraphQLField, document: DocumentNode, schema: GraphQLSchema
) -> ListQuestion:
    ((operation, narrowed),) = separate_operations(narrow(document, name, field, schema)).items()
    fields = tuple(list_fields(field, schema))
    # The interface of records of every kind has no list.
    part = len(_find_node(field).interfaces) > 1
    return ListQuestion(name, operation, print_ast(narrowed), fields, part)


def _find_node(field: GraphQLField) -> Any:
    """Return the type of a connection's records."""
    connection: Any = get_named_type(field.type)
    return get_named_type(connection.fields["nodes"].type)


def list_fields(field: GraphQLField, schema: GraphQLSchema) -> Iterator[Field]:
    """Yield the fields of a list's form."""
    filter_ = get_named_type(field.args["filter"].type)
    assert isinstance(filter_, GraphQLInputObjectType)
    found: dict[str, Field] = {}
    for one in _list_conditions(filter_, schema):
        found.setdefault(one.name, one)  # of several dates, the first has the range
    placed = [
        replace(one, place="first" if name in FIRST else "further") for name, one in found.items()
    ]
    yield from sorted(placed, key=lambda one: (*FIRST, one.name).index(one.name))
    if "orderBy" in field.args:
        order = get_named_type(field.args["orderBy"].type)
        assert isinstance(order, GraphQLInputObjectType)
        values: Any = get_named_type(order.fields["field"].type)
        yield Field("order", values, next(iter(values.values)), place="last")
        directions: Any = get_named_type(order.fields["direction"].type)
        yield Field("direction", directions, place="last")
    yield Field("after", GraphQLString)


def _list_conditions(filter_: GraphQLInputObjectType, schema: GraphQLSchema) -> Iterator[Field]:
    for name, item in filter_.fields.items():
        for label, below in NAMED.get(name, {name: ()}).items():
            type_ = _descend(item.type, below)
            yield from _make_conditions(label, (name, *below), type_, filter_, schema)


def _make_conditions(
    label: str, path: tuple[str, ...], full: Any, filter_: Any, schema: GraphQLSchema
) -> Iterator[Field]:
    """Yield the fields for the condition at a path of a filter, by the condition's type."""
    type_: Any = get_named_type(full)
    if is_leaf_type(type_):
        yield Condition(label, full, path=path)
    elif type_.name == "DateFilter":
        day: Any = schema.type_map["Date"]
        yield PeriodCondition("from", day, path=(*path, RANGE, "from"))
        yield PeriodCondition("to", day, path=(*path, RANGE, "to"))
        yield Field("certainly", GraphQLBoolean)
        yield Negation(UNDATED, GraphQLBoolean, path=(*path, "known"))
    elif type_.name == "StringFilter":
        if label == COUNTRY:
            yield CountryCondition(label, GraphQLString, path=path)
        elif label in OPERATORS and "matches" not in filter_.fields:
            yield Condition(label, GraphQLString, path=(*path, OPERATORS[label]))
    elif type_ is not filter_ and (words := _find_words(type_)):
        kind = type_.name.removesuffix("Filter").upper()
        yield RecordCondition(label, GraphQLString, kind=kind, path=path, words=words)
        if label == "place" and COUNTRY in type_.fields:
            yield CountryCondition(COUNTRY, GraphQLString, path=(*path, COUNTRY))


def _descend(type_: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        type_ = get_named_type(type_).fields[name].type
    return type_


def _find_words(type_: GraphQLInputObjectType) -> tuple[str, ...]:
    """Return the path to the condition on a record's words; empty if no record is meant."""
    if "identifier" not in type_.fields:
        return ()
    name = next(name for name in ("name", "matches", "code") if name in type_.fields)
    return (name,) if name == "matches" else (name, "contains")


def narrow(
    document: DocumentNode, name: str, field: GraphQLField, schema: GraphQLSchema
) -> DocumentNode:
    """Return the query of lists with this list, without what the schema does not have there."""
    renamed: DocumentNode = visit(document, _Renaming(name, field))
    types = TypeInfo(schema)
    narrowed: DocumentNode = visit(
        renamed, TypeInfoVisitor(types, _Narrowing(schema, types, renamed))
    )
    used = _Variables()
    visit(narrowed, used)
    return visit(narrowed, _Dropping(used.names))  # type: ignore[no-any-return]


class _Renaming(Visitor):
    """Replaces the list that the query is written for, and the types of its arguments."""

    def __init__(self, name: str, field: GraphQLField) -> None:
        super().__init__()
        self.name, self.field = name, field

    def enter_operation_definition(
        self, node: OperationDefinitionNode, *_: Any
    ) -> OperationDefinitionNode:
        return replace(node, name=NameNode(value=self.name.capitalize()))

    def enter_variable_definition(
        self, node: VariableDefinitionNode, *_: Any
    ) -> VariableDefinitionNode | None:
        argument = self.field.args.get(node.variable.name.value)
        return None if argument is None else replace(node, type=parse_type(str(argument.type)))

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode | None:
        if node.name.value != WRITTEN_FOR:
            return None
        return replace(node, name=NameNode(value=self.name))


class _Narrowing(Visitor):
    """Removes fields, arguments and fragments that the schema does not have in their place."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo, document: DocumentNode) -> None:
        super().__init__()
        self.schema, self.types = schema, types
        self.conditions = {
            item.name.value: item.type_condition
            for item in document.definitions
            if isinstance(item, FragmentDefinitionNode)
        }

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        field = self.types.get_field_def()
        if field is None:
            return REMOVE
        for argument in node.arguments or ():
            known, value = field.args.get(argument.name.value), argument.value
            given = known and not isinstance(value, VariableNode)
            if known and given and value_from_ast(value, known.type) is Undefined:
                return REMOVE
        return None

    def enter_argument(self, *_: Any) -> Any:
        return REMOVE if self.types.get_argument() is None else None

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> Any:
        parent = self.types.get_parent_type()
        meant: Any = type_from_ast(self.schema, self.conditions[node.name.value])
        return None if do_types_overlap(self.schema, parent, meant) else REMOVE  # type: ignore[arg-type]


class _Variables(Visitor):
    """Collects the variables that arguments use."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        if isinstance(node.value, VariableNode):
            self.names.add(node.value.name.value)


class _Dropping(Visitor):
    """Removes the definitions of other variables."""

    def __init__(self, used: set[str]) -> None:
        super().__init__()
        self.used = used

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> Any:
        return None if node.variable.name.value in self.used else REMOVE
