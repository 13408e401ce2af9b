"""What filters ask: folded texts, and what lies in what.

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

from api.model.columns import BY_CODE_POINT, LAST


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHAINS = {"place": "part_of_id", "topic": "broader_id"}


def upgrade() -> None:
    for name, up in CHAINS.items():
        op.create_table(
            f"{name}_within",
            sa.Column(f"{name}_id", sa.Integer(), nullable=False),
            sa.Column("outer_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["outer_id"],
                [f"{name}.id"],
                name=op.f(f"fk_{name}_within_outer_id"),
                ondelete="CASCADE",
            ),
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{name}.id"],
                name=op.f(f"fk_{name}_within_{name}_id"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint(f"{name}_id", "outer_id", name=op.f(f"pk_{name}_within")),
        )
        op.create_index(
            op.f(f"ix_{name}_within_outer_id_{name}_id"),
            f"{name}_within",
            ["outer_id", f"{name}_id"],
        )
        op.execute(
            f"WITH RECURSIVE within(inner_id, outer_id) AS (SELECT id, id FROM {name} UNION "
            f"SELECT inner_id, above.{up} FROM within JOIN {name} AS above "
            f"ON above.id = within.outer_id WHERE above.{up} IS NOT NULL) "
            f"INSERT INTO {name}_within SELECT inner_id, outer_id FROM within"
        )
    for table, column in (("claim", "value"), ("article", "url")):
        op.add_column(table, sa.Column(f"{column}_fold", sa.Text(), nullable=True))
    for table, column in (
        ("event", "title"),
        ("place", "name"),
        ("event_code", "scheme"),
        ("event_code", "code"),
    ):
        added = sa.Column(f"{column}_fold", BY_CODE_POINT, nullable=False, server_default="")
        op.add_column(table, added)
    op.add_column("place", sa.Column("country_within", sa.Text(), nullable=True))
    op.create_index(op.f("ix_provision_ordinal_key"), "provision", ["ordinal", "key"])
    # `api.intake.write.rebuild` fills the folded columns.
    op.execute(
        "WITH RECURSIVE above(id, part_of_id, country_code) AS "
        "(SELECT id, part_of_id, country_code FROM place UNION "
        "SELECT above.id, place.part_of_id, place.country_code FROM above "
        "JOIN place ON place.id = above.part_of_id WHERE above.country_code IS NULL) "
        "UPDATE place SET country_within = (SELECT max(above.country_code) FROM above "
        "WHERE above.id = place.id)"
    )
    replace_last("~", LAST)


def replace_last(old: str, new: str) -> None:
    """Change the mark of what has no value in an ascending order."""
    for table, column, key in (
        ("event", "place_asc", "place_id"),
        ("article", "publisher_asc", "publisher_id"),
    ):
        op.execute(
            f"UPDATE {table} SET {column} = '{new}' WHERE {key} IS NULL AND {column} = '{old}'"
        )


def downgrade() -> None:
    replace_last(LAST, "~")
    op.drop_index(op.f("ix_provision_ordinal_key"), "provision")
    for table, column in (
        ("place", "country_within"),
        ("place", "name_fold"),
        ("event", "title_fold"),
        ("claim", "value_fold"),
        ("article", "url_fold"),
        ("event_code", "scheme_fold"),
        ("event_code", "code_fold"),
    ):
        op.drop_column(table, column)
    for name in CHAINS:
        op.drop_index(op.f(f"ix_{name}_within_outer_id_{name}_id"), f"{name}_within")
        op.drop_table(f"{name}_within")
