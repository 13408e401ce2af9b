"""Codecs: each maps a field of a record to columns or rows, and reads the value back.

A record's class names its tables. A field is kept in the column of its name by the codec that its
type asks for, unless its annotation gives another: `Annotated[Slug | None, To(RecordKind.PLACE)]`.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Draft, Ref
from api.intake.folded_columns import fold_columns
from api.intake.read.files import Location
from api.intake.rows import Row, table_of
from api.model.kinds import Basis, RecordKind
from api.text.anchors import RELATIVES
from api.text.calendars import find_foreign_month
from api.text.localized import parse_localized

if TYPE_CHECKING:
    from api.intake.draft.dossier import Dossier
    from api.intake.forms.form import Form


class WriteContext(NamedTuple):
    """The context of writing one record or part: its dossier, draft and path in the file."""

    dossier: "Dossier"
    draft: Draft
    record: Any
    location: Location


@dataclass(slots=True)
class StoredRows:
    """The stored rows of a batch of records by record id, and the references of those they name."""

    refs: Mapping[int, Ref] = field(default_factory=dict)
    rows: dict[sa.Table, Mapping[int, list[Row]]] = field(default_factory=dict)
    children: dict[sa.Table, Mapping[int, list[int]]] = field(default_factory=dict)
    # Record id → id of the dossier that defines the record.
    homes: Mapping[int, int] = field(default_factory=dict)
    # The texts of the articles that claims quote.
    bodies: Mapping[int, str] = field(default_factory=dict)


class ReadContext(NamedTuple):
    """The context of reading one record back from its rows."""

    held: StoredRows
    ref: Ref
    id: int


@dataclass(frozen=True, slots=True)
class Searched:
    """An annotation that marks a field as indexed for full-text search.

    `field` is what a hit calls it, where that is not the record's own name for it; a field that is
    `named` names the record. A text is kept beside its tokens, unless its own column serves a hit.
    """

    field: str = ""
    named: bool = False
    kept: bool = True


class TextColumn(NamedTuple):
    """The column of a field's texts, the column of the record's id, and the sort columns."""

    column: Any
    owner: Any
    order: tuple[Any, ...] = ()


class Codec:
    """The mapping between a field's values and columns.

    `table` is where; `names` is the kind of record that the values name, if they name any.
    """

    table: sa.Table
    name: str
    column = ""  # the column of the values, if there is exactly one
    names: RecordKind | None = None
    within = ""
    owner = ""  # in a table of its own, the foreign key to the owning record

    def bind(self, name: str, form: "Form", annotation: Any) -> Self:
        """Return a copy of the codec, bound to one field of one form.

        Raises:
            TypeError: the form's tables have no column for the field.
        """
        bound = copy(self)
        bound.name = name
        bound.find(form, annotation)
        return bound

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the field's columns in the form's tables."""
        raise NotImplementedError

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a value into the draft's row, or add rows to the codec's own table."""
        raise NotImplementedError

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the stored value as JSON; None if the field is empty."""
        raise NotImplementedError

    def locate(self) -> "TextColumn":
        """Return the column of the field's texts, for the search index.

        Raises:
            TypeError: the field has no column of its own.
        """
        message = f"{self.name} cannot be searched: {type(self).__name__} keeps no text of its own"
        raise TypeError(message)

    def _find_column(self, form: "Form", attribute: Any, *names: str) -> str:
        """Return the given column's name, or the first of these names in the form's tables."""
        if attribute is not None:
            column = attribute.property.columns[0]
            self.table = column.table
            return str(column.name)
        for table in form.tables:
            for name in names:
                if name in table.c:
                    self.table = table
                    return name
        where = ", ".join(table.name for table in form.tables)
        message = f"{form.model.__name__}.{self.name} is kept nowhere: {where} has no {names[0]}"
        raise TypeError(message)


