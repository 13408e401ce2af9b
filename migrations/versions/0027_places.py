"""Several places of an event, and other names of places.

Revision: 0027
After: 0026
"""

import sqlalchemy as sa
from alembic import op

from api.model.columns import BY_CODE_POINT


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAMES = {
    "sqlite": "json_each(place.name)",
    "postgresql": "json_each_text(place.name)",
}


def upgrade() -> None:
    op.create_table(
        "event_place",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_place_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_event_place_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("event_id", "place_id", name=op.f("pk_event_place")),
        sa.UniqueConstraint("event_id", "ordinal", name=op.f("uq_event_place_event_id_ordinal")),
    )
    op.execute(
        "INSERT INTO event_place (event_id, place_id, ordinal) "
        "SELECT id, place_id, 0 FROM event WHERE place_id IS NOT NULL"
    )
    op.create_index(
        op.f("ix_event_place_place_id_event_id"), "event_place", ["place_id", "event_id"]
    )
    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("text", BY_CODE_POINT, nullable=False),
        sa.Column("text_fold", BY_CODE_POINT, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("observed", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_place_name_basis")
        ),
        sa.ForeignKeyConstraint(
            ["language"],
            ["language.tag"],
            name=op.f("fk_place_name_language"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_name_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
        sa.UniqueConstraint(
            "place_id",
            "text",
            "language",
            "observed",
            name=op.f("uq_place_name_place_id_text_language_observed"),
        ),
    )
    # `api.intake.write.rebuild` folds the names, as it does where there is no version.
    op.execute("DELETE FROM search_version")
    op.execute(
        "INSERT INTO place_name "
        "(id, place_id, text, text_fold, language, preferred, observed, basis) "
        "SELECT row_number() OVER (ORDER BY place.id, named.key), place.id, named.value, '', "
        "named.key, true, false, 'CURATED' "
        f"FROM place, {NAMES[op.get_context().dialect.name]} AS named WHERE named.key <> '*'"
    )
    op.create_index(op.f("ix_place_name_text_fold"), "place_name", ["text_fold"])
    op.drop_column("place", "name_fold")


def downgrade() -> None:
    """Keep the first place of each event; the older version folds names again."""
    op.execute("DELETE FROM search_version")
    added = sa.Column("name_fold", BY_CODE_POINT, nullable=False, server_default="")
    op.add_column("place", added)
    op.drop_table("place_name")
    op.drop_table("event_place")
