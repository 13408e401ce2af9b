"""Writes actors' names: of actors that a dossier defines, and of actors of other dossiers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from api import model as m
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft, Mode, Ref
from api.intake.folded_columns import fold_columns
from api.intake.forms.records import NameRecord
from api.intake.forms.special_codecs import build_name
from api.intake.read.files import Location
from api.intake.rows import Row, fetch_among, fetch_grouped, table_of
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind
from api.statements import fetch

NAMES, DOSSIER = table_of(m.ActorName), table_of(m.Dossier)
OF_DOSSIER = DOSSIER.c.id == NAMES.c.dossier_id
GIVEN_AT_HOME = (
    sa.select(NAMES.c.text, NAMES.c.language, NAMES.c.observed)
    .join(DOSSIER, OF_DOSSIER)
    .where(NAMES.c.actor_id == sa.bindparam("actor"), DOSSIER.c.name == sa.bindparam("home"))
)
NAMED_IN = sa.select(NAMES.c.actor_id, NAMES.c.dossier_id).distinct()
NAMED_BY = sa.select(NAMES.c.actor_id, DOSSIER.c.name).distinct().join(DOSSIER, OF_DOSSIER)
Given = dict[tuple[Ref, str], list[Row]]


def write_names(  # noqa: PLR0913, PLR0917 — all of one import
    dossiers: list[Dossier],
    drafts: Mapping[Ref, tuple[Dossier, Draft]],
    named: Iterable[tuple[Dossier, Draft]],
    moves: Mapping[Ref, str],
    writer: Writer,
    mode: Mode,
) -> None:
    """Write the names that each dossier gives to actors that it or another dossier defines.

    `named` are second definitions of actors, whose names become aliases: by the dossier's article
    or, if it has none, by the actor's home, which keeps them as long as it is not replaced.
    `moves` maps records to their new homes; the names that an actor's old home gave are deleted.
    The mode tells which other names of the actors that the dossiers define are deleted.
    """
    given = _find_no_longer_given(dossiers, moves, writer)
    if mode is Mode.EXACT:
        given |= _find_all_given(drafts, writer)
    given |= {(ref, writer.ids[ref].home): [] for ref in moves if ref.kind is RecordKind.ACTOR}
    present = {dossier.name for dossier in dossiers}
    for ref, (_, draft) in drafts.items():
        if NAMES in draft.rows and (home := moves.get(ref, writer.ids[ref].home)) in present:
            given[ref, home] = list(draft.rows[NAMES])
    second = _list_second_names(named, moves, writer)
    added = {pair for pair in second if pair[1] not in present}
    for pair, rows in second.items():
        given.setdefault(pair, []).extend(rows)
    homes = writer.dossier_ids([*present, *(name for _, name in given)])
    for dossier, ref, row in _read_aliases(dossiers):
        given.setdefault((ref, dossier.name), []).append(row)
    held = _read_held(given, writer)
    partial = {item.name for item in dossiers if not item.whole}
    wanted, refs = {}, {}
    for (ref, name), rows in given.items():
        key = writer.ids[ref].id, homes[name]
        home = moves.get(ref, writer.ids[ref].home)
        is_home = ref in drafts and name == home
        replaced = mode is Mode.EXACT or (mode is Mode.REPLACE and is_home)
        left = ref in moves and name == writer.ids[ref].home  # the old home
        keeps = (name in partial and not replaced and not left) or (ref, name) in added
        kept = _keep(held[key], defined=ref in drafts) if keeps else []
        owner = {"actor_id": key[0], "dossier_id": key[1]}
        wanted[key], refs[key] = [row | owner for row in _merge(kept + rows)], ref
    writer.replace(NAMES, "actor_id", wanted, held, refs)


def _list_second_names(
    named: Iterable[tuple[Dossier, Draft]], moves: Mapping[Ref, str], writer: Writer
) -> Given:
    """Return the names of second definitions of actors, as aliases, by actor and home."""
    found: Given = defaultdict(list)
    for dossier, draft in named:
        if NAMES not in draft.rows:  # of a place
            continue
        home = dossier.name if dossier.article else moves.get(draft.ref, writer.ids[draft.ref].home)
        found[draft.ref, home] += [row | {"preferred": False} for row in draft.rows[NAMES]]
    return found


def list_aliases(dossier: Dossier) -> Iterator[tuple[Ref, NameRecord, Location]]:
    """Yield the names that a dossier gives to actors of other dossiers, each with its path."""
    for number, alias in enumerate(dossier.record.aliases):
        yield Ref(RecordKind.ACTOR, alias.actor), alias, ("aliases", number)
    for number, added in enumerate(dossier.record.adds):
        ref = Ref.parse(added.to)
        if ref is not None and ref.kind is RecordKind.ACTOR:
            for place, name in enumerate(added.aliases):
                yield ref, name, ("adds", number, "aliases", place)


def gives_other_names(draft: Draft, writer: Writer) -> bool:
    """Return whether a draft gives a stored actor a name that the actor's home does not give."""
    stored = writer.ids[draft.ref]
    held = set(fetch(writer.connection, GIVEN_AT_HOME, actor=stored.id, home=stored.home))
    given = draft.rows.get(NAMES, [])
    return any((row["text"], row["language"], row["observed"]) not in held for row in given)


