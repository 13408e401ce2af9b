"""Where the values of a plan's parameters come from, as data; `api.plan.binding` reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graphql import GraphQLInputType, ValueNode

from api.plan.cursor import is_in_commit_order
from api.schema.bindings import Order


class Type(Enum):
    """The database type of a parameter."""

    TEXT = auto()
    INTEGER = auto()
    LONG = auto()  # an integer of 64 bits
    BOOLEAN = auto()
    MOMENT = auto()  # an instant in UTC
    TEXTS = auto()  # a list of texts, which travels as one value
    WORDS = auto()  # a parsed search query


class Reading(Enum):
    """How an operand is converted for the database."""

    TEXT = auto()
    LIST = auto()
    FLAG = auto()
    NUMBER = auto()
    DECIMAL = auto()  # in thousandths
    FOLDED = auto()
    FOLDED_START = auto()  # folded, after a separator: the start of one of several joined texts
    SPELLED = auto()  # folded, in each of its spellings
    RANGE_START = auto()  # the first day of a range; a key after all days if the range is empty


# The path to a value within an argument: field names and list indexes.
ArgumentPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the statement, whose value a request supplies."""

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
    """The right side of a comparison: an argument's value, or one within it.

    `canonical` converts a text, or each of a list, that is not folded.
    """

    parameter: Parameter
    argument: Argument
    at: ArgumentPath = ()
    reading: Reading = Reading.TEXT
    canonical: Callable[[str], str] = str


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
    """The size of a page; larger values than the maximum are refused."""

    parameter: Parameter
    argument: Argument


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a cursor: one parameter for each column of the order."""

    parameters: tuple[Parameter, ...]
    argument: Argument
    signature: "Signature"

    @property
    def follows(self) -> bool:
        """Whether the list of all changes is read after the cursor."""
        return self.argument.name == "after" and is_in_commit_order(self.signature.order)


@dataclass(frozen=True, slots=True)
class Resumption(Position):
    """The position from which a subscription goes on: at first, that of its cursor."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a list's cursors: of its order and the values of these arguments.

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


@dataclass(frozen=True, slots=True)
class RecordKey:
    """The kind and the key of a record's id."""

    parameters: tuple[Parameter, Parameter]
    argument: Argument


@dataclass(frozen=True, slots=True, eq=False)
class Introspection:
    """The JSON of an introspection field."""

    parameter: Parameter
    json: str


ParameterSource = (
    Operand
    | Search
    | PageSize
    | Position
    | Signature
    | Languages
    | RecordIds
    | RecordKey
    | Introspection
)
