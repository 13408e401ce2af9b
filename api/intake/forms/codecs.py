"""Codecs: each writes a field of a record to columns or rows, and reads the value back.

A record's class names its tables. The codec of a field follows from the field's type, and the
column has the field's name, unless the annotation has a codec:
`Annotated[Slug | None, To(RecordKind.PLACE)]`.
"""

from copy import copy
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self, get_args

import sqlalchemy as sa

from api import model as m
from api.intake.forms.context import ReadContext, WriteContext
from api.intake.rows import Row, table_of
from api.model.kinds import Basis, RecordKind
from api.text.anchors import RELATIVES
from api.text.calendars import find_foreign_month
from api.text.dates import VagueDate, sort_keys
from api.text.decimals import format_decimal, parse_decimal
from api.text.localized import parse_localized

if TYPE_CHECKING:
    from api.intake.forms.form import Form

UNKNOWN = VagueDate()


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
        types = (self.annotation, *get_args(self.annotation))
        self.closed = any(isinstance(type_, type) and issubclass(type_, Enum) for type_ in types)
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


class Thousandths(Text):
    """A decimal number, in a column of thousandths."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the number in thousandths."""
        row[self.column] = None if value is None else parse_decimal(value)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the number as text."""
        return None if row[self.column] is None else format_decimal(row[self.column])


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
        row[self.column] = None if value is None else at.dossier.localized(value)

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
        names = (f"{self.name}_{name}" for name in ("edtf", "text", "basis", "anchored"))
        self.pick = itemgetter(*names)
        self._find_column(form, None, f"{self.name}_edtf")
        self.ordered = f"{self.name}_asc" in self.table.c

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the date, resolved if it is relative to a known day of publication."""
        when, basis = UNKNOWN, None
        if value is not None:
            when, basis = at.dossier.resolve(value, (*at.location, self.name))
        row.update(format_when(self.name, when, basis, ordered=self.ordered))
        row[f"{self.name}_text"] = value and value.text
        row[f"{self.name}_anchored"] = value and value.anchored

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the date as a dossier writes it: relative dates are not resolved."""
        edtf, text, basis, anchored = values = self.pick(row)
        if not any(values):
            return None
        said = _read_said(anchored or edtf, text)
        basis = None if basis == Basis.STATED or (anchored and basis == Basis.RESOLVED) else basis
        anchor = "published" if anchored else None
        fields = {**said, "text": text, "basis": basis, "anchor": anchor}
        return {name: value for name, value in fields.items() if value is not None} or None


def format_when(prefix: str, when: VagueDate, basis: str | None, *, ordered: bool) -> Row:
    """Return the columns that hold a date, without those of the source's words."""
    columns = {
        f"{prefix}_edtf": when.edtf,
        f"{prefix}_earliest": when.earliest,
        f"{prefix}_latest": when.latest,
        f"{prefix}_precision": str(when.precision),
        f"{prefix}_basis": basis,
    }
    if ordered:
        columns[f"{prefix}_asc"], columns[f"{prefix}_desc"] = sort_keys(when)
    return columns


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


class WrittenElsewhere(Codec):
    """A field that this codec neither writes nor reads; a subclass may do one of them."""

    def find(self, form: "Form") -> None:
        """Assign the field to the record's first table."""
        self.table = form.tables[0]

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return None."""
