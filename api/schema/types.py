"""The types of articles, claims, actors, places, topics and search hits; `events.py` has events.

Each field is bound to its columns. Docstrings and descriptions are the API's documentation for
clients.
"""

from typing import TYPE_CHECKING, Annotated, Optional, Union

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
    history,
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
from api.schema.scalars import Date, DateTime, Language
from api.text.dates import DatePrecision

if TYPE_CHECKING:
    from api.schema.changes import Change
    from api.schema.events import Event, Participation

NEWEST_ARTICLES = descending(m.Article.published_desc, m.Article.key)
AS_CLAIMED = ascending(m.Claim.article_key, m.Claim.quote_start, m.Claim.key)
AS_TAKEN_PART = ascending(
    m.Participation.event_kind, m.Participation.event_key, m.Participation.ordinal
)

ChangeRef = Annotated["Change", strawberry.lazy("api.schema.changes")]
EventRef = Annotated["Event", strawberry.lazy("api.schema.events")]
ParticipationRef = Annotated["Participation", strawberry.lazy("api.schema.events")]


@entity(m.Identifier, order=ascending(m.Identifier.scheme, m.Identifier.value))
class Identifier:
    """An identifier of a record in an external scheme; no other record of its kind has it.

    If an article adds it to a record, although another of the kind has it, both have it.
    """

    scheme: str = value(m.Identifier.scheme, "The scheme: GEONAMES, DOI, WIKIDATA.")
    id: str = value(m.Identifier.value, "The record's identifier in the scheme.")


Source = Annotated[
    Union[  # noqa: UP007 — of names of types that follow
        Annotated["Article", strawberry.lazy("api.schema.types")],
        Annotated["Dataset", strawberry.lazy("api.schema.types")],
    ],
    strawberry.union("Source", description="What defines a record: an article or a dataset."),
]


@described(strawberry.interface)
class Node:
    """A record with a global id."""

    id: strawberry.ID = strawberry.field(
        description='The id `<kind>:<key>`, the same in every database: "meeting:ankara-reception".'
    )
    history: Connection[ChangeRef] = history(
        m.Change.kind,
        m.Change.key,
        descending(m.Change.revision_id),
        "The changes of the record, newest first.",
    )
    identifiers: list[Identifier] = many(
        m.Identifier.record_id, "Its identifiers in external schemes, by scheme."
    )
    source: Source | None = any_record(
        m.Dossier.source_key,
        "The article or dataset that defines it; an article is its own source. Null for records of "
        "files of reference data, and of mutations that name no source.",
        m.Dossier.source_kind,
        via=m.Record.dossier_id,
    )
    source_row: str | None = value(
        m.Record.source_row,
        "The row of the dataset's table that it was made of: its number, or another name.",
    )


@described(strawberry.type)
class LocalizedText:
    """A text in one language."""

    language: Language = strawberry.field(description="The text's language.")
    text: str = strawberry.field(description="The text.")
    direction: kinds.TextDirection = strawberry.field(description="The direction of its script.")
    original: bool = strawberry.field(
        description="Whether it is the source's wording; the others are translations."
    )


@described(strawberry.type)
class FuzzyDate:
    """A date as precise as the source gives it: EDTF (ISO 8601-2) with its bounds."""

    edtf: str | None = part(
        "edtf",
        "The date in EDTF; null if it is unknown. `1985/..` has an open end and `1985/` an unknown "
        "end; in both, `latest` is null.",
        Form.TOKEN,
    )
    earliest: Date | None = part(
        "earliest", "The first possible day; null if unknown or open.", Form.DATE
    )
    latest: Date | None = part(
        "latest", "The last possible day; null if unknown or open.", Form.DATE
    )
    precision: DatePrecision = part("precision", "Its precision.", Form.TOKEN)
    text: str | None = part("text", 'The date as the source words it: "تموز الفائت".')
    basis: kinds.Basis | None = part("basis", "What the date is based on.", Form.TOKEN)
    anchored: str | None = part(
        "anchored",
        'A date that the source gives relative to its day of publication: "last tuesday", EDTF '
        'without the year, "XXXX-07", or the same in another calendar, "islamic-umalqura XXXX-09". '
        "There are no bounds until the day of publication is known.",
    )


