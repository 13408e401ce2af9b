"""The oldest migration whose servers can read the database.

Revision: 0035
After: 0034
"""

import sqlalchemy as sa
from alembic import op


revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "compatibility",
        sa.Column("oldest_reader", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("oldest_reader", name=op.f("pk_compatibility")),
    )
    op.bulk_insert(table, [{"oldest_reader": revision}])


def downgrade() -> None:
    op.drop_table("compatibility")
