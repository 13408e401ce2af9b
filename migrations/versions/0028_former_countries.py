"""Former countries with their years.

Revision: 0028
After: 0027
"""

import orjson
import sqlalchemy as sa
from alembic import op

from api.model.columns import JSON_TEXT
from api.text.countries import build_former_countries


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("since", "until"):
        op.add_column("country", sa.Column(name, sa.Integer(), nullable=True))
    countries = sa.table(
        "country",
        sa.column("code", sa.String()),
        sa.column("name", JSON_TEXT),
        sa.column("since", sa.Integer()),
        sa.column("until", sa.Integer()),
    )
    rows = [
        {
            "code": code,
            "name": orjson.dumps({"*": "en", **country.names}).decode(),
            "since": country.since,
            "until": country.until,
        }
        for code, country in build_former_countries().items()
    ]
    op.bulk_insert(countries, rows)


def downgrade() -> None:
    """Leave actors and places of former countries without a country."""
    former = "(SELECT code FROM country WHERE until IS NOT NULL)"
    op.execute(
        "UPDATE actor SET country_code = NULL, country_asc = '~', country_desc = '' "
        f"WHERE country_code IN {former}"
    )
    for name in ("country_code", "country_within"):
        op.execute(f"UPDATE place SET {name} = NULL WHERE {name} IN {former}")
    op.execute("DELETE FROM country WHERE until IS NOT NULL")
    for name in ("since", "until"):
        op.drop_column("country", name)
