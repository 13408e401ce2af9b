"""Whether events took place, and how participants voted.

Revision: 0020
After: 0019
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import replace_check


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OCCURRENCES = "occurrence IN ('HAPPENED', 'PLANNED', 'CANCELLED', 'UNCONFIRMED')"
POSITIONS = "position IN ('FOR', 'AGAINST', 'ABSTAINED', 'ABSENT')"


def upgrade() -> None:
    added = sa.Column("occurrence", sa.Text(), nullable=False, server_default="HAPPENED")
    op.add_column("event", added)
    op.add_column("participation", sa.Column("position", sa.Text(), nullable=True))
    replace_check("event", "ck_event_occurrence", OCCURRENCES)
    replace_check("participation", "ck_participation_position", POSITIONS)


def downgrade() -> None:
    replace_check("participation", "ck_participation_position", None)
    replace_check("event", "ck_event_occurrence", None)
    op.drop_column("participation", "position")
    op.drop_column("event", "occurrence")
