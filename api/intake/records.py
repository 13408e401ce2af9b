"""The dossier format, as Pydantic models: what a curator writes, checked field by field."""

import json
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)

from api.model import kinds
from api.text.anchors import Relative, is_partial
from api.text.calendars import Calendar, check_ours, parse_calendar
from api.text.countries import build_countries
from api.text.dates import VagueDate, parse_edtf
from api.text.folding import fold
from api.text.language import parse_language

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z0-9._-]+")
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
NUMBER = re.compile(r"-?\d{1,3}(?:\.\d+)?", re.ASCII)
DIGITS = re.compile(r"[0-9]{1,10}")
MAX_KEY = 200  # characters of a key, code or scheme: several of them share an index entry
MAX_BYTES = 2_000  # of a text that is indexed, which has a key or two beside it in the entry
MAX_INTEGER = 2**31 - 1  # what PostgreSQL's integer and GraphQL's Int hold


def check_slug(text: str) -> str:
    """Accept a key."""
    if not SLUG.fullmatch(text):
        message = f'"{text}" is no key: lower-case ASCII letters, digits and hyphens make one'
        raise ValueError(message)
    return check_length(text)


def check_length(text: str) -> str:
    """Accept what is short enough to be part of a key."""
    if len(text) > MAX_KEY:
        message = f"this has {len(text):,} characters: {MAX_KEY} at most"
        raise ValueError(message)
    return text


def check_code(text: str) -> str:
    """Accept a topic's code or scheme."""
    if not CODE.fullmatch(text):
        message = f'"{text}" is no code: letters, digits and . _ - make one'
        raise ValueError(message)
    return check_length(text)


def check_country(text: str) -> str:
    """Accept a country's code."""
    if text not in build_countries():
        message = f'"{text}" is no country: ISO 3166-1 alpha-2 codes are two capitals, such as SY'
        raise ValueError(message)
    return text


def check_words(text: str) -> str:
    """Accept what a database can hold, and is not empty."""
    if not text.strip():
        message = "this is empty: write something, or leave it out"
        raise ValueError(message)
    if match := UNWRITABLE.search(text):
        message = f"no text can have U+{ord(match[0]):04X}, as this has at {match.start()} (from 0)"
        raise ValueError(message)
    return text


def check_name(text: str) -> str:
    """Accept what is short enough to be looked up and sorted by, folded too."""
    size = max(len(text.encode()), len(fold(text).encode()))
    if size > MAX_BYTES:
        message = f"this takes {size:,} bytes in an index: {MAX_BYTES:,} at most"
        raise ValueError(message)
    return text


def check_degrees(limit: int) -> Any:
    """Build the check of a latitude or longitude: degrees, six decimals at most."""

    def check(text: str) -> str:
        if not NUMBER.fullmatch(text) or abs(float(text)) > limit:
            message = f'"{text}" is out of range: write degrees from -{limit} to {limit}'
            raise ValueError(message)
        whole, point, fraction = text.partition(".")
        if len(fraction) > 6:  # noqa: PLR2004 — a millionth of a degree is 11 cm
            message = f'"{text}" is too exact: write six decimals at most'
            raise ValueError(message)
        number = (
            f"{int(whole)}{point}{fraction}".rstrip("0").rstrip(".") if point else str(int(whole))
        )
        return (
            f"-{number.lstrip('-')}" if text.startswith("-") and float(text) else number.lstrip("-")
        )

    return check


def check_tags(texts: Any, check: ValidatorFunctionWrapHandler) -> dict[str, str]:
    """Accept language tags that are each given once, however they are written."""
    checked: dict[str, str] = check(texts)
    if len(checked) < len(texts):
        first: dict[str, str] = {}
        for tag in texts:
            if (other := first.setdefault(parse_language(tag), tag)) != tag:
                message = f'"{other}" and "{tag}" are one language: keep one text'
                raise ValueError(message)
    return checked


def check_ordinal(value: Any) -> int:
    """Accept a place in a list, counted from 1."""
    text = value if isinstance(value, str) else json.dumps(value)
    if not DIGITS.fullmatch(text) or not 1 <= int(text) <= MAX_INTEGER:
        message = f"{text[:20]} is no place in a list: count from 1 to {MAX_INTEGER:,}"
        raise ValueError(message)
    return int(text)


def check_localized(texts: dict[str, str]) -> dict[str, str]:
    """Accept a text in at least one language."""
    if not texts:
        message = "this has no text: write {language: text}"
        raise ValueError(message)
    return texts


