"""The search: an engine and its words in, the articles found in order."""

from typing import Any, cast

import sqlalchemy as sa

from api import model as m
from benchmarks.plain.loaders import ARTICLE

RECORD = cast("Any", m.SearchRecord)
FOUND = {
    "sqlite": {
        "words": "search_index MATCH :words",
        "names": "search_index MATCH '{names} : (' || :words || ')'",
    },
    "postgresql": {
        column: f"array_to_tsvector(string_to_array({column}, ' ')) @@ CAST(:words AS tsquery)"
        for column in ("words", "names")
    },
}


def select_hits(engine: str, words: str) -> sa.Select[Any]:
    """Select the articles with these words; those that have them in a name come first."""

    def is_found(column: str) -> sa.ColumnElement[bool]:
        rows = sa.text(f"SELECT rowid FROM search_index WHERE {FOUND[engine][column]}")  # noqa: S608
        found: sa.ColumnElement[bool] = RECORD.id.in_(
            rows.bindparams(words=words).columns(sa.column("rowid", sa.Integer)).scalar_subquery()
        )
        return found

    query = sa.select(ARTICLE).join(RECORD, RECORD.id == ARTICLE.id).where(is_found("words"))
    order = (is_found("names").desc(), RECORD.date_desc.desc(), RECORD.kind, RECORD.key)
    return query.order_by(*order)
