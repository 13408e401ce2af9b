"""Where the values of a plan's parameters come from: data, read anew for every request."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graphql import GraphQLInputType, ValueNode

from api.schema.bindings import Order


class Type(Enum):
    """The database type of a parameter."""

    TEXT = auto()
    INTEGER = auto()
    BOOLEAN = auto()
    MOMENT = auto()  # an instant in UTC
    TEXTS = auto()  # a list of texts, which travels as one value
    WORDS = auto()  # what a search asks for


class Reading(Enum):
    """How an operand is read for the database."""

    TEXT = auto()
    LIST = auto()
    FLAG = auto()
    FOLDED = auto()
    FOLDED_START = auto()  # of a text among others between separators
    SPELLED = auto()  # folded, in each of its spellings
    RANGE_START = auto()  # the first day of a range of two; of one that ends before, after all days


# The way to a value within an argument's: names of fields and positions in lists.
ArgumentPath = tuple[str | int, ...]


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
class Operand:
    """The right side of a comparison: an argument's value, or one within it."""

    parameter: Parameter
    argument: Argument
    at: ArgumentPath = ()
    reading: Reading = Reading.TEXT


@dataclass(frozen=True, slots=True)
class Search:
    """The parameters of a search: words, phrases, and patterns for its highlights.

    Phrases and patterns are written as they stand among a field's tokens.
    """

    parameters: tuple[Parameter, ...]
    argument: Argument
    at: ArgumentPath = ()


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
    signature: "Signature"


@dataclass(frozen=True, slots=True)
class Signature:
    """The mark of a list's cursors: of its order, and of the values of these arguments.

    `base` is the mark of the order alone.
    """

    parameter: Parameter
    order: Order
    base: str
    arguments: tuple[Argument, ...]


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
    at: ArgumentPath = ()


@dataclass(frozen=True, slots=True, eq=False)
class Introspection:
    """The answer to a question about the schema itself, as JSON."""

    parameter: Parameter
    json: str


Source = Operand | Search | PageSize | Position | Signature | Languages | RecordIds | Introspection
