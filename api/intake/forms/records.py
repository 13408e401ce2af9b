"""The dossier format as Pydantic models, with the table and codec of each field."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from api import model as m
from api.intake.forms.codecs import (
    Searched,
    Text,
    Texts,
    Thousandths,
    To,
    ToTopic,
    WrittenElsewhere,
)
from api.intake.forms.dates import Date
from api.intake.forms.fields import (
    Code,
    CodeWords,
    Country,
    Decimal,
    Digits,
    EventRef,
    Localized,
    Name,
    Names,
    Ordinal,
    Slug,
    Tag,
    TopicRef,
    Wikidata,
    Words,
    as_object,
    check_degrees,
)
from api.intake.forms.list_codecs import Rows
from api.intake.forms.part import Part
from api.intake.forms.special_codecs import (
    Body,
    Digest,
    Document,
    FurtherPlaces,
    Identifiers,
    Inline,
    Links,
    Occurrence,
    OtherNames,
    PlaceAliases,
    PlaceNames,
    PreferredNames,
    Property,
    Status,
    ToRecord,
    WikidataItem,
)
from api.model import kinds
from api.model.kinds import RecordKind
from api.text.decimals import parse_decimal


class IdentifierRecord(Part, tables=(m.Identifier,)):
    """An identifier of a record in an external scheme."""

    scheme: CodeWords
    """The scheme, such as GEONAMES, DOI or UNTS."""
    id: Annotated[CodeWords, Text(m.Identifier.value)]
    """The record's identifier in the scheme."""


class Record(Part):
    """The fields of records of every kind."""

    identifiers: Annotated[list[IdentifierRecord], Identifiers()] = Field(default_factory=list)
    """The record's identifiers in external schemes; no other record of its kind is defined with
    them."""


class AttributionRecord(Part, tables=(m.Attribution,)):
    """One link of a chain from the publisher to the origin."""

    actor: Annotated[Slug, To(RecordKind.ACTOR)]
    """Key of the actor who carries or made the claim."""
    via: Words | None = None
    """Where or how that actor said it, in words: speech, interview."""


Attribution = Annotated[AttributionRecord, as_object("actor")]


class ClaimRecord(Record):
    """A claim of the article about the record that contains it."""

    property: Annotated[Words | None, Property()] = None
    """The field that the claim is about, such as date or participants.host; left out, the claim
    is that there is such a record."""
    value: Words | None = None
    """What the article gives as the property's value: a key, an EDTF date, an enumeration
    value or text."""
    stance: kinds.Stance = kinds.Stance.ASSERTS
    """Whether the article asserts the value (the default) or denies it."""
    basis: kinds.Basis = kinds.Basis.STATED
    """Whether the article STATES the value (the default), or it was RESOLVED from what it says."""
    quote: Annotated[Words, Text(m.Claim.quote_text), Searched()]
    """The article's words that say so, copied from its body."""
    nth: Annotated[Ordinal | None, Occurrence()] = None
    """Which occurrence of the quote is meant, counted from 1, where the body has several."""
    attribution: Annotated[list[Attribution] | None, Rows()] = None
    """The chain of sources, from the article's publisher to the origin; left out, the publisher
    alone. A key is short for an object that has only `actor`."""


Claims = Annotated[list[ClaimRecord], WrittenElsewhere()]


class SubjectClaimRecord(ClaimRecord, kind=RecordKind.CLAIM, tables=(m.Claim,)):
    """A claim of the article about a record that is named by its id."""

    subject: Annotated[Words, ToRecord()]
    """Id of the record that the claim is about: `<kind>:<key>`, such as meeting:camp-david-
    talks."""


class BodyRecord(Part):
    """Where the article's text begins and ends in the document."""

    from_: Words | None = Field(default=None, alias="from")
    """The words that the body begins with, at their first occurrence; they stay in the body."""
    until: Words | None = None
    """The words that the body ends before, at their first occurrence after its beginning."""


