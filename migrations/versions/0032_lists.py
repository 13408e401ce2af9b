"""Indexes of the lists of all offices and participations.

Revision: 0032
After: 0031
"""

from alembic import op


revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEXES = (
    ("office", "since_asc", "key"),
    ("office", "since_desc", "key"),
    ("participation", "event_kind", "event_key", "ordinal"),
)


def upgrade() -> None:
    for table, *columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def downgrade() -> None:
    for table, *columns in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
