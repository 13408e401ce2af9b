"""Checks and keeps the keys of merged actors, which the lines of other actors have in `merged`."""

from collections.abc import Collection, Iterator, MutableMapping

from api import model as m
from api.errors import Problem
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Ref
from api.intake.forms.kinds import owner_of
from api.intake.forms.special_codecs import WIKIDATA
from api.intake.rows import fetch_among, fetch_grouped, select, table_of
from api.intake.write.consistency import Drafts
from api.intake.write.redefinitions import add_rows
from api.intake.write.upsert import Writer
from api.model.kinds import ActorKind, RecordKind

ACTOR, IDENTIFIER, MERGED = map(table_of, (m.Actor, m.Identifier, m.Merged))
NAME = table_of(m.ActorName)
# Lists of an actor that refer to other actors: the column that does.
REFERRING = {table_of(m.Membership): "organization_id", table_of(m.ActorCandidate): "candidate_id"}


def find_merged(drafts: Drafts, dropped: Collection[Ref], writer: Writer) -> Iterator[Problem]:
    """Yield a problem for each actor that would exist and lead to another, or lead to two."""
    defined = {ref: pair for ref, pair in drafts.items() if ref.kind is RecordKind.ACTOR}
    given = [(Ref(ref.kind, key), ref) for ref in defined for key in _list_merged(ref, drafts)]
    writer.load(ref for ref, _ in given)
    query = select(MERGED.c.key, MERGED.c.into_key)
    keys = {ref.key for ref, _ in given} | {ref.key for ref in defined if ref not in writer.ids}
    into: dict[Ref, Ref] = {}
    for key, other in fetch_among(writer.connection, query, MERGED.c.key, keys):
        holder = Ref(RecordKind.ACTOR, other)
        if holder not in dropped and (holder not in drafts or key in _list_merged(holder, drafts)):
            into[Ref(RecordKind.ACTOR, key)] = holder
    for ref, holder in given:
        dossier, draft = drafts[holder]
        if (other := into.setdefault(ref, holder)) != holder:
            text = f"{ref} was merged into {other}: unmerge it first"
            yield dossier.document.problem((*draft.location, "merged"), text, "MERGED")
        elif ref in writer.ids and ref not in dropped:
            text = f"{ref} is a record of its own: merge it by `mithaq merge` or mergeActors"
            yield dossier.document.problem((*draft.location, "merged"), text, "MERGED")
    for ref, (dossier, draft) in defined.items():
        if ref in into and ref not in writer.ids:
            text = f"{ref} was merged into {into[ref]}: write that instead, or unmerge it"
            yield dossier.document.problem(draft.location, text, "MERGED")


def _list_merged(ref: Ref, drafts: Drafts) -> list[str]:
    """Return the keys that lead to a drafted actor."""
    return [row["key"] for row in drafts[ref][1].rows[MERGED]]


def keep_merged(drafts: Drafts, writer: Writer) -> None:
    """Add to the drafts of actors the stored keys of actors that were merged into them."""
    actors = (ref for ref in drafts if ref.kind is RecordKind.ACTOR and ref in writer.ids)
    stored = {writer.ids[ref].id: ref for ref in actors}
    for id_, rows in fetch_grouped(writer.connection, MERGED, "into_id", stored).items():
        given = drafts[stored[id_]][1].rows[MERGED]
        new = [{"key": row["key"], "into_key": row["into_key"]} for row in rows]
        given += [row for row in new if row not in given]


def keep_gained(drafts: Drafts, removed: MutableMapping[Ref, Dossier], writer: Writer) -> None:
    """Keep what actors have that others were merged into: their drafts do not take it away.

    These are offices, which are then not among the removed ones, identifiers, and names.
    """
    actors = {
        ref: drafts[ref][1]
        for ref in drafts
        if ref.kind is RecordKind.ACTOR and ref in writer.ids and _list_merged(ref, drafts)
    }
    for ref in [*removed]:
        if ref.kind is RecordKind.OFFICE and owner_of(ref) in actors:
            del removed[ref]
    stored = {writer.ids[ref].id: draft for ref, draft in actors.items()}
    for id_, rows in fetch_grouped(writer.connection, IDENTIFIER, "record_id", stored).items():
        given = stored[id_].rows.setdefault(IDENTIFIER, [])
        names = {(row["scheme"], row["value"]) for row in given}
        one = {WIKIDATA} & {row["scheme"] for row in given}  # an actor has one item
        for row in rows:
            kept = row["added_by_id"] is None and row["scheme"] not in one
            if kept and (row["scheme"], row["value"]) not in names:
                given.append({name: row[name] for name in row if name not in {"id", "record_id"}})
    homes = {writer.ids[ref].id: writer.ids[ref].home for ref in actors}
    writer.load_dossiers(homes.values())
    for id_, rows in fetch_grouped(writer.connection, NAME, "actor_id", stored).items():
        given = stored[id_].rows[NAME]
        home = writer.dossiers[homes[id_]]
        aliases = (row for row in rows if row["dossier_id"] == home and not row["preferred"])
        add_rows(given, ({name: row[name] for name in given[0]} for row in aliases))
    for id_, (row,) in fetch_grouped(writer.connection, ACTOR, "id", stored).items():
        own = stored[id_].rows[ACTOR][0]
        own["wikidata_id"] = own.get("wikidata_id") or row["wikidata_id"]


def keep_referring(drafts: Drafts, dropped: Collection[Ref], writer: Writer) -> None:
    """Keep the memberships and candidates that actors have which others were merged into.

    Those stay whose organization or candidate the draft does not name, and is not dropped.
    """
    actors = {
        writer.ids[ref].id: drafts[ref][1]
        for ref in drafts
        if ref.kind is RecordKind.ACTOR and ref in writer.ids and _list_merged(ref, drafts)
    }
    lost = {writer.ids[ref].id for ref in dropped if ref in writer.ids}
    for table, column in REFERRING.items():
        for id_, rows in fetch_grouped(writer.connection, table, "actor_id", actors).items():
            draft = actors[id_]
            if column == "candidate_id" and draft.rows[ACTOR][0]["kind"] != ActorKind.UNRESOLVED:
                continue
            given = draft.rows[table]
            named = {writer.ids[row[column]].id for row in given if row[column] in writer.ids}
            kept = [row for row in rows if row[column] not in named | lost]
            given += [
                {name: row[name] for name in row if name not in {"id", "actor_id"}}
                | {"ordinal": ordinal}
                for ordinal, row in enumerate(kept, len(given))
            ]
