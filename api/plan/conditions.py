"""Conditions on a row, two-valued (null is false), with negation pushed to the leaves."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from sqlalchemy import Table

from api.plan.parameter_sources import Parameter
from api.schema.bindings import Column, Link


class Comparison(Enum):
    """How a column is compared with a value."""

    EQUALS = auto()
    FILLED = auto()  # whether a text is not empty
    ONE_OF = auto()  # of a list
    STARTS_WITH = auto()
    CONTAINS = auto()
    ANY_TRANSLATION_EQUALS = auto()  # one language of a localized text equals it
    ANY_TRANSLATION_ONE_OF = auto()  # one language of a localized text is in a list
    # The column is a date's sort key, `first day/last day`:
    KEY_STARTS_BY = auto()  # the first day is this or an earlier one
    KEY_STARTS_FROM = auto()  # the first day is this or a later one
    KEY_ENDS_BY = auto()  # the last day is this or an earlier one
    KEY_ENDS_FROM = auto()  # the last day is this or a later one
    # The column is a day, one of a date's bounds:
    DAY_BY = auto()  # this or an earlier day
    DAY_FROM = auto()  # this or a later day
    DAY_BY_OR_NULL = auto()  # this or an earlier day, or unbounded
    DAY_FROM_OR_NULL = auto()  # this or a later day, or unbounded
    AT_LEAST = auto()  # a number
    AT_MOST = auto()
    REFERS_TO_ONE_OF = auto()  # the record that a foreign key refers to is in a list of ids
    DEFINED_BY_ONE_OF = auto()  # the source of the record with this id is in a list of ids


@dataclass(frozen=True, slots=True)
class And:
    """All of these conditions hold; an empty one always does."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these conditions holds; an empty one never does."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of a column of the row with a parameter; false if the column is null."""

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
    """A date has bounds, as its sort key tells; `ascending` says which of its two keys."""

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
    """A full-text search finds the record whose id the column has."""

    record: Column
    words: Parameter
    phrases: Parameter
    negated: bool = False


Leaf = Compared | IsNotNull | HasBounds | Exists | MatchesSearch
Condition = And | Or | JoinedRow | Leaf


def all_of(conditions: list[Condition]) -> Condition:
    """Join conditions that all have to hold."""
    return conditions[0] if len(conditions) == 1 else And(tuple(conditions))


def negate(condition: Condition) -> Condition:
    """Build the complement of a condition."""
    match condition:
        case And(of):
            return Or(tuple(negate(item) for item in of))
        case Or(of):
            return And(tuple(negate(item) for item in of))
        case JoinedRow(key, table, below):
            return JoinedRow(key, table, negate(below))
        case _:
            return replace(condition, negated=not condition.negated)
