"""The types of revisions, of the changes that they made, and of releases.

Docstrings and descriptions are the API's documentation for clients.
"""

import strawberry

from api import model as m
from api.model import kinds
from api.schema.bindings import Form
from api.schema.connections import Connection
from api.schema.entities import entity
from api.schema.fields import (
    any_record,
    ascending,
    descending,
    identity,
    line,
    one,
    part_of,
    token,
    value,
)
from api.schema.scalars import DateTime
from api.schema.types import Node

LINE = (
    "An actor's is followed by a line for each name that other dossiers give it; that of an office "
    "or a provision is the line of the record it belongs to."
)


@entity(m.Revision)
class Revision:
    """A write transaction: an import, a deletion or a mutation."""

    number: int = value(
        m.Revision.id,
        "Its number: 1 for the first. Revisions become visible in the order of their numbers.",
        Form.INTEGER,
    )
    at: DateTime = value(m.Revision.at, "When it was written.", Form.MOMENT)
    by: str = value(m.Revision.by, "Who wrote it: a command, or the name of an API key.")
    why: str = value(m.Revision.why, "Why it was written: the files imported, or the mutation.")
    changes: Connection["Change"] = part_of(
        m.Change.revision_id,
        ascending(m.Change.kind, m.Change.key),
        "The changes that it made, by kind and key of the record.",
    )


@entity(m.Change, order=ascending(m.Change.revision_id, m.Change.kind, m.Change.key))
class Change:
    """The change of a record by a revision."""

    id: strawberry.ID = identity(
        m.Change.key,
        m.Change.kind,
        'The id `change:<revision>:<record id>`: "change:7:meeting:ankara-reception".',
        revision=m.Change.revision_id,
    )
    kind: kinds.RecordKind = token(m.Change.kind, "The kind of the record.")
    record: strawberry.ID = identity(m.Change.key, m.Change.kind, "The id of the record.")
    action: kinds.ChangeAction = token(m.Change.action, "What happened to the record.")
    revision: Revision = one(m.Change.revision_id, "The revision that made the change.")
    node: Node | None = any_record(
        m.Change.key, "The record as it is now; null if it does not exist any more.", m.Change.kind
    )
    before: str | None = line(
        m.Change,
        "The record as a line of JSON Lines before the change; null if it did not exist, or if the "
        "line was not kept. " + LINE,
        before=True,
    )
    after: str | None = line(
        m.Change,
        "The record as a line of JSON Lines after the change; null if it was deleted. " + LINE,
        before=False,
    )


@entity(
    m.Release,
    order=(*descending(m.Release.revision_id, m.Release.at), *ascending(m.Release.name)),
)
class Release:
    """A named, immutable copy of the database as it was at the end of a revision."""

    name: str = value(m.Release.name, "Its name.")
    revision: Revision = one(m.Release.revision_id, "The last revision that it contains.")
    created_at: DateTime = value(m.Release.at, "When it was made.", Form.MOMENT)
    records: int = value(m.Release.records, "The number of its records.", Form.INTEGER)
    sha256: str = token(m.Release.sha256, "The SHA-256 of its export, in hexadecimal.")
    note: str | None = value(m.Release.note, "A note on it.")
