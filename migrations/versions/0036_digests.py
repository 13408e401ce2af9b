"""Contested offices of before 0034 are derived.

Revision: 0036
After: 0035
"""

from alembic import op


revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
# Whether servers of the version before can read these tables: nothing that they read is changed.
additive = True


def upgrade() -> None:
    """Have `mithaq migrate` derive what 0034 left as false."""
    offices = "SELECT 1 FROM addition WHERE line LIKE '%\"offices\":%'"
    op.execute(f"DELETE FROM search_version WHERE EXISTS ({offices})")  # noqa: S608 — constants


def downgrade() -> None:
    pass
