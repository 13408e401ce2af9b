"""The bindings of GraphQL fields to columns and relations; plain data that the planner reads.

`api.schema.fields` puts one binding into the metadata of each Strawberry field. Columns are those
of `api.model`; the joins follow from their foreign keys.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import Table


class Form(Enum):
    """How a column's value is serialized to JSON."""

    TEXT = auto()  # any text
    TOKEN = auto()  # letters, digits and - _ . : / only: JSON needs no escaping
    INTEGER = auto()
    BOOLEAN = auto()
    DATE = auto()
    DECIMAL = auto()  # a number stored as canonical decimal text
    THOUSANDTHS = auto()  # a decimal number stored in thousandths, written as text
    MOMENT = auto()  # a UTC timestamp
    FILLED = auto()  # a text, as whether it is not empty


Column = TableColumn[Any]


@dataclass(frozen=True, slots=True)
class Term:
    """One column of an ORDER BY; it is never null."""

    column: Column
    descending: bool = False


Order = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """The tables of a type's rows, joined by their id, and the default order.

    Types that share a table are told apart by its column `kind`, which has this `kind`.
    """

    tables: tuple[Table, ...]
    order: Order = ()
    kind: str | None = None

    @property
    def table(self) -> Table:
        """The first table, which has the id, the foreign keys and the columns of orders."""
        return self.tables[0]


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the row, or of the row that the foreign key `through` refers to."""

    column: Column
    form: Form
    through: Column | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A column of an embedded object, named by the object's prefix and this suffix."""

    suffix: str
    form: Form


@dataclass(frozen=True, slots=True)
class Identity:
    """The id `<kind>:<key>`; the kind is the same for all rows, or a column of the row.

    With a `revision`, it is the id of a change: `change:<revision>:<kind>:<key>`.
    """

    key: Column
    kind: Column | str
    revision: Column | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a record at the end of a revision, or of the one `before` it.

    It is null if the record did not exist then: for changes whose `action` is `absent`.
    """

    kind: Column
    key: Column
    revision: Column
    action: Column
    absent: str
    before: bool


@dataclass(frozen=True, slots=True)
class Localized:
    """A localized text, in the first of the requested languages that it has."""

    column: Column


@dataclass(frozen=True, slots=True)
class LocalizedPart:
    """A localized text of an embedded object, in a column as that of a `Part`."""

    suffix: str


@dataclass(frozen=True, slots=True)
class Translations:
    """All translations of a localized text: the original first, then by language."""

    column: Column


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object of the row's own columns with a prefix; null unless the column of `when` equals.

    The value of `when` may be None: the object is null if the column is.
    """

    prefix: str
    when: tuple[Column, str | None] | None = None


@dataclass(frozen=True, slots=True)
class One:
    """The row that a foreign key refers to; null if the key is null."""

    key: Column


@dataclass(frozen=True, slots=True)
class Link:
    """A link table between rows: its foreign keys to the target and to this row."""

    far: Column
    near: Column


@dataclass(frozen=True, slots=True)
class Many:
    """The rows whose `on` equals this row's id, directly or through link tables.

    `through` lists the link tables from the target to this row. `order` overrides the target's
    default order. With `text`, the list has this localized text of each row in place of objects.
    """

    on: Column
    through: tuple[Link, ...] = ()
    where: tuple[Column, str | bool] | None = None
    order: Order = ()
    text: Column | None = None


@dataclass(frozen=True, slots=True)
class All:
    """All rows of the target whose columns equal the given arguments."""

    arguments: tuple[tuple[str, Column], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, of records whose `kind` and `key` the arguments `kinds` and `record` name."""

    kind: Column
    key: Column


@dataclass(frozen=True, slots=True)
class ChangeStream:
    """The changes after a cursor, one event each, of records whose `kind` `kinds` names."""

    kind: Column


@dataclass(frozen=True, slots=True)
class History:
    """The changes whose `kind` and `key` are this record's, in this order."""

    kind: Column
    key: Column
    order: Order


@dataclass(frozen=True, slots=True)
class Search:
    """The hits of a full-text search, best first."""


@dataclass(frozen=True, slots=True)
class HitPart:
    """A part of a search hit: its field, snippet or highlights."""

    name: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The row whose column equals the given argument; exactly one argument is given."""

    arguments: tuple[tuple[str, Column], ...]


@dataclass(frozen=True, slots=True)
class RecordsBy:
    """The records that rows of a table refer to, whose columns equal the given arguments.

    `id` is the foreign key to `record`; `kind` and `key` are the columns with the record's kind and
    key, by which the records are sorted.
    """

    id: Column
    kind: Column
    key: Column
    arguments: tuple[tuple[str, Column], ...]


@dataclass(frozen=True, slots=True)
class NodeById:
    """The record with an id, or the records with a list of ids."""

    many: bool = False


@dataclass(frozen=True, slots=True)
class AnyRecord:
    """The record, of any kind, that a foreign key to `record` refers to.

    `kind` is the row's column with the record's kind, if it has one. With such a column, `key` may
    be the record's key instead of a foreign key; null if the record does not exist. With `via`, a
    foreign key of this record's row in `record`, both are columns of the row that it refers to.
    """

    key: Column
    kind: Column | None = None
    via: Column | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """A mutation, whose payload says what it wrote."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A part of what a mutation did, by its name; no column has it."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """The record that a mutation wrote: of the first of these arguments that the mutation has."""

    arguments: tuple[str, ...]


Binding = (
    Value
    | Part
    | Identity
    | Line
    | Localized
    | LocalizedPart
    | Translations
    | Embedded
    | One
    | Many
    | All
    | Changes
    | Written
    | ChangeStream
    | History
    | Search
    | HitPart
    | Lookup
    | RecordsBy
    | NodeById
    | AnyRecord
    | Write
    | Outcome
)
