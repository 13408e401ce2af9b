"""Takes back the merging of an actor: lines are written as they were before it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

import orjson
import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake.drafts import SOURCES, Ref
from api.intake.forms.kinds import CHILDREN, owner_of
from api.intake.history import Moment, find_newest, read_versions
from api.intake.merging import merge_actors, open_writer, refuse
from api.intake.progress import RunTransaction
from api.intake.renaming import Fields, Renaming
from api.intake.replay import write_exactly
from api.intake.rows import fetch_among, select, table_of
from api.intake.write.consistency import find_referrers
from api.intake.write.upsert import Writer
from api.intake.write.versions import find_line_of
from api.model.kinds import RecordKind
from api.statements import run_sql

CHANGE, MERGED = map(table_of, (m.Change, m.Merged))
CHANGES = select(CHANGE.c.revision_id, CHANGE.c.kind, CHANGE.c.key)


def unmerge_actors(writer: Writer, key: str) -> list[Ref]:
    """Take back the merging of an actor; return the records left as they are.

    These were changed after the actor was merged, so that they cannot be as they were. Where only
    later merges changed them, these are taken back first, and then made again, each as a revision
    of its own.

    Raises:
        ImportFailure: no actor of this key was merged, or not in this database: an import of
            lines knows which actors were merged, and not what their own records were. What was
            written has to be rolled back.
    """
    _find_holder(writer, key)
    taken_back = _take_back_later(writer, key)
    left, _ = _take_back(_open_next(writer) if taken_back else writer, key)
    while taken_back:
        old, new = taken_back.pop()
        merge_actors(_open_next(writer) if taken_back else writer, old, new)
    return left


def _open_next(writer: Writer) -> Writer:
    """Return what writes another revision like a writer's, before that one's."""
    return Writer(writer.connection, writer.at, writer.by, writer.why)


def _take_back_later(writer: Writer, key: str) -> list[tuple[str, str]]:
    """Take back, newest first, the merges since an actor's that changed the same records.

    Return the actors of each, merged and survivor. If one of them cannot be taken back exactly,
    none is.
    """
    later = _find_later(writer, key)
    if not later:
        return []
    run_sql(writer.connection, "SAVEPOINT unmerging")
    taken_back: list[tuple[str, str]] = []
    try:
        for merged in reversed(later):
            left, survivor = _take_back(_open_next(writer), merged)
            if left:
                break
            taken_back.append((merged, survivor))
    except ImportFailure:
        taken_back.clear()
    if len(taken_back) < len(later):
        taken_back.clear()
        run_sql(writer.connection, "ROLLBACK TO SAVEPOINT unmerging")
    run_sql(writer.connection, "RELEASE SAVEPOINT unmerging")
    return taken_back


def _find_later(writer: Writer, key: str) -> list[str]:
    """Find the merged actors, oldest first, whose merges changed what that of an actor did.

    Or what the merge of another of them did: it was made on what that one had written.
    """
    number, made = _find_last_change(Ref(RecordKind.ACTOR, key), writer)
    touched = set(made)
    last = sa.func.max(CHANGE.c.revision_id)
    query = sa.select(last, CHANGE.c.key).join(MERGED, MERGED.c.key == CHANGE.c.key)
    query = query.where(CHANGE.c.kind == str(RecordKind.ACTOR)).group_by(CHANGE.c.key)
    found = writer.connection.execute(query.having(last > number))
    merges: dict[int, str] = {revision: merged for revision, merged in found}  # noqa: C416
    changed: dict[int, set[Ref]] = defaultdict(set)
    for row in fetch_among(writer.connection, CHANGES, CHANGE.c.revision_id, merges):
        changed[row.revision_id].add(Ref(RecordKind(row.kind), row.key))
    later = []
    for revision in sorted(merges):
        if not touched.isdisjoint(changed[revision]):
            touched |= changed[revision]
            later.append(merges[revision])
    return later


def _take_back(writer: Writer, key: str) -> tuple[list[Ref], str]:
    """Take back a merge, as one revision; return the records left as they are, and the survivor.

    Raises:
        ImportFailure: as `unmerge_actors`.
    """
    merged, holder = Ref(RecordKind.ACTOR, key), _find_holder(writer, key)
    number, refs = _find_last_change(merged, writer)
    made = [ref for ref in refs if ref.kind not in CHILDREN]
    newest = find_newest(writer.connection)
    moments = [(ref, at) for ref in made for at in (number - 1, number, newest)]
    read = read_versions(writer.connection, [*moments, (holder, newest)])
    lines_at = {moment: _parse(text) for moment, text in read.items()}
    _drop_lost(lines_at, writer)
    survivor = next((ref for ref in made if key in _list_merged(lines_at[ref, number])), None)
    if survivor is None:
        text = f"{merged} was merged elsewhere: what its own records were is not known here"
        raise refuse("id", text, "NOT_FOUND")
    if not lines_at[merged, number - 1]:
        text = f"the source of {merged} was deleted since it was merged: import that first"
        raise refuse("id", text, "NOT_FOUND")
    renaming = Renaming({key: survivor.key})
    before = _restore(made, lines_at, (number - 1, number, newest), renaming)
    moved = [ref for ref in refs if ref.kind in CHILDREN and owner_of(ref) == survivor]
    if _find_users(moved, writer) - before.keys():
        before.pop(survivor, None)  # it keeps the offices in use
    lines = before | {holder: before.get(holder, lines_at[holder, newest])}
    own = {key, *_list_merged(before[merged])}.intersection(_list_merged(lines_at[holder, newest]))
    for ref, (line, *_) in ((ref, found) for ref, found in lines.items() if found):
        if ref.kind is RecordKind.ACTOR:
            others = set(_list_merged(lines_at[ref, newest])) - own
            line["merged"] = sorted(own - {key} if ref == merged else others)
    gone = [ref for ref, found in lines.items() if not found]
    written = [orjson.dumps(line) for found in lines.values() for line in found]
    try:
        write_exactly(writer, written, gone)
    except ImportFailure as refused:
        text = f"{merged} cannot be as it was"
        problems = [
            Problem("id", 0, f"{text}: {item.text}", item.code) for item in refused.problems
        ]
        raise ImportFailure(problems) from None
    return sorted(ref for ref in made if ref not in before), survivor.key


def _find_holder(writer: Writer, key: str) -> Ref:
    """Return the actor that a merged actor's key leads to.

    Raises:
        ImportFailure: no actor of this key was merged.
    """
    into = writer.connection.scalar(sa.select(MERGED.c.into_key).where(MERGED.c.key == key))
    if into is None:
        raise refuse("id", f"no actor:{key} was merged into another", "NOT_FOUND")
    return Ref(RecordKind.ACTOR, into)


def _find_last_change(ref: Ref, writer: Writer) -> tuple[int, list[Ref]]:
    """Return the revision that last changed a record, and all records that it changed."""
    last = sa.select(sa.func.max(CHANGE.c.revision_id))
    last = last.where(CHANGE.c.kind == str(ref.kind), CHANGE.c.key == ref.key)
    number = writer.connection.scalar(last) or 0
    changes = sa.select(CHANGE.c.kind, CHANGE.c.key).where(CHANGE.c.revision_id == number)
    return number, [Ref(RecordKind(kind), key) for kind, key in writer.connection.execute(changes)]


def _parse(text: bytes | None) -> list[Fields]:
    return [orjson.loads(line) for line in (text or b"").splitlines()]


def _drop_lost(lines_at: Mapping[Moment, list[Fields]], writer: Writer) -> None:
    """Drop the lines that articles and datasets gave which were deleted since."""
    given = {
        source for lines in lines_at.values() for line in lines for source in _list_sources(line)
    }
    writer.load(given)
    for lines in lines_at.values():
        lines[:] = [line for line in lines if writer.missing.isdisjoint(_list_sources(line))]


def _list_sources(line: Fields) -> list[Ref]:
    """Return the article or dataset that a line is of, unless it is its own."""
    return [Ref(kind, line[name]) for name, kind in SOURCES.items() if name in line]


def _list_merged(lines: list[Fields]) -> list[str]:
    """Return the keys that lead to the actor of a line, which its aliases follow."""
    return lines[0].get("merged", []) if lines else []


def _restore(
    refs: list[Ref],
    lines_at: Mapping[Moment, list[Fields]],
    revisions: tuple[int, int, int],
    renaming: Renaming,
) -> dict[Ref, list[Fields]]:
    """Return the lines of records before a merge, unless a record's own changed since.

    What articles have added to the records since, or taken back, stays so. The revisions are that
    before the merge, the merge and the newest.
    """
    _, merge, newest = revisions
    still = [line for ref in refs for line in lines_at[ref, newest][1:]]
    lost = [line for ref in refs for line in lines_at[ref, merge][1:] if line not in still]
    restored = {}
    for ref in refs:
        old, made, now = (lines_at[ref, at] for at in revisions)
        if _without_merged(made) == _without_merged(now):
            kept = [line for line in old[1:] if renaming.rename_line(line) not in lost]
            added = [line for line in now[1:] if line not in made]
            restored[ref] = [*old[:1], *kept, *added]
    return restored


def _without_merged(lines: list[Fields]) -> list[Fields]:
    """Return a record's own line, if there is one, without the keys that lead to it."""
    return [{name: value for name, value in line.items() if name != "merged"} for line in lines[:1]]


def _find_users(offices: list[Ref], writer: Writer) -> set[Ref]:
    """Find the records that refer to offices which were moved by merging."""
    writer.load(offices)
    moved = [ref for ref in offices if ref in writer.ids]
    return {find_line_of(by) for _, by in find_referrers(moved, writer, spelled=False)}


def run_unmerge(key: str, write: RunTransaction, at: datetime | None = None) -> list[Ref]:
    """Take back the merging of an actor, and return the records left as they are.

    Raises:
        ImportFailure: as `unmerge_actors`; nothing was written.
    """
    return write(
        lambda connection: unmerge_actors(open_writer(connection, f"unmerge actor:{key}", at), key)
    )
