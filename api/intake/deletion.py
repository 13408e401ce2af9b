"""Deletes records by id, as one revision, unless other records refer to them."""

import getpass
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from api.errors import ImportFailure, Problem
from api.intake.adding import take_back
from api.intake.drafts import Ref
from api.intake.progress import RunTransaction
from api.intake.summary import Summary
from api.intake.write.consistency import find_referrers
from api.intake.write.delete import delete, find_with_dependents
from api.intake.write.derive import derive
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction

NONE = "there is no such record"
NO_ID = 'this is no id: write "<kind>:<key>", such as meeting:camp-david-talks'


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
        refs, _ = find_deleted(listed, writer)
        delete(refs, writer)
        derive(writer)
        writer.close()
        deleted = sum(action is ChangeAction.DELETED for action in writer.changes.values())
        return Summary(deleted=deleted)

    return write(work)


def find_deleted(
    ids: list[str], writer: Writer, *, cascade: bool = False
) -> tuple[list[Ref], dict[Ref, None]]:
    """Return the records with these ids, and all records that go when they are deleted.

    With `cascade` the records that refer to them go too, and those that refer to these. What
    articles among them add to others is taken back before, since other articles may add the same.

    Raises:
        ImportFailure: there is no such record, or records that stay refer to one; what was taken
            back is to be undone by the caller.
    """
    refs = _find_records(ids, writer)
    take_back(refs, writer)
    gone = find_with_dependents(refs, writer)
    while referring := _find_referring(gone, writer, spelled=not cascade):
        if not cascade:
            advice = "delete that too, or change it first"
            problems = [
                Problem(needed, 0, f"{by} refers to it: {advice}", "REFERENCED")
                for needed, by in referring
            ]
            raise ImportFailure(problems)
        more = dict.fromkeys(by for _, by in referring)
        take_back(more, writer)
        refs += more
        gone = find_with_dependents(refs, writer)
    return refs, gone


def _find_referring(
    gone: Collection[Ref], writer: Writer, *, spelled: bool
) -> list[tuple[Ref, Ref]]:
    """Return pairs: a record that goes, and a record that refers to it and does not go."""
    pairs = find_referrers(list(gone), writer, spelled=spelled)
    return [(needed, by) for needed, by in pairs if by not in gone]


def _find_records(ids: list[str], writer: Writer) -> list[Ref]:
    """Return the references of the records with these ids.

    Raises:
        ImportFailure: an id is not that of a stored record.
    """
    refs = {id_: Ref.parse(id_) for id_ in ids}
    found = list(filter(None, refs.values()))
    writer.load(found)
    missing = [id_ for id_, ref in refs.items() if ref not in writer.ids]
    if missing:
        raise ImportFailure(
            [Problem(id_, 0, NONE if refs[id_] else NO_ID, "NOT_FOUND") for id_ in missing]
        )
    return found
