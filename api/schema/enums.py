"""The enumerations of the schema: the model's, each member described for the client."""

from enum import Enum, StrEnum
from typing import Any

import strawberry

from api.model import kinds
from api.text.dates import DatePrecision


def described(members: type[Enum], description: str, **descriptions: str) -> Any:
    """Make a GraphQL enum of an enumeration; every member must be described, and no other."""
    if set(descriptions) != set(members.__members__):
        message = f"{members.__name__}: {set(descriptions) ^ set(members.__members__)}"
        raise TypeError(message)
    enum: Any = strawberry.enum(members, description=description)
    for item in enum.__strawberry_definition__.values:
        item.description = descriptions[item.name]
    return enum


class Direction(StrEnum):
    """Which way an order runs."""

    ASC = "ASC"
    DESC = "DESC"


described(
    kinds.RecordKind,
    "What a record is; in lower case, the first half of its id.",
    ARTICLE="A document.",
    ACTOR="A person, state, organization or whoever else takes part.",
    OFFICE="One holder's tenure of an office.",
    MEETING="An event at which people met.",
    AGREEMENT="An event by which parties bind themselves.",
    PROVISION="One provision of an agreement.",
    STATEMENT="An event at which something was said.",
    APPEAL="An event at which somebody asked for something.",
    PLACE="Where events happen.",
    TOPIC="A subject in a scheme of subjects.",
    CLAIM="Who says so, and in which words.",
)
described(
    kinds.EventKind,
    "Which kind of event a record is.",
    MEETING="People met.",
    AGREEMENT="Parties bound themselves.",
    STATEMENT="Something was said.",
    APPEAL="Somebody asked for something.",
)
described(
    kinds.ActorKind,
    "What an actor is.",
    PERSON="A human being.",
    STATE="A state.",
    GOVERNMENT="The government of a state.",
    GOVERNMENT_BODY="A ministry, parliament, court or other body of a state.",
    ARMED_FORCE="The armed forces of a state, or a part of them.",
    INTELLIGENCE_SERVICE="An intelligence service.",
    ARMED_GROUP="An armed group that is no state's.",
    INTERGOVERNMENTAL_ORGANIZATION="An organization of states.",
    MEDIA="A publisher, broadcaster or news agency.",
    COMPANY="A company.",
    DELEGATION="A delegation, as far as the source names it as one.",
    UNRESOLVED="Somebody the sources do not identify; see `candidates`.",
    OTHER="None of the others.",
)
described(
    kinds.ParticipantRole,
    "How an actor takes part in an event.",
    HOST="Receives the others.",
    GUEST="Is received.",
    PARTICIPANT="Takes part, in no other role that the source gives.",
    PARTY="Is bound by the agreement.",
    SIGNATORY="Signs the agreement.",
    THIRD_PARTY="Mediates, guarantees or witnesses.",
    SPEAKER="Makes the statement.",
    ADDRESSEE="Is spoken to.",
    REQUESTER="Asks.",
    REQUESTED="Is asked.",
    SUBJECT="Is what it is about.",
)
described(
    kinds.AgreementType,
    "What an agreement is called.",
    MEMORANDUM_OF_UNDERSTANDING="A memorandum of understanding.",
    COOPERATION_AGREEMENT="An agreement on cooperation.",
    TREATY="A treaty.",
    PROTOCOL="A protocol.",
    CEASEFIRE="A ceasefire.",
    PEACE_AGREEMENT="A peace agreement.",
    DECLARATION="A declaration.",
    CONTRACT="A contract.",
    OTHER="None of the others.",
)
described(
    kinds.AgreementStatus,
    "How far an agreement has come.",
    ANNOUNCED="Announced, not yet signed.",
    SIGNED="Signed.",
    RATIFIED="Ratified.",
    IN_FORCE="In force.",
    SUSPENDED="Suspended.",
    TERMINATED="Terminated.",
    UNKNOWN="Not said.",
)
described(
    kinds.MeetingFormat,
    "How people met.",
    RECEPTION="A host received guests.",
    VISIT="A visit.",
    TALKS="Talks.",
    SUMMIT="A meeting of heads of state or government.",
    BRIEFING="A briefing.",
    CALL="A call.",
    OTHER="None of the others.",
)
described(
    DatePrecision,
    "How precisely a date is known.",
    DAY="To the day.",
    MONTH="To the month.",
    YEAR="To the year.",
    RANGE="To a season, quarter, half, decade, century, interval or set.",
    PARTIAL="A month, a day of a month, or a season, of an unknown year: XXXX-07.",
    UNKNOWN="Not at all.",
)
described(
    kinds.Basis,
    "What a fact rests on.",
    STATED="The source says it in its words.",
    RESOLVED="It was concluded from the source's words.",
    CURATED="A curator added it; no source says it.",
)
described(
    kinds.Stance,
    "Whether a claim asserts its value or denies it.",
    ASSERTS="The claim asserts it.",
    DENIES="The claim denies it.",
)
described(
    kinds.EventRelation,
    "How an event relates to another.",
    ABOUT="It is about the other.",
    CONCLUDED_AT="It was concluded at the other.",
    IN_RESPONSE_TO="It answers the other.",
    PART_OF="It is part of the other.",
    FOLLOWS="It follows the other.",
)
described(
    kinds.TextDirection,
    "Which way a text is written.",
    LTR="From left to right.",
    RTL="From right to left, as Arabic is.",
)
described(Direction, "Which way an order runs.", ASC="Smallest first.", DESC="Greatest first.")
