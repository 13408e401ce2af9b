"""The plan of an operation, as data.

A plan holds no values of a request: parameters name them, and `api.plan.binding` supplies them.
Columns and tables are the model's; how they are joined and written is the business of `api.sql`.
"""

from dataclasses import dataclass

from sqlalchemy import Table

from api.plan.conditions import Condition
from api.plan.parameter_sources import Parameter, ParameterSource
from api.schema.bindings import Column, Entity, Form, Link, Order
from api.schema.dimensions import Dimension


@dataclass(frozen=True, slots=True)
class Constant:
    """JSON known from the document alone."""

    json: str


@dataclass(frozen=True, slots=True)
class External:
    """JSON that a parameter brings along."""

    json: Parameter


@dataclass(frozen=True, slots=True)
class Scalar:
    """A column of the row, or of the row that the foreign key `through` refers to."""

    column: Column
    form: Form
    through: Column | None = None


@dataclass(frozen=True, slots=True)
class Id:
    """The id on the wire: the kind, or the column that has it, and the key."""

    kind: Column | str
    key: Column


@dataclass(frozen=True, slots=True)
class TypeName:
    """The type's name where types share a table: (kind, name) pairs."""

    column: Column
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A localized text in the first of these languages that it has, else the original."""

    column: Column
    languages: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Translations:
    """All languages of a localized text; `fields` are (response key, LocalizedText's field)."""

    column: Column
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A response key and its value; `kinds` limits it to some of the types sharing the table."""

    key: str
    value: "Value"
    kinds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object made of one row of a table."""

    table: Table
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An object made of the same row; null unless the `when` column has its value."""

    object: Object
    when: tuple[Column, str] | None


@dataclass(frozen=True, slots=True)
class One:
    """The object of the row that a foreign key refers to; null where the key is."""

    key: Column
    object: Object


@dataclass(frozen=True, slots=True)
class AnyRecord:
    """The object of the record that a foreign key refers to, by the record's kind."""

    key: Column
    branches: tuple["Branch", ...]
    kind: Column | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """The selection on records of these kinds, as `record.kind` names them."""

    kinds: tuple[str, ...]
    object: Object


@dataclass(frozen=True, slots=True)
class Records:
    """The objects of the records that a parameter lists; one object where not `many`."""

    ids: Parameter
    branches: tuple[Branch, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """Records that a search finds: with these words and phrases, of these kinds."""

    words: Parameter
    phrases: Parameter
    kinds: Parameter | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class HitPart:
    """A part of a hit's highlights; `fields` are (response key, field of Highlight)."""

    name: str
    patterns: Parameter
    phrases: Parameter
    fields: tuple[tuple[str, "str | Constant"], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of an entity, in which order.

    `on` is the column that is the parent row's id, or that the links lead to; None for all rows.
    `where` are columns and the constant or parameter that each equals; `condition` is what a filter
    asks besides; `hits` are the rows of a search, in the place of a table's. `kinds` are those of
    the rows' records, each of which is in the list once at most; none where rows are no records.
    """

    entity: Entity
    order: Order
    on: Column | None = None
    through: tuple[Link, ...] = ()
    where: tuple[tuple[Column, "str | Parameter"], ...] = ()
    condition: Condition | None = None
    hits: Hits | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class First:
    """The first row's object, or null."""

    rows: Rows
    object: Object


@dataclass(frozen=True, slots=True)
class Many:
    """A list of all rows' objects, or of their localized texts."""

    rows: Rows
    item: "Object | Words"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in its list."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The page's rows, as objects."""

    item: Object


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of a page, with the selection on each."""

    fields: tuple[tuple[str, "Object | Cursor | Constant"], ...]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where the page stands; `fields` are (response key, PageInfo's field or a constant)."""

    fields: tuple[tuple[str, "str | Constant"], ...]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many rows the whole list has; where it is all records of some kinds, that is kept."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many rows are in a group."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a group's value, in the first available of these languages."""

    languages: tuple[Parameter, ...]


# What is asked of a group's key: a field by its name, its label, or a constant.
KeyField = Constant | Label | str


@dataclass(frozen=True, slots=True)
class GroupKeys:
    """The keys of a group, one for each dimension."""

    fields: tuple[tuple[str, KeyField], ...]


GroupField = GroupCount | GroupKeys | Constant


@dataclass(frozen=True, slots=True)
class Groups:
    """The values that rows share, with how many do; `names` are the dimensions'."""

    rows: Rows
    names: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    size: Parameter
    fields: tuple[tuple[str, GroupField], ...]
    by_keys: bool = False


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """How many values, or combinations of values, rows share."""

    rows: Rows
    dimensions: tuple[Dimension, ...]


PageField = Groups | GroupTotal | Nodes | Edges | PageInfo | TotalCount | Constant


def gives_cursors(field: PageField) -> bool:
    """Return whether a page's field contains cursors."""
    match field:
        case PageInfo(fields):
            return any(name in ("startCursor", "endCursor") for _, name in fields)
        case Edges(fields):
            return any(isinstance(item, Cursor) for _, item in fields)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows: `size` of them from the start, or from the end where `backward`.

    `signature` marks the cursors of this order; `after` and `before` hold one parameter for each
    column of the order.
    """

    rows: Rows
    fields: tuple[tuple[str, PageField], ...]
    size: Parameter
    backward: bool
    after: tuple[Parameter, ...]
    before: tuple[Parameter, ...]
    signature: Parameter


Value = (
    Constant
    | External
    | Scalar
    | Id
    | TypeName
    | Words
    | Translations
    | Part
    | One
    | AnyRecord
    | Records
    | First
    | Many
    | Page
    | HitPart
)


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation's answer, key by key, and where its parameters' values come from."""

    fields: tuple[Field, ...]
    sources: tuple[ParameterSource, ...]
