"""The dimensions that lists are grouped by: for each, a column and the joins that lead to it."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Table

from api import model as m
from api.enums import DescribedEnum
from api.model.kinds import ParticipantRole
from api.schema.bindings import Column
from api.schema.enums import graphql_enum, make_enum
from api.schema.fields import column

DIMENSIONS = "__mithaq_dimensions__"


class Grain(Enum):
    """How a column's value becomes the value of a group."""

    WHOLE = auto()
    YEAR = auto()  # of a vague date, if all of it lies in one year
    MONTH = auto()
    PAIR = auto()  # of two different values of one record, sorted


@dataclass(frozen=True, slots=True)
class Step:
    """A left join to the rows of a table whose `on` equals `of` of the row before.

    `where` restricts them to those whose column has a value.
    """

    on: Column
    of: Column
    where: tuple[Column, str] | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to group by, and the joins to it; equal first joins of two dimensions are shared."""

    column: Column
    way: tuple[Step, ...] = ()
    grain: Grain = Grain.WHOLE
    kind: str | None = None  # the kind of the records, if the values are their ids
    label: Column | None = None  # the localized text of the row whose `key` is the value
    key: Column | None = None
    scheme: Column | None = None  # the column with the scheme of a code; it becomes a prefix

    @property
    def single(self) -> bool:
        """Whether each record is in exactly one group."""
        return all(step.on.primary_key for step in self.way)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The numbers that `sum` adds up: rows of a table, by their owner, measure and unit."""

    owner: Column
    measure: Column
    unit: Column
    value: Column  # in thousandths

    @property
    def table(self) -> Table:
        """The table of the owners."""
        (key,) = self.owner.foreign_keys
        return key.column.table


Dimensions = dict[str, Dimension]


def step(on: Any, of: Any, where: tuple[Any, str] | None = None) -> Step:
    """Declare a join."""
    return Step(column(on), column(of), (column(where[0]), where[1]) if where else None)


def by(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of an enum column."""
    return Dimension(column(attribute), way)


def by_country(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of country codes, labelled with the countries' names."""
    name, code = column(m.Country.name), column(m.Country.code)
    return Dimension(column(attribute), way, label=name, key=code)


def by_id(kind: str, key: Any, label: Any, *way: Step) -> Dimension:
    """Declare a dimension of record ids."""
    return Dimension(column(key), way, kind=kind, label=column(label), key=column(key))


def by_code(scheme: Any, code: Any, *way: Step) -> Dimension:
    """Declare a dimension of codes with their scheme as a prefix."""
    return Dimension(column(code), way, scheme=column(scheme))


def by_pair(attribute: Any, *way: Step) -> Dimension:
    """Declare a dimension of pairs of different values of a column in a record's rows."""
    return Dimension(column(attribute), way, grain=Grain.PAIR)


def by_date(attribute: Any, grain: Grain) -> Dimension:
    """Declare a dimension of the years or months of a vague date, by its sort key."""
    return Dimension(column(attribute), grain=grain)


def dimension_type(name: str, description: str, **fields: tuple[str, Dimension]) -> Any:
    """Build the enum of a list's dimensions from pairs of description and dimension."""
    enum = make_enum(name, description, {key: words for key, (words, _) in fields.items()})
    setattr(enum, DIMENSIONS, {key: dimension for key, (_, dimension) in fields.items()})
    return enum


@graphql_enum
class GroupOrder(DescribedEnum):
    """What groups are ordered by."""

    COUNT = auto(), "Most records first, then by keys."
    KEY = auto(), "By their keys, ascending: earliest year first, A before B; null comes last."
    KEY_DESC = auto(), "By their keys, descending: latest year first, B before A; null comes last."


FIGURES = Amounts(*map(column, (m.Figure.event_id, m.Figure.measure, m.Figure.unit, m.Figure.best)))
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
    "What events can be grouped by. ACTOR, ACTOR_COUNTRY, ROLE and POSITION are of one "
    "participation.",
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
    POSITION=(
        "How each actor that takes part voted: FOR.",
        by(m.Participation.position, PARTICIPATION),
    ),
    OCCURRENCE=("Whether it took place: PLANNED.", by(m.Event.occurrence)),
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
    MEASURE=(
        "The measure of each figure: deaths.",
        by(m.Figure.measure, step(m.Figure.event_id, m.Event.id)),
    ),
    TYPE=(
        "The type of an agreement: TREATY.",
        by(m.Agreement.type, step(m.Agreement.id, m.Event.id)),
    ),
    STATUS=(
        "The status of an agreement: SIGNED.",
        by(m.Agreement.status, step(m.Agreement.id, m.Event.id)),
    ),
    ACTION_TYPE=(
        "The type of an action: SANCTION.",
        by(m.Action.type, step(m.Action.id, m.Event.id)),
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
