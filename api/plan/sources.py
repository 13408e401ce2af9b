"""Where the values of a plan's parameters come from: data, read anew for every request."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graphql import FieldNode, GraphQLInputType, ValueNode

from api.schema.bindings import Order


class Type(Enum):
    """What a database has to know of a parameter."""

    TEXT = auto()
    INTEGER = auto()
    BOOLEAN = auto()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the statement names and a request supplies."""

    name: str
    type: Type = Type.TEXT


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """An argument as the document writes it: a constant, or made of variables."""

    path: tuple[str, ...]
    name: str
    type: GraphQLInputType
    node: ValueNode | None
    constant: Any = None


@dataclass(frozen=True, slots=True)
class Given:
    """The argument's own value."""

    parameter: Parameter
    argument: Argument


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page; refused above the greatest."""

    parameter: Parameter
    argument: Argument


@dataclass(frozen=True, slots=True)
class Position:
    """The place that a cursor names, one parameter for each column of the order."""

    parameters: tuple[Parameter, ...]
    argument: Argument
    order: Order
    signature: str


@dataclass(frozen=True, slots=True)
class Languages:
    """Languages in order of preference, padded: the argument's, or without one the request's."""

    parameters: tuple[Parameter, ...]
    argument: Argument | None


@dataclass(frozen=True, slots=True)
class RecordIds:
    """The kinds and keys of ids: a JSON object of pairs, under their places in the list."""

    parameter: Parameter
    argument: Argument
    many: bool


@dataclass(frozen=True, slots=True, eq=False)
class Introspection:
    """The JSON of a question about the schema itself."""

    parameter: Parameter
    nodes: tuple[FieldNode, ...]


Source = Given | PageSize | Position | Languages | RecordIds | Introspection
