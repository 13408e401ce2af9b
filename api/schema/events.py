"""The types of events: one per kind, and their participations, links and provisions.

Docstrings and descriptions are the API's documentation for clients.
"""

from typing import Any

import strawberry

from api import model as m
from api.model import kinds
from api.schema import enums  # noqa: F401 — describes the enumerations used below
from api.schema.bindings import Form
from api.schema.connections import Connection, Events, Provisions
from api.schema.entities import Root, entity
from api.schema.fields import (
    ascending,
    descending,
    embedded,
    identity,
    localized,
    localized_part,
    many,
    one,
    page,
    part,
    token,
    translations,
    value,
)
from api.schema.scalars import DateTime, Decimal
from api.schema.types import (
    AS_TAKEN_PART,
    Actor,
    Article,
    Claim,
    EventCode,
    EventRef,
    FuzzyDate,
    LocalizedText,
    Node,
    Office,
    Place,
    Topic,
)

NEWEST_EVENTS = descending(m.Event.date_desc, m.Event.kind, m.Event.key)
NEWEST_OF_KIND = descending(m.Event.date_desc, m.Event.key)
AS_LISTED = ascending(m.Participation.ordinal)


def event(model: Any, root: str) -> Any:
    """Declare the type of a kind of event, which is named as its table is."""
    return entity(
        m.Event,
        model,
        order=NEWEST_OF_KIND,
        kind=kinds.EventKind(model.__tablename__.upper()),
        root=Root(root, "newest first", Events),
    )


@entity(
    m.Participation,
    order=AS_TAKEN_PART,
    root=Root("participations", "by event, in its order", Connection),
)
class Participation:
    """An actor's part in an event."""

    role: kinds.ParticipantRole = token(m.Participation.role, "The role of the actor.")
    actor: Actor = one(m.Participation.actor_id, "The actor.")
    office: Office | None = one(
        m.Participation.office_id, "The office that the actor holds in the event."
    )
    on_behalf_of: Actor | None = one(
        m.Participation.on_behalf_of_id, "The actor that is represented."
    )
    signed_on: FuzzyDate | None = embedded(
        "signed_on_",
        "When a signatory signed; null for other roles.",
        (m.Participation.role, "SIGNATORY"),
    )
    position: kinds.VotePosition | None = token(
        m.Participation.position, "How the actor voted; null if no vote is known."
    )
    event: EventRef = one(m.Participation.event_id, "The event.")


@entity(m.Figure, order=ascending(m.Figure.ordinal))
class Figure:
    """A number that an event is reported with, and its bounds."""

    measure: str = part("measure", "What is counted or measured: deaths, money.", Form.TOKEN)
    label: str | None = localized_part("label", "What the measure means, if a dossier states it.")
    low: Decimal | None = part("low", "The least that the number may be.", Form.THOUSANDTHS)
    best: Decimal | None = part("best", "The number, or its best estimate.", Form.THOUSANDTHS)
    high: Decimal | None = part("high", "The most that the number may be.", Form.THOUSANDTHS)
    unit: str | None = part("unit", "What the number is of: USD, km.")


@entity(
    m.EventLink,
    order=ascending(
        m.EventLink.relation, m.EventLink.other_kind, m.EventLink.other_key, m.EventLink.inverse
    ),
)
class EventLink:
    """A relation of an event to another event."""

    relation: kinds.EventRelation = token(m.EventLink.relation, "The relation.")
    inverse: bool = value(
        m.EventLink.inverse,
        "Whether the relation is that of the other event to this one.",
        Form.BOOLEAN,
    )
    event: EventRef = one(m.EventLink.other_id, "The other event.")


@entity(m.Event, order=NEWEST_EVENTS, root=Root("events", "newest first", Events), interface=True)
class Event(Node):
    """A diplomatic event of any kind."""

    id: strawberry.ID = identity(m.Event.key, m.Event.kind, "The id `<kind>:<key>`.")
    key: str = token(m.Event.key, "Its key, unique among events of its kind.")
    kind: kinds.EventKind = token(m.Event.kind, "Its kind.")
    title: str = localized(m.Event.title, "Its title.")
    titles: list[LocalizedText] = translations(m.Event.title, "Its title in every language.")
    summary: str | None = localized(m.Event.summary, "What happened, in a sentence or two.")
    date: FuzzyDate = embedded("date_", "When it happened.")
    occurrence: kinds.EventOccurrence = token(m.Event.occurrence, "Whether it took place.")
    place: Place | None = one(m.Event.place_id, "Where it happened; the first of its places.")
    places: list[Place] = many(
        m.Place.id,
        "All places where it happened.",
        through=((m.EventPlace.place_id, m.EventPlace.event_id),),
        order=ascending(m.EventPlace.ordinal),
    )
    participants: Connection[Participation] = page(
        "Participation",
        m.Participation.event_id,
        "Its participants and their roles.",
        order=AS_LISTED,
    )
    articles: Connection[Article] = page(
        "Article",
        m.Article.id,
        "The articles that report it.",
        through=((m.Report.article_id, m.Report.event_id),),
    )
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "The claims about it.")
    links: Connection[EventLink] = page(
        "EventLink", m.EventLink.event_id, "Its relations to other events."
    )
    topics: list[Topic] = many(
        m.Topic.id, "Its topics.", through=((m.EventTopic.topic_id, m.EventTopic.event_id),)
    )
    codes: list[EventCode] = many(m.EventCode.event_id, "Its codes in event-data schemes.")
    figures: list[Figure] = many(
        m.Figure.event_id, "The numbers that it is reported with: the dead, the money, the troops."
    )
    contested: bool = value(
        m.Event.contested,
        "Whether claims about it contradict each other, or one is both asserted and denied, or an "
        "article adds an actor in another role or with another position than another source.",
        Form.BOOLEAN,
    )
    recorded_at: DateTime = value(
        m.Event.recorded_at, "When this record first entered the database.", Form.MOMENT
    )


