"""The hashes of releases' files.

Revision: 0037
After: 0036
"""

import sqlalchemy as sa
from alembic import op


revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None
# Whether servers of the version before can read these tables: nothing that they read is changed.
additive = True


def upgrade() -> None:
    op.add_column("release", sa.Column("file_sha256", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("release", "file_sha256")
