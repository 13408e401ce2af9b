"""Upserts drafts: only changed rows are written, as one revision."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from api import model as m
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft, Ref, find_source
from api.intake.forms.kinds import FOREIGN_KEYS, MAIN_TABLES, PARENT_COLUMNS, PART_TABLES, UNIQUE
from api.intake.forms.read_back import select_own
from api.intake.progress import StepProgress
from api.intake.rows import (
    Row,
    delete_among,
    fetch_among,
    fetch_grouped,
    select,
    table_of,
    update_rows,
)
from api.intake.write.denormalize import fill_denormalized
from api.intake.write.revision import RECORD, RevisionWriter
from api.intake.write.versions import Stored
from api.model.kinds import ChangeAction

K = TypeVar("K")

ADDITION, ARTICLE, CLAIM = map(table_of, (m.Addition, m.Article, m.Claim))
IDENTIFIER = table_of(m.Identifier)
EVENT_PLACE, PARTICIPATION = table_of(m.EventPlace), table_of(m.Participation)
# Denormalized columns that are computed after all rows are written, with their initial values.
INITIAL: dict[sa.Table, Row] = {
    table: {column.name: column.default.arg for column in table.c if column.default}  # type: ignore[attr-defined]
    for tables in MAIN_TABLES.values()
    for table in tables
}
# All tables with one row per record, in the order of MAIN_TABLES; all tables of dependent rows,
# each with its foreign key to the record.
MAINS = dict.fromkeys(table for tables in MAIN_TABLES.values() for table in tables)
PARTS = {table: owner for tables in PART_TABLES.values() for table, owner in tables.items()}
# The UNIQUE columns of each table.
UNIQUE_COLUMNS = {unique.table: unique.column for unique in UNIQUE.values()}


@dataclass(slots=True)
class Affected:
    """The rows that a revision wrote, and the records whose derived values it affects."""

    # Table → ids of the inserted rows; table → id → changed columns of the updated rows.
    created: dict[sa.Table, list[int]] = field(default_factory=lambda: defaultdict(list))
    updated: dict[sa.Table, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    # Actor id → the change in its number of events.
    event_counts: Counter[int] = field(default_factory=Counter)
    # Records of which claims, or what articles add to them, were written or deleted.
    claim_subjects: set[int] = field(default_factory=set)
    # Records whose identifiers were written.
    identified: set[int] = field(default_factory=set)
    # Records that moved to another home.
    moved: set[int] = field(default_factory=set)
    # Actors of which an office was deleted.
    former_holders: set[int] = field(default_factory=set)
    # Events that have, or had, several places, which changed.
    relocated: set[int] = field(default_factory=set)

    def count_events(self, old: Iterable[Row], new: Iterable[Row]) -> None:
        """Count an event's actors, when its participations are replaced."""
        self.event_counts.update({row["actor_id"] for row in new})
        self.event_counts.subtract({row["actor_id"] for row in old})


