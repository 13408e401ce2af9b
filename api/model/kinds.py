"""The enumerations of the data model; each is stored as text under a CHECK constraint."""

from enum import StrEnum, auto


class Name(StrEnum):
    """An enumeration whose values are its names, so that text and member are one."""

    @staticmethod
    def _generate_next_value_(name: str, *_: object) -> str:
        return name


class RecordKind(Name):
    """What a record is; in lower case the first half of its id."""

    ARTICLE = auto()
    ACTOR = auto()
    OFFICE = auto()
    MEETING = auto()
    AGREEMENT = auto()
    PROVISION = auto()
    STATEMENT = auto()
    APPEAL = auto()
    PLACE = auto()
    TOPIC = auto()
    CLAIM = auto()


class EventKind(Name):
    """Which kind of event a record is."""

    MEETING = auto()
    AGREEMENT = auto()
    STATEMENT = auto()
    APPEAL = auto()


class ActorKind(Name):
    """What an actor is."""

    PERSON = auto()
    STATE = auto()
    GOVERNMENT = auto()
    GOVERNMENT_BODY = auto()
    ARMED_FORCE = auto()
    INTELLIGENCE_SERVICE = auto()
    ARMED_GROUP = auto()
    INTERGOVERNMENTAL_ORGANIZATION = auto()
    MEDIA = auto()
    COMPANY = auto()
    DELEGATION = auto()
    UNRESOLVED = auto()
    OTHER = auto()


class ParticipantRole(Name):
    """How an actor takes part in an event."""

    HOST = auto()
    GUEST = auto()
    PARTICIPANT = auto()
    PARTY = auto()
    SIGNATORY = auto()
    THIRD_PARTY = auto()
    SPEAKER = auto()
    ADDRESSEE = auto()
    REQUESTER = auto()
    REQUESTED = auto()
    SUBJECT = auto()


class AgreementType(Name):
    """What an agreement is called in law."""

    MEMORANDUM_OF_UNDERSTANDING = auto()
    COOPERATION_AGREEMENT = auto()
    TREATY = auto()
    PROTOCOL = auto()
    CEASEFIRE = auto()
    PEACE_AGREEMENT = auto()
    DECLARATION = auto()
    CONTRACT = auto()
    OTHER = auto()


class AgreementStatus(Name):
    """How far an agreement has come."""

    ANNOUNCED = auto()
    SIGNED = auto()
    RATIFIED = auto()
    IN_FORCE = auto()
    SUSPENDED = auto()
    TERMINATED = auto()
    UNKNOWN = auto()


class MeetingFormat(Name):
    """How people met."""

    RECEPTION = auto()
    VISIT = auto()
    TALKS = auto()
    SUMMIT = auto()
    BRIEFING = auto()
    CALL = auto()
    OTHER = auto()


class Basis(Name):
    """What a fact rests on: the source's words, a conclusion from them, or a curator."""

    STATED = auto()
    RESOLVED = auto()
    CURATED = auto()


class Stance(Name):
    """Whether a claim asserts its value or denies it."""

    ASSERTS = auto()
    DENIES = auto()


class EventRelation(Name):
    """How one event relates to another."""

    ABOUT = auto()
    CONCLUDED_AT = auto()
    IN_RESPONSE_TO = auto()
    PART_OF = auto()
    FOLLOWS = auto()


class TextDirection(Name):
    """Which way a text runs."""

    LTR = auto()
    RTL = auto()


class ChangeAction(Name):
    """What a revision did to a record."""

    CREATED = auto()
    UPDATED = auto()
    DELETED = auto()
