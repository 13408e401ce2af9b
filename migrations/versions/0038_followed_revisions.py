"""The revision up to which another Mithaq is followed.

Revision: 0038
After: 0037
"""

import sqlalchemy as sa
from alembic import op


revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None
# Whether servers of the version before can read these tables: nothing that they read is changed.
additive = True


def upgrade() -> None:
    op.add_column("followed", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("followed", sa.Column("at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("followed", "at")
    op.drop_column("followed", "number")
