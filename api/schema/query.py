"""The root fields of queries."""

from typing import Any

import strawberry

from api import model as m
from api.model import kinds
from api.schema import events, filters, orders  # noqa: F401 — events declare root fields
from api.schema.changes import Change, Release, Revision
from api.schema.connections import Connection
from api.schema.entities import ROOTS, Root, make_class
from api.schema.fields import (
    by,
    changes,
    lookup,
    node_by_id,
    nodes_by_ids,
    pages,
    records_by,
    rows,
    search,
)
from api.schema.types import Actor, Article, Node, SearchHit, Topic


def list_roots(roots: dict[Any, Root]) -> dict[str, tuple[Any, Any]]:
    """Declare the root fields that list an entity's records; those with `orderBy` come first.

    An entity `X` takes `XFilter`, and `XOrder` of itself or of its interface, if there is one.
    Raise a TypeError that names a missing filter.
    """
    ordered: dict[str, tuple[Any, Any]] = {}
    unordered: dict[str, tuple[Any, Any]] = {}
    for cls, root in roots.items():
        filter_ = f"{cls.__name__}Filter"
        if filter_ not in vars(filters):
            raise TypeError(f"{cls.__name__} has no {filter_} in api/schema/filters.py")
        names = (f"{base.__name__}Order" for base in cls.__mro__)
        order = next((name for name in names if name in vars(orders)), None)
        field = pages(filter_, order, f"All {root.name}, {root.sorting}.")
        (ordered if order else unordered)[root.name] = root.connection[cls], field
    return ordered | unordered


FIELDS: dict[str, tuple[Any, Any]] = {
    "node": (Node | None, node_by_id("The record with this id; null if it does not exist.")),
    "nodes": (
        list[Node | None],
        nodes_by_ids(
            "The records with these ids, in their order; null for each that does not exist."
        ),
    ),
    "byIdentifier": (
        list[Node],
        records_by(
            m.Identifier.record_id,
            m.Identifier.record_kind,
            m.Identifier.record_key,
            "The records with this identifier, by kind and key: one of a kind, unless an article "
            "adds it to another.",
            scheme=(m.Identifier.scheme, "The identifier's scheme: GEONAMES, DOI, WIKIDATA."),
            id=(m.Identifier.value, "The identifier."),
        ),
    ),
    "article": (
        Article | None,
        lookup(
            "An article, by its key or its URL.",
            key=(m.Article.key, "The article's key."),
            url=(
                m.Article.url,
                "The article's URL; of several articles with it, the first by key.",
            ),
        ),
    ),
    "actor": (
        Actor | None,
        lookup(
            "An actor, by its key or its Wikidata item.",
            key=(m.Actor.key, "The actor's key."),
            wikidataId=(m.Actor.wikidata_id, "The actor's Wikidata item: Q858."),
        ),
    ),
    **list_roots(ROOTS),
    "topics": (
        list[Topic],
        rows(
            "All topics, by scheme and code.",
            scheme=(m.Topic.scheme, "Return only topics of this scheme."),
        ),
    ),
    "search": (
        Connection[SearchHit],
        search(
            "Full-text search: the records that contain all words. Records with the words in a "
            "title or name come first, then the newest, then actors by their number of events, "
            "then by id. Words are stemmed: diacritics, letter forms, the article, prefixed "
            "particles and endings are ignored. A text without words finds nothing.",
            kinds.RecordKind,
        ),
    ),
    "changes": (
        Connection[Change],
        changes(
            m.Change.kind,
            m.Change.key,
            kinds.RecordKind,
            "All changes in the order in which they became visible: by revision, then by kind and "
            "key of the record.",
        ),
    ),
    "revision": (
        Revision | None,
        by(
            "number",
            m.Revision.id,
            int,
            "The revision with this number; null if it does not exist.",
            "The revision's number.",
        ),
    ),
    "releases": (list[Release], rows("All releases, newest first.")),
    "release": (
        Release | None,
        by(
            "name",
            m.Release.name,
            str,
            "The release with this name; null if it does not exist.",
            "The release's name.",
        ),
    ),
}
Query = strawberry.type(
    make_class("Query", __name__, FIELDS), description="The root fields of queries."
)