def _find_no_longer_given(
    dossiers: list[Dossier], moves: Mapping[Ref, str], writer: Writer
) -> Given:
    """Return an empty list for each actor that a complete dossier named when last imported."""
    homes = {
        writer.dossiers[item.name]: item.name
        for item in dossiers
        if item.whole and item.name in writer.dossiers
    }
    rows = fetch_among(writer.connection, NAMED_IN, NAMES.c.dossier_id, homes)
    pairs = [(row.actor_id, homes[row.dossier_id]) for row in rows]
    actors = writer.load_by_id({actor for actor, _ in pairs})
    return {
        (ref, home): []
        for actor, home in pairs
        if moves.get(ref := actors[actor], writer.ids[ref].home) != home
    }


def _find_all_given(drafts: Iterable[Ref], writer: Writer) -> Given:
    """Return, without names, the stored (actor, dossier) pairs of actors."""
    actors = {writer.ids[ref].id: ref for ref in drafts if ref.kind is RecordKind.ACTOR}
    rows = fetch_among(writer.connection, NAMED_BY, NAMES.c.actor_id, actors)
    return {(actors[row.actor_id], row.name): [] for row in rows}


def _read_aliases(dossiers: Iterable[Dossier]) -> Iterator[tuple[Dossier, Ref, Row]]:
    for dossier in dossiers:
        for ref, name, _ in list_aliases(dossier):
            row = build_name(name.text, name.language, observed=name.observed)
            yield dossier, ref, row | fold_columns(NAMES, row)


def _read_held(given: Given, writer: Writer) -> dict[tuple[int, int], list[Row]]:
    actors = {writer.ids[ref].id for ref, _ in given if not writer.is_new(ref)}
    held: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for rows in fetch_grouped(writer.connection, NAMES, "actor_id", actors).values():
        for row in rows:
            held[row["actor_id"], row["dossier_id"]].append(row)
    return held


def _keep(held: list[Row], *, defined: bool) -> list[Row]:
    """Return the stored names that an import of only a part of their dossier keeps."""
    rows = [row for row in held if not (defined and row["preferred"])]
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def _merge(rows: list[Row]) -> list[Row]:
    """Return one row for each spelling and language; a preferred name wins."""
    merged: dict[tuple[str, str, bool], Row] = {}
    for row in rows:
        spelling = row["text"], row["language"], row["observed"]
        if spelling not in merged or row["preferred"]:
            merged[spelling] = row
    return list(merged.values())
