"""Arguments as the document writes them: how they are found, and what they are worth."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    Undefined,
    ValueNode,
    VariableNode,
    Visitor,
    value_from_ast,
    visit,
)

from api.plan.sources import Argument


def read_argument(
    field: GraphQLField, node: FieldNode, name: str, path: tuple[str, ...]
) -> Argument:
    """Find an argument of a field node; without variables, its value is read here and now."""
    type_ = field.args[name].type
    written = next((item.value for item in node.arguments or () if item.name.value == name), None)
    if written is None or not has_variables(written):
        constant = None if written is None else value_from_ast(written, type_)
        return Argument(path, name, type_, None, constant)
    return Argument(path, name, type_, written)


def value_of(argument: Argument, variables: Mapping[str, Any]) -> Any:
    """Read an argument's value under these variables; null and not given are both None."""
    if argument.node is None:
        return argument.constant
    if isinstance(argument.node, VariableNode):
        return variables.get(argument.node.name.value)
    value = value_from_ast(argument.node, argument.type, dict(variables))
    return None if value is Undefined else value


def has_variables(node: ValueNode) -> bool:
    """Tell whether a value is made of variables."""
    found = []

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            found.append(variable)

    visit(node, Finder())
    return bool(found)
