"""Reads records as they were at the end of a revision: of what is stored, and of kept versions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import merge
from operator import itemgetter
from typing import Any, BinaryIO

import sqlalchemy as sa

from api import model as m
from api.errors import HistoryError
from api.intake.drafts import Ref
from api.intake.forms.kinds import CHILDREN, LINES
from api.intake.forms.read_back import FOREIGN, list_kinds, read_named
from api.intake.rows import CHUNK, chunked, fetch_among, fetch_each, table_of
from api.intake.write.versions import VERSION, Stored, Version, find_line_of, read_current
from api.model.kinds import ChangeAction, RecordKind
from api.output import naming

CHANGE, RECORD, RELEASE, REVISION = map(table_of, (m.Change, m.Record, m.Release, m.Revision))
Moment = tuple[Ref, int]  # a record, and the revision at whose end it is asked for


def find_newest(connection: sa.Connection) -> int:
    """Return the number of the newest revision; 0 if there is none."""
    return connection.scalar(sa.select(sa.func.max(REVISION.c.id))) or 0


def find_beginning(connection: sa.Connection) -> int:
    """Return the revision that history is known from: what later ones changed is kept.

    Revisions before Mithaq kept versions replaced lines without keeping them.
    """
    kept = sa.exists().where(
        VERSION.c.kind == CHANGE.c.kind,
        VERSION.c.key == CHANGE.c.key,
        VERSION.c.until == CHANGE.c.revision_id,
    )
    query = sa.select(sa.func.max(CHANGE.c.revision_id)).where(
        CHANGE.c.action != str(ChangeAction.CREATED),
        CHANGE.c.kind.not_in([str(kind) for kind in CHILDREN]),
        ~kept,
    )
    return connection.scalar(query) or 0


def check_known(connection: sa.Connection, revision: int) -> None:
    """Raise HistoryError if the lines at the end of a revision are not all known."""
    if revision < (beginning := find_beginning(connection)):
        message = f"History is known from revision {beginning} on: {revision} is before it."
        raise HistoryError(message)


def read_versions(
    connection: sa.Connection, moments: Iterable[Moment]
) -> dict[Moment, bytes | None]:
    """Return the lines of records as they were at the ends of revisions.

    After a record's line come those of what other dossiers add to it. An office or a
    provision is in its owner's line. None stands for a record that did not exist, and for a line
    that was replaced before versions were kept.
    """
    wanted = {moment: (find_line_of(moment[0]), moment[1]) for moment in moments}
    kept = _read_kept(connection, {ref for ref, _ in wanted.values()})
    current: dict[RecordKind, set[str]] = defaultdict(set)
    lines: dict[Moment, bytes | None] = {}
    for moment, (ref, revision) in wanted.items():
        found = (line for since, until, line in kept[ref] if since <= revision < until)
        lines[moment] = next(found, None)
        if lines[moment] is None:
            current[ref.kind].add(ref.key)
    stored = _read_stored(connection, current)
    for moment, (ref, revision) in wanted.items():
        if lines[moment] is None and ref in stored and stored[ref].since <= revision:
            lines[moment] = stored[ref].line + stored[ref].aliases
    return lines


def _read_kept(
    connection: sa.Connection, refs: Iterable[Ref]
) -> Mapping[Ref, list[tuple[int, int, bytes]]]:
    kinds: dict[RecordKind, list[str]] = defaultdict(list)
    for ref in refs:
        kinds[ref.kind].append(ref.key)
    kept: dict[Ref, list[tuple[int, int, bytes]]] = defaultdict(list)
    for kind, keys in kinds.items():
        for row in fetch_among(connection, _select_kept(kind), VERSION.c.key, keys):
            line = (row.line + row.aliases).encode()
            kept[Ref(kind, row.key)].append((row.since, row.until, line))
    return kept


@cache
def _select_kept(kind: RecordKind) -> sa.Select[Any]:
    return sa.select(VERSION).where(VERSION.c.kind == str(kind))


def _read_stored(
    connection: sa.Connection, kinds: Mapping[RecordKind, Iterable[str]]
) -> dict[Ref, Version]:
    stored: dict[Ref, Stored] = {}
    for kind, keys in kinds.items():
        for row in fetch_each(connection, _select_stored(kind), RECORD.c.key, keys):
            stored[Ref(kind, row.key)] = Stored(row.id, "", row.revision_id)
    return read_current(connection, stored)


@cache
def _select_stored(kind: RecordKind) -> sa.Select[Any]:
    query = sa.select(RECORD.c.key, RECORD.c.id, RECORD.c.revision_id)
    return query.where(RECORD.c.kind == str(kind))


# All records as of a revision.


def read_lines_at(connection: sa.Connection, revision: int) -> Iterator[bytes]:
    """Yield what an export wrote at the end of a revision.

    Memory does not grow with the database.

    Raises:
        HistoryError: what was replaced since then is not known.
    """
    check_known(connection, revision)
    for name in LINES:
        for kind in list_kinds(name):
            stored = _list_stored(connection, name, kind, revision)
            kept = _list_kept(connection, name, kind, revision)
            for _, lines in merge(stored, kept, key=itemgetter(0)):
                yield from lines


def _list_stored(
    connection: sa.Connection, name: str, kind: RecordKind, revision: int
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield, by key, the lines of stored records that no later revision wrote."""
    query = sa.select(RECORD.c.key, RECORD.c.id).where(RECORD.c.kind == str(kind))
    query = query.where(RECORD.c.revision_id <= revision)
    for rows in _read_by_key(connection, query, RECORD.c.key):
        refs = {row.id: Ref(kind, row.key) for row in rows}
        lines = read_named(connection, name, refs)
        yield from ((ref.key, lines[ref]) for ref in refs.values())


