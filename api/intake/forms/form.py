"""Forms: the mapping of a record's or part's Pydantic class to its tables, field by field.

A form is built when the class is defined; a field without a column is an error then. Imports and
exports take all that they need to know about a kind from its form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, get_args

import sqlalchemy as sa
from pydantic_core import PydanticUndefined

from api import model as m
from api.intake.drafts import Draft, Ref
from api.intake.folded_columns import fold_columns
from api.intake.forms.codecs import (
    Codec,
    Key,
    Searched,
    Text,
    Texts,
    When,
)
from api.intake.forms.context import ReadContext, StoredRows, WriteContext
from api.intake.forms.list_codecs import Children, Rows
from api.intake.read.files import Location
from api.intake.rows import Row, table_of
from api.model.kinds import RecordKind

T = TypeVar("T")
RECORD = table_of(m.Record)
NOWHERE = WriteContext(None, None, None, ())  # type: ignore[arg-type]


class FormField(NamedTuple):
    """A field with its codec, and its default value, which exports leave out."""

    name: str
    codec: Codec
    default: Any
    searched: Searched | None = None


class RowWriter:
    """Writes fields into one row, which begins as it is without any of the optional fields.

    Most fields of most records are left out. A codec is called for such a field only if what it
    writes then depends on the record or its dossier.
    """

    def __init__(self, fields: Iterable[FormField]) -> None:
        """Write the row of the fields' defaults."""
        self.blank: Row = {}
        self.fields = [
            (name, codec, not self._write_blank(codec, default))
            for name, codec, default, _ in fields
        ]

    def _write_blank(self, codec: Codec, default: Any) -> bool:
        """Write a default, and return True; False if there is none, or it needs a context."""
        written: Row = {}
        if default is PydanticUndefined:
            return False
        try:
            codec.write(default, written, NOWHERE)
        except AttributeError:
            return False
        self.blank |= written
        return True

    def write(self, record: Any, row: Row, at: WriteContext) -> None:
        """Write a record or part into a row."""
        row.update(self.blank)
        given = record.model_fields_set
        for name, codec, always in self.fields:
            if always or name in given:
                codec.write(getattr(record, name), row, at)


