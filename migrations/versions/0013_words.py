"""Kinds of actors, roles and relations that real data needed words for.

Revision: 0013
After: 0012
"""

from alembic import op

from api.database.ddl import replace_check


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('PERSON', 'STATE', 'GOVERNMENT', 'GOVERNMENT_BODY', 'LEGISLATURE', 'COURT', 'ARMED_FORCE', "
    "'INTELLIGENCE_SERVICE', 'ARMED_GROUP', 'INTERGOVERNMENTAL_ORGANIZATION', 'POLITICAL_PARTY', 'CIVIL_SOCIETY', "
    "'MEDIA', 'COMPANY', 'ORGANIZATION', 'DELEGATION', 'UNRESOLVED', 'OTHER')"
)
OLD_KINDS = (
    "kind IN ('PERSON', 'STATE', 'GOVERNMENT', 'GOVERNMENT_BODY', 'ARMED_FORCE', 'INTELLIGENCE_SERVICE', "
    "'ARMED_GROUP', 'INTERGOVERNMENTAL_ORGANIZATION', 'MEDIA', 'COMPANY', 'DELEGATION', 'UNRESOLVED', 'OTHER')"
)
ROLES = (
    "role IN ('HOST', 'GUEST', 'PARTICIPANT', 'PARTY', 'SIGNATORY', 'THIRD_PARTY', 'MEDIATOR', 'GUARANTOR', "
    "'WITNESS', 'OBSERVER', 'SPEAKER', 'ADDRESSEE', 'REQUESTER', 'REQUESTED', 'SUBJECT')"
)
OLD_ROLES = (
    "role IN ('HOST', 'GUEST', 'PARTICIPANT', 'PARTY', 'SIGNATORY', 'THIRD_PARTY', 'SPEAKER', 'ADDRESSEE', "
    "'REQUESTER', 'REQUESTED', 'SUBJECT')"
)
OLD_RELATIONS = "relation IN ('ABOUT', 'CONCLUDED_AT', 'IN_RESPONSE_TO', 'PART_OF', 'FOLLOWS')"
RELATIONS = OLD_RELATIONS.replace(")", ", 'AMENDS', 'REPLACES', 'ANNEX_OF', 'IMPLEMENTS')")


def upgrade() -> None:
    replace_check("actor", "ck_actor_kind", KINDS)
    replace_check("participation", "ck_participation_role", ROLES)
    replace_check("event_link", "ck_event_link_relation", RELATIONS)


def downgrade() -> None:
    """Put the nearest old word in the place of each new one; links have none, and go."""
    op.execute(
        "UPDATE actor SET kind = 'GOVERNMENT_BODY' WHERE kind IN ('LEGISLATURE', 'COURT')"
    )
    op.execute(
        "UPDATE actor SET kind = 'OTHER' "
        "WHERE kind IN ('POLITICAL_PARTY', 'CIVIL_SOCIETY', 'ORGANIZATION')"
    )
    op.execute(
        "UPDATE participation SET role = 'THIRD_PARTY' "
        "WHERE role IN ('MEDIATOR', 'GUARANTOR', 'WITNESS', 'OBSERVER')"
    )
    op.execute(f"DELETE FROM event_link WHERE NOT ({OLD_RELATIONS})")
    replace_check("actor", "ck_actor_kind", OLD_KINDS)
    replace_check("participation", "ck_participation_role", OLD_ROLES)
    replace_check("event_link", "ck_event_link_relation", OLD_RELATIONS)
