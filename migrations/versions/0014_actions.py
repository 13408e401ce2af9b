"""Actions: events that are no meeting, agreement, statement or appeal.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
from alembic import op

from api.database.ddl import delete_kind, replace_check


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TYPES = (
    "type IN ('AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT', 'REQUEST', "
    "'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT', "
    "'OTHER')"
)
ROLES = (
    "role IN ('HOST', 'GUEST', 'PARTICIPANT', 'PARTY', 'SIGNATORY', 'THIRD_PARTY', 'MEDIATOR', "
    "'GUARANTOR', 'WITNESS', 'OBSERVER', 'SPEAKER', 'ADDRESSEE', 'REQUESTER', 'REQUESTED', "
    "'AGENT', 'TARGET', 'SUBJECT')"
)
OLD_ROLES = (
    "role IN ('HOST', 'GUEST', 'PARTICIPANT', 'PARTY', 'SIGNATORY', 'THIRD_PARTY', 'MEDIATOR', "
    "'GUARANTOR', 'WITNESS', 'OBSERVER', 'SPEAKER', 'ADDRESSEE', 'REQUESTER', 'REQUESTED', "
    "'SUBJECT')"
)
KINDS = (
    "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', "
    "'APPEAL', 'ACTION', 'PLACE', 'TOPIC', 'CLAIM')"
)
OLD_KINDS = (
    "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', "
    "'APPEAL', 'PLACE', 'TOPIC', 'CLAIM')"
)


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.CheckConstraint(TYPES, name=op.f("ck_action_type")),
        sa.ForeignKeyConstraint(
            ["id"], ["event.id"], name=op.f("fk_action_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    replace_check("participation", "ck_participation_role", ROLES)
    replace_check("record", "ck_record_kind", KINDS)


def downgrade() -> None:
    """Delete the actions; what takes part in other events by a new role becomes a participant."""
    delete_kind("ACTION")
    op.execute("UPDATE participation SET role = 'PARTICIPANT' WHERE role IN ('AGENT', 'TARGET')")
    replace_check("record", "ck_record_kind", OLD_KINDS)
    replace_check("participation", "ck_participation_role", OLD_ROLES)
    op.drop_table("action")
