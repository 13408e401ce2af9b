"""Articles in the database, for the records of their dossiers."""

from collections.abc import Iterable

import sqlalchemy as sa

from api import model as m
from api.intake.draft.dossier import Source
from api.intake.forms.codecs import UNKNOWN
from api.intake.read.recovery import PLACEHOLDER
from api.intake.rows import fetch_among, table_of
from api.text.dates import parse_edtf

UNKNOWN_LANGUAGE = "und"
ARTICLE, ACTOR = table_of(m.Article), table_of(m.Actor)
CHECKED = sa.select(
    ARTICLE.c.key,
    ARTICLE.c.language,
    ARTICLE.c.published_edtf,
    ACTOR.c.key.label("publisher"),
).outerjoin(ACTOR, ACTOR.c.id == ARTICLE.c.publisher_id)
SOURCES = CHECKED.add_columns(ARTICLE.c.body)


def missing_source(key: str) -> Source:
    """Return what stands for an article that is not there, which is reported as a problem."""
    return Source(key, UNKNOWN_LANGUAGE, body=PLACEHOLDER)


def fetch_sources(
    connection: sa.Connection, keys: Iterable[str], *, checked: bool = False
) -> dict[str, Source]:
    """Fetch articles by their keys; without their texts, if their records are `checked` already."""
    return {
        row.key: Source(
            row.key,
            row.language,
            row.publisher,
            parse_edtf(row.published_edtf) if row.published_edtf else UNKNOWN,
            PLACEHOLDER if checked else row.body,
        )
        for row in fetch_among(connection, CHECKED if checked else SOURCES, ARTICLE.c.key, keys)
    }