@event(m.Meeting, root="meetings")
class Meeting(Event):
    """An event at which people met."""

    format: kinds.MeetingFormat = token(m.Meeting.format, "The format of the meeting.")


@entity(m.Milestone, order=ascending(m.Milestone.ordinal))
class Milestone:
    """What happened to an agreement: to all of it, or of one party."""

    type: kinds.MilestoneType = token(m.Milestone.type, "What happened.")
    party: Actor | None = one(
        m.Milestone.party_id, "The party that did it; null if it is of the whole agreement."
    )
    date: FuzzyDate = embedded("date_", "When it happened.")
    place: Place | None = one(m.Milestone.place_id, "Where it happened.")


@event(m.Agreement, root="agreements")
class Agreement(Event):
    """An event in which parties enter into commitments."""

    type: kinds.AgreementType = token(m.Agreement.type, "Its type.")
    status: kinds.AgreementStatus = token(
        m.Agreement.status,
        "Its status: the one that its dossier states, or else the newest that all parties reached.",
    )
    milestones: list[Milestone] = many(
        m.Milestone.agreement_id, "What happened to it: signature, ratifications, entry into force."
    )
    aims: list[str] = many(
        m.AgreementAim.agreement_id,
        "Its stated aims.",
        order=ascending(m.AgreementAim.ordinal),
        text=m.AgreementAim.text,
    )
    signatures: list[Participation] = many(
        m.Participation.event_id,
        "Its signatures: the participations with the role SIGNATORY.",
        where=(m.Participation.role, "SIGNATORY"),
        order=AS_LISTED,
    )
    provisions: Provisions["Provision"] = page(
        "Provision",
        m.Provision.agreement_id,
        "Its provisions.",
        order=ascending(m.Provision.ordinal),
        ordering=True,
    )


@entity(m.Obligation, order=ascending(m.Obligation.ordinal))
class Obligation:
    """What a provision says that an actor owes."""

    debtor: Actor = one(m.Obligation.debtor_id, "The actor that owes it.")
    creditor: Actor | None = one(m.Obligation.creditor_id, "The actor that it is owed to.")
    deadline: FuzzyDate = embedded("deadline_", "By when it is owed.")
    figure: Figure | None = embedded(
        "figure_", "How much is owed.", (m.Obligation.figure_measure, None)
    )


@entity(
    m.Provision,
    order=ascending(m.Provision.agreement_key, m.Provision.ordinal),
    root=Root("provisions", "by agreement and ordinal", Provisions),
)
class Provision(Node):
    """A provision of an agreement."""

    id: strawberry.ID = identity(m.Provision.key, "provision", '"provision:<agreement>.<key>".')
    key: str = token(m.Provision.slug, "Its key, unique in its agreement.")
    agreement: Agreement = one(m.Provision.agreement_id, "The agreement that contains it.")
    ordinal: int = value(m.Provision.ordinal, "Its position in the agreement.", Form.INTEGER)
    heading: str | None = localized(m.Provision.heading, "Its heading.")
    headings: list[LocalizedText] = translations(
        m.Provision.heading, "Its heading in every language; empty if it has none."
    )
    text: str = localized(m.Provision.text, "Its text.")
    texts: list[LocalizedText] = translations(m.Provision.text, "Its text in every language.")
    topics: list[Topic] = many(
        m.Topic.id,
        "Its topics, in one or more schemes.",
        through=((m.ProvisionTopic.topic_id, m.ProvisionTopic.provision_id),),
    )
    obligations: list[Obligation] = many(
        m.Obligation.provision_id, "Who owes what, to whom and by when, where the text says so."
    )
    claims: Connection[Claim] = page("Claim", m.Claim.subject_id, "The claims about it.")


@event(m.Statement, root="statements")
class Statement(Event):
    """An event at which something was said."""

    text: str = localized(m.Statement.text, "What was said.")
    texts: list[LocalizedText] = translations(m.Statement.text, "What was said, in every language.")
    channel: str | None = value(m.Statement.channel, "The channel: an account on X, a briefing.")


@event(m.Appeal, root="appeals")
class Appeal(Event):
    """An event at which somebody asked for something."""

    purpose: str = localized(m.Appeal.purpose, "What was asked for.")
    purposes: list[LocalizedText] = translations(
        m.Appeal.purpose, "What was asked for, in every language."
    )


@event(m.Action, root="actions")
class Action(Event):
    """Something done that is no other kind of event: aid sent, forces moved, sanctions imposed."""

    type: kinds.ActionType = token(m.Action.type, "What kind of action it is.")
