"""Codecs: each writes a field of a record to columns or rows, and reads the value back.

A record's class names its tables. The codec of a field follows from the field's type, and the
column has the field's name, unless the annotation has a codec:
`Annotated[Slug | None, To(RecordKind.PLACE)]`.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.folded_columns import fold_columns
from api.intake.forms.context import ReadContext, WriteContext
from api.intake.rows import Row, table_of
from api.model.kinds import Basis, RecordKind
from api.text.anchors import RELATIVES
from api.text.calendars import find_foreign_month
from api.text.localized import parse_localized

if TYPE_CHECKING:
    from api.intake.forms.form import Form


@dataclass(frozen=True, slots=True)
class Searched:
    """An annotation that marks a field as indexed for full-text search.

    Args:
        field: the field's name in a search hit, if it is not the record's.
        named: whether the field names the record, which ranks its hits first.
        kept: whether the index stores the text beside its tokens; otherwise hits read the column.
    """

    field: str = ""
    named: bool = False
    kept: bool = True


class TextColumn(NamedTuple):
    """Where a field's texts are: their column, the column of the record's id, the sort columns."""

    column: Any
    owner: Any
    order: tuple[Any, ...] = ()


class Codec:
    """The mapping between a field's values and columns."""

    name: str  # of the field
    annotation: Any  # of the field
    table: sa.Table
    column = ""  # the column of the values, if there is exactly one
    owner = ""  # in a table of its own, the foreign key to the owning record
    names: RecordKind | None = None  # the kind of record that the values refer to
    within = ""  # the field that completes the key of the record that is referred to

    def bind(self, name: str, form: "Form", annotation: Any) -> Self:
        """Return a copy of the codec, bound to one field of one form.

        Raises:
            TypeError: the form's tables have no column for the field.
        """
        bound = copy(self)
        bound.name, bound.annotation = name, annotation
        bound.find(form)
        return bound

    def find(self, form: "Form") -> None:
        """Set `table`, and the columns that the codec writes, from the form's tables."""
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
        message = f"{self.name} cannot be searched: {type(self).__name__} has no text column"
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
        message = f"{form.model.__name__}.{self.name} is not stored: {where} has no {names[0]}"
        raise TypeError(message)


class Text(Codec):
    """A text, token or number in one column; `closed` if it is a member of an enumeration.

    If the table has columns `<field>_asc` and `<field>_desc`, they get sort keys: copies of the
    value that sort rows without a value last.
    """

    closed = False

    def __init__(self, attribute: Any = None) -> None:
        """Map the field to this column, or to the column with the field's name."""
        self.attribute = attribute

    def find(self, form: "Form") -> None:
        """Find the column, whether it has sort keys, and whether it holds a language."""
        self.closed = isinstance(self.annotation, type) and issubclass(self.annotation, Enum)
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
        return row[self.column]

    def locate(self) -> TextColumn:
        """Return the column."""
        return TextColumn(self.table.c[self.column], self.table.c.id)


class Key(Codec):
    """A record's key, without its owner's: `president` of `office:holder.president`."""

    def find(self, form: "Form") -> None:
        """Find the column that holds the key without the owner's key."""
        self.table = form.tables[0]
        self.slug = "slug" if "slug" in self.table.c else None

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the column `slug` if there is one; `Form.draft` writes the whole key."""
        if self.slug:
            row[self.slug] = value

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the key."""
        return at.ref.key.rpartition(".")[2]


class Texts(Text):
    """A localized text in one column."""

    def find(self, form: "Form") -> None:
        """Find the column."""
        self.column = self._find_column(form, self.attribute, self.name)

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the texts as JSON, with the language of the original."""
        row[self.column] = at.dossier.localized(value)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the texts by language, the original first."""
        if row[self.column] is None:
            return None
        texts, original = parse_localized(row[self.column])
        return {original: texts.pop(original), **texts}


class When(Codec):
    """A vague date in several columns: `<field>_edtf`, `<field>_earliest` and so on."""

    def find(self, form: "Form") -> None:
        """Find the columns."""
        self._find_column(form, None, f"{self.name}_edtf")
        self.ordered = f"{self.name}_asc" in self.table.c

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the date, resolved if it is relative to a known day of publication."""
        row.update(at.dossier.date(self.name, value, at.location, ordered=self.ordered))

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the date as a dossier writes it: relative dates are not resolved."""
        names = ("edtf", "text", "basis", "anchored")
        edtf, text, basis, anchored = (row[f"{self.name}_{name}"] for name in names)
        said = _read_said(anchored or edtf, text)
        basis = None if basis == Basis.STATED or (anchored and basis == Basis.RESOLVED) else basis
        anchor = "published" if anchored else None
        fields = {**said, "text": text, "basis": basis, "anchor": anchor}
        return {name: value for name, value in fields.items() if value is not None} or None


