"""Conditions on a row, two-valued (null is false), with negation pushed to the leaves."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from sqlalchemy import Table

from api.plan.parameter_sources import Parameter
from api.schema.bindings import Column, Link


class Comparison(Enum):
    """How a column is compared with a value."""

    EQUALS = auto()
    ONE_OF = auto()  # of a list
    BEGINS = auto()
    CONTAINS = auto()
    SPEAKS_EQUALLY = auto()  # one language of a localized text equals it
    SPEAKS_ONE_OF = auto()  # one language of a localized text is in a list
    BELOW = auto()  # a date's key lies before the end of a day
    ABOVE = auto()  # a date's key lies at or after a day
    ENDS_BY = auto()  # a date's last day is this or an earlier one
    ENDS_FROM = auto()  # a date's last day is this or a later one
    STARTS_BY = auto()  # a first day, unbounded if null, is this or an earlier one
    REACHES = auto()  # a last day, unbounded if null, is this or a later one
    NOT_BEFORE = auto()  # a day is this or a later one
    NOT_AFTER = auto()  # a day is this or an earlier one
    IDENTIFIED = auto()  # the record that a foreign key refers to is in a list of ids


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold; of none, always."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """Any of these holds; of none, never."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A column of the row compares with a value as asked; never where the column is null."""

    column: Column
    comparison: Comparison
    value: Parameter
    lowered: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class IsNotNull:
    """A column of the row has a value."""

    column: Column
    negated: bool = False


@dataclass(frozen=True, slots=True)
class HasBounds:
    """A date's sort key, which may be the ascending one, is that of a date with bounds."""

    column: Column
    ascending: bool
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Exists:
    """A related row, reached from this row's `of` through links, meets a condition."""

    table: Table
    on: Column
    of: Column
    through: tuple[Link, ...]
    condition: "Condition"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """The one row that a foreign key refers to meets a condition; the key is never null."""

    key: Column
    table: Table
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class MatchesSearch:
    """A search finds the record that a column is the id of."""

    record: Column
    words: Parameter
    phrases: Parameter
    negated: bool = False


Leaf = Compared | IsNotNull | HasBounds | Exists | MatchesSearch
Condition = Every | Some | JoinedRow | Leaf


def every(conditions: list[Condition]) -> Condition:
    """Join conditions that all have to hold."""
    return conditions[0] if len(conditions) == 1 else Every(tuple(conditions))


def negate(condition: Condition) -> Condition:
    """Build the complement of a condition."""
    match condition:
        case Every(of):
            return Some(tuple(negate(item) for item in of))
        case Some(of):
            return Every(tuple(negate(item) for item in of))
        case JoinedRow(key, table, below):
            return JoinedRow(key, table, negate(below))
        case _:
            return replace(condition, negated=not condition.negated)
