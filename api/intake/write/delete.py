"""Deletes records with their rows, their children, and the claims on or of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms.kinds import MAIN_TABLES, OWNED, PARENT_COLUMNS, PART_TABLES
from api.intake.rows import (
    Row,
    delete_among,
    fetch_among,
    fetch_grouped,
    select,
    table_of,
    update_rows,
)
from api.intake.write.revision import RECORD
from api.intake.write.upsert import UNIQUE_COLUMNS, Writer
from api.model.kinds import ChangeAction, RecordKind

CLAIM, OFFICE, PARTICIPATION = table_of(m.Claim), table_of(m.Office), table_of(m.Participation)
NAME, DOSSIER, MERGED = map(table_of, (m.ActorName, m.Dossier, m.Merged))
GIVEN_NAMES = sa.select(NAME).join(DOSSIER, DOSSIER.c.id == NAME.c.dossier_id)


def delete(refs: Iterable[Ref], writer: Writer) -> None:
    """Delete records, with their rows and their dependent records."""
    gone = {writer.ids[ref].id: ref for ref in find_with_dependents(refs, writer)}
    if not gone:
        return
    writer.record_changes(gone.values(), ChangeAction.DELETED)
    _delete_spellings(gone, writer)
    _record_affected(list(gone), writer)
    _delete_rows(gone, writer)
    for ref in gone.values():
        del writer.ids[ref]


def find_with_dependents(refs: Iterable[Ref], writer: Writer) -> dict[Ref, None]:
    """Return the records and their dependents: offices, provisions, and claims on or of them."""
    gone = {writer.ids[ref].id: ref for ref in refs}
    found = list(gone)
    while found:
        found = [key for key in _find_owned(found, writer) if key not in gone]
        gone |= writer.load_by_id(found)
    return dict.fromkeys(gone.values())


def release_unique_values(refs: Collection[Ref], writer: Writer) -> None:
    """Clear the unique values of records that will be deleted, so that others can have them."""
    if not refs:
        return
    writer.keep_versions(find_with_dependents(refs, writer))
    for table, name in UNIQUE_COLUMNS.items():
        if table.c[name].nullable:
            ids = [writer.ids[ref].id for ref in refs if table in MAIN_TABLES[ref.kind]]
            update_rows(writer.connection, table, {id_: {name: None} for id_ in ids})
    actors = [writer.ids[ref].id for ref in refs if ref.kind is RecordKind.ACTOR]
    delete_among(writer.connection, MERGED.c.into_id, actors)


def _find_owned(owners: list[int], writer: Writer) -> set[int]:
    found: set[int] = set()
    for table, owner in OWNED:
        rows = fetch_among(writer.connection, select(table.c.id), table.c[owner], owners)
        found.update(row.id for row in rows)
    return found


def _delete_spellings(gone: Mapping[int, Ref], writer: Writer) -> None:
    """Delete the names that articles, which are deleted, give to actors of other dossiers."""
    homes = [str(ref) for ref in gone.values() if ref.kind is RecordKind.ARTICLE]
    if not homes:
        return
    held: dict[int, list[Row]] = defaultdict(list)
    for row in fetch_among(writer.connection, GIVEN_NAMES, DOSSIER.c.name, homes):
        if row.actor_id not in gone:
            held[row.actor_id].append(row._asdict())
    wanted: dict[int, list[Row]] = {actor: [] for actor in held}
    writer.replace(NAME, "actor_id", wanted, held, writer.load_by_id(held))


def _record_affected(gone: list[int], writer: Writer) -> None:
    """Record which other records the deletion affects."""
    affected = writer.affected
    rows = fetch_among(writer.connection, select(CLAIM.c.subject_id), CLAIM.c.id, gone)
    affected.claim_subjects.update(row.subject_id for row in rows)
    rows = fetch_among(writer.connection, select(OFFICE.c.holder_id), OFFICE.c.id, gone)
    affected.former_holders.update(row.holder_id for row in rows)
    for held in fetch_grouped(writer.connection, PARTICIPATION, "event_id", gone).values():
        affected.count_events(held, ())


def _delete_rows(gone: Mapping[int, Ref], writer: Writer) -> None:
    """Delete the rows of records, referring tables first."""
    kinds: dict[RecordKind, list[int]] = defaultdict(list)
    for key, ref in gone.items():
        kinds[ref.kind].append(key)
    for kind, ids in kinds.items():
        for table, owner in PART_TABLES.get(kind, {}).items():
            delete_among(writer.connection, table.c[owner], ids)
        (table, *_) = MAIN_TABLES[kind]
        if parent := PARENT_COLUMNS.get(table):
            update_rows(writer.connection, table, {key: {parent: None} for key in ids})
    for kind in reversed(MAIN_TABLES):
        delete_among(writer.connection, RECORD.c.id, kinds.get(kind, []))
