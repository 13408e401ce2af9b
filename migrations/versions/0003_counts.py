"""How many records there are of each kind, kept with the writes.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "ARTICLE",
    "ACTOR",
    "OFFICE",
    "MEETING",
    "AGREEMENT",
    "PROVISION",
    "STATEMENT",
    "APPEAL",
    "PLACE",
    "TOPIC",
    "CLAIM",
)


def upgrade() -> None:
    values = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "record_count",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"kind IN ({values})", name=op.f("ck_record_count_kind")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_record_count_revision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "revision_id", name=op.f("pk_record_count")),
    )
    op.execute(
        "INSERT INTO record_count (kind, revision_id, delta) "
        "SELECT kind, (SELECT max(id) FROM revision), count(*) FROM record GROUP BY kind"
    )


def downgrade() -> None:
    op.drop_table("record_count")
