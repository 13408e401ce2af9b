"""The nodes of a plan: a tree of data that describes the answer of an operation.

`api.plan.planner` builds it, and `api.sql.builder` builds the SQL statement from it. A plan has
no values of a request, only named parameters; `api.plan.binding` supplies their values. It names
the columns and tables of `api.model`; `api.sql` decides how to join them.
"""

from dataclasses import dataclass

from sqlalchemy import Table

from api.plan.conditions import Condition
from api.plan.parameter_sources import Parameter, ParameterSource
from api.schema.bindings import Column, Entity, Form, Line, Link, Order
from api.schema.dimensions import Amounts, Dimension


@dataclass(frozen=True, slots=True)
class Constant:
    """JSON that follows from the document alone, such as `__typename`."""

    json: str


@dataclass(frozen=True, slots=True)
class External:
    """JSON that is the value of a parameter: the answer of an introspection field."""

    json: Parameter


@dataclass(frozen=True, slots=True)
class Scalar:
    """A column of the row, or of the row that the foreign key `through` refers to."""

    column: Column
    form: Form
    through: Column | None = None


# The SQL of a `Line` is a reference to the line, which is read after the statement. It begins with
# the NUL that no stored text can have.
LINE_MARK = "\\u0000"


@dataclass(frozen=True, slots=True)
class Id:
    """The global id `kind:key`; `kind` is a constant or a column.

    With a `revision`, it is the id of a change of that record.
    """

    kind: Column | str
    key: Column
    revision: Column | None = None


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename` of a row whose table several types share; `names` are (kind, name) pairs."""

    column: Column
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A localized text in the first available of these languages, else in its original."""

    column: Column
    languages: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Translations:
    """A localized text in all its languages; `fields` are (response key, LocalizedText's field)."""

    column: Column
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A response key and its value; with `kinds`, only records of these kinds have it."""

    key: str
    value: "Value"
    kinds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a row's values."""

    table: Table
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the same row's values; null unless the column of `when` has its value.

    With None for the value, the object is null if the column is.
    """

    object: Object
    when: tuple[Column, str | None] | None


@dataclass(frozen=True, slots=True)
class One:
    """The object of the row that a foreign key refers to; null if the key is null."""

    key: Column
    object: Object


@dataclass(frozen=True, slots=True)
class AnyRecord:
    """The object of the record that a foreign key refers to, by the record's kind.

    A `key` that is no foreign key is the record's own key; null if the record does not exist. With
    `via`, a foreign key of `record`, the columns are of the row that it refers to from this record.
    """

    key: Column
    branches: tuple["Branch", ...]
    kind: Column | None = None
    via: Column | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """The selection on records of these kinds, as `record.kind` names them."""

    kinds: tuple[str, ...]
    object: Object


@dataclass(frozen=True, slots=True)
class Records:
    """The objects of the records whose ids a parameter has: a list, or one object if not `many`."""

    ids: Parameter
    branches: tuple[Branch, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """The rows of a full-text search: records with these words and phrases, of these kinds."""

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
    """The rows of a list, and their order.

    `on`: the column that equals the parent row's id, directly or through the links of `through`;
    None for a list at the root. `where`: columns with what each equals: a constant, a parameter,
    or a column of the parent row. `condition`: the condition of the filter. `hits`: the search
    whose hits are the rows. `kinds`: the kinds of the records, each of which is in the list at most
    once; empty if the rows are not records.
    """

    entity: Entity
    order: Order
    on: Column | None = None
    through: tuple[Link, ...] = ()
    where: tuple[tuple[Column, "str | bool | Parameter | Column"], ...] = ()
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
    """A list of all rows' objects, of their localized texts, or of the records they refer to."""

    rows: Rows
    item: "Object | Words | AnyRecord"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor of a row."""


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
    """The page's information; `fields` are (response key, PageInfo's field or a constant)."""

    fields: tuple[tuple[str, "str | Constant"], ...]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """The number of rows of the whole list.

    `kinds` is set if the list has all records of these kinds: their number is stored.
    """

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The number of rows in a group."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a group's value, in the first available of these languages."""

    languages: tuple[Parameter, ...]


# A selected field of a group's key: its label, a constant, or a field by its name.
KeyField = Constant | Label | str


@dataclass(frozen=True, slots=True)
class GroupKeys:
    """The keys of a group, one for each dimension."""

    fields: tuple[tuple[str, KeyField], ...]


@dataclass(frozen=True, slots=True)
class GroupSum:
    """The sum of the group's amounts with a measure and a unit, or without a unit."""

    amounts: Amounts
    measure: Parameter
    unit: Parameter | None


GroupField = GroupCount | GroupKeys | GroupSum | Constant


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of rows with equal values in the dimensions; `names` are the dimensions' names.

    At most `size` groups, in an `order` of `GroupOrder`.
    """

    rows: Rows
    names: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    size: Parameter
    fields: tuple[tuple[str, GroupField], ...]
    order: str


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """The number of groups."""

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
    """A page of a list: its first `size` rows, or its last if `backward`.

    `after` and `before` have one parameter for each column of the order, the values of a cursor.
    `signature` is the parameter with the first part of the list's cursors.
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
    | Line
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
    """The plan of an operation: its root fields, and the sources of its parameters.

    If it has `lines`, its answer has references to records' lines.
    """

    fields: tuple[Field, ...]
    sources: tuple[ParameterSource, ...]
    lines: bool = False
