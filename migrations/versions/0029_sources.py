"""The articles and datasets that define records, and the rows of the datasets' tables.

Revision: 0029
After: 0028
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import replace_check
from api.model.columns import BY_CODE_POINT


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record", sa.Column("source_row", sa.Text(), nullable=True))
    op.add_column("dossier", sa.Column("source_kind", sa.Text(), nullable=True))
    op.add_column("dossier", sa.Column("source_key", BY_CODE_POINT, nullable=True))
    replace_check("dossier", "ck_dossier_source_kind", "source_kind IN ('ARTICLE', 'DATASET')")
    for kind in ("article", "dataset"):
        op.execute(
            f"UPDATE dossier SET source_kind = '{kind.upper()}', source_key = substr(name, 9) "
            f"WHERE name LIKE '{kind}:%' AND EXISTS (SELECT 1 FROM record "
            f"WHERE kind = '{kind.upper()}' AND \"key\" = substr(name, 9))"
        )
    # A dataset that was deleted defines no records: any file may take them over.
    op.execute(
        "UPDATE dossier SET name = 'deleted ' || name "
        "WHERE name LIKE 'dataset:%' AND source_kind IS NULL"
    )
    op.create_index(
        op.f("ix_dossier_source_key_source_kind"), "dossier", ["source_key", "source_kind"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_dossier_source_key_source_kind"), "dossier")
    replace_check("dossier", "ck_dossier_source_kind", None)
    op.drop_column("dossier", "source_key")
    op.drop_column("dossier", "source_kind")
    op.drop_column("record", "source_row")
