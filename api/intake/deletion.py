"""Deletes records by id, as one revision, unless other records refer to them."""

import getpass
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from api.errors import ImportFailure, Problem
from api.intake.drafts import Ref
from api.intake.progress import RunTransaction
from api.intake.summary import Summary
from api.intake.write.consistency import find_referrers
from api.intake.write.delete import delete, find_with_dependents
from api.intake.write.derive import derive
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind


def delete_records(
    ids: Iterable[str], write: RunTransaction, at: datetime | None = None
) -> Summary:
    """Delete records with their dependent records: offices, provisions, claims on or of them.

    Raises:
        ImportFailure: there is no such record, or records that stay refer to one; each problem is
            a line, and nothing was deleted.
    """
    listed = list(dict.fromkeys(ids))
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    why = "delete " + " ".join(listed)

    def work(connection: sa.Connection) -> Summary:
        writer = Writer(connection, moment, getpass.getuser(), why)
        refs = _find_records(listed, writer)
        gone = find_with_dependents(refs, writer)
        problems = [
            Problem(str(needed), 0, f"{by} refers to it: delete that too, or change it first")
            for needed, by in find_referrers(list(gone), writer)
            if by not in gone
        ]
        if problems:
            raise ImportFailure(problems)
        delete(refs, writer)
        derive(writer)
        writer.close()
        deleted = sum(action is ChangeAction.DELETED for action in writer.changes.values())
        return Summary(deleted=deleted)

    return write(work)


def _find_records(ids: list[str], writer: Writer) -> list[Ref]:
    """Return the references of the records with these ids.

    Raises:
        ImportFailure: there is none of some id.
    """
    refs = {}
    for id_ in ids:
        kind, _, key = id_.partition(":")
        if kind == kind.lower() and kind.upper() in RecordKind.__members__:
            refs[id_] = Ref(RecordKind(kind.upper()), key)
    writer.load(refs.values())
    missing = [id_ for id_ in ids if refs.get(id_) not in writer.ids]
    if missing:
        raise ImportFailure([Problem(id_, 0, "there is no such record") for id_ in missing])
    return list(refs.values())
