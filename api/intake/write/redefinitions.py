"""Actors and places that two homes define: where they agree but for names, all names are kept.

Which of the two definitions says more is compared by their fields, without names and claims.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from api.intake.draft.additions import Addition
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft, Ref
from api.intake.folded_columns import fold_columns
from api.intake.forms.part import Part
from api.intake.forms.read_back import select_own
from api.intake.forms.records import AddRecord, NameRecord
from api.intake.forms.special_codecs import build_name
from api.intake.read.lines import Line, read_item
from api.intake.rows import Row, fetch_grouped, table_of
from api.intake.write.upsert import Writer
from api.intake.write.versions import read_current
from api.model.actors import ActorName, PlaceName
from api.model.kinds import RecordKind

NAMES, PLACE_NAMES = table_of(ActorName), table_of(PlaceName)
Fields = dict[str, Any]


def find_record(dossier: Dossier, draft: Draft) -> Part:
    """Return the record that a draft was made of."""
    found: Any = dossier.record
    for step in draft.location:
        found = found[step] if isinstance(step, int) else getattr(found, step)
    record: Part = found
    return record


def read_record(ref: Ref, dossier: Dossier, writer: Writer) -> Part:
    """Return a stored record, as its line says it."""
    line = read_current(writer.connection, {ref: writer.ids[ref]})[ref].line
    item = read_item(dossier.document.path, Line(0, 0, line))
    assert item is not None
    record: Part = item.record
    return record


def says_all(one: Part, other: Part) -> bool:
    """Return whether a definition of a record says all that the other says, but for names."""
    said = _dump(one)
    return all(
        all(item in said.get(name, ()) for item in value)
        if isinstance(value, list)
        else said.get(name) == value
        for name, value in _dump(other).items()
    )


def _dump(record: Part) -> Fields:
    left_out = {"names", "aliases", "claims"}
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)


def draft_names(ref: Ref, record: Any) -> Draft:
    """Draft the names of a definition of an actor as aliases."""
    return Draft(ref, (), {NAMES: _build_aliases(NAMES, record)})


def _build_aliases(table: sa.Table, record: Any) -> list[Row]:
    rows = [
        *(build_name(text, language) for language, text in record.names.items()),
        *(build_name(name.text, name.language) for name in record.aliases),
    ]
    return [row | fold_columns(table, row) for row in rows]


def add_aliases(rows: list[Row], record: Part) -> None:
    """Add the names of a definition of a place to the rows of the place's own names."""
    add_rows(rows, _build_aliases(PLACE_NAMES, record))


def keep_aliases(drafts: Mapping[Ref, tuple[Dossier, Draft]], writer: Writer) -> None:
    """Add the stored aliases of places to drafts of lines, which take no name back."""
    places = {
        writer.ids[ref].id: draft
        for ref, (dossier, draft) in drafts.items()
        if ref.kind is RecordKind.PLACE and ref in writer.ids
        if not dossier.whole and dossier.name == writer.ids[ref].home
    }
    for id_, rows in fetch_grouped(writer.connection, PLACE_NAMES, "place_id", places).items():
        aliases = (row for row in select_own(PLACE_NAMES, rows) if not row["preferred"])
        names = places[id_].rows[PLACE_NAMES]
        add_rows(names, ({name: row[name] for name in names[0]} for row in aliases))


def add_rows(rows: list[Row], more: Iterable[Row]) -> None:
    """Add the rows of names that are not yet among some of the same record."""
    known = {(row["text"], row["language"], row["observed"]) for row in rows}
    for row in more:
        name = row["text"], row["language"], row["observed"]
        if name not in known:
            known.add(name)
            rows.append(row)


def add_names(dossier: Dossier, draft: Draft, given: list[Addition]) -> None:
    """Add the names of a definition of a place to what its dossier's article adds to the place."""
    assert dossier.article is not None
    record: Any = find_record(dossier, draft)
    names = [NameRecord(text=text, language=tag) for tag, text in record.names.items()]
    for addition in given:
        if addition.dossier is dossier and addition.ref == draft.ref:
            break
    else:
        addition = Addition(dossier, dossier.article, Draft(draft.ref, draft.location))
        given.append(addition)
    added = AddRecord(to=str(draft.ref), aliases=[*names, *record.aliases])
    addition.write("aliases", added, draft.location)


def can_name(ref: Ref) -> bool:
    """Return whether a definition of a record can give names to another definition of it."""
    return ref.kind in (RecordKind.ACTOR, RecordKind.PLACE)
