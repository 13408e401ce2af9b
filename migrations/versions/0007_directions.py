"""Languages of codes that CLDR replaces run as their replacements do: Dari's `prs` to the left.

Revision: 0007
After: 0006
"""

from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RTL = (
    "ajp ajt aju ara arb arc ave bcc cld div drw ecy fas heb kas kzh obm otk oui pal pbu per pes "
    "pgd phn pmu pnb pra prs pus sgl snd sog tnf uig urd xco xld xly xmn xmr xna xpr xsa ydd yid"
)


def upgrade() -> None:
    # What a tag says of its script (`prs-Latn`) was heeded; Sindhi in India is in Devanagari.
    codes = ", ".join(f"'{code}-'" for code in RTL.split())
    op.execute(
        "UPDATE language SET direction = 'RTL' WHERE direction = 'LTR' "
        f"AND substr(tag || '-', 1, 4) IN ({codes}) "
        "AND NOT substr(tag || '-', 4) LIKE '-____-%' AND tag <> 'snd-IN'"
    )


def downgrade() -> None:
    """Leave the directions as they are, for they are right."""
