"""The filters of connections: each field with the condition that it sets.

A null field and a root filter `{}` set no condition; a filter of related records that is `{}` asks
that there is one. Conditions are two-valued, also where columns are null: `not` is the complement.
"""

from typing import Any

import strawberry

from api import model as m
from api.model import kinds
from api.schema.entities import described
from api.schema.filter_bindings import (
    Fields,
    any_text,
    bounds,
    date,
    decimal_range,
    filled,
    filter_type,
    flag,
    matches,
    one_of,
    refers_to_one_of,
    related,
    related_list,
    some_related,
    text,
    translated,
)
from api.schema.scalars import Date, Decimal, Language
from api.text.countries import check_country
from api.text.dates import DatePrecision

UNSET: Any = strawberry.UNSET
COUNTRY = (
    "Its country's ISO 3166-1 alpha-2 code, or the ISO 3166-3 code of a former country, which a "
    "withdrawn alpha-2 code of only one country stands for: SU for SUHH."
)


def optional(description: str, name: str | None = None) -> Any:
    """Declare an optional input field."""
    return strawberry.field(name=name, description=description, default=UNSET)


@described(strawberry.input)
class DateRange:
    """A range of days, both ends included; a missing end is unbounded."""

    from_: Date | None = optional("The first day.", "from")
    to: Date | None = optional("The last day.")


@described(strawberry.input)
class DateFilter:
    """Conditions on a vague date. A date without bounds is in no range, even an unbounded one."""

    overlaps: DateRange | None = optional("The date is possibly in this range: their days overlap.")
    within: DateRange | None = optional("The date is certainly in this range: all its days are.")
    precision: list[DatePrecision] | None = optional("Its precision is one of these.")
    known: bool | None = optional("Whether the date has bounds; a missing date has none.")


@described(strawberry.input)
class DecimalRange:
    """A range of numbers, both ends included; a missing end is unbounded. Null is in no range."""

    from_: Decimal | None = optional("The least number.", "from")
    to: Decimal | None = optional("The greatest number.")


@described(strawberry.input)
class StringFilter:
    """Conditions on a text.

    `startsWith` and `contains` compare folded text (case, marks, Arabic letter forms), the others
    compare exactly.
    """

    eq: str | None = optional("Equals this text.")
    ne: str | None = optional("Does not equal this text.")
    in_: list[str] | None = optional("Equals one of these texts.", "in")
    not_in: list[str] | None = optional("Equals none of these texts.")
    starts_with: str | None = optional("Starts with this text, folded.")
    contains: str | None = optional("Contains this text, folded.")
    is_null: bool | None = optional(
        "Whether it is null. The fields of a related record that does not exist are null: an event "
        "without a place meets `place: {key: {isNull: true}}`."
    )


