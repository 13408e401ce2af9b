"""Arguments as the document writes them: how they are found, and what they are worth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import getitem, itemgetter
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
    get_nullable_type,
    is_list_type,
    value_from_ast,
    visit,
)

from api.plan.sources import Argument, At

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the schema defines it and as a document asks for it, at a path of keys."""

    field: GraphQLField
    node: FieldNode
    path: tuple[str, ...]

    def argument(self, name: str) -> Argument:
        """Find an argument; without variables, its value is read here and now."""
        type_ = self.field.args[name].type
        written = (item.value for item in self.node.arguments or () if item.name.value == name)
        value = next(written, None)
        if value is None or not has_variables(value):
            constant = None if value is None else value_from_ast(value, type_)
            return Argument(self.path, name, type_, None, constant)
        return Argument(self.path, name, type_, value)


def value_of(argument: Argument, variables: Variables) -> Any:
    """Read an argument's value under these variables; null and not given are both None."""
    if argument.node is None:
        return argument.constant
    if isinstance(argument.node, VariableNode):
        return variables.get(argument.node.name.value)
    value = value_from_ast(argument.node, argument.type, dict(variables))
    return None if value is Undefined else value


def reader_of(argument: Argument, at: At = ()) -> Callable[[Variables], Any]:
    """Give what reads an argument's value, or one within it, under variables of one shape.

    What lies between the argument and the variable is gone through here, and not again.
    """
    node, type_ = argument.node, argument.type
    while at and isinstance(node, ListValueNode | ObjectValueNode):
        node, type_, at = _enter(node, get_nullable_type(type_), at)
    if isinstance(node, VariableNode):
        return _reader_within(node.name.value, at)
    inner = replace(argument, node=node, type=type_)
    if node is None or not has_variables(node):
        value = reduce(getitem, at, value_of(inner, {}))
        return lambda _: value
    return partial(value_of, inner)


def _enter(node: ListValueNode | ObjectValueNode, type_: Any, at: At) -> tuple[ValueNode, Any, At]:
    """Take the first step of the way; what stands where a list is wanted is a list of one."""
    step, *rest = at
    if isinstance(node, ListValueNode):
        return node.values[int(step)], type_.of_type, tuple(rest)
    if is_list_type(type_):
        return node, type_.of_type, tuple(rest)
    value = next(item.value for item in node.fields if item.name.value == step)
    return value, type_.fields[step].type, tuple(rest)


def _reader_within(name: str, at: At) -> Callable[[Variables], Any]:
    if not at:
        return itemgetter(name)

    def read(variables: Variables) -> Any:
        value = variables[name]
        for step in at:
            value = value[step]
        return value

    return read


def has_variables(node: ValueNode) -> bool:
    """Tell whether a value is made of variables."""
    found = []

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            found.append(variable)

    visit(node, Finder())
    return bool(found)
