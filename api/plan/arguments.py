"""Arguments as the document writes them: how they are found, and what they are worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    Undefined,
    ValueNode,
    VariableNode,
    Visitor,
    coerce_input_literal,
    is_non_null_type,
    visit,
)
from graphql.execution.values import VariableValues

from api.errors import Refusal
from api.plan.sources import Argument


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
            constant = None if value is None else coerce_input_literal(value, type_)
            return Argument(self.path, name, type_, None, constant)
        return Argument(self.path, name, type_, value)


def value_of(argument: Argument, variables: Mapping[str, Any]) -> Any:
    """Read an argument's value under these variables; null and not given are both None.

    Raises:
        Refusal: a variable has a default, but is null, where null cannot be.
    """
    if argument.node is None:
        return argument.constant
    if isinstance(argument.node, VariableNode):
        value = variables.get(argument.node.name.value)
    else:
        known = VariableValues({}, dict(variables))
        value = coerce_input_literal(argument.node, argument.type, known)
    if value is Undefined or (value is None and is_non_null_type(argument.type)):
        message = f"`{argument.name}` has a variable that is null, where null cannot be."
        raise Refusal("BAD_USER_INPUT", message, argument.path)
    return value


def has_variables(node: ValueNode) -> bool:
    """Tell whether a value is made of variables."""
    found = []

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            found.append(variable)

    visit(node, Finder())
    return bool(found)