class ArticleRecord(Record, kind=RecordKind.ARTICLE, tables=(m.Article,)):
    """The document that the dossier is about."""

    key: Slug
    """The article's key, unique among articles: lower-case ASCII letters, digits and hyphens."""
    file: Annotated[Words, Document()] = ""
    """The document as received, UTF-8, in this file's folder or below; left out, only the article's
    `url` is known."""
    title: Annotated[Name, Searched(named=True)]
    """The article's headline."""
    body: Annotated[BodyRecord | None, WrittenElsewhere()] = None
    """The part of the document that is the article, without menus and comments; left out, all."""
    language: Tag
    """The language of the article as a BCP 47 tag, such as ar, en or zh-Hans."""
    publisher: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the actor that published the article."""
    url: Name | None = None
    """The address that the article was published at; it is not fetched."""
    licence: Words | None = None
    """The licence that it is published under: an SPDX identifier such as CC-BY-4.0, or words."""
    published: Date | None = None
    """When the article was published: EDTF, or an object; null where the document does not say."""

    @model_validator(mode="after")
    def check_text(self) -> "ArticleRecord":
        """Raise ValueError if neither the article's text nor its address is given."""
        if not self.file and not self.url:
            message = "an article needs the `file` that has its text, or its `url` alone"
            raise ValueError(message)
        return self

    @property
    def received(self) -> bytes:
        """The bytes of the document, if the record has its text; empty if a file has it."""
        return b""

    @property
    def digest(self) -> str:
        """The given SHA-256 of the document; empty if it is to be computed."""
        return ""


class LineArticleRecord(ArticleRecord, kind=RecordKind.ARTICLE, tables=(m.Article,)):
    """An article in JSON Lines, which may have its text in the line."""

    file: Annotated[Words, Document()] = ""
    """The document as received, UTF-8, in the folder of the lines or below; or give its `text`."""
    text: Annotated[Words | None, Body(), Searched("body", kept=False)] = None
    """The document itself, where it is in no file of its own."""
    sha256: Annotated[Digits | None, Digest()] = None
    """SHA-256 of the document as received, in hexadecimal, where `text` is only its body."""

    @model_validator(mode="after")
    def check_text(self) -> "LineArticleRecord":
        """Raise ValueError if `text` and `file` are both given, or not even a `url`."""
        if (self.file and self.text) or not (self.file or self.text or self.url):
            message = "an article needs its `text`, the `file` that has it, or its `url` alone"
            raise ValueError(message)
        return self

    @property
    def received(self) -> bytes:
        """The bytes of the document, if the record has its text; empty if a file has it."""
        return (self.text or "").encode()

    @property
    def digest(self) -> str:
        """The given SHA-256 of the document; empty if it is to be computed."""
        return self.sha256 or ""


class DatasetRecord(Record, kind=RecordKind.DATASET, tables=(m.Dataset,)):
    """A published dataset, in one of its versions."""

    key: Slug
    """The dataset's key, unique among datasets, such as ucdp-ged-24-1."""
    title: Annotated[Names, Searched("titles", named=True)]
    """The dataset's title by language."""
    version: Words | None = None
    """The version, as its publisher counts, such as 24.1."""
    licence: Words | None = None
    """The licence that it is published under: an SPDX identifier such as CC-BY-4.0, or words."""
    url: Name | None = None
    """The address that the dataset is published at."""
    citation: Words | None = None
    """How its publisher wants the dataset to be cited."""
    publisher: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the actor that published the dataset."""
    retrieved: Date | None = None
    """When the data was retrieved: EDTF, or an object."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the dataset."""


class NameRecord(Part, tables=(m.ActorName,)):
    """Another name or spelling of an actor or a place."""

    text: Name
    """The name or spelling."""
    language: Tag
    """The language of the name as a BCP 47 tag."""
    observed: bool = False
    """Whether the spelling was found in an article."""


class AliasRecord(NameRecord, tables=(m.ActorName,)):
    """A spelling of an actor that another dossier defines."""

    actor: Annotated[Slug, WrittenElsewhere()]
    """Key of the actor that the spelling names."""


