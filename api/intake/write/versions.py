"""Keeps what a revision changes: the lines of records as they were before it.

A first import changes no stored record, and so keeps nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms.kinds import CHILDREN, LINE_OF, owner_of
from api.intake.forms.read_back import read_foreign, read_records
from api.intake.rows import chunked, insert_rows, table_of
from api.model.kinds import RecordKind

VERSION = table_of(m.RecordVersion)


class Version(NamedTuple):
    """A record's line, and those of what other dossiers add to it, since the revision given."""

    since: int
    line: bytes
    aliases: bytes


class Stored(NamedTuple):
    """A stored record: its id, its home, the revision that last wrote it, its dataset's row.

    And the digest of the line that it is stored as; None if that is not known.
    """

    id: int
    home: str
    revision: int
    row: str | None = None
    digest: int | None = None


def find_line_of(ref: Ref) -> Ref:
    """Return the record whose line says this one: itself, or its owner."""
    return owner_of(ref) if ref.kind in CHILDREN else ref


def read_current(connection: sa.Connection, stored: Mapping[Ref, Stored]) -> dict[Ref, Version]:
    """Read the current lines of stored records; offices and provisions have none of their own."""
    kinds: dict[RecordKind, list[Ref]] = defaultdict(list)
    for ref in stored:
        if ref.kind not in CHILDREN:
            kinds[ref.kind].append(ref)
    versions = {}
    for kind, refs in kinds.items():
        for chunk in chunked(refs):
            ids = {stored[ref].id: ref for ref in chunk}
            foreign = read_foreign(connection, kind, ids)
            for ref, line in read_records(connection, LINE_OF[kind], ids).items():
                versions[ref] = Version(stored[ref].revision, line, b"".join(foreign[ref]))
    return versions


def write_versions(
    connection: sa.Connection, revision: int, versions: Iterable[tuple[Ref, Version]]
) -> None:
    """Write the lines that a revision replaced or deleted."""
    rows = [
        {
            "kind": str(ref.kind),
            "key": ref.key,
            "until": revision,
            "since": version.since,
            "line": version.line.decode(),
            "aliases": version.aliases.decode(),
        }
        for ref, version in versions
    ]
    insert_rows(connection, VERSION, rows)
