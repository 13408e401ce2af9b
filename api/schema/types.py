"""The types of articles, claims, actors, places, topics and search hits; `events.py` has events.

Each field is bound to its columns. Docstrings and descriptions are the API's documentation for
clients.
"""

from typing import TYPE_CHECKING, Annotated, Optional

import strawberry

from api import model as m
from api.model import kinds
from api.schema import enums  # noqa: F401 — describes the enumerations used below
from api.schema.bindings import Form
from api.schema.connections import Connection, Events
from api.schema.entities import Root, described, entity
from api.schema.fields import (
    any_record,
    ascending,
    descending,
    embedded,
    hit_part,
    identity,
    localized,
    many,
    one,
    page,
    part,
    through,
    token,
    translations,
    value,
)
from api.schema.scalars import Date, Language
from api.text.dates import DatePrecision

if TYPE_CHECKING:
    from api.schema.events import Event, Participation

NEWEST_ARTICLES = descending(m.Article.published_desc, m.Article.key)
AS_CLAIMED = ascending(m.Claim.article_key, m.Claim.quote_start, m.Claim.key)
AS_TAKEN_PART = ascending(
    m.Participation.event_kind, m.Participation.event_key, m.Participation.ordinal
)

EventRef = Annotated["Event", strawberry.lazy("api.schema.events")]
ParticipationRef = Annotated["Participation", strawberry.lazy("api.schema.events")]


@described(strawberry.interface)
class Node:
    """Whatever has an id."""

    id: strawberry.ID = strawberry.field(
        description='"<kind>:<key>", the same in every database: "meeting:ankara-reception".'
    )


@described(strawberry.type)
class LocalizedText:
    """A text in one language."""

    language: Language = strawberry.field(description="The text's language.")
    text: str = strawberry.field(description="The text.")
    direction: kinds.TextDirection = strawberry.field(description="Which way it is written.")
    original: bool = strawberry.field(
        description="Whether it is the source's own words; the others are translations."
    )


@described(strawberry.type)
class FuzzyDate:
    """A date as precise as the source has it: EDTF (ISO 8601-2) with its bounds."""

    edtf: str | None = part(
        "edtf",
        "The date in EDTF; null where nothing is known. `1985/..` is open, and `1985/` has an end "
        "that nobody knows; neither has a `latest`.",
        Form.TOKEN,
    )
    earliest: Date | None = part(
        "earliest", "The first day it can be; null where unknown or open.", Form.DATE
    )
    latest: Date | None = part(
        "latest", "The last day it can be; null where unknown or open.", Form.DATE
    )
    precision: DatePrecision = part("precision", "How precise it is.", Form.TOKEN)
    text: str | None = part("text", 'The source\'s own words: "تموز الفائت".')
    basis: kinds.Basis | None = part("basis", "What it rests on.", Form.TOKEN)
    anchored: str | None = part(
        "anchored",
        'What the source says of the day of publication, where it dates by that: "last tuesday", '
        'EDTF without the year, "XXXX-07", or such a date of another calendar, "islamic-umalqura '
        'XXXX-09". Until that day is known there are no bounds.',
    )


@entity(m.Attribution, order=ascending(m.Attribution.ordinal))
class Attribution:
    """One link of the chain from an article's publisher to the origin."""

    actor: "Actor" = one(m.Attribution.actor_id, "Who says it.")
    via: str | None = value(m.Attribution.via, "The channel: a speech, an account on X.")


@described(strawberry.type)
class Quote:
    """The words of an article that say something."""

    article: "Article" = one(m.Claim.article_id, "The article.")
    text: str = part("text", "The words: `body[start:end]`, always.")
    start: int = part("start", "The code point of the body at which they start.", Form.INTEGER)
    end: int = part("end", "The code point of the body before which they end.", Form.INTEGER)
    prefix: str = part("prefix", "The 32 code points before them.")
    suffix: str = part("suffix", "The 32 code points after them.")


