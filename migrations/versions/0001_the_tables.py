"""All tables of the data model, and the countries.

Revision: 0001
After:
"""

import re

import orjson
import sqlalchemy as sa
from alembic import op
from babel import Locale

from api.model.columns import BY_CODE_POINT, JSON_TEXT


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LANGUAGES = (
    "ar az ckb de el en es fa fr he hi hy id it ja ka ko ku nl pl pt ru sv tr uk ur zh".split()
)
# Codes that CLDR names and ISO 3166-1 does not assign, but for Kosovo's, which is in general use.
UNASSIGNED = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def list_countries() -> list[dict[str, str]]:
    """Return a row per country: its code, and its names by language as JSON."""
    locales = {language: Locale(language).territories for language in LANGUAGES}
    codes = sorted(set(filter(re.compile("[A-Z]{2}").fullmatch, locales["en"])) - UNASSIGNED)
    rows = []
    for code in codes:
        names = {language: str(known[code]) for language, known in locales.items() if code in known}
        rows.append({"code": code, "name": orjson.dumps({"*": "en", **names}).decode()})
    return rows


def upgrade() -> None:
    op.create_table(
        "country",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", JSON_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_country")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("name", name=op.f("uq_dossier_name")),
    )
    op.create_table(
        "language",
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.CheckConstraint("direction IN ('LTR', 'RTL')", name=op.f("ck_language_direction")),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_language")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "change",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "action IN ('CREATED', 'UPDATED', 'DELETED')", name=op.f("ck_change_action")
        ),
        sa.CheckConstraint(
            "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', 'APPEAL', 'PLACE', 'TOPIC', 'CLAIM')",
            name=op.f("ck_change_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_change_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "kind", "key", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_kind_key"), ["kind", "key"], unique=False)

    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ARTICLE', 'ACTOR', 'OFFICE', 'MEETING', 'AGREEMENT', 'PROVISION', 'STATEMENT', 'APPEAL', 'PLACE', 'TOPIC', 'CLAIM')",
            name=op.f("ck_record_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_record_dossier_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_record_revision_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_record_kind_key")),
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", JSON_TEXT, nullable=False),
        sa.Column("name_sort", BY_CODE_POINT, nullable=False),
        sa.Column("country_code", sa.String(), nullable=True),
        sa.Column("country_asc", BY_CODE_POINT, nullable=False),
        sa.Column("country_desc", BY_CODE_POINT, nullable=False),
        sa.Column("wikidata_id", sa.Text(), nullable=True),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('PERSON', 'STATE', 'GOVERNMENT', 'GOVERNMENT_BODY', 'ARMED_FORCE', 'INTELLIGENCE_SERVICE', 'ARMED_GROUP', 'INTERGOVERNMENTAL_ORGANIZATION', 'MEDIA', 'COMPANY', 'DELEGATION', 'UNRESOLVED', 'OTHER')",
            name=op.f("ck_actor_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["country_code"],
            ["country.code"],
            name=op.f("fk_actor_country_code"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_actor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("key", name=op.f("uq_actor_key")),
        sa.UniqueConstraint("wikidata_id", name=op.f("uq_actor_wikidata_id")),
    )
    with op.batch_alter_table("actor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_actor_country_asc_key"), ["country_asc", "key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_actor_country_code"), ["country_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_actor_country_desc_key"), ["country_desc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_actor_event_count_key"), ["event_count", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_actor_name_sort_key"), ["name_sort", "key"], unique=False
        )

    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("name", JSON_TEXT, nullable=False),
        sa.Column("name_sort", BY_CODE_POINT, nullable=False),
        sa.Column("country_code", sa.String(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_position")
        ),
        sa.CheckConstraint("part_of_id <> id", name=op.f("ck_place_part_of")),
        sa.ForeignKeyConstraint(
            ["country_code"],
            ["country.code"],
            name=op.f("fk_place_country_code"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_place_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["place.id"], name=op.f("fk_place_part_of_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("key", name=op.f("uq_place_key")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_country_code"), ["country_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_place_name_sort_key"), ["name_sort", "key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_place_part_of_id"), ["part_of_id"], unique=False)

    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("scheme", BY_CODE_POINT, nullable=False),
        sa.Column("code", BY_CODE_POINT, nullable=False),
        sa.Column("label", JSON_TEXT, nullable=False),
        sa.Column("broader_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("broader_id <> id", name=op.f("ck_topic_broader")),
        sa.ForeignKeyConstraint(
            ["broader_id"], ["topic.id"], name=op.f("fk_topic_broader_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("key", name=op.f("uq_topic_key")),
        sa.UniqueConstraint("scheme", "code", name=op.f("uq_topic_scheme_code")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_broader_id"), ["broader_id"], unique=False)

    op.create_table(
        "actor_candidate",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_actor_candidate_actor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["actor.id"],
            name=op.f("fk_actor_candidate_candidate_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("actor_id", "candidate_id", name=op.f("pk_actor_candidate")),
        sa.UniqueConstraint(
            "actor_id", "ordinal", name=op.f("uq_actor_candidate_actor_id_ordinal")
        ),
    )
    with op.batch_alter_table("actor_candidate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_actor_candidate_candidate_id"), ["candidate_id"], unique=False
        )

    op.create_table(
        "actor_name",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("text", BY_CODE_POINT, nullable=False),
        sa.Column("text_fold", BY_CODE_POINT, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("observed", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_actor_name_basis")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_actor_name_actor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier.id"],
            name=op.f("fk_actor_name_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["language"], ["language.tag"], name=op.f("fk_actor_name_language"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_name")),
        sa.UniqueConstraint(
            "actor_id",
            "text",
            "language",
            "observed",
            "dossier_id",
            name=op.f("uq_actor_name_actor_id_text_language_observed_dossier_id"),
        ),
    )
    with op.batch_alter_table("actor_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actor_name_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actor_name_text_fold"), ["text_fold"], unique=False)

    op.create_table(
        "article",
        sa.Column("published_edtf", sa.String(), nullable=True),
        sa.Column("published_earliest", sa.Date(), nullable=True),
        sa.Column("published_latest", sa.Date(), nullable=True),
        sa.Column("published_precision", sa.String(), nullable=False),
        sa.Column("published_text", sa.String(), nullable=True),
        sa.Column("published_basis", sa.String(), nullable=True),
        sa.Column("published_asc", BY_CODE_POINT, nullable=False),
        sa.Column("published_desc", BY_CODE_POINT, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_sort", BY_CODE_POINT, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("publisher_asc", BY_CODE_POINT, nullable=False),
        sa.Column("publisher_desc", BY_CODE_POINT, nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "published_basis IN ('STATED', 'RESOLVED', 'CURATED')",
            name=op.f("ck_article_published_basis"),
        ),
        sa.CheckConstraint(
            "published_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')",
            name=op.f("ck_article_published_precision"),
        ),
        sa.CheckConstraint(
            "published_earliest <= published_latest", name=op.f("ck_article_published_bounds")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["language"], ["language.tag"], name=op.f("fk_article_language"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"],
            ["actor.id"],
            name=op.f("fk_article_publisher_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("key", name=op.f("uq_article_key")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_published_asc_key"), ["published_asc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_published_desc_key"), ["published_desc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_publisher_asc_key"), ["publisher_asc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_publisher_desc_key"), ["publisher_desc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_publisher_id_published_desc_key"),
            ["publisher_id", "published_desc", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_article_recorded_at_key"), ["recorded_at", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_title_sort_key"), ["title_sort", "key"], unique=False
        )

    op.create_table(
        "event",
        sa.Column("date_edtf", sa.String(), nullable=True),
        sa.Column("date_earliest", sa.Date(), nullable=True),
        sa.Column("date_latest", sa.Date(), nullable=True),
        sa.Column("date_precision", sa.String(), nullable=False),
        sa.Column("date_text", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("date_asc", BY_CODE_POINT, nullable=False),
        sa.Column("date_desc", BY_CODE_POINT, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", BY_CODE_POINT, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("title", JSON_TEXT, nullable=False),
        sa.Column("title_sort", BY_CODE_POINT, nullable=False),
        sa.Column("summary", JSON_TEXT, nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("place_asc", BY_CODE_POINT, nullable=False),
        sa.Column("place_desc", BY_CODE_POINT, nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "date_basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_event_date_basis")
        ),
        sa.CheckConstraint(
            "date_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')",
            name=op.f("ck_event_date_precision"),
        ),
        sa.CheckConstraint(
            "kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')", name=op.f("ck_event_kind")
        ),
        sa.CheckConstraint("date_earliest <= date_latest", name=op.f("ck_event_date_bounds")),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_event_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_event_kind_key")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_date_asc_kind_key"), ["date_asc", "kind", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_date_desc_kind_key"), ["date_desc", "kind", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_date_asc_key"), ["kind", "date_asc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_date_desc_key"), ["kind", "date_desc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_place_asc_key"), ["kind", "place_asc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_place_desc_key"), ["kind", "place_desc", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_recorded_at_key"),
            ["kind", "recorded_at", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_event_kind_title_sort_key"), ["kind", "title_sort", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_place_asc_kind_key"), ["place_asc", "kind", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_place_desc_kind_key"), ["place_desc", "kind", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_place_id_date_desc_kind_key"),
            ["place_id", "date_desc", "kind", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_event_recorded_at_kind_key"),
            ["recorded_at", "kind", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_event_title_sort_kind_key"), ["title_sort", "kind", "key"], unique=False
        )

    op.create_table(
        "office",
        sa.Column("until_edtf", sa.String(), nullable=True),
        sa.Column("until_earliest", sa.Date(), nullable=True),
        sa.Column("until_latest", sa.Date(), nullable=True),
        sa.Column("until_precision", sa.String(), nullable=False),
        sa.Column("until_text", sa.String(), nullable=True),
        sa.Column("until_basis", sa.String(), nullable=True),
        sa.Column("since_edtf", sa.String(), nullable=True),
        sa.Column("since_earliest", sa.Date(), nullable=True),
        sa.Column("since_latest", sa.Date(), nullable=True),
        sa.Column("since_precision", sa.String(), nullable=False),
        sa.Column("since_text", sa.String(), nullable=True),
        sa.Column("since_basis", sa.String(), nullable=True),
        sa.Column("since_asc", BY_CODE_POINT, nullable=False),
        sa.Column("since_desc", BY_CODE_POINT, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("title", JSON_TEXT, nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "since_basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_office_since_basis")
        ),
        sa.CheckConstraint(
            "since_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')",
            name=op.f("ck_office_since_precision"),
        ),
        sa.CheckConstraint(
            "until_basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_office_until_basis")
        ),
        sa.CheckConstraint(
            "until_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')",
            name=op.f("ck_office_until_precision"),
        ),
        sa.CheckConstraint("since_earliest <= since_latest", name=op.f("ck_office_since_bounds")),
        sa.CheckConstraint("until_earliest <= until_latest", name=op.f("ck_office_until_bounds")),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["actor.id"], name=op.f("fk_office_holder_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_office_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["actor.id"],
            name=op.f("fk_office_organization_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("key", name=op.f("uq_office_key")),
    )
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_holder_id_since_asc_key"),
            ["holder_id", "since_asc", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_office_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('ANNOUNCED', 'SIGNED', 'RATIFIED', 'IN_FORCE', 'SUSPENDED', 'TERMINATED', 'UNKNOWN')",
            name=op.f("ck_agreement_status"),
        ),
        sa.CheckConstraint(
            "type IN ('MEMORANDUM_OF_UNDERSTANDING', 'COOPERATION_AGREEMENT', 'TREATY', 'PROTOCOL', 'CEASEFIRE', 'PEACE_AGREEMENT', 'DECLARATION', 'CONTRACT', 'OTHER')",
            name=op.f("ck_agreement_type"),
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["event.id"], name=op.f("fk_agreement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", JSON_TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["event.id"], name=op.f("fk_appeal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("article_key", BY_CODE_POINT, nullable=False),
        sa.Column("quote_text", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("quote_prefix", sa.Text(), nullable=False),
        sa.Column("quote_suffix", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_claim_basis")
        ),
        sa.CheckConstraint("stance IN ('ASSERTS', 'DENIES')", name=op.f("ck_claim_stance")),
        sa.CheckConstraint(
            "0 <= quote_start AND quote_start < quote_end", name=op.f("ck_claim_quote")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_claim_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["record.id"], name=op.f("fk_claim_subject_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("key", name=op.f("uq_claim_key")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_claim_article_id_quote_start_key"),
            ["article_id", "quote_start", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_claim_article_key_quote_start_key"),
            ["article_key", "quote_start", "key"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_claim_property"), ["property"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_subject_id_article_key_quote_start_key"),
            ["subject_id", "article_key", "quote_start", "key"],
            unique=False,
        )

    op.create_table(
        "event_code",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("scheme", BY_CODE_POINT, nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("code", BY_CODE_POINT, nullable=False),
        sa.Column("label", JSON_TEXT, nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('STATED', 'RESOLVED', 'CURATED')", name=op.f("ck_event_code_basis")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_code_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_code")),
    )
    with op.batch_alter_table("event_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_code_event_id_scheme_code"),
            ["event_id", "scheme", "code"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_event_code_scheme_code_event_id"),
            ["scheme", "code", "event_id"],
            unique=False,
        )

    op.create_table(
        "event_link",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("relation", BY_CODE_POINT, nullable=False),
        sa.Column("inverse", sa.Boolean(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("other_kind", BY_CODE_POINT, nullable=False),
        sa.Column("other_key", BY_CODE_POINT, nullable=False),
        sa.CheckConstraint(
            "relation IN ('ABOUT', 'CONCLUDED_AT', 'IN_RESPONSE_TO', 'PART_OF', 'FOLLOWS')",
            name=op.f("ck_event_link_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_link_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["event.id"], name=op.f("fk_event_link_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_link")),
        sa.UniqueConstraint(
            "event_id",
            "relation",
            "other_kind",
            "other_key",
            "inverse",
            name=op.f("uq_event_link_event_id_relation_other_kind_other_key_inverse"),
        ),
    )
    with op.batch_alter_table("event_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "event_topic",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_topic_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_event_topic_topic_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("event_id", "topic_id", name=op.f("pk_event_topic")),
    )
    with op.batch_alter_table("event_topic", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_topic_topic_id_event_id"), ["topic_id", "event_id"], unique=False
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "format IN ('RECEPTION', 'VISIT', 'TALKS', 'SUMMIT', 'BRIEFING', 'CALL', 'OTHER')",
            name=op.f("ck_meeting_format"),
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["event.id"], name=op.f("fk_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "participation",
        sa.Column("signed_on_edtf", sa.String(), nullable=True),
        sa.Column("signed_on_earliest", sa.Date(), nullable=True),
        sa.Column("signed_on_latest", sa.Date(), nullable=True),
        sa.Column("signed_on_precision", sa.String(), nullable=False),
        sa.Column("signed_on_text", sa.String(), nullable=True),
        sa.Column("signed_on_basis", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("event_kind", BY_CODE_POINT, nullable=False),
        sa.Column("event_key", BY_CODE_POINT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role = 'SIGNATORY' OR signed_on_edtf IS NULL AND signed_on_text IS NULL",
            name=op.f("ck_participation_signed_on_signatory"),
        ),
        sa.CheckConstraint(
            "role IN ('HOST', 'GUEST', 'PARTICIPANT', 'PARTY', 'SIGNATORY', 'THIRD_PARTY', 'SPEAKER', 'ADDRESSEE', 'REQUESTER', 'REQUESTED', 'SUBJECT')",
            name=op.f("ck_participation_role"),
        ),
        sa.CheckConstraint(
            "signed_on_basis IN ('STATED', 'RESOLVED', 'CURATED')",
            name=op.f("ck_participation_signed_on_basis"),
        ),
        sa.CheckConstraint(
            "signed_on_precision IN ('DAY', 'MONTH', 'YEAR', 'RANGE', 'PARTIAL', 'UNKNOWN')",
            name=op.f("ck_participation_signed_on_precision"),
        ),
        sa.CheckConstraint(
            "signed_on_earliest <= signed_on_latest", name=op.f("ck_participation_signed_on_bounds")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_participation_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participation_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.id"],
            name=op.f("fk_participation_office_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"],
            ["actor.id"],
            name=op.f("fk_participation_on_behalf_of_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("event_id", "ordinal", name=op.f("uq_participation_event_id_ordinal")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participation_actor_id_event_kind_event_key_ordinal"),
            ["actor_id", "event_kind", "event_key", "ordinal"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_participation_office_id"), ["office_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_participation_on_behalf_of_id"), ["on_behalf_of_id"], unique=False
        )

    op.create_table(
        "report",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_report_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_report_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "event_id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_event_id_article_id"), ["event_id", "article_id"], unique=False
        )

    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", JSON_TEXT, nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["event.id"], name=op.f("fk_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_table(
        "agreement_aim",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", JSON_TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_aim_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("agreement_id", "ordinal", name=op.f("pk_agreement_aim")),
    )
    op.create_table(
        "attribution",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_attribution_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_attribution_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name=op.f("pk_attribution")),
    )
    with op.batch_alter_table("attribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attribution_actor_id"), ["actor_id"], unique=False)

    op.create_table(
        "provision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", BY_CODE_POINT, nullable=False),
        sa.Column("slug", BY_CODE_POINT, nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("agreement_key", BY_CODE_POINT, nullable=False),
        sa.Column("agreement_date_asc", BY_CODE_POINT, nullable=False),
        sa.Column("agreement_date_desc", BY_CODE_POINT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("heading", JSON_TEXT, nullable=True),
        sa.Column("text", JSON_TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_provision_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_provision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision")),
        sa.UniqueConstraint(
            "agreement_id", "ordinal", name=op.f("uq_provision_agreement_id_ordinal")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_provision_key")),
    )
    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_provision_agreement_date_asc_key"),
            ["agreement_date_asc", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_provision_agreement_date_desc_key"),
            ["agreement_date_desc", "key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_provision_agreement_key_ordinal_key"),
            ["agreement_key", "ordinal", "key"],
            unique=False,
        )

    op.create_table(
        "provision_topic",
        sa.Column("provision_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provision_id"],
            ["provision.id"],
            name=op.f("fk_provision_topic_provision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_provision_topic_topic_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("provision_id", "topic_id", name=op.f("pk_provision_topic")),
    )
    with op.batch_alter_table("provision_topic", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_provision_topic_topic_id_provision_id"),
            ["topic_id", "provision_id"],
            unique=False,
        )

    countries = sa.table(
        "country", sa.column("code", sa.String()), sa.column("name", JSON_TEXT)
    )
    op.bulk_insert(countries, list_countries())


def downgrade() -> None:
    with op.batch_alter_table("provision_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provision_topic_topic_id_provision_id"))

    op.drop_table("provision_topic")
    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provision_agreement_key_ordinal_key"))
        batch_op.drop_index(batch_op.f("ix_provision_agreement_date_desc_key"))
        batch_op.drop_index(batch_op.f("ix_provision_agreement_date_asc_key"))

    op.drop_table("provision")
    with op.batch_alter_table("attribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attribution_actor_id"))

    op.drop_table("attribution")
    op.drop_table("agreement_aim")
    op.drop_table("statement")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_event_id_article_id"))

    op.drop_table("report")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_on_behalf_of_id"))
        batch_op.drop_index(batch_op.f("ix_participation_office_id"))
        batch_op.drop_index(batch_op.f("ix_participation_actor_id_event_kind_event_key_ordinal"))

    op.drop_table("participation")
    op.drop_table("meeting")
    with op.batch_alter_table("event_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_topic_topic_id_event_id"))

    op.drop_table("event_topic")
    with op.batch_alter_table("event_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_link_other_id"))

    op.drop_table("event_link")
    with op.batch_alter_table("event_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_code_scheme_code_event_id"))
        batch_op.drop_index(batch_op.f("ix_event_code_event_id_scheme_code"))

    op.drop_table("event_code")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_subject_id_article_key_quote_start_key"))
        batch_op.drop_index(batch_op.f("ix_claim_property"))
        batch_op.drop_index(batch_op.f("ix_claim_article_key_quote_start_key"))
        batch_op.drop_index(batch_op.f("ix_claim_article_id_quote_start_key"))

    op.drop_table("claim")
    op.drop_table("appeal")
    op.drop_table("agreement")
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_organization_id"))
        batch_op.drop_index(batch_op.f("ix_office_holder_id_since_asc_key"))

    op.drop_table("office")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_title_sort_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_recorded_at_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_place_id_date_desc_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_place_desc_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_place_asc_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_title_sort_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_recorded_at_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_place_desc_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_place_asc_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_date_desc_key"))
        batch_op.drop_index(batch_op.f("ix_event_kind_date_asc_key"))
        batch_op.drop_index(batch_op.f("ix_event_date_desc_kind_key"))
        batch_op.drop_index(batch_op.f("ix_event_date_asc_kind_key"))

    op.drop_table("event")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_title_sort_key"))
        batch_op.drop_index(batch_op.f("ix_article_recorded_at_key"))
        batch_op.drop_index(batch_op.f("ix_article_publisher_id_published_desc_key"))
        batch_op.drop_index(batch_op.f("ix_article_publisher_desc_key"))
        batch_op.drop_index(batch_op.f("ix_article_publisher_asc_key"))
        batch_op.drop_index(batch_op.f("ix_article_published_desc_key"))
        batch_op.drop_index(batch_op.f("ix_article_published_asc_key"))

    op.drop_table("article")
    with op.batch_alter_table("actor_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actor_name_text_fold"))
        batch_op.drop_index(batch_op.f("ix_actor_name_dossier_id"))

    op.drop_table("actor_name")
    with op.batch_alter_table("actor_candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actor_candidate_candidate_id"))

    op.drop_table("actor_candidate")
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_broader_id"))

    op.drop_table("topic")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_part_of_id"))
        batch_op.drop_index(batch_op.f("ix_place_name_sort_key"))
        batch_op.drop_index(batch_op.f("ix_place_country_code"))

    op.drop_table("place")
    with op.batch_alter_table("actor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actor_name_sort_key"))
        batch_op.drop_index(batch_op.f("ix_actor_event_count_key"))
        batch_op.drop_index(batch_op.f("ix_actor_country_desc_key"))
        batch_op.drop_index(batch_op.f("ix_actor_country_code"))
        batch_op.drop_index(batch_op.f("ix_actor_country_asc_key"))

    op.drop_table("actor")
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_revision_id"))
        batch_op.drop_index(batch_op.f("ix_record_dossier_id"))

    op.drop_table("record")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_kind_key"))

    op.drop_table("change")
    op.drop_table("revision")
    op.drop_table("language")
    op.drop_table("dossier")
    op.drop_table("country")