class OfficeRecord(Record, kind=RecordKind.OFFICE, tables=(m.Office,)):
    """One holder's tenure of an office."""

    key: Slug
    """The office's key, unique among those of its holder."""
    title: Annotated[Localized, Searched(named=True)]
    """The office's title by language, such as {en: President of Egypt}."""
    organization: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the actor that the office belongs to: a state, a ministry, a party."""
    since: Date | None = None
    """When the tenure began: EDTF, or an object."""
    until: Date | None = None
    """When the tenure ended: EDTF, or an object."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the tenure."""


class MembershipRecord(Part, tables=(m.Membership,)):
    """An actor's membership of an organization."""

    organization: Annotated[Slug, To(RecordKind.ACTOR)]
    """Key of the organization that the actor is a member of."""
    role: Words | None = None
    """What kind of member the actor is, such as observer; left out for a full member."""
    since: Date | None = None
    """When the membership began: EDTF, or an object."""
    until: Date | None = None
    """When the membership ended: EDTF, or an object."""


class ActorRecord(Record, kind=RecordKind.ACTOR, tables=(m.Actor,)):
    """A participant of events: a person, state, organization, or an unidentified one."""

    key: Slug
    """The actor's key, unique among actors: lower-case ASCII letters, digits and hyphens."""
    kind: kinds.ActorKind
    """What the actor is; UNRESOLVED if the source does not identify it."""
    names: Annotated[Names, PreferredNames(m.Actor.name), Searched(named=True)]
    """The actor's usual name by language, such as {en: Egypt, ar: مصر}."""
    aliases: Annotated[list[NameRecord], OtherNames()] = Field(default_factory=list)
    """Other names and spellings of the actor."""
    country: Country | None = None
    """The actor's country as an ISO 3166-1 alpha-2 code, such as EG, or an ISO 3166-3 code of a
    former country, such as SUHH; its former code SU is read as SUHH."""
    wikidata: Annotated[Wikidata | None, WikidataItem(m.Actor.wikidata_id)] = None
    """The actor's item in Wikidata, such as Q39204."""
    offices: Annotated[list[OfficeRecord], Searched(named=True)] = Field(default_factory=list)
    """The offices that a person holds or has held, one tenure each."""
    memberships: list[MembershipRecord] = Field(default_factory=list)
    """The organizations that the actor is or was a member of."""
    candidates: Annotated[
        list[Slug],
        Rows(m.ActorCandidate, To(RecordKind.ACTOR, m.ActorCandidate.candidate_id)),
    ] = Field(default_factory=list)
    """Keys of the actors that an UNRESOLVED one may be."""
    merged: Annotated[list[Slug], Rows(m.Merged, Text(m.Merged.key))] = Field(default_factory=list)
    """Keys of actors that were merged into this one, and lead to it. Keys left out stay."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the actor."""


class PlaceRecord(Record, kind=RecordKind.PLACE, tables=(m.Place,)):
    """A place, such as a country, a city or a building."""

    key: Slug
    """The place's key, unique among places: lower-case ASCII letters, digits and hyphens."""
    names: Annotated[Names, PlaceNames(m.Place.name), Searched(named=True)]
    """The place's name by language, such as {en: Damascus, ar: دمشق}."""
    aliases: Annotated[list[NameRecord], PlaceAliases()] = Field(default_factory=list)
    """Other names and spellings of the place."""
    country: Country | None = None
    """The country that the place is in, as an ISO 3166-1 alpha-2 code, or the ISO 3166-3 code of
    a former country, such as SUHH."""
    part_of: Annotated[Slug | None, To(RecordKind.PLACE)] = None
    """Key of the place that this one lies in."""
    latitude: Annotated[str, AfterValidator(check_degrees(90))] | None = None
    """Degrees north from -90 to 90, with six decimals at most; with `longitude`."""
    longitude: Annotated[str, AfterValidator(check_degrees(180))] | None = None
    """Degrees east from -180 to 180, with six decimals at most; with `latitude`."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the place."""

    @model_validator(mode="after")
    def check_position(self) -> "PlaceRecord":
        """Raise ValueError if only one coordinate is given."""
        if (self.latitude is None) != (self.longitude is None):
            message = "`latitude` and `longitude` belong together: give both or neither"
            raise ValueError(message)
        return self