@entity(m.Attribution, order=ascending(m.Attribution.ordinal))
class Attribution:
    """An actor in the chain of attribution from an article's publisher to the origin of a claim."""

    actor: "Actor" = one(m.Attribution.actor_id, "The actor that makes the claim or passes it on.")
    via: str | None = value(m.Attribution.via, "The channel: a speech, an account on X.")


@described(strawberry.type)
class Quote:
    """A quotation of an article's body, with offsets in code points."""

    article: "Article" = one(m.Claim.article_id, "The article.")
    text: str = part("text", "The quoted text, which equals `body[start:end]`.")
    start: int = part("start", "The offset of its first code point in the body.", Form.INTEGER)
    end: int = part("end", "The offset after its last code point in the body.", Form.INTEGER)
    prefix: str = part("prefix", "The 32 code points before it.")
    suffix: str = part("suffix", "The 32 code points after it.")


@entity(
    m.Claim,
    order=AS_CLAIMED,
    root=Root("claims", "by article and position of the quote", Connection),
)
class Claim(Node):
    """A statement in an article that a property of a record has a value, with the words quoted."""

    id: strawberry.ID = identity(m.Claim.key, "claim", '"claim:<hash of its content>".')
    subject: Node = any_record(m.Claim.subject_id, "The record that it is about.")
    property: str = value(
        m.Claim.property, 'The property that it is about: "date", "participants.host".'
    )
    value: str | None = value(
        m.Claim.value,
        "The claimed value: EDTF, a key, an enum value or words; null if the claim is that the "
        "record exists.",
    )
    stance: kinds.Stance = token(m.Claim.stance, "Whether it asserts or denies the value.")
    basis: kinds.Basis = token(
        m.Claim.basis, "Whether the words state it, or it is concluded from them."
    )
    quote: Quote | None = embedded("quote_", "The words that support it.")
    article: "Article" = one(m.Claim.article_id, "The article that it quotes.")
    attribution: list[Attribution] = many(
        m.Attribution.claim_id, "The chain of attribution, from the publisher to the origin."
    )


@entity(m.Country)
class Country:
    """A country of today, or a former one such as the Soviet Union."""

    code: str = token(
        m.Country.code, "Its ISO 3166-1 alpha-2 code, or the ISO 3166-3 code of a former country."
    )
    name: str = localized(m.Country.name, "Its name, from CLDR if the country is one of today.")
    since: int | None = value(
        m.Country.since,
        "The year in which ISO 3166-1, which began in 1974, got a former country's code.",
        Form.INTEGER,
    )
    until: int | None = value(
        m.Country.until,
        "The year in which ISO 3166-1 withdrew the code; null for a country of today.",
        Form.INTEGER,
    )


@entity(m.PlaceName, order=ascending(m.PlaceName.language, m.PlaceName.text, m.PlaceName.observed))
class PlaceName:
    """A name or spelling of a place."""

    text: str = value(m.PlaceName.text, "The name as it is written.")
    language: Language = token(m.PlaceName.language, "The language it is in.")
    observed: bool = value(
        m.PlaceName.observed, "Whether an article uses this spelling.", Form.BOOLEAN
    )
    basis: kinds.Basis = token(m.PlaceName.basis, "STATED if observed, else CURATED.")


@entity(
    m.Place,
    order=ascending(m.Place.name_sort, m.Place.key),
    root=Root("places", "by name", Connection),
)
class Place(Node):
    """A place of events."""

    id: strawberry.ID = identity(m.Place.key, "place", '"place:<key>".')
    key: str = token(m.Place.key, "Its key, unique among places.")
    name: str = localized(m.Place.name, "Its name.")
    names: list[LocalizedText] = translations(m.Place.name, "Its name in every language.")
    aliases: list[PlaceName] = many(
        m.PlaceName.place_id,
        "Its other names and spellings.",
        where=(m.PlaceName.preferred, False),
    )
    country: Country | None = one(m.Place.country_code, "Its country.")
    part_of: Optional["Place"] = one(m.Place.part_of_id, "The place that it is part of.")
    parts: Connection["Place"] = page(
        "Place", m.Place.part_of_id, "The places that are directly part of it."
    )
    latitude: float | None = value(
        m.Place.latitude, "WGS 84 degrees, north positive, six decimals at most.", Form.DECIMAL
    )
    longitude: float | None = value(
        m.Place.longitude, "WGS 84 degrees, east positive, six decimals at most.", Form.DECIMAL
    )


