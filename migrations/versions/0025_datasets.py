"""Datasets, a kind of record.

Revision: 0025
After: 0024
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import delete_kind, replace_check
from api.model.columns import BY_CODE_POINT, JSON_TEXT


revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OLD_KINDS = (
    "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', "
    "'APPEAL', 'ACTION', 'PLACE', 'TOPIC', 'CLAIM')"
)
KINDS = OLD_KINDS.replace("'CLAIM'", "'DATASET', 'CLAIM'")
PRECISIONS = "retrieved_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')"
BASES = "retrieved_basis IN ('STATED', 'RESOLVED', 'CURATED')"
BOUNDS = "retrieved_earliest <= retrieved_latest"


def upgrade() -> None:
    op.create_table(
        "dataset",
        sa.Column("retrieved_edtf", sa.String(), nullable=True),
        sa.Column("retrieved_earliest", sa.Date(), nullable=True),
        sa.Column("retrieved_latest", sa.Date(), nullable=True),
        sa.Column("retrieved_precision", sa.String(), nullable=False),
        sa.Column("retrieved_text", sa.String(), nullable=True),
        sa.Column("retrieved_basis", sa.String(), nullable=True),
        sa.Column("retrieved_anchored", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("title", JSON_TEXT, nullable=False),
        sa.Column("title_sort", BY_CODE_POINT, nullable=False),
        sa.Column("title_fold", BY_CODE_POINT, nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_fold", sa.Text(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(PRECISIONS, name=op.f("ck_dataset_retrieved_precision")),
        sa.CheckConstraint(BASES, name=op.f("ck_dataset_retrieved_basis")),
        sa.CheckConstraint(BOUNDS, name=op.f("ck_dataset_retrieved_bounds")),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"],
            ["actor.id"],
            name=op.f("fk_dataset_publisher_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("key", name=op.f("uq_dataset_key")),
    )
    op.create_index(op.f("ix_dataset_title_sort_key"), "dataset", ["title_sort", "key"])
    op.create_index(op.f("ix_dataset_publisher_id"), "dataset", ["publisher_id"])
    replace_check("record", "ck_record_kind", KINDS)


def downgrade() -> None:
    """Delete the datasets."""
    delete_kind("DATASET")
    replace_check("record", "ck_record_kind", OLD_KINDS)
    op.drop_table("dataset")
