"""Articles may share a URL; those whose URLs differ in form alone are found by a normalized one.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import replace_unique


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    replace_unique("article", "uq_article_url", None)
    op.add_column("article", sa.Column("url_normalized", sa.Text(), nullable=True))
    op.create_index(op.f("ix_article_url_key"), "article", ["url", "key"])
    op.create_index(op.f("ix_article_url_normalized"), "article", ["url_normalized"])


def downgrade() -> None:
    """Fail while two articles have the same URL."""
    op.drop_index(op.f("ix_article_url_normalized"), "article")
    op.drop_index(op.f("ix_article_url_key"), "article")
    op.drop_column("article", "url_normalized")
    replace_unique("article", "uq_article_url", "url")