@entity(
    m.Claim,
    order=AS_CLAIMED,
    root=Root("claims", "by article and where their words stand", Connection),
)
class Claim(Node):
    """Who says that a property of a record has a value, in which words."""

    id: strawberry.ID = identity(m.Claim.key, "claim", '"claim:<hash of what it says>".')
    subject: Node = any_record(m.Claim.subject_id, "The record that it speaks of.")
    property: str = value(m.Claim.property, 'What it speaks of: "date", "participants.host".')
    value: str | None = value(
        m.Claim.value,
        "The value as claimed: EDTF, a key, an enum value or words; null where the claim is "
        "that the record exists.",
    )
    stance: kinds.Stance = token(m.Claim.stance, "Whether it asserts or denies the value.")
    basis: kinds.Basis = token(m.Claim.basis, "Whether the words say it, or it follows.")
    quote: Quote | None = embedded("quote_", "The words that say it.")
    article: "Article" = one(m.Claim.article_id, "The article whose words say it.")
    attribution: list[Attribution] = many(
        m.Attribution.claim_id, "Outermost first: from the publisher to the origin."
    )


@entity(m.Country)
class Country:
    """A country."""

    code: str = token(m.Country.code, "ISO 3166-1 alpha-2.")
    name: str = localized(m.Country.name, "Its name, from CLDR.")


@entity(
    m.Place,
    order=ascending(m.Place.name_sort, m.Place.key),
    root=Root("places", "by name", Connection),
)
class Place(Node):
    """Where events happen."""

    id: strawberry.ID = identity(m.Place.key, "place", '"place:<key>".')
    key: str = token(m.Place.key, "Its key, unique among places.")
    name: str = localized(m.Place.name, "Its name.")
    names: list[LocalizedText] = translations(m.Place.name, "Its name in every language kept.")
    country: Country | None = one(m.Place.country_code, "The country it lies in.")
    part_of: Optional["Place"] = one(m.Place.part_of_id, "The place that it is part of.")
    latitude: float | None = value(
        m.Place.latitude, "WGS 84 degrees, north positive, six decimals at most.", Form.DECIMAL
    )
    longitude: float | None = value(
        m.Place.longitude, "WGS 84 degrees, east positive, six decimals at most.", Form.DECIMAL
    )


@entity(m.Topic, order=ascending(m.Topic.scheme, m.Topic.code))
class Topic(Node):
    """A subject in a scheme of subjects."""

    id: strawberry.ID = identity(m.Topic.key, "topic", '"topic:<scheme>.<code>".')
    scheme: str = token(m.Topic.scheme, "The scheme it belongs to.")
    code: str = token(m.Topic.code, "Its code in the scheme.")
    label: str = localized(m.Topic.label, "What it is called.")
    broader: Optional["Topic"] = one(m.Topic.broader_id, "The topic above it.")


@entity(m.EventCode, order=ascending(m.EventCode.scheme, m.EventCode.code, m.EventCode.id))
class EventCode:
    """An event's code in an event-data scheme."""

    scheme: str = value(m.EventCode.scheme, "The scheme: CAMEO, PLOVER.")
    version: str | None = value(m.EventCode.version, "The scheme's version.")
    code: str = value(m.EventCode.code, "The code.")
    label: str | None = localized(m.EventCode.label, "What it means, where a dossier says.")
    basis: kinds.Basis = token(m.EventCode.basis, "What the coding rests on.")


@entity(
    m.ActorName,
    order=(
        *descending(m.ActorName.preferred),
        *ascending(m.ActorName.language, m.ActorName.text, m.ActorName.id),
    ),
)
class ActorName:
    """A name or spelling of an actor."""

    text: str = value(m.ActorName.text, "The name as it is written.")
    language: Language = token(m.ActorName.language, "The language it is in.")
    preferred: bool = value(
        m.ActorName.preferred, "Whether it is the usual name in its language.", Form.BOOLEAN
    )
    observed: bool = value(m.ActorName.observed, "Whether an article spells it so.", Form.BOOLEAN)
    basis: kinds.Basis = token(m.ActorName.basis, "STATED where observed, else CURATED.")


