"""An identifier that an article adds to a record may be another record's as well.

Revision: 0033
After: 0032
"""

from alembic import op

from api.database.ddl import replace_unique


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

OLD = "uq_identifier_value_scheme_record_kind"
NEW = f"{OLD}_record_id"
# Of records with the same identifier, one keeps it: the one that defines it, else the oldest row.
SHARED = """
DELETE FROM identifier WHERE added_by_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM identifier other
    WHERE other.value = identifier.value AND other.scheme = identifier.scheme
        AND other.record_kind = identifier.record_kind
        AND (other.added_by_id IS NULL OR other.id < identifier.id)
)
"""


def upgrade() -> None:
    replace_unique("identifier", OLD, None)
    replace_unique("identifier", NEW, "value, scheme, record_kind, record_id")


def downgrade() -> None:
    op.execute(SHARED)
    replace_unique("identifier", NEW, None)
    replace_unique("identifier", OLD, "value, scheme, record_kind")
