"""The lines of records as they were before they were updated or deleted.

Revision: 0015
After: 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BY_CODE_POINT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("change") as change:
        for name in ("kind", "key"):
            change.alter_column(name, existing_type=sa.String(), type_=BY_CODE_POINT, nullable=False)
    op.create_table(
        "version",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["since"], ["revision.id"], name=op.f("fk_version_since")),
        sa.ForeignKeyConstraint(["until"], ["revision.id"], name=op.f("fk_version_until")),
        sa.PrimaryKeyConstraint("kind", "key", "until", name=op.f("pk_version")),
    )
    op.create_index(op.f("ix_version_until"), "version", ["until"])


def downgrade() -> None:
    op.drop_table("version")
    with op.batch_alter_table("change") as change:
        for name in ("kind", "key"):
            change.alter_column(name, existing_type=BY_CODE_POINT, type_=sa.String(), nullable=False)
