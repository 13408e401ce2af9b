"""The enumerations of the data model, each member with its description for clients.

Values are stored as text under CHECK constraints.
"""

from enum import auto

from api.enums import DescribedEnum


class RecordKind(DescribedEnum):
    """The kind of a record; in lower case, the first part of its id."""

    ARTICLE = auto(), "A document."
    ACTOR = auto(), "A person, state, organization or other participant of events."
    OFFICE = auto(), "The tenure of an office by one holder."
    MEETING = auto(), "An event at which people met."
    AGREEMENT = auto(), "An event in which parties enter into commitments."
    PROVISION = auto(), "A provision of an agreement."
    STATEMENT = auto(), "An event at which something was said."
    APPEAL = auto(), "An event at which somebody asked for something."
    ACTION = auto(), "An event of any other kind: aid sent, forces moved, sanctions imposed."
    PLACE = auto(), "A place of events."
    TOPIC = auto(), "A topic in a classification scheme."
    DATASET = auto(), "A published dataset."
    CLAIM = auto(), "A statement in an article that a property of a record has a value."


class SourceKind(DescribedEnum):
    """The kind of a source: of the article or dataset that defines a record."""

    ARTICLE = auto(), RecordKind.ARTICLE.description
    DATASET = auto(), RecordKind.DATASET.description


class EventKind(DescribedEnum):
    """The kind of an event."""

    MEETING = auto(), RecordKind.MEETING.description
    AGREEMENT = auto(), RecordKind.AGREEMENT.description
    STATEMENT = auto(), RecordKind.STATEMENT.description
    APPEAL = auto(), RecordKind.APPEAL.description
    ACTION = auto(), RecordKind.ACTION.description


class ActorKind(DescribedEnum):
    """The kind of an actor."""

    PERSON = auto(), "A human being."
    STATE = auto(), "A state."
    GOVERNMENT = auto(), "The government of a state."
    GOVERNMENT_BODY = auto(), "A ministry, agency or other body of a state, of no kind below."
    LEGISLATURE = auto(), "A parliament, or a chamber or committee of one."
    COURT = auto(), "A court or tribunal, national or international."
    ARMED_FORCE = auto(), "The armed forces of a state, or a part of them."
    INTELLIGENCE_SERVICE = auto(), "An intelligence service."
    ARMED_GROUP = auto(), "An armed group that belongs to no state."
    INTERGOVERNMENTAL_ORGANIZATION = auto(), "An organization of states."
    POLITICAL_PARTY = auto(), "A political party or movement."
    CIVIL_SOCIETY = auto(), "An association, union or other non-governmental organization."
    MEDIA = auto(), "A publisher, broadcaster or news agency."
    COMPANY = auto(), "A company."
    ORGANIZATION = auto(), "Any other organization."
    DELEGATION = auto(), "A delegation that the source names as one."
    UNRESOLVED = auto(), "An actor that the sources do not identify; see `candidates`."
    OTHER = auto(), "None of the others."


class ParticipantRole(DescribedEnum):
    """How an actor takes part in an event."""

    HOST = auto(), "Receives the others."
    GUEST = auto(), "Is received."
    PARTICIPANT = auto(), "Takes part; the source gives no other role."
    PARTY = auto(), "Is bound by the agreement."
    SIGNATORY = auto(), "Signs the agreement."
    THIRD_PARTY = auto(), "Takes part as a third party; how, the source does not say."
    MEDIATOR = auto(), "Mediates between the parties."
    GUARANTOR = auto(), "Guarantees that the agreement is kept."
    WITNESS = auto(), "Witnesses the event, as by a signature."
    OBSERVER = auto(), "Is present, and no party."
    SPEAKER = auto(), "Makes the statement."
    ADDRESSEE = auto(), "Is spoken to."
    REQUESTER = auto(), "Asks."
    REQUESTED = auto(), "Is asked."
    AGENT = auto(), "Does what is done."
    TARGET = auto(), "Is the one that the action is done to or for."
    SUBJECT = auto(), "Is the subject of the event."


class AgreementType(DescribedEnum):
    """The type of an agreement."""

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
    """The status of an agreement."""

    ANNOUNCED = auto(), "Announced, not yet signed."
    SIGNED = auto(), "Signed."
    RATIFIED = auto(), "Ratified."
    IN_FORCE = auto(), "In force."
    SUSPENDED = auto(), "Suspended."
    TERMINATED = auto(), "Terminated."
    UNKNOWN = auto(), "The source does not say."