class TopicRecord(Record, kind=RecordKind.TOPIC, tables=(m.Topic,)):
    """A subject in a scheme of subjects."""

    key_fields = ("scheme", "code")

    scheme: Code
    """The scheme of subjects that the topic is of: ASCII letters, digits and . _ -"""
    code: Code
    """The topic's code, unique within its scheme: ASCII letters, digits and . _ -"""
    labels: Annotated[Localized, Texts(m.Topic.label), Searched("label", named=True)]
    """What the topic is called by language."""
    broader: Annotated[Code | None, To(RecordKind.TOPIC, within="scheme")] = None
    """Code of the topic in the same scheme that this one is part of."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the topic."""


class ParticipantRecord(Part, tables=(m.Participation,)):
    """An actor's participation in an event."""

    role: kinds.ParticipantRole
    """What the actor does in the event."""
    actor: Annotated[Slug, To(RecordKind.ACTOR)]
    """Key of the actor who takes part."""
    office: Annotated[Slug | None, To(RecordKind.OFFICE, within="actor")] = None
    """Key of the office in which the actor takes part, among the actor's offices."""
    on_behalf_of: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the actor that is represented."""
    signed_on: Date | None = None
    """When a SIGNATORY signed: EDTF, or an object."""
    position: kinds.VotePosition | None = None
    """How the actor voted, if there was a vote: FOR, AGAINST, ABSTAINED or ABSENT."""

    @model_validator(mode="after")
    def check_signed_on(self) -> "ParticipantRecord":
        """Raise ValueError if a participant with another role has a day of signing."""
        if self.signed_on and self.role is not kinds.ParticipantRole.SIGNATORY:
            message = "`signed_on` is allowed only with the `role` SIGNATORY"
            raise ValueError(message)
        return self


class CodeRecord(Part, tables=(m.EventCode,)):
    """A code in an event-data scheme."""

    scheme: CodeWords
    """The event-data scheme, such as CAMEO or PLOVER."""
    version: Words | None = None
    """The scheme's version, such as 1.1b3."""
    code: CodeWords
    """The event's code in the scheme."""
    label: Localized | None = None
    """What the code means by language."""
    basis: kinds.Basis = kinds.Basis.CURATED
    """How the code is known: CURATED (the default) where no document gives it."""


class FigureRecord(Part, tables=(m.Figure,)):
    """A number that an event is reported with, and its bounds."""

    measure: Code
    """What is counted or measured, such as deaths, money or troops."""
    label: Localized | None = None
    """What the measure means by language."""
    low: Annotated[Decimal | None, Thousandths()] = None
    """The least that the number may be."""
    best: Annotated[Decimal | None, Thousandths()] = None
    """The number, or its best estimate."""
    high: Annotated[Decimal | None, Thousandths()] = None
    """The most that the number may be."""
    unit: CodeWords | None = None
    """What the number is of, such as USD or km; left out where the measure says it."""

    @model_validator(mode="after")
    def check_order(self) -> "FigureRecord":
        """Raise ValueError unless there is a number, and low, best and high are in order."""
        given = [parse_decimal(text) for text in (self.low, self.best, self.high) if text]
        if not given:
            message = "a figure needs a number: write `best`, or `low` and `high`"
            raise ValueError(message)
        if given != sorted(given):
            message = "`low`, `best` and `high` are not in ascending order"
            raise ValueError(message)
        return self


def check_figures(figures: list[FigureRecord]) -> list[FigureRecord]:
    """Return the figures; raise ValueError if two have the same measure and unit."""
    seen = set()
    for figure in figures:
        if (figure.measure, figure.unit) in seen:
            message = f'two figures of "{figure.measure}" have the same unit: keep one'
            raise ValueError(message)
        seen.add((figure.measure, figure.unit))
    return figures


class LinkRecord(Part):
    """How the event relates to another."""

    relation: kinds.EventRelation
    """How this event relates to the other."""
    event: EventRef
    """Id of the other event: `<kind>:<key>`, such as meeting:camp-david-talks."""


