"""The dimensions that lists are grouped by: what each value is, and the way to it."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from api import model as m
from api.model.kinds import ParticipantRole
from api.schema.bindings import Column
from api.schema.enums import described
from api.schema.fields import column

DIMENSIONS = "__mithaq_dimensions__"


class Grain(Enum):
    """How a column makes a group's value."""

    WHOLE = auto()
    YEAR = auto()  # of a vague date's key, where all of it is in one
    MONTH = auto()
    PAIR = auto()  # of two different values of one record, in order


@dataclass(frozen=True, slots=True)
class Step:
    """A row of another table, whose `on` is the `of` of the row before, if there is one.

    `where` is a column of it and what it has to be.
    """

    on: Column
    of: Column
    where: tuple[Column, str] | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a record is grouped by; dimensions whose ways begin alike speak of the same rows."""

    column: Column
    way: tuple[Step, ...] = ()
    grain: Grain = Grain.WHOLE
    kind: str | None = None  # where values are ids, the kind that they begin with
    label: Column | None = None  # a localized text of the row whose `key` is the value
    key: Column | None = None
    scheme: Column | None = None  # what the column is a code of: its name comes first

    @property
    def single(self) -> bool:
        """Whether each record is in one group only."""
        return all(step.on.primary_key for step in self.way)


Dimensions = dict[str, Dimension]


def step(on: Any, of: Any, where: tuple[Any, str] | None = None) -> Step:
    """Declare a step."""
    return Step(column(on), column(of), (column(where[0]), where[1]) if where else None)


def by(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of a column's values, which are an enumeration's."""
    return Dimension(column(attribute), way)


