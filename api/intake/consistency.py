"""What records owe each other across files and earlier imports, checked before anything is written.

Each check takes the drafts and the writer that knows the tables, and gives the problems' lines.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Dossier, Draft, Ref
from api.intake.upsert import Writer
from api.model.kinds import RecordKind

Drafts = Mapping[Ref, tuple[Dossier, Draft]]
# Columns that no two rows may share, by kind, with the dossier's name for what they hold.
UNIQUE: dict[RecordKind, tuple[Any, str, tuple[str, ...]]] = {
    RecordKind.ARTICLE: (m.Article, "url", ("url",)),
    RecordKind.ACTOR: (m.Actor, "wikidata", ("wikidata_id",)),
    RecordKind.PROVISION: (m.Provision, "ordinal", ("agreement_key", "ordinal")),
}
# What lies in something of its own kind.
CHAINS: dict[RecordKind, tuple[Any, str, str]] = {
    RecordKind.PLACE: (m.Place, "part_of", "part_of_id"),
    RecordKind.TOPIC: (m.Topic, "broader", "broader_id"),
}


def find_repeated(drafts: Drafts, writer: Writer) -> Iterator[str]:
    """Find values that would be in two records and may be in one only."""
    for kind, (model, name, columns) in UNIQUE.items():
        table = model.__table__
        held = {
            tuple(row[1:]): Ref(kind, row[0])
            for row in writer.connection.execute(
                sa.select(table.c.key, *(table.c[column] for column in columns))
            )
            if None not in row
        }
        owners = {value: ref for value, ref in held.items() if ref not in drafts}
        for ref, (dossier, draft) in drafts.items():
            if ref.kind is not kind:
                continue
            value = tuple(draft.rows[table][0][column] for column in columns)
            if None in value:
                continue
            if (owner := owners.setdefault(value, ref)) != ref:
                text = f"`{name}` {value[-1]} is that of {owner} already: no two may share it"
                yield dossier.document.problem((*draft.place, name), text)


def find_circles(drafts: Drafts, writer: Writer) -> Iterator[str]:
    """Find places and topics that would lie in themselves."""
    for kind, (model, name, column) in CHAINS.items():
        table = model.__table__
        above = table.alias()
        query = sa.select(table.c.key, above.c.key).join(above, above.c.id == table.c[column])
        parents: dict[Ref, Ref | None] = {
            Ref(kind, key): Ref(kind, parent) for key, parent in writer.connection.execute(query)
        }
        defined = {ref: pair for ref, pair in drafts.items() if ref.kind is kind}
        parents |= {ref: draft.rows[table][0][column] for ref, (_, draft) in defined.items()}
        for ref, (dossier, draft) in defined.items():
            if ref in (chain := _chain(ref, parents)):
                path = " → ".join(item.key for item in (ref, *chain))
                text = f"`{name}` leads back to where it began ({path}): break the circle"
                yield dossier.document.problem((*draft.place, name), text)


def _chain(ref: Ref, parents: Mapping[Ref, Ref | None]) -> list[Ref]:
    chain: list[Ref] = []
    here = parents.get(ref)
    while here is not None and here not in chain:
        chain.append(here)
        here = parents.get(here)
    return chain


def find_missed(dropped: list[Ref], drafts: Drafts, writer: Writer) -> Iterator[str]:
    """Find offices and provisions that their dossiers no longer have and other records need."""
    names = {writer.ids[ref].id: ref for ref in dropped}
    for ref, needed in _needs(writer, list(names)):
        if ref in drafts or ref in dropped:
            continue
        lost = names[needed]
        owner = drafts.get(owner_of(lost))
        if owner is not None:
            dossier, draft = owner
            text = (
                f"{lost} is no longer defined here, and {ref} refers to it: keep it, or mend that"
            )
            yield dossier.document.problem(draft.place, text)


def _needs(writer: Writer, needed: list[int]) -> Iterator[tuple[Ref, int]]:
    record = writer.table(m.Record)
    participation, claim = writer.table(m.Participation), writer.table(m.Claim)
    for owner, column in (
        (participation.c.event_id, participation.c.office_id),
        (claim.c.id, claim.c.subject_id),
    ):
        for chunk in writer.chunks(needed):
            query = sa.select(record.c.kind, record.c.key, column).join(
                record, record.c.id == owner
            )
            for kind, key, found in writer.connection.execute(query.where(column.in_(chunk))):
                yield Ref(RecordKind(kind), key), found


def owner_of(ref: Ref) -> Ref:
    """Name the actor of an office, or the agreement of a provision."""
    kind = RecordKind.ACTOR if ref.kind is RecordKind.OFFICE else RecordKind.AGREEMENT
    return Ref(kind, ref.key.partition(".")[0])
