"""Actors that were merged into others.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BY_CODE_POINT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "merged",
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("into_key", BY_CODE_POINT, nullable=False),
        sa.Column("first_key", BY_CODE_POINT, nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_merged_revision_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_merged")),
    )
    op.create_index(op.f("ix_merged_into_key"), "merged", ["into_key"])


def downgrade() -> None:
    op.drop_table("merged")
