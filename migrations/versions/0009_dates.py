"""What dates hang on; and the first and last day of the calendar, which PostgreSQL took for no end.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DATES = (
    ("article", "published"),
    ("event", "date"),
    ("office", "since"),
    ("office", "until"),
    ("participation", "signed_on"),
)
DAYS = (("-infinity", "0001-01-01"), ("infinity", "9999-12-31"))


def upgrade() -> None:
    for table, prefix in DATES:
        op.add_column(table, sa.Column(f"{prefix}_anchored", sa.String(), nullable=True))
        if op.get_context().dialect.name == "postgresql":
            for endless, day in DAYS:
                for column in (f"{prefix}_earliest", f"{prefix}_latest"):
                    op.execute(
                        f"UPDATE {table} SET {column} = DATE '{day}' "
                        f"WHERE {column} = DATE '{endless}'"
                    )


def downgrade() -> None:
    for table, prefix in DATES:
        op.drop_column(table, f"{prefix}_anchored")
