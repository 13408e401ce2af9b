"""Codecs of lists: rows of a table of their own, and child records."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.intake.drafts import Ref
from api.intake.folded_columns import FOLDED, fold_columns
from api.intake.forms.codecs import Codec, TextColumn
from api.intake.forms.context import ReadContext, WriteContext
from api.intake.rows import Row, table_of

if TYPE_CHECKING:
    from api.intake.forms.form import Form


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
        self.folded = self.table in FOLDED
        self.names = self.item.names

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for each item; equal texts get one row."""
        if not value:
            return
        rows = at.draft.rows.setdefault(self.table, [])
        items = dict.fromkeys(value) if isinstance(value[0], str) else value
        for ordinal, item in enumerate(items):
            written: Row = {"ordinal": ordinal} if self.ordered else {}
            repeat_ref(self.repeats, at.draft.ref, written)
            location = (*at.location, self.name, ordinal)
            self.item.write(item, written, WriteContext(at.dossier, at.draft, item, location))
            rows.append(written | fold_columns(self.table, written) if self.folded else written)

    def locate(self) -> TextColumn:
        """Return the text column of the items' codec."""
        column = self.table.c[self.item.codec.column]
        order = (self.table.c.ordinal,) if self.ordered else ()
        return TextColumn(column, self.table.c[self.owner], order)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the items in their stored order, or else sorted."""
        rows = at.stored.rows[self.table].get(at.id)
        if not rows:
            return []
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
        if "added_by_id" in self.table.c:
            row["added_by_id"] = None

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
