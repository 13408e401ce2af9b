"""Keeps the number of records of each kind as deltas: one row per revision and kind."""

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.rows import delete_among, insert_rows, table_of
from api.model.kinds import ChangeAction
from api.statements import fetch

COUNT = table_of(m.RecordCount)
# Rows of a kind: each query for the total adds them up.
MAX_ROWS = 64
TOTALS = sa.select(COUNT.c.kind, sa.func.sum(COUNT.c.delta)).group_by(COUNT.c.kind)


def write_counts(
    connection: sa.Connection, revision: int, changes: Mapping[Ref, ChangeAction]
) -> None:
    """Write a revision's change in the number of records of each kind."""
    deltas: Counter[str] = Counter()
    for ref, action in changes.items():
        if action is not ChangeAction.UPDATED:
            deltas[str(ref.kind)] += 1 if action is ChangeAction.CREATED else -1
    rows = [
        {"revision_id": revision, "kind": kind, "delta": delta}
        for kind, delta in deltas.items()
        if delta
    ]
    insert_rows(connection, COUNT, rows)
    if revision % MAX_ROWS == 0:
        _fold(connection, revision)


def _fold(connection: sa.Connection, revision: int) -> None:
    """Replace each kind's delta rows with one row of their sum."""
    totals = {kind: int(total) for kind, total in fetch(connection, TOTALS)}
    delete_among(connection, COUNT.c.kind, totals)
    folded = [
        {"revision_id": revision, "kind": kind, "delta": total} for kind, total in totals.items()
    ]
    insert_rows(connection, COUNT, folded)
