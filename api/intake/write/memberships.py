"""Keeps the memberships that reference data gave to actors which other dossiers define."""

from collections.abc import Collection, Iterable, Iterator

from api import model as m
from api.intake.drafts import Draft, Ref
from api.intake.reference.countries import list_organizations
from api.intake.rows import Row, fetch_among, fetch_grouped, select, table_of
from api.intake.write.consistency import Drafts
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind

ACTOR, MEMBERSHIP = table_of(m.Actor), table_of(m.Membership)
NAMES = ACTOR.c.key, ACTOR.c.wikidata_id  # an actor of the reference data may have another key


def keep_memberships(drafts: Drafts, dropped: Collection[Ref], writer: Writer) -> None:
    """Add, to drafts of actors without memberships, those stored that the reference data have."""
    stored = {
        writer.ids[ref].id: draft
        for ref, (_, draft) in drafts.items()
        if ref.kind is RecordKind.ACTOR and ref in writer.ids and not draft.rows.get(MEMBERSHIP)
    }
    held = fetch_grouped(writer.connection, MEMBERSHIP, "actor_id", stored)
    if not held:
        return
    lost = {writer.ids[ref].id for ref in dropped if ref in writer.ids}
    ids = {row["organization_id"] for rows in held.values() for row in rows} | held.keys()
    found = fetch_among(writer.connection, select(ACTOR.c.id, *NAMES), ACTOR.c.id, ids)
    names = {id_: {*both} - {None} for id_, *both in found}
    for id_, rows in held.items():
        given = set().union(*(list_organizations().get(name, ()) for name in names[id_]))
        kept = [row for row in rows if names[row["organization_id"]] & given]
        stored[id_].rows[MEMBERSHIP] = [
            {name: value for name, value in row.items() if name not in {"id", "actor_id"}}
            for row in kept
            if row["organization_id"] not in lost
        ]


def draft_memberships(left_out: Iterable[Draft], writer: Writer) -> Iterator[Draft]:
    """Yield, of drafts of reference data, the memberships of stored actors that have none."""
    drafts = {writer.ids[draft.ref].id: draft for draft in left_out if draft.rows.get(MEMBERSHIP)}
    held = fetch_grouped(writer.connection, MEMBERSHIP, "actor_id", drafts)
    for id_, draft in drafts.items():
        if id_ not in held:
            rows: list[Row] = draft.rows[MEMBERSHIP]
            yield Draft(draft.ref, (), {MEMBERSHIP: rows})
