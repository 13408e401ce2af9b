"""What articles add to records that other dossiers define.

Revision: 0031
After: 0030
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import replace_foreign_key


revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLES = ("identifier", "office", "participation", "place_name")
ADDED = sa.text("added_by_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "addition",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_addition_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_addition_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_id", "article_id", name=op.f("pk_addition")),
    )
    op.create_index(op.f("ix_addition_article_id"), "addition", ["article_id"])
    for table in TABLES:
        op.add_column(table, sa.Column("added_by_id", sa.Integer(), nullable=True))
        replace_foreign_key(table, f"fk_{table}_added_by_id", "added_by_id", "article")
        op.create_index(
            op.f(f"ix_{table}_added_by_id"),
            table,
            ["added_by_id"],
            sqlite_where=ADDED,
            postgresql_where=ADDED,
        )


def downgrade() -> None:
    """Keep what was added as the records' own, since the older version knows no other."""
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_added_by_id"), table)
        replace_foreign_key(table, f"fk_{table}_added_by_id", "added_by_id", None)
        op.drop_column(table, "added_by_id")
    op.drop_table("addition")
