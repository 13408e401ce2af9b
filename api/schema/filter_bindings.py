"""The bindings of filter fields to columns and relations, and the functions that declare filters.

As `api.schema.bindings` binds the fields of an answer, this module binds those of a filter: a
binding says what a field compares. `filter_type` builds an input type of a dictionary from GraphQL
names to fields, and adds `and`, `or` and `not`. The planner reads the bindings from the catalog.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, Optional

import strawberry
from sqlalchemy import Table

from api import model as m
from api.schema.bindings import Column, Link
from api.schema.entities import make_class
from api.schema.fields import FILTERS, column, lazily

FILTER_BINDING, FILTER = "filter_binding", "__mithaq_filter__"
AT_MOST_ONE = (
    "`{}` requires that there is one. Where there is none, only negative conditions hold: `ne`, "
    "`notIn`, `isNull: true`, `known: false` and `not`."
)


class TextKind(Enum):
    """How a column stores the text that a StringFilter compares."""

    PLAIN = auto()  # one text; another column has its folded form
    ASCII = auto()  # one ASCII text; folding it is lower-casing it
    LOCALIZED = auto()  # JSON by language; the folded column joins the texts with separators


@dataclass(frozen=True, slots=True)
class RelatedRows:
    """The rows of a table whose `on` equals this row's `of`, directly or through link tables."""

    on: Column
    of: Column
    through: tuple[Link, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether every row has exactly one related row."""
        return bool(self.on.primary_key and not self.of.nullable and not self.through)


@dataclass(frozen=True, slots=True)
class Texts:
    """A StringFilter on a column: of this row, or of any of the related `rows`.

    `canonical` converts a text that is compared exactly; its ValueError says what is wrong with it.
    """

    column: Column
    folded: Column
    kind: TextKind
    rows: RelatedRows | None = None
    canonical: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A list of values: the column equals one of them."""

    column: Column


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean: the column equals it; or, of a text, whether the column is not empty."""

    column: Column
    filled: bool = False


@dataclass(frozen=True, slots=True)
class DateKeys:
    """A DateFilter on a vague date with two sort keys, each of which contains both bounds."""

    descending: Column
    ascending: Column
    precision: Column


@dataclass(frozen=True, slots=True)
class DateBounds:
    """A DateFilter on a vague date without sort keys, by its bounds, which may be null."""

    earliest: Column
    latest: Column
    precision: Column


@dataclass(frozen=True, slots=True)
class DecimalRange:
    """A range of decimal numbers: the column, of thousandths, is in it."""

    column: Column


@dataclass(frozen=True, slots=True)
class RefersToOneOf:
    """A list of record ids: the foreign key to `record` refers to one of them."""

    column: Column


@dataclass(frozen=True, slots=True)
class DefinedByOneOf:
    """A list of ids of articles and datasets: one of them defines the record with this id."""

    column: Column


class Quantifier(Enum):
    """How many related rows have to meet a filter on them."""

    IMPLICIT = auto()  # one row meets all that is asserted, no row meets what is negated
    SOME = auto()  # one row meets the whole filter
    EXPLICIT = auto()  # as the filter's `some`, `none` and `every` say


@dataclass(frozen=True, slots=True)
class Related:
    """A filter on related rows."""

    rows: RelatedRows
    quantifier: Quantifier


@dataclass(frozen=True, slots=True)
class FullText:
    """A full-text search of the record whose id the column has."""

    record: Column


FilterBinding = (
    Texts
    | OneOf
    | Flag
    | DateKeys
    | DateBounds
    | DecimalRange
    | RefersToOneOf
    | DefinedByOneOf
    | Related
    | FullText
)


@dataclass(frozen=True, slots=True)
class FilterTarget:
    """The table that a filter applies to; with `chain`, a row or one that contains it may match."""

    table: Table
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field of a filter: its binding, its input type, its description."""

    binding: FilterBinding
    type: Any
    description: str


Fields = dict[str, FilterField]
Members = dict[str, tuple[Any, str, FilterBinding | None]]


def filter_ref(name: str) -> Any:
    """Refer by name to an input type of `api.schema.filters`, which may be declared later."""
    return lazily(name, FILTERS)


def text(
    attribute: Any,
    description: str,
    folded: Any = None,
    *,
    canonical: Callable[[str], str] = str,
) -> FilterField:
    """Declare a StringFilter on a column; a column without a folded one holds ASCII only."""
    kind = TextKind.ASCII if folded is None else TextKind.PLAIN
    binding = Texts(column(attribute), column(folded or attribute), kind, canonical=canonical)
    return FilterField(binding, filter_ref("StringFilter"), description)


def translated(attribute: Any, folded: Any, description: str) -> FilterField:
    """Declare a StringFilter on a localized text; any of its languages may match."""
    binding = Texts(column(attribute), column(folded), TextKind.LOCALIZED)
    return FilterField(binding, filter_ref("StringFilter"), description)


def any_text(attribute: Any, folded: Any, on: Any, of: Any, description: str) -> FilterField:
    """Declare a StringFilter on rows that refer to this one; any of them may match."""
    rows = RelatedRows(column(on), column(of))
    binding = Texts(column(attribute), column(folded), TextKind.PLAIN, rows)
    return FilterField(binding, filter_ref("StringFilter"), description)


def one_of(attribute: Any, members: Any, description: str) -> FilterField:
    """Declare a list of values, one of which the column equals."""
    return FilterField(OneOf(column(attribute)), list[members], description)


def flag(attribute: Any, description: str) -> FilterField:
    """Declare a boolean that the column equals."""
    return FilterField(Flag(column(attribute)), bool, description)


def filled(attribute: Any, description: str) -> FilterField:
    """Declare a boolean: whether the column, a text, is not empty."""
    return FilterField(Flag(column(attribute), filled=True), bool, description)


def date(model: Any, prefix: str, description: str) -> FilterField:
    """Declare a DateFilter on a vague date that has sort keys."""
    names = ("desc", "asc", "precision")
    columns = (model.__table__.c[f"{prefix}_{name}"] for name in names)
    return FilterField(DateKeys(*columns), filter_ref("DateFilter"), description)


def bounds(model: Any, prefix: str, description: str) -> FilterField:
    """Declare a DateFilter on a vague date without sort keys."""
    names = ("earliest", "latest", "precision")
    columns = (model.__table__.c[f"{prefix}_{name}"] for name in names)
    return FilterField(DateBounds(*columns), filter_ref("DateFilter"), description)


def decimal_range(attribute: Any, description: str) -> FilterField:
    """Declare a DecimalRange that a column of thousandths is in."""
    return FilterField(DecimalRange(column(attribute)), filter_ref("DecimalRange"), description)


def refers_to_one_of(attribute: Any, description: str) -> FilterField:
    """Declare a list of record ids, one of which the foreign key refers to."""
    return FilterField(RefersToOneOf(column(attribute)), list[strawberry.ID], description)


Links = tuple[tuple[Any, Any], ...]


def related(filter_: str, on: Any, of: Any, description: str, through: Links = ()) -> FilterField:
    """Declare a filter on related rows, which are usually at most one.

    A row without related rows meets only what the filter negates.
    """
    rows = _related_rows(on, of, through)
    if not rows.is_one:
        description += f" {AT_MOST_ONE}"
    return FilterField(Related(rows, Quantifier.IMPLICIT), filter_ref(filter_), description)


def some_related(
    filter_: str, on: Any, of: Any, description: str, through: Links = ()
) -> FilterField:
    """Declare a filter that at least one related row has to meet."""
    description += " `{}` requires that there is one."
    return FilterField(
        Related(_related_rows(on, of, through), Quantifier.SOME), filter_ref(filter_), description
    )


def related_list(
    filter_: str, on: Any, of: Any, description: str, through: Links = ()
) -> FilterField:
    """Declare a filter on related rows with `some`, `none` and `every`."""
    return FilterField(
        Related(_related_rows(on, of, through), Quantifier.EXPLICIT),
        list_filter(filter_),
        description,
    )


def matches(attribute: Any) -> FilterField:
    """Declare a full-text search of this record."""
    description = "Words that the record contains, matched as by `search`."
    return FilterField(FullText(column(attribute)), str, description)


def _related_rows(on: Any, of: Any, through: Links) -> RelatedRows:
    links = tuple(Link(column(far), column(near)) for far, near in through)
    return RelatedRows(column(on), column(of), links)


def filter_type(  # noqa: PLR0913 — a declaration, all of it by name
    name: str,
    model: Any,
    description: str,
    fields: Fields,
    *,
    chain: Links = (),
    combined: bool = True,
) -> Any:
    """Build the input type of a filter; `combined` adds `and`, `or` and `not` to its fields.

    A filter of records has the fields that the filters of all records have.
    """
    table = model.__table__
    if table.c.id.foreign_keys:  # the id of a record
        fields = fields | _record_fields(table.c.id)
    types: Members = {
        key: (item.type, item.description, item.binding) for key, item in fields.items()
    }
    if combined:
        types = {
            "and": (
                _list_of(filter_ref(name)),
                "All of these conditions hold; `[]` always holds.",
                None,
            ),
            "or": (
                _list_of(filter_ref(name)),
                "At least one of these conditions holds; `[]` never holds.",
                None,
            ),
            "not": (
                filter_ref(name),
                "This condition does not hold, also where values are null; `{}` sets no condition.",
                None,
            ),
        } | types
    made = _input_type(name, description, types)
    links = tuple(Link(column(far), column(near)) for far, near in chain)
    setattr(made, FILTER, FilterTarget(table, links))
    return made


def _record_fields(id_: Column) -> Fields:
    """Declare the filter fields of a record of any kind, by the column of its id."""
    return {
        "identifier": related(
            "IdentifierFilter", m.Identifier.record_id, id_, "One of its identifiers."
        ),
        "source": FilterField(
            DefinedByOneOf(id_),
            list[strawberry.ID],
            "The article or dataset that defines it is one of these.",
        ),
    }


def _list_of(type_: Any) -> Any:
    return list[type_]


@cache
def list_filter(name: str) -> Any:
    """Build the input type with `some`, `none` and `every` of a filter, once per filter."""
    return _input_type(
        name.replace("Filter", "ListFilter"),
        "Conditions on a list of records.",
        {
            "some": (
                filter_ref(name),
                "At least one meets this; `{}` requires that the list is not empty.",
                None,
            ),
            "none": (
                filter_ref(name),
                "None meets this; `{}` requires that the list is empty.",
                None,
            ),
            "every": (
                filter_ref(name),
                "Each meets this; an empty list always does, and `{}` sets no condition.",
                None,
            ),
        },
    )


def _input_type(name: str, description: str, types: Members) -> Any:
    fields = {}
    for key, (type_, words, binding) in types.items():
        metadata = {FILTER_BINDING: binding} if binding else {}
        field = strawberry.field(
            name=key, description=words, default=strawberry.UNSET, metadata=metadata
        )
        fields[f"{key}_"] = Optional[type_], field
    made = make_class(name, FILTERS, fields)
    return strawberry.input(made, name=name, description=description)