class Text(Codec):
    """A text, token or number in one column; `closed` if it is a member of an enumeration.

    Beside it stand, where the table has them, the keys that sort rows without a value last (`_asc`,
    `_desc`).
    """

    closed = False

    def __init__(self, attribute: Any = None) -> None:
        """Map the field to this column, or to the column with the field's name."""
        self.attribute = attribute

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column, whether it has sort keys, and whether it holds a language."""
        self.closed = isinstance(annotation, type) and issubclass(annotation, Enum)
        self.column = self._find_column(form, self.attribute, self.name, f"{self.name}_code")
        self.sorted = f"{self.name}_asc" in self.table.c
        keys = self.table.c[self.column].foreign_keys
        self.is_language = any(key.column.table is table_of(m.Language) for key in keys)

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the text and its sort keys."""
        row[self.column] = str(value) if isinstance(value, Enum) else value
        if self.sorted:
            row[f"{self.name}_asc"], row[f"{self.name}_desc"] = value or "~", value or ""
        if self.is_language:
            at.dossier.languages.add(value)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the text."""
        del at
        return row[self.column]

    def locate(self) -> TextColumn:
        """Return the column."""
        return TextColumn(self.table.c[self.column], self.table.c.id)


class Key(Codec):
    """A record's key, within the record that it belongs to: `office` of `office:holder.office`."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column that holds the key without the owner's key."""
        del annotation
        self.table = form.tables[0]
        self.slug = "slug" if "slug" in self.table.c else None

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the key; the whole id is written with the record."""
        del at
        if self.slug:
            row[self.slug] = value

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the key."""
        del row
        return at.ref.key.rpartition(".")[2]


class Texts(Text):
    """A localized text in one column."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column."""
        del annotation
        self.column = self._find_column(form, self.attribute, self.name)

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the texts, the original marked."""
        row[self.column] = at.dossier.localized(value)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the texts by language, the original first."""
        del at
        if row[self.column] is None:
            return None
        texts, original = parse_localized(row[self.column])
        return {original: texts.pop(original), **texts}


class When(Codec):
    """A vague date in columns that begin with the field's name."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the columns."""
        del annotation
        self._find_column(form, None, f"{self.name}_edtf")
        self.ordered = f"{self.name}_asc" in self.table.c

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the date, resolved as far as the article's day of publication allows."""
        row.update(at.dossier.date(self.name, value, at.location, ordered=self.ordered))

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the date as the curator wrote it: relative dates stay unresolved."""
        del at
        names = ("edtf", "text", "basis", "anchored")
        edtf, text, basis, anchored = (row[f"{self.name}_{name}"] for name in names)
        said = _read_said(anchored or edtf, text)
        basis = None if basis == Basis.STATED or (anchored and basis == Basis.RESOLVED) else basis
        anchor = "published" if anchored else None
        fields = {**said, "text": text, "basis": basis, "anchor": anchor}
        return {name: value for name, value in fields.items() if value is not None} or None


def _read_said(said: str | None, text: str | None) -> dict[str, str | None]:
    """Return the fields of a stored date; the calendar only where its words are ambiguous."""
    if said in RELATIVES:
        return {"relative": said}
    calendar, _, edtf = (said or "").rpartition(" ")
    doubtful = edtf and text and not calendar and find_foreign_month(edtf, text)
    return {"calendar": "gregorian" if doubtful else calendar or None, "edtf": edtf or None}


class To(Codec):
    """A reference to a record of a kind by its key, in the column `<field>_id`.

    `within` names the record's field that the key is within: an office is its holder's, a topic its
    scheme's.
    """

    def __init__(self, kind: RecordKind, attribute: Any = None, within: str = "") -> None:
        """Refer to records of a kind."""
        self.kind = self.names = kind
        self.attribute = attribute
        self.within = within

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column."""
        del annotation
        self.column = self._find_column(form, self.attribute, f"{self.name}_id")

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a reference to a record, which has to exist when the import ends."""
        if value is not None:
            if self.within:
                value = f"{getattr(at.record, self.within)}.{value}"
            value = at.dossier.refer(self.kind, self.parse_key(value), (*at.location, self.name))
        row[self.column] = value

    def parse_key(self, value: str) -> str:
        """Return the referenced record's key in its stored form."""
        return value

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the record's key."""
        if row[self.column] is None:
            return None
        key = at.held.refs[row[self.column]].key
        return key.partition(".")[2] if self.within else self.format_key(key)

    def format_key(self, key: str) -> str:
        """Return the referenced record's key in the form used in dossiers."""
        return key


