"""Merges an actor into another: the lines that name it are rewritten.

The merged actor's names, offices, memberships, participations and claims become the other's. Its
key leads to the other, whose line has it in `merged`.
"""

import getpass
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import orjson
import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake.drafts import Ref
from api.intake.forms.kinds import CHILDREN
from api.intake.forms.read_back import ALIAS
from api.intake.progress import RunTransaction
from api.intake.renaming import Fields, Renaming
from api.intake.replay import write_exactly
from api.intake.rows import table_of
from api.intake.write.consistency import find_referrers
from api.intake.write.delete import find_with_dependents
from api.intake.write.upsert import Writer
from api.intake.write.versions import Stored, find_line_of, read_current
from api.model.kinds import ActorKind, RecordKind

ADDITION, CHANGE, CLAIM, MERGED = map(table_of, (m.Addition, m.Change, m.Claim, m.Merged))


def merge_actors(writer: Writer, old: str, new: str) -> None:
    """Merge the actor with the key `old` into the one with the key `new`, as one revision.

    Raises:
        ImportFailure: there is no such actor, they are one, both have an office of one key, or
            what one has cannot be the other's, such as a date in the words of its article.
    """
    merged, survivor = (
        _find_actor(writer, key, place) for key, place in ((old, "from"), (new, "into"))
    )
    if merged == survivor:
        raise refuse("into", "an actor is not merged into itself: name another", "INVALID")
    dependents = find_with_dependents([merged], writer)
    stored = read_current(writer.connection, _find_naming(merged, survivor, dependents, writer))
    gone = [ref for ref in dependents if ref.kind not in CHILDREN]
    lines = []
    renaming = Renaming({old: new})
    into, other = stored.pop(survivor), stored.pop(merged)
    line = orjson.loads(other.line)
    lines.append(renaming.rename_line(_join(orjson.loads(into.line), line)))
    for ref, version in stored.items():
        record, *added = map(orjson.loads, (version.line + version.aliases).splitlines())
        renamed = renaming.rename_line(record)
        lines += [renamed, *map(renaming.rename_line, added)]
        if ref.kind is RecordKind.CLAIM and renamed != record:
            gone.append(ref)  # its key follows from what it says
    aliases = map(orjson.loads, (other.aliases + into.aliases).splitlines())
    lines += [renaming.rename_line(alias) for alias in (*_as_aliases(line), *aliases)]
    try:
        write_exactly(writer, dict.fromkeys(map(orjson.dumps, lines)), gone)
    except ImportFailure as refused:
        text = f"{merged} cannot be merged into {survivor}"
        problems = [
            Problem("from", 0, f"{text}: {item.text}", item.code) for item in refused.problems
        ]
        raise ImportFailure(problems) from None


def _find_naming(
    merged: Ref, survivor: Ref, dependents: Iterable[Ref], writer: Writer
) -> dict[Ref, Stored]:
    """Find both actors, and the records whose lines name the merged one or what belongs to it."""
    named = {find_line_of(by) for _, by in find_referrers([*dependents], writer, spelled=False)}
    claims = sa.select(CLAIM.c.id).where(CLAIM.c.value == merged.key)
    added = sa.select(ADDITION.c.record_id).where(ADDITION.c.line.contains(f'"{merged.key}"'))
    for ids in (claims, added):
        named.update(writer.load_by_id(writer.connection.scalars(ids)).values())
    named.update(dependents)
    refs = [ref for ref in {*named, survivor} if ref.kind not in CHILDREN]
    writer.load(refs)
    return {ref: writer.ids[ref] for ref in refs}


def run_merge(old: str, new: str, write: RunTransaction, at: datetime | None = None) -> int:
    """Merge an actor into another, and return how many records changed.

    Raises:
        ImportFailure: as `merge_actors`; nothing was written.
    """

    def work(connection: sa.Connection) -> int:
        writer = open_writer(connection, f"merge actor:{old} into actor:{new}", at)
        merge_actors(writer, old, new)
        return len(writer.changes)

    return write(work)


def open_writer(connection: sa.Connection, why: str, at: datetime | None) -> Writer:
    """Return what writes a revision of a command, by the user who runs it."""
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    return Writer(connection, moment, getpass.getuser(), why)


def _find_actor(writer: Writer, key: str, place: str) -> Ref:
    ref = Ref(RecordKind.ACTOR, key)
    writer.load([ref])
    if ref not in writer.ids:
        raise refuse(place, f"there is no {ref}", "NOT_FOUND")
    return ref


def refuse(place: str, text: str, code: str) -> ImportFailure:
    """Return the error of one problem with an argument."""
    return ImportFailure([Problem(place, 0, text, code)])


def _join(into: Fields, merged: Fields) -> Fields:
    """Return an actor's line with the identifiers, names, key, offices … of the merged one.

    An actor is no member of itself, has no office in itself, and only an unidentified one gets
    candidates.

    Raises:
        ImportFailure: both have an office of one key.
    """
    offices = [*into.get("offices", ()), *merged.get("offices", ())]
    keys = [office["key"] for office in offices]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        text = f"both have an office with the key {twice}: rename one of them first"
        raise refuse("from", text, "TAKEN")
    itself = into["key"], merged["key"]
    for office in offices:
        if office.get("organization") in itself:
            del office["organization"]
    unidentified = into["kind"] == ActorKind.UNRESOLVED
    others = merged.get("candidates", ()) if unidentified else ()
    candidates = (*into.get("candidates", ()), *others)
    memberships = (*into.get("memberships", ()), *merged.get("memberships", ()))
    joined = {
        "identifiers": [*into.get("identifiers", ()), *merged.get("identifiers", ())],
        "aliases": [
            *into.get("aliases", ()),
            *(() if "article" in merged else _list_names(merged)),
        ],
        "offices": offices,
        "memberships": [item for item in memberships if item["organization"] not in itself],
        "candidates": [key for key in candidates if key not in itself],
        "merged": [*into.get("merged", ()), *merged.get("merged", ()), merged["key"]],
    }
    item = {"wikidata": merged["wikidata"]} if "wikidata" in merged else {}
    return {name: value for name, value in (item | into | joined).items() if value != []}


def _list_names(actor: Fields) -> Iterator[Fields]:
    for language, text in actor["names"].items():
        yield {"text": text, "language": language}
    yield from actor.get("aliases", ())


def _as_aliases(merged: Fields) -> Iterator[Fields]:
    """Yield the names that an article's dossier gave a merged actor, as aliases by that article."""
    if "article" in merged:
        for name in _list_names(merged):
            yield {"record": ALIAS, "article": merged["article"], **name, "actor": merged["key"]}