class Form:
    """The fields of a record or part class, each with its codec, and the tables of its rows."""

    def __init__(self, model: Any, kind: RecordKind | None, tables: tuple[sa.Table, ...]) -> None:
        """Bind each field of the class to its columns.

        Raises:
            TypeError: the tables have no column for a field.
        """
        self.model = model
        self.kind = kind
        self.tables = tables
        self.fields = [self._bind(name, info) for name, info in model.model_fields.items()]
        self.row = RowWriter(self.fields)
        self.rows = [
            (table, RowWriter(field for field in self.fields if field.codec.table is table))
            for table in tables
        ]
        self.other_rows = RowWriter(
            field for field in self.fields if field.codec.table not in tables
        )
        # The fields whose items are records of their own.
        self.children = [
            (field.name, field.codec) for field in self.fields if isinstance(field.codec, Children)
        ]
        # Table of dependent rows → foreign key to the record. `owners` is for reading; `parts` is
        # for writing, without names and links, which `write/names.py` and `write/links.py` write.
        self.owners = {
            field.codec.table: field.codec.owner
            for field in self.fields
            if field.codec.owner and not isinstance(field.codec, Children)
        }
        rows = [field.codec for field in self.fields if isinstance(field.codec, Rows)]
        self.parts = {codec.table: codec.owner for codec in rows}
        named = (field.codec.names for field in self.fields)
        self.names = next(filter(None, named), None)
        # Whether to write the record's kind: `actor.kind` is another one, which is a field.
        self.has_kind_column = kind and "kind" in tables[0].c and "kind" not in model.model_fields
        # The fields that are indexed for full-text search.
        self.searched = [
            (replace(mark, field=mark.field or name), codec.locate())
            for name, codec, _, mark in self.fields
            if mark
        ]

    def _bind(self, name: str, info: Any) -> FormField:
        codec = _find_given(info, Codec) or _choose_codec(name, info.annotation)
        default = info.get_default(call_default_factory=True)
        codec = codec.bind(name, self, info.annotation)
        return FormField(name, codec, default, _find_given(info, Searched))

    # For codecs, when they are bound.

    def child(self, annotation: Any) -> "Form":
        """Return the form of a list's items that are child records."""
        return form_of(_find_item(annotation))

    def find_owner(self, table: sa.Table) -> str:
        """Return the foreign key from a table's rows to their owning record of this form."""
        keys = {
            key.column.table: column.name
            for column in table.c
            for key in column.foreign_keys
            if key.ondelete == "CASCADE" and not column.nullable
        }
        (name,) = [name for target, name in keys.items() if target in self.tables] or [keys[RECORD]]
        return str(name)

    def codec_of(self, field: str) -> Codec:
        """Return the codec of a field."""
        return next(item.codec for item in self.fields if item.name == field)

    def kind_named(self, field: str) -> RecordKind | None:
        """Return the kind of record that a field's keys refer to; None if it has no references."""
        codecs = (item.codec for item in self.fields if item.name == field)
        return next((codec.names for codec in codecs if not codec.within), None)

    @property
    def dated(self) -> Any:
        """The column by which records are sorted, latest first; None if they have no date."""
        dates = (field.codec for field in self.fields if isinstance(field.codec, When))
        return next((date.table.c[f"{date.name}_desc"] for date in dates if date.ordered), None)

    # Records into rows.

    def ref(self, record: Any, owner: Ref | None) -> Ref:
        """Return a record's kind and key; a child's key is prefixed with its owner's key."""
        assert self.kind is not None
        key = record.identity()
        return Ref(self.kind, f"{owner.key}.{key}" if owner else key)

    def write(self, record: Any, row: Row, at: WriteContext) -> None:
        """Write a part into its row."""
        self.row.write(record, row, at)

    def draft(
        self,
        dossier: Any,
        record: Any,
        location: Location,
        owner: tuple[Ref, Children] | None = None,
    ) -> Iterator[Draft]:
        """Draft a record, then its child records."""
        draft = Draft(self.ref(record, owner[0] if owner else None), location)
        at = WriteContext(dossier, draft, record, location)
        for table, writer in self.rows:
            row: Row = {}
            writer.write(record, row, at)
            if table is self.tables[0]:
                row["key"] = draft.ref.key
                if self.has_kind_column:
                    row["kind"] = str(self.kind)
                if owner:
                    owner[1].write_owner(owner[0], row)
            draft.rows[table] = [row | fold_columns(table, row)]
        draft.own(*self.owners)
        self.other_rows.write(record, {}, at)
        yield draft
        yield from self._draft_children(draft.ref, dossier, record, location)

    def _draft_children(
        self, ref: Ref, dossier: Any, record: Any, location: Location
    ) -> Iterator[Draft]:
        for name, codec in self.children:
            for number, child in enumerate(getattr(record, name)):
                below = (*location, name, number)
                yield from codec.child.draft(dossier, child, below, (ref, codec))

    # Rows into records.

    def read(self, row: Row, at: ReadContext) -> dict[str, Any]:
        """Return a stored part as JSON, without fields that have their defaults."""
        return self._read(dict.fromkeys(self.tables, row), at)

    def read_record(self, stored: StoredRows, ref: Ref, id_: int) -> dict[str, Any]:
        """Return a stored record as JSON, without fields that have their defaults."""
        rows = {table: stored.rows[table][id_][0] for table in self.tables}
        return self._read(rows, ReadContext(stored, ref, id_))

    def _read(self, rows: dict[sa.Table, Row], at: ReadContext) -> dict[str, Any]:
        read = {}
        for name, codec, default, _ in self.fields:
            value = codec.read(rows.get(codec.table, {}), at)
            if value is not None and value != default:
                read[name] = value
        return read


def _find_given(info: Any, wanted: type[T]) -> T | None:
    """Return the instance of a class in a field's annotation; None if it has none."""
    return next((item for item in info.metadata if isinstance(item, wanted)), None)


def _find_item(annotation: Any) -> Any:
    """Return the item class of a list annotation, optional or not."""
    lists = (item for item in (annotation, *get_args(annotation)) if unwrap(item) is list)
    return unwrap(get_args(next(lists))[0])


def unwrap(annotation: Any) -> Any:
    """Return the class inside an annotation: `dict` for `Annotated[dict[str, str], …]`."""
    while hasattr(annotation, "__origin__"):
        annotation = annotation.__origin__
    return annotation


def form_of(model: Any) -> Form:
    """Return the form of a record or part class."""
    form: Form = model.form
    return form


def _choose_codec(name: str, annotation: Any) -> Codec:
    """Choose a codec from the field's name and type, if its annotation has none."""
    if name == "key":
        return Key()
    types = {unwrap(item) for item in (annotation, *get_args(annotation))}
    if list in types:
        return Children() if form_of(_find_item(annotation)).kind else Rows()
    if dict in types:
        return Texts()
    return When() if any(hasattr(item, "anchored") for item in types) else Text()