@entity(m.Article, order=NEWEST_ARTICLES, root=Root("articles", "newest first", Connection))
class Article(Node):
    """A document: its text, where it is from, what it reports."""

    id: strawberry.ID = identity(m.Article.key, "article", '"article:<key>".')
    key: str = token(m.Article.key, "Its key, unique among articles.")
    title: str = value(m.Article.title, "Its title, verbatim.")
    language: Language = token(m.Article.language, "The language it is written in.")
    direction: kinds.TextDirection = through(
        m.Article.language, m.Language.direction, "Which way it is written."
    )
    publisher: Optional["Actor"] = one(m.Article.publisher_id, "Who published it.")
    url: str | None = value(m.Article.url, "Where it was published.")
    published: FuzzyDate = embedded("published_", "When it was published.")
    body: str = value(m.Article.body, "Its text, verbatim, without the site's furniture.")
    sha256: str = token(m.Article.sha256, "SHA-256 of the document as received, in hex.")
    events: Events[EventRef] = page(
        "Event",
        m.Event.id,
        "The events it reports: those its dossier holds or that it has a claim on.",
        through=((m.Report.event_id, m.Report.article_id),),
        ordering=True,
    )
    claims: Connection[Claim] = page(
        "Claim", m.Claim.article_id, "The claims whose words stand in it."
    )


@entity(m.Office, order=ascending(m.Office.since_asc, m.Office.key))
class Office(Node):
    """One holder's tenure of an office."""

    id: strawberry.ID = identity(m.Office.key, "office", '"office:<holder key>.<key>".')
    title: str = localized(m.Office.title, "What the holder is called.")
    holder: "Actor" = one(m.Office.holder_id, "Who holds it.")
    organization: Optional["Actor"] = one(m.Office.organization_id, "What it is an office of.")
    since: FuzzyDate = embedded("since_", "When the tenure began.")
    until: FuzzyDate = embedded("until_", "When it ended.")
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "Where it says so.")


@entity(
    m.Actor,
    order=ascending(m.Actor.name_sort, m.Actor.key),
    root=Root("actors", "by name", Connection),
)
class Actor(Node):
    """Whoever takes part in events."""

    id: strawberry.ID = identity(m.Actor.key, "actor", '"actor:<key>".')
    key: str = token(m.Actor.key, "Its key, unique among actors.")
    kind: kinds.ActorKind = token(m.Actor.kind, "What it is.")
    name: str = localized(m.Actor.name, "Its usual name.")
    names: list[ActorName] = many(
        m.ActorName.actor_id, "Every name and spelling, the usual ones first."
    )
    country: Country | None = one(m.Actor.country_code, "The country it belongs to.")
    wikidata_id: str | None = value(m.Actor.wikidata_id, "Its item in Wikidata: Q858.")
    offices: list[Office] = many(m.Office.holder_id, "The offices that a person holds or held.")
    candidates: list["Actor"] = many(
        m.Actor.id,
        "Who an unresolved actor may be.",
        through=((m.ActorCandidate.candidate_id, m.ActorCandidate.actor_id),),
        order=ascending(m.ActorCandidate.ordinal),
    )
    participations: Connection[ParticipationRef] = page(
        "Participation",
        m.Participation.actor_id,
        "What it takes part in, and how.",
        order=AS_TAKEN_PART,
    )
    events: Events[EventRef] = page(
        "Event",
        m.Event.id,
        "The events that it takes part in.",
        through=((m.Participation.event_id, m.Participation.actor_id),),
        ordering=True,
    )
    articles: Connection[Article] = page(
        "Article",
        m.Article.id,
        "The articles that report an event it takes part in.",
        through=(
            (m.Report.article_id, m.Report.event_id),
            (m.Participation.event_id, m.Participation.actor_id),
        ),
    )
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "The claims about it.")


@described(strawberry.type)
class Highlight:
    """Where a word that was asked for stands in a snippet."""

    start: int = strawberry.field(description="The code point at which it starts.")
    end: int = strawberry.field(description="The code point before which it ends.")


@entity(
    m.HIT,
    order=(
        *descending(m.HIT.c.named, m.HIT.c.date_desc),
        *ascending(m.HIT.c.kind, m.HIT.c.key),
    ),
)
class SearchHit:
    """A record that a search found, and its best field."""

    node: Node = any_record(m.HIT.c.id, "The record.", m.HIT.c.kind)
    field: str = hit_part(
        "field",
        "The field that has all the words, else one that has some; a title or name before a text.",
    )
    snippet: str = hit_part("snippet", "The field's words around the first one found, verbatim.")
    highlights: list[Highlight] = hit_part("highlights", "Where the words found stand in it.")
