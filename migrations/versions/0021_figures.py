"""Figures: the numbers that events are reported with.

Revision: 0021
After: 0020
"""

import sqlalchemy as sa
from alembic import op

from api.model.columns import BY_CODE_POINT, JSON_TEXT


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("measure", BY_CODE_POINT, nullable=False),
        sa.Column("label", JSON_TEXT, nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("best", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.CheckConstraint("coalesce(low, best, high) >= 0", name=op.f("ck_figure_value")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_figure_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("event_id", "ordinal", name=op.f("uq_figure_event_id_ordinal")),
    )
    op.create_index(
        op.f("ix_figure_measure_best_event_id"), "figure", ["measure", "best", "event_id"]
    )


def downgrade() -> None:
    op.drop_table("figure")
