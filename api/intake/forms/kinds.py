"""The registry of record kinds, with the tables and references that follow from their forms.

Importing this module raises TypeError if a kind has no record class in a section of a dossier.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms import records as r
from api.intake.forms.codecs import Searched, Text, TextColumn, To, When
from api.intake.forms.form import Form, form_of
from api.intake.forms.list_codecs import repeated_of
from api.intake.forms.special_codecs import EXISTS
from api.intake.read.files import Location
from api.intake.rows import table_of
from api.model.kinds import EventKind, RecordKind

Placed = tuple[Ref, Any, Location]


def _list_sections() -> Iterator[tuple[str, Any]]:
    for name, info in r.DossierRecord.model_fields.items():
        model = get_args(info.annotation)[0]
        yield name, r.LineArticleRecord if model is r.ArticleRecord else model


def _list_forms(form: Form) -> Iterator[Form]:
    yield form
    for _, codec in form.children:
        yield from _list_forms(codec.child)


# Section of a dossier → its record class, in the order of the export.
SECTIONS: dict[str, Any] = dict(_list_sections())
# The value of `record` in a line of JSON Lines → section.
LINES = {
    model.__name__.removesuffix("Record").removeprefix("Line").removeprefix("Subject").lower(): name
    for name, model in SECTIONS.items()
}
FORMS: dict[RecordKind, Form] = {
    form.kind: form
    for model in SECTIONS.values()
    for form in _list_forms(form_of(model))
    if form.kind
}
# By kind, the name of its records in lines; offices and provisions are in their owners' lines.
LINE_OF = {
    kind: name for name, section in LINES.items() if (kind := form_of(SECTIONS[section]).kind)
}
# Kind of child records → the owner's kind, and the codec of the owner's field.
CHILDREN = {
    codec.child.kind: (kind, codec)
    for kind, form in FORMS.items()
    for _, codec in form.children
    if codec.child.kind
}
if missing := [kind for kind in RecordKind if kind not in FORMS]:
    message = f"{', '.join(missing)}: no record of `records` has this kind, in a dossier's section"
    raise TypeError(message)

ORDER = {table: number for number, table in enumerate(m.METADATA.sorted_tables)}


def _by_dependence(kind: RecordKind) -> int:
    return max(ORDER[table] for table in FORMS[kind].tables)


# Kind → its tables with one row per record, whose id is the record's; kinds that others refer to
# come first. Kind → its tables of dependent rows, each with its foreign key to the record.
MAIN_TABLES: dict[RecordKind, tuple[sa.Table, ...]] = {
    kind: FORMS[kind].tables for kind in sorted(FORMS, key=_by_dependence)
}
PART_TABLES: dict[RecordKind, dict[sa.Table, str]] = {
    kind: form.parts for kind, form in FORMS.items() if form.parts
}
# The records that are deleted with a record (its children, those that an article adds to others,
# claims on or of it): table, foreign key.
OWNED = (
    *((codec.table, codec.owner) for _, codec in CHILDREN.values()),
    *(
        (item.table, "added_by_id")
        for _, item in CHILDREN.values()
        if "added_by_id" in item.table.c
    ),
    (table_of(m.Claim), "subject_id"),
    (table_of(m.Claim), "article_id"),
)
# References that prevent the deletion of their target: table, column of the referring record's id,
# referring column. The last two cascade in the database, yet belong to another record.
REFERRING = (
    *(
        (table, owner, column.name)
        for owners in (
            *(dict.fromkeys(tables, "id") for tables in MAIN_TABLES.values()),
            *PART_TABLES.values(),
        )
        for table, owner in owners.items()
        for column in table.c
        for key in column.foreign_keys
        if key.ondelete == "RESTRICT"
        and key.column.name == "id"
        and key.column.table.name != "dossier"
    ),
    (table_of(m.Claim), "id", "subject_id"),
    (table_of(m.EventLink), "event_id", "other_id"),
)
# Table → its columns that hold ids of other rows.
FOREIGN_KEYS = {
    table: [column.name for column in table.c if column.foreign_keys and column.name != "id"]
    for table in m.METADATA.tables.values()
}


class Unique(NamedTuple):
    """A UNIQUE constraint on a kind's records, other than the key's."""

    field: str
    table: sa.Table
    column: str
    columns: tuple[str, ...]  # that are unique together, with keys in place of ids


def _find_unique(form: Form) -> Unique | None:
    """Return the table's UNIQUE constraint that is not the key's; None if it has no other.

    Raises:
        TypeError: it has several, of which imports would check one alone.
    """
    (table, *_) = form.tables
    keys = {"kind", "key", *form.model.key_fields}
    listed = [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    ]
    others = [names for names in listed if not keys.issuperset(names)]
    if others[1:]:
        message = f"{table.name} has several UNIQUE constraints besides its key's: {others}"
        raise TypeError(message)
    for names in others:
        (field,) = (item.name for item in form.fields if item.codec.column == names[-1])
        return Unique(field, table, names[-1], tuple(_find_key(table, name) for name in names))
    return None


def _find_key(table: sa.Table, column: str) -> str:
    """Return a foreign key's denormalized key column; the foreign key itself if it has none."""
    repeats = {what: name for name, what in repeated_of(table, column)}
    return repeats.get("key", column)


