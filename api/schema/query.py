"""The root fields: where every question starts."""

import strawberry

from api import model as m
from api.schema.connections import Connection
from api.schema.fields import lookup, node_by_id, nodes_by_ids, pages, rows
from api.schema.types import (
    Actor,
    Agreement,
    Appeal,
    Article,
    Claim,
    Event,
    Meeting,
    Node,
    Place,
    Provision,
    Statement,
    Topic,
)


@strawberry.type(description="Where every question starts.")
class Query:
    """Where every question starts."""

    node: Node | None = node_by_id("The record of this id; null where there is none.")
    nodes: list[Node | None] = nodes_by_ids(
        "The records of these ids, in their order; null where there is none."
    )
    article: Article | None = lookup(
        "One article, by its key or its URL.",
        key=(m.Article.key, "The article's key."),
        url=(m.Article.url, "Where it was published."),
    )
    actor: Actor | None = lookup(
        "One actor, by its key or its item in Wikidata.",
        key=(m.Actor.key, "The actor's key."),
        wikidataId=(m.Actor.wikidata_id, "The actor's item in Wikidata: Q858."),
    )
    articles: Connection[Article] = pages("All articles, newest first.")
    actors: Connection[Actor] = pages("All actors, by name.")
    events: Connection[Event] = pages("All events, newest first.")
    meetings: Connection[Meeting] = pages("All meetings, newest first.")
    agreements: Connection[Agreement] = pages("All agreements, newest first.")
    provisions: Connection[Provision] = pages("All provisions, by agreement and ordinal.")
    statements: Connection[Statement] = pages("All statements, newest first.")
    appeals: Connection[Appeal] = pages("All appeals, newest first.")
    claims: Connection[Claim] = pages("All claims, by article and where their words stand.")
    places: Connection[Place] = pages("All places, by name.")
    topics: list[Topic] = rows(
        "All topics, by scheme and code.", scheme=(m.Topic.scheme, "Only those of this scheme.")
    )
