"""Which kinds of records there are is said once, by the register.

Revision: 0011
After: 0010
"""

from api.database.ddl import replace_check


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

EVENTS = "kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')"
RECORDS = (
    "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', "
    "'APPEAL', 'PLACE', 'TOPIC', 'CLAIM')"
)
TABLES = {"change": RECORDS, "record_count": RECORDS, "search_record": RECORDS, "event": EVENTS}


def upgrade() -> None:
    for table in TABLES:
        replace_check(table, f"ck_{table}_kind", None)


def downgrade() -> None:
    for table, condition in TABLES.items():
        replace_check(table, f"ck_{table}_kind", condition)
