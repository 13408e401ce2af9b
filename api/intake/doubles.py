"""Records that may be two of one thing: told when they are written, never refused."""

from collections.abc import Iterator

import sqlalchemy as sa

from api import model as m
from api.intake.rows import fetch_among, table_of
from api.intake.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

ACTOR, NAME, ARTICLE = table_of(m.Actor), table_of(m.ActorName), table_of(m.Article)


def find_doubles(writer: Writer) -> Iterator[str]:
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
    """Find actors of the same folded preferred name, kind and country."""
    theirs, other = NAME.alias(), ACTOR.alias()
    query = (
        sa.select(ACTOR.c.key, other.c.key)
        .join(NAME, NAME.c.actor_id == ACTOR.c.id)
        .join(theirs, theirs.c.text_fold == NAME.c.text_fold)
        .join(other, other.c.id == theirs.c.actor_id)
        .where(
            NAME.c.preferred,
            theirs.c.preferred,
            other.c.id != ACTOR.c.id,
            other.c.kind == ACTOR.c.kind,
            other.c.country_asc == ACTOR.c.country_asc,
        )
    )
    pairs = {
        tuple(sorted(pair)) for pair in fetch_among(writer.connection, query, ACTOR.c.id, written)
    }
    for first, second in sorted(pairs):
        yield (
            f"actor:{first} and actor:{second} have the same name, kind and country: "
            "if they are one, keep one, and give it the other's names as aliases"
        )


def _find_articles(writer: Writer, written: list[int]) -> Iterator[str]:
    """Find articles of the same document."""
    other = ARTICLE.alias()
    same = (other.c.sha256 == ARTICLE.c.sha256) & (other.c.id != ARTICLE.c.id)
    query = sa.select(ARTICLE.c.key, other.c.key).join(other, same)
    pairs = {
        tuple(sorted(pair)) for pair in fetch_among(writer.connection, query, ARTICLE.c.id, written)
    }
    for first, second in sorted(pairs):
        yield f"article:{first} and article:{second} have the same SHA-256: they are one document"
