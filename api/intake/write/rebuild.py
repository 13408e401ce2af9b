"""Rebuilds the folded columns and the search index from stored texts after a migration."""

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.folded_columns import rebuild_folded
from api.intake.rows import read_batches, table_of
from api.intake.write.denormalize import rebuild_denormalized
from api.intake.write.search_index import clear_index, index_records
from api.model.kinds import RecordKind
from api.text.version import VERSION

RECORD, STORED = table_of(m.Record), table_of(m.SearchVersion)
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
    """Rebuild all folded columns and the search index."""
    rebuild_folded(connection)
    rebuild_denormalized(connection)
    clear_index(connection)
    query = sa.select(RECORD.c.id, RECORD.c.kind, RECORD.c.key)
    for rows in read_batches(connection, query, RECORD.c.id):
        index_records(connection, {row.id: Ref(RecordKind(row.kind), row.key) for row in rows})
    connection.execute(sa.delete(STORED))
    connection.execute(sa.insert(STORED), {"version": VERSION})
