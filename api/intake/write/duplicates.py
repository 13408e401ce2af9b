"""Warnings about records that may be duplicates; they are imported all the same."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.rows import fetch_among, table_of
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

ACTOR, NAME, ARTICLE = table_of(m.Actor), table_of(m.ActorName), table_of(m.Article)
IDENTIFIER = table_of(m.Identifier)
OTHER = IDENTIFIER.alias()
# Identifiers of a record, each with another record of its kind that has it as well.
SHARED = sa.select(
    sa.func.lower(IDENTIFIER.c.record_kind),
    IDENTIFIER.c.record_key,
    OTHER.c.record_key,
    IDENTIFIER.c.scheme,
    IDENTIFIER.c.value,
).join(
    OTHER,
    (OTHER.c.value == IDENTIFIER.c.value)
    & (OTHER.c.scheme == IDENTIFIER.c.scheme)
    & (OTHER.c.record_kind == IDENTIFIER.c.record_kind)
    & (OTHER.c.record_key != IDENTIFIER.c.record_key),
)

# Column → the words of the warning about two articles with the same value.
SAME = {
    "sha256": "the same SHA-256: they are one document",
    "url_normalized": "the same URL, or differ in its scheme, `www.`, fragment or last slash only: "
    "if they are one document, keep one",
}


def find_duplicates(writer: Writer) -> Iterator[str]:
    """Yield a warning for each record of this revision that may duplicate another record."""
    if actors := _list_written(writer, RecordKind.ACTOR):
        yield from _find_actors(writer, actors)
    if articles := _list_written(writer, RecordKind.ARTICLE):
        yield from _find_articles(writer, articles)
    yield from _find_identified(writer)


def _list_written(writer: Writer, kind: RecordKind) -> list[int]:
    return [
        writer.ids[ref].id
        for ref, action in writer.changes.items()
        if ref.kind is kind and action is not ChangeAction.DELETED
    ]


@cache
def _select_namesakes() -> sa.Select[Any]:
    """Build the query of actors, each with one whose folded name, kind and country are the same."""
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
    return query.join(NAME, NAME.c.actor_id == ACTOR.c.id).where(NAME.c.preferred)


def _find_actors(writer: Writer, written: list[int]) -> Iterator[str]:
    """Yield a warning for each actor whose folded name, kind and country another actor has."""
    for one, another in _list_pairs(writer, _select_namesakes(), ACTOR.c.id, written):
        yield (
            f"actor:{one} and actor:{another} have the same name, kind and country: "
            "if they are one, keep one, and give it the other's names as aliases"
        )


def _find_articles(writer: Writer, written: list[int]) -> Iterator[str]:
    """Yield a warning for each article whose document or URL another article has."""
    for name, told in SAME.items():
        for one, another in _list_pairs(writer, _select_same(name), ARTICLE.c.id, written):
            yield f"article:{one} and article:{another} have {told}"


def _find_identified(writer: Writer) -> Iterator[str]:
    """Yield a warning for each identifier that an article adds although another record has it."""
    identified = writer.affected.identified
    rows = fetch_among(writer.connection, SHARED, IDENTIFIER.c.record_id, identified)
    found = {(row[0], *sorted(row[1:3]), *row[3:]) for row in rows}
    for kind, one, another, scheme, value in sorted(found):
        yield (
            f"{kind}:{one} and {kind}:{another} both have the identifier {scheme} {value}: if they "
            "are one, keep one, else correct what the article adds"
        )


@cache
def _select_same(name: str) -> sa.Select[Any]:
    """Build the query of articles, each with one that has the same value in a column."""
    other = ARTICLE.alias()
    first = sa.select(other.c.key).where(
        other.c[name] == ARTICLE.c[name], other.c.id != ARTICLE.c.id
    )
    if name == "sha256":
        first = first.where(ARTICLE.c.body != "")
    return sa.select(ARTICLE.c.key, _take_first(first, other.c.id))


def _take_first(query: sa.Select[Any], by: Any) -> sa.ScalarSelect[Any]:
    """Return the query's first key as a subquery: n duplicates give up to n warnings, not n²."""
    return query.order_by(by).limit(1).correlate(ACTOR, NAME, ARTICLE).scalar_subquery()


def _list_pairs(
    writer: Writer, query: sa.Select[Any], column: Any, written: list[int]
) -> list[tuple[str, str]]:
    """Return the distinct pairs of keys."""
    rows = fetch_among(writer.connection, query, column, written)
    return sorted({(min(pair), max(pair)) for pair in rows if pair[1] is not None})
