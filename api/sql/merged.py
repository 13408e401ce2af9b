"""The keys of merged actors, which lead to the actors that these were merged into."""

import sqlalchemy as sa

from api.model import Actor, Merged
from api.sql.dialects import SQL

ACTOR: sa.Table = Actor.__table__  # type: ignore[attr-defined]
MERGED: sa.Table = Merged.__table__  # type: ignore[attr-defined]


def build_survivor(key: SQL) -> SQL:
    """Build the key of the actor that an actor's key leads to: itself, unless it was merged."""
    # Produces: coalesce((SELECT merged.into_key FROM merged WHERE merged.key = $1), $1)
    into = sa.select(MERGED.c.into_key).where(MERGED.c.key == key).scalar_subquery()
    survivor: SQL = sa.func.coalesce(into, key)
    return survivor
