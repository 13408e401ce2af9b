"""The enumerations of the data model, each member with its description for clients.

Values are stored as text under CHECK constraints.
"""

from enum import auto

from api.enums import DescribedEnum

Name = DescribedEnum  # as `api.intake.claims` calls it


class RecordKind(DescribedEnum):
    """What a record is; in lower case, the first half of its id."""

    ARTICLE = auto(), "A document."
    ACTOR = auto(), "A person, state, organization or whoever else takes part."
    OFFICE = auto(), "One holder's tenure of an office."
    MEETING = auto(), "An event at which people met."
    AGREEMENT = auto(), "An event by which parties bind themselves."
    PROVISION = auto(), "One provision of an agreement."
    STATEMENT = auto(), "An event at which something was said."
    APPEAL = auto(), "An event at which somebody asked for something."
    PLACE = auto(), "Where events happen."
    TOPIC = auto(), "A subject in a scheme of subjects."
    CLAIM = auto(), "Who says so, and in which words."


class EventKind(DescribedEnum):
    """Which kind of event a record is."""

    MEETING = auto(), "People met."
    AGREEMENT = auto(), "Parties bound themselves."
    STATEMENT = auto(), "Something was said."
    APPEAL = auto(), "Somebody asked for something."


class ActorKind(DescribedEnum):
    """What an actor is."""

    PERSON = auto(), "A human being."
    STATE = auto(), "A state."
    GOVERNMENT = auto(), "The government of a state."
    GOVERNMENT_BODY = auto(), "A ministry, parliament, court or other body of a state."
    ARMED_FORCE = auto(), "The armed forces of a state, or a part of them."
    INTELLIGENCE_SERVICE = auto(), "An intelligence service."
    ARMED_GROUP = auto(), "An armed group that is no state's."
    INTERGOVERNMENTAL_ORGANIZATION = auto(), "An organization of states."
    MEDIA = auto(), "A publisher, broadcaster or news agency."
    COMPANY = auto(), "A company."
    DELEGATION = auto(), "A delegation, as far as the source names it as one."
    UNRESOLVED = auto(), "Somebody the sources do not identify; see `candidates`."
    OTHER = auto(), "None of the others."


class ParticipantRole(DescribedEnum):
    """How an actor takes part in an event."""

    HOST = auto(), "Receives the others."
    GUEST = auto(), "Is received."
    PARTICIPANT = auto(), "Takes part, in no other role that the source gives."
    PARTY = auto(), "Is bound by the agreement."
    SIGNATORY = auto(), "Signs the agreement."
    THIRD_PARTY = auto(), "Mediates, guarantees or witnesses."
    SPEAKER = auto(), "Makes the statement."
    ADDRESSEE = auto(), "Is spoken to."
    REQUESTER = auto(), "Asks."
    REQUESTED = auto(), "Is asked."
    SUBJECT = auto(), "Is what it is about."


class AgreementType(DescribedEnum):
    """What an agreement is called."""

    MEMORANDUM_OF_UNDERSTANDING = auto(), "A memorandum of understanding."
    COOPERATION_AGREEMENT = auto(), "An agreement on cooperation."
    TREATY = auto(), "A treaty."
    PROTOCOL = auto(), "A protocol."
    CEASEFIRE = auto(), "A ceasefire."
    PEACE_AGREEMENT = auto(), "A peace agreement."
    DECLARATION = auto(), "A declaration."
    CONTRACT = auto(), "A contract."
    OTHER = auto(), "None of the others."


class AgreementStatus(DescribedEnum):
    """How far an agreement has come."""

    ANNOUNCED = auto(), "Announced, not yet signed."
    SIGNED = auto(), "Signed."
    RATIFIED = auto(), "Ratified."
    IN_FORCE = auto(), "In force."
    SUSPENDED = auto(), "Suspended."
    TERMINATED = auto(), "Terminated."
    UNKNOWN = auto(), "Not said."


class MeetingFormat(DescribedEnum):
    """How people met."""

    RECEPTION = auto(), "A host received guests."
    VISIT = auto(), "A visit."
    TALKS = auto(), "Talks."
    SUMMIT = auto(), "A meeting of heads of state or government."
    BRIEFING = auto(), "A briefing."
    CALL = auto(), "A call."
    OTHER = auto(), "None of the others."


class Basis(DescribedEnum):
    """What a fact rests on."""

    STATED = auto(), "The source says it in its words."
    RESOLVED = auto(), "It was concluded from the source's words."
    CURATED = auto(), "A curator added it; no source says it."


class Stance(DescribedEnum):
    """Whether a claim asserts its value or denies it."""

    ASSERTS = auto(), "The claim asserts it."
    DENIES = auto(), "The claim denies it."


class EventRelation(DescribedEnum):
    """How an event relates to another."""

    ABOUT = auto(), "It is about the other."
    CONCLUDED_AT = auto(), "It was concluded at the other."
    IN_RESPONSE_TO = auto(), "It answers the other."
    PART_OF = auto(), "It is part of the other."
    FOLLOWS = auto(), "It follows the other."


class TextDirection(DescribedEnum):
    """Which way a text is written."""

    LTR = auto(), "From left to right."
    RTL = auto(), "From right to left, as Arabic is."


class ChangeAction(DescribedEnum):
    """What a revision did to a record."""

    CREATED = auto(), "The record was created."
    UPDATED = auto(), "The record was changed."
    DELETED = auto(), "The record was deleted."
