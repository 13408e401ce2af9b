"""Events of several places in the closure table of places.

Revision: 0030
After: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEX = "ix_event_area_id_date_desc_kind_key"
AREAS = """
UPDATE event SET area_id = CASE
    WHEN EXISTS (SELECT 1 FROM event_place WHERE event_id = event.id AND ordinal > 0) THEN id
    ELSE (SELECT place_id FROM event_place WHERE event_id = event.id)
END
"""
WITHIN = """
INSERT INTO place_within (inner_id, outer_id)
SELECT DISTINCT event.id, place_within.outer_id FROM event
JOIN event_place ON event_place.event_id = event.id
JOIN place_within ON place_within.inner_id = event_place.place_id
WHERE event.area_id = event.id
"""


def upgrade() -> None:
    _replace_closure("inner_id", "record", "place_id")
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        event.create_foreign_key(
            op.f("fk_event_area_id"), "record", ["area_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f(INDEX), "event", ["area_id", "date_desc", "kind", "key"])
    op.execute(AREAS)
    op.execute(WITHIN)


def downgrade() -> None:
    op.execute("DELETE FROM place_within WHERE inner_id NOT IN (SELECT id FROM place)")
    op.drop_index(op.f(INDEX), "event")
    with op.batch_alter_table("event") as event:
        event.drop_constraint(op.f("fk_event_area_id"), type_="foreignkey")
        event.drop_column("area_id")
    _replace_closure("place_id", "place", "inner_id")


def _replace_closure(inner: str, target: str, old: str) -> None:
    """Rename the closure table's first column, and make it a foreign key to a table."""
    op.drop_index(op.f(f"ix_place_within_outer_id_{old}"), "place_within")
    op.execute(f"ALTER TABLE place_within RENAME COLUMN {old} TO {inner}")
    with op.batch_alter_table("place_within") as within:
        within.drop_constraint(op.f(f"fk_place_within_{old}"), type_="foreignkey")
        within.create_foreign_key(
            op.f(f"fk_place_within_{inner}"), target, [inner], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f(f"ix_place_within_outer_id_{inner}"), "place_within", ["outer_id", inner])