def as_object(name: str) -> BeforeValidator:
    """Let a bare text stand for an object that has only this field."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


Words = Annotated[str, AfterValidator(check_words)]
Slug = Annotated[str, AfterValidator(check_slug)]
Code = Annotated[str, AfterValidator(check_code)]
Tag = Annotated[str, AfterValidator(parse_language), AfterValidator(check_length)]
Country = Annotated[str, AfterValidator(check_country)]
Localized = Annotated[dict[Tag, Words], WrapValidator(check_tags), AfterValidator(check_localized)]
Name = Annotated[Words, AfterValidator(check_name)]
Names = Annotated[dict[Tag, Name], WrapValidator(check_tags), AfterValidator(check_localized)]
TopicRef = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+:[A-Za-z0-9._-]+$")]
EventRef = Annotated[str, Field(pattern=r"^(meeting|agreement|statement|appeal):[a-z0-9-]+$")]
Ordinal = Annotated[int, BeforeValidator(check_ordinal)]
CodeWords = Annotated[Words, AfterValidator(check_length)]


class Part(BaseModel):
    """A part of a dossier; a field that the format does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DateRecord(Part):
    """A vague date, with the source's own words."""

    calendar: Calendar | None = None
    edtf: Words | None = None
    relative: Relative | None = None
    text: Words | None = None
    basis: kinds.Basis | None = None
    anchor: Literal["published"] | None = None

    @field_validator("edtf")
    @classmethod
    def check_form(cls, edtf: str | None, info: ValidationInfo) -> str | None:
        """Accept a date of the calendar that is given, or of ours."""
        if edtf is not None:
            _parse_date(edtf, info.data.get("calendar"))
        return edtf

    @model_validator(mode="after")
    def check_anchor(self) -> "DateRecord":
        """Accept an anchor where it decides, and the words of our calendar beside its dates."""
        anchored = self.relative is not None or (
            self.edtf is not None and self.calendar is None and is_partial(self.edtf)
        )
        if self.anchor and not anchored:
            message = (
                "`anchor` is for `relative`, or for a date of an unknown year: XXXX-07, XXXX-07-14"
            )
            raise ValueError(message)
        if self.relative and (self.edtf or not self.anchor):
            message = "`relative` is given instead of `edtf`, and with `anchor: published`"
            raise ValueError(message)
        if self.edtf and self.text and not self.calendar:
            check_ours(self.edtf, self.text)
        return self

    @property
    def anchored(self) -> str | None:
        """What is resolved when the day of publication is known."""
        return (self.relative or self.edtf) if self.anchor else None

    def parse(self) -> VagueDate:
        """Return the date of our calendar, not yet resolved."""
        return _parse_date(self.edtf, self.calendar) if self.edtf else VagueDate()


def _parse_date(edtf: str, calendar: Calendar | None) -> VagueDate:
    return parse_calendar(edtf, calendar) if calendar else parse_edtf(edtf)


Date = Annotated[DateRecord, as_object("edtf")]


class AttributionRecord(Part):
    """One link of a chain from the publisher to the origin."""

    actor: Slug
    via: Words | None = None


class ClaimRecord(Part):
    """What the article says of the record that the claim stands in."""

    property: Words | None = None
    value: Words | None = None
    stance: kinds.Stance = kinds.Stance.ASSERTS
    basis: kinds.Basis = kinds.Basis.STATED
    quote: Words
    nth: Ordinal | None = None
    attribution: list[Annotated[AttributionRecord, as_object("actor")]] | None = None


class SubjectClaimRecord(ClaimRecord):
    """What the article says of a record named by its id."""

    subject: Words


class BodyRecord(Part):
    """Where the article's text begins and ends in the document."""

    from_: Words | None = Field(default=None, alias="from")
    until: Words | None = None


class ArticleRecord(Part):
    """The document that the dossier is about."""

    key: Slug
    file: Words
    title: Name
    body: BodyRecord | None = None
    language: Tag
    publisher: Slug | None = None
    url: Name | None = None
    published: Date | None = None

    @property
    def received(self) -> bytes:
        """The document, where it is not in a file of its own."""
        return b""


class LineArticleRecord(ArticleRecord):
    """An article in a line: its text may stand there too."""

    file: Words = ""
    text: Words | None = None

    @model_validator(mode="after")
    def check_text(self) -> "LineArticleRecord":
        """Accept the text or the file that has it."""
        if bool(self.file) == bool(self.text):
            message = "an article has a `text`, or a `file` that it is in: give one of them"
            raise ValueError(message)
        return self

    @property
    def received(self) -> bytes:
        """The document, where it is not in a file of its own."""
        return (self.text or "").encode()


class NameRecord(Part):
    """Another name or spelling of an actor."""

    text: Name
    language: Tag
    observed: bool = False