class ToTopic(To):
    """A reference to a topic, written `<scheme>:<code>`."""

    def __init__(self) -> None:
        """Refer to topics, in a column named for them."""
        super().__init__(RecordKind.TOPIC)

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column."""
        del annotation
        self.column = self._find_column(form, None, "topic_id")

    def parse_key(self, value: str) -> str:
        """Return `<scheme>.<code>`."""
        return value.replace(":", ".", 1)

    def format_key(self, key: str) -> str:
        """Return `<scheme>:<code>`; no scheme has a point."""
        return key.replace(".", ":", 1)


class Rows(Codec):
    """A list in rows of a table of its own, in the list's order where the table has an `ordinal`.

    Its items are parts, whose class names the table, or values that a codec keeps in its columns.
    """

    def __init__(self, model: Any = None, codec: Codec | None = None) -> None:
        """Map values to a table with a codec, or parts to the table that their class names."""
        self.model = model
        self.codec = codec

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the table and its foreign key to the owning record."""
        self.item = form.item(self.name, self.model, self.codec, annotation)
        self.table = self.item.tables[0]
        self.owner = form.find_owner(self.table)
        self.repeats = repeated_of(self.table, self.owner)
        self.ordered = "ordinal" in self.table.c
        self.names = self.item.names

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a row for each item; equal texts share a row."""
        del row
        rows = at.draft.rows.setdefault(self.table, [])
        items = dict.fromkeys(value) if value and isinstance(value[0], str) else value
        for ordinal, item in enumerate(items):
            written: Row = {"ordinal": ordinal} if self.ordered else {}
            repeat_ref(self.repeats, at.draft.ref, written)
            location = (*at.location, self.name, ordinal)
            self.item.write(item, written, WriteContext(at.dossier, at.draft, item, location))
            rows.append(written | fold_columns(self.table, written))

    def locate(self) -> TextColumn:
        """Return the text column of the items' codec."""
        column = self.table.c[self.item.codec.column]
        order = (self.table.c.ordinal,) if self.ordered else ()
        return TextColumn(column, self.table.c[self.owner], order)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the items: in their order, or sorted."""
        del row
        rows = at.held.rows[self.table].get(at.id, [])
        if self.ordered:
            rows = sorted(rows, key=itemgetter("ordinal"))
        items = [self.item.read(item, at) for item in rows]
        return items if self.ordered else sorted(items, key=str)


def repeated_of(table: sa.Table, column: str) -> list[tuple[str, str]]:
    """Return the denormalized columns that copy the kind and key of a foreign key's target."""
    stem = column.removesuffix("_id")
    return [(f"{stem}_{what}", what) for what in ("kind", "key") if f"{stem}_{what}" in table.c]


def repeat_ref(repeats: Iterable[tuple[str, str]], ref: Ref, row: Row) -> None:
    """Write the denormalized columns of a reference into a row."""
    for name, what in repeats:
        row[name] = str(ref.kind) if what == "kind" else ref.key


class Children(Codec):
    """A list of records of their own that belong to this one, and whose keys are within its."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the children's table and its foreign key to the owning record."""
        self.child = form.child(annotation)
        self.table = self.child.tables[0]
        self.owner = form.find_owner(self.table)
        self.repeats = repeated_of(self.table, self.owner)

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing: children are records and are drafted separately."""

    def write_owner(self, owner: Ref, row: Row) -> None:
        """Write the owner's reference into a child's row."""
        row[self.owner] = owner
        repeat_ref(self.repeats, owner, row)

    def locate(self) -> TextColumn:
        """Return the children's name column, sorted by date where the children have dates."""
        (column, *_) = (stored.column for mark, stored in self.child.searched if mark.named)
        dated = self.child.dated
        order = () if dated is None else (self.table.c[dated.name.replace("_desc", "_asc")],)
        return TextColumn(column, self.table.c[self.owner], (*order, self.table.c.key))

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the children, by their keys."""
        del row
        children = sorted((at.held.refs[id_], id_) for id_ in at.held.children[self.table][at.id])
        return [self.child.read_record(at.held, ref, id_) for ref, id_ in children]


class WrittenElsewhere(Codec):
    """A field that another module writes: claims, or the location of a document."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find nothing."""
        del annotation
        self.table = form.tables[0]

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return nothing."""
