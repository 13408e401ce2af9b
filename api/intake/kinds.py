"""The kinds of records, each by its form, and what follows from the forms of all.

A kind that has no form, or is in no section of a dossier, is an error when this is imported.
"""

from collections.abc import Iterator
from typing import Any, get_args

import sqlalchemy as sa

from api import model as m
from api.intake import records as r
from api.intake.codecs import Children
from api.intake.documents import Place
from api.intake.drafts import Ref
from api.intake.forms import Form, form_of
from api.intake.rows import table_of
from api.model.kinds import RecordKind

Placed = tuple[Ref, Any, Place]


def _list_sections() -> Iterator[tuple[str, Any]]:
    for name, info in r.DossierRecord.model_fields.items():
        model = get_args(info.annotation)[0]
        yield name, r.LineArticleRecord if model is r.ArticleRecord else model


def _list_forms(form: Form) -> Iterator[Form]:
    yield form
    for _, codec, _ in form.children:
        assert isinstance(codec, Children)
        yield from _list_forms(codec.child)


# The sections of a dossier, in the order in which they are exported, each with its records' class.
SECTIONS: dict[str, Any] = dict(_list_sections())
# By its name in a line of JSON Lines, the section that a record is of.
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
# What belongs to records of a kind: each part's kind, the field that has it, and its codec.
CHILDREN = {
    codec.child.kind: (kind, codec)
    for kind, form in FORMS.items()
    for _, codec, _ in form.children
    if isinstance(codec, Children) and codec.child.kind
}
if missing := [kind for kind in RecordKind if kind not in FORMS]:
    message = f"{', '.join(missing)}: no record of `records` has this kind, in a dossier's section"
    raise TypeError(message)

ORDER = {table: place for place, table in enumerate(m.METADATA.sorted_tables)}


def _by_dependence(kind: RecordKind) -> int:
    return max(ORDER[table] for table in FORMS[kind].tables)


# By kind, the tables whose one row shares the record's id, those that are referred to first; and
# the tables whose rows belong to a record, with the column that says whose they are.
MAIN_TABLES: dict[RecordKind, tuple[sa.Table, ...]] = {
    kind: FORMS[kind].tables for kind in sorted(FORMS, key=_by_dependence)
}
PART_TABLES: dict[RecordKind, dict[sa.Table, str]] = {
    kind: form.parts for kind, form in FORMS.items() if form.parts
}
# What goes with a record: those that belong to it, the claims on it or of it.
OWNED = (
    *((codec.table, codec.owner) for _, codec in CHILDREN.values()),
    (table_of(m.Claim), "subject_id"),
    (table_of(m.Claim), "article_id"),
)


def list_records(dossier: Any, section: str) -> Iterator[tuple[Any, Place]]:
    """List the records of a section of a dossier, each with its place."""
    held = getattr(dossier, section)
    if not isinstance(held, list):
        yield from [] if held is None else [(held, (section,))]
        return
    for number, record in enumerate(held):
        yield record, (section, number)


def list_with_children(record: Any, place: Place, owner: Ref | None = None) -> Iterator[Placed]:
    """List a record and those that belong to it, each with its reference and place."""
    form = form_of(type(record))
    ref = form.ref(record, owner)
    yield ref, record, place
    for name, _, _ in form.children:
        for number, child in enumerate(getattr(record, name)):
            yield from list_with_children(child, (*place, name, number), ref)