class AliasRecord(NameRecord):
    """A spelling of an actor that another dossier defines."""

    actor: Slug


class OfficeRecord(Part):
    """One holder's tenure of an office."""

    key: Slug
    title: Localized
    organization: Slug | None = None
    since: Date | None = None
    until: Date | None = None
    claims: list[ClaimRecord] = Field(default_factory=list)


class ActorRecord(Part):
    """Whoever takes part."""

    key: Slug
    kind: kinds.ActorKind
    names: Names
    aliases: list[NameRecord] = Field(default_factory=list)
    country: Country | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]{0,15}$")] | None = None
    offices: list[OfficeRecord] = Field(default_factory=list)
    candidates: list[Slug] = Field(default_factory=list)
    claims: list[ClaimRecord] = Field(default_factory=list)


class PlaceRecord(Part):
    """Where things happen."""

    key: Slug
    names: Names
    country: Country | None = None
    part_of: Slug | None = None
    latitude: Annotated[str, AfterValidator(check_degrees(90))] | None = None
    longitude: Annotated[str, AfterValidator(check_degrees(180))] | None = None
    claims: list[ClaimRecord] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_position(self) -> "PlaceRecord":
        """Accept both coordinates or neither."""
        if (self.latitude is None) != (self.longitude is None):
            message = "`latitude` and `longitude` go together: give both or neither"
            raise ValueError(message)
        return self


class TopicRecord(Part):
    """A subject in a scheme of subjects."""

    scheme: Code
    code: Code
    labels: Localized
    broader: Code | None = None
    claims: list[ClaimRecord] = Field(default_factory=list)


class ParticipantRecord(Part):
    """Who takes part in an event, and how."""

    role: kinds.ParticipantRole
    actor: Slug
    office: Slug | None = None
    on_behalf_of: Slug | None = None
    signed_on: Date | None = None

    @model_validator(mode="after")
    def check_signed_on(self) -> "ParticipantRecord":
        """Accept a day of signing only from one who signs."""
        if self.signed_on and self.role is not kinds.ParticipantRole.SIGNATORY:
            message = "`signed_on` is for the role SIGNATORY"
            raise ValueError(message)
        return self


class CodeRecord(Part):
    """A code in an event-data scheme."""

    scheme: CodeWords
    version: Words | None = None
    code: CodeWords
    label: Localized | None = None
    basis: kinds.Basis = kinds.Basis.CURATED


class LinkRecord(Part):
    """How the event relates to another."""

    relation: kinds.EventRelation
    event: EventRef


class EventRecord(Part):
    """What every event has."""

    key: Slug
    title: Names
    summary: Localized | None = None
    date: Date | None = None
    place: Slug | None = None
    topics: list[TopicRef] = Field(default_factory=list)
    participants: list[ParticipantRecord] = Field(default_factory=list)
    links: list[LinkRecord] = Field(default_factory=list)
    codes: list[CodeRecord] = Field(default_factory=list)
    claims: list[ClaimRecord] = Field(default_factory=list)


class MeetingRecord(EventRecord):
    """An event at which people met."""

    format: kinds.MeetingFormat


class ProvisionRecord(Part):
    """One provision of an agreement."""

    key: Slug
    ordinal: Ordinal
    heading: Localized | None = None
    text: Localized
    topics: list[TopicRef] = Field(default_factory=list)
    claims: list[ClaimRecord] = Field(default_factory=list)


class AgreementRecord(EventRecord):
    """An event by which parties bind themselves."""

    type: kinds.AgreementType
    status: kinds.AgreementStatus
    aims: list[Localized] = Field(default_factory=list)
    provisions: list[ProvisionRecord] = Field(default_factory=list)


class StatementRecord(EventRecord):
    """An event at which something was said."""

    text: Localized
    channel: Words | None = None


class AppealRecord(EventRecord):
    """An event at which somebody asked for something."""

    purpose: Localized


class DossierRecord(Part):
    """One source document and every record that it supports, or just reference data."""

    article: ArticleRecord | None = None
    actors: list[ActorRecord] = Field(default_factory=list)
    places: list[PlaceRecord] = Field(default_factory=list)
    topics: list[TopicRecord] = Field(default_factory=list)
    meetings: list[MeetingRecord] = Field(default_factory=list)
    agreements: list[AgreementRecord] = Field(default_factory=list)
    statements: list[StatementRecord] = Field(default_factory=list)
    appeals: list[AppealRecord] = Field(default_factory=list)
    claims: list[SubjectClaimRecord] = Field(default_factory=list)
    aliases: list[AliasRecord] = Field(default_factory=list)
