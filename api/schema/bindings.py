"""How a field of the schema is read from the tables: data that the planner reads, and no behaviour.

Each field of a Strawberry type carries one binding in its metadata, put there by the declarations
of `api.schema.fields`. Columns are those of `api.model`; whatever joins they need follow from
their foreign keys.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import Table


class Form(Enum):
    """How a column's value is written in JSON."""

    TEXT = auto()  # any text
    TOKEN = auto()  # text of letters, digits and - _ . : / only, which needs no escaping
    INTEGER = auto()
    BOOLEAN = auto()
    DATE = auto()
    DECIMAL = auto()  # a number kept as canonical decimal text
    MOMENT = auto()  # an instant in UTC


Column = TableColumn[Any]


@dataclass(frozen=True, slots=True)
class Term:
    """One column of an order; columns of orders are never null."""

    column: Column
    descending: bool = False


Order = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """The tables that a type's rows are made of, which share their id, and its default order.

    Where types share a table, `kind` is what its column of that name says of this type's rows.
    """

    tables: tuple[Table, ...]
    order: Order = ()
    kind: str | None = None

    @property
    def table(self) -> Table:
        """The table that has the rows' ids, relations and orders."""
        return self.tables[0]


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the row, or with `through`, of the row that this foreign key refers to."""

    column: Column
    form: Form
    through: Column | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A column of an embedded object: its name follows the prefix of the embedding."""

    suffix: str
    form: Form


@dataclass(frozen=True, slots=True)
class Identity:
    """The id on the wire: kind and key; the kind is the type's own, or the row's `kind`."""

    key: Column
    kind: Column | str


@dataclass(frozen=True, slots=True)
class Localized:
    """A localized text, in the first of the wanted languages that it has."""

    column: Column


@dataclass(frozen=True, slots=True)
class Translations:
    """All languages of a localized text: the original first, then by language."""

    column: Column


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object made of the row's own columns with this prefix; null unless `when` holds."""

    prefix: str
    when: tuple[Column, str] | None = None


@dataclass(frozen=True, slots=True)
class One:
    """The row that a foreign key refers to; null where the key is."""

    key: Column


@dataclass(frozen=True, slots=True)
class Link:
    """A link table on the way to other rows: its column of the far side, and of the near one."""

    far: Column
    near: Column


@dataclass(frozen=True, slots=True)
class Many:
    """The rows whose `on` is this row's id, or is reached from it through link tables.

    `through` is read from the target towards this row. `order` overrides the target's own.
    `text` is set where the list is one of localized texts in place of rows' objects.
    """

    on: Column
    through: tuple[Link, ...] = ()
    where: tuple[Column, str] | None = None
    order: Order = ()
    text: Column | None = None


@dataclass(frozen=True, slots=True)
class All:
    """All rows of the target, or those whose columns equal the arguments given."""

    arguments: tuple[tuple[str, Column], ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """The records that a search finds, best first."""


@dataclass(frozen=True, slots=True)
class HitPart:
    """Where the words of a hit stand: its field, snippet or highlights."""

    name: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The one row whose column equals the one argument given."""

    arguments: tuple[tuple[str, Column], ...]


@dataclass(frozen=True, slots=True)
class NodeById:
    """The records of one id, or of a list of ids."""

    many: bool = False


@dataclass(frozen=True, slots=True)
class AnyRecord:
    """The record, of whatever kind, that a foreign key to the register refers to.

    `kind` is the column that says which, where the row has it.
    """

    key: Column
    kind: Column | None = None


Binding = (
    Value
    | Part
    | Identity
    | Localized
    | Translations
    | Embedded
    | One
    | Many
    | All
    | Search
    | HitPart
    | Lookup
    | NodeById
    | AnyRecord
)