UNIQUE = {kind: unique for kind, form in FORMS.items() if (unique := _find_unique(form))}


class ParentField(NamedTuple):
    """The field and column of a kind that refer to a record's parent, which is of the same kind."""

    field: str
    table: sa.Table
    column: str


def _find_parent_field(form: Form) -> ParentField | None:
    for name, codec, *_ in form.fields:
        if isinstance(codec, To) and codec.kind is form.kind:
            return ParentField(name, codec.table, codec.column)
    return None


# The kinds that form a hierarchy: a place is part of a place, a topic has a broader topic.
PARENT_FIELDS = {
    kind: parent for kind, form in FORMS.items() if (parent := _find_parent_field(form))
}
PARENT_COLUMNS = {parent.table: parent.column for parent in PARENT_FIELDS.values()}


class SearchedText(NamedTuple):
    """A full-text search field: its name, kinds and column."""

    kinds: list[RecordKind]
    mark: Searched
    stored: TextColumn


def _list_searched() -> list[SearchedText]:
    """Return the search fields; those that name records come first. Kinds may share a field."""
    texts: dict[Any, SearchedText] = {}
    for kind, form in FORMS.items():
        for mark, stored in form.searched:
            text = texts.setdefault((stored.column, stored.owner), SearchedText([], mark, stored))
            text.kinds.append(kind)
    return sorted(texts.values(), key=lambda text: not text.mark.named)


SEARCHED = _list_searched()
# The columns that sort search hits by date, with the kinds that have them; child records have none.
DATED: dict[Any, list[RecordKind]] = defaultdict(list)
for _kind in FORMS.keys() - CHILDREN.keys():
    DATED[FORMS[_kind].dated].append(_kind)
DATED.pop(None, None)
# The properties of events with one value: two asserted values contradict each other.
SINGLE_VALUED = frozenset(
    field.name
    for kind in EventKind
    for field in FORMS[RecordKind(kind)].fields
    if isinstance(field.codec, When | To) or (isinstance(field.codec, Text) and field.codec.closed)
)


def list_properties(kind: RecordKind) -> list[str]:
    """Return what a claim on a record of a kind may be about: its fields, a name, its existence."""
    return [*FORMS[kind].model.model_fields, "name", EXISTS]


def list_records(dossier: Any, section: str) -> Iterator[tuple[Any, Location]]:
    """Return the records of a dossier's section, each with its path in the file."""
    held = getattr(dossier, section)
    if not isinstance(held, list):
        yield from [] if held is None else [(held, (section,))]
        return
    for number, record in enumerate(held):
        yield record, (section, number)


def list_with_children(
    record: Any, location: Location, owner: Ref | None = None
) -> Iterator[Placed]:
    """Yield a record and its children, each with its reference and its path in the file."""
    form = form_of(type(record))
    ref = form.ref(record, owner)
    yield ref, record, location
    for name, _ in form.children:
        for number, child in enumerate(getattr(record, name)):
            yield from list_with_children(child, (*location, name, number), ref)


def list_added_children(record: r.AddRecord, location: Location) -> Iterator[Placed]:
    """Yield the child records that an article adds to a record of another dossier."""
    owner = Ref.parse(record.to)
    for name, codec in FORMS[owner.kind].children if owner else ():
        for number, child in enumerate(getattr(record, name, ())):
            yield codec.child.ref(child, owner), child, (*location, name, number)


def owner_of(ref: Ref) -> Ref:
    """Return a child record's owner: the actor of an office, for instance."""
    kind, _ = CHILDREN[ref.kind]
    return Ref(kind, ref.key.partition(".")[0])