class EventRecord(Record):
    """The fields of every event."""

    key: Slug
    """The event's key, unique among events of its kind: lower-case ASCII letters, digits and
    hyphens."""
    title: Annotated[Names, Searched("titles", named=True)]
    """The event's title by language, such as {en: Talks at Camp David}."""
    summary: Annotated[Localized | None, Searched()] = None
    """What happened in a sentence or two, by language."""
    date: Date | None = None
    """When the event took place: EDTF, or an object."""
    occurrence: kinds.EventOccurrence = kinds.EventOccurrence.HAPPENED
    """Whether the event took place: HAPPENED (the default), PLANNED, CANCELLED or UNCONFIRMED."""
    place: Annotated[Slug | None, To(RecordKind.PLACE)] = None
    """Key of the place where the event took place."""
    places: Annotated[list[Slug], FurtherPlaces()] = Field(default_factory=list)
    """Keys of further places where the event took place."""
    topics: Annotated[list[TopicRef], Rows(m.EventTopic, ToTopic())] = Field(default_factory=list)
    """What the event is about: topics as `<scheme>:<code>`."""
    participants: list[ParticipantRecord] = Field(default_factory=list)
    """Who took part, in the order to be shown."""
    links: Annotated[list[LinkRecord], Links()] = Field(default_factory=list)
    """How the event relates to other events."""
    codes: list[CodeRecord] = Field(default_factory=list)
    """The event's codes in event-data schemes."""
    figures: Annotated[list[FigureRecord], AfterValidator(check_figures)] = Field(
        default_factory=list
    )
    """The numbers that the event is reported with: the dead, the money, the troops."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the event."""

    @model_validator(mode="after")
    def check_places(self) -> Self:
        """Raise ValueError if there are further places and no first one."""
        if self.places and self.place is None:
            message = "`places` are further places: write the first as `place`"
            raise ValueError(message)
        return self


class MeetingRecord(EventRecord, kind=RecordKind.MEETING, tables=(m.Event, m.Meeting)):
    """An event at which people met."""

    format: kinds.MeetingFormat
    """What kind of meeting it was."""


class ObligationRecord(Part, tables=(m.Obligation,)):
    """What a provision says that an actor owes."""

    debtor: Annotated[Slug, To(RecordKind.ACTOR)]
    """Key of the actor that owes it."""
    creditor: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the actor that it is owed to."""
    deadline: Date | None = None
    """By when it is owed: EDTF, or an object."""
    figure: Annotated[FigureRecord | None, Inline()] = None
    """How much is owed."""


class ProvisionRecord(Record, kind=RecordKind.PROVISION, tables=(m.Provision,)):
    """One provision of an agreement."""

    key: Slug
    """The provision's key, unique within its agreement."""
    ordinal: Ordinal
    """The provision's place in the agreement, counted from 1."""
    heading: Annotated[Localized | None, Searched(named=True)] = None
    """The provision's heading by language."""
    text: Annotated[Localized, Searched("texts")]
    """What the parties agreed on, by language."""
    topics: Annotated[list[TopicRef], Rows(m.ProvisionTopic, ToTopic())] = Field(
        default_factory=list
    )
    """What the provision is about: topics as `<scheme>:<code>`."""
    obligations: list[ObligationRecord] = Field(default_factory=list)
    """Who owes what, to whom and by when, where the text says so."""
    claims: Claims = Field(default_factory=list)
    """The article\'s claims about the provision."""


class MilestoneRecord(Part, tables=(m.Milestone,)):
    """What happened to an agreement."""

    type: kinds.MilestoneType
    """What happened, such as SIGNED, RATIFIED or ENTERED_INTO_FORCE."""
    party: Annotated[Slug | None, To(RecordKind.ACTOR)] = None
    """Key of the party that did it; left out, it is of the whole agreement."""
    date: Date | None = None
    """When it happened: EDTF, or an object."""
    place: Annotated[Slug | None, To(RecordKind.PLACE)] = None
    """Key of the place where it happened."""


