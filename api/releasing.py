"""Creates releases.

A release is made from a backup: revisions after the release's are undone in it, and what does not
derive from records (API keys, history, older releases) is deleted. The answers are those of a
database into which the records were imported as one revision.
"""

from datetime import UTC, datetime
from functools import partial

import sqlalchemy as sa

from api import model as m
from api.backup import back_up
from api.database.sqlite import write_compact
from api.database.transactions import read, write_aside, writing
from api.errors import ReleaseError
from api.intake.batches import analyze
from api.intake.history import (
    check_known,
    find_changed,
    find_newest,
    find_revision,
    read_versions,
)
from api.intake.replay import write_exactly
from api.intake.rows import CHUNK, table_of
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction
from api.output import hash_file, naming, temporary_folder
from api.releases import (
    NEW,
    READ_ONLY,
    Release,
    at_file,
    check_name,
    find_file,
    find_release,
    hash_export,
    taken,
)
from api.settings import Settings

CHANGE, COUNT, DOSSIER = map(table_of, (m.Change, m.RecordCount, m.Dossier))
RECORD, RELEASE, REVISION = map(table_of, (m.Record, m.Release, m.Revision))
# Tables of which a release has no rows.
LEFT_OUT = (m.ApiKey, m.Bookmark, m.Followed, m.Idempotency, m.Release, m.RecordVersion)
CREATED = str(ChangeAction.CREATED)


def create_release(
    settings: Settings, name: str, at: str | None = None, note: str | None = None
) -> Release:
    """Create a release as of a revision's number or a date; as of now by default.

    The file gets its name in the transaction that writes the release's row. Memory does not grow
    with the database.

    Raises:
        ReleaseError: the name is taken or not valid, or there is nothing to release.
        HistoryError: there is no such revision, or what it held is not known.
    """
    check_name(name)
    if read(settings, partial(find_release, name=name)):
        raise taken(name)
    revision = read(settings, partial(_find_revision, at=at))
    path = find_file(settings, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path), temporary_folder(path.parent, NEW) as temporary:
        copy, file = temporary / "backup" / path.name, temporary / path.name
        copy.parent.mkdir()  # the temporary folder is locked, which a backup would wait for
        back_up(settings, copy)
        records = _reduce(at_file(settings, copy), revision, f"release {name}")
        write_compact(copy, file)  # since free pages may have deleted rows
        file.chmod(READ_ONLY)
        digest = hash_export(settings, file)
        now = datetime.now(UTC).replace(microsecond=0)
        release = Release(name, revision, now, records, digest, note, hash_file(file))

        def publish(connection: sa.Connection) -> None:
            try:
                connection.execute(sa.insert(RELEASE), release._asdict())
            except sa.exc.IntegrityError:
                raise taken(name) from None
            file.replace(path)

        write_aside(settings, publish)
    return release


def _find_revision(connection: sa.Connection, at: str | None) -> int:
    """Return the number of the revision that a release is made of."""
    revision = find_revision(connection, at)
    if revision == 0:
        message = "The database had no records at that time: there is nothing to release."
        raise ReleaseError(message)
    check_known(connection, revision)
    return revision


def _reduce(settings: Settings, revision: int, why: str) -> int:
    """Reduce a copy of a database to the records of a revision, and return their number."""
    with writing(settings) as write:
        newest = until = write(find_newest)
        while until > revision:
            until = write(partial(_undo, until=until, revision=revision))
        if newest > revision:
            write(partial(_restore_times, revision=revision))
        return write(partial(_forget, revision=revision, why=why))


def _undo(connection: sa.Connection, until: int, revision: int) -> int:
    """Undo some of the revisions after one and up to another; return the one before these.

    As many are undone together as bound memory.
    """
    after = _find_before(connection, until, revision)
    moments = [(ref, after) for ref in find_changed(connection, after, until)]
    lines = read_versions(connection, moments)
    parts = [part for line in lines.values() if line for part in line.splitlines(keepends=True)]
    gone = [ref for (ref, _), line in lines.items() if line is None]
    now = datetime.now(UTC).replace(microsecond=0)
    write_exactly(Writer(connection, now, "mithaq", "undo"), parts, gone)
    return after


def _find_before(connection: sa.Connection, until: int, revision: int) -> int:
    """Return the revision after which, up to another, at least `CHUNK` changes were made."""
    size = sa.func.count()
    query = sa.select(CHANGE.c.revision_id, size).group_by(CHANGE.c.revision_id)
    query = query.where(CHANGE.c.revision_id.between(revision + 1, until))
    changes = 0
    for number, some in connection.execute(query.order_by(CHANGE.c.revision_id.desc())):
        changes += some
        if changes >= CHUNK:
            return int(number) - 1
    return revision


def _restore_times(connection: sa.Connection, revision: int) -> None:
    """Set the time at which records entered the database that were deleted or created since."""
    since = CHANGE.alias()
    again = sa.select(RECORD.c.id).join(
        since, (since.c.kind == RECORD.c.kind) & (since.c.key == RECORD.c.key)
    )
    again = again.where(since.c.revision_id > revision, since.c.action == CREATED)
    for table in m.METADATA.tables.values():
        if "recorded_at" in table.c:
            of_row = (RECORD.c.id == table.c.id) & (CHANGE.c.kind == RECORD.c.kind)
            created = (
                sa.select(sa.func.max(REVISION.c.at))
                .join(CHANGE, CHANGE.c.revision_id == REVISION.c.id)
                .join(RECORD, of_row & (CHANGE.c.key == RECORD.c.key))
                .where(CHANGE.c.action == CREATED, CHANGE.c.revision_id <= revision)
            )
            times = sa.func.coalesce(created.scalar_subquery(), table.c.recorded_at)
            update = sa.update(table).where(table.c.id.in_(again))
            connection.execute(update.values(recorded_at=times))


def _forget(connection: sa.Connection, revision: int, why: str) -> int:
    """Delete what does not derive from records, as if one revision had created all of them."""
    for model in LEFT_OUT:
        connection.execute(sa.delete(table_of(model)))
    connection.execute(sa.update(RECORD).values(revision_id=revision))
    for table in (CHANGE, COUNT):
        connection.execute(sa.delete(table))
    connection.execute(sa.delete(REVISION).where(REVISION.c.id != revision))
    connection.execute(sa.update(REVISION).values(by="mithaq", why=why))
    number, created = sa.literal(revision), sa.literal(CREATED)
    changes = sa.select(number, RECORD.c.kind, RECORD.c.key, created)
    connection.execute(sa.insert(CHANGE).from_select(list(CHANGE.c.keys()), changes))
    counts = sa.select(RECORD.c.kind, number, sa.func.count()).group_by(RECORD.c.kind)
    connection.execute(sa.insert(COUNT).from_select(list(COUNT.c.keys()), counts))
    files = sa.update(DOSSIER).where(DOSSIER.c.source_kind.is_(None))
    connection.execute(files.values(name=sa.cast(DOSSIER.c.id, sa.Text)))  # these are paths
    analyze(connection)
    return connection.scalar(sa.select(sa.func.count()).select_from(RECORD)) or 0