@dataclass(slots=True)
class Writer(RevisionWriter):
    """Writes drafts and the rows that derive from them, as one revision."""

    affected: Affected = field(default_factory=Affected)

    def write(self, drafts: Sequence[tuple[Dossier, Draft]], watch: StepProgress) -> None:
        """Write the drafts that differ from the stored rows, and set the ids in their rows."""
        self._register([pair for pair in drafts if pair[1].ref not in self.ids])
        by_table: dict[sa.Table, list[Draft]] = defaultdict(list)
        for _, draft in drafts:
            for table, rows in draft.rows.items():
                if rows or draft.added.get(table) or not self.is_new(draft.ref):
                    by_table[table].append(draft)
        for table in watch([table for table in MAINS if table in by_table], "Writing records"):
            self._write_main(table, by_table[table])
        parts = [item for item in PARTS.items() if item[0] in by_table]
        for table, owner in watch(parts, "Writing their parts"):
            self._write_parts(table, owner, by_table[table])

    def _register(self, drafts: Sequence[tuple[Dossier, Draft]]) -> None:
        homes = self.dossier_ids(dossier.name for dossier, _ in drafts)
        self.record_changes([draft.ref for _, draft in drafts], ChangeAction.CREATED)
        rows = []
        for dossier, draft in drafts:
            place = draft.source_row
            stored = Stored(self.next_id(RECORD), dossier.name, self.revision, place)
            self.ids[draft.ref] = stored
            row = {"id": stored.id, "kind": str(draft.ref.kind), "key": draft.ref.key}
            row |= {"dossier_id": homes[dossier.name], "revision_id": self.revision}
            row |= {"source_row": place, "digest": self.digests.get(draft.ref)}
            rows.append(row)
        self.insert(RECORD, rows)

    def resolve(self, table: sa.Table, row: Row) -> Row:
        """Replace a row's references with ids."""
        for name in FOREIGN_KEYS[table]:
            if type(ref := row.get(name)) is Ref:
                row[name] = self.ids[ref].id
        return row

    def _write_main(self, table: sa.Table, drafts: Sequence[Draft]) -> None:
        wanted: dict[int, Row] = {}
        new: list[Row] = []
        refs: dict[int, Ref] = {}
        for draft in drafts:
            key = self.ids[draft.ref].id
            row = draft.rows[table][0]
            row["id"] = key
            self.resolve(table, row)
            if self.is_new(draft.ref):
                new.append(row)
            else:
                wanted[key], refs[key] = row, draft.ref
        differing = self._compare(table, wanted)
        self.record_changes([refs[key] for key in differing], ChangeAction.UPDATED)
        if table is ARTICLE:
            self._keep_claims([key for key, row in differing.items() if "body" in row])
        self._clear_swapped_uniques(table, differing)
        self._insert_main(table, new)
        update_rows(self.connection, table, differing)
        self.affected.updated[table] |= differing
        if table is CLAIM:
            written = (*new, *(wanted[key] for key in differing))
            self.affected.claim_subjects.update(row["subject_id"] for row in written)

    def _keep_claims(self, articles: Iterable[int]) -> None:
        """Keep the lines of articles' claims, which say where in the old text their words are."""
        rows = fetch_among(self.connection, select(CLAIM.c.id), CLAIM.c.article_id, articles)
        self.keep_versions(self.load_by_id(row.id for row in rows).values())

    def _compare(self, table: sa.Table, wanted: Mapping[int, Row]) -> dict[int, Row]:
        """Return, by id, the changed columns of the rows that differ from the stored rows."""
        held = fetch_grouped(self.connection, table, "id", wanted)
        return {
            key: {name: value for name, value in wanted[key].items() if row[name] != value}
            for key, (row,) in held.items()
            if not wanted[key].items() <= row.items()
        }

    def _clear_swapped_uniques(self, table: sa.Table, differing: Mapping[int, Row]) -> None:
        """Clear the unique values of rows that change, so that other rows can take them over."""
        name = UNIQUE_COLUMNS.get(table)
        cleared = {
            key: {name: None if table.c[name].nullable else -key}
            for key, row in differing.items()
            if name in row
        }
        update_rows(self.connection, table, cleared)

    def _insert_main(self, table: sa.Table, rows: list[Row]) -> None:
        initial = INITIAL[table]
        if "recorded_at" in table.c:
            initial = initial | {"recorded_at": self.at}
        for row in rows:
            row.update(initial)
        fill_denormalized(self.connection, table, rows)
        self.affected.created[table] += [row["id"] for row in rows]
        for ready in _by_dependence(rows, PARENT_COLUMNS.get(table)):
            self.insert(table, ready)

    def _write_parts(self, table: sa.Table, owner: str, drafts: Sequence[Draft]) -> None:
        wanted: dict[int, list[Row]] = {}
        refs: dict[int, Ref] = {}
        own: Row = {"added_by_id": None} if "added_by_id" in table.c else {}
        for draft in drafts:
            rows = draft.rows[table]
            key = self.ids[draft.ref].id
            for row in rows:
                row.update(own)
            if draft.added:
                rows = rows + draft.added.get(table, [])
            for row in rows:
                row[owner] = key
                self.resolve(table, row)
            if draft.added:
                rows = _merge(table, rows)
            wanted[key], refs[key] = rows, draft.ref
        old = [key for key, ref in refs.items() if not self.is_new(ref)]
        held = fetch_grouped(self.connection, table, owner, old)
        self.replace(table, owner, wanted, held, refs)

    def replace(
        self,
        table: sa.Table,
        owner: str,
        wanted: Mapping[K, list[Row]],
        held: Mapping[K, list[Row]],
        refs: Mapping[K, Ref],
    ) -> None:
        """Replace the rows of each owner whose stored rows (`held`) differ from the `wanted` rows.

        `refs` maps owners to their records, which are recorded as updated.
        """
        differing = [
            key
            for key, rows in wanted.items()
            if (rows or held.get(key)) and not have_same_values(rows, held.get(key, []))
        ]
        if not differing:
            return
        column = table.c.id if "id" in table.c else table.c[owner]
        self.record_changes([refs[key] for key in differing], ChangeAction.UPDATED)
        gone: set[int] = set()
        added: list[Row] = []
        for key in differing:
            rows, old = wanted[key], held.get(key, [])
            added += rows
            gone.update(row[column.name] for row in old)
            if table is PARTICIPATION:
                self.affected.count_events(old, rows)
            if table is IDENTIFIER and rows:
                self.affected.identified.add(self.ids[refs[key]].id)
            if table is EVENT_PLACE and (old[1:] or rows[1:]):
                self.affected.relocated.add(self.ids[refs[key]].id)
            if table is ADDITION or any(row.get("added_by_id") for row in (*old, *rows)):
                self.affected.claim_subjects.add(self.ids[refs[key]].id)
        delete_among(self.connection, column, gone)
        self.insert(table, added)

    def differs(self, draft: Draft) -> bool:
        """Return whether a stored record's own rows differ from a draft's."""
        key = self.ids[draft.ref].id
        owners = dict.fromkeys(MAIN_TABLES[draft.ref.kind], "id")
        owners |= PART_TABLES.get(draft.ref.kind, {})
        return any(
            not have_same_values(
                [self.resolve(table, {owner: key, **row}) for row in draft.rows.get(table, [])],
                select_own(table, fetch_grouped(self.connection, table, owner, [key])[key]),
            )
            for table, owner in owners.items()
        )

    def move(self, homes: Mapping[Ref, str]) -> None:
        """Change the home dossiers of records."""
        ids = self.dossier_ids(homes.values())
        named = [
            ref for ref, name in homes.items() if any(map(find_source, (name, self.ids[ref].home)))
        ]
        self.record_changes(named, ChangeAction.UPDATED)  # since their lines name the source
        moves = {self.ids[ref].id: {"dossier_id": ids[name]} for ref, name in homes.items()}
        update_rows(self.connection, RECORD, moves)
        self.affected.moved.update(moves)


