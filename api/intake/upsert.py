"""Drafts in, rows in the tables out: exactly what changed is written, as one revision."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Dossier, Draft, Ref, Row
from api.intake.progress import Watch
from api.model.columns import LAST
from api.model.kinds import ChangeAction, RecordKind
from api.text.language import direction

# By kind, the tables whose one row shares the record's id, in the order that they refer to
# each other; then those whose rows belong to the record, with the column that says so.
EVENT_PARTS = {
    m.Participation: "event_id",
    m.EventCode: "event_id",
    m.EventTopic: "event_id",
}
MAIN: dict[RecordKind, tuple[Any, ...]] = {
    RecordKind.ACTOR: (m.Actor,),
    RecordKind.PLACE: (m.Place,),
    RecordKind.TOPIC: (m.Topic,),
    RecordKind.OFFICE: (m.Office,),
    RecordKind.ARTICLE: (m.Article,),
    RecordKind.MEETING: (m.Event, m.Meeting),
    RecordKind.AGREEMENT: (m.Event, m.Agreement),
    RecordKind.STATEMENT: (m.Event, m.Statement),
    RecordKind.APPEAL: (m.Event, m.Appeal),
    RecordKind.PROVISION: (m.Provision,),
    RecordKind.CLAIM: (m.Claim,),
}
PARTS: dict[RecordKind, dict[Any, str]] = {
    RecordKind.ACTOR: {m.ActorCandidate: "actor_id"},
    RecordKind.MEETING: EVENT_PARTS,
    RecordKind.AGREEMENT: EVENT_PARTS | {m.AgreementAim: "agreement_id"},
    RecordKind.STATEMENT: EVENT_PARTS,
    RecordKind.APPEAL: EVENT_PARTS,
    RecordKind.PROVISION: {m.ProvisionTopic: "provision_id"},
    RecordKind.CLAIM: {m.Attribution: "claim_id"},
}
# What is derived from other rows when all is written, with what it is until then.
DERIVED: dict[str, Row] = {
    "event": {"place_asc": LAST, "place_desc": "", "contested": False},
    "article": {"publisher_asc": LAST, "publisher_desc": ""},
    "actor": {"event_count": 0},
    "place": {"country_within": None},
    "provision": {"agreement_date_asc": "~", "agreement_date_desc": ""},
}
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records an import created, updated and found unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        """Write the last line of an import."""
        return f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that the tables hold."""

    id: int
    dossier: int


