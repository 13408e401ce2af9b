"""How a filter's fields are met by the tables: data that the planner reads, and declarations of it.

A filter is declared once, as a dictionary of GraphQL names: each says which column, relation or
search it speaks of. `and`, `or` and `not` come by themselves.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, Optional

import strawberry
from sqlalchemy import Table

from api.schema.bindings import Column, Link
from api.schema.entities import make_class
from api.schema.fields import FILTERS, column, lazily

CONDITION, FILTER = "condition", "__mithaq_filter__"


class TextKind(Enum):
    """How a column holds the texts that a StringFilter speaks of."""

    PLAIN = auto()  # one text, with another column for its folded form
    ASCII = auto()  # one text of ASCII, which folds to lower case
    LOCALIZED = auto()  # a text in several languages; folded, they stand between separators


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of another table: those whose `on` is this row's `of`, or reaches it through links."""

    on: Column
    of: Column
    through: tuple[Link, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether there is exactly one such row, whichever row asks."""
        return bool(self.on.primary_key and not self.of.nullable and not self.through)


@dataclass(frozen=True, slots=True)
class Texts:
    """A StringFilter on a column of this row, or with `rows`, met by any of these rows."""

    column: Column
    folded: Column
    kind: TextKind
    rows: Related | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """A list of which the column has to be one."""

    column: Column


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean that the column has to be."""

    column: Column


@dataclass(frozen=True, slots=True)
class When:
    """A DateFilter on a vague date: its two sort keys, each of which has both bounds."""

    descending: Column
    ascending: Column
    precision: Column


@dataclass(frozen=True, slots=True)
class Between:
    """A DateFilter on a vague date without sort keys: its bounds, which may be null."""

    earliest: Column
    latest: Column
    precision: Column


@dataclass(frozen=True, slots=True)
class Subjects:
    """A list of ids, of which the foreign key to the register has to be one."""

    column: Column


class Reach(Enum):
    """How a filter on related rows is met."""

    WHOLE = auto()  # what it asserts, by one row; what it negates, by none: also where none is
    SOME = auto()  # by one row that meets all of it
    LISTED = auto()  # as its `some`, `none` and `every` say


@dataclass(frozen=True, slots=True)
class Those:
    """A filter on related rows."""

    rows: Related
    reach: Reach


@dataclass(frozen=True, slots=True)
class Matches:
    """A search, on the record that the column is the id of."""

    record: Column


Condition = Texts | OneOf | Flag | When | Between | Subjects | Those | Matches


@dataclass(frozen=True, slots=True)
class Filter:
    """What a filter type speaks of: rows of a table, or of a chain that leads up from each."""

    table: Table
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a filter: its condition, the type that it takes, its description."""

    condition: Condition
    type: Any
    description: str


Fields = dict[str, Field]
Members = dict[str, tuple[Any, str, Condition | None]]


def named(name: str) -> Any:
    """Refer to an input type that is declared in `api.schema.filters`, perhaps further down."""
    return lazily(name, FILTERS)


def text(attribute: Any, description: str, folded: Any = None) -> Field:
    """Declare a StringFilter on a column; without a folded column, its texts are ASCII."""
    kind = TextKind.ASCII if folded is None else TextKind.PLAIN
    condition = Texts(column(attribute), column(folded or attribute), kind)
    return Field(condition, named("StringFilter"), description)


def translated(attribute: Any, folded: Any, description: str) -> Field:
    """Declare a StringFilter on a localized text, met by any of its languages."""
    condition = Texts(column(attribute), column(folded), TextKind.LOCALIZED)
    return Field(condition, named("StringFilter"), description)


def any_text(attribute: Any, folded: Any, on: Any, of: Any, description: str) -> Field:
    """Declare a StringFilter met by any of the rows that refer to this one."""
    rows = Related(column(on), column(of))
    condition = Texts(column(attribute), column(folded), TextKind.PLAIN, rows)
    return Field(condition, named("StringFilter"), description)


def one_of(attribute: Any, members: Any, description: str) -> Field:
    """Declare a list of values of which the column is one."""
    return Field(OneOf(column(attribute)), list[members], description)


def flag(attribute: Any, description: str) -> Field:
    """Declare a boolean that the column is."""
    return Field(Flag(column(attribute)), bool, description)


def date(model: Any, prefix: str, description: str) -> Field:
    """Declare a DateFilter on an ordered vague date."""
    names = ("desc", "asc", "precision")
    columns = (model.__table__.c[f"{prefix}_{name}"] for name in names)
    return Field(When(*columns), named("DateFilter"), description)


def bounds(model: Any, prefix: str, description: str) -> Field:
    """Declare a DateFilter on a vague date that nothing is ordered by."""
    names = ("earliest", "latest", "precision")
    columns = (model.__table__.c[f"{prefix}_{name}"] for name in names)
    return Field(Between(*columns), named("DateFilter"), description)


def subjects(attribute: Any, description: str) -> Field:
    """Declare a list of ids of which the foreign key is one."""
    return Field(Subjects(column(attribute)), list[strawberry.ID], description)


Links = tuple[tuple[Any, Any], ...]


def those(filter_: str, on: Any, of: Any, description: str, through: Links = ()) -> Field:
    """Declare a filter on the rows that this one refers to; without any, it meets negations."""
    rows = _related(on, of, through)
    if not rows.is_one:
        description += " `{}` asks that there is one; without one, only negations are met."
    return Field(Those(rows, Reach.WHOLE), named(filter_), description)


def some_of(filter_: str, on: Any, of: Any, description: str, through: Links = ()) -> Field:
    """Declare a filter that one of the related rows has to meet."""
    description += " `{}` asks that there is one."
    return Field(Those(_related(on, of, through), Reach.SOME), named(filter_), description)


def each(filter_: str, on: Any, of: Any, description: str, through: Links = ()) -> Field:
    """Declare a list filter on related rows, with some, none and every."""
    return Field(Those(_related(on, of, through), Reach.LISTED), list_filter(filter_), description)


def matches(attribute: Any) -> Field:
    """Declare a search on this record."""
    description = "Words that the record has to have, as `search` finds them."
    return Field(Matches(column(attribute)), str, description)


def _related(on: Any, of: Any, through: Links) -> Related:
    links = tuple(Link(column(far), column(near)) for far, near in through)
    return Related(column(on), column(of), links)


def filter_type(  # noqa: PLR0913 — a declaration, all of it by name
    name: str,
    model: Any,
    description: str,
    fields: Fields,
    *,
    chain: Links = (),
    combined: bool = True,
) -> Any:
    """Make a filter of its fields; a combined one has `and`, `or` and `not` besides."""
    types: Members = {
        key: (item.type, item.description, item.condition) for key, item in fields.items()
    }
    if combined:
        types = {
            "and": (_list_of(named(name)), "All of these hold; an empty list always does.", None),
            "or": (_list_of(named(name)), "Any of these holds; an empty list never does.", None),
            "not": (
                named(name),
                "This does not hold, whatever is null; `{}` asks nothing.",
                None,
            ),
        } | types
    made = _input_type(name, description, types)
    links = tuple(Link(column(far), column(near)) for far, near in chain)
    setattr(made, FILTER, Filter(model.__table__, links))
    return made


def _list_of(type_: Any) -> Any:
    return list[type_]


@cache
def list_filter(name: str) -> Any:
    """Make the input type with `some`, `none` and `every` of a filter; once by its name."""
    return _input_type(
        name.replace("Filter", "ListFilter"),
        "Conditions on a list of records.",
        {
            "some": (named(name), "At least one meets this; `{}` asks that there is one.", None),
            "none": (named(name), "None meets this; `{}` asks that there is none.", None),
            "every": (
                named(name),
                "Each meets this; true of an empty list, and `{}` of all.",
                None,
            ),
        },
    )


def _input_type(name: str, description: str, types: Members) -> Any:
    fields = {}
    for key, (type_, words, condition) in types.items():
        metadata = {CONDITION: condition} if condition else {}
        field = strawberry.field(
            name=key, description=words, default=strawberry.UNSET, metadata=metadata
        )
        fields[f"{key}_"] = Optional[type_], field
    made = make_class(name, FILTERS, fields)
    return strawberry.input(made, name=name, description=description)