def have_same_values(wanted: list[Row], held: list[Row]) -> bool:
    """Return whether new and stored rows are equal, regardless of their order and ids."""
    if len(wanted) != len(held) or not wanted:
        return len(wanted) == len(held)
    pick = itemgetter(*wanted[0])
    ours, theirs = list(map(pick, wanted)), list(map(pick, held))
    return ours == theirs or Counter(ours) == Counter(theirs)


def _merge(table: sa.Table, rows: list[Row]) -> list[Row]:
    """Return one row for each item that several dossiers give, the first, and number them."""
    merged: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        item = merged.setdefault(tuple(row.get(name) for name in _list_identifying(table)), row)
        if "ordinal" in table.c and item is row:
            row["ordinal"] = len(merged) - 1
    return list(merged.values())


@cache
def _list_identifying(table: sa.Table) -> list[str]:
    """Return the columns in which two rows of a record differ: those of a UNIQUE constraint."""
    unique = (item.columns for item in table.constraints if isinstance(item, sa.UniqueConstraint))
    columns = next((found for found in unique if "ordinal" not in found), table.c)
    return [name for name in columns.keys() if name not in {"id", "ordinal", "added_by_id"}]  # noqa: SIM118


def _by_dependence(rows: list[Row], parent: str | None) -> Iterable[list[Row]]:
    """Yield rows in batches, each row after the row of its own table that it refers to."""
    if parent is None:
        yield rows
        return
    waiting = {row["id"]: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if row[parent] not in waiting]
        yield ready
        for row in ready:
            del waiting[row["id"]]
