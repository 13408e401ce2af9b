"""Rebuilds what derives from stored texts, as folded columns and the index, after a migration."""

from datetime import UTC, datetime

import sqlalchemy as sa

from api import model as m
from api.intake.adding import derive_contested
from api.intake.drafts import Ref
from api.intake.folded_columns import rebuild_folded
from api.intake.rows import read_batches, table_of
from api.intake.write.denormalize import rebuild_denormalized
from api.intake.write.search_index import clear_index, index_records
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind
from api.text.version import VERSION

RECORD, STORED = table_of(m.Record), table_of(m.SearchVersion)
ACTOR, ADDITION = table_of(m.Actor), table_of(m.Addition)
# SQLite drops a table's triggers with the table, also when a migration rebuilds it.
TRIGGER = (
    "CREATE TRIGGER IF NOT EXISTS search_record_delete AFTER DELETE ON search_record BEGIN "
    "DELETE FROM search_index WHERE rowid = old.id; END"
)


def complete_migration(connection: sa.Connection) -> None:
    """Rebuild a migrated database's folded columns and search index if their version is old."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(TRIGGER)
    if connection.scalar(sa.select(STORED.c.version)) != VERSION:
        rebuild(connection)


def rebuild(connection: sa.Connection) -> None:
    """Rebuild all folded columns, contested offices, and the search index."""
    rebuild_folded(connection)
    rebuild_denormalized(connection)
    _rebuild_contested(connection)
    clear_index(connection)
    query = sa.select(RECORD.c.id, RECORD.c.kind, RECORD.c.key)
    for rows in read_batches(connection, query, RECORD.c.id):
        index_records(connection, {row.id: Ref(RecordKind(row.kind), row.key) for row in rows})
    connection.execute(sa.delete(STORED))
    connection.execute(sa.insert(STORED), {"version": VERSION})


def _rebuild_contested(connection: sa.Connection) -> None:
    """Update which offices are contested, whose folded titles are compared."""
    writer = Writer(connection, datetime.now(UTC), "", "")  # it writes no revision
    query = sa.select(ACTOR.c.id).where(ACTOR.c.id.in_(sa.select(ADDITION.c.record_id)))
    for rows in read_batches(connection, query, ACTOR.c.id):
        derive_contested(writer.load_by_id(row.id for row in rows).values(), writer)
