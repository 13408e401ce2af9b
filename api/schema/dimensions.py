"""The dimensions that lists are grouped by: what each value is, and the way to it."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from api import model as m
from api.enums import DescribedEnum
from api.model.kinds import ParticipantRole
from api.schema.bindings import Column
from api.schema.enums import graphql_enum, make_enum
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


def dimension_type(name: str, description: str, **fields: tuple[str, Dimension]) -> Any:
    """Make the enum of what a list can be grouped by: each dimension after its description."""
    enum = make_enum(name, description, {key: words for key, (words, _) in fields.items()})
    setattr(enum, DIMENSIONS, {key: dimension for key, (_, dimension) in fields.items()})
    return enum


@graphql_enum
class GroupOrder(DescribedEnum):
    """What groups are ordered by."""

    COUNT = auto(), "Most records first, then by keys."
    KEY = auto(), "By their keys: earliest year first, A before B; what is unknown comes last."


AT_PLACE = step(m.Place.id, m.Event.place_id)
PARTICIPATION = step(m.Participation.event_id, m.Event.id)
PARTICIPANT = (PARTICIPATION, step(m.Actor.id, m.Participation.actor_id))
PARTY = step(
    m.Participation.event_id,
    m.Provision.agreement_id,
    (m.Participation.role, ParticipantRole.PARTY),
)
EventDimension = dimension_type(
    "EventDimension",
    "What events can be grouped by. ACTOR, ACTOR_COUNTRY and ROLE speak of one participation.",
    KIND=("The kind of event: MEETING.", by(m.Event.kind)),
    YEAR=("The year, where the date lies in one: 2024.", by_date(m.Event.date_desc, Grain.YEAR)),
    MONTH=(
        "The month, where the date lies in one: 2024-03.",
        by_date(m.Event.date_desc, Grain.MONTH),
    ),
    COUNTRY=(
        "The country of the place, or of the nearest one it lies in: an ISO code.",
        by_country(m.Place.country_within, AT_PLACE),
    ),
    PLACE=("The place: its id.", by_id("place", m.Place.key, m.Place.name, AT_PLACE)),
    TOPIC=(
        "Each topic: its id.",
        by_id(
            "topic",
            m.Topic.key,
            m.Topic.label,
            step(m.EventTopic.event_id, m.Event.id),
            step(m.Topic.id, m.EventTopic.topic_id),
        ),
    ),
    ACTOR=(
        "Each actor that takes part: its id.",
        by_id("actor", m.Actor.key, m.Actor.name, *PARTICIPANT),
    ),
    ACTOR_COUNTRY=(
        "The country of each actor that takes part: an ISO code.",
        by_country(m.Actor.country_code, *PARTICIPANT),
    ),
    ROLE=("The role of each actor that takes part: HOST.", by(m.Participation.role, PARTICIPATION)),
    PUBLISHER=(
        "The publisher of each article that reports it: the actor's id.",
        by_id(
            "actor",
            m.Actor.key,
            m.Actor.name,
            step(m.Report.event_id, m.Event.id),
            step(m.Article.id, m.Report.article_id),
            step(m.Actor.id, m.Article.publisher_id),
        ),
    ),
    CODE=(
        "Each code, after its scheme: CAMEO:036.",
        by_code(m.EventCode.scheme, m.EventCode.code, step(m.EventCode.event_id, m.Event.id)),
    ),
    TYPE=(
        "The type of an agreement: TREATY.",
        by(m.Agreement.type, step(m.Agreement.id, m.Event.id)),
    ),
    STATUS=(
        "The status of an agreement: SIGNED.",
        by(m.Agreement.status, step(m.Agreement.id, m.Event.id)),
    ),
    FORMAT=(
        "The format of a meeting: TALKS.",
        by(m.Meeting.format, step(m.Meeting.id, m.Event.id)),
    ),
    DYAD=(
        "Each two countries of actors that take part, in alphabetical order: SY-TR.",
        by_pair(m.Actor.country_code, *PARTICIPANT),
    ),
)
ProvisionDimension = dimension_type(
    "ProvisionDimension",
    "What provisions can be grouped by.",
    TOPIC=(
        "Each topic: its id.",
        by_id(
            "topic",
            m.Topic.key,
            m.Topic.label,
            step(m.ProvisionTopic.provision_id, m.Provision.id),
            step(m.Topic.id, m.ProvisionTopic.topic_id),
        ),
    ),
    AGREEMENT_TYPE=(
        "The type of the agreement: TREATY.",
        by(m.Agreement.type, step(m.Agreement.id, m.Provision.agreement_id)),
    ),
    PARTY_COUNTRY=(
        "The country of each party to the agreement: an ISO code.",
        by_country(m.Actor.country_code, PARTY, step(m.Actor.id, m.Participation.actor_id)),
    ),
    YEAR=(
        "The year of the agreement, where its date lies in one: 2024.",
        by_date(m.Provision.agreement_date_desc, Grain.YEAR),
    ),
)