@entity(m.Topic, order=ascending(m.Topic.scheme, m.Topic.code))
class Topic(Node):
    """A topic in a classification scheme."""

    id: strawberry.ID = identity(m.Topic.key, "topic", '"topic:<scheme>.<code>".')
    scheme: str = token(m.Topic.scheme, "The scheme it belongs to.")
    code: str = token(m.Topic.code, "Its code in the scheme.")
    label: str = localized(m.Topic.label, "Its label.")
    labels: list[LocalizedText] = translations(m.Topic.label, "Its label in every language.")
    broader: Optional["Topic"] = one(m.Topic.broader_id, "The next broader topic.")


@entity(m.EventCode, order=ascending(m.EventCode.scheme, m.EventCode.code, m.EventCode.id))
class EventCode:
    """An event's code in an event-data scheme."""

    scheme: str = value(m.EventCode.scheme, "The scheme: CAMEO, PLOVER.")
    version: str | None = value(m.EventCode.version, "The scheme's version.")
    code: str = value(m.EventCode.code, "The code.")
    label: str | None = localized(m.EventCode.label, "Its meaning, if a dossier states it.")
    basis: kinds.Basis = token(m.EventCode.basis, "What the coding is based on.")


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
    observed: bool = value(
        m.ActorName.observed, "Whether an article uses this spelling.", Form.BOOLEAN
    )
    basis: kinds.Basis = token(m.ActorName.basis, "STATED if observed, else CURATED.")


@entity(m.Article, order=NEWEST_ARTICLES, root=Root("articles", "newest first", Connection))
class Article(Node):
    """A document: its text, its source and the events that it reports."""

    id: strawberry.ID = identity(m.Article.key, "article", '"article:<key>".')
    key: str = token(m.Article.key, "Its key, unique among articles.")
    title: str = value(m.Article.title, "Its title, verbatim.")
    language: Language = token(m.Article.language, "The language it is written in.")
    direction: kinds.TextDirection = through(
        m.Article.language, m.Language.direction, "The direction of its script."
    )
    publisher: Optional["Actor"] = one(m.Article.publisher_id, "Who published it.")
    url: str | None = value(m.Article.url, "Its URL.")
    published: FuzzyDate = embedded("published_", "When it was published.")
    licence: str | None = value(
        m.Article.licence, "Its licence: an SPDX identifier such as CC-BY-4.0, or words."
    )
    has_text: bool = value(
        m.Article.body, "Whether its text is known, and not its URL alone.", Form.FILLED
    )
    body: str = value(
        m.Article.body,
        "Its text, verbatim, without the website's navigation; empty if it is not known.",
    )
    sha256: str = token(
        m.Article.sha256, "The SHA-256 of the document as received, in hexadecimal."
    )
    events: Events[EventRef] = page(
        "Event",
        m.Event.id,
        "The events that it reports: its dossier defines them or it has a claim about them.",
        through=((m.Report.event_id, m.Report.article_id),),
        ordering=True,
    )
    claims: Connection[Claim] = page("Claim", m.Claim.article_id, "The claims that quote it.")
    recorded_at: DateTime = value(
        m.Article.recorded_at, "When this record first entered the database.", Form.MOMENT
    )


@entity(
    m.Dataset,
    order=ascending(m.Dataset.title_sort, m.Dataset.key),
    root=Root("datasets", "by title", Connection),
)
class Dataset(Node):
    """A published dataset, in one of its versions."""

    id: strawberry.ID = identity(m.Dataset.key, "dataset", '"dataset:<key>".')
    key: str = token(m.Dataset.key, "Its key, unique among datasets.")
    title: str = localized(m.Dataset.title, "Its title.")
    titles: list[LocalizedText] = translations(m.Dataset.title, "Its title in every language.")
    version: str | None = value(m.Dataset.version, "Its version, as its publisher counts.")
    licence: str | None = value(
        m.Dataset.licence, "Its licence: an SPDX identifier such as CC-BY-4.0, or words."
    )
    url: str | None = value(m.Dataset.url, "Its URL.")
    citation: str | None = value(m.Dataset.citation, "How its publisher wants it to be cited.")
    publisher: Optional["Actor"] = one(m.Dataset.publisher_id, "Who published it.")
    retrieved: FuzzyDate = embedded("retrieved_", "When the data was retrieved.")
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "The claims about it.")


