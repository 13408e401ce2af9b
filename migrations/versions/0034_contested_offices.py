"""Whether sources contradict each other on an office.

Revision: 0034
After: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is derived when an import next concerns the office's holder."""
    added = sa.Column("contested", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("office", added)


def downgrade() -> None:
    op.drop_column("office", "contested")
