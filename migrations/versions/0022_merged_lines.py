"""Keys of merged actors belong to the actors that they lead to, and are in their lines.

Revision: 0022
After: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BY_CODE_POINT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
KEEP = 'CREATE TABLE merged_before AS SELECT "key", into_key FROM merged'
FILL = """
INSERT INTO merged ("key", into_id, into_key)
SELECT merged_before."key", actor.id, actor."key"
FROM merged_before JOIN actor ON actor."key" = merged_before.into_key
"""


def upgrade() -> None:
    op.execute(KEEP)
    op.drop_table("merged")
    op.create_table(
        "merged",
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("into_key", BY_CODE_POINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["into_id"], ["actor.id"], name=op.f("fk_merged_into_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_merged")),
    )
    op.create_index(op.f("ix_merged_into_id"), "merged", ["into_id"])
    op.execute(FILL)
    op.drop_table("merged_before")


def downgrade() -> None:
    # Which revisions merged actors, and in which dossiers these were, is no longer known.
    op.drop_table("merged")
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