@dataclass(slots=True)
class Writer:
    """Writes one revision; nothing is written where nothing changes."""

    connection: sa.Connection
    at: datetime
    by: str
    why: str
    ids: dict[Ref, Stored] = field(default_factory=dict)
    dossiers: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    next_ids: dict[str, int] = field(default_factory=dict)
    changes: dict[Ref, ChangeAction] = field(default_factory=dict)

    def table(self, model: Any) -> sa.Table:
        """Give a model's table."""
        table: sa.Table = model.__table__
        return table

    def load(self) -> None:
        """Read which records there are."""
        record = self.table(m.Record)
        for row in self.connection.execute(sa.select(record)):
            self.ids[Ref(RecordKind(row.kind), row.key)] = Stored(row.id, row.dossier_id)
        dossier = self.table(m.Dossier)
        for row in self.connection.execute(sa.select(dossier)):
            self.dossiers[row.name] = row.id

    def next_id(self, table: sa.Table) -> int:
        """Give a table's next integer key; writers take turns, so the greatest plus one is free."""
        if table.name not in self.next_ids:
            greatest = self.connection.scalar(sa.select(sa.func.max(table.c.id)))
            self.next_ids[table.name] = greatest or 0
        self.next_ids[table.name] += 1
        return self.next_ids[table.name]

    def revise(self) -> int:
        """Begin the revision, when the first change is written."""
        if not self.revision:
            table = self.table(m.Revision)
            self.revision = self.next_id(table)
            self.insert(
                table, [{"id": self.revision, "at": self.at, "by": self.by, "why": self.why}]
            )
        return self.revision

    def insert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Insert rows."""
        if rows:
            self.connection.execute(sa.insert(table), list(rows))

    def mark(self, ref: Ref, action: ChangeAction) -> None:
        """Remember a change; a record created in this revision is not updated besides."""
        self.revise()
        self.changes.setdefault(ref, action)

    def dossier_id(self, name: str) -> int:
        """Give a dossier's key, registering it where it is new."""
        if name not in self.dossiers:
            table = self.table(m.Dossier)
            self.dossiers[name] = self.next_id(table)
            self.insert(table, [{"id": self.dossiers[name], "name": name}])
        return self.dossiers[name]

    # Records.

    def write(self, drafts: Sequence[tuple[Dossier, Draft]], watch: Watch) -> None:
        """Write the drafts that differ from what the tables hold."""
        created = [(dossier, draft) for dossier, draft in drafts if draft.ref not in self.ids]
        self._register(created)
        new = {draft.ref for _, draft in created}
        mains = list(dict.fromkeys(model for models in MAIN.values() for model in models))
        for model in watch(mains, "Writing records"):
            self._write_main(model, drafts, new)
        parts = {model: owner for tables in PARTS.values() for model, owner in tables.items()}
        for model, owner in watch(list(parts.items()), "Writing what is theirs"):
            self._write_parts(model, owner, drafts)

    def _register(self, drafts: Sequence[tuple[Dossier, Draft]]) -> None:
        table = self.table(m.Record)
        rows = []
        for dossier, draft in drafts:
            stored = Stored(self.next_id(table), self.dossier_id(dossier.name))
            self.ids[draft.ref] = stored
            self.mark(draft.ref, ChangeAction.CREATED)
            row = {"id": stored.id, "kind": str(draft.ref.kind), "key": draft.ref.key}
            rows.append(row | {"dossier_id": stored.dossier, "revision_id": self.revision})
        self.insert(table, rows)

    def resolve(self, row: Row) -> Row:
        """Put ids in the place of references."""
        return {
            name: self.ids[value].id if isinstance(value, Ref) else value
            for name, value in row.items()
        }

    def _write_main(
        self, model: Any, drafts: Sequence[tuple[Dossier, Draft]], new: set[Ref]
    ) -> None:
        table = self.table(model)
        wanted = {
            self.ids[draft.ref].id: (draft.ref, self.resolve(draft.rows[table][0]))
            for _, draft in drafts
            if table in draft.rows and model in MAIN[draft.ref.kind]
        }
        held = {row["id"]: row for row in self.fetch(table, "id", wanted)}
        inserts = []
        for key, (ref, row) in wanted.items():
            if key not in held:
                inserts.append({"id": key, **row, **self._initial(table)})
                continue
            differing = {name: value for name, value in row.items() if held[key][name] != value}
            if differing and ref not in new:
                self.mark(ref, ChangeAction.UPDATED)
                self.connection.execute(sa.update(table).where(table.c.id == key).values(differing))
        # What refers to rows of its own table comes after them.
        for row in _by_dependence(inserts, table):
            self.insert(table, [row])

    def _initial(self, table: sa.Table) -> Row:
        recorded = {"recorded_at": self.at} if "recorded_at" in table.c else {}
        return DERIVED.get(table.name, {}) | recorded

    def chunks(self, keys: Sequence[int]) -> Iterator[Sequence[int]]:
        """Cut a list into lists that one statement can hold."""
        for start in range(0, len(keys), CHUNK):
            yield keys[start : start + CHUNK]

    def fetch(self, table: sa.Table, column: str, keys: Iterable[int]) -> list[Row]:
        """Fetch the rows whose column is one of these keys."""
        found: list[Row] = []
        for chunk in self.chunks(list(keys)):
            query = sa.select(table).where(table.c[column].in_(chunk))
            found += [dict(row._mapping) for row in self.connection.execute(query)]  # noqa: SLF001
        return found

    def _write_parts(self, model: Any, owner: str, drafts: Sequence[tuple[Dossier, Draft]]) -> None:
        table = self.table(model)
        wanted: dict[int, list[Row]] = {}
        refs: dict[int, Ref] = {}
        for _, draft in drafts:
            if table in draft.rows:
                key = self.ids[draft.ref].id
                refs[key] = draft.ref
                wanted[key] = [{owner: key, **self.resolve(row)} for row in draft.rows[table]]
        held: dict[int, list[Row]] = defaultdict(list)
        for row in self.fetch(table, owner, wanted):
            held[row[owner]].append(row)
        for key, rows in wanted.items():
            if not _same(rows, held[key]):
                self.mark(refs[key], ChangeAction.UPDATED)
                self.connection.execute(sa.delete(table).where(table.c[owner] == key))
                self.insert_numbered(table, rows)

    def replace(self, table: sa.Table, where: Any, rows: list[Row], ref: Ref) -> None:
        """Make the rows that meet a condition exactly these, if they are not."""
        query = sa.select(table).where(where)
        held = [dict(row._mapping) for row in self.connection.execute(query)]  # noqa: SLF001
        if not _same(rows, held):
            self.mark(ref, ChangeAction.UPDATED)
            self.connection.execute(sa.delete(table).where(where))
            self.insert_numbered(table, rows)

    def differs(self, draft: Draft) -> bool:
        """Tell whether a record's own rows are others than a draft's."""
        key = self.ids[draft.ref].id
        owners = {model.__table__: owner for model, owner in PARTS.get(draft.ref.kind, {}).items()}
        for model in MAIN[draft.ref.kind]:
            owners[model.__table__] = "id"
        return any(
            not _same(
                [{owner: key, **self.resolve(row)} for row in draft.rows.get(table, [])],
                self.fetch(table, owner, [key]),
            )
            for table, owner in owners.items()
        )

    def insert_numbered(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Insert rows, numbering them where the table has keys of its own."""
        numbered = "id" in table.c
        self.insert(
            table, [{"id": self.next_id(table), **row} if numbered else row for row in rows]
        )

    def delete(self, refs: Iterable[Ref]) -> None:
        """Delete records, with all that is theirs."""
        table = self.table(m.Record)
        for ref in refs:
            self.connection.execute(sa.delete(table).where(table.c.id == self.ids[ref].id))
            self.changes[ref] = ChangeAction.DELETED
            self.revise()
            del self.ids[ref]

    def move(self, ref: Ref, name: str) -> None:
        """Make another dossier the home of a record."""
        table = self.table(m.Record)
        self.connection.execute(
            sa.update(table)
            .where(table.c.id == self.ids[ref].id)
            .values(dossier_id=self.dossier_id(name))
        )

    def add_languages(self, tags: set[str]) -> None:
        """Register the languages that texts are in."""
        table = self.table(m.Language)
        known = set(self.connection.scalars(sa.select(table.c.tag)))
        self.insert(
            table, [{"tag": tag, "direction": direction(tag)} for tag in sorted(tags - known)]
        )

    def close(self) -> None:
        """Write down what the revision changed."""
        if not self.changes:
            return
        record, change = self.table(m.Record), self.table(m.Change)
        for ref, action in self.changes.items():
            if action is ChangeAction.UPDATED:
                self.connection.execute(
                    sa.update(record)
                    .where(record.c.id == self.ids[ref].id)
                    .values(revision_id=self.revision)
                )
        rows = [
            {
                "revision_id": self.revision,
                "kind": str(ref.kind),
                "key": ref.key,
                "action": str(action),
            }
            for ref, action in self.changes.items()
        ]
        self.insert(change, rows)


def _same(wanted: list[Row], held: list[Row]) -> bool:
    def count(rows: list[Row], names: Iterable[str]) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(row[name] for name in names) for row in rows)

    if len(wanted) != len(held):
        return False
    names = sorted(wanted[0]) if wanted else []
    return count(wanted, names) == count(held, names)


def _by_dependence(rows: list[Row], table: sa.Table) -> list[Row]:
    """Sort rows so that what they refer to in their own table comes first."""
    column = (
        next(
            (
                column.name
                for column in table.c
                if column.references(table.c.id) and column.name != "id"
            ),
            None,
        )
        if "id" in table.c
        else None
    )
    if column is None:
        return rows
    waiting = {row["id"]: row for row in rows}
    ordered: list[Row] = []
    while waiting:
        ready = [row for row in waiting.values() if row[column] not in waiting]
        if not ready:
            return ordered + list(waiting.values())
        ordered += ready
        for row in ready:
            del waiting[row["id"]]
    return ordered
