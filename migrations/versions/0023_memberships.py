"""Memberships of organizations, milestones of agreements, obligations of provisions.

Revision: 0023
After: 0022
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from api.model.columns import BY_CODE_POINT, JSON_TEXT


revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TYPES = (
    "type IN ('SIGNED', 'RATIFIED', 'ACCEDED', 'ENTERED_INTO_FORCE', 'PROVISIONALLY_APPLIED', "
    "'SUSPENDED', 'WITHDRAWN', 'TERMINATED')"
)
PRECISIONS = "IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')"


def vague_date(table: str, prefix: str) -> list[Any]:
    """Return the columns and checks of a vague date."""
    name = f"ck_{table}_{prefix}"
    texts = (
        sa.Column(f"{prefix}_{part}", sa.String(), nullable=part != "precision")
        for part in ("edtf", "precision", "text", "basis", "anchored")
    )
    days = (sa.Column(f"{prefix}_{part}", sa.Date(), nullable=True) for part in BOUNDS)
    bases = f"{prefix}_basis IN ('STATED', 'RESOLVED', 'CURATED')"
    order = " <= ".join(f"{prefix}_{part}" for part in BOUNDS)
    return [
        *texts,
        *days,
        sa.CheckConstraint(f"{prefix}_precision {PRECISIONS}", name=op.f(f"{name}_precision")),
        sa.CheckConstraint(bases, name=op.f(f"{name}_basis")),
        sa.CheckConstraint(order, name=op.f(f"{name}_bounds")),
    ]


BOUNDS = ("earliest", "latest")


def create_part(table: str, owner: str, *items: Any) -> None:
    """Create a table of a record's parts, in the order of their ordinals."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *refer(table, f"{owner}_id", owner, null=False, deletion="CASCADE"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *items,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(f"{owner}_id", "ordinal", name=op.f(f"uq_{table}_{owner}_id_ordinal")),
    )


def refer(
    table: str, column: str, to: str, *, null: bool, deletion: str = "RESTRICT"
) -> tuple[Any, Any]:
    """Return the column of a foreign key, and its constraint."""
    name = op.f(f"fk_{table}_{column}")
    key = sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=deletion)
    return sa.Column(column, sa.Integer(), nullable=null), key


def upgrade() -> None:
    create_part(
        "membership",
        "actor",
        sa.Column("actor_key", BY_CODE_POINT, nullable=False),
        *refer("membership", "organization_id", "actor", null=False),
        sa.Column("role", sa.Text(), nullable=True),
        *vague_date("membership", "since"),
        *vague_date("membership", "until"),
    )
    create_part(
        "milestone",
        "agreement",
        sa.Column("type", sa.Text(), nullable=False),
        *refer("milestone", "party_id", "actor", null=True),
        *refer("milestone", "place_id", "place", null=True),
        *vague_date("milestone", "date"),
        sa.CheckConstraint(TYPES, name=op.f("ck_milestone_type")),
    )
    create_part(
        "obligation",
        "provision",
        *refer("obligation", "debtor_id", "actor", null=False),
        *refer("obligation", "creditor_id", "actor", null=True),
        *vague_date("obligation", "deadline"),
        sa.Column("figure_measure", sa.Text(), nullable=True),
        sa.Column("figure_label", JSON_TEXT, nullable=True),
        *(
            sa.Column(f"figure_{part}", sa.BigInteger(), nullable=True)
            for part in ("low", "best", "high")
        ),
        sa.Column("figure_unit", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "coalesce(figure_low, figure_best, figure_high) >= 0", name=op.f("ck_obligation_figure")
        ),
    )
    for table, columns in (
        ("membership", ["organization_id", "actor_key", "ordinal"]),
        ("milestone", ["party_id"]),
        ("milestone", ["place_id"]),
        ("obligation", ["debtor_id"]),
        ("obligation", ["creditor_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def downgrade() -> None:
    for table in ("obligation", "milestone", "membership"):
        op.drop_table(table)
