"""Writes links between events: each is declared on one event and stored from both ends."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Draft
from api.intake.rows import Row, fetch_among, table_of
from api.intake.write.upsert import Writer

LINKS = table_of(m.EventLink)
# The links by whether they are the inverse of one that the other event declares.
DECLARED = {
    inverse: sa.select(LINKS).where(LINKS.c.inverse.is_(inverse)) for inverse in (False, True)
}


def write_links(drafts: Sequence[Draft], writer: Writer) -> None:
    """Write each event's links, and the inverse links of the events they refer to."""
    refs = {writer.ids[draft.ref].id: draft.ref for draft in drafts if LINKS in draft.rows}
    wanted = {
        writer.ids[draft.ref].id: [writer.resolve(LINKS, {**row}) for row in draft.rows[LINKS]]
        for draft in drafts
        if LINKS in draft.rows
    }
    old = [key for key, ref in refs.items() if not writer.is_new(ref)]
    writer.replace(LINKS, "event_id", wanted, _read_said(old, writer), refs)


def _read_said(events: list[int], writer: Writer) -> dict[int, list[Row]]:
    """Read the links declared on these events."""
    said: dict[int, list[Row]] = defaultdict(list)
    for column, inverse in ((LINKS.c.event_id, False), (LINKS.c.other_id, True)):
        for row in fetch_among(writer.connection, DECLARED[inverse], column, events):
            said[getattr(row, column.name)].append(row._asdict())
    return said