def _read_said(said: str | None, text: str | None) -> dict[str, str | None]:
    """Return the fields that say when; the Gregorian calendar only if the words are ambiguous."""
    if said in RELATIVES:
        return {"relative": said}
    calendar, _, edtf = (said or "").rpartition(" ")
    doubtful = edtf and text and not calendar and find_foreign_month(edtf, text)
    return {"calendar": "gregorian" if doubtful else calendar or None, "edtf": edtf or None}


class To(Codec):
    """A reference to a record of a kind by its key, in the column `<field>_id`.

    `within` is another field of the record that completes the key: an office's key is within its
    holder's, a topic's code within its scheme.
    """

    def __init__(self, kind: RecordKind, attribute: Any = None, within: str = "") -> None:
        """Refer to records of a kind."""
        self.kind = self.names = kind
        self.attribute = attribute
        self.within = within

    def find(self, form: "Form") -> None:
        """Find the column."""
        self.column = self._find_column(form, self.attribute, f"{self.name}_id")

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a reference, and register it for the check that the record exists."""
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
        key = at.stored.refs[row[self.column]].key
        return key.partition(".")[2] if self.within else self.format_key(key)

    def format_key(self, key: str) -> str:
        """Return the referenced record's key in the form used in dossiers."""
        return key


class ToTopic(To):
    """A reference to a topic, written `<scheme>:<code>`."""

    def __init__(self) -> None:
        """Refer to topics, in the column `topic_id`."""
        super().__init__(RecordKind.TOPIC)

    def find(self, form: "Form") -> None:
        """Find the column."""
        self.column = self._find_column(form, None, "topic_id")

    def parse_key(self, value: str) -> str:
        """Return `<scheme>.<code>`."""
        return value.replace(":", ".", 1)

    def format_key(self, key: str) -> str:
        """Return `<scheme>:<code>`; no scheme has a point."""
        return key.replace(".", ":", 1)


class Rows(Codec):
    """A list in rows of a table of its own; its order is stored if the table has an `ordinal`.

    Items are parts, whose class names the table, or plain values, which a codec writes.
    """

    def __init__(self, model: Any = None, codec: Codec | None = None) -> None:
        """Map plain values to a table by a codec; parts need no arguments."""
        self.model = model
        self.codec = codec

    def find(self, form: "Form") -> None:
        """Find the table and its foreign key to the owning record."""
        self.item: Any = (
            Single(self.codec, self.name, table_of(self.model))
            if self.codec
            else form.child(self.annotation)
        )
        self.table = self.item.tables[0]
        self.owner = form.find_owner(self.table)
        self.repeats = repeated_of(self.table, self.owner)
        self.ordered = "ordinal" in self.table.c
        self.names = self.item.names

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for each item; equal texts get one row."""
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
        """Return the items in their stored order, or else sorted."""
        rows = at.stored.rows[self.table].get(at.id, [])
        if self.ordered:
            rows = sorted(rows, key=itemgetter("ordinal"))
        items = [self.item.read(item, at) for item in rows]
        return items if self.ordered else sorted(items, key=str)


class Single:
    """The form of list items that are plain values of one codec."""

    def __init__(self, codec: Codec, name: str, table: sa.Table) -> None:
        """Bind the codec to the table of the list."""
        self.tables = (table,)
        self.model = type(codec)
        self.codec = codec.bind(name, self, None)  # type: ignore[arg-type]
        self.names = codec.names

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a value into its row."""
        self.codec.write(value, row, at)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the value."""
        return self.codec.read(row, at)


def repeated_of(table: sa.Table, column: str) -> list[tuple[str, str]]:
    """Return the denormalized columns that copy the kind and key of a foreign key's target."""
    stem = column.removesuffix("_id")
    return [(f"{stem}_{what}", what) for what in ("kind", "key") if f"{stem}_{what}" in table.c]


def repeat_ref(repeats: Iterable[tuple[str, str]], ref: Ref, row: Row) -> None:
    """Write the denormalized columns of a reference into a row."""
    for name, what in repeats:
        row[name] = str(ref.kind) if what == "kind" else ref.key


class Children(Codec):
    """A list of child records, whose keys begin with this record's key."""

    def find(self, form: "Form") -> None:
        """Find the children's table and its foreign key to the owning record."""
        self.child = form.child(self.annotation)
        self.table = self.child.tables[0]
        self.owner = form.find_owner(self.table)
        self.repeats = repeated_of(self.table, self.owner)

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing: `Form.draft` drafts children as records."""

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
        """Return the children, sorted by key."""
        children = sorted(
            (at.stored.refs[id_], id_) for id_ in at.stored.children[self.table][at.id]
        )
        return [self.child.read_record(at.stored, ref, id_) for ref, id_ in children]


class WrittenElsewhere(Codec):
    """A field that this codec neither writes nor reads; a subclass may do one of them."""

    def find(self, form: "Form") -> None:
        """Assign the field to the record's first table."""
        self.table = form.tables[0]

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return None."""