EVENT: Fields = {
    "key": text(m.Event.key, "Its key."),
    "title": translated(m.Event.title, m.Event.title_fold, "Its title, in any language."),
    "date": date(m.Event, "date", "When it happened."),
    "occurrence": one_of(
        m.Event.occurrence, kinds.EventOccurrence, "Its occurrence is one of these."
    ),
    "place": related(
        "PlaceFilter",
        m.Place.id,
        m.Event.area_id,
        "One of the places where it happened.",
    ),
    "participants": related_list(
        "ParticipationFilter",
        m.Participation.event_id,
        m.Event.id,
        "Its participants and their roles.",
    ),
    "articles": related_list(
        "ArticleFilter",
        m.Article.id,
        m.Event.id,
        "The articles that report it.",
        through=((m.Report.article_id, m.Report.event_id),),
    ),
    "claims": related_list("ClaimFilter", m.Claim.subject_id, m.Event.id, "The claims about it."),
    "links": related_list(
        "EventLinkFilter", m.EventLink.event_id, m.Event.id, "Its relations to other events."
    ),
    "topic": related(
        "TopicFilter",
        m.Topic.id,
        m.Event.id,
        "One of its topics, or a broader one.",
        through=((m.EventTopic.topic_id, m.EventTopic.event_id),),
    ),
    "code": related("EventCodeFilter", m.EventCode.event_id, m.Event.id, "One of its codes."),
    "figure": related("FigureFilter", m.Figure.event_id, m.Event.id, "One of its figures."),
    "contested": flag(m.Event.contested, "Whether sources contradict each other on it."),
    "matches": matches(m.Event.id),
}
EventFilter = filter_type(
    "EventFilter",
    m.Event,
    "Conditions on an event.",
    EVENT | {"kind": one_of(m.Event.kind, kinds.EventKind, "Its kind is one of these.")},
)
MeetingFilter = filter_type(
    "MeetingFilter",
    m.Event,
    "Conditions on a meeting.",
    EVENT
    | {"format": one_of(m.Meeting.format, kinds.MeetingFormat, "Its format is one of these.")},
)
AgreementFilter = filter_type(
    "AgreementFilter",
    m.Event,
    "Conditions on an agreement.",
    EVENT
    | {
        "type": one_of(m.Agreement.type, kinds.AgreementType, "Its type is one of these."),
        "status": one_of(m.Agreement.status, kinds.AgreementStatus, "Its status is one of these."),
        "milestones": related_list(
            "MilestoneFilter", m.Milestone.agreement_id, m.Event.id, "What happened to it."
        ),
        "provisions": related_list(
            "ProvisionFilter", m.Provision.agreement_id, m.Event.id, "Its provisions."
        ),
    },
)
StatementFilter = filter_type("StatementFilter", m.Event, "Conditions on a statement.", EVENT)
AppealFilter = filter_type("AppealFilter", m.Event, "Conditions on an appeal.", EVENT)
ActionFilter = filter_type(
    "ActionFilter",
    m.Event,
    "Conditions on an action.",
    EVENT | {"type": one_of(m.Action.type, kinds.ActionType, "Its type is one of these.")},
)
ArticleFilter = filter_type(
    "ArticleFilter",
    m.Article,
    "Conditions on an article.",
    {
        "key": text(m.Article.key, "Its key."),
        "url": text(m.Article.url, "Where it was published.", folded=m.Article.url_fold),
        "title": text(m.Article.title, "Its title.", folded=m.Article.title_sort),
        "licence": one_of(m.Article.licence, str, "Its licence is one of these, verbatim."),
        "hasText": filled(m.Article.body, "Whether its text is known."),
        "language": one_of(m.Article.language, Language, "Its language is one of these."),
        "published": date(m.Article, "published", "When it was published."),
        "publisher": related(
            "ActorFilter", m.Actor.id, m.Article.publisher_id, "Who published it."
        ),
        "events": related_list(
            "EventFilter",
            m.Event.id,
            m.Article.id,
            "The events that it reports.",
            through=((m.Report.event_id, m.Report.article_id),),
        ),
        "matches": matches(m.Article.id),
    },
)
DatasetFilter = filter_type(
    "DatasetFilter",
    m.Dataset,
    "Conditions on a dataset.",
    {
        "key": text(m.Dataset.key, "Its key."),
        "title": translated(m.Dataset.title, m.Dataset.title_fold, "Its title, in any language."),
        "url": text(m.Dataset.url, "Where it is published.", folded=m.Dataset.url_fold),
        "publisher": related(
            "ActorFilter", m.Actor.id, m.Dataset.publisher_id, "Who published it."
        ),
        "licence": one_of(m.Dataset.licence, str, "Its licence is one of these, verbatim."),
        "retrieved": bounds(m.Dataset, "retrieved", "When the data was retrieved."),
        "matches": matches(m.Dataset.id),
    },
)
ActorFilter = filter_type(
    "ActorFilter",
    m.Actor,
    "Conditions on an actor.",
    {
        "key": text(m.Actor.key, "Its key."),
        "kind": one_of(m.Actor.kind, kinds.ActorKind, "Its kind is one of these."),
        "name": any_text(
            m.ActorName.text,
            m.ActorName.text_fold,
            m.ActorName.actor_id,
            m.Actor.id,
            "One of its names: any language, alias or spelling.",
        ),
        "country": text(m.Actor.country_code, COUNTRY, canonical=check_country),
        "wikidataId": text(m.Actor.wikidata_id, "Its item in Wikidata."),
        "participations": related_list(
            "ParticipationFilter", m.Participation.actor_id, m.Actor.id, "Its participations."
        ),
        "memberships": related_list(
            "MembershipFilter", m.Membership.actor_id, m.Actor.id, "Its memberships."
        ),
        "memberOf": related(
            "ActorFilter",
            m.Actor.id,
            m.Actor.id,
            "One of the organizations that it is or was a member of.",
            through=((m.Membership.organization_id, m.Membership.actor_id),),
        ),
        "candidates": related_list(
            "ActorFilter",
            m.Actor.id,
            m.Actor.id,
            "The actors that an unresolved actor may be.",
            through=((m.ActorCandidate.candidate_id, m.ActorCandidate.actor_id),),
        ),
        "matches": matches(m.Actor.id),
    },
)
MembershipFilter = filter_type(
    "MembershipFilter",
    m.Membership,
    "Conditions on a membership of an organization.",
    {
        "actor": related("ActorFilter", m.Actor.id, m.Membership.actor_id, "The member."),
        "organization": related(
            "ActorFilter", m.Actor.id, m.Membership.organization_id, "The organization."
        ),
        "since": bounds(m.Membership, "since", "When the membership began."),
        "until": bounds(m.Membership, "until", "When it ended."),
    },
)
OfficeFilter = filter_type(
    "OfficeFilter",
    m.Office,
    "Conditions on one holder's tenure of an office.",
    {
        "key": text(m.Office.key, "Its key: `<holder key>.<key>`."),
        "holder": related("ActorFilter", m.Actor.id, m.Office.holder_id, "Who holds it."),
        "organization": related(
            "ActorFilter", m.Actor.id, m.Office.organization_id, "The organization of the office."
        ),
        "since": date(m.Office, "since", "When the tenure began."),
        "until": bounds(m.Office, "until", "When it ended."),
        "contested": flag(m.Office.contested, "Whether sources contradict each other on it."),
        "matches": matches(m.Office.id),
    },
)
ProvisionFilter = filter_type(
    "ProvisionFilter",
    m.Provision,
    "Conditions on a provision.",
    {
        "key": text(m.Provision.slug, "Its key."),
        "agreement": related(
            "AgreementFilter", m.Event.id, m.Provision.agreement_id, "The agreement it is part of."
        ),
        "topic": related(
            "TopicFilter",
            m.Topic.id,
            m.Provision.id,
            "One of its topics, or a broader one.",
            through=((m.ProvisionTopic.topic_id, m.ProvisionTopic.provision_id),),
        ),
        "obligations": related_list(
            "ObligationFilter", m.Obligation.provision_id, m.Provision.id, "Who owes what."
        ),
        "claims": related_list(
            "ClaimFilter", m.Claim.subject_id, m.Provision.id, "The claims about it."
        ),
        "matches": matches(m.Provision.id),
    },
)
MilestoneFilter = filter_type(
    "MilestoneFilter",
    m.Milestone,
    "Conditions on what happened to an agreement.",
    {
        "type": one_of(m.Milestone.type, kinds.MilestoneType, "Its type is one of these."),
        "party": related("ActorFilter", m.Actor.id, m.Milestone.party_id, "The party that did it."),
        "date": bounds(m.Milestone, "date", "When it happened."),
    },
)
ObligationFilter = filter_type(
    "ObligationFilter",
    m.Obligation,
    "Conditions on what an actor owes.",
    {
        "debtor": related(
            "ActorFilter", m.Actor.id, m.Obligation.debtor_id, "The actor that owes it."
        ),
        "creditor": related(
            "ActorFilter", m.Actor.id, m.Obligation.creditor_id, "The actor that it is owed to."
        ),
        "deadline": bounds(m.Obligation, "deadline", "By when it is owed."),
    },
)
ParticipationFilter = filter_type(
    "ParticipationFilter",
    m.Participation,
    "Conditions on a participation.",
    {
        "role": one_of(m.Participation.role, kinds.ParticipantRole, "The role is one of these."),
        "actor": related(
            "ActorFilter", m.Actor.id, m.Participation.actor_id, "The actor that takes part."
        ),
        "event": related("EventFilter", m.Event.id, m.Participation.event_id, "The event."),
        "office": related(
            "OfficeFilter",
            m.Office.id,
            m.Participation.office_id,
            "The office that the actor holds.",
        ),
        "onBehalfOf": related(
            "ActorFilter",
            m.Actor.id,
            m.Participation.on_behalf_of_id,
            "The actor that is represented.",
        ),
        "signedOn": bounds(
            m.Participation, "signed_on", "When a signatory signed; null for other roles."
        ),
        "position": one_of(
            m.Participation.position, kinds.VotePosition, "The actor voted in one of these ways."
        ),
    },
)
ClaimFilter = filter_type(
    "ClaimFilter",
    m.Claim,
    "Conditions on a claim.",
    {
        "subject": refers_to_one_of(
            m.Claim.subject_id, "The record that it is about is one of these."
        ),
        "property": text(m.Claim.property, "The property that it is about."),
        "value": text(m.Claim.value, "The claimed value.", folded=m.Claim.value_fold),
        "stance": one_of(m.Claim.stance, kinds.Stance, "Its stance is one of these."),
        "basis": one_of(m.Claim.basis, kinds.Basis, "Its basis is one of these."),
        "article": related(
            "ArticleFilter", m.Article.id, m.Claim.article_id, "The article that it quotes."
        ),
        "attributedTo": some_related(
            "ActorFilter",
            m.Actor.id,
            m.Claim.id,
            "An actor in its chain of attribution.",
            through=((m.Attribution.actor_id, m.Attribution.claim_id),),
        ),
    },
)
PlaceFilter = filter_type(
    "PlaceFilter",
    m.Place,
    "Conditions on a place: the place itself or one that contains it meets them.",
    {
        "key": text(m.Place.key, "Its key."),
        "name": any_text(
            m.PlaceName.text,
            m.PlaceName.text_fold,
            m.PlaceName.place_id,
            m.Place.id,
            "One of its names: any language, alias or spelling.",
        ),
        "country": text(m.Place.country_code, COUNTRY, canonical=check_country),
    },
    chain=((m.PlaceWithin.outer_id, m.PlaceWithin.inner_id),),
)
IdentifierFilter = filter_type(
    "IdentifierFilter",
    m.Identifier,
    "Conditions on identifiers: one of the identifiers meets them.",
    {
        "scheme": text(m.Identifier.scheme, "Its scheme.", folded=m.Identifier.scheme_fold),
        "id": text(m.Identifier.value, "The identifier.", folded=m.Identifier.value_fold),
    },
    combined=False,
)
TopicFilter = filter_type(
    "TopicFilter",
    m.Topic,
    "Conditions on topics: one of the topics or a broader one meets them.",
    {
        "scheme": text(m.Topic.scheme, "Its scheme."),
        "code": text(m.Topic.code, "Its code."),
    },
    chain=((m.TopicWithin.outer_id, m.TopicWithin.topic_id),),
    combined=False,
)
EventCodeFilter = filter_type(
    "EventCodeFilter",
    m.EventCode,
    "Conditions on codes: one of the codes meets them.",
    {
        "scheme": text(m.EventCode.scheme, "Its scheme.", folded=m.EventCode.scheme_fold),
        "code": text(m.EventCode.code, "The code.", folded=m.EventCode.code_fold),
    },
    combined=False,
)
FigureFilter = filter_type(
    "FigureFilter",
    m.Figure,
    "Conditions on figures: one of the figures meets them.",
    {
        "measure": text(m.Figure.measure, "What is counted or measured."),
        "unit": one_of(m.Figure.unit, str, "Its unit is one of these."),
        "low": decimal_range(m.Figure.low, "The least that the number may be is in this range."),
        "best": decimal_range(m.Figure.best, "The number is in this range."),
        "high": decimal_range(m.Figure.high, "The most that the number may be is in this range."),
    },
    combined=False,
)
EventLinkFilter = filter_type(
    "EventLinkFilter",
    m.EventLink,
    "Conditions on a link between events.",
    {
        "relation": one_of(
            m.EventLink.relation, kinds.EventRelation, "The relation is one of these."
        ),
        "inverse": flag(
            m.EventLink.inverse, "Whether the relation is that of the other event to this one."
        ),
        "event": related("EventFilter", m.Event.id, m.EventLink.other_id, "The other event."),
    },
)
