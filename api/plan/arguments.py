"""Arguments of selected fields, and functions that read their values from the variables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    Visitor,
    coerce_input_literal,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
    visit,
)
from graphql.execution.values import VariableValues

from api.errors import OperationError
from api.plan.parameter_sources import Argument, ArgumentPath

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """A selected field: its definition in the schema, its node in the document, and its path."""

    field: GraphQLField
    node: FieldNode
    path: tuple[str, ...]

    def argument(self, name: str) -> Argument:
        """Return an argument; the value of one without variables is read at once."""
        type_ = self.field.args[name].type
        written = (item.value for item in self.node.arguments or () if item.name.value == name)
        value = next(written, None)
        if value is None or not has_variables(value):
            constant = None if value is None else coerce_input_literal(value, type_)
            return Argument(self.path, name, type_, None, constant)
        return Argument(self.path, name, type_, value)


def value_of(argument: Argument, variables: Variables) -> Any:
    """Read an argument's value under these variables; null and not given are both None.

    Raises:
        OperationError: a variable is null where null is not allowed; validation accepts such a
            variable if it has a default.
    """
    if argument.node is None:
        return argument.constant
    if isinstance(argument.node, VariableNode):
        value = variables.get(argument.node.name.value)
    else:
        known = VariableValues({}, dict(variables))
        value = coerce_input_literal(argument.node, argument.type, known)
    if value is Undefined or (value is None and is_non_null_type(argument.type)):
        message = (
            f"A variable in `{argument.name}` is null or missing, but null is not allowed there."
        )
        raise OperationError("BAD_USER_INPUT", message, argument.path)
    return value


def reader_of(argument: Argument, at: ArgumentPath = ()) -> Callable[[Variables], Any]:
    """Return a function that reads an argument's value, for variables of one shape.

    Literals are read once, here; an omitted value is None.
    """
    if argument.node is None:
        value = reduce(getitem, at, argument.constant)
        return lambda _: value
    return _build_reader(argument.node, argument.type, at)


def _build_reader(node: ValueNode, type_: Any, at: ArgumentPath = ()) -> Callable[[Variables], Any]:
    type_ = get_nullable_type(type_)
    if isinstance(node, VariableNode):
        return _read_within(node.name.value, at)
    if not has_variables(node):
        value = reduce(getitem, at, coerce_input_literal(node, type_))
        return lambda _: value
    if is_list_type(type_):  # a single item is coerced to a list
        nodes = node.values if isinstance(node, ListValueNode) else (node,)
        if at:
            return _build_reader(nodes[int(at[0])], type_.of_type, at[1:])
        items = [_build_reader(item, type_.of_type) for item in nodes]
        return lambda variables: [read(variables) for read in items]
    assert isinstance(node, ObjectValueNode)
    given = {item.name.value: item.value for item in node.fields}
    if at:
        return _build_reader(given[str(at[0])], type_.fields[at[0]].type, at[1:])
    fields = [(name, _build_reader(item, type_.fields[name].type)) for name, item in given.items()]
    return lambda variables: {name: read(variables) for name, read in fields}


def _read_within(name: str, at: ArgumentPath) -> Callable[[Variables], Any]:
    if not at:
        return lambda variables: variables.get(name)
    return lambda variables: reduce(getitem, at, variables[name])


def has_variables(node: ValueNode) -> bool:
    """Return whether a value contains variables."""
    found = []

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            found.append(variable)

    visit(node, Finder())
    return bool(found)
