"""The root fields: where every question starts."""

import strawberry

from api import model as m
from api.model import kinds
from api.schema.connections import Connection, Events, Provisions
from api.schema.events import Agreement, Appeal, Event, Meeting, Provision, Statement
from api.schema.fields import lookup, node_by_id, nodes_by_ids, pages, rows, search
from api.schema.types import Actor, Article, Claim, Node, Place, SearchHit, Topic


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
    articles: Connection[Article] = pages("Article", "All articles, newest first.")
    actors: Connection[Actor] = pages("Actor", "All actors, by name.")
    events: Events[Event] = pages("Event", "All events, newest first.")
    meetings: Events[Meeting] = pages("Meeting", "All meetings, newest first.")
    agreements: Events[Agreement] = pages("Agreement", "All agreements, newest first.")
    provisions: Provisions[Provision] = pages(
        "Provision", "All provisions, by agreement and ordinal."
    )
    statements: Events[Statement] = pages("Statement", "All statements, newest first.")
    appeals: Events[Appeal] = pages("Appeal", "All appeals, newest first.")
    claims: Connection[Claim] = pages(
        "Claim", "All claims, by article and where their words stand.", ordering=False
    )
    places: Connection[Place] = pages("Place", "All places, by name.", ordering=False)
    topics: list[Topic] = rows(
        "All topics, by scheme and code.", scheme=(m.Topic.scheme, "Only those of this scheme.")
    )
    search: Connection[SearchHit] = search(
        "The records that have all the words: first those that have them in a title or name, then "
        "newest first, then actors, those of most events first, then by id. Words are compared "
        "without marks, letter forms, the article, prefixed particles and endings. A text without "
        "a word finds nothing.",
        kinds.RecordKind,
    )
