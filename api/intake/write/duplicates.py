"""Records that may be two of one thing: told when they are written, never refused."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.rows import fetch_among, table_of
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

ACTOR, NAME, ARTICLE = table_of(m.Actor), table_of(m.ActorName), table_of(m.Article)

# By column, what two articles of the same value have in common.
SAME = {
    "sha256": "the same SHA-256: they are one document",
    "url_normalized": "the same URL, or differ in its scheme, `www.`, fragment or last slash only: "
    "if they are one document, keep one",
}


def find_duplicates(writer: Writer) -> Iterator[str]:
    """Yield a sentence for each record of this revision that another seems to be as well."""
    yield from _find_actors(writer, _list_written(writer, RecordKind.ACTOR))
    yield from _find_articles(writer, _list_written(writer, RecordKind.ARTICLE))


def _list_written(writer: Writer, kind: RecordKind) -> list[int]:
    return [
        writer.ids[ref].id
        for ref, action in writer.changes.items()
        if ref.kind is kind and action is not ChangeAction.DELETED
    ]


def _find_actors(writer: Writer, written: list[int]) -> Iterator[str]:
    """Find, for each actor, the first other of the same folded preferred name, kind and country."""
    theirs, other = NAME.alias(), ACTOR.alias()
    first = (
        sa.select(other.c.key)
        .join(theirs, theirs.c.actor_id == other.c.id)
        .where(
            theirs.c.text_fold == NAME.c.text_fold,
            theirs.c.preferred,
            other.c.id != ACTOR.c.id,
            other.c.kind == ACTOR.c.kind,
            other.c.country_asc == ACTOR.c.country_asc,
        )
    )
    query = sa.select(ACTOR.c.key, _take_first(first, other.c.id))
    query = query.join(NAME, NAME.c.actor_id == ACTOR.c.id).where(NAME.c.preferred)
    for one, another in _list_pairs(writer, query, ACTOR.c.id, written):
        yield (
            f"actor:{one} and actor:{another} have the same name, kind and country: "
            "if they are one, keep one, and give it the other's names as aliases"
        )


def _find_articles(writer: Writer, written: list[int]) -> Iterator[str]:
    """Find, for each article, the first other of the same document, and the first of its URL."""
    other = ARTICLE.alias()
    for name, told in SAME.items():
        first = sa.select(other.c.key).where(
            other.c[name] == ARTICLE.c[name], other.c.id != ARTICLE.c.id
        )
        query = sa.select(ARTICLE.c.key, _take_first(first, other.c.id))
        for one, another in _list_pairs(writer, query, ARTICLE.c.id, written):
            yield f"article:{one} and article:{another} have {told}"


def _take_first(query: sa.Select[Any], by: Any) -> sa.ScalarSelect[Any]:
    """Limit a query to its first key, so that many duplicates do not yield all pairs."""
    return query.order_by(by).limit(1).correlate(ACTOR, NAME, ARTICLE).scalar_subquery()


def _list_pairs(
    writer: Writer, query: sa.Select[Any], column: Any, written: list[int]
) -> list[tuple[str, str]]:
    """List the pairs of keys, each once."""
    rows = fetch_among(writer.connection, query, column, written)
    return sorted({(min(pair), max(pair)) for pair in rows if pair[1] is not None})
