"""The digests of the lines that records are stored as; contested offices are derived anew.

Revision: 0036
After: 0035
"""

import sqlalchemy as sa
from alembic import op


revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
# Whether servers of the version before can read these tables: nothing that they read is changed.
additive = True


def upgrade() -> None:
    """Add the column; `mithaq migrate` then derives what 0034 left as false."""
    op.add_column("record", sa.Column("digest", sa.BigInteger(), nullable=True))
    offices = "SELECT 1 FROM addition WHERE line LIKE '%\"offices\":%'"
    op.execute(f"DELETE FROM search_version WHERE EXISTS ({offices})")  # noqa: S608 — constants


def downgrade() -> None:
    op.drop_column("record", "digest")