@entity(
    m.Office,
    order=ascending(m.Office.since_asc, m.Office.key),
    root=Root("offices", "by when the tenure began", Connection),
)
class Office(Node):
    """The tenure of an office by one holder."""

    id: strawberry.ID = identity(m.Office.key, "office", '"office:<holder key>.<key>".')
    title: str = localized(m.Office.title, "The title of the office.")
    titles: list[LocalizedText] = translations(m.Office.title, "The title in every language.")
    holder: "Actor" = one(m.Office.holder_id, "The actor that holds it.")
    organization: Optional["Actor"] = one(
        m.Office.organization_id, "The organization of the office."
    )
    since: FuzzyDate = embedded("since_", "When the tenure began.")
    until: FuzzyDate = embedded("until_", "When it ended.")
    contested: bool = value(
        m.Office.contested,
        "Whether an article gives its holder the same office at another time, or in another "
        "organization, than another source.",
        Form.BOOLEAN,
    )
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "The claims about it.")


@entity(m.Membership, order=ascending(m.Membership.actor_key, m.Membership.ordinal))
class Membership:
    """An actor's membership of an organization."""

    actor: "Actor" = one(m.Membership.actor_id, "The member.")
    organization: "Actor" = one(m.Membership.organization_id, "The organization.")
    role: str | None = value(
        m.Membership.role, "What kind of member it is: observer. Null for a full member."
    )
    since: FuzzyDate = embedded("since_", "When the membership began.")
    until: FuzzyDate = embedded("until_", "When it ended.")


@entity(
    m.Actor,
    order=ascending(m.Actor.name_sort, m.Actor.key),
    root=Root("actors", "by name", Connection),
)
class Actor(Node):
    """A person, state, organization or other participant of events."""

    id: strawberry.ID = identity(m.Actor.key, "actor", '"actor:<key>".')
    key: str = token(m.Actor.key, "Its key, unique among actors.")
    kind: kinds.ActorKind = token(m.Actor.kind, "Its kind.")
    name: str = localized(m.Actor.name, "Its usual name.")
    names: list[ActorName] = many(
        m.ActorName.actor_id, "Every name and spelling, the usual ones first."
    )
    country: Country | None = one(m.Actor.country_code, "Its country.")
    wikidata_id: str | None = value(m.Actor.wikidata_id, "Its Wikidata item: Q858.")
    offices: list[Office] = many(m.Office.holder_id, "The offices that a person holds or held.")
    memberships: list[Membership] = many(
        m.Membership.actor_id,
        "The organizations that it is or was a member of.",
        order=ascending(m.Membership.ordinal),
    )
    members: Connection[Membership] = page(
        "Membership", m.Membership.organization_id, "The memberships of its members."
    )
    candidates: list["Actor"] = many(
        m.Actor.id,
        "The actors that an unresolved actor may be.",
        through=((m.ActorCandidate.candidate_id, m.ActorCandidate.actor_id),),
        order=ascending(m.ActorCandidate.ordinal),
    )
    participations: Connection[ParticipationRef] = page(
        "Participation",
        m.Participation.actor_id,
        "Its participations in events.",
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
    """The position of a found word in a snippet, in code points."""

    start: int = strawberry.field(description="The offset of its first code point.")
    end: int = strawberry.field(description="The offset after its last code point.")


@entity(
    m.HIT,
    order=(
        *descending(m.HIT.c.named, m.HIT.c.date_desc),
        *ascending(m.HIT.c.kind, m.HIT.c.key),
    ),
)
class SearchHit:
    """A record found by a search, with its best matching field."""

    node: Node = any_record(m.HIT.c.id, "The record.", m.HIT.c.kind)
    field: str = hit_part(
        "field",
        "The field with all words, else one with some of them; titles and names are preferred.",
    )
    snippet: str = hit_part(
        "snippet", "An excerpt of the field around the first word found, verbatim."
    )
    highlights: list[Highlight] = hit_part(
        "highlights", "The positions of the words found in the snippet."
    )