class MilestoneType(DescribedEnum):
    """What happened to an agreement, or what a party did."""

    SIGNED = auto(), "It was signed."
    RATIFIED = auto(), "It was ratified."
    ACCEDED = auto(), "A party joined it after it was signed."
    ENTERED_INTO_FORCE = auto(), "It entered into force."
    PROVISIONALLY_APPLIED = auto(), "It was applied before it entered into force."
    SUSPENDED = auto(), "It was suspended."
    WITHDRAWN = auto(), "A party withdrew from it."
    TERMINATED = auto(), "It ended."


class MeetingFormat(DescribedEnum):
    """The format of a meeting."""

    RECEPTION = auto(), "A host received guests."
    VISIT = auto(), "A visit."
    TALKS = auto(), "Talks."
    SUMMIT = auto(), "A meeting of heads of state or government."
    BRIEFING = auto(), "A briefing."
    CALL = auto(), "A call."
    OTHER = auto(), "None of the others."


class ActionType(DescribedEnum):
    """What kind of action it is: the categories of PLOVER 2.0."""

    AGREE = auto(), "Agrees to do something, or says that it will."
    CONSULT = auto(), "Meets, visits or calls, or says that it does."
    SUPPORT = auto(), "Supports diplomatically: recognizes, ratifies, apologizes, praises."
    COOPERATE = auto(), "Cooperates in practice: trades, exchanges, shares intelligence."
    AID = auto(), "Provides money, goods, forces, shelter or protection."
    CONCEDE = auto(), "Yields: eases restrictions, releases people, allows what it had refused."
    RETREAT = auto(), "Ends or reduces military action: withdraws, surrenders, ceases fire."
    REQUEST = auto(), "Demands or asks that something be done."
    ACCUSE = auto(), "Accuses, criticizes, investigates or takes to court."
    REJECT = auto(), "Refuses, denies or vetoes, or ends negotiations."
    THREATEN = auto(), "Threatens or warns."
    PROTEST = auto(), "Demonstrates, strikes or blocks, as civilians do."
    SANCTION = auto(), "Reduces relations: imposes sanctions, expels, breaks off."
    MOBILIZE = auto(), "Readies or moves forces, without using them."
    COERCE = auto(), "Arrests, restricts, seizes or destroys, short of lethal force."
    ASSAULT = auto(), "Uses lethal or unconventional violence."
    OTHER = auto(), "None of the others, or none that the source lets anybody tell."


class EventOccurrence(DescribedEnum):
    """Whether an event took place."""

    HAPPENED = auto(), "It took place, or is reported as having taken place."
    PLANNED = auto(), "It is announced, and had not taken place when that was written."
    CANCELLED = auto(), "It was announced, and did not take place."
    UNCONFIRMED = auto(), "Whether it took place is not certain."


class VotePosition(DescribedEnum):
    """How a participant voted."""

    FOR = auto(), "Voted for it."
    AGAINST = auto(), "Voted against it."
    ABSTAINED = auto(), "Was present and abstained."
    ABSENT = auto(), "Did not take part in the vote."


class Basis(DescribedEnum):
    """The basis of a fact."""

    STATED = auto(), "The source states it."
    RESOLVED = auto(), "It is concluded from the source's words."
    CURATED = auto(), "A curator added it; no source states it."


class Stance(DescribedEnum):
    """Whether a claim asserts its value or denies it."""

    ASSERTS = auto(), "The claim asserts it."
    DENIES = auto(), "The claim denies it."


class EventRelation(DescribedEnum):
    """The relation of an event to another event."""

    ABOUT = auto(), "It is about the other event."
    CONCLUDED_AT = auto(), "It was concluded at the other event."
    IN_RESPONSE_TO = auto(), "It responds to the other event."
    PART_OF = auto(), "It is part of the other event."
    FOLLOWS = auto(), "It follows the other event."
    AMENDS = auto(), "It changes the other, an agreement, which stays in force."
    REPLACES = auto(), "It takes the other's place."
    ANNEX_OF = auto(), "It is an annex, protocol or appendix of the other."
    IMPLEMENTS = auto(), "It carries out what the other provides."


class TextDirection(DescribedEnum):
    """The direction of a script."""

    LTR = auto(), "From left to right."
    RTL = auto(), "From right to left, like Arabic."


class ChangeAction(DescribedEnum):
    """The change of a record by a revision."""

    CREATED = auto(), "The record was created."
    UPDATED = auto(), "The record was changed."
    DELETED = auto(), "The record was deleted."