def by_country(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of countries' codes."""
    name, code = column(m.Country.name), column(m.Country.code)
    return Dimension(column(attribute), way, label=name, key=code)


def by_id(kind: str, key: Any, label: Any, *way: Step) -> Dimension:
    """Declare a dimension of records' ids."""
    return Dimension(column(key), way, kind=kind, label=column(label), key=column(key))


def by_code(scheme: Any, code: Any, *way: Step) -> Dimension:
    """Declare a dimension of codes, each after its scheme."""
    return Dimension(column(code), way, scheme=column(scheme))


def by_pair(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of two different values of a column among a record's rows."""
    return Dimension(column(attribute), way, grain=Grain.PAIR)


def by_date(attribute: Any, grain: Grain) -> Dimension:
    """Declare a dimension of the years or months of a vague date's key."""
    return Dimension(column(attribute), grain=grain)


class GroupOrder(StrEnum):
    """What groups are ordered by."""

    COUNT = "COUNT"
    KEY = "KEY"


class EventDimension(StrEnum):
    """What events can be grouped by."""

    KIND = "KIND"
    YEAR = "YEAR"
    MONTH = "MONTH"
    COUNTRY = "COUNTRY"
    PLACE = "PLACE"
    TOPIC = "TOPIC"
    ACTOR = "ACTOR"
    ACTOR_COUNTRY = "ACTOR_COUNTRY"
    ROLE = "ROLE"
    PUBLISHER = "PUBLISHER"
    CODE = "CODE"
    TYPE = "TYPE"
    STATUS = "STATUS"
    FORMAT = "FORMAT"
    DYAD = "DYAD"


class ProvisionDimension(StrEnum):
    """What provisions can be grouped by."""

    TOPIC = "TOPIC"
    AGREEMENT_TYPE = "AGREEMENT_TYPE"
    PARTY_COUNTRY = "PARTY_COUNTRY"
    YEAR = "YEAR"


described(
    GroupOrder,
    "What groups are ordered by.",
    COUNT="Most records first, then by keys.",
    KEY="By their keys: earliest year first, A before B; what is unknown comes last.",
)
described(
    EventDimension,
    "What events can be grouped by. ACTOR, ACTOR_COUNTRY and ROLE speak of one participation.",
    KIND="The kind of event: MEETING.",
    YEAR="The year, where the date lies in one: 2024.",
    MONTH="The month, where the date lies in one: 2024-03.",
    COUNTRY="The country of the place, or of the nearest one it lies in: an ISO code.",
    PLACE="The place: its id.",
    TOPIC="Each topic: its id.",
    ACTOR="Each actor that takes part: its id.",
    ACTOR_COUNTRY="The country of each actor that takes part: an ISO code.",
    ROLE="The role of each actor that takes part: HOST.",
    PUBLISHER="The publisher of each article that reports it: the actor's id.",
    CODE="Each code, after its scheme: CAMEO:036.",
    TYPE="The type of an agreement: TREATY.",
    STATUS="The status of an agreement: SIGNED.",
    FORMAT="The format of a meeting: TALKS.",
    DYAD="Each two countries of actors that take part, in alphabetical order: SY-TR.",
)
described(
    ProvisionDimension,
    "What provisions can be grouped by.",
    TOPIC="Each topic: its id.",
    AGREEMENT_TYPE="The type of the agreement: TREATY.",
    PARTY_COUNTRY="The country of each party to the agreement: an ISO code.",
    YEAR="The year of the agreement, where its date lies in one: 2024.",
)

AT_PLACE = step(m.Place.id, m.Event.place_id)
PARTICIPATION = step(m.Participation.event_id, m.Event.id)
PARTICIPANT = (PARTICIPATION, step(m.Actor.id, m.Participation.actor_id))
PARTY = step(
    m.Participation.event_id,
    m.Provision.agreement_id,
    (m.Participation.role, ParticipantRole.PARTY),
)
EVENT: Dimensions = {
    "KIND": by(m.Event.kind),
    "YEAR": by_date(m.Event.date_desc, Grain.YEAR),
    "MONTH": by_date(m.Event.date_desc, Grain.MONTH),
    "COUNTRY": by_country(m.Place.country_within, AT_PLACE),
    "PLACE": by_id("place", m.Place.key, m.Place.name, AT_PLACE),
    "TOPIC": by_id(
        "topic",
        m.Topic.key,
        m.Topic.label,
        step(m.EventTopic.event_id, m.Event.id),
        step(m.Topic.id, m.EventTopic.topic_id),
    ),
    "ACTOR": by_id("actor", m.Actor.key, m.Actor.name, *PARTICIPANT),
    "ACTOR_COUNTRY": by_country(m.Actor.country_code, *PARTICIPANT),
    "ROLE": by(m.Participation.role, PARTICIPATION),
    "PUBLISHER": by_id(
        "actor",
        m.Actor.key,
        m.Actor.name,
        step(m.Report.event_id, m.Event.id),
        step(m.Article.id, m.Report.article_id),
        step(m.Actor.id, m.Article.publisher_id),
    ),
    "CODE": by_code(m.EventCode.scheme, m.EventCode.code, step(m.EventCode.event_id, m.Event.id)),
    "TYPE": by(m.Agreement.type, step(m.Agreement.id, m.Event.id)),
    "STATUS": by(m.Agreement.status, step(m.Agreement.id, m.Event.id)),
    "FORMAT": by(m.Meeting.format, step(m.Meeting.id, m.Event.id)),
    "DYAD": by_pair(m.Actor.country_code, *PARTICIPANT),
}
PROVISION: Dimensions = {
    "TOPIC": by_id(
        "topic",
        m.Topic.key,
        m.Topic.label,
        step(m.ProvisionTopic.provision_id, m.Provision.id),
        step(m.Topic.id, m.ProvisionTopic.topic_id),
    ),
    "AGREEMENT_TYPE": by(m.Agreement.type, step(m.Agreement.id, m.Provision.agreement_id)),
    "PARTY_COUNTRY": by_country(
        m.Actor.country_code, PARTY, step(m.Actor.id, m.Participation.actor_id)
    ),
    "YEAR": by_date(m.Provision.agreement_date_desc, Grain.YEAR),
}
setattr(EventDimension, DIMENSIONS, EVENT)
setattr(ProvisionDimension, DIMENSIONS, PROVISION)
