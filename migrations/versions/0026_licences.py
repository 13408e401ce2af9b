"""Licences of articles.

Revision: 0026
After: 0025
"""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("licence", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("article", "licence")
