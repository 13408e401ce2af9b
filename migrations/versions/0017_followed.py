"""How far another Mithaq is followed.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followed",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_followed")),
    )


def downgrade() -> None:
    op.drop_table("followed")
