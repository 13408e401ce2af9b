"""Writes a revision: its row, the records that it changes, and what these were before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref, find_source
from api.intake.forms.kinds import CHILDREN, owner_of
from api.intake.rows import (
    Row,
    fetch_among,
    fetch_pairs,
    insert_rows,
    select,
    table_of,
    update_rows,
)
from api.intake.write.counts import write_counts
from api.intake.write.versions import Stored, Version, read_current, write_versions
from api.model.kinds import ChangeAction, RecordKind
from api.model.records import REVISION_CHANNEL
from api.statements import call_later, fetch
from api.text.language import direction

RECORD, DOSSIER, LANGUAGE = map(table_of, (m.Record, m.Dossier, m.Language))

# The name of a record's dossier, as a subquery: with a join, a database may scan all dossiers.
HOME = sa.select(DOSSIER.c.name).where(DOSSIER.c.id == RECORD.c.dossier_id).scalar_subquery()

# Statements are built once: building one takes longer than SQLite takes to answer it.
KEYS = RECORD.c.kind, RECORD.c.key
STORED = (
    *(RECORD.c.id, HOME.label("home"), RECORD.c.revision_id),
    *(RECORD.c.source_row, RECORD.c.digest),
)
RECORDS = sa.select(*KEYS, *STORED)
# The greatest key of each table whose rows a writer numbers, and the stored languages.
NUMBERED = {
    table.name: sa.select(sa.func.max(table.c.id)).scalar_subquery().label(table.name)
    for table in m.METADATA.sorted_tables
    if "id" in table.c and not table.c.id.foreign_keys
}
COMMA: Any = sa.literal_column("','")
LANGUAGES = sa.func.aggregate_strings(LANGUAGE.c.tag, COMMA)
COUNTERS = sa.select(*NUMBERED.values(), sa.select(LANGUAGES).scalar_subquery().label("languages"))
REFS = sa.select(RECORD.c.id, RECORD.c.kind, RECORD.c.key)
NOTIFY = f"pg_notify('{REVISION_CHANNEL}', '')"


@dataclass(slots=True)
class RevisionWriter:
    """Writes a revision and the list of its changes; without changes no revision is written.

    It knows the stored records that were loaded, numbers new rows, and keeps the lines of records
    before they change. Transactions that write run one at a time.
    """

    connection: sa.Connection
    at: datetime
    by: str
    why: str
    ids: dict[Ref, Stored] = field(default_factory=dict)
    # Records that are not stored.
    missing: set[Ref] = field(default_factory=set)
    dossiers: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    next_ids: dict[str, int] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    changes: dict[Ref, ChangeAction] = field(default_factory=dict)
    # The stored records that this revision changes, as they were before it.
    versions: dict[Ref, Version] = field(default_factory=dict)
    # The digests of the lines that records are then stored as; other changed records lose theirs.
    digests: Mapping[Ref, int] = field(default_factory=dict)

    def load(self, refs: Iterable[Ref]) -> None:
        """Load the stored records with these references into memory."""
        given = dict.fromkeys(refs)
        wanted = [ref for ref in given if ref not in self.ids and ref not in self.missing]
        if not wanted:
            return
        self.missing.update(wanted)
        pairs = [(str(ref.kind), ref.key) for ref in wanted]
        for kind, key, *stored in fetch_pairs(self.connection, RECORDS, KEYS, pairs):
            ref = Ref(RecordKind(kind), key)
            self.ids[ref] = Stored(*stored)
            self.missing.discard(ref)

    def load_by_id(self, ids: Iterable[int]) -> dict[int, Ref]:
        """Load the stored records with these ids into memory, and return their references."""
        rows = fetch_among(self.connection, REFS, RECORD.c.id, ids)
        found = {key: Ref(RecordKind(kind), name) for key, kind, name in rows}
        self.load(found.values())
        return found

    def load_dossiers(self, names: Iterable[str]) -> None:
        """Load the ids of the dossiers with these names into memory."""
        query = select(DOSSIER.c.name, DOSSIER.c.id)
        rows = fetch_among(self.connection, query, DOSSIER.c.name, names)
        self.dossiers |= {row.name: row.id for row in rows}

    def next_id(self, table: sa.Table) -> int:
        """Return a table's next key, the greatest plus one: there is one writer at a time."""
        self._read_counters()
        self.next_ids[table.name] += 1
        return self.next_ids[table.name]

    def _read_counters(self) -> None:
        """Read each table's greatest key and the stored languages, unless they were read."""
        if not self.next_ids:
            (row,) = fetch(self.connection, COUNTERS)
            found = row._asdict()
            self.languages = set((found.pop("languages") or "").split(","))
            self.next_ids = {name: number or 0 for name, number in found.items()}

    def insert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Insert rows; number them if the table has an integer key that they lack."""
        if rows and "id" not in rows[0] and table.name in NUMBERED:
            for row in rows:
                row["id"] = self.next_id(table)
        insert_rows(self.connection, table, rows)

    def revise(self) -> int:
        """Write the revision's row on the first call; return the revision's id."""
        if not self.revision:
            table = table_of(m.Revision)
            self.revision = self.next_id(table)
            row = {"id": self.revision, "at": self.at, "by": self.by, "why": self.why}
            self.insert(table, [row])
            if self.connection.dialect.name == "postgresql":  # delivered when it commits
                call_later(self.connection, NOTIFY)
        return self.revision

    def record_changes(self, refs: Iterable[Ref], action: ChangeAction) -> None:
        """Record a change of records, before their rows change.

        A record created in this revision is not also listed as updated; one whose offices or
        provisions change is, since its line has them.
        """
        new = [ref for ref in refs if ref not in self.changes or action is ChangeAction.DELETED]
        if not new:
            return
        self.revise()
        if action is not ChangeAction.CREATED:
            self.keep_versions(new)
        self.changes |= dict.fromkeys(new, action)
        owners = dict.fromkeys(owner_of(ref) for ref in new if ref.kind in CHILDREN)
        if owners:
            self.load(owners)
            self.record_changes([ref for ref in owners if ref in self.ids], ChangeAction.UPDATED)

    def keep_versions(self, refs: Iterable[Ref]) -> None:
        """Keep the lines of stored records, as they are before this revision changes them."""
        kept = {
            ref: self.ids[ref]
            for ref in refs
            if ref not in self.versions and ref not in self.changes and ref in self.ids
        }
        self.versions |= read_current(self.connection, kept)

    def dossier_ids(self, names: Iterable[str]) -> dict[str, int]:
        """Return the ids of dossiers by name; create the missing ones."""
        wanted = [name for name in dict.fromkeys(names) if name not in self.dossiers]
        if not wanted:
            return self.dossiers
        self.load_dossiers(wanted)
        new: list[Row] = []
        for name in wanted:
            if name not in self.dossiers:
                kind, key = find_source(name) or (None, None)
                row = {"id": self.next_id(DOSSIER), "name": name}
                new.append(row | {"source_kind": kind and str(kind), "source_key": key})
        self.insert(DOSSIER, new)
        self.dossiers |= {str(row["name"]): int(row["id"]) for row in new}
        return self.dossiers

    def is_new(self, ref: Ref) -> bool:
        """Return whether this revision created a record."""
        return self.changes.get(ref) is ChangeAction.CREATED

    def write_source_rows(self, rows: Mapping[Ref, str | None]) -> None:
        """Change the rows of their datasets that stored records were made of."""
        changed = {ref: row for ref, row in rows.items() if row != self.ids[ref].row}
        self.record_changes(changed, ChangeAction.UPDATED)
        ids = {self.ids[ref].id: {"source_row": row} for ref, row in changed.items()}
        update_rows(self.connection, RECORD, ids)

    def write_digests(self) -> None:
        """Write the digests of lines that stored records, which did not change, are stored as."""
        new = {
            self.ids[ref].id: {"digest": digest}
            for ref, digest in self.digests.items()
            if ref not in self.changes and self.ids[ref].digest != digest
        }
        update_rows(self.connection, RECORD, new)

    def add_languages(self, tags: Iterable[str]) -> None:
        """Store the languages of texts, if they are not stored yet."""
        self._read_counters()
        new = sorted(set(tags) - self.languages)
        self.insert(LANGUAGE, [{"tag": tag, "direction": direction(tag)} for tag in new])
        self.languages.update(new)

    def close(self) -> None:
        """Write the list of changed records and the counts of records."""
        if not self.changes:
            return
        updated = {
            self.ids[ref].id: {"revision_id": self.revision, "digest": self.digests.get(ref)}
            for ref, action in self.changes.items()
            if action is ChangeAction.UPDATED
        }
        update_rows(self.connection, RECORD, updated)
        rows = [
            {"revision_id": self.revision, "kind": str(kind), "key": key, "action": str(action)}
            for (kind, key), action in self.changes.items()
        ]
        self.insert(table_of(m.Change), rows)
        changed = ((ref, kept) for ref, kept in self.versions.items() if ref in self.changes)
        write_versions(self.connection, self.revision, changed)
        write_counts(self.connection, self.revision, self.changes)