class AgreementRecord(EventRecord, kind=RecordKind.AGREEMENT, tables=(m.Event, m.Agreement)):
    """An event by which parties bind themselves."""

    type: kinds.AgreementType
    """What kind of agreement it is."""
    status: Annotated[kinds.AgreementStatus | None, Status()] = None
    """The agreement's status; left out, the newest that all parties reached by the milestones."""
    milestones: list[MilestoneRecord] = Field(default_factory=list)
    """What happened to the agreement: its signature, ratifications, entry into force."""
    aims: Annotated[
        list[Localized], Rows(m.AgreementAim, Texts(m.AgreementAim.text)), Searched()
    ] = Field(default_factory=list)
    """What the agreement is said to be for, each aim by language."""
    provisions: list[ProvisionRecord] = Field(default_factory=list)
    """What the parties agreed on, item by item."""

    @model_validator(mode="after")
    def check_status(self) -> "AgreementRecord":
        """Raise ValueError if the agreement has no status, and no milestones that lead to one."""
        if self.status is None and not self.milestones:
            message = "an agreement needs its `status`, or the `milestones` that it follows from"
            raise ValueError(message)
        return self


class StatementRecord(EventRecord, kind=RecordKind.STATEMENT, tables=(m.Event, m.Statement)):
    """An event at which something was said."""

    text: Annotated[Localized, Searched("texts")]
    """What was said, by language."""
    channel: Words | None = None
    """Where it was said, such as X."""


class AppealRecord(EventRecord, kind=RecordKind.APPEAL, tables=(m.Event, m.Appeal)):
    """An event at which somebody asked for something."""

    purpose: Annotated[Localized, Searched("purposes")]
    """What was asked for, by language."""


class ActionRecord(EventRecord, kind=RecordKind.ACTION, tables=(m.Event, m.Action)):
    """An event at which something was done that is no other kind of event."""

    type: kinds.ActionType
    """What kind of action it is: a category of PLOVER 2.0, or OTHER."""


class AddRecord(Part, tables=(m.Addition,)):
    """What the article adds to a record that another dossier defines."""

    to: Annotated[Words, WrittenElsewhere()]
    """Id of the record: `<kind>:<key>`, such as meeting:camp-david-talks; or an identifier of an
    event: `<scheme>:<id>`, such as GLOBALEVENTID:1234."""
    identifiers: Annotated[list[IdentifierRecord], WrittenElsewhere()] = Field(default_factory=list)
    """Further identifiers of the record in external schemes."""
    aliases: Annotated[list[NameRecord], WrittenElsewhere()] = Field(default_factory=list)
    """Further names and spellings of an actor or a place."""
    offices: Annotated[list[OfficeRecord], WrittenElsewhere()] = Field(default_factory=list)
    """Further offices that an actor holds or has held."""
    participants: Annotated[list[ParticipantRecord], WrittenElsewhere()] = Field(
        default_factory=list
    )
    """Who took part in an event as well, in the order to be shown."""
    claims: Claims = Field(default_factory=list)
    """The article's claims about the record."""


class DossierRecord(Part):
    """One source document and every record that it supports, or just reference data."""

    article: ArticleRecord | None = None
    """The document that the dossier is about; left out in files of reference data."""
    datasets: list[DatasetRecord] = Field(default_factory=list)
    """The datasets that this dossier defines."""
    places: list[PlaceRecord] = Field(default_factory=list)
    """The places that this dossier defines."""
    topics: list[TopicRecord] = Field(default_factory=list)
    """The topics that this dossier defines."""
    actors: list[ActorRecord] = Field(default_factory=list)
    """The actors that this dossier defines."""
    meetings: list[MeetingRecord] = Field(default_factory=list)
    """The meetings that this dossier defines."""
    agreements: list[AgreementRecord] = Field(default_factory=list)
    """The agreements that this dossier defines."""
    statements: list[StatementRecord] = Field(default_factory=list)
    """The statements that this dossier defines."""
    appeals: list[AppealRecord] = Field(default_factory=list)
    """The appeals that this dossier defines."""
    actions: list[ActionRecord] = Field(default_factory=list)
    """The actions that this dossier defines."""
    claims: list[SubjectClaimRecord] = Field(default_factory=list)
    """The article's claims about records that other dossiers define, or this one."""
    aliases: list[AliasRecord] = Field(default_factory=list)
    """Spellings that the article has of actors that other dossiers define."""
    adds: list[AddRecord] = Field(default_factory=list)
    """What the article adds to records that other dossiers define: names, offices, identifiers
    and participants."""