def _list_kept(
    connection: sa.Connection, name: str, kind: RecordKind, revision: int
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield, by key, the kept lines that were current at the end of a revision."""
    column = VERSION.c.aliases if name in FOREIGN else VERSION.c.line
    begin = f'{{"record":"{name}",'.encode()  # the column has lines of several names
    query = sa.select(VERSION.c.key, column).where(VERSION.c.kind == str(kind))
    query = query.where(VERSION.c.since <= revision, VERSION.c.until > revision)
    for rows in _read_by_key(connection, query, VERSION.c.key):
        for key, text in rows:
            lines = text.encode().splitlines(keepends=True)
            yield key, [line for line in lines if line.startswith(begin)]


def _read_by_key(
    connection: sa.Connection, query: sa.Select[Any], key: Any
) -> Iterator[Sequence[Any]]:
    batch = query.where(key > sa.bindparam("last")).order_by(key).limit(CHUNK)
    last = ""
    while rows := connection.execute(batch, {"last": last}).all():
        yield rows
        last = rows[-1].key


def find_changed(connection: sa.Connection, after: int, until: int) -> Iterator[Ref]:
    """Yield the records whose lines revisions after one and up to another changed, by key."""
    query = sa.select(CHANGE.c.kind, CHANGE.c.key).distinct()
    query = query.where(CHANGE.c.revision_id > after, CHANGE.c.revision_id <= until)
    for kind, key in connection.execute(query.order_by(CHANGE.c.kind, CHANGE.c.key)):
        if (ref := Ref(RecordKind(kind), key)).kind not in CHILDREN:
            yield ref


def read_differences(
    connection: sa.Connection, after: int, until: int
) -> Iterator[tuple[bytes | None, bytes | None]]:
    """Yield, for each record that differs between the ends of two revisions, its two lines.

    Raises:
        HistoryError: what was replaced since then is not known.
    """
    check_known(connection, min(after, until))
    for refs in chunked(find_changed(connection, *sorted((after, until)))):
        lines = read_versions(connection, [(ref, at) for ref in refs for at in (after, until)])
        for ref in refs:
            pair = lines[ref, after], lines[ref, until]
            if pair[0] != pair[1]:
                yield pair


def write_differences(
    connection: sa.Connection, after: str, until: str | None, output: BinaryIO
) -> None:
    """Write the lines that differ between two revisions: `-` and the old, `+` and the new line.

    Raises:
        OutputError: the output cannot be written.
        HistoryError: there is no such revision, or what was replaced since then is not known.
    """
    revisions = find_revision(connection, after), find_revision(connection, until)
    for pair in read_differences(connection, *revisions):
        for sign, line in zip((b"-", b"+"), pair, strict=True):
            parts = (line or b"").splitlines(keepends=True)
            with naming("standard output"):
                output.writelines(sign + part for part in parts)
    with naming("standard output"):
        output.flush()


def find_revision(connection: sa.Connection, named: str | None) -> int:
    """Return the revision of a number or release, or the last of a day or moment (ISO 8601, UTC).

    Without a name it is the newest; 0 stands for the database before the first.

    Raises:
        HistoryError: it names none.
    """
    newest = find_newest(connection)
    if named is None:
        return newest
    if named.isdecimal():
        if int(named) <= newest:
            return int(named)
        message = f"There is no revision {named}: the newest is {newest}."
        raise HistoryError(message)
    released = sa.select(RELEASE.c.revision_id).where(RELEASE.c.name == named)
    if (revision := connection.scalar(released)) is not None:
        return int(revision)
    try:
        moment = datetime.fromisoformat(named)
    except ValueError:
        message = (
            f'"{named}" names no revision: give its number, or a date such as 2026-01-31, or the '
            "name of a release."
        )
        raise HistoryError(message) from None
    if len(named) <= len("2026-01-31"):
        moment += timedelta(days=1, microseconds=-1)
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    query = sa.select(sa.func.max(REVISION.c.id)).where(REVISION.c.at <= moment)
    return connection.scalar(query) or 0
