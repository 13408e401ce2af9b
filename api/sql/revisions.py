"""Which revision a database is at, as one SELECT."""

from typing import Any

import sqlalchemy as sa

from api.model import Revision
from api.sql import json

REVISION: sa.Table = Revision.__table__  # type: ignore[attr-defined]


def build_revision() -> sa.Select[Any]:
    """Build the statement that gives the newest revision's mark: its number, and when it was.

    A database that is set back to an older copy writes the same numbers again, at other times.
    """
    # Produces: SELECT coalesce((SELECT CAST(id AS text) || ' ' || … ORDER BY id DESC LIMIT 1), '')
    mark = sa.cast(REVISION.c.id, sa.Text) + " " + sa.cast(REVISION.c.at, sa.Text)
    newest = sa.select(mark).order_by(REVISION.c.id.desc()).limit(1).scalar_subquery()
    return sa.select(json.encoded(sa.func.coalesce(newest, sa.literal_column("''"))))
