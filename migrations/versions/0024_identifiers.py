"""Identifiers of records in external schemes; the Wikidata items of actors are the first.

Revision: 0024
After: 0023
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BY_CODE_POINT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
ITEMS = """
INSERT INTO identifier
    (id, record_id, record_kind, record_key, scheme, scheme_fold, value, value_fold)
SELECT row_number() OVER (ORDER BY id), id, 'ACTOR', "key", 'WIKIDATA', 'wikidata', wikidata_id,
    lower(wikidata_id)
FROM actor WHERE wikidata_id IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_kind", BY_CODE_POINT, nullable=False),
        sa.Column("record_key", BY_CODE_POINT, nullable=False),
        sa.Column("scheme", BY_CODE_POINT, nullable=False),
        sa.Column("scheme_fold", BY_CODE_POINT, nullable=False),
        sa.Column("value", BY_CODE_POINT, nullable=False),
        sa.Column("value_fold", BY_CODE_POINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_identifier_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
        sa.UniqueConstraint(
            "value", "scheme", "record_kind", name=op.f("uq_identifier_value_scheme_record_kind")
        ),
    )
    op.create_index(
        op.f("ix_identifier_record_id_scheme_value"), "identifier", ["record_id", "scheme", "value"]
    )
    op.execute(ITEMS)


def downgrade() -> None:
    op.drop_table("identifier")
