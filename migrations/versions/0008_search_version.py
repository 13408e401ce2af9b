"""The version of the tokens and folded columns, which are made anew where the code has another.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_search_version")),
    )


def downgrade() -> None:
    op.drop_table("search_version")
