"""Articles by their SHA-256, so that two of one document are found when they are written.

Revision: 0010
After: 0009
"""

from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_article_sha256"), "article", ["sha256"])


def downgrade() -> None:
    op.drop_index(op.f("ix_article_sha256"), "article")
