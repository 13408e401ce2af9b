"""What a search looks through, and the index over it; `api.intake.write.rebuild` fills them.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

from api.model.columns import BY_CODE_POINT


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = (
    "ARTICLE",
    "ACTOR",
    "OFFICE",
    "MEETING",
    "AGREEMENT",
    "PROVISION",
    "STATEMENT",
    "APPEAL",
    "PLACE",
    "TOPIC",
    "CLAIM",
)
# The index has the same columns on both; SQLite's keeps no text. Tokens are made by
# `api.text.words`, of letters and digits: the tokenizer has only to part them.
SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(names, words, content='', "
    "contentless_delete=1, detail=column, tokenize='ascii')",
    "CREATE TRIGGER search_record_delete AFTER DELETE ON search_record BEGIN "
    "DELETE FROM search_index WHERE rowid = old.id; END",
)
POSTGRESQL = (
    "CREATE TABLE search_index (rowid integer NOT NULL PRIMARY KEY "
    "REFERENCES search_record (id) ON DELETE CASCADE, names text NOT NULL, words text NOT NULL)",
    *(
        f"CREATE INDEX search_index_{column} ON search_index "
        f"USING gin (array_to_tsvector(string_to_array({column}, ' ')))"
        for column in ("names", "words")
    ),
)


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "search_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("date_desc", BY_CODE_POINT, nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_search_record_kind")),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_search_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_record")),
    )
    op.create_index(op.f("ix_search_record_kind"), "search_record", ["kind"])
    op.create_table(
        "search_field",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["search_record.id"],
            name=op.f("fk_search_field_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "ordinal", name=op.f("pk_search_field")),
    )
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
    op.drop_table("search_field")
    op.drop_index(op.f("ix_search_record_kind"), "search_record")
    op.drop_table("search_record")
